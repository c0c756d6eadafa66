// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <array>
#include <atomic>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

using namespace Recorders;
using namespace Testing;

// Recorders that come and go by the hand of several threads, as fast as they can, while the same
// threads feed them. Who creates or removes a recorder waits for the recorder's thread, and hears of
// the outcome in the very moment in which that thread goes on.
class tst_RecorderChurn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingOfRecordersThatComeAndGo_data();
    void losesNothingOfRecordersThatComeAndGo();
};

namespace {

constexpr int threadCount = 3;
constexpr std::size_t placeCount = 8;

// The handles of the recorders that exist. Only who takes one out of its place removes the recorder.
class Places
{
public:
    std::shared_ptr<Recorder> at(std::size_t place) const
    {
        const std::lock_guard lock(m_mutex);
        return m_handles[place];
    }
    void put(std::size_t place, std::shared_ptr<Recorder> handle)
    {
        const std::lock_guard lock(m_mutex);
        m_handles[place].swap(handle);
    }
    std::shared_ptr<Recorder> take(std::size_t place)
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_handles[place], nullptr);
    }

private:
    mutable std::mutex m_mutex; // guards m_handles
    std::array<std::shared_ptr<Recorder>, placeCount> m_handles;
};

// What the threads were answered, and what recorders knew once they were removed.
struct Sums
{
    std::atomic<quint64> answeredAccepted = 0;
    std::atomic<quint64> accepted = 0;
    std::atomic<quint64> handled = 0;
    std::atomic<quint64> counted = 0; // by the metric of each
    std::atomic<int> removals = 0;
    std::atomic<int> refusedRemovals = 0;
    std::atomic<int> unfinished = 0; // removed, but running, or with events that are pending
};

class Churner
{
public:
    Churner(MetricsRuntime &runtime, Places &places, Sums &sums, bool hasHooks, quint64 seed)
        : m_runtime(runtime)
        , m_places(places)
        , m_sums(sums)
        , m_hasHooks(hasHooks)
        , m_random(seed)
    {
    }

    // Until all threads together have removed so many.
    void run(int removals)
    {
        while (m_sums.removals < removals) {
            const std::size_t place = m_random() % placeCount;
            feed(place);
            if (m_random() % 2 == 0)
                create(place);
            else
                remove(place);
        }
    }

    void remove(std::size_t place)
    {
        const std::shared_ptr<Recorder> recorder = m_places.take(place);
        if (!recorder)
            return;
        if (!m_runtime.removeRecorder(recorder->entityId()))
            ++m_sums.refusedRemovals;
        ++m_sums.removals;

        const RecorderStatistics statistics = recorder->statistics();
        if (!isConserved(statistics) || statistics.pending > 0
            || recorder->state() != RecorderState::Stopped)
            ++m_sums.unfinished;
        m_sums.accepted += statistics.accepted;
        m_sums.handled += statistics.handled;
        m_sums.counted +=
                quint64(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total"));
    }

private:
    void create(std::size_t place)
    {
        const QString id = QString::number(place);
        const std::shared_ptr<Recorder> recorder = m_hasHooks
                ? m_runtime.createRecorder<HookedRecorder>(id, {})
                : m_runtime.createRecorder(id);
        if (!recorder)
            return; // another thread has the id
        recorder->registerMetric(std::make_unique<TickMetric>());
        m_places.put(place, recorder);
    }

    void feed(std::size_t place)
    {
        const std::shared_ptr<Recorder> recorder = m_places.at(place);
        if (!recorder)
            return;
        for (quint64 i = m_random() % 8; i > 0; --i) {
            if (recorder->registerEvent(Tick{}) == RegisterResult::Accepted)
                ++m_sums.answeredAccepted;
        }
    }

    MetricsRuntime &m_runtime;
    Places &m_places;
    Sums &m_sums;
    const bool m_hasHooks;
    std::mt19937_64 m_random;
};

} // namespace

void tst_RecorderChurn::losesNothingOfRecordersThatComeAndGo_data()
{
    QTest::addColumn<bool>("hasHooks");

    QTest::newRow("recorders that run at once") << false;
    QTest::newRow("recorders with hooks, whose start is waited for") << true;
}

void tst_RecorderChurn::losesNothingOfRecordersThatComeAndGo()
{
    QFETCH(const bool, hasHooks);
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    Places places;
    Sums sums;
    std::mt19937_64 seeds = seededGenerator("tst_recorderchurn");

    std::vector<std::thread> threads;
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&, seed = seeds()] {
            Churner(runtime, places, sums, hasHooks, seed).run(scaled(3000));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (std::size_t place = 0; place < placeCount; ++place)
        Churner(runtime, places, sums, hasHooks, 0).remove(place);

    QCOMPARE(runtime.recorderIds(), QStringList());
    QVERIFY(runtime.shutdown());
    QCOMPARE(sums.refusedRemovals.load(), 0);
    QVERIFY2(sums.unfinished == 0, brokenLaw("left over").constData());
    const QByteArray known = brokenLaw(
            "accepted by the answers " + QByteArray::number(sums.answeredAccepted) + ", accepted "
            + QByteArray::number(sums.accepted) + ", handled " + QByteArray::number(sums.handled)
            + ", counted " + QByteArray::number(sums.counted));
    QVERIFY2(sums.accepted == sums.answeredAccepted && sums.handled == sums.accepted
                     && sums.counted == sums.accepted,
             known.constData());
}

QTEST_GUILESS_MAIN(tst_RecorderChurn)
#include "tst_recorderchurn.moc"

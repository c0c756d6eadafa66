// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/messagelog.h"
#include "shared/producers.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <algorithm>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Metrics that come and go by the hand of several threads, as fast as they can, during a flood: each
// sees all events of its time, and none after that.
class tst_MetricChurn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsEachEventToTheMetricsOfItsTime_data();
    void bringsEachEventToTheMetricsOfItsTime();
};

namespace {

constexpr std::size_t producerCount = 2;

struct Mark
{
    const void *churner;
    int number;
};

// What a metric has seen. Written in the recorder's thread until the metric is removed, and read
// by the thread that has removed it.
struct Sighting
{
    std::array<std::vector<quint32>, producerCount> sequences;
    QList<int> marks;
    std::atomic<bool> isRemoved = false;
    std::atomic<int> lateCalls = 0;
    std::atomic<bool> isDestroyed = false;

    // Whether it saw every one of what a producer registered from one on to another one.
    bool isWhole() const
    {
        return std::all_of(sequences.begin(), sequences.end(), [](const auto &seen) {
            return seen.empty() || seen.back() - seen.front() + 1 == seen.size();
        });
    }

    bool comprises(const Sighting &shorter) const
    {
        for (std::size_t id = 0; id < producerCount; ++id) {
            const std::vector<quint32> &inner = shorter.sequences[id];
            const std::vector<quint32> &outer = sequences[id];
            if (!inner.empty()
                && (outer.empty() || outer.front() > inner.front() || outer.back() < inner.back()))
                return false;
        }
        return true;
    }
};

class WitnessMetric : public TypedMetric<Sequenced, Mark>
{
public:
    WitnessMetric(const QString &name, const void *churner, std::shared_ptr<Sighting> sighting)
        : TypedMetric(name)
        , m_churner(churner)
        , m_sighting(std::move(sighting))
    {
    }
    ~WitnessMetric() override { m_sighting->isDestroyed = true; }

    bool handle(const Sequenced &event) override
    {
        noteCall();
        m_sighting->sequences[event.producer].push_back(event.sequence);
        return true;
    }
    bool handle(const Mark &mark) override
    {
        noteCall();
        if (mark.churner == m_churner)
            m_sighting->marks.append(mark.number);
        return true;
    }
    MetricSnapshot snapshot() const override { return MetricSnapshot(name()); }

private:
    void noteCall()
    {
        if (m_sighting->isRemoved)
            ++m_sighting->lateCalls;
    }

    const void *const m_churner;
    const std::shared_ptr<Sighting> m_sighting;
};

// Registers and removes two metrics at a time, in a thread of its own.
class Churner
{
public:
    // Loses nothing: the recorder accepts all events.
    Churner(std::shared_ptr<Recorder> recorder, Producers &producers, int rounds, bool losesNothing)
        : m_recorder(std::move(recorder))
        , m_producers(producers)
        , m_rounds(rounds)
        , m_losesNothing(losesNothing)
    {
    }
    ~Churner() { join(); }

    Churner(const Churner &) = delete;
    Churner &operator=(const Churner &) = delete;

    // Empty: all was as it should be.
    QByteArray join()
    {
        if (m_thread.joinable())
            m_thread.join();
        for (const auto &sighting : m_sightings) {
            if (sighting->lateCalls > 0)
                note("a removed metric was called");
        }
        return m_fault;
    }

private:
    void churn()
    {
        for (int round = 0; round < m_rounds; ++round) {
            const auto outer = add(QStringLiteral("outer"));
            const auto inner = add(QStringLiteral("inner"));
            const RegisterResult answer = m_recorder->registerEvent(Mark{ this, round });
            const bool isMarked = answer == RegisterResult::Accepted;
            m_producers.addAnswer(answer);
            remove(QStringLiteral("inner"), *inner);
            remove(QStringLiteral("outer"), *outer);

            const QList<int> expected = isMarked ? QList<int>{ round } : QList<int>();
            if (outer->marks != expected || inner->marks != expected)
                note("a metric has not seen what its thread registered");
            if (m_losesNothing && !isMarked)
                note("an event was not accepted");
            if (m_losesNothing && !(outer->isWhole() && inner->isWhole()))
                note("a metric has not seen all");
            if (!outer->comprises(*inner))
                note("a metric has seen what an older one has not");
        }
    }

    QString nameOf(const QString &what) const
    {
        return QStringLiteral("%1 metric of %2").arg(what).arg(quintptr(this));
    }

    std::shared_ptr<Sighting> add(const QString &what)
    {
        m_sightings.push_back(std::make_shared<Sighting>());
        if (!m_recorder->registerMetric(
                    std::make_unique<WitnessMetric>(nameOf(what), this, m_sightings.back())))
            note("not registered");
        return m_sightings.back();
    }

    void remove(const QString &what, Sighting &sighting)
    {
        if (!m_recorder->removeMetric(nameOf(what)))
            note("not removed");
        sighting.isRemoved = true;
        if (!sighting.isDestroyed)
            note("a removed metric is still there");
    }

    void note(const char *fault)
    {
        if (m_fault.isEmpty())
            m_fault = fault;
    }

    const std::shared_ptr<Recorder> m_recorder;
    Producers &m_producers;
    const int m_rounds;
    const bool m_losesNothing;
    std::vector<std::shared_ptr<Sighting>> m_sightings;
    QByteArray m_fault; // the first
    std::thread m_thread{ [this] {
        churn();
    } };
};

RecorderOptions patient()
{
    RecorderOptions options = optionsFor(64, OverflowPolicy::Block); // loses nothing while it runs
    options.snapshotTimeout = 30s;
    options.stopTimeout = 30s;
    return options;
}

} // namespace

void tst_MetricChurn::bringsEachEventToTheMetricsOfItsTime_data()
{
    QTest::addColumn<bool>("isStopped");

    QTest::newRow("while it runs") << false;
    QTest::newRow("while it stops and starts") << true;
}

void tst_MetricChurn::bringsEachEventToTheMetricsOfItsTime()
{
    QFETCH(const bool, isStopped);
    const MessageLog messages;
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), patient());
    Producers producers(recorder);
    producers.start(producerCount);
    producers.waitUntilAccepted(100);

    Churner first(recorder, producers, scaled(100), !isStopped);
    Churner second(recorder, producers, scaled(100), !isStopped);
    for (int i = 0; isStopped && i < scaled(50); ++i) {
        QCOMPARE(recorder->stop().result(), Error());
        QCOMPARE(recorder->start().result(), Error());
    }
    const QByteArray firstFault = first.join();
    const QByteArray secondFault = second.join();
    producers.join();
    QVERIFY(runtime.shutdown());

    QCOMPARE(firstFault, QByteArray());
    QCOMPARE(secondFault, QByteArray());
    VERIFY_AGREEMENT(producers);
    QCOMPARE(recorder->metricNames(), QStringList{ QStringLiteral("sequences") });
    QCOMPARE(messages.text(), QByteArray());
}

QTEST_GUILESS_MAIN(tst_MetricChurn)
#include "tst_metricchurn.moc"

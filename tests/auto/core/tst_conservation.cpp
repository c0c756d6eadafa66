// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// The law, while threads do their worst. Every event names its producer and its number there and
// carries a checksum, so that loss, repetition, reordering and tearing are all seen.
class tst_Conservation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void handlesWhatItAcceptsAndNothingElse_data();
    void handlesWhatItAcceptsAndNothingElse();
    void holdsTheLawAtEveryMoment();
    void losesNothingWhenStopped();
    void losesNothingWhenRestarted();
    void losesNothingWhenRemoved();
    void losesNothingWhenItsRuntimeIsDestroyed();
};

namespace {

constexpr int maxProducers = 4;

struct Sequenced
{
    static constexpr char eventType[] = "test.sequenced";

    quint32 producer;
    quint32 sequence;
    quint64 checksum;

    static quint64 checksumOf(quint32 producer, quint32 sequence)
    {
        return (quint64(producer) << 32 | sequence) * 0x9E3779B97F4A7C15ULL;
    }
};

using Sequences = std::array<std::vector<quint32>, maxProducers>; // by producer

// Notes what was handled. Read it once the recorder has stopped.
class SequenceMetric : public TypedMetric<Sequenced>
{
public:
    explicit SequenceMetric(std::shared_ptr<Sequences> handled, std::shared_ptr<int> torn)
        : TypedMetric(QStringLiteral("sequences"))
        , m_handled(std::move(handled))
        , m_torn(std::move(torn))
    {
    }

    bool handle(const Sequenced &event) override
    {
        if (event.producer >= maxProducers
            || event.checksum != Sequenced::checksumOf(event.producer, event.sequence))
            ++*m_torn;
        else
            (*m_handled)[event.producer].push_back(event.sequence);
        return true;
    }

    MetricSnapshot snapshot() const override { return MetricSnapshot(name()); }

private:
    const std::shared_ptr<Sequences> m_handled;
    const std::shared_ptr<int> m_torn;
};

// Producers of one recorder, and what they were answered.
class Producers
{
public:
    explicit Producers(const std::shared_ptr<Recorder> &recorder)
        : m_recorder(recorder)
    {
        recorder->registerMetric(std::make_unique<SequenceMetric>(m_handled, m_torn));
    }
    ~Producers() { join(); }

    Producers(const Producers &) = delete;
    Producers &operator=(const Producers &) = delete;

    // Each registers so many events, or, with none given, until the end of the test.
    void start(int count, quint32 eventCount = 0)
    {
        m_count = count;
        for (quint32 id = 0; id < quint32(count); ++id)
            m_threads.emplace_back([this, id, eventCount] { produce(id, eventCount); });
    }

    void join()
    {
        m_isOver.store(true, std::memory_order_relaxed);
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    void finish()
    {
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    // Spins until every producer has had that many events accepted.
    void waitUntilAccepted(quint64 count) const
    {
        for (int id = 0; id < m_count; ++id) {
            while (m_progress[std::size_t(id)].load(std::memory_order_relaxed) < count)
                std::this_thread::yield();
        }
    }

    // Empty if all is well: what the producers know agrees with what the recorder and the metric
    // know. Only once it has stopped.
    QByteArray disagreement() const
    {
        const RecorderStatistics s = m_recorder->statistics();
        const auto answered = [this](RegisterResult result) {
            quint64 sum = 0;
            for (const auto &answers : m_answers)
                sum += answers[std::size_t(result)];
            return sum;
        };
        if (!isConserved(s) || s.pending != 0)
            return "law: " + describe(s);
        if (s.accepted != answered(RegisterResult::Accepted)
            || s.dropped != answered(RegisterResult::Dropped)
            || s.rejected != answered(RegisterResult::Rejected)
            || s.notRunning != answered(RegisterResult::NotRunning))
            return "answers: " + describe(s);
        if (*m_torn > 0)
            return "torn events";
        for (std::size_t id = 0; id < maxProducers; ++id) {
            if ((*m_handled)[id] != m_accepted[id])
                return "producer " + QByteArray::number(int(id)) + ": handled "
                        + QByteArray::number(qsizetype((*m_handled)[id].size())) + " of "
                        + QByteArray::number(qsizetype(m_accepted[id].size()))
                        + ", or in another order";
        }
        return {};
    }

private:
    void produce(quint32 id, quint32 eventCount)
    {
        for (quint32 n = 0; eventCount == 0 || n < eventCount; ++n) {
            if (eventCount == 0 && m_isOver.load(std::memory_order_relaxed))
                return;
            const RegisterResult result =
                    m_recorder->registerEvent(Sequenced{ id, n, Sequenced::checksumOf(id, n) });
            ++m_answers[id][std::size_t(result)];
            if (result == RegisterResult::Accepted) {
                m_accepted[id].push_back(n);
                m_progress[id].fetch_add(1, std::memory_order_relaxed);
            }
        }
    }

    const std::shared_ptr<Recorder> m_recorder;
    const std::shared_ptr<Sequences> m_handled = std::make_shared<Sequences>();
    const std::shared_ptr<int> m_torn = std::make_shared<int>(0);
    std::array<std::array<quint64, 4>, maxProducers> m_answers{};
    Sequences m_accepted;
    std::array<std::atomic<quint64>, maxProducers> m_progress{};
    std::atomic<bool> m_isOver = false;
    std::vector<std::thread> m_threads;
    int m_count = 0;
};

RecorderOptions optionsFor(qsizetype size, OverflowPolicy policy)
{
    RecorderOptions options;
    options.queueMaxSize = size;
    options.overflowPolicy = policy;
    options.blockTimeout = 20s;
    return options;
}

} // namespace

void tst_Conservation::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

#define VERIFY_AGREEMENT(producers)                                                                \
  do {                                                                                             \
    const QByteArray disagreement = (producers).disagreement();                                    \
    QVERIFY2(disagreement.isEmpty(), disagreement.constData());                                    \
  } while (false)

void tst_Conservation::handlesWhatItAcceptsAndNothingElse_data()
{
    QTest::addColumn<int>("producerCount");
    QTest::addColumn<OverflowPolicy>("policy");
    QTest::addColumn<qint64>("size");

    const std::pair<const char *, OverflowPolicy> policies[] = {
        { "drop", OverflowPolicy::Drop },
        { "reject", OverflowPolicy::Reject },
        { "block", OverflowPolicy::Block },
    };
    for (const auto &[name, policy] : policies) {
        for (const int producers : { 1, 2, 4 }) {
            for (const qint64 size : { 1, 2, 64, 10000 })
                QTest::addRow("%d producers, %s at %lld", producers, name, size)
                        << producers << policy << size;
        }
    }
}

void tst_Conservation::handlesWhatItAcceptsAndNothingElse()
{
    QFETCH(const int, producerCount);
    QFETCH(const OverflowPolicy, policy);
    QFETCH(const qint64, size);
    const bool isSlow = policy == OverflowPolicy::Block && size < 64;
    const quint32 eventCount = isSlow ? 200 : 5000;
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsFor(size, policy));
    Producers producers(recorder);

    producers.start(producerCount, eventCount);
    producers.finish();
    QVERIFY(runtime.shutdown());

    VERIFY_AGREEMENT(producers);
    QCOMPARE(recorder->statistics().registered, quint64(eventCount) * quint64(producerCount));
    if (policy == OverflowPolicy::Block)
        QCOMPARE(recorder->statistics().dropped, quint64(0));
}

void tst_Conservation::holdsTheLawAtEveryMoment()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(64, OverflowPolicy::Drop));
    Producers producers(recorder);
    producers.start(2);

    RecorderStatistics last;
    bool isMonotone = true;
    for (int i = 0; i < 20'000; ++i) {
        const RecorderStatistics now = recorder->statistics();
        isMonotone = isMonotone && now.registered >= last.registered
                && now.accepted >= last.accepted && now.handled >= last.handled
                && now.dropped >= last.dropped;
        QVERIFY2(isConserved(now), describe(now).constData());
        QVERIFY2(now.pending <= 64, describe(now).constData());
        last = now;
    }
    producers.join();
    QVERIFY(runtime.shutdown());

    QVERIFY(isMonotone);
    VERIFY_AGREEMENT(producers);
}

void tst_Conservation::losesNothingWhenStopped()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    for (int round = 0; round < 20; ++round) {
        const auto recorder = runtime.createRecorder(QString::number(round),
                                                     optionsFor(1000, OverflowPolicy::Reject));
        Producers producers(recorder);
        producers.start(2);
        producers.waitUntilAccepted(50);

        QFuture<Error> stopped = recorder->stop();
        stopped.waitForFinished();
        QCOMPARE(recorder->statistics().pending, quint64(0));
        producers.join();

        QVERIFY(!stopped.result());
        VERIFY_AGREEMENT(producers);
    }
}

void tst_Conservation::losesNothingWhenRestarted()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(1000, OverflowPolicy::Drop));
    Producers producers(recorder);
    producers.start(2);

    for (int round = 1; round <= 20; ++round) {
        producers.waitUntilAccepted(quint64(round) * 20);
        recorder->stop().waitForFinished();
        recorder->start().waitForFinished();
        QCOMPARE(recorder->state(), RecorderState::Running);
    }
    producers.join();
    recorder->stop().waitForFinished();

    VERIFY_AGREEMENT(producers);
}

void tst_Conservation::losesNothingWhenRemoved()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    for (int round = 0; round < 20; ++round) {
        const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
        Producers producers(recorder);
        producers.start(2);
        producers.waitUntilAccepted(50);

        QVERIFY(runtime.removeRecorder(QStringLiteral("clock")));
        producers.join();

        QTRY_COMPARE(recorder->state(), RecorderState::Stopped);
        VERIFY_AGREEMENT(producers);
    }
}

void tst_Conservation::losesNothingWhenItsRuntimeIsDestroyed()
{
    for (int round = 0; round < 20; ++round) {
        auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
        QVERIFY(runtime->start());
        const auto recorder = runtime->createRecorder(QStringLiteral("clock"));
        Producers producers(recorder);
        producers.start(2);
        producers.waitUntilAccepted(50);

        runtime.reset();
        producers.join();

        QCOMPARE(recorder->state(), RecorderState::Stopped);
        VERIFY_AGREEMENT(producers);
    }
}

QTEST_GUILESS_MAIN(tst_Conservation)
#include "tst_conservation.moc"

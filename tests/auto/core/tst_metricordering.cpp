// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <atomic>
#include <semaphore>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Which events a metric sees, in which order, and what a snapshot contains of them.
class tst_MetricOrdering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // since when a metric sees events
    void seesNoEventsBeforeItsRegistration_data();
    void seesNoEventsBeforeItsRegistration();
    void seesAllEventsAfterItsRegistration();
    void agreesWithHappensBeforeAcrossThreads();
    void agreesWithHappensBeforeUnderFlood();

    // in which order
    void handlesAHandOverBetweenThreadsInOrder();
    void handlesEachThreadsEventsInOrder();

    // snapshots
    void readsOwnWritesUnderFlood();
    void tearsNoSnapshot();
    void publishesWholeMoments();

private:
    std::shared_ptr<Recorder> newRecorder();

    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

// Registers tocks from another thread until the end of the scope.
class Flood
{
public:
    explicit Flood(std::shared_ptr<Recorder> recorder)
        : m_thread([this, recorder = std::move(recorder)] {
            while (!m_isOver.load(std::memory_order_relaxed))
                recorder->registerEvent(Tock{});
        })
    {
    }
    ~Flood()
    {
        m_isOver.store(true, std::memory_order_relaxed);
        m_thread.join();
    }

    Flood(const Flood &) = delete;
    Flood &operator=(const Flood &) = delete;

private:
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

// Runs calls of another thread in step with the test's.
class Partner
{
public:
    ~Partner()
    {
        m_isOver = true;
        m_begin.release();
        m_thread.join();
    }

    void run(std::function<void()> call)
    {
        m_call = std::move(call);
        m_begin.release();
        m_end.acquire();
    }

private:
    void work()
    {
        for (;;) {
            m_begin.acquire();
            if (m_isOver)
                return;
            m_call();
            m_end.release();
        }
    }

    std::function<void()> m_call;
    bool m_isOver = false;
    std::binary_semaphore m_begin{ 0 };
    std::binary_semaphore m_end{ 0 };
    std::thread m_thread{ [this] {
        work();
    } };
};

} // namespace

void tst_MetricOrdering::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_MetricOrdering::cleanup()
{
    m_runtime.reset();
}

// A flood holds itself up: no event finds the queue full, and what is pending is handled in time, on
// a machine of any speed.
std::shared_ptr<Recorder> tst_MetricOrdering::newRecorder()
{
    RecorderOptions options;
    options.queueMaxSize = 1000;
    options.overflowPolicy = OverflowPolicy::Block;
    options.blockTimeout = options.snapshotTimeout = 1min;
    return m_runtime->createRecorder(QStringLiteral("clock"), options);
}

void tst_MetricOrdering::seesNoEventsBeforeItsRegistration_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");

    QTest::newRow("none, one") << 0 << 1;
    QTest::newRow("one, none") << 1 << 0;
    QTest::newRow("one, one") << 1 << 1;
    QTest::newRow("many, many") << 100 << 100;
}

void tst_MetricOrdering::seesNoEventsBeforeItsRegistration()
{
    QFETCH(const int, before);
    QFETCH(const int, after);
    const auto log = std::make_shared<TickLog>();
    QList<int> expected;
    const auto recorder = newRecorder();
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tock{}); // holds the thread: all that follows is decided by tickets
    QVERIFY(gate->waitUntilEntered());

    for (int i = 0; i < before; ++i)
        recorder->registerEvent(Tick{ -1 });
    recorder->registerMetric(tickMetric(log));
    for (int i = 0; i < after; ++i) {
        recorder->registerEvent(Tick{ i });
        expected.append(i);
    }
    gate->open();
    QVERIFY(recorder->flush());

    QCOMPARE(log->entries(), expected);
}

void tst_MetricOrdering::seesAllEventsAfterItsRegistration()
{
    const auto recorder = newRecorder();
    for (int i = 0; i < 200; ++i) {
        const auto log = std::make_shared<TickLog>();
        recorder->registerEvent(Tick{ -1 });
        recorder->registerMetric(tickMetric(log));
        recorder->registerEvent(Tick{ i });
        QVERIFY(recorder->flush());

        QCOMPARE(log->entries(), QList<int>{ i });
        QVERIFY(recorder->removeMetric(QStringLiteral("ticks")));
    }
}

void tst_MetricOrdering::agreesWithHappensBeforeAcrossThreads()
{
    Partner partner;
    const auto recorder = newRecorder();
    for (int i = 0; i < 200; ++i) {
        const auto log = std::make_shared<TickLog>();
        partner.run([&] { recorder->registerEvent(Tick{ -1 }); });
        recorder->registerMetric(tickMetric(log));
        partner.run([&] { recorder->registerEvent(Tick{ i }); });
        QVERIFY(recorder->flush());

        QCOMPARE(log->entries(), QList<int>{ i });
        QVERIFY(recorder->removeMetric(QStringLiteral("ticks")));
    }
}

void tst_MetricOrdering::agreesWithHappensBeforeUnderFlood()
{
    QList<std::shared_ptr<TickLog>> logs;
    QList<int> expected;
    const auto recorder = newRecorder();
    {
        const Flood flood(recorder);
        for (int i = 0; i < 100; ++i) {
            logs.append(std::make_shared<TickLog>());
            recorder->registerEvent(Tick{ i });
            recorder->registerMetric(tickMetric(logs.constLast(), QString::number(i)));
        }
        recorder->registerEvent(Tick{ 100 });
    }
    QVERIFY(recorder->flush(QDeadlineTimer(1min)));

    for (int i = 0; i < 100; ++i) {
        const QList<int> seen = logs.at(i)->entries();
        QCOMPARE(seen.size(), 100 - i);
        QCOMPARE(seen.constFirst(), i + 1);
        QCOMPARE(seen.constLast(), 100);
    }
}

void tst_MetricOrdering::handlesAHandOverBetweenThreadsInOrder()
{
    constexpr int rounds = 1000;
    const auto log = std::make_shared<TickLog>();
    const auto recorder = newRecorder();
    recorder->registerMetric(tickMetric(log));
    Partner partner;

    for (int i = 0; i < rounds; ++i) {
        recorder->registerEvent(Tick{ 2 * i });
        partner.run([&] { recorder->registerEvent(Tick{ 2 * i + 1 }); });
    }
    QVERIFY(recorder->flush());

    const QList<int> seen = log->entries();
    QCOMPARE(seen.size(), 2 * rounds);
    QVERIFY(std::is_sorted(seen.cbegin(), seen.cend()));
}

void tst_MetricOrdering::handlesEachThreadsEventsInOrder()
{
    constexpr int count = 5000;
    const auto log = std::make_shared<TickLog>();
    const auto recorder = newRecorder();
    recorder->registerMetric(tickMetric(log));
    const auto produce = [&](int sign) {
        for (int i = 1; i <= count; ++i)
            recorder->registerEvent(Tick{ sign * i });
    };

    std::thread other(produce, -1);
    produce(1);
    other.join();
    QVERIFY(recorder->flush());

    int lastPositive = 0;
    int lastNegative = 0;
    const QList<int> seen = log->entries();
    for (const int value : seen) {
        int &last = value > 0 ? lastPositive : lastNegative;
        QCOMPARE(std::abs(value), std::abs(last) + 1);
        last = value;
    }
    QCOMPARE(seen.size(), 2 * count);
}

void tst_MetricOrdering::readsOwnWritesUnderFlood()
{
    const auto recorder = newRecorder();
    recorder->registerMetric(std::make_unique<TickMetric>());
    const Flood flood(recorder);

    for (int total = 1; total <= 20; ++total) {
        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
        QCOMPARE(valueOf(recorder->metricSnapshots(), QStringLiteral("ticks"), u"total"), total);
    }
}

static std::unique_ptr<Metric> countingMetric(const QString &name)
{
    return std::make_unique<ActingMetric>(name, [](const MetricEvent &) {});
}

void tst_MetricOrdering::tearsNoSnapshot()
{
    const auto recorder = newRecorder();
    recorder->registerMetric(countingMetric(QStringLiteral("first")));
    recorder->registerMetric(countingMetric(QStringLiteral("last")));
    const Flood flood(recorder);

    for (int i = 0; i < 50; ++i) {
        const QList<MetricSnapshot> snapshots = recorder->metricSnapshots();
        QCOMPARE(valueOf(snapshots, QStringLiteral("first"), u"calls"),
                 valueOf(snapshots, QStringLiteral("last"), u"calls"));
    }
}

void tst_MetricOrdering::publishesWholeMoments()
{
    const auto recorder = newRecorder();
    recorder->registerMetric(countingMetric(QStringLiteral("first")));
    recorder->registerMetric(countingMetric(QStringLiteral("last")));
    const Flood flood(recorder);

    quint64 version = 0;
    for (int i = 0; i < 50; ++i) {
        const SnapshotUpdate update = m_runtime->snapshotSource()->changesSince(version).result();
        version = update.version;
        if (update.recorders.isEmpty())
            continue;
        const QList<MetricSnapshot> metrics = update.recorders.constFirst().metrics;
        QCOMPARE(valueOf(metrics, QStringLiteral("first"), u"calls"),
                 valueOf(metrics, QStringLiteral("last"), u"calls"));
    }
}

QTEST_GUILESS_MAIN(tst_MetricOrdering)
#include "tst_metricordering.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/conservation.h"
#include "shared/handledcounter.h"
#include "shared/quiettime.h"
#include "shared/realtime.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/timebox.h"

#include <recorders/core/metricsruntime.h>

#include <QDeadlineTimer>
#include <QTest>

#include <semaphore>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What registerEvent() takes from the heap, in the thread that calls it, and what handling does.
class tst_Allocations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void allocatesNothingPerEvent_data();
    void allocatesNothingPerEvent();
    void allocatesNothingForTheFirstEventOfARecorder();
    void allocatesNothingInAnotherThread();
    void allocatesNothingWhenFullOrStopped();
    void allocatesNothingWhereEventsAreHandled();
    void doesNotGrowWhenManyRecordersAlternate();
    void countsAnAllocation();

    // the bell
    void isNotRungForAnEventNowAndThen_data();
    void isNotRungForAnEventNowAndThen();

    // without memory for the bell
    void isHandledWithoutMemory();
    void isHandledAfterOneWithoutMemory();

private:
    void startRuntime(std::chrono::milliseconds quietTime);

    std::unique_ptr<MetricsRuntime> m_runtime;
};

template <std::size_t size>
struct Bytes
{
    std::array<char, size> bytes{};
};

void tst_Allocations::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    startRuntime(0ms); // it falls asleep as soon as it can
}

void tst_Allocations::startRuntime(std::chrono::milliseconds quietTime)
{
    const QuietTime restored(quietTime);
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    m_runtime->setDrainInterval(1ms);
    QVERIFY(m_runtime->start());
    // The first event of a thread and of a runtime may set things up.
    const auto other = m_runtime->createRecorder(QStringLiteral("other"));
    other->registerEvent(Tick{});
    QVERIFY(other->flush());
}

void tst_Allocations::cleanup()
{
    m_runtime.reset();
}

using Burst = int (*)(Recorder &);

template <typename Event>
int allocationsOfABurst(Recorder &recorder)
{
    constexpr int eventCount = 4096;
    const AllocationCounter counter;
    for (int i = 0; i < eventCount; ++i)
        recorder.registerEvent(Event());
    return counter.count();
}

// Of a burst whose first event holds the recorder's thread until its end: so each takes as much room
// as the others, and the thread cannot fall asleep meanwhile and be woken again.
int allocationsOfAHeldBurst(Recorder &recorder, Burst burst)
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder.registerMetric(heldMetric(gate));
    const int allocations = burst(recorder);
    gate->open();
    const bool isHandled = recorder.flush() && recorder.removeMetric(QStringLiteral("held"));
    return isHandled ? allocations : -1;
}

void tst_Allocations::allocatesNothingPerEvent_data()
{
    QTest::addColumn<Burst>("burst");

    QTest::newRow("1 byte") << &allocationsOfABurst<Bytes<1>>;
    QTest::newRow("16 bytes") << &allocationsOfABurst<Bytes<16>>;
    QTest::newRow("48 bytes") << &allocationsOfABurst<Bytes<48>>;
    QTest::newRow("a tick") << &allocationsOfABurst<Tick>;
}

void tst_Allocations::allocatesNothingPerEvent()
{
    QFETCH(const Burst, burst);
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    allocationsOfAHeldBurst(*recorder, burst); // may fill a pool

    const int allocations = allocationsOfAHeldBurst(*recorder, burst);

    // One bell at most: that is what a queued signal takes.
    QVERIFY2(allocations >= 0 && allocations <= 1, qPrintable(QString::number(allocations)));
}

void tst_Allocations::allocatesNothingForTheFirstEventOfARecorder()
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto held = m_runtime->createRecorder(QStringLiteral("held"));
    held->registerMetric(heldMetric(gate));
    held->registerEvent(Tick{}); // the thread is awake: no bell
    QVERIFY(gate->waitUntilEntered());
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));

    const AllocationCounter counter;
    const RegisterResult result = recorder->registerEvent(Tick{});
    const int allocations = counter.count();

    QCOMPARE(result, RegisterResult::Accepted);
    QCOMPARE(allocations, 0);
}

void tst_Allocations::allocatesNothingInAnotherThread()
{
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    allocationsOfAHeldBurst(*recorder, &allocationsOfABurst<Tick>);
    int allocations = -1;

    std::thread([&] {
        allocations = allocationsOfAHeldBurst(*recorder, &allocationsOfABurst<Tick>);
    }).join();

    QVERIFY2(allocations >= 0 && allocations <= 1, qPrintable(QString::number(allocations)));
}

void tst_Allocations::allocatesNothingWhenFullOrStopped()
{
    RecorderOptions options;
    options.queueMaxSize = 1;
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"), options);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());

    const int whenFull = allocationsOfABurst<Tick>(*recorder);
    gate->open();
    recorder->stop().waitForFinished();
    const int whenStopped = allocationsOfABurst<Tick>(*recorder);

    QCOMPARE(whenFull, 0);
    QCOMPARE(whenStopped, 0);
    QCOMPARE(recorder->statistics().handled, quint64(1));
}

constexpr int eventsOfABurst = 1000;

static void handleBursts(const std::vector<std::shared_ptr<Recorder>> &recorders, int bursts)
{
    for (int i = 0; i < bursts; ++i) {
        for (const auto &recorder : recorders) {
            for (int n = 0; n < eventsOfABurst; ++n)
                recorder->registerEvent(Tick{ n });
        }
        for (const auto &recorder : recorders) {
            while (recorder->statistics().pending > 0)
                std::this_thread::yield();
        }
    }
}

void tst_Allocations::allocatesNothingWhereEventsAreHandled()
{
    constexpr int bursts = 100;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>());
    std::binary_semaphore isRegistered(0);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("held"), [&isRegistered](const MetricEvent &event) {
                if (event.is<Tock>())
                    isRegistered.acquire();
            }));
    const auto handle = [&](int count) {
        for (int i = 0; i < count; ++i) {
            recorder->registerEvent(Tock{}); // no second bell while the others come
            for (int n = 0; n < eventsOfABurst; ++n)
                recorder->registerEvent(Tick{ n });
            isRegistered.release();
            while (recorder->statistics().pending > 0)
                std::this_thread::yield();
        }
    };
    handle(10);

    const AllocationCounter counter(Threads::All);
    handle(bursts);
    const int allocations = counter.count();

    // Some for a bell and a timer, each time that its thread falls asleep.
    QVERIFY2(allocations < 10 * bursts, qPrintable(QString::number(allocations)));
}

void tst_Allocations::doesNotGrowWhenManyRecordersAlternate()
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto held = m_runtime->createRecorder(QStringLiteral("held"));
    held->registerMetric(heldMetric(gate));
    std::vector<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < 100; ++i) {
        recorders.push_back(m_runtime->createRecorder(QString::number(i)));
        recorders.back()->registerMetric(std::make_unique<TickMetric>());
    }
    held->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    for (const auto &recorder : recorders) {
        for (int n = 0; n < 2 * eventsOfABurst; ++n) // more than there ever are from now on
            recorder->registerEvent(Tick{});
    }
    gate->open();
    handleBursts(recorders, 1);

    const AllocationCounter counter;
    handleBursts(recorders, 5);
    const long long bytes = counter.bytes();

    // A small part of what it takes to hold these events.
    QVERIFY2(bytes < 1'000'000, qPrintable(QString::number(bytes)));
}

// The counter works: without this the tests above could not fail.
void tst_Allocations::countsAnAllocation()
{
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));

    QVERIFY(allocationsOfABurst<Bytes<513>>(*recorder) >= 4096);
}

void tst_Allocations::isNotRungForAnEventNowAndThen_data()
{
    QTest::addColumn<std::chrono::milliseconds>("quietTime");
    QTest::addColumn<bool>("isRung");

    QTest::newRow("while the thread ticks on") << std::chrono::milliseconds(1h) << false;
    QTest::newRow("once it is asleep") << 0ms << true;
}

// To ring it is what costs the thread that records.
void tst_Allocations::isNotRungForAnEventNowAndThen()
{
    QFETCH(const std::chrono::milliseconds, quietTime);
    QFETCH(const bool, isRung);
    startRuntime(quietTime);
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerEvent(Tick{}); // wakes it, or has found it awake
    QVERIFY(recorder->flush());

    int bells = 0;
    for (int i = 0; i < 4; ++i) {
        letTimePass(40ms); // many intervals, in which it could fall asleep
        const AllocationCounter counter;
        recorder->registerEvent(Tick{});
        bells += counter.count() > 0 ? 1 : 0;
    }

    QCOMPARE(bells > 0, isRung);
}

// No event can be posted then. The thread is woken all the same, and by nothing else.
void tst_Allocations::isHandledWithoutMemory()
{
    HandledCounter handled;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(handled.newMetric());
    recorder->registerEvent(Tick{}); // may fill a pool
    QVERIFY(handled.waitFor(1));

    int failedPosts = 0;
    const TimeBox time;
    const QDeadlineTimer deadline(30s); // until it was asleep once, wherever it gets little time
    for (int round = 1;
         (round <= scaled(100) && !time.isOver()) || (failedPosts == 0 && !deadline.hasExpired());
         ++round) {
        spinFor(4ms * (round % 10) / 10); // so that its thread is asleep, or falls asleep
        const AllocationCounter counter;
        {
            const FailingAllocations failing;
            QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
        }
        failedPosts += counter.count() > 0 ? 1 : 0;
        QVERIFY2(handled.waitFor(quint64(round) + 1), "a wake-up was lost");
    }

    QVERIFY(failedPosts > 0); // or it proves nothing
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Allocations::isHandledAfterOneWithoutMemory()
{
    HandledCounter handled;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    const auto other = m_runtime->createRecorder(QStringLiteral("second"));
    recorder->registerMetric(handled.newMetric());
    other->registerMetric(handled.newMetric());
    recorder->registerEvent(Tick{}); // may fill a pool
    QVERIFY(handled.waitFor(1));

    int failedPosts = 0;
    const TimeBox time;
    const QDeadlineTimer deadline(30s); // until it was asleep once, wherever it gets little time
    for (int round = 1;
         (round <= scaled(30) && !time.isOver()) || (failedPosts == 0 && !deadline.hasExpired());
         ++round) {
        spinFor(4ms * (round % 10) / 10); // so that its thread is asleep, or falls asleep
        const AllocationCounter counter;
        {
            const FailingAllocations failing;
            QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
        }
        failedPosts += counter.count() > 0 ? 1 : 0;
        other->registerEvent(Tick{}); // which finds the bell rung
        QVERIFY2(handled.waitFor(2 * quint64(round) + 1), "a wake-up was lost");
    }

    QVERIFY(failedPosts > 0); // or it proves nothing
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
    VERIFY_ALL_HANDLED(*other);
}

QTEST_GUILESS_MAIN(tst_Allocations)
#include "tst_allocations.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/conservation.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <pthread.h>
#include <sched.h>
#include <thread>
#include <time.h>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// One event, and nothing else that could wake the recorder's thread: a lost wake-up is seen because
// the event is never handled.
class tst_Doorbell : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // falling asleep
    void wakesForAnEventAtAnyMoment_data();
    void wakesForAnEventAtAnyMoment();
    void wakesForTheEventsOfManyThreads();

    // going on by itself
    void goesOnAfterASliceWithoutAnotherEvent();
    void goesOnForEventsThatEventsSetOff();

    // without memory
    void wakesForAnEventWithoutMemory();
    void wakesForAnEventAfterOneWithoutMemory();

    // asleep
    void takesNoProcessorTimeWhileAsleep();
};

namespace {

// Tells how many events were handled, without a call that the recorder's thread would answer.
class Signals
{
public:
    std::unique_ptr<Metric> newMetric()
    {
        return std::make_unique<ActingMetric>(QStringLiteral("signals"),
                                              [handled = m_handled](const MetricEvent &) {
                                                  handled->fetch_add(1, std::memory_order_release);
                                              });
    }

    quint64 handled() const { return m_handled->load(std::memory_order_acquire); }

    // False: nothing came within a time that no machine needs.
    bool waitFor(quint64 count) const
    {
        const Clock::time_point deadline = Clock::now() + 10s;
        while (handled() < count) {
            if (Clock::now() > deadline)
                return false;
            std::this_thread::yield();
        }
        return true;
    }

private:
    const std::shared_ptr<std::atomic<quint64>> m_handled =
            std::make_shared<std::atomic<quint64>>(0);
};

void spinFor(std::chrono::nanoseconds time)
{
    const Clock::time_point until = Clock::now() + time;
    while (Clock::now() < until) { }
}

} // namespace

void tst_Doorbell::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Doorbell::wakesForAnEventAtAnyMoment_data()
{
    using std::chrono::nanoseconds;
    QTest::addColumn<nanoseconds>("shortestPause");
    QTest::addColumn<nanoseconds>("longestPause");

    // The queue falls asleep some microseconds after its event, the thread after an interval.
    QTest::newRow("while the queue falls asleep") << nanoseconds(0) << nanoseconds(100us);
    QTest::newRow("while the thread falls asleep") << nanoseconds(900us) << nanoseconds(1500us);
    QTest::newRow("until long after that") << nanoseconds(1500us) << nanoseconds(4ms);
}

// The pause after an event grows from round to round, so that one of the next events meets every
// step of falling asleep.
void tst_Doorbell::wakesForAnEventAtAnyMoment()
{
    QFETCH(const std::chrono::nanoseconds, shortestPause);
    QFETCH(const std::chrono::nanoseconds, longestPause);
    const int rounds = scaled(250);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(1ms);
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    Signals signaled;
    recorder->registerMetric(signaled.newMetric());

    for (int round = 0; round < rounds; ++round) {
        spinFor(shortestPause + (longestPause - shortestPause) * round / rounds);
        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
        QVERIFY2(signaled.waitFor(quint64(round) + 1), "a wake-up was lost");
    }

    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Doorbell::wakesForTheEventsOfManyThreads()
{
    const int rounds = scaled(150);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(1ms);
    QVERIFY(runtime.start());
    std::mt19937_64 generator = seededGenerator("tst_doorbell");
    std::atomic<int> lost = 0;

    std::vector<std::thread> threads;
    for (int id = 0; id < 3; ++id) {
        threads.emplace_back([&, id, random = std::minstd_rand(quint32(generator()))]() mutable {
            const auto recorder = runtime.createRecorder(QString::number(id));
            Signals signaled;
            recorder->registerMetric(signaled.newMetric());
            for (int round = 1; round <= rounds && lost == 0; ++round) {
                std::uniform_int_distribution<int> pause(0, 4000);
                const Clock::time_point until =
                        Clock::now() + std::chrono::microseconds(pause(random));
                while (Clock::now() < until)
                    std::this_thread::yield();
                recorder->registerEvent(Tick{});
                lost += signaled.waitFor(quint64(round)) ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(lost.load(), 0);
    QVERIFY(runtime.shutdown());
    for (int id = 0; id < 3; ++id)
        VERIFY_ALL_HANDLED(*runtime.recorder(QString::number(id)));
}

// The events take many times longer than the thread works before it looks at its event loop.
void tst_Doorbell::goesOnAfterASliceWithoutAnotherEvent()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(60s);
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("slow"), [](const MetricEvent &) { spinFor(1ms); }));
    Signals signaled;
    recorder->registerMetric(signaled.newMetric());

    for (int i = 0; i < 30; ++i)
        recorder->registerEvent(Tick{});

    QVERIFY(signaled.waitFor(30));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Doorbell::goesOnForEventsThatEventsSetOff()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(60s);
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    const auto next = runtime.createRecorder(QStringLiteral("next"));
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("forward"), [next](const MetricEvent &) {
                spinFor(3ms); // longer than a slice
                next->registerEvent(Tick{});
            }));
    Signals signaled;
    next->registerMetric(signaled.newMetric());

    recorder->registerEvent(Tick{});

    QVERIFY(signaled.waitFor(1));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*next);
}

// Nothing can be posted then; the thread is woken all the same, and by nothing else.
void tst_Doorbell::wakesForAnEventWithoutMemory()
{
    const int rounds = scaled(100);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(1ms);
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    Signals signaled;
    recorder->registerMetric(signaled.newMetric());
    recorder->registerEvent(Tick{}); // fills the pools
    QVERIFY(signaled.waitFor(1));

    int failedPosts = 0;
    for (int round = 1; round <= rounds; ++round) {
        spinFor(4ms * round / rounds);
        const AllocationCounter counter;
        {
            const FailingAllocations failing;
            QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
        }
        failedPosts += counter.count() > 0 ? 1 : 0;
        QVERIFY2(signaled.waitFor(quint64(round) + 1), "a wake-up was lost");
    }

    QVERIFY(failedPosts > 0); // or it proves nothing
    QVERIFY(runtime.shutdown());
    QCOMPARE(recorder->statistics().handled, quint64(rounds) + 1);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Doorbell::wakesForAnEventAfterOneWithoutMemory()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    const auto other = runtime.createRecorder(QStringLiteral("other"));
    Signals signaled;
    recorder->registerMetric(signaled.newMetric());
    other->registerMetric(signaled.newMetric());
    {
        const FailingAllocations failing;
        recorder->registerEvent(Tick{}); // without the pools' memory it may be rejected
    }

    other->registerEvent(Tick{});

    const quint64 accepted = recorder->statistics().accepted + 1;
    QVERIFY(signaled.waitFor(accepted));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

// Its thread measures itself: what the clock of another thread says would be of that thread.
void tst_Doorbell::takesNoProcessorTimeWhileAsleep()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    clockid_t clock = 0;
    const auto recorder =
            runtime.createRecorder<HookedRecorder>(QStringLiteral("clock"), {}, [&clock] {
                pthread_getcpuclockid(pthread_self(), &clock);
            });
    const auto processorTime = [&clock] {
        timespec time{};
        clock_gettime(clock, &time);
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());
    const auto sleepsFor = [&processorTime](std::chrono::milliseconds time) {
        const qint64 before = processorTime();
        Latch never;
        return !never.wait(time) && processorTime() == before;
    };

    QTRY_VERIFY(sleepsFor(100ms)); // it ends its last interval first
    QVERIFY(sleepsFor(300ms));
}

QTEST_GUILESS_MAIN(tst_Doorbell)
#include "tst_doorbell.moc"

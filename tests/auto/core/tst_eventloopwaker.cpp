// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/handledcounter.h"
#include "shared/quiettime.h"
#include "shared/realtime.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/threadclock.h"
#include "shared/threadsleep.h"
#include "shared/timebox.h"

#include <recorders/core/metricsruntime.h>

#include <QDeadlineTimer>
#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// One event, and nothing else that could wake the recorder's thread: a lost wake-up is seen because
// the event is never handled.
class tst_EventLoopWaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // falling asleep
    void wakesForAnEventAtAnyMoment_data();
    void wakesForAnEventAtAnyMoment();
    void wakesForTheEventsOfManyThreads();

    // calls
    void answersACallAtAnyMoment();
    void answersTheCallsOfManyThreads();

    // going on by itself
    void goesOnAfterASliceWithoutAnotherEvent();
    void goesOnForEventsThatEventsSetOff_data();
    void goesOnForEventsThatEventsSetOff();

    // asleep
    void takesNoProcessorTimeWhileAsleep();
};

void tst_EventLoopWaker::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_EventLoopWaker::wakesForAnEventAtAnyMoment_data()
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
void tst_EventLoopWaker::wakesForAnEventAtAnyMoment()
{
    QFETCH(const std::chrono::nanoseconds, shortestPause);
    QFETCH(const std::chrono::nanoseconds, longestPause);
    const int rounds = scaled(250);
    const QuietTime quietTime(0ms);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(1ms);
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    HandledCounter handled;
    recorder->registerMetric(handled.newMetric());

    const TimeBox time;
    for (int round = 0; round < rounds && !time.isOver(); ++round) {
        spinFor(shortestPause + (longestPause - shortestPause) * round / rounds);
        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
        QVERIFY2(handled.waitFor(quint64(round) + 1), "a wake-up was lost");
    }

    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

// All of them at the same moment: one must not get lost beside another.
void tst_EventLoopWaker::wakesForTheEventsOfManyThreads()
{
    constexpr int threadCount = 2;
    const int rounds = scaled(300);
    const QuietTime quietTime(0ms);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(1ms);
    QVERIFY(runtime.start());
    std::mt19937_64 generator = seededGenerator("tst_eventloopwaker");
    std::atomic<int> lost = 0;
    std::atomic<int> arrived = 0;
    std::atomic<int> lastRound = rounds;
    const TimeBox time;

    std::vector<std::thread> threads;
    for (int id = 0; id < threadCount; ++id) {
        threads.emplace_back([&, id, random = std::minstd_rand(quint32(generator()))]() mutable {
            const auto recorder = runtime.createRecorder(QString::number(id));
            HandledCounter handled;
            recorder->registerMetric(handled.newMetric());
            for (int round = 1; round <= lastRound && lost == 0; ++round) {
                std::uniform_int_distribution<int> pause(0, 3000);
                const Clock::time_point until =
                        Clock::now() + std::chrono::microseconds(pause(random));
                while (Clock::now() < until)
                    std::this_thread::yield();
                if (time.isOver())
                    lastRound = round; // for all: nobody has left this one
                ++arrived;
                while (arrived < threadCount * round && lost == 0)
                    std::this_thread::yield();
                recorder->registerEvent(Tick{});
                lost += handled.waitFor(quint64(round)) ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(lost.load(), 0);
    QVERIFY(runtime.shutdown());
    for (int id = 0; id < threadCount; ++id)
        VERIFY_ALL_HANDLED(*runtime.recorder(QString::number(id)));
}

static std::shared_ptr<Recorder> newTimedRecorder(MetricsRuntime &runtime, const QString &id)
{
    RecorderOptions options;
    options.snapshotTimeout = 10s;
    return runtime.createRecorder(id, options);
}

// The pause after an answer grows from round to round, so that one of the next calls meets every step
// of the thread's way back to its event loop. False: one was not answered.
static bool areAnswered(Recorder &recorder, int calls, const TimeBox &time)
{
    bool isAnswered = true;
    for (int call = 0; call < calls && isAnswered && !time.isOver(); ++call) {
        spinFor(40us * (call % 200) / 200);
        const Clock::time_point began = Clock::now();
        recorder.metricSnapshots();
        isAnswered = Clock::now() - began < recorder.options().snapshotTimeout;
    }
    return isAnswered;
}

void tst_EventLoopWaker::answersACallAtAnyMoment()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(60s); // no tick makes up for a wake-up that is lost
    QVERIFY(runtime.start());
    const auto recorder = newTimedRecorder(runtime, QStringLiteral("clock"));

    QVERIFY2(areAnswered(*recorder, scaled(10'000), TimeBox()), "a wake-up was lost");

    QVERIFY(runtime.shutdown());
}

void tst_EventLoopWaker::answersTheCallsOfManyThreads()
{
    constexpr int threadCount = 3;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(60s);
    QVERIFY(runtime.start());
    std::atomic<int> lost = 0;

    const TimeBox time;
    std::vector<std::thread> threads;
    for (int id = 0; id < threadCount; ++id) {
        threads.emplace_back([&, id] {
            const auto recorder = newTimedRecorder(runtime, QString::number(id));
            lost += areAnswered(*recorder, scaled(2000), time) ? 0 : 1;
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(lost.load(), 0);
    QVERIFY(runtime.shutdown());
}

// Its queue is so large that it can wait for an interval, whatever came in a moment.
static std::shared_ptr<Recorder> newPatientRecorder(MetricsRuntime &runtime)
{
    RecorderOptions options;
    options.queueMaxSize = 10'000'000;
    return runtime.createRecorder(QStringLiteral("clock"), options);
}

// The events take many times longer than the thread works before it looks at its event loop.
void tst_EventLoopWaker::goesOnAfterASliceWithoutAnotherEvent()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(60s);
    QVERIFY(runtime.start());
    const auto recorder = newPatientRecorder(runtime);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("slow"), [](const MetricEvent &) { spinFor(1ms); }));
    HandledCounter handled;
    recorder->registerMetric(handled.newMetric());

    for (int i = 0; i < 30; ++i)
        recorder->registerEvent(Tick{});

    QVERIFY(handled.waitFor(30));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_EventLoopWaker::goesOnForEventsThatEventsSetOff_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("duration");

    QTest::newRow("within a slice") << std::chrono::nanoseconds(0);
    QTest::newRow("after a slice") << std::chrono::nanoseconds(3ms);
}

void tst_EventLoopWaker::goesOnForEventsThatEventsSetOff()
{
    QFETCH(const std::chrono::nanoseconds, duration);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(60s);
    QVERIFY(runtime.start());
    const auto recorder = newPatientRecorder(runtime);
    const auto next = runtime.createRecorder(QStringLiteral("next"));
    const auto forward = [next, duration](const MetricEvent &) {
        spinFor(duration);
        next->registerEvent(Tick{});
    };
    recorder->registerMetric(std::make_unique<ActingMetric>(QStringLiteral("forward"), forward));
    HandledCounter handled;
    next->registerMetric(handled.newMetric());

    recorder->registerEvent(Tick{});

    QVERIFY(handled.waitFor(1));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*next);
}

void tst_EventLoopWaker::takesNoProcessorTimeWhileAsleep()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    ThreadClock clock;
    ThreadSleep sleep;
    const auto recorder =
            runtime.createRecorder<HookedRecorder>(QStringLiteral("clock"), {}, [&clock, &sleep] {
                clock.follow();
                sleep.follow();
            });
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());
    // Only real time shows that no timer is set.
    const auto sleepsFor = [&clock, &sleep](std::chrono::milliseconds time) {
        const std::chrono::nanoseconds before = clock.time();
        letTimePass(time);
        return sleep.isAsleep() && clock.time() == before;
    };

    // It ends its last interval first, once it gets a processor for that.
    const QDeadlineTimer deadline(20s);
    bool isAsleep = false;
    while (!isAsleep && !deadline.hasExpired())
        isAsleep = sleepsFor(5 * runtime.drainInterval());

    QVERIFY(isAsleep);
}

QTEST_GUILESS_MAIN(tst_EventLoopWaker)
#include "tst_eventloopwaker.moc"

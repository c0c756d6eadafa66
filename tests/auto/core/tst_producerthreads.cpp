// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/flood.h"
#include "shared/handledcounter.h"
#include "shared/processresources.h"
#include "shared/producers.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/timebox.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Threads that come and go, that are cancelled, that are many, and that leave no processor.
class tst_ProducerThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // threads that end
    void keepsNothingOfThreadsThatEnded();
    void handlesEventsOfThreadsThatEnded();
    void survivesThreadsThatExit();
    void isNoCancellationPoint_data();
    void isNoCancellationPoint();

    // many threads
    void letsEveryThreadGetOn_data();
    void letsEveryThreadGetOn();
    void losesNothingInASmallQueue_data();
    void losesNothingInASmallQueue();

    // a busy neighbour
    void losesNothingOfAQuietRecorderBesideAFlood();
    void answersCallsDuringAFlood();

    // little processor time
    void countsExactlyWithAStarvedThread();
};

namespace {

void registerAndExit(Recorder &recorder, int eventCount)
{
    for (int i = 0; i < eventCount; ++i)
        recorder.registerEvent(Tick{ i });
    pthread_exit(nullptr);
}

} // namespace

void tst_ProducerThreads::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ProducerThreads::keepsNothingOfThreadsThatEnded()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(100, OverflowPolicy::Block));
    recorder->registerMetric(std::make_unique<TickMetric>());
    const auto runThreads = [&recorder](int count) {
        for (int i = 0; i < count; ++i) {
            std::thread([&recorder] {
                for (int event = 0; event < 10; ++event)
                    recorder->registerEvent(Tick{ 1 });
            }).join();
        }
    };
    const int threadCount = scaled(1000);
    runThreads(200); // sets up what the first threads set up
    QVERIFY(recorder->flush());
    const qint64 before = ProcessResources::now().memory;

    runThreads(threadCount);
    QVERIFY(recorder->flush());
    const qint64 growth = ProcessResources::now().memory - before;

    QVERIFY(runtime.shutdown());
    QCOMPARE(recorder->statistics().handled, quint64(200 + threadCount) * 10);
    VERIFY_ALL_HANDLED(*recorder);
    if (ProcessResources::isMemoryMeaningful())
        QVERIFY2(growth < 2 * 1024 * 1024, qPrintable(QString::number(growth)));
}

void tst_ProducerThreads::handlesEventsOfThreadsThatEnded()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto held = runtime.createRecorder(QStringLiteral("held"));
    held->registerMetric(heldMetric(gate));
    held->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    Producers producers(recorder);

    producers.start(8, 100);
    producers.finish(); // all threads have ended, nothing is handled yet
    const quint64 handledBefore = recorder->statistics().handled;
    gate->open();
    QVERIFY(runtime.shutdown());

    QCOMPARE(handledBefore, quint64(0));
    QCOMPARE(recorder->statistics().handled, quint64(800));
    VERIFY_AGREEMENT(producers);
}

void tst_ProducerThreads::survivesThreadsThatExit()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));

    for (int i = 0; i < 20; ++i)
        std::thread([&recorder] { registerAndExit(*recorder, 50); }).join();

    QVERIFY(runtime.shutdown());
    QCOMPARE(recorder->statistics().handled, quint64(1000));
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_ProducerThreads::isNoCancellationPoint_data()
{
    QTest::addColumn<bool>("isFull");

    QTest::newRow("when it wakes the recorder's thread") << false;
    QTest::newRow("when it waits for room") << true;
}

// A thread that is cancelled, by pthread_cancel() or QThread::terminate(), ends at its next
// cancellation point. Were there one within, the process would end: nothing may be thrown there.
void tst_ProducerThreads::isNoCancellationPoint()
{
    QFETCH(const bool, isFull);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    RecorderOptions options = optionsFor(1, OverflowPolicy::Block);
    options.blockTimeout = 200ms;
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), options);
    if (isFull) {
        recorder->registerMetric(heldMetric(gate));
        recorder->registerEvent(Tick{});
        QVERIFY(gate->waitUntilEntered());
    }
    std::atomic<bool> hasReturned = false;
    const quint64 before = recorder->statistics().registered;

    std::thread producer([&] {
        pthread_cancel(pthread_self()); // from now on
        recorder->registerEvent(Tick{});
        hasReturned = true;
        pthread_testcancel();
        recorder->registerEvent(Tick{}); // is not reached
    });
    producer.join();
    gate->open();

    QVERIFY(hasReturned);
    QVERIFY(runtime.shutdown());
    QCOMPARE(recorder->statistics().registered, before + 1);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_ProducerThreads::letsEveryThreadGetOn_data()
{
    QTest::addColumn<OverflowPolicy>("policy");

    QTest::newRow("drop") << OverflowPolicy::Drop;
    QTest::newRow("block") << OverflowPolicy::Block;
}

void tst_ProducerThreads::letsEveryThreadGetOn()
{
    QFETCH(const OverflowPolicy, policy);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsFor(64, policy));
    Producers producers(recorder);

    producers.start(Producers::maxCount);
    producers.waitUntilAccepted(quint64(scaled(20)));
    producers.join();
    QVERIFY(runtime.shutdown());

    VERIFY_AGREEMENT(producers);
}

void tst_ProducerThreads::losesNothingInASmallQueue_data()
{
    QTest::addColumn<OverflowPolicy>("policy");
    QTest::addColumn<qint64>("size");

    const std::pair<const char *, OverflowPolicy> policies[] = {
        { "drop", OverflowPolicy::Drop },
        { "reject", OverflowPolicy::Reject },
        { "block", OverflowPolicy::Block },
    };
    for (const auto &[name, policy] : policies) {
        for (const qint64 size : { 2, 4, 64, 1024 })
            QTest::addRow("8 producers, %s at %lld", name, size) << policy << size;
    }
}

void tst_ProducerThreads::losesNothingInASmallQueue()
{
    QFETCH(const OverflowPolicy, policy);
    QFETCH(const qint64, size);
    const bool isSlow = policy == OverflowPolicy::Block && size < 64;
    const auto eventCount = quint32(scaled(isSlow ? 50 : 2000));
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsFor(size, policy));
    Producers producers(recorder);

    producers.start(8, eventCount);
    producers.finish();
    QVERIFY(runtime.shutdown());

    VERIFY_AGREEMENT(producers);
    QCOMPARE(recorder->statistics().registered, quint64(eventCount) * 8);
    if (policy == OverflowPolicy::Block)
        QCOMPARE(recorder->statistics().dropped, quint64(0));
}

void tst_ProducerThreads::losesNothingOfAQuietRecorderBesideAFlood()
{
    const auto eventCount = quint64(scaled(50));
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto flooded =
            runtime.createRecorder(QStringLiteral("flooded"), optionsFor(64, OverflowPolicy::Drop));
    const auto quiet =
            runtime.createRecorder(QStringLiteral("quiet"), optionsFor(4, OverflowPolicy::Drop));
    HandledCounter handled;
    quiet->registerMetric(handled.newMetric());
    Producers producers(flooded);
    Overload overload;
    flooded->registerMetric(overload.newMetric(*flooded));
    producers.start(2);
    producers.waitUntilAccepted(100);

    // The flood does not end before them: each is handled while there is more to do for the other.
    for (quint64 event = 1; event <= eventCount; ++event) {
        QCOMPARE(quiet->registerEvent(Tick{ 1 }), RegisterResult::Accepted);
        QVERIFY(handled.waitFor(event));
    }
    overload.end();
    producers.join();
    QVERIFY(runtime.shutdown());

    QVERIFY(flooded->statistics().dropped > 0);
    QCOMPARE(quiet->statistics().handled, eventCount);
    VERIFY_ALL_HANDLED(*quiet);
    VERIFY_AGREEMENT(producers);
}

// Each of them has a deadline. Without it the flood would hold them up without end.
void tst_ProducerThreads::answersCallsDuringAFlood()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(4, OverflowPolicy::Drop));
    Producers producers(recorder);
    Overload overload;
    recorder->registerMetric(overload.newMetric(*recorder));
    producers.start(2);
    producers.waitUntilAccepted(100);

    const TimeBox time;
    for (int i = 0; i < scaled(20) && !time.isOver(); ++i) {
        const auto other = runtime.createRecorder(QStringLiteral("other"));
        QVERIFY(other);
        QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>()));
        QCOMPARE(recorder->metricSnapshots().size(), 3);
        QVERIFY(recorder->removeMetric(QStringLiteral("ticks")));
        QVERIFY(recorder->flush(QDeadlineTimer(30s)));
        QVERIFY(runtime.removeRecorder(QStringLiteral("other")));
    }
    overload.end();
    producers.join();
    QVERIFY(runtime.shutdown());

    VERIFY_AGREEMENT(producers);
}

// The thread that calls.
static void pinToFirstOf(const cpu_set_t &all)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu) {
        if (CPU_ISSET(cpu, &all))
            CPU_SET(cpu, &one);
    }
    sched_setaffinity(0, sizeof(one), &one);
}

// The recorder's thread gets what is left of the one processor that a producer keeps busy.
void tst_ProducerThreads::countsExactlyWithAStarvedThread()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    cpu_set_t all;
    QCOMPARE(sched_getaffinity(0, sizeof(all), &all), 0);
    const auto recorder = runtime.createRecorder<HookedRecorder>(
            QStringLiteral("clock"), optionsFor(64, OverflowPolicy::Drop), [&] {
                pinToFirstOf(all);
                setpriority(PRIO_PROCESS, 0, 19); // of the thread that calls
            });
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder->registerMetric(heldMetric(gate)); // until the queue has overflowed
    Producers producers(recorder);
    std::atomic<bool> isOver = false;
    std::thread spinner([&] {
        pinToFirstOf(all);
        while (!isOver.load(std::memory_order_relaxed)) { }
    });

    producers.start(2);
    while (recorder->statistics().dropped == 0)
        std::this_thread::yield();
    gate->open();
    producers.waitUntilAccepted(quint64(scaled(100)));
    QFuture<Error> stopped = recorder->stop();
    stopped.waitForFinished();
    isOver = true;
    spinner.join();
    producers.join();

    QVERIFY(!stopped.result());
    QVERIFY(recorder->statistics().dropped > 0);
    VERIFY_AGREEMENT(producers);
}

QTEST_GUILESS_MAIN(tst_ProducerThreads)
#include "tst_producerthreads.moc"

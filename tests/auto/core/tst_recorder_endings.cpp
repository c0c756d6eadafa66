// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/messagelog.h"
#include "shared/producers.h"
#include "shared/realtime.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/threadclock.h"

#include <recorders/core/metricsruntime.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <malloc.h>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What is left of a recorder or a runtime when its thread ends: nothing.
class tst_Recorder_Endings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // a thread of the application
    void refusesToStartInAThreadThatEnds();
    void refusesToStartAgainInAThreadThatEnds();
    void losesNothingWhenItsThreadEnds();

    // a thread of a runtime
    void endsThoughARecorderStartsAgainWhenItStops();
    void keepsNoProcessorBusyWhileARecorderIsMade();
    void leavesNoThreadsAndFilesBehind();
    void leavesNoMemoryBehind();
};

void tst_Recorder_Endings::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

qsizetype entriesOf(const QString &directory)
{
    return QDir(directory).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System).size();
}

// A recorder that starts again as often as it is stopped.
class RestlessRecorder : public Recorder
{
public:
    using Recorder::Recorder;

protected:
    void onStopped() override { start(); }
};

class SlowlyMadeRecorder : public Recorder
{
public:
    SlowlyMadeRecorder(const QString &id, const RecorderOptions &options, Gate *gate)
        : Recorder(id, options)
    {
        registerEvent(Tick{});
        gate->pass();
    }
};

void runARuntimeOnce()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>());

    for (int i = 0; i < 100; ++i)
        recorder->registerEvent(Tick{ 1 });
    recorder->stop().waitForFinished();
    recorder->start().waitForFinished();
    recorder->registerEvent(Tick{ 1 });

    QVERIFY(runtime.shutdown());
    QCOMPARE(recorder->statistics().handled, quint64(101));
    VERIFY_ALL_HANDLED(*recorder);
}

} // namespace

void tst_Recorder_Endings::refusesToStartInAThreadThatEnds()
{
    QThread thread;
    Recorder recorder(QStringLiteral("clock"));
    Error error;
    RegisterResult answer{};
    connect(
            &thread, &QThread::finished, &recorder,
            [&] {
                error = recorder.start().result();
                answer = recorder.registerEvent(Tick{ 1 });
            },
            Qt::DirectConnection);
    recorder.moveToThread(&thread);
    thread.start();

    thread.quit();
    thread.wait();

    QCOMPARE(error.code(), ErrorCode::NoEventDispatcher);
    QCOMPARE(answer, RegisterResult::NotRunning);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Endings::refusesToStartAgainInAThreadThatEnds()
{
    QThread thread;
    Recorder recorder(QStringLiteral("clock"));
    recorder.moveToThread(&thread);
    thread.start();
    QVERIFY(!recorder.start().result());
    Error error;
    connect(
            &thread, &QThread::finished, &recorder,
            [&] { error = recorder.start().result(); }, // after it was stopped
            Qt::DirectConnection);

    thread.quit();
    thread.wait();

    QCOMPARE(error.code(), ErrorCode::NoEventDispatcher);
    QCOMPARE(recorder.registerEvent(Tick{ 1 }), RegisterResult::NotRunning);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Endings::losesNothingWhenItsThreadEnds()
{
    const int rounds = scaled(200);
    const MessageLog messages; // an event that comes too late is told why it cannot start it
    for (int round = 0; round < rounds; ++round) {
        QThread thread;
        const auto recorder = std::make_shared<Recorder>(QStringLiteral("clock"));
        recorder->moveToThread(&thread);
        Producers producers(recorder);
        thread.start();

        if (round % 2 == 0)
            recorder->start();
        producers.start(2, 100);
        thread.quit();
        thread.wait();
        producers.finish();

        VERIFY_AGREEMENT(producers);
    }
}

void tst_Recorder_Endings::endsThoughARecorderStartsAgainWhenItStops()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder<RestlessRecorder>(QStringLiteral("clock"), {});
    recorder->registerEvent(Tick{});
    recorder->stop().waitForFinished();
    QTRY_COMPARE(recorder->state(), RecorderState::Running);
    recorder->registerEvent(Tick{});
    Error error;

    QVERIFY2(runtime.shutdown(&error), qPrintable(error.message()));

    QCOMPARE(recorder->state(), RecorderState::Stopped);
    QCOMPARE(recorder->statistics().handled, quint64(2));
    VERIFY_ALL_HANDLED(*recorder);
}

// The events of its constructor are held: until that returns the runtime's thread cannot end.
void tst_Recorder_Endings::keepsNoProcessorBusyWhileARecorderIsMade()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    ThreadClock clock;
    runtime.createRecorder<HookedRecorder>(QStringLiteral("clock"), {},
                                           [&clock] { clock.follow(); });
    const auto gate = std::make_shared<Gate>();
    std::jthread making([&] {
        runtime.createRecorder<SlowlyMadeRecorder>(QStringLiteral("slow"), {}, gate.get());
    });
    std::jthread ending;
    const GateOpener opener(gate);
    QVERIFY(gate->waitUntilEntered());
    ending = std::jthread([&runtime] { runtime.shutdown(); });
    QTRY_COMPARE(runtime.recorder(QStringLiteral("clock"))->state(), RecorderState::Stopped);

    QElapsedTimer timer;
    timer.start();
    const std::chrono::nanoseconds before = clock.time();
    letTimePass(100ms); // processor time is compared with real time
    const std::chrono::nanoseconds spent = clock.time() - before;
    const std::chrono::nanoseconds passed(timer.nsecsElapsed());
    gate->open();
    making.join();
    ending.join();

    QVERIFY2(spent < passed / 2, qPrintable(QString::number(spent.count())));
}

void tst_Recorder_Endings::leavesNoThreadsAndFilesBehind()
{
    runARuntimeOnce();
    const qsizetype threads = entriesOf(QStringLiteral("/proc/self/task"));
    const qsizetype files = entriesOf(QStringLiteral("/proc/self/fd"));

    for (int i = 0; i < 100; ++i)
        runARuntimeOnce();

    QTRY_COMPARE_LE(entriesOf(QStringLiteral("/proc/self/task")), threads);
    QCOMPARE_LE(entriesOf(QStringLiteral("/proc/self/fd")), files);
}

void tst_Recorder_Endings::leavesNoMemoryBehind()
{
    for (int i = 0; i < 50; ++i)
        runARuntimeOnce();
    const std::size_t before = ::mallinfo2().uordblks;

    const int cycles = scaled(200);
    for (int i = 0; i < cycles; ++i)
        runARuntimeOnce();

    const std::size_t after = ::mallinfo2().uordblks;
    QCOMPARE_LT(after, before + std::size_t(cycles) * 256);
}

QTEST_GUILESS_MAIN(tst_Recorder_Endings)

#include "tst_recorder_endings.moc"

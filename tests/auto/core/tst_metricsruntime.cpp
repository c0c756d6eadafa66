// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "metricsruntimefixture.h"
#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QElapsedTimer>
#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

class tst_MetricsRuntime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // life
    void startsCreated();
    void startsOnceForManyThreads();
    void shutsDownOnceForManyThreads();
    void staysClosed();
    void announcesItsStates();
    void drainsWhenItShutsDown();
    void needsNoMoreThanItsDestructor();
    void keepsItsDrainIntervalAboveZero();
    void handlesEventsWhateverTheDrainInterval();

    // shutdown with deadlines
    void shutsDownDespiteAStuckMetric();
    void namesWhatWasLeftUndone();
    void stopsRecordersSideBySide();
};

void tst_MetricsRuntime::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricsRuntime::startsCreated()
{
    const MetricsRuntime runtime(QStringLiteral("test"));

    QCOMPARE(runtime.name(), QStringLiteral("test"));
    QCOMPARE(runtime.state(), RuntimeState::Created);
    QVERIFY(!runtime.lastError());
    QVERIFY(runtime.recorderIds().isEmpty());
}

void tst_MetricsRuntime::startsOnceForManyThreads()
{
    Callers callers;
    Log<RuntimeState> states;
    MetricsRuntime runtime(QStringLiteral("test"));
    connect(
            &runtime, &MetricsRuntime::stateChanged, &runtime,
            [&](RuntimeState state) {
                states.append(state);
                callers.waitForAll();
            },
            Qt::DirectConnection);

    const bool isStarted = callers.isTrueInAll([&] {
        Error error;
        return runtime.start(&error) && !error && runtime.state() == RuntimeState::Running;
    });

    QVERIFY(isStarted);
    QVERIFY(runtime.createRecorder(clockId));
    QCOMPARE(states.entries(),
             (QList<RuntimeState>{ RuntimeState::Starting, RuntimeState::Running }));
}

void tst_MetricsRuntime::shutsDownOnceForManyThreads()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder = runtime.createRecorder(clockId);
    recorder->registerEvent(Tick{});
    Callers callers;
    Log<RuntimeState> states;
    connect(
            &runtime, &MetricsRuntime::stateChanged, &runtime,
            [&](RuntimeState state) {
                states.append(state);
                callers.waitForAll();
            },
            Qt::DirectConnection);

    const bool isShutDown = callers.isTrueInAll([&] {
        Error error;
        return runtime.shutdown(&error) && !error && runtime.state() == RuntimeState::Stopped
                && recorder->state() == RecorderState::Stopped;
    });

    QVERIFY(isShutDown);
    QCOMPARE(states.entries(),
             (QList<RuntimeState>{ RuntimeState::Stopping, RuntimeState::Stopped }));
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_MetricsRuntime::staysClosed()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    runtime.shutdown();
    Error error;

    QVERIFY(!runtime.start(&error));

    QCOMPARE(error.code(), ErrorCode::InvalidState);
    QCOMPARE(runtime.state(), RuntimeState::Stopped);
    QVERIFY(runtime.shutdown());
}

void tst_MetricsRuntime::announcesItsStates()
{
    Log<RuntimeState> states;
    MetricsRuntime runtime(QStringLiteral("test"));
    connect(&runtime, &MetricsRuntime::stateChanged, this,
            [&](RuntimeState state) { states.append(state); });

    runtime.start();
    runtime.shutdown();

    QTRY_COMPARE(states.entries(),
                 QList<RuntimeState>({ RuntimeState::Starting, RuntimeState::Running,
                                       RuntimeState::Stopping, RuntimeState::Stopped }));
}

void tst_MetricsRuntime::drainsWhenItShutsDown()
{
    const auto log = std::make_shared<TickLog>();
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    QList<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < 10; ++i) {
        recorders.append(runtime.createRecorder(QString::number(i)));
        recorders.constLast()->registerMetric(tickMetric(log));
        for (int n = 0; n < 100; ++n)
            recorders.constLast()->registerEvent(Tick{ n });
    }

    QVERIFY(runtime.shutdown());

    QCOMPARE(log->size(), 1000);
    for (const auto &recorder : recorders) {
        VERIFY_ALL_HANDLED(*recorder);
        QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total"), 100);
    }
}

void tst_MetricsRuntime::needsNoMoreThanItsDestructor()
{
    const auto log = std::make_shared<TickLog>();
    QStringList calls;
    {
        MetricsRuntime runtime(QStringLiteral("test"));
        runtime.start();
        const auto recorder = runtime.createRecorder<HookedRecorder>(
                clockId, {}, [&] { calls.append(QStringLiteral("starting")); },
                [&] { calls.append(QStringLiteral("stopped")); });
        recorder->registerMetric(tickMetric(log));
        for (int i = 0; i < 1000; ++i)
            recorder->registerEvent(Tick{ i });
    }

    QCOMPARE(log->size(), 1000);
    QCOMPARE(calls.join(u' '), QStringLiteral("starting stopped"));
}

void tst_MetricsRuntime::keepsItsDrainIntervalAboveZero()
{
    MetricsRuntime runtime(QStringLiteral("test"));

    runtime.setDrainInterval(3ms);
    QVERIFY(runtime.drainInterval() == 3ms);
    QTest::ignoreMessage(QtWarningMsg,
                         "MetricsRuntime \"test\": interval is 0 ms, but must be at least 1");
    runtime.setDrainInterval(0ms);
    QVERIFY(runtime.drainInterval() == 3ms);
}

void tst_MetricsRuntime::handlesEventsWhateverTheDrainInterval()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(std::chrono::milliseconds::max());
    QVERIFY(runtime.drainInterval() == 24h);
    runtime.start();
    const auto recorder = runtime.createRecorder(clockId);

    for (int i = 0; i < 3; ++i) {
        QCOMPARE(recorder->registerEvent(Tick{ 1 }), RegisterResult::Accepted);
        QVERIFY(recorder->flush());
    }

    QCOMPARE(recorder->statistics().handled, 3U);
}

namespace {

RecorderOptions shortStop()
{
    RecorderOptions options;
    options.stopTimeout = 50ms;
    return options;
}

// A runtime with three recorders, of which the one called "stuck" is.
struct StuckRuntime
{
    StuckRuntime()
    {
        runtime.start();
        stuck = runtime.createRecorder(QStringLiteral("stuck"), shortStop());
        first = runtime.createRecorder(QStringLiteral("first"), shortStop());
        second = runtime.createRecorder(QStringLiteral("second"), shortStop());
        stuck->registerMetric(heldMetric(gate));
        stuck->registerEvent(Tick{});
        stuck->registerEvent(Tick{});
        isHeld = gate->waitUntilEntered();
    }

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<Recorder> stuck;
    std::shared_ptr<Recorder> first;
    std::shared_ptr<Recorder> second;
    bool isHeld = false;
    GateOpener opener{ gate };
};

} // namespace

void tst_MetricsRuntime::shutsDownDespiteAStuckMetric()
{
    StuckRuntime stuck;
    QVERIFY(stuck.isHeld);
    Error error;

    const bool isShutDown = stuck.runtime.shutdown(&error);

    QVERIFY(!isShutDown);
    QCOMPARE(error.code(), ErrorCode::Timeout);
    QCOMPARE(stuck.stuck->statistics().handled, quint64(0)); // it has not waited for the gate
    QCOMPARE(stuck.stuck->registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(stuck.first->registerEvent(Tick{}), RegisterResult::NotRunning);
    stuck.gate->open();
    QTRY_COMPARE(stuck.stuck->state(), RecorderState::Stopped);
    QCOMPARE(stuck.stuck->statistics().handled, quint64(1)); // its time was over after that
    VERIFY_CONSERVED(*stuck.stuck);
}

void tst_MetricsRuntime::namesWhatWasLeftUndone()
{
    StuckRuntime stuck;
    QVERIFY(stuck.isHeld);
    Error error;

    stuck.runtime.shutdown(&error);

    QVERIFY2(error.message().contains(QStringLiteral("stuck")), qPrintable(error.message()));
    QVERIFY2(error.message().contains(u'2'), qPrintable(error.message()));
}

void tst_MetricsRuntime::stopsRecordersSideBySide()
{
    constexpr int count = 200;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    RecorderOptions options;
    options.stopTimeout = 100ms;
    QList<std::shared_ptr<Recorder>> recorders;
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    for (int i = 0; i < count; ++i) {
        recorders.append(runtime.createRecorder(QString::number(i), options));
        recorders.constLast()->registerMetric(heldMetric(gate));
        recorders.constLast()->registerEvent(Tick{});
    }
    QVERIFY(gate->waitUntilEntered());
    QElapsedTimer timer;
    timer.start();

    QVERIFY(!runtime.shutdown());

    QVERIFY(timer.elapsed() < count * 100); // many times what one needs
    for (const auto &recorder : recorders) {
        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
        VERIFY_CONSERVED(*recorder);
    }
}

QTEST_GUILESS_MAIN(tst_MetricsRuntime)
#include "tst_metricsruntime.moc"

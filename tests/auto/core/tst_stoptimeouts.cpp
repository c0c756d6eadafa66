// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/gate.h"
#include "shared/handledcounter.h"
#include "shared/producers.h"
#include "shared/realtime.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Stops whose time is up: what is left over, who is to blame, and who is waited for.
class tst_StopTimeouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // one recorder
    void endAStopUnderAFlood();
    void nameWhatWasSlow_data();
    void nameWhatWasSlow();
    void nameWhatWasLate();
    void nameNothingThatWasNotSlow();

    // all recorders of a runtime
    void areNotWaitedForWithNothingToDo();
    void areWaitedForWithSomethingToDo_data();
    void areWaitedForWithSomethingToDo();
};

void tst_StopTimeouts::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

// Many times what a call that is not slow takes, even if its thread loses the processor meanwhile.
constexpr std::chrono::milliseconds slowCall = 300ms;

RecorderOptions optionsWithTimeout(std::chrono::milliseconds stopTimeout)
{
    RecorderOptions options;
    options.stopTimeout = stopTimeout;
    return options;
}

std::unique_ptr<Metric> slowMetric(const std::shared_ptr<std::atomic<bool>> &isSlow)
{
    return std::make_unique<ActingMetric>(QStringLiteral("slow"), [isSlow](const MetricEvent &) {
        if (*isSlow)
            spinFor(slowCall);
    });
}

} // namespace

// From two producers that never cease. What is left over is handled when it starts again. The first
// event is held until the queue is full: it holds more than there is time for, by far.
void tst_StopTimeouts::endAStopUnderAFlood()
{
    constexpr auto timeout = 20ms;
    const auto isSlow = std::make_shared<std::atomic<bool>>(true);
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsWithTimeout(timeout));
    Producers producers(recorder);
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("slow"), [=](const MetricEvent &) {
                gate->pass();
                if (*isSlow)
                    spinFor(1ms);
            }));

    producers.start(2);
    QVERIFY(gate->waitUntilEntered());
    while (recorder->statistics().dropped == 0)
        std::this_thread::yield();
    gate->open();
    QFuture<Error> stop = recorder->stop();
    const quint64 handledBefore = recorder->statistics().handled;
    stop.waitForFinished();
    const RecorderStatistics stopped = recorder->statistics();
    producers.join();

    // Until the time is up, and with it the slice of work that is under way then.
    QVERIFY2(stopped.handled - handledBefore < 100, describe(stopped).constData());
    QVERIFY(Testing::isConserved(stopped));
    const QString message = stop.result().message();
    QCOMPARE(stop.result().code(), ErrorCode::Timeout);
    QVERIFY2(message.contains(QStringLiteral("%1 events").arg(stopped.pending)),
             qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("metric \"slow\"")), qPrintable(message));
    *isSlow = false;
    QCOMPARE(recorder->start().result(), Error());
    QVERIFY(recorder->flush(QDeadlineTimer(30s))); // the stopTimeout might be too short for that
    QVERIFY(runtime.shutdown());
    VERIFY_AGREEMENT(producers);
}

void tst_StopTimeouts::nameWhatWasSlow_data()
{
    QTest::addColumn<bool>("isHook");
    QTest::addColumn<QString>("name");

    QTest::newRow("a metric") << false << QStringLiteral("metric \"slow\"");
    QTest::newRow("a hook") << true << QStringLiteral("onMetricChanged()");
}

void tst_StopTimeouts::nameWhatWasSlow()
{
    QFETCH(const bool, isHook);
    QFETCH(const QString, name);
    HookedRecorder recorder(QStringLiteral("clock"), optionsWithTimeout(10ms), {}, {},
                            [isHook](const Metric &metric, const MetricEvent &) {
                                if (isHook && metric.name() == u"slow")
                                    spinFor(slowCall);
                            });
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerMetric(slowMetric(std::make_shared<std::atomic<bool>>(!isHook)));
    recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("others")));
    for (int i = 0; i < 1000; ++i)
        recorder.registerEvent(Tick{ i });

    const Error error = recorder.stop().result();

    QCOMPARE(error.code(), ErrorCode::Timeout);
    QVERIFY2(error.message().endsWith(QStringLiteral("the slowest was ") + name),
             qPrintable(error.message()));
    QVERIFY(recorder.statistics().pending > 0);
    VERIFY_CONSERVED(recorder);
}

// It was called before the stop, for the first time, and returned when the time was up.
void tst_StopTimeouts::nameWhatWasLate()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsWithTimeout(0ms));
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("held"), [gate](const MetricEvent &) {
                gate->pass();
                spinFor(3ms); // longer than the thread works before it looks at its event loop
            }));
    recorder->registerEvent(Tick{});
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());

    QFuture<Error> stop = recorder->stop();
    gate->open();
    stop.waitForFinished();

    const QString message = stop.result().message();
    QVERIFY2(message.contains(QStringLiteral("1 events")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("metric \"held\"")), qPrintable(message));
    QVERIFY(runtime.shutdown());
    QCOMPARE(recorder->statistics().pending, quint64(1));
    VERIFY_CONSERVED(*recorder);
}

// Another recorder of its thread was. What was slow before the recorder started again is history.
void tst_StopTimeouts::nameNothingThatWasNotSlow()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto held = runtime.createRecorder(QStringLiteral("held"));
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsWithTimeout(0ms));
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder->registerMetric(slowMetric(std::make_shared<std::atomic<bool>>(true)));
    HandledCounter counter;
    recorder->registerMetric(counter.newMetric());
    recorder->registerEvent(Tick{});
    QVERIFY(counter.waitFor(1)); // without giving the recorder time to fall asleep
    QCOMPARE(recorder->stop().result(), Error());
    QCOMPARE(recorder->start().result(), Error());
    held->registerMetric(heldMetric(gate));
    held->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    recorder->registerEvent(Tick{});

    QFuture<Error> stop = recorder->stop();
    gate->open();
    stop.waitForFinished();

    QVERIFY2(stop.result().message().endsWith(QStringLiteral("stopTimeout of 0 ms")),
             qPrintable(stop.result().message()));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*held);
    VERIFY_CONSERVED(*recorder);
}

namespace {

// A runtime whose thread is stuck in a metric of a recorder that has little time to stop, beside
// another one that has all the time in the world.
struct StuckRuntime
{
    explicit StuckRuntime(bool withHooks)
    {
        runtime.start();
        stuck = runtime.createRecorder(QStringLiteral("stuck"), optionsWithTimeout(10ms));
        other = withHooks ? runtime.createRecorder<HookedRecorder>(QStringLiteral("other"),
                                                                   optionsWithTimeout(1h))
                          : runtime.createRecorder(QStringLiteral("other"), optionsWithTimeout(1h));
        stuck->registerMetric(heldMetric(gate));
        stuck->registerEvent(Tick{});
        isStuck = gate->waitUntilEntered();
    }

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<Recorder> stuck;
    std::shared_ptr<Recorder> other;
    bool isStuck = false;
    const GateOpener opener{ gate };
};

} // namespace

void tst_StopTimeouts::areNotWaitedForWithNothingToDo()
{
    StuckRuntime runtime(false);
    QVERIFY(runtime.isStuck);
    Error error;
    QElapsedTimer timer;
    timer.start();

    const bool isShutDown = runtime.runtime.shutdown(&error);

    QVERIFY(!isShutDown);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(error.message().contains(QStringLiteral("metric \"held\" of recorder \"stuck\"")),
             qPrintable(error.message()));
    runtime.gate->open();
    QTRY_COMPARE(runtime.stuck->state(), RecorderState::Stopped);
    QTRY_COMPARE(runtime.other->state(), RecorderState::Stopped);
    VERIFY_ALL_HANDLED(*runtime.stuck);
    VERIFY_ALL_HANDLED(*runtime.other);
}

void tst_StopTimeouts::areWaitedForWithSomethingToDo_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<bool>("hasHooks");

    QTest::newRow("events") << 1 << false;
    QTest::newRow("hooks") << 0 << true;
}

// The metric returns when its own time is up, and so is the grace time of half a second.
void tst_StopTimeouts::areWaitedForWithSomethingToDo()
{
    QFETCH(const int, events);
    QFETCH(const bool, hasHooks);
    StuckRuntime runtime(hasHooks);
    QVERIFY(runtime.isStuck);
    for (int i = 0; i < events; ++i)
        runtime.other->registerEvent(Tick{});
    std::thread opener([&runtime] {
        while (runtime.runtime.state() == RuntimeState::Running)
            std::this_thread::yield();
        letTimePass(550ms);
        runtime.gate->open();
    });

    const bool isShutDown = runtime.runtime.shutdown();
    opener.join();

    QVERIFY(isShutDown);
    VERIFY_ALL_HANDLED(*runtime.stuck);
    VERIFY_ALL_HANDLED(*runtime.other);
}

QTEST_GUILESS_MAIN(tst_StopTimeouts)
#include "tst_stoptimeouts.moc"

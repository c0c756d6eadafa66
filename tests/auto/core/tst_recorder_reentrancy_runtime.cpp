// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

class tst_Recorder_Reentrancy_Runtime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // in a runtime
    void refusesToShutDownFromWithin();
    void isRemovedFromWithin();
    void leavesItsThreadWhenAnotherRemovesIt();
    void createsRecordersFromWithin();
    void registersEventsWithEachOther();
};

void tst_Recorder_Reentrancy_Runtime::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

// Runs the action in the first event of a runtime's recorder, and waits until it is done.
struct ActingRuntime
{
    explicit ActingRuntime(const std::function<void(MetricsRuntime &)> &action)
    {
        runtime.start();
        recorder = runtime.createRecorder(QStringLiteral("clock"));
        recorder->registerMetric(std::make_unique<ActingMetric>(
                QStringLiteral("actor"), [this, action](const MetricEvent &) {
                    action(runtime);
                    isDone.set();
                }));
        recorder->registerEvent(Tick{});
        hasFinished = isDone.wait();
    }

    Latch isDone;
    bool hasFinished = false;
    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<Recorder> recorder;
};

} // namespace

void tst_Recorder_Reentrancy_Runtime::refusesToShutDownFromWithin()
{
    bool isShutDown = true;
    Error error;
    ActingRuntime acting([&](MetricsRuntime &runtime) { isShutDown = runtime.shutdown(&error); });
    QVERIFY(acting.hasFinished);

    QVERIFY(!isShutDown);
    QCOMPARE(error.code(), ErrorCode::WrongThread);
    QCOMPARE(acting.runtime.state(), RuntimeState::Running);
    QCOMPARE(acting.recorder->registerEvent(Tock{}), RegisterResult::Accepted);
    QVERIFY(acting.runtime.shutdown());
    VERIFY_ALL_HANDLED(*acting.recorder);
}

void tst_Recorder_Reentrancy_Runtime::isRemovedFromWithin()
{
    bool isRemoved = false;
    ActingRuntime acting([&](MetricsRuntime &runtime) {
        isRemoved = runtime.removeRecorder(QStringLiteral("clock"));
    });
    QVERIFY(acting.hasFinished);

    QVERIFY(isRemoved);
    QTRY_COMPARE(acting.recorder->state(), RecorderState::Stopped);
    QCOMPARE(acting.recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    VERIFY_ALL_HANDLED(*acting.recorder);
    QVERIFY(acting.runtime.createRecorder(QStringLiteral("clock")));
}

// The thread that drops the last handle deletes it, while the thread goes on.
void tst_Recorder_Reentrancy_Runtime::leavesItsThreadWhenAnotherRemovesIt()
{
    std::shared_ptr<Recorder> other;
    ActingRuntime acting([&](MetricsRuntime &runtime) {
        other = runtime.createRecorder(QStringLiteral("other"));
        runtime.removeRecorder(QStringLiteral("other"));
    });
    QVERIFY(acting.hasFinished);

    QCOMPARE(other->state(), RecorderState::Stopped);
    QCOMPARE(other->thread(), nullptr);
}

void tst_Recorder_Reentrancy_Runtime::createsRecordersFromWithin()
{
    std::shared_ptr<Recorder> created;
    ActingRuntime acting([&](MetricsRuntime &runtime) {
        created = runtime.createRecorder(QStringLiteral("other"));
        created->registerMetric(std::make_unique<TickMetric>());
        created->registerEvent(Tick{ 42 });
    });
    QVERIFY(acting.hasFinished);

    QCOMPARE(valueOf(created->metricSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
}

void tst_Recorder_Reentrancy_Runtime::registersEventsWithEachOther()
{
    constexpr int rounds = 100;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(10s); // what events set off does not wait for the next tick
    runtime.start();
    const auto ping = runtime.createRecorder(QStringLiteral("ping"));
    const auto pong = runtime.createRecorder(QStringLiteral("pong"));
    const auto passOn = [](const std::weak_ptr<Recorder> &to) {
        return std::make_unique<ActingMetric>(
                QStringLiteral("ball"), [to](const MetricEvent &event) {
                    const auto other = to.lock();
                    if (other && event.as<Tick>()->value < rounds)
                        other->registerEvent(Tick{ event.as<Tick>()->value + 1 });
                });
    };
    ping->registerMetric(passOn(pong));
    pong->registerMetric(passOn(ping));

    ping->registerEvent(Tick{ 1 });

    QTRY_COMPARE(ping->statistics().handled + pong->statistics().handled, quint64(rounds));
    VERIFY_ALL_HANDLED(*ping);
    VERIFY_ALL_HANDLED(*pong);
}

QTEST_GUILESS_MAIN(tst_Recorder_Reentrancy_Runtime)
#include "tst_recorder_reentrancy_runtime.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/recorder.h>

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// How a recorder made by hand starts and stops, and the hooks that it calls on the way.
class tst_Recorder_StartStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // start
    void startsAtOnceInItsOwnThread();
    void startsOnce();
    void startsByItsFirstEvent();
    void holdsEventsUntilItsEventLoopRuns();
    void callsBackWhenStarted();

    // stop
    void drainsWhenStopped();
    void refusesEventsOnceStopped();
    void startsAgainWithItsMetrics();
    void handlesEventsOnceStartedAgain();
    void handlesOnceStartedAgainWhatItsStopLeftOver();
    void drainsInItsDestructor();
    void diesWithItsParent();
    void publishesWhenItStops();

    // hooks
    void callsHooksInOrder();
    void reportsChangesOnly();
    void reportsAnEventAfterAllMetricsSawIt();
};

void tst_Recorder_StartStop::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Recorder_StartStop::startsAtOnceInItsOwnThread()
{
    Recorder recorder(QStringLiteral("clock"));

    const QFuture<Error> started = recorder.start();

    QVERIFY(started.isFinished());
    QVERIFY(!started.result());
    QCOMPARE(recorder.state(), RecorderState::Running);
}

void tst_Recorder_StartStop::startsOnce()
{
    Recorder recorder(QStringLiteral("clock"));
    QSignalSpy states(&recorder, &Recorder::stateChanged);
    recorder.start();

    const Error error = recorder.start().result();

    QVERIFY(!error);
    QCOMPARE(states.size(), 2);
    QCOMPARE(states.at(0).constFirst().value<RecorderState>(), RecorderState::Starting);
    QCOMPARE(states.at(1).constFirst().value<RecorderState>(), RecorderState::Running);
}

void tst_Recorder_StartStop::startsByItsFirstEvent()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));

    const RegisterResult result = recorder.registerEvent(Tick{ 42 });

    QCOMPARE(result, RegisterResult::Accepted);
    QCOMPARE(recorder.state(), RecorderState::Starting);
    QTRY_COMPARE(log->entries(), QList<int>{ 42 });
    QCOMPARE(recorder.state(), RecorderState::Running);
}

void tst_Recorder_StartStop::holdsEventsUntilItsEventLoopRuns()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });

    QCOMPARE(recorder.statistics().pending, quint64(3));
    QCOMPARE(log->size(), 0);
    QTRY_COMPARE(recorder.statistics().handled, quint64(3));
    QCOMPARE(log->entries(), QList<int>({ 0, 1, 2 }));
    VERIFY_CONSERVED(recorder);
}

void tst_Recorder_StartStop::callsBackWhenStarted()
{
    Recorder recorder(QStringLiteral("clock"));
    QFutureWatcher<Error> watcher;
    const QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);

    watcher.setFuture(recorder.start());

    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(watcher.result(), Error());
    QCOMPARE(recorder.state(), RecorderState::Running);
}

void tst_Recorder_StartStop::drainsWhenStopped()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));
    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });

    const Error error = recorder.stop().result();

    QVERIFY(!error);
    QCOMPARE(recorder.state(), RecorderState::Stopped);
    QCOMPARE(log->size(), 3);
    QCOMPARE(recorder.statistics().handled, quint64(3));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_StartStop::refusesEventsOnceStopped()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));
    recorder.start();
    recorder.stop();

    const RegisterResult result = recorder.registerEvent(Tick{});
    recorder.registerMetricEvent(MetricEvent(Tick{}));

    QCOMPARE(result, RegisterResult::NotRunning);
    QCOMPARE(recorder.statistics().notRunning, quint64(2));
    QCOMPARE(log->size(), 0);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_StartStop::startsAgainWithItsMetrics()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{ 1 });
    recorder.stop();

    const Error error = recorder.start().result();
    recorder.registerEvent(Tick{ 2 });

    QVERIFY(!error);
    QCOMPARE(valueOf(recorder.metricSnapshots(), QStringLiteral("ticks"), u"sum"), 3);
    QCOMPARE(recorder.statistics().handled, quint64(2));
    VERIFY_CONSERVED(recorder);
}

void tst_Recorder_StartStop::handlesOnceStartedAgainWhatItsStopLeftOver()
{
    RecorderOptions options;
    options.stopTimeout = std::chrono::milliseconds::zero();
    Recorder recorder(QStringLiteral("clock"), options);
    const auto log = std::make_shared<TickLog>();
    recorder.registerMetric(tickMetric(log));
    recorder.start();
    recorder.registerEvent(Tick{ 1 });
    recorder.registerEvent(Tick{ 2 });

    const Error stopped = recorder.stop().result();
    QCOMPARE(stopped.code(), ErrorCode::Timeout);
    QVERIFY2(stopped.message().contains(QStringLiteral("2 events")), qPrintable(stopped.message()));
    QCOMPARE(recorder.statistics().pending, quint64(2));
    QCOMPARE(log->entries(), QList<int>());

    recorder.start();
    recorder.registerEvent(Tick{ 3 });
    QVERIFY(recorder.flush());
    QCOMPARE(log->entries(), (QList<int>{ 1, 2, 3 }));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_StartStop::handlesEventsOnceStartedAgain()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.start();
    recorder.registerEvent(Tick{});
    QTRY_COMPARE(recorder.statistics().handled, quint64(1));
    recorder.registerEvent(Tick{}); // still pending when it stops
    recorder.stop();
    recorder.start();

    recorder.registerEvent(Tick{});

    QTRY_COMPARE(recorder.statistics().handled, quint64(3));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_StartStop::drainsInItsDestructor()
{
    const auto log = std::make_shared<TickLog>();
    auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"));
    recorder->registerMetric(tickMetric(log));
    recorder->registerEvent(Tick{ 42 });

    recorder.reset();

    QCOMPARE(log->entries(), QList<int>{ 42 });
}

void tst_Recorder_StartStop::diesWithItsParent()
{
    const auto log = std::make_shared<TickLog>();
    auto parent = std::make_unique<QObject>();
    auto *recorder = new Recorder(QStringLiteral("clock"), {}, parent.get());
    recorder->registerMetric(tickMetric(log));
    recorder->registerEvent(Tick{ 42 });

    parent.reset();

    QCOMPARE(log->entries(), QList<int>{ 42 });
}

void tst_Recorder_StartStop::publishesWhenItStops()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{ 42 });

    recorder.stop();

    QCOMPARE(valueOf(recorder.latestSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
    QCOMPARE(recorder.metricSnapshots(), recorder.latestSnapshots());
}

void tst_Recorder_StartStop::callsHooksInOrder()
{
    QStringList calls;
    HookedRecorder recorder(QStringLiteral("clock"));
    const auto note = [&](const char *what) {
        calls.append(QLatin1StringView(what));
    };
    recorder.starting = [&] {
        note("starting");
    };
    recorder.stopped = [&] {
        note("stopped");
    };
    recorder.changed = [&](const Metric &, const MetricEvent &) {
        note("changed");
    };
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("actor"), [&](const MetricEvent &) { note("handled"); }));

    recorder.registerEvent(Tick{});
    recorder.stop();

    QCOMPARE(calls.join(u' '), QStringLiteral("starting handled changed stopped"));
}

void tst_Recorder_StartStop::reportsChangesOnly()
{
    QStringList changes;
    HookedRecorder recorder(QStringLiteral("clock"));
    recorder.changed = [&](const Metric &metric, const MetricEvent &event) {
        changes.append(metric.name() + u':' + event.type());
    };
    recorder.registerMetric(std::make_unique<TickMetric>());

    recorder.registerEvent(Tock{});
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(changes, QStringList{ QStringLiteral("ticks:test.tick") });
}

void tst_Recorder_StartStop::reportsAnEventAfterAllMetricsSawIt()
{
    QStringList calls;
    HookedRecorder recorder(QStringLiteral("clock"));
    recorder.changed = [&](const Metric &metric, const MetricEvent &) {
        calls.append(QStringLiteral("changed ") + metric.name());
    };
    for (const QString &name : { QStringLiteral("a"), QStringLiteral("b") }) {
        recorder.registerMetric(std::make_unique<ActingMetric>(
                name, [&calls, name](const MetricEvent &) { calls.append(name); }));
    }

    recorder.registerEvent(Tick{});
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(calls.join(u' '), QStringLiteral("a b changed a changed b a b changed a changed b"));
}

QTEST_GUILESS_MAIN(tst_Recorder_StartStop)
#include "tst_recorder_startstop.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/handledcounter.h"
#include "shared/testmetrics.h"

#include <recorders/core/recorder.h>

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// A recorder made by hand, in one thread. tst_recorder_threads has it in a thread of its own.
class tst_Recorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // arguments
    void isNamedByItsArgument();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void refusesANullMetric();
    void refusesASecondMetricOfOneName();

    // start
    void startsAtOnceInItsOwnThread();
    void startsOnce();
    void startsByItsFirstEvent();
    void holdsEventsUntilItsEventLoopRuns();
    void callsBackWhenStarted();

    // events
    void handlesEventsInOrder();
    void handlesAnyKindOfEvent();
    void takesMetricEventsFromASignal();
    void takesAMetricEventAsItIs();
    void countsAnEventAsPendingUntilItIsDone();

    // stop
    void drainsWhenStopped();
    void refusesEventsOnceStopped();
    void startsAgainWithItsMetrics();
    void handlesEventsOnceStartedAgain();
    void handlesOnceStartedAgainWhatItsStopLeftOver();
    void drainsInItsDestructor();
    void diesWithItsParent();

    // metrics and snapshots
    void listsMetricsInOrder();
    void forgetsARemovedMetric();
    void takesSnapshotsOfAllItsEvents();
    void keepsTheLatestSnapshots();
    void publishesWhenItStops();
    void tellsNoErrorOfItsSnapshots_data();
    void tellsNoErrorOfItsSnapshots();
    void tellsWhichEventsItsSnapshotsAreWithout();
    void resetsItsMetrics();

    // hooks
    void callsHooksInOrder();
    void reportsChangesOnly();
    void reportsAnEventAfterAllMetricsSawIt();
};

void tst_Recorder::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Recorder::isNamedByItsArgument()
{
    static_assert(!std::is_default_constructible_v<Recorder>);
    const Recorder recorder(QStringLiteral("clock"));

    QCOMPARE(recorder.entityId(), QStringLiteral("clock"));
    QCOMPARE(recorder.state(), RecorderState::Created);
    QVERIFY(!recorder.lastError());
}

void tst_Recorder::refusesBadArguments_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<qint64>("queueMaxSize");
    QTest::addColumn<int>("metricFailureLimit");
    QTest::addColumn<QString>("argument");

    const QString clock = QStringLiteral("clock");
    QTest::newRow("no id") << QString() << qint64(1) << 1 << QStringLiteral("entityId");
    QTest::newRow("blank id") << QStringLiteral(" \t") << qint64(1) << 1
                              << QStringLiteral("entityId");
    QTest::newRow("no room") << clock << qint64(0) << 1 << QStringLiteral("queueMaxSize");
    QTest::newRow("less than no room")
            << clock << qint64(-1) << 1 << QStringLiteral("queueMaxSize");
    QTest::newRow("no failure allowed")
            << clock << qint64(1) << 0 << QStringLiteral("metricFailureLimit");
}

void tst_Recorder::refusesBadArguments()
{
    QFETCH(const QString, id);
    QFETCH(const qint64, queueMaxSize);
    QFETCH(const int, metricFailureLimit);
    QFETCH(const QString, argument);
    RecorderOptions options;
    options.queueMaxSize = queueMaxSize;
    options.metricFailureLimit = metricFailureLimit;
    Recorder recorder(id, options);

    const Error error = recorder.start().result();

    QCOMPARE(error.code(), ErrorCode::InvalidArgument);
    QVERIFY2(error.message().contains(argument), qPrintable(error.message()));
    QCOMPARE(recorder.lastError(), error);

    // It says so, but not for every event.
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(argument));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(recorder.registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(recorder.statistics().notRunning, quint64(3));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder::refusesANullMetric()
{
    Recorder recorder(QStringLiteral("clock"));
    Error error;

    const bool isRegistered = recorder.registerMetric(nullptr, &error);

    QVERIFY(!isRegistered);
    QCOMPARE(error.code(), ErrorCode::InvalidArgument);
    QVERIFY2(error.message().contains(QStringLiteral("metric")), qPrintable(error.message()));
    QVERIFY(recorder.metricNames().isEmpty());
}

void tst_Recorder::refusesASecondMetricOfOneName()
{
    const auto first = std::make_shared<TickLog>();
    const auto second = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(first));
    Error error;

    const bool isRegistered = recorder.registerMetric(tickMetric(second), &error);
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QVERIFY(!isRegistered);
    QCOMPARE(error.code(), ErrorCode::AlreadyExists);
    QVERIFY2(error.message().contains(QStringLiteral("ticks")), qPrintable(error.message()));
    QCOMPARE(first->size(), 1);
    QCOMPARE(second->size(), 0);
}

void tst_Recorder::startsAtOnceInItsOwnThread()
{
    Recorder recorder(QStringLiteral("clock"));

    const QFuture<Error> started = recorder.start();

    QVERIFY(started.isFinished());
    QVERIFY(!started.result());
    QCOMPARE(recorder.state(), RecorderState::Running);
}

void tst_Recorder::startsOnce()
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

void tst_Recorder::startsByItsFirstEvent()
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

void tst_Recorder::holdsEventsUntilItsEventLoopRuns()
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

void tst_Recorder::callsBackWhenStarted()
{
    Recorder recorder(QStringLiteral("clock"));
    QFutureWatcher<Error> watcher;
    const QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);

    watcher.setFuture(recorder.start());

    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(watcher.result(), Error());
    QCOMPARE(recorder.state(), RecorderState::Running);
}

void tst_Recorder::handlesEventsInOrder()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));
    QList<int> expected;

    for (int i = 0; i < 1000; ++i) {
        recorder.registerEvent(Tick{ i });
        expected.append(i);
    }
    QVERIFY(recorder.flush());

    QCOMPARE(log->entries(), expected);
}

void tst_Recorder::handlesAnyKindOfEvent()
{
    struct Large
    {
        std::array<char, 1000> bytes{};
    };
    QStringList seen;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("all"), [&seen](const MetricEvent &event) {
                if (event.is<int>())
                    seen.append(QStringLiteral("int %1").arg(*event.as<int>()));
                else if (event.is<QString>())
                    seen.append(*event.as<QString>());
                else if (const auto *pointer = event.as<std::unique_ptr<int>>())
                    seen.append(QStringLiteral("pointer to %1").arg(**pointer));
                else if (event.is<Large>())
                    seen.append(QStringLiteral("large"));
            }));
    const QString text = QStringLiteral("text");

    recorder.registerEvent(7);
    recorder.registerEvent(text);
    recorder.registerEvent(std::make_unique<int>(8));
    recorder.registerEvent(Large{});
    QVERIFY(recorder.flush());

    QCOMPARE(seen,
             QStringList({ QStringLiteral("int 7"), QStringLiteral("text"),
                           QStringLiteral("pointer to 8"), QStringLiteral("large") }));
}

class TickSender : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void ticked(const Recorders::MetricEvent &event);
};

void tst_Recorder::takesMetricEventsFromASignal()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));
    TickSender sender;
    connect(&sender, &TickSender::ticked, &recorder, &Recorder::registerMetricEvent);
    connect(&sender, &TickSender::ticked, &recorder, &Recorder::registerMetricEvent,
            Qt::QueuedConnection);

    Q_EMIT sender.ticked(MetricEvent(Tick{ 42 }));

    QTRY_COMPARE(log->entries(), QList<int>({ 42, 42 }));
    VERIFY_CONSERVED(recorder);
}

void tst_Recorder::takesAMetricEventAsItIs()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));
    const MetricEvent event(Tick{ 42 });

    const RegisterResult copied = recorder.registerEvent(event);
    const RegisterResult moved = recorder.registerEvent(MetricEvent(Tick{ 43 }));
    const RegisterResult null = recorder.registerEvent(MetricEvent());
    QVERIFY(recorder.flush());

    QCOMPARE(copied, RegisterResult::Accepted);
    QCOMPARE(moved, RegisterResult::Accepted);
    QCOMPARE(null, RegisterResult::Rejected);
    QCOMPARE(log->entries(), QList<int>({ 42, 43 }));
    QCOMPARE(event.as<Tick>()->value, 42);
    VERIFY_CONSERVED(recorder);
}

void tst_Recorder::countsAnEventAsPendingUntilItIsDone()
{
    QList<quint64> pending;
    HookedRecorder recorder(QStringLiteral("clock"));
    const auto note = [&] {
        pending.append(recorder.statistics().pending);
    };
    recorder.changed = [&](const Metric &, const MetricEvent &) {
        note();
    };
    recorder.registerMetric(std::make_unique<ActingMetric>(QStringLiteral("observer"),
                                                           [&](const MetricEvent &) { note(); }));

    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(pending, QList<quint64>({ 1, 1 }));
    QCOMPARE(recorder.statistics().pending, quint64(0));
}

void tst_Recorder::drainsWhenStopped()
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

void tst_Recorder::refusesEventsOnceStopped()
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

void tst_Recorder::startsAgainWithItsMetrics()
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

void tst_Recorder::handlesOnceStartedAgainWhatItsStopLeftOver()
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

void tst_Recorder::handlesEventsOnceStartedAgain()
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

void tst_Recorder::drainsInItsDestructor()
{
    const auto log = std::make_shared<TickLog>();
    auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"));
    recorder->registerMetric(tickMetric(log));
    recorder->registerEvent(Tick{ 42 });

    recorder.reset();

    QCOMPARE(log->entries(), QList<int>{ 42 });
}

void tst_Recorder::diesWithItsParent()
{
    const auto log = std::make_shared<TickLog>();
    auto parent = std::make_unique<QObject>();
    auto *recorder = new Recorder(QStringLiteral("clock"), {}, parent.get());
    recorder->registerMetric(tickMetric(log));
    recorder->registerEvent(Tick{ 42 });

    parent.reset();

    QCOMPARE(log->entries(), QList<int>{ 42 });
}

void tst_Recorder::listsMetricsInOrder()
{
    Recorder recorder(QStringLiteral("clock"));

    recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("b")));
    recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("a")));

    const QStringList expected{ QStringLiteral("b"), QStringLiteral("a") };
    QStringList names;
    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();
    for (const MetricSnapshot &snapshot : snapshots)
        names.append(snapshot.name());
    QCOMPARE(recorder.metricNames(), expected);
    QCOMPARE(names, expected);
}

void tst_Recorder::forgetsARemovedMetric()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));

    const bool isRemoved = recorder.removeMetric(QStringLiteral("ticks"));
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QVERIFY(isRemoved);
    QVERIFY(!recorder.removeMetric(QStringLiteral("ticks")));
    QVERIFY(recorder.metricNames().isEmpty());
    QVERIFY(recorder.metricSnapshots().isEmpty());
    QCOMPARE(log->size(), 0);
    QVERIFY(recorder.registerMetric(tickMetric(log)));
}

void tst_Recorder::takesSnapshotsOfAllItsEvents()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    for (int i = 1; i <= 3; ++i)
        recorder.registerEvent(Tick{ i });

    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();

    QCOMPARE(snapshots.size(), 1);
    QCOMPARE(snapshots.constFirst().name(), QStringLiteral("ticks"));
    QCOMPARE(snapshots.constFirst().value(u"total").toInt(), 3);
    QCOMPARE(snapshots.constFirst().value(u"sum").toInt(), 6);
}

void tst_Recorder::keepsTheLatestSnapshots()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{ 1 });
    const QList<MetricSnapshot> published = recorder.metricSnapshots();

    recorder.registerEvent(Tick{ 2 });

    QCOMPARE(recorder.latestSnapshots(), published);
    QCOMPARE(valueOf(published, QStringLiteral("ticks"), u"sum"), 1);
}

void tst_Recorder::publishesWhenItStops()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{ 42 });

    recorder.stop();

    QCOMPARE(valueOf(recorder.latestSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
    QCOMPARE(recorder.metricSnapshots(), recorder.latestSnapshots());
}

using Act = void (*)(Recorder &);

void tst_Recorder::tellsNoErrorOfItsSnapshots_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<RecorderState>("state");
    QTest::addColumn<int>("sum");

    QTest::newRow("not started") << Act([](Recorder &) {}) << RecorderState::Created << 0;
    QTest::newRow("running") << Act([](Recorder &r) { r.registerEvent(Tick{ 42 }); })
                             << RecorderState::Running << 42;
    QTest::newRow("stopped") << Act([](Recorder &r) {
        r.registerEvent(Tick{ 42 });
        r.stop();
    }) << RecorderState::Stopped
                             << 42;
}

void tst_Recorder::tellsNoErrorOfItsSnapshots()
{
    QFETCH(const Act, act);
    QFETCH(const RecorderState, state);
    QFETCH(const int, sum);
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    act(recorder);
    Error error(ErrorCode::NotFound, QStringLiteral("what there was before"));

    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots(&error);

    QCOMPARE(error, Error());
    QCOMPARE(recorder.state(), state);
    QCOMPARE(valueOf(snapshots, QStringLiteral("ticks"), u"sum"), sum);
}

void tst_Recorder::tellsWhichEventsItsSnapshotsAreWithout()
{
    constexpr int count = 1000;
    bool isSlow = true;
    RecorderOptions options;
    options.snapshotTimeout = std::chrono::milliseconds(5);
    Recorder recorder(QStringLiteral("clock"), options);
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("slow"), [&isSlow](const MetricEvent &) {
                spinFor(std::chrono::milliseconds(isSlow ? 1 : 0));
            }));
    for (int i = 0; i < count; ++i)
        recorder.registerEvent(Tick{});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("clock.* without \\d+ ")));
    Error error;

    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots(&error);

    const int handled = int(recorder.statistics().handled);
    QVERIFY(handled < count);
    QCOMPARE(valueOf(snapshots, QStringLiteral("slow"), u"calls"), handled);
    QCOMPARE(recorder.latestSnapshots(), snapshots);
    QCOMPARE(error.code(), ErrorCode::Timeout);
    QVERIFY2(error.message().contains(QString::number(count - handled)),
             qPrintable(error.message()));
    isSlow = false; // it handles the rest in its destructor
}

void tst_Recorder::resetsItsMetrics()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{ 1 });

    recorder.resetMetrics();
    recorder.registerEvent(Tick{ 42 });

    QCOMPARE(valueOf(recorder.metricSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
    QCOMPARE(recorder.statistics().handled, quint64(2));
}

void tst_Recorder::callsHooksInOrder()
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

void tst_Recorder::reportsChangesOnly()
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

void tst_Recorder::reportsAnEventAfterAllMetricsSawIt()
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

QTEST_GUILESS_MAIN(tst_Recorder)
#include "tst_recorder.moc"

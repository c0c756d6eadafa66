// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/handledcounter.h"
#include "shared/testmetrics.h"

#include <recorders/core/recorder.h>

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

    // events
    void handlesEventsInOrder();
    void handlesAnyKindOfEvent();
    void takesMetricEventsFromASignal();
    void takesAMetricEventAsItIs();
    void countsAnEventAsPendingUntilItIsDone();

    // metrics and snapshots
    void listsMetricsInOrder();
    void forgetsARemovedMetric();
    void takesSnapshotsOfAllItsEvents();
    void keepsTheLatestSnapshots();
    void tellsNoErrorOfItsSnapshots_data();
    void tellsNoErrorOfItsSnapshots();
    void tellsWhichEventsItsSnapshotsAreWithout();
    void resetsItsMetrics();
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

QTEST_GUILESS_MAIN(tst_Recorder)
#include "tst_recorder.moc"

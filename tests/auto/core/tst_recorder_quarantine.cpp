// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"
#include "throwingmetric.h"

#include <recorders/core/recorder.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;

// Metrics that throw: the others do not notice, and it is quarantined in the end.
class tst_Recorder_Quarantine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // a metric that throws
    void isolatesAThrowingMetric_data();
    void isolatesAThrowingMetric();
    void keepsWhatTheMetricSaid_data();
    void keepsWhatTheMetricSaid();
    void quarantinesAfterTheLimit();
    void showsTheQuarantine();
    void doesNotQuarantineBelowTheLimit();
    void survivesAThrowingSnapshot_data();
    void survivesAThrowingSnapshot();
    void survivesAThrowingReset_data();
    void survivesAThrowingReset();
    void quarantinesAMetricWithoutASnapshot();

private:
    std::unique_ptr<MessageLog> m_messages;
};

void tst_Recorder_Quarantine::init()
{
    m_messages = std::make_unique<MessageLog>();
}

void tst_Recorder_Quarantine::cleanup()
{
    const QByteArray foreign = m_messages->text(QStringLiteral("recorders."));
    m_messages.reset();
    QVERIFY2(foreign.isEmpty(), foreign.constData());
}

static void addKindsOfExceptions()
{
    QTest::addColumn<Throws>("what");

    QTest::newRow("std::exception") << Throws::StandardException;
    QTest::newRow("int") << Throws::Integer;
    QTest::newRow("std::bad_alloc") << Throws::BadAlloc;
}

void tst_Recorder_Quarantine::isolatesAThrowingMetric_data()
{
    addKindsOfExceptions();
}

void tst_Recorder_Quarantine::isolatesAThrowingMetric()
{
    QFETCH(const Throws, what);
    const auto before = std::make_shared<TickLog>();
    const auto after = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(before, QStringLiteral("before")));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(what, ThrowingMetric::InHandleEvent));
    recorder.registerMetric(tickMetric(after, QStringLiteral("after")));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });
    QVERIFY(recorder.flush());

    QCOMPARE(before->entries(), QList<int>({ 0, 1, 2 }));
    QCOMPARE(after->entries(), QList<int>({ 0, 1, 2 }));
    QCOMPARE(recorder.state(), RecorderState::Running);
    QCOMPARE(recorder.statistics().metricErrors, quint64(3));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Quarantine::keepsWhatTheMetricSaid_data()
{
    addKindsOfExceptions();
}

void tst_Recorder_Quarantine::keepsWhatTheMetricSaid()
{
    QFETCH(const Throws, what);
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(what, ThrowingMetric::InHandleEvent));

    recorder.registerEvent(Tick{});

    const MetricSnapshot snapshot =
            snapshotOf(recorder.metricSnapshots(), QStringLiteral("thrower"));
    const QString said = what == Throws::StandardException ? QStringLiteral("disk on fire")
            : what == Throws::BadAlloc                     ? QStringLiteral("bad_alloc")
                                                           : QString();
    QVERIFY(!snapshot.errorString().isEmpty());
    QVERIFY2(snapshot.errorString().contains(said), qPrintable(snapshot.errorString()));
    QCOMPARE(recorder.lastError().code(), ErrorCode::MetricFailed);
    QVERIFY2(recorder.lastError().message().contains(QStringLiteral("thrower")),
             qPrintable(recorder.lastError().message()));
}

static RecorderOptions optionsWithLimit(int limit)
{
    RecorderOptions options;
    options.metricFailureLimit = limit;
    return options;
}

void tst_Recorder_Quarantine::quarantinesAfterTheLimit()
{
    int calls = 0;
    Recorder recorder(QStringLiteral("clock"), optionsWithLimit(3));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(
            Throws::StandardException, ThrowingMetric::InHandleEvent, &calls));

    for (int i = 0; i < 10; ++i)
        recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(calls, 3);
    QCOMPARE(recorder.statistics().metricErrors, quint64(3));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Quarantine::showsTheQuarantine()
{
    Recorder recorder(QStringLiteral("clock"), optionsWithLimit(1));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(Throws::StandardException,
                                                             ThrowingMetric::InHandleEvent));

    recorder.registerEvent(Tick{});

    const MetricSnapshot snapshot =
            snapshotOf(recorder.metricSnapshots(), QStringLiteral("thrower"));
    QCOMPARE(snapshot.state(), MetricState::Quarantined);
    QVERIFY(snapshot.errorString().contains(QStringLiteral("disk on fire")));
    QCOMPARE(recorder.metricNames(), QStringList{ QStringLiteral("thrower") });
    QVERIFY(!m_messages->messages().isEmpty());
}

void tst_Recorder_Quarantine::doesNotQuarantineBelowTheLimit()
{
    int calls = 0;
    Recorder recorder(QStringLiteral("clock"), optionsWithLimit(3));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(
            Throws::StandardException, ThrowingMetric::InHandleEvent, &calls));

    for (int i = 0; i < 2; ++i)
        recorder.registerEvent(Tick{});

    const MetricSnapshot snapshot =
            snapshotOf(recorder.metricSnapshots(), QStringLiteral("thrower"));
    QCOMPARE(calls, 2);
    QCOMPARE(snapshot.state(), MetricState::Active);
}

void tst_Recorder_Quarantine::survivesAThrowingSnapshot_data()
{
    addKindsOfExceptions();
}

void tst_Recorder_Quarantine::survivesAThrowingSnapshot()
{
    QFETCH(const Throws, what);
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(what, ThrowingMetric::InSnapshot));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{});

    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();

    QCOMPARE(snapshots.size(), 2);
    QCOMPARE(valueOf(snapshots, QStringLiteral("ticks"), u"total"), 1);
    QVERIFY(!snapshotOf(snapshots, QStringLiteral("thrower")).errorString().isEmpty());
    QCOMPARE(recorder.statistics().metricErrors, quint64(1));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Quarantine::survivesAThrowingReset_data()
{
    addKindsOfExceptions();
}

void tst_Recorder_Quarantine::survivesAThrowingReset()
{
    QFETCH(const Throws, what);
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(what, ThrowingMetric::InReset));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{});

    recorder.resetMetrics();

    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();
    QCOMPARE(valueOf(snapshots, QStringLiteral("ticks"), u"total"), 0);
    QVERIFY(!snapshotOf(snapshots, QStringLiteral("thrower")).errorString().isEmpty());
    QCOMPARE(recorder.statistics().metricErrors, quint64(1));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Quarantine::quarantinesAMetricWithoutASnapshot()
{
    int calls = 0;
    Recorder recorder(QStringLiteral("clock"), optionsWithLimit(2));
    recorder.registerMetric(std::make_unique<ThrowingMetric>(Throws::StandardException,
                                                             ThrowingMetric::InSnapshot, &calls));
    recorder.metricSnapshots();
    recorder.metricSnapshots();

    recorder.registerEvent(Tick{});
    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();

    QCOMPARE(calls, 0);
    QCOMPARE(recorder.statistics().metricErrors, quint64(2));
    QCOMPARE(snapshotOf(snapshots, QStringLiteral("thrower")).state(), MetricState::Quarantined);
}

QTEST_GUILESS_MAIN(tst_Recorder_Quarantine)
#include "tst_recorder_quarantine.moc"

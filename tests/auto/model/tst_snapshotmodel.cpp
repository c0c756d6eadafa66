// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "snapshotmodelfixture.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <chrono>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Testing;

class tst_SnapshotModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it shows
    void isEmptyWithoutASource();
    void showsRecordersMetricsAndDimensions();
    void namesItsRoles();
    void sortsNumbersInNamesByValue();
    void flagsLeaves();
    void spreadsItsIds();
    void saysTheStateInWords();
    void sumsUp();

    // how it asks
    void asksNothingWhileTheVersionStays();
    void asksOnceAtATime();
    void asksAgainAtOnceForMore();
    void staysAsItIsWhilePaused();
    void refreshesWhilePaused();
    void dropsAnAnswerThatComesAfterPausing();
    void asksAnotherSourceOnly();
    void refusesIntervalsBelowOne();

    // how it ends
    void mayGoDuringARequest();
};

void tst_SnapshotModel::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

// Until what the source has to say was applied.
void tst_SnapshotModel::isEmptyWithoutASource()
{
    SnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);

    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 4);
    QCOMPARE(model.refreshInterval(), 100);
    QVERIFY(!model.isEnded());
}

void tst_SnapshotModel::showsRecordersMetricsAndDimensions()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1929380), values({ QStringLiteral("x") }) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);

    const QModelIndex total =
            find(model, { QStringLiteral("a"), QStringLiteral("bytes"), QStringLiteral("total") });
    QVERIFY(total.isValid());
    QCOMPARE(total.data(SnapshotModel::EntityIdRole), QStringLiteral("a"));
    QCOMPARE(total.data(SnapshotModel::MetricRole), QStringLiteral("bytes"));
    QCOMPARE(total.data(SnapshotModel::DimensionRole), QStringLiteral("total"));
    QCOMPARE(total.data(SnapshotModel::ValueRole), 1929380);
    QCOMPARE(total.data(SnapshotModel::TextRole), QStringLiteral("1.84 MiB"));
    QCOMPARE(total.data(SnapshotModel::UnitRole), QStringLiteral("By"));
    QCOMPARE(total.data(SnapshotModel::KindRole).value<MetricKind>(), MetricKind::Counter);
    QCOMPARE(total.data(SnapshotModel::RateRole), 0.0);
    QCOMPARE(total.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>(),
             SnapshotModel::NodeType::Dimension);
    QCOMPARE(column(total, SnapshotModel::ValueColumn), QStringLiteral("1.84"));
    QCOMPARE(column(total, SnapshotModel::UnitColumn), QStringLiteral("MiB"));
    QVERIFY(total.data(Qt::ToolTipRole).toString().contains(QStringLiteral("1929380 B")));
    QCOMPARE(column(find(model, { QStringLiteral("a") }), SnapshotModel::ValueColumn),
             QStringLiteral("2 metrics"));
}

void tst_SnapshotModel::namesItsRoles()
{
    const SnapshotModel model;
    const QList<QByteArray> roles = model.roleNames().values();

    for (const char *role :
         { "entityId", "metric", "dimension", "value", "text", "unit", "kind", "rate", "nodeType" })
        QVERIFY2(roles.contains(role), role);
}

void tst_SnapshotModel::sortsNumbersInNamesByValue()
{
    FakeSnapshotSource source;
    for (const char *id : { "connection-10", "connection-2", "Beta", "alpha", "connection-02" })
        source.setRecorder(QString::fromLatin1(id), {});
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 5);

    QCOMPARE(names(model).join(u' '),
             QStringLiteral("alpha Beta connection-02 connection-2 connection-10"));
}

void tst_SnapshotModel::flagsLeaves()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);

    const QModelIndex recorder = model.index(0, 0);
    const QModelIndex metric = model.index(0, 0, recorder);
    const QModelIndex dimension = model.index(0, 0, metric);
    QVERIFY(model.hasChildren(recorder) && model.hasChildren(metric));
    QVERIFY(!model.hasChildren(dimension));
    QVERIFY(dimension.flags() & Qt::ItemNeverHasChildren);
    QVERIFY(!(metric.flags() & Qt::ItemNeverHasChildren));
}

void tst_SnapshotModel::spreadsItsIds()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 1000; ++i)
        source.setRecorder(QString::number(i), {});
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1000);

    QSet<size_t> buckets;
    for (int row = 0; row < 1000; ++row)
        buckets.insert(qHash(model.index(row, 0)) & 1023);
    QVERIFY2(buckets.size() > 500, qPrintable(QString::number(buckets.size())));
}

void tst_SnapshotModel::saysTheStateInWords()
{
    FakeSnapshotSource source;
    source.setRecorder(
            QStringLiteral("broken"),
            { counter(1).setState(MetricState::Quarantined, QStringLiteral("division by zero")) });
    source.setRecorderState(QStringLiteral("failed"), RecorderState::Failed,
                            Error(ErrorCode::HookFailed, QStringLiteral("disk full")));
    source.setRecorderState(QStringLiteral("stopped"), RecorderState::Stopped);
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 3);

    const QModelIndex metric = find(model, { QStringLiteral("broken"), QStringLiteral("bytes") });
    QVERIFY(column(metric, SnapshotModel::ValueColumn)
                    .endsWith(QStringLiteral("quarantined: division by zero")));
    QVERIFY(column(model.index(1, 0), SnapshotModel::ValueColumn)
                    .endsWith(QStringLiteral("failed: disk full")));
    QVERIFY(column(model.index(2, 0), SnapshotModel::ValueColumn)
                    .endsWith(QStringLiteral("stopped")));
}

void tst_SnapshotModel::sumsUp()
{
    FakeSnapshotSource source;
    RecorderStatistics statistics;
    statistics.pending = 2;
    statistics.dropped = 3;
    statistics.rejected = 4;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    source.setRecorder(QStringLiteral("b"), { counter(1), number(1) });
    source.setStatistics(QStringLiteral("a"), statistics);
    source.setStatistics(QStringLiteral("b"), statistics);
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.totals().metrics, 3);
    QCOMPARE(model.totals().pending, 4U);
    QCOMPARE(model.totals().dropped, 14U);
    QCOMPARE(model.index(0, 0).data(SnapshotModel::DroppedRole), 7U);

    source.removeRecorder(QStringLiteral("b"));
    wait(model);

    QCOMPARE(model.totals().recorders, 1);
    QCOMPARE(model.totals().metrics, 1);
    QCOMPARE(model.totals().pending, 2U);
}

void tst_SnapshotModel::asksNothingWhileTheVersionStays()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    const int asked = source.requestCount();

    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(asked, 1);
    QCOMPARE(source.requestCount(), asked);
}

void tst_SnapshotModel::asksOnceAtATime()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    source.hold();
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);

    for (int i = 0; i < 5; ++i) {
        source.setMetric(QStringLiteral("a"), counter(i));
        QVERIFY(Testing::waitForPolls(1ms));
        QCOMPARE(source.heldCount(), 1);
    }
    source.release();

    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(source.requestCount(), 1);
}

void tst_SnapshotModel::asksAgainAtOnceForMore()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 25; ++i)
        source.setRecorder(QString::number(i), { counter(i) });
    source.setMaxUpdateSize(10);
    SnapshotModel model;
    model.setRefreshInterval(3600 * 1000);

    model.setSource(&source);

    QTRY_COMPARE(model.rowCount(), 25);
    QCOMPARE(source.requestCount(), 3);
}

void tst_SnapshotModel::staysAsItIsWhilePaused()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy paused(&model, &SnapshotModel::pausedChanged);

    model.setPaused(true);
    source.setRecorder(QStringLiteral("b"), {});
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(paused.count(), 1);
    QCOMPARE(source.requestCount(), 1);
    QCOMPARE(model.rowCount(), 1);

    model.setPaused(false);
    QTRY_COMPARE(model.rowCount(), 2);
}

void tst_SnapshotModel::refreshesWhilePaused()
{
    FakeSnapshotSource source;
    SnapshotModel model;
    model.setPaused(true);
    model.setSource(&source);
    source.setRecorder(QStringLiteral("a"), {});
    QCOMPARE(source.requestCount(), 0);

    model.refresh();

    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(source.requestCount(), 1);
}

void tst_SnapshotModel::dropsAnAnswerThatComesAfterPausing()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    source.hold();
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    model.setPaused(true);
    source.release();
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(model.rowCount(), 0);
    model.setPaused(false);
    QTRY_COMPARE(model.rowCount(), 1);
}

void tst_SnapshotModel::asksAnotherSourceOnly()
{
    FakeSnapshotSource first;
    FakeSnapshotSource second;
    first.setRecorder(QStringLiteral("a"), {});
    second.setRecorder(QStringLiteral("b"), {});
    first.hold();
    SnapshotModel model;
    model.setSource(&first);
    QTRY_COMPARE(first.heldCount(), 1);

    model.setSource(&second);
    first.release();

    QTRY_COMPARE(names(model), QStringList{ QStringLiteral("b") });
    model.setSource(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void tst_SnapshotModel::refusesIntervalsBelowOne()
{
    SnapshotModel model;
    QSignalSpy changed(&model, &SnapshotModel::refreshIntervalChanged);
    QTest::ignoreMessage(QtWarningMsg, "the refresh interval must be at least 1 ms, not 0");

    model.setRefreshInterval(0);

    QCOMPARE(model.refreshInterval(), 100);
    QCOMPARE(changed.count(), 0);
}

void tst_SnapshotModel::mayGoDuringARequest()
{
    FakeSnapshotSource source;
    source.hold();
    auto model = std::make_unique<SnapshotModel>();
    model->setSource(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    model.reset();
    source.release();
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(source.requestCount(), 1);
}

QTEST_GUILESS_MAIN(tst_SnapshotModel)
#include "tst_snapshotmodel.moc"

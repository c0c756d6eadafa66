// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace std::chrono_literals;
using Testing::outline;

// Rows of recorders that the source has no more, in models that keep them.
class tst_RemovedRecorders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void goByDefault();
    void stayIfTheyAreKept_data();
    void stayIfTheyAreKept();
    void showWhatTheyHadAtLast();
    void showWhatTheIdHadAtLast();
    void showWhatWasKnownIfNobodyTellsMore();
    void haveNoRates();
    void areInNoTotals();
    void areGoneSinceTheMark();
    void goOnWithAnotherRecorder();
    void areClearedOnDemand();
    void areClearedWhenNoMoreKept();
    void areKeptUpToALimit();
    void goAtOnceBeyondTheLimit();
    void goWithTheirSource();
};

namespace {

constexpr auto testerMode = QAbstractItemModelTester::FailureReportingMode::QtTest;

MetricSnapshot bytes(qint64 total, MetricState state = MetricState::Active)
{
    return MetricSnapshot(QStringLiteral("bytes"))
            .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter)
            .setState(state);
}

// Three recorders in a tree and in a table that keep what is removed.
struct Models
{
    Models()
    {
        for (const char *id : { "a", "b", "c" })
            source.setMetric(QLatin1String(id), bytes(1));
        tree.setKeepRemoved(true);
        table.setKeepRemoved(true);
        tree.setPaused(true);
        table.setPaused(true);
        tree.setSource(&source);
        table.setSource(&source);
        update();
    }

    void update()
    {
        QSignalSpy treeUpdated(&tree, &SnapshotModel::updated);
        QSignalSpy tableUpdated(&table, &SnapshotTableModel::updated);
        tree.refresh();
        table.refresh();
        QTRY_VERIFY(!treeUpdated.isEmpty() && !tableUpdated.isEmpty());
    }
    void remove(const char *id)
    {
        source.removeRecorder(QLatin1String(id));
        update();
    }

    QModelIndex recorder(int row) const { return tree.index(row, 0); }
    QModelIndex metric(int row) const { return tree.index(0, 0, recorder(row)); }
    bool isRemoved(int row) const
    {
        return recorder(row).data(SnapshotModel::RemovedRole).toBool();
    }

    FakeSnapshotSource source;
    SnapshotModel tree;
    SnapshotTableModel table;
    QAbstractItemModelTester treeTester{ &tree, testerMode };
    QAbstractItemModelTester tableTester{ &table, testerMode };
};

} // namespace

void tst_RemovedRecorders::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_RemovedRecorders::goByDefault()
{
    Models models;
    models.tree.setKeepRemoved(false);

    models.remove("b");

    QCOMPARE(models.tree.rowCount(), 2);
    QCOMPARE(models.tree.removedCount(), 0);
    QCOMPARE(models.table.rowCount(), 3);
}

void tst_RemovedRecorders::stayIfTheyAreKept_data()
{
    QTest::addColumn<bool>("isComplete");

    QTest::newRow("of an update that names them") << false;
    QTest::newRow("of an update that names the others") << true;
}

void tst_RemovedRecorders::stayIfTheyAreKept()
{
    QFETCH(const bool, isComplete);
    Models models;
    models.source.setComplete(isComplete);
    const QPersistentModelIndex selected = models.metric(1);
    QSignalSpy changed(&models.tree, &QAbstractItemModel::dataChanged);

    models.remove("b");
    models.update();

    QVERIFY(selected.isValid());
    QCOMPARE(models.tree.rowCount(), 3);
    QCOMPARE(models.tree.removedCount(), 1);
    QVERIFY(!models.isRemoved(0));
    QVERIFY(models.isRemoved(1));
    QVERIFY(selected.data(SnapshotModel::RemovedRole).toBool());
    QCOMPARE(selected.data(SnapshotModel::ValueRole).toInt(), 1);
    QCOMPARE(models.recorder(1).data(SnapshotModel::TextRole).toString(),
             QStringLiteral("\u25cc ended"));
    QVERIFY(models.table.index(1, 0).data(SnapshotModel::RemovedRole).toBool());
    QSet<QModelIndex> announced;
    for (const auto &arguments : changed) {
        if (arguments.at(2).value<QList<int>>().contains(SnapshotModel::RemovedRole))
            announced.insert(arguments.at(0).toModelIndex());
    }
    QVERIFY(announced.contains(models.recorder(1)));
    QVERIFY(announced.contains(models.metric(1)));
}

void tst_RemovedRecorders::showWhatTheyHadAtLast()
{
    Models models;
    const QString id = QStringLiteral("b");
    QSignalSpy changed(&models.tree, &QAbstractItemModel::dataChanged);
    RecorderStatistics statistics;
    statistics.handled = 7;
    models.source.setMetric(id, bytes(7));
    models.source.setMetric(id,
                            MetricSnapshot(QStringLiteral("late")).add(QStringLiteral("total"), 5));
    models.source.setStatistics(id, statistics);
    models.source.setRecorderState(id, RecorderState::Failed,
                                   Error(ErrorCode::MetricFailed, QStringLiteral("torn")));

    models.remove("b");

    QVERIFY(models.isRemoved(1));
    QCOMPARE(models.metric(1).data(SnapshotModel::ValueRole).toInt(), 7);
    const QModelIndex late = models.tree.index(1, 0, models.recorder(1));
    QCOMPARE(late.data(SnapshotModel::ValueRole).toInt(), 5);
    QVERIFY(late.data(SnapshotModel::RemovedRole).toBool());
    QCOMPARE(models.recorder(1).data(SnapshotModel::HandledRole).toInt(), 7);
    QVERIFY(models.recorder(1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("torn")));
    QCOMPARE(outline(models.table),
             QStringList({ QStringLiteral("a/bytes/total"), QStringLiteral("b/bytes/total"),
                           QStringLiteral("b/late/total"), QStringLiteral("c/bytes/total") }));
    QCOMPARE(models.table.index(1, 0).data(SnapshotModel::ValueRole).toInt(), 7);
    QCOMPARE(models.tree.totals().metrics, 2);
    QCOMPARE(models.tree.totals().failed, 0);
}

void tst_RemovedRecorders::showWhatTheIdHadAtLast()
{
    Models models;
    models.source.removeRecorder(QStringLiteral("b"));
    models.source.setMetric(QStringLiteral("b"), bytes(5));
    models.remove("b");

    QVERIFY(models.isRemoved(1));
    QCOMPARE(models.metric(1).data(SnapshotModel::ValueRole).toInt(), 5);
    QCOMPARE(models.tree.removedCount(), 1);
}

void tst_RemovedRecorders::showWhatWasKnownIfNobodyTellsMore()
{
    Models models;
    models.source.setTellsLastValues(false);
    models.source.setMetric(QStringLiteral("b"), bytes(7));

    models.remove("b");

    QVERIFY(models.isRemoved(1));
    QCOMPARE(models.metric(1).data(SnapshotModel::ValueRole).toInt(), 1);
}

void tst_RemovedRecorders::haveNoRates()
{
    Models models;
    models.source.advance(100ms);
    models.source.setMetric(QStringLiteral("b"), bytes(100));
    models.update();
    QVERIFY(models.metric(1).data(SnapshotModel::RateRole).toDouble() > 0);
    models.source.advance(100ms);
    models.source.setMetric(QStringLiteral("b"), bytes(200)); // told with the removal

    models.remove("b");

    QVERIFY(!models.metric(1).data(SnapshotModel::RateRole).isValid());
    QCOMPARE(models.tree.totals().eventsPerSecond, 0.0);
    models.source.advance(2s);
    models.update(); // nothing comes to rest that is not moving
    QVERIFY(models.isRemoved(1));
}

void tst_RemovedRecorders::areInNoTotals()
{
    Models models;
    models.source.setRecorderState(QStringLiteral("b"), RecorderState::Failed);
    models.source.setMetric(QStringLiteral("b"), bytes(1, MetricState::Quarantined));
    RecorderStatistics statistics;
    statistics.pending = 5;
    statistics.dropped = 3;
    models.source.setStatistics(QStringLiteral("b"), statistics);
    models.update();
    QCOMPARE(models.tree.totals().quarantined, 1);

    models.remove("b");

    const SnapshotModel::Totals totals = models.tree.totals();
    QCOMPARE(totals.recorders, 2);
    QCOMPARE(totals.metrics, 2);
    QCOMPARE(totals.pending, 0u);
    QCOMPARE(totals.dropped, 3u); // what was lost stays lost
    QCOMPARE(totals.failed, 0);
    QCOMPARE(totals.quarantined, 0);
    models.tree.clearRemoved();
    QCOMPARE(models.tree.totals().recorders, 2);
    QCOMPARE(models.tree.totals().quarantined, 0);
}

void tst_RemovedRecorders::areGoneSinceTheMark()
{
    Models models;
    models.remove("a");
    models.tree.setMark(models.tree.newMark());

    models.remove("b");

    using Change = SnapshotModel::Change;
    for (const QModelIndex &index : { models.recorder(1), models.metric(1) }) {
        QCOMPARE(index.data(SnapshotModel::ChangeRole).value<Change>(), Change::Gone);
        QCOMPARE(index.data(SnapshotModel::DeltaTextRole).toString(), QStringLiteral("gone"));
    }
    QCOMPARE(models.recorder(2).data(SnapshotModel::ChangeRole).value<Change>(), Change::Unchanged);
}

void tst_RemovedRecorders::goOnWithAnotherRecorder()
{
    Models models;
    models.source.setMetric(QStringLiteral("b"), bytes(1, MetricState::Quarantined));
    models.remove("b");
    const QPersistentModelIndex row = models.recorder(1);

    QSignalSpy changed(&models.tree, &QAbstractItemModel::dataChanged);
    models.source.setMetric(QStringLiteral("b"), bytes(7));
    models.update();

    QVERIFY(row.isValid());
    QVERIFY(changed.first().at(2).value<QList<int>>().contains(SnapshotModel::RemovedRole));
    QVERIFY(!models.isRemoved(1));
    QCOMPARE(models.tree.removedCount(), 0);
    QCOMPARE(models.tree.totals().recorders, 3);
    QCOMPARE(models.tree.totals().quarantined, 0);
    QCOMPARE(models.metric(1).data(SnapshotModel::ValueRole).toInt(), 7);
    QCOMPARE(outline(models.table).size(), 3);
}

void tst_RemovedRecorders::areClearedOnDemand()
{
    Models models;
    models.source.removeRecorder(QStringLiteral("a"));
    models.remove("c");
    QCOMPARE(models.tree.rowCount(), 3);

    models.tree.clearRemoved();
    models.table.clearRemoved();
    models.tree.clearRemoved(); // there are none left

    QCOMPARE(models.tree.rowCount(), 1);
    QCOMPARE(outline(models.table), QStringList{ QStringLiteral("b/bytes/total") });
    QCOMPARE(models.tree.removedCount(), 0);
    models.source.setMetric(QStringLiteral("a"), bytes(1));
    models.update();
    QCOMPARE(models.tree.rowCount(), 2);
    QVERIFY(!models.isRemoved(0));
}

void tst_RemovedRecorders::areClearedWhenNoMoreKept()
{
    Models models;
    models.remove("a");
    QSignalSpy changed(&models.tree, &SnapshotModel::keepRemovedChanged);

    models.tree.setKeepRemoved(false);
    models.tree.setKeepRemoved(false);

    QCOMPARE(models.tree.rowCount(), 2);
    QCOMPARE(changed.count(), 1);
}

// So that a server's inspector does not remember a week of connections.
void tst_RemovedRecorders::areKeptUpToALimit()
{
    constexpr int limit = 1000;
    FakeSnapshotSource source;
    SnapshotModel model; // without a tester, which takes minutes for so many rows
    model.setKeepRemoved(true);
    model.setPaused(true);
    model.setSource(&source);
    const auto update = [&model] {
        QSignalSpy updated(&model, &SnapshotModel::updated);
        model.refresh();
        QVERIFY(updated.wait());
    };
    for (int i = 0; i < limit + 10; ++i)
        source.setMetric(QString::number(i), bytes(i));
    update();

    for (int i = 0; i < 10; ++i)
        source.removeRecorder(QString::number(i));
    update();
    for (int i = 10; i < limit + 10; ++i)
        source.removeRecorder(QString::number(i));
    update();

    QCOMPARE(model.removedCount(), limit);
    QCOMPARE(model.rowCount(), limit);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("10")); // the longest gone went
}

// Without a word about what is gone a moment later.
void tst_RemovedRecorders::goAtOnceBeyondTheLimit()
{
    constexpr int limit = 1000;
    FakeSnapshotSource source;
    SnapshotModel model;
    model.setKeepRemoved(true);
    model.setPaused(true);
    model.setSource(&source);
    const auto update = [&model] {
        QSignalSpy updated(&model, &SnapshotModel::updated);
        model.refresh();
        QVERIFY(updated.wait());
    };
    for (int i = 0; i < 3 * limit; ++i)
        source.setMetric(QString::number(i), bytes(i));
    update();
    for (int row = 0; row < model.rowCount(); ++row)
        model.index(row, 0).data(); // what nobody has read is not announced
    int announced = 0;
    connect(&model, &QAbstractItemModel::dataChanged, &model, [&announced](const auto &first) {
        const bool isRecorder = !first.parent().isValid();
        announced += isRecorder && first.data(SnapshotModel::RemovedRole).toBool() ? 1 : 0;
    });

    for (int i = 0; i < 3 * limit; ++i)
        source.removeRecorder(QString::number(i));
    update();

    QCOMPARE(model.rowCount(), limit);
    QCOMPARE(model.removedCount(), limit);
    QCOMPARE(announced, limit);
}

void tst_RemovedRecorders::goWithTheirSource()
{
    Models models;
    models.remove("a");
    FakeSnapshotSource other;

    models.tree.setSource(&other);

    QCOMPARE(models.tree.rowCount(), 0);
    QCOMPARE(models.tree.removedCount(), 0);
    models.tree.clearRemoved();
}

QTEST_GUILESS_MAIN(tst_RemovedRecorders)

#include "tst_removedrecorders.moc"

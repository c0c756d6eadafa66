// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using Testing::outline;

// Columns that a SnapshotFilterModel adds to those of its source.
class tst_ExtraColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void areNoneAtFirst();
    void areToTheRightOfTheOthers();
    void showTheirRoles_data();
    void showTheirRoles();
    void areEmptyForOtherRoles();
    void areSortedBy_data();
    void areSortedBy();
    void followTheMark();
    void areAnnouncedWithTheRow();
    void lookLikeTheirRow();
};

namespace {

constexpr auto testerMode = QAbstractItemModelTester::FailureReportingMode::QtTest;

const QList<int> columns{ SnapshotModel::DeltaRole, SnapshotModel::DeltaRatioRole,
                          SnapshotModel::CountRole, SnapshotModel::MeanRole,
                          SnapshotModel::P99Role,   SnapshotModel::LastChangedRole };

// Three recorders with a metric each, marked, and some changed since.
template <typename Model>
struct Rows
{
    Rows()
    {
        setTimes("a", 10, 1);
        setTimes("b", 10, 2);
        setTimes("c", 10, 3);
        model.setPaused(true);
        model.setSource(&source);
        update();
        model.setMark(model.newMark());
        setTimes("a", 11, 1.5);
        setTimes("c", 30, 2);
        update();
        filter.setExtraColumns(columns);
        filter.setSourceModel(&model);
    }

    void setTimes(const char *id, qint64 count, double mean)
    {
        MetricSnapshot times(QStringLiteral("times"));
        times.add(QStringLiteral("mean"), mean, Unit::milliseconds(), MetricKind::Gauge);
        source.setMetric(QLatin1String(id), times.add(QStringLiteral("count"), count));
    }
    void update()
    {
        QSignalSpy updated(&model, &Model::updated);
        model.refresh();
        QVERIFY(updated.wait());
    }
    void sort(int role, Qt::SortOrder order)
    {
        filter.sort(column(role), order);
        QTRY_VERIFY(!filter.isBusy());
    }
    int column(int role) const
    {
        return model.columnCount() + int(filter.extraColumns().indexOf(role));
    }
    QString text(int role, const QModelIndex &row) const
    {
        return row.siblingAtColumn(column(role)).data().toString();
    }

    FakeSnapshotSource source;
    Model model;
    SnapshotFilterModel filter;
    QAbstractItemModelTester tester{ &filter, testerMode };
};

using Tree = Rows<SnapshotModel>;
using Table = Rows<SnapshotTableModel>;

} // namespace

void tst_ExtraColumns::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ExtraColumns::areNoneAtFirst()
{
    SnapshotModel model;
    SnapshotFilterModel filter;
    filter.setSourceModel(&model);

    QCOMPARE(filter.extraColumns(), QList<int>());
    QCOMPARE(filter.columnCount(), model.columnCount());
}

void tst_ExtraColumns::areToTheRightOfTheOthers()
{
    const Tree tree;

    QCOMPARE(tree.filter.columnCount(), tree.model.columnCount() + columns.size());
    QCOMPARE(tree.filter.headerData(0, Qt::Horizontal), tree.model.headerData(0, Qt::Horizontal));
    for (const int role : columns) {
        const int column = tree.column(role);
        QVERIFY(!tree.filter.headerData(column, Qt::Horizontal).toString().isEmpty());
    }
    QCOMPARE(tree.filter.headerData(tree.column(SnapshotModel::P99Role), Qt::Horizontal).toString(),
             QStringLiteral("p99"));
}

void tst_ExtraColumns::showTheirRoles_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<QString>("ofRecorder");
    QTest::addColumn<QString>("ofMetric");

    QTest::newRow("delta") << int(SnapshotModel::DeltaRole) << QStringLiteral("1 changed")
                           << QStringLiteral("-1 ms");
    QTest::newRow("ratio") << int(SnapshotModel::DeltaRatioRole) << QString()
                           << QStringLiteral("-33 %");
    QTest::newRow("count") << int(SnapshotModel::CountRole) << QString() << QStringLiteral("30");
    QTest::newRow("mean") << int(SnapshotModel::MeanRole) << QString() << QStringLiteral("2 ms");
    QTest::newRow("that is not there") << int(SnapshotModel::P99Role) << QString() << QString();
}

void tst_ExtraColumns::showTheirRoles()
{
    QFETCH(const int, role);
    QFETCH(const QString, ofRecorder);
    QFETCH(const QString, ofMetric);
    const Tree tree;
    const QModelIndex recorder = tree.filter.index(2, 0);

    QCOMPARE(tree.text(role, recorder), ofRecorder);
    QCOMPARE(tree.text(role, tree.filter.index(0, 0, recorder)), ofMetric);
    const Table table;
    QCOMPARE(table.text(role, table.filter.index(4, 0)), ofMetric);
}

void tst_ExtraColumns::areEmptyForOtherRoles()
{
    Tree tree;
    tree.filter.setExtraColumns({ Qt::UserRole + 999 });

    const int column = tree.model.columnCount();
    QCOMPARE(tree.filter.columnCount(), column + 1);
    QCOMPARE(tree.filter.index(0, column).data().toString(), QString());
    QCOMPARE(tree.filter.headerData(column, Qt::Horizontal).toString(), QString());
}

void tst_ExtraColumns::areSortedBy_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("first"); // of each recorder the mean
    QTest::addColumn<QString>("last");

    QTest::newRow("delta") << int(SnapshotModel::DeltaRole) << Qt::AscendingOrder
                           << QStringLiteral("c/times/mean") << QStringLiteral("c/times/count");
    QTest::newRow("delta, descending")
            << int(SnapshotModel::DeltaRole) << Qt::DescendingOrder
            << QStringLiteral("c/times/count") << QStringLiteral("c/times/mean");
    QTest::newRow("ratio, descending")
            << int(SnapshotModel::DeltaRatioRole) << Qt::DescendingOrder
            << QStringLiteral("c/times/count") << QStringLiteral("c/times/mean");
    QTest::newRow("mean, where there is one")
            << int(SnapshotModel::MeanRole) << Qt::AscendingOrder << QStringLiteral("a/times/mean")
            << QStringLiteral("c/times/count");
}

void tst_ExtraColumns::areSortedBy()
{
    QFETCH(const int, role);
    QFETCH(const Qt::SortOrder, order);
    QFETCH(const QString, first);
    QFETCH(const QString, last);
    Table table;

    table.sort(role, order);

    const QStringList rows = outline(table.filter);
    QCOMPARE(rows.size(), 6);
    QCOMPARE(rows.first(), first);
    QCOMPARE(rows.last(), last);
}

void tst_ExtraColumns::followTheMark()
{
    Table table;
    table.sort(SnapshotModel::DeltaRole, Qt::DescendingOrder);
    QCOMPARE(outline(table.filter).first(), QStringLiteral("c/times/count"));

    table.model.setMark(table.model.newMark());
    table.setTimes("b", 12, 2);
    table.update();

    QTRY_COMPARE(outline(table.filter).first(), QStringLiteral("b/times/count"));
}

void tst_ExtraColumns::areAnnouncedWithTheRow()
{
    Table table;
    QSignalSpy changed(&table.filter, &QAbstractItemModel::dataChanged);

    table.setTimes("b", 12, 2);
    table.update();

    QVERIFY(!changed.isEmpty());
    for (const auto &arguments : changed)
        QCOMPARE(arguments.at(1).toModelIndex().column(), table.filter.columnCount() - 1);
}

void tst_ExtraColumns::lookLikeTheirRow()
{
    const Tree tree;
    const QModelIndex row = tree.filter.index(1, 0);
    const QModelIndex extra = row.siblingAtColumn(tree.column(SnapshotModel::MeanRole));

    QCOMPARE(extra.data(SnapshotModel::EntityIdRole), row.data(SnapshotModel::EntityIdRole));
    QCOMPARE(extra.data(Qt::ToolTipRole), row.data(Qt::ToolTipRole));
    QCOMPARE(extra.data(Qt::TextAlignmentRole).value<Qt::Alignment>(),
             Qt::AlignRight | Qt::AlignVCenter);
    QVERIFY(extra.flags() & Qt::ItemIsSelectable);
    QCOMPARE(extra.parent(), row.parent());
}

QTEST_GUILESS_MAIN(tst_ExtraColumns)

#include "tst_extracolumns.moc"

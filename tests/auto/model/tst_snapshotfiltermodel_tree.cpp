// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/modeloutline.h"
#include "treefilterfixture.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStringListModel>
#include <QTest>

using namespace Recorders;
using namespace Testing;

class tst_SnapshotFilterModel_Tree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it shows
    void showsEverythingAtFirst();
    void flagsRowsAsItsSource();
    void showsWhatFits_data();
    void showsWhatFits();
    void sortsSiblings_data();
    void sortsSiblings();
    void countsHits();
    void tellsHitsFromWhatIsAbove();
    void showsATableInsteadOfATree();
    void refusesOtherModels();
};

// a with bytes of two dimensions and a quarantined state; b c with bytes and a level
void tst_SnapshotFilterModel_Tree::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_SnapshotFilterModel_Tree::showsEverythingAtFirst()
{
    Fixture f;
    f.setUpRows();

    QCOMPARE(outline(f.filter), outline(f.tree));
    QCOMPARE(f.filter.rowCount(), 3);
    QCOMPARE(f.filter.columnCount(), f.tree.columnCount());
    QCOMPARE(f.filter.roleNames(), f.tree.roleNames());
    QVERIFY(!f.filter.isBusy());
}

void tst_SnapshotFilterModel_Tree::flagsRowsAsItsSource()
{
    Fixture f;
    f.setUpRows();
    f.filter.sort(SnapshotModel::NameColumn, Qt::DescendingOrder);
    f.settle();

    QModelIndex index = f.filter.index(f.filter.rowCount() - 1, 0);
    for (int level = 0; level < 3; ++level) {
        QVERIFY(index.isValid());
        QVERIFY(f.filter.flags(index) == f.tree.flags(f.filter.mapToSource(index)));
        QCOMPARE(f.filter.flags(index).testFlag(Qt::ItemNeverHasChildren), level == 2);
        index = f.filter.index(0, 0, index);
    }
    QVERIFY(f.filter.flags({}) == f.tree.flags({}));
}

void tst_SnapshotFilterModel_Tree::showsWhatFits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rows");

    const auto row = [](const char *name, const char *text, const char *rows) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(rows);
    };
    const char *all = "a a/bytes a/bytes/total a/bytes/used a/state a/state/text "
                      "bc bc/bytes bc/bytes/total bc/level bc/level/value d";
    row("spaces alone", "  ", all);
    row("a recorder, with all that it has", "c",
        "bc bc/bytes bc/bytes/total bc/level bc/level/value");
    row("a recorder that has nothing", "/^d$/", "d");
    row("a metric, with all its dimensions", "BYT",
        "a a/bytes a/bytes/total a/bytes/used bc bc/bytes bc/bytes/total");
    row("a dimension, without the others", "used", "a a/bytes a/bytes/used");
    row("a description", "through /^a$/", "a a/bytes a/bytes/total a/bytes/used");
    row("words on two levels", "bytes bc", "bc bc/bytes bc/bytes/total");
    row("words on three levels", "total bytes /^a/", "a a/bytes a/bytes/total");
    row("a kind", "kind:gauge", "a a/bytes a/bytes/used");
    row("a kind below a recorder", "kind:counter bc", "bc bc/bytes bc/bytes/total");
    row("a metric's state, with its dimensions", "state:quar", "a a/state a/state/text");
    row("a recorder's state", "state:fail", "d");
    row("a unit", "unit:by total", "a a/bytes a/bytes/total bc bc/bytes bc/bytes/total");
    row("a regular expression", "/^(used|level)$/",
        "a a/bytes a/bytes/used bc bc/level bc/level/value");
    row("nothing", "nothing", "");
}

void tst_SnapshotFilterModel_Tree::showsWhatFits()
{
    QFETCH(const QString, text);
    QFETCH(const QString, rows);
    Fixture f;
    f.setUpRows();
    QAbstractItemModelTester tester(&f.filter, testerMode);

    f.filter.setFilterText(text);
    f.settle();
    QCOMPARE(f.shown(), rows);
    QCOMPARE(f.filter.errorString(), QString());

    f.filter.setFilterText({});
    QCOMPARE(outline(f.filter), outline(f.tree));
}

void tst_SnapshotFilterModel_Tree::sortsSiblings_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("rows");

    QTest::newRow("name, descending")
            << int(SnapshotModel::NameColumn) << Qt::DescendingOrder
            << QStringLiteral("b b/z b/z/value a a/y a/y/value a/x a/x/value");
    QTest::newRow("value: metrics by number, recorders by how many")
            << int(SnapshotModel::ValueColumn) << Qt::AscendingOrder
            << QStringLiteral("b b/z b/z/value a a/y a/y/value a/x a/x/value");
    QTest::newRow("value, descending")
            << int(SnapshotModel::ValueColumn) << Qt::DescendingOrder
            << QStringLiteral("a a/x a/x/value a/y a/y/value b b/z b/z/value");
    QTest::newRow("the source") << -1 << Qt::AscendingOrder
                                << QStringLiteral("a a/x a/x/value a/y a/y/value b b/z b/z/value");
}

void tst_SnapshotFilterModel_Tree::sortsSiblings()
{
    QFETCH(const int, column);
    QFETCH(const Qt::SortOrder, order);
    QFETCH(const QString, rows);
    Fixture f;
    QAbstractItemModelTester tester(&f.filter, testerMode);
    f.source.setRecorder(QStringLiteral("a"), { number("x", 20), number("y", 3) });
    f.source.setRecorder(QStringLiteral("b"), { number("z", 50) });
    f.update();

    f.filter.sort(column, order);
    f.settle();

    QCOMPARE(f.shown(), rows);
}

void tst_SnapshotFilterModel_Tree::countsHits()
{
    Fixture f;
    f.setUpRows();
    QSignalSpy hits(&f.filter, &SnapshotFilterModel::hitCountChanged);
    QSignalSpy searched(&f.filter, &SnapshotFilterModel::searchedCountChanged);

    f.search("bytes"); // two metrics; their dimensions belong to them
    QCOMPARE(f.filter.hitCount(), 2);
    QCOMPARE(f.filter.searchedCount(), 12);
    f.search("total");
    QCOMPARE(f.filter.hitCount(), 2);
    f.search("/^a$/");
    QCOMPARE(f.filter.hitCount(), 1);
    QCOMPARE(hits.count(), 2);
    QCOMPARE(searched.count(), 1);

    f.source.setRecorder(QStringLiteral("A"), { number("x", 1) });
    f.update();
    QTRY_COMPARE(f.filter.hitCount(), 2);
    f.search("");
    QCOMPARE(f.filter.hitCount(), 0);
    QCOMPARE(f.filter.searchedCount(), 0);
}

void tst_SnapshotFilterModel_Tree::tellsHitsFromWhatIsAbove()
{
    Fixture f;
    f.setUpRows();

    f.search("used");
    const QModelIndex recorder = f.filter.index(0, 0);
    const QModelIndex metric = f.filter.index(0, 0, recorder);
    QVERIFY(!f.filter.isHit(recorder));
    QVERIFY(!f.filter.isHit(metric));
    QVERIFY(f.filter.isHit(f.filter.index(0, 0, metric)));
    QVERIFY(!f.filter.isHit({}));

    f.search("bytes a");
    QVERIFY(!f.filter.isHit(recorder));
    QVERIFY(f.filter.isHit(metric));
}

void tst_SnapshotFilterModel_Tree::showsATableInsteadOfATree()
{
    Fixture f;
    f.setUpRows();
    SnapshotTableModel table;
    table.setSource(&f.source);
    QTRY_COMPARE(table.rowCount(), 5);
    f.search("used");

    f.filter.setSourceModel(&table);
    f.settle();
    QCOMPARE(f.shown(), QStringLiteral("a/bytes/used"));

    f.filter.setSourceModel(&f.tree);
    f.settle();
    QCOMPARE(f.shown(), QStringLiteral("a a/bytes a/bytes/used"));
}

void tst_SnapshotFilterModel_Tree::refusesOtherModels()
{
    Fixture f;
    f.setUpRows();
    QStringListModel other({ QStringLiteral("x") });
    QTest::ignoreMessage(QtWarningMsg,
                         "setSourceModel: the source must be a model of snapshots, not a "
                         "QStringListModel");

    f.filter.setSourceModel(&other);

    QCOMPARE(f.filter.sourceModel(), &f.tree);
    QCOMPARE(f.filter.rowCount(), 3);
}

QTEST_GUILESS_MAIN(tst_SnapshotFilterModel_Tree)
#include "tst_snapshotfiltermodel_tree.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "inspectorwindowfixture.h"
#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <recorders/model/snapshotmodel.h>

#include <QAbstractProxyModel>
#include <QAction>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace Recorders;
using namespace Testing;

namespace {

constexpr int many = 1500; // more than are kept when they have gone

QString idOf(int number)
{
    return QStringLiteral("connection-%1").arg(number, 5, 10, QLatin1Char('0'));
}

// All that are named, in one update.
void add(FakeSnapshotSource &source, int first, int last, int step = 1)
{
    source.hold();
    for (int number = first; number <= last; number += step)
        source.setRecorder(idOf(number), { counter(bytes, number) });
    source.release();
}

void removeAll(FakeSnapshotSource &source, int first, int last, int step = 1)
{
    source.hold();
    for (int number = first; number <= last; number += step)
        source.removeRecorder(idOf(number));
    source.release();
}

// The row of a tree that says so; invalid if there is none.
QModelIndex rowOf(const QTreeView &view, const QString &id)
{
    const QModelIndex first = view.model()->index(0, 0);
    const QModelIndexList rows = view.model()->match(first, SnapshotModel::EntityIdRole, id, 1,
                                                     Qt::MatchExactly | Qt::MatchCaseSensitive);
    return rows.value(0);
}

int expandedCount(const QTreeView &view)
{
    int count = 0;
    for (int row = 0; row < view.model()->rowCount(); ++row)
        count += view.isExpanded(view.model()->index(row, 0)) ? 1 : 0;
    return count;
}

qsizetype selectedCount(const QTreeView &view)
{
    qsizetype count = 0;
    const QItemSelection ranges = view.selectionModel()->selection();
    for (const QItemSelectionRange &range : ranges)
        count += range.height();
    return count;
}

SnapshotModel *modelOf(const Window &w)
{
    const auto *filter = qobject_cast<QAbstractProxyModel *>(w.tree->model());
    return qobject_cast<SnapshotModel *>(filter->sourceModel());
}

} // namespace

// Recorders that go and come back are expanded, selected and current as they were.
class tst_InspectorReturns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what comes back
    void restoresThousandsThatComeInOneUpdate();
    void restoresWhatComesBetweenOthers();
    void restoresAfterClearEnded();
    void restoresAMetricThatReturns();
    void restoresFromAnotherSource();
    void restoresTheSelectionOfTheTable();
    void restoresTheSelectionAfterASearch();
    void restoresWhatComesWhileSorted();

    // what the user did
    void leavesCollapsedWhatWasCollapsedBefore();
    void leavesCollapsedWhatCameFirst();
    void leavesCollapsedAfterCollapseAll();
    void keepsALaterSelection();
    void staysWhereItWasWhenTheCurrentRowReturns();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorReturns::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorReturns::restoresThousandsThatComeInOneUpdate()
{
    FakeSnapshotSource source;
    add(source, 0, many);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), many + 1);
    w.action("expand")->trigger();
    w.tree->setCurrentIndex(w.index(many / 2));
    w.tree->selectionModel()->select({ w.index(0), w.index(many) },
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);

    removeAll(source, 1, many);
    QTRY_COMPARE(w.rowCount(), 1001);
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), 1);
    add(source, 1, many);

    QTRY_COMPARE(w.rowCount(), many + 1);
    QTRY_COMPARE(expandedCount(*w.tree), many + 1);
    QTRY_COMPARE(selectedCount(*w.tree), many + 1);
    QCOMPARE(w.tree->currentIndex(), w.index(many / 2));
}

void tst_InspectorReturns::restoresWhatComesBetweenOthers()
{
    FakeSnapshotSource source;
    add(source, 0, many);
    Window w(&source);
    w.show();
    QTRY_COMPARE(expandedCount(*w.tree), 3);
    w.tree->expand(w.index(601));
    w.tree->setCurrentIndex(w.index(601));
    w.tree->collapse(w.index(0));

    removeAll(source, 1, many, 2);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), many / 2 + 1);
    add(source, 1, many, 2);

    QTRY_COMPARE(w.rowCount(), many + 1);
    QTRY_VERIFY(w.tree->isExpanded(w.index(601)));
    QCOMPARE(expandedCount(*w.tree), 3); // with 1 and 2, as they came first
    QCOMPARE(w.tree->currentIndex(), w.index(601));
    QVERIFY(w.tree->selectionModel()->isSelected(w.index(601)));
}

void tst_InspectorReturns::restoresAfterClearEnded()
{
    FakeSnapshotSource source;
    add(source, 0, 9);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 10);
    w.tree->expand(w.index(7));
    w.tree->expand(w.index(0, w.index(7)));
    w.tree->setCurrentIndex(w.index(0, w.index(0, w.index(7))));

    removeAll(source, 7, 7);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), 9);
    add(source, 7, 7);

    QTRY_COMPARE(w.rowCount(), 10);
    QTRY_VERIFY(w.tree->isExpanded(w.index(7)));
    const QModelIndex metric = w.index(0, w.index(7));
    QVERIFY(w.tree->isExpanded(metric));
    QTRY_COMPARE(w.tree->currentIndex(), w.index(0, metric));
    QVERIFY(w.tree->selectionModel()->isSelected(w.index(0, metric)));
}

void tst_InspectorReturns::restoresAMetricThatReturns()
{
    FakeSnapshotSource source;
    const QList<MetricSnapshot> both{ counter(bytes, 1), counter(QStringLiteral("sent"), 1) };
    source.setRecorder(idOf(0), both);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(w.index(0)), 2);
    w.tree->expand(w.index(1, w.index(0)));
    w.tree->setCurrentIndex(w.index(1, w.index(0)));

    source.setRecorder(idOf(0), both.first(1));
    QTRY_COMPARE(w.rowCount(w.index(0)), 1);
    source.setRecorder(idOf(0), both);

    QTRY_COMPARE(w.rowCount(w.index(0)), 2);
    QTRY_VERIFY(w.tree->isExpanded(w.index(1, w.index(0))));
    QVERIFY(!w.tree->isExpanded(w.index(0, w.index(0))));
    QTRY_COMPARE(w.tree->currentIndex(), w.index(1, w.index(0)));
    QVERIFY(w.tree->selectionModel()->isSelected(w.index(1, w.index(0))));
}

void tst_InspectorReturns::restoresFromAnotherSource()
{
    FakeSnapshotSource source;
    FakeSnapshotSource another;
    add(source, 0, 9);
    add(another, 5, 14);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 10);
    w.tree->expand(w.index(9));
    w.tree->setCurrentIndex(w.index(8));

    modelOf(w)->setSource(&another);

    QTRY_COMPARE(w.rowCount(), 10);
    QTRY_VERIFY(w.tree->isExpanded(rowOf(*w.tree, idOf(9))));
    QCOMPARE(expandedCount(*w.tree), 4); // and those that came first
    QTRY_COMPARE(w.tree->currentIndex(), rowOf(*w.tree, idOf(8)));
    QVERIFY(w.tree->selectionModel()->isSelected(w.tree->currentIndex()));
}

void tst_InspectorReturns::restoresTheSelectionOfTheTable()
{
    FakeSnapshotSource source;
    add(source, 0, 9);
    Window w(&source);
    w.show();
    w.action("table")->trigger();
    auto *table = w.window.findChild<QTreeView *>(QStringLiteral("table"));
    QTRY_COMPARE(table->model()->rowCount(), 10);
    table->setCurrentIndex(table->model()->index(4, 0));

    removeAll(source, 4, 4);
    QTRY_VERIFY(table->model()->index(4, 0).data(SnapshotModel::RemovedRole).toBool());
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(table->model()->rowCount(), 9);
    add(source, 4, 4);

    QTRY_COMPARE(table->model()->rowCount(), 10);
    QTRY_COMPARE(table->currentIndex(), table->model()->index(4, 0));
    QVERIFY(table->selectionModel()->isSelected(table->currentIndex()));
}

void tst_InspectorReturns::restoresTheSelectionAfterASearch()
{
    FakeSnapshotSource source;
    add(source, 0, 9);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 10);
    w.tree->setCurrentIndex(w.index(4));

    w.search->setText(idOf(7));
    QTRY_COMPARE(w.rowCount(), 1);
    w.search->clear();

    QTRY_COMPARE(w.rowCount(), 10);
    QTRY_COMPARE(w.tree->currentIndex(), w.index(4));
    QVERIFY(w.tree->selectionModel()->isSelected(w.index(4)));
}

void tst_InspectorReturns::restoresWhatComesWhileSorted()
{
    FakeSnapshotSource source;
    add(source, 0, 9);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 10);
    w.tree->model()->sort(SnapshotModel::NameColumn, Qt::DescendingOrder);
    QTRY_COMPARE(w.index(0).data(SnapshotModel::EntityIdRole).toString(), idOf(9));
    w.tree->expand(w.index(2));
    w.tree->setCurrentIndex(w.index(2));

    removeAll(source, 7, 7);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), 9);
    add(source, 7, 7);

    QTRY_COMPARE(w.rowCount(), 10);
    QTRY_VERIFY(w.tree->isExpanded(w.index(2)));
    QTRY_COMPARE(w.tree->currentIndex(), w.index(2));
}

void tst_InspectorReturns::leavesCollapsedWhatWasCollapsedBefore()
{
    FakeSnapshotSource source;
    add(source, 0, 9);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 10);
    w.tree->expand(w.index(6));
    w.tree->expand(w.index(7));
    w.tree->collapse(w.index(6));

    removeAll(source, 6, 7);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), 8);
    add(source, 6, 7);

    QTRY_COMPARE(w.rowCount(), 10);
    QTRY_VERIFY(w.tree->isExpanded(w.index(7)));
    QVERIFY(!w.tree->isExpanded(w.index(6)));
}

void tst_InspectorReturns::leavesCollapsedWhatCameFirst()
{
    FakeSnapshotSource source;
    FakeSnapshotSource another;
    add(source, 0, 4);
    add(another, 0, 5);
    Window w(&source);
    w.show();
    QTRY_COMPARE(expandedCount(*w.tree), 3);
    w.tree->collapse(w.index(1));

    modelOf(w)->setSource(&another);

    QTRY_COMPARE(w.rowCount(), 6);
    QTRY_COMPARE(expandedCount(*w.tree), 2);
    QVERIFY(!w.tree->isExpanded(w.index(1)));
}

void tst_InspectorReturns::leavesCollapsedAfterCollapseAll()
{
    FakeSnapshotSource source;
    add(source, 0, 9);
    Window w(&source);
    w.show();
    QTRY_COMPARE(expandedCount(*w.tree), 3);
    w.tree->expand(w.index(7));
    removeAll(source, 7, 7);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), 9);

    w.action("collapse")->trigger();
    add(source, 7, 7);
    QTRY_COMPARE(w.rowCount(), 10);
    QCoreApplication::processEvents();

    QCOMPARE(expandedCount(*w.tree), 0);
}

void tst_InspectorReturns::keepsALaterSelection()
{
    FakeSnapshotSource source;
    add(source, 0, 9);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 10);
    w.tree->setCurrentIndex(w.index(7));
    removeAll(source, 7, 7);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), 9);

    w.tree->setCurrentIndex(w.index(2));
    add(source, 7, 7);
    QTRY_COMPARE(w.rowCount(), 10);
    QCoreApplication::processEvents();

    QCOMPARE(w.tree->currentIndex(), w.index(2));
    QVERIFY(!w.tree->selectionModel()->isSelected(w.index(7)));
}

void tst_InspectorReturns::staysWhereItWasWhenTheCurrentRowReturns()
{
    FakeSnapshotSource source;
    add(source, 0, many);
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), many + 1);
    w.tree->setCurrentIndex(w.index(many));
    removeAll(source, many, many);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), many);
    w.tree->scrollToTop();

    add(source, many, many);

    QTRY_COMPARE(w.rowCount(), many + 1);
    QTRY_COMPARE(w.tree->currentIndex(), w.index(many));
    QCOMPARE(w.tree->indexAt({ 0, 0 }), w.index(0));
}

QTEST_MAIN(tst_InspectorReturns)
#include "tst_inspectorreturns.moc"

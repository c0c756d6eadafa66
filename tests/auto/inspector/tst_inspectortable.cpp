// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"
#include "shared/pollingwitness.h"
#include "shared/searchwitness.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace Recorders;

namespace {

MetricSnapshot bytesOf(qint64 total)
{
    return MetricSnapshot(QStringLiteral("bytes"))
            .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter)
            .add(QStringLiteral("peak"), total / 2, Unit::bytes());
}

// Three recorders, in another order by value than by name.
class Window
{
public:
    Window()
    {
        for (const auto &[id, total] : { std::pair("a", 20), { "b", 30 }, { "c", 10 } })
            source.setRecorder(QLatin1String(id), { bytesOf(total) });
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(tree()->model()->rowCount(), 3);
    }

    void showTable()
    {
        show();
        QTest::keyClick(tree(), Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY(view() != tree() && view()->model()->rowCount() == 6);
    }

    QTreeView *tree() const { return window.findChild<QTreeView *>(QStringLiteral("tree")); }
    QTreeView *view() const
    {
        auto *table = window.findChild<QTreeView *>(QStringLiteral("table"));
        return table && table->isVisible() ? table : tree();
    }

    QStringList column(int column) const
    {
        QStringList texts;
        for (int row = 0; row < view()->model()->rowCount(); ++row)
            texts += view()->model()->index(row, column).data().toString();
        return texts;
    }

    void clickHeader(int column) const
    {
        QHeaderView *header = view()->header();
        const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, { x, header->height() / 2 });
    }

    void point(QEvent::Type type) const
    {
        QEvent event(type);
        QApplication::sendEvent(view()->viewport(), &event);
    }

    QString status() const
    {
        return window.findChild<QWidget *>(QStringLiteral("summary"))->accessibleDescription();
    }

    FakeSnapshotSource source;
    InspectorWindow window{ &source };
};

const QStringList inOrder{ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") };
const QStringList reversed{ QStringLiteral("c"), QStringLiteral("b"), QStringLiteral("a") };

} // namespace

class tst_InspectorTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // tree and table
    void showsATableByKey();
    void goesBackToTheTree();
    void keepsTheSearchInTheTable();
    void keepsTheSelectionInTheTable();
    void keepsTheSelectionInTheTree();
    void showsTheTableOfAPausedTree();
    void asksForNoTableBehindTheTree();
    void saysThatNothingMatchesInTheTable();

    // order
    void sortsByAColumn();
    void sortsTheTableByValue();
    void sortsByTheMenu();
    void holdsTheOrderUnderThePointer();
    void holdsTheOrderForTheKeyboard();
    void holdsNothingThatHasNoOrder();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorTable::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorTable::showsATableByKey()
{
    Window w;

    w.showTable();

    const QAbstractItemModelTester tester(w.view()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModel *model = w.view()->model();
    QVERIFY(model->columnCount() > int(SnapshotTableModel::ColumnCount)); // some are hidden
    QCOMPARE(model->index(2, SnapshotTableModel::EntityColumn).data(), QStringLiteral("b"));
    QCOMPARE(model->index(2, SnapshotTableModel::ValueColumn).data(), QStringLiteral("30"));
    QVERIFY(w.view()->hasFocus());
    QVERIFY(w.view()->header()->length() <= w.view()->viewport()->width());
}

void tst_InspectorTable::goesBackToTheTree()
{
    Window w;
    w.showTable();

    QTest::keyClick(w.view(), Qt::Key_T, Qt::ControlModifier);

    QVERIFY(w.tree()->isVisible());
    QVERIFY(w.tree()->hasFocus());
}

void tst_InspectorTable::keepsTheSearchInTheTable()
{
    Window w;
    w.show();
    auto *search = w.window.findChild<QLineEdit *>(QStringLiteral("search"));
    QTest::keyClicks(search, QStringLiteral("/^b$/ peak"));

    QTest::keyClick(search, Qt::Key_T, Qt::ControlModifier);

    QTRY_COMPARE(w.column(0), QStringList(QStringLiteral("b")));
    QTRY_COMPARE(w.window.findChild<QLabel *>(QStringLiteral("hits"))->text(),
                 QStringLiteral("1 hit"));

    search->clear();
    QTRY_COMPARE(w.view()->model()->rowCount(), 6);
    QTest::keyClick(search, Qt::Key_T, Qt::ControlModifier);
    QTRY_COMPARE(w.tree()->model()->rowCount(), 3);
}

void tst_InspectorTable::keepsTheSelectionInTheTable()
{
    Window w;
    w.show();
    const QModelIndex recorder = w.tree()->model()->index(1, 0);
    const QModelIndex metric = w.tree()->model()->index(0, 0, recorder);
    w.tree()->setCurrentIndex(w.tree()->model()->index(1, 0, metric));

    QTest::keyClick(w.tree(), Qt::Key_T, Qt::ControlModifier);

    QTRY_COMPARE(w.view()->selectionModel()->selectedRows().size(), 1);
    const QModelIndex current = w.view()->currentIndex();
    QCOMPARE(current.data(SnapshotModel::EntityIdRole), QStringLiteral("b"));
    QCOMPARE(current.data(SnapshotModel::DimensionRole), QStringLiteral("peak"));
}

void tst_InspectorTable::keepsTheSelectionInTheTree()
{
    Window w;
    w.showTable();
    w.view()->setCurrentIndex(w.view()->model()->index(5, 0));

    QTest::keyClick(w.view(), Qt::Key_T, Qt::ControlModifier);

    QCOMPARE(w.tree()->selectionModel()->selectedRows().size(), 1);
    const QModelIndex current = w.tree()->currentIndex();
    QCOMPARE(current.data(SnapshotModel::EntityIdRole), QStringLiteral("c"));
    QCOMPARE(current.data(SnapshotModel::DimensionRole), QStringLiteral("peak"));
    QVERIFY(w.tree()->isExpanded(current.parent()));
}

void tst_InspectorTable::showsTheTableOfAPausedTree()
{
    Window w;
    w.show();
    QTest::keyClick(w.tree(), Qt::Key_Space);

    w.window.findChild<QAction *>(QStringLiteral("table"))->trigger();

    QTRY_COMPARE(w.view()->model()->rowCount(), 6);
    QVERIFY(w.status().contains(QStringLiteral("paused")));
}

void tst_InspectorTable::asksForNoTableBehindTheTree()
{
    Window w;
    w.showTable();
    const QAbstractItemModel *table = w.view()->model();
    QTest::keyClick(w.view(), Qt::Key_T, Qt::ControlModifier);

    w.source.setRecorder(QStringLiteral("d"), { bytesOf(1) });

    QTRY_COMPARE(w.tree()->model()->rowCount(), 4);
    QVERIFY(Testing::waitForPolls(std::chrono::milliseconds(100), 2));
    QCOMPARE(table->rowCount(), 6);
}

void tst_InspectorTable::saysThatNothingMatchesInTheTable()
{
    Window w;
    w.showTable();
    auto *search = w.window.findChild<QLineEdit *>(QStringLiteral("search"));

    QTest::keyClicks(search, QStringLiteral("zebra"));
    QTRY_VERIFY(w.window.findChild<QWidget *>(QStringLiteral("empty"))->isVisible());
    search->clear();

    QTRY_COMPARE(w.column(0).size(), 6);
    QVERIFY(w.view()->objectName() == QStringLiteral("table"));
}

void tst_InspectorTable::sortsByAColumn()
{
    Window w;
    w.show();

    w.clickHeader(SnapshotModel::NameColumn);
    QTRY_COMPARE(w.column(0), inOrder);
    w.clickHeader(SnapshotModel::NameColumn);
    QTRY_COMPARE(w.column(0), reversed);
    w.clickHeader(SnapshotModel::NameColumn);
    QTRY_COMPARE(w.column(0), inOrder);

    const auto *filter = qobject_cast<SnapshotFilterModel *>(w.tree()->model());
    QCOMPARE(filter->sortColumn(), -1);
}

void tst_InspectorTable::sortsTheTableByValue()
{
    Window w;
    w.showTable();

    w.clickHeader(SnapshotTableModel::ValueColumn);

    const QStringList values{ QStringLiteral("5"),  QStringLiteral("10"), QStringLiteral("10"),
                              QStringLiteral("15"), QStringLiteral("20"), QStringLiteral("30") };
    QTRY_COMPARE(w.column(SnapshotTableModel::ValueColumn), values);
}

void tst_InspectorTable::sortsByTheMenu()
{
    Window w;
    w.show();
    QMenu *menu = nullptr;
    const auto menus = w.window.findChildren<QMenu *>();
    for (QMenu *candidate : menus)
        menu = candidate->title() == QStringLiteral("&Sort By") ? candidate : menu;
    QVERIFY(menu);

    menu->popup({});
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    menu->popup({});
    QTest::keyClick(menu, Qt::Key_D);

    QTRY_COMPARE(w.column(0), reversed);
    const auto *filter = qobject_cast<SnapshotFilterModel *>(w.tree()->model());
    QCOMPARE(filter->sortColumn(), int(SnapshotModel::NameColumn));
}

void tst_InspectorTable::holdsTheOrderUnderThePointer()
{
    Window w;
    w.showTable();
    w.clickHeader(SnapshotTableModel::ValueColumn);
    QTRY_COMPARE(w.column(0).last(), QStringLiteral("b"));

    w.point(QEvent::Enter);
    QVERIFY(w.status().contains(QStringLiteral("order held")));
    const auto *filter = qobject_cast<SnapshotFilterModel *>(w.view()->model());
    const QSignalSpy busy(filter, &SnapshotFilterModel::busyChanged);
    const auto changeTo = [&w](qint64 value) {
        return [&w, value] {
            w.source.setMetric(QStringLiteral("c"), bytesOf(value));
        };
    };
    Testing::SearchWitness witness(filter->sourceModel(), SnapshotTableModel::ValueColumn);
    QVERIFY(witness.searchesAfter(changeTo(98), changeTo(99)));
    QVERIFY(w.column(SnapshotTableModel::ValueColumn).contains(QStringLiteral("99")));
    QVERIFY(busy.isEmpty());
    QCOMPARE(w.column(0).last(), QStringLiteral("b"));

    w.point(QEvent::Leave);
    QVERIFY(!w.status().contains(QStringLiteral("order held")));
    QTRY_COMPARE(w.column(0).last(), QStringLiteral("c"));
}

void tst_InspectorTable::holdsTheOrderForTheKeyboard()
{
    Window w;
    w.show();
    w.clickHeader(SnapshotModel::NameColumn);
    w.tree()->setFocus();
    QVERIFY(!w.status().contains(QStringLiteral("order held")));

    QTest::keyClick(w.tree(), Qt::Key_Down);
    QVERIFY(w.status().contains(QStringLiteral("order held")));
    QTest::keyClick(w.tree(), Qt::Key_Escape);
    QVERIFY(!w.status().contains(QStringLiteral("order held")));

    QTest::keyClick(w.tree(), Qt::Key_Down);
    QVERIFY(w.status().contains(QStringLiteral("order held")));
    QTest::keyClick(w.tree(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(!w.status().contains(QStringLiteral("order held")));
}

void tst_InspectorTable::holdsNothingThatHasNoOrder()
{
    Window w;
    w.show();

    w.point(QEvent::Enter);
    QVERIFY(!w.status().contains(QStringLiteral("order held")));
    w.source.setRecorder(QStringLiteral("d"), {});

    QTRY_COMPARE(w.tree()->model()->rowCount(), 4);
}

QTEST_MAIN(tst_InspectorTable)

#include "tst_inspectortable.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/detailwindow.h"
#include "shared/pollingwitness.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QHeaderView>

using namespace Recorders;
using namespace Testing;

namespace {

// A window of some recorders more, with the first metric of the first one selected.
class CompareWindow : public DetailWindow
{
public:
    CompareWindow()
        : pane(detail->findChild<QWidget *>(QStringLiteral("compare")))
        , list(detail->findChild<QTreeView *>(QStringLiteral("compareList")))
    {
        source.setRecorder(QStringLiteral("b"), { bytes(4096), queue(3) });
        source.setRecorder(QStringLiteral("c"), { bytes(2048), queue(4) });
    }

    void showList()
    {
        show();
        select(0, 0);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(list->model()->rowCount(), 3);
    }

    QString names() const
    {
        QStringList names;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            names.append(list->model()->index(row, 0).data().toString());
        return names.join(u' ');
    }

    void clickHeader(int section)
    {
        const QHeaderView *header = list->header();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          { header->sectionViewportPosition(section) + 5, 5 });
    }

    QWidget *const pane;
    QTreeView *const list;
};

} // namespace

class tst_InspectorCompare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesRecorders();
    void comesBack();
    void saysWhatToDo();
    void followsTheSelection();
    void sortsByNameAndValue();
    void holdsTheOrderUnderThePointer();
    void goesToARecorder();
    void saysHowManyMoreThereAre();
    void costsNothingUnlessShown();
};

void tst_InspectorCompare::comparesRecorders()
{
    CompareWindow w;
    const QAbstractItemModelTester tester(w.list->model());

    w.showList();

    QVERIFY(w.pane->isVisible());
    QVERIFY(!w.plot->isVisible());
    QCOMPARE(w.names(), QStringLiteral("b c a"));
    QCOMPARE(w.label("compareTitle"), QStringLiteral("bytes / total"));
    QCOMPARE(w.label("compareSubtitle"), QStringLiteral("3 recorders have it"));
    QCOMPARE(w.list->model()->index(0, 2).data().toString(), QStringLiteral("4.00 KiB"));
    QCOMPARE(w.list->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("a"));
    w.source.setMetric(QStringLiteral("c"), bytes(9000));
    QTRY_COMPARE(w.names(), QStringLiteral("c b a"));
}

void tst_InspectorCompare::comesBack()
{
    CompareWindow w;
    w.showList();

    QTest::keyClick(w.tree, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);

    QVERIFY(!w.pane->isVisible());
    QVERIFY(w.plot->isVisible());
    w.source.setMetric(QStringLiteral("a"), bytes(9000));
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("8.79 KiB")));
    QVERIFY(waitForPolls(std::chrono::milliseconds(250), 2));
    QCOMPARE(w.names(), QStringLiteral("b c a")); // nobody has asked for the others
}

void tst_InspectorCompare::saysWhatToDo()
{
    CompareWindow w;
    w.show();
    w.select(0, -1); // a recorder

    w.window.findChild<QAction *>(QStringLiteral("compare"))->trigger();

    QCOMPARE(w.label("compareTitle"), QStringLiteral("Nothing to compare"));
    QVERIFY(!w.list->isVisible());
}

void tst_InspectorCompare::followsTheSelection()
{
    CompareWindow w;
    w.showList();

    w.select(0, 1);

    QTRY_COMPARE(w.label("compareTitle"), QStringLiteral("queue / length"));
    QTRY_COMPARE(w.names(), QStringLiteral("a c b"));
}

void tst_InspectorCompare::sortsByNameAndValue()
{
    CompareWindow w;
    w.showList();

    w.clickHeader(0);
    QTRY_COMPARE(w.names(), QStringLiteral("a b c"));
    w.clickHeader(2);

    QTRY_COMPARE(w.names(), QStringLiteral("a c b"));
}

void tst_InspectorCompare::holdsTheOrderUnderThePointer()
{
    CompareWindow w;
    w.showList();
    const QRect first = w.list->visualRect(w.list->model()->index(0, 0));
    QTest::mouseMove(w.list->viewport(), first.center());
    QTest::mouseMove(w.list->viewport(), first.center() + QPoint(2, 2));

    w.source.setMetric(QStringLiteral("a"), bytes(9000));
    QTRY_COMPARE(w.list->model()->index(2, 2).data().toString(), QStringLiteral("8.79 KiB"));
    QCOMPARE(w.names(), QStringLiteral("b c a"));
    QTest::mouseMove(w.tree->viewport(), { 20, 20 });
    w.source.setMetric(QStringLiteral("a"), bytes(9001));

    QTRY_COMPARE(w.names(), QStringLiteral("a b c"));
}

void tst_InspectorCompare::goesToARecorder()
{
    CompareWindow w;
    w.showList();

    w.list->setFocus();
    QTest::keyClick(w.list, Qt::Key_Home);
    QTest::keyClick(w.list, Qt::Key_Return);

    const QModelIndex current = w.tree->currentIndex().siblingAtColumn(0);
    QCOMPARE(current.data().toString(), QStringLiteral("bytes"));
    QCOMPARE(current.parent().data().toString(), QStringLiteral("b"));
}

void tst_InspectorCompare::saysHowManyMoreThereAre()
{
    CompareWindow w;
    w.showList();

    for (int i = 0; i < 60; ++i)
        w.source.setMetric(QStringLiteral("more-%1").arg(i), bytes(i));

    QTRY_COMPARE(w.label("compareMore"), QStringLiteral("and 13 more"));
    QCOMPARE(w.list->model()->rowCount(), 50);
}

void tst_InspectorCompare::costsNothingUnlessShown()
{
    CompareWindow w;
    w.showList();
    w.window.hide();
    const int asked = w.counting.requestCount();

    w.source.setMetric(QStringLiteral("a"), bytes(5000));
    QVERIFY(waitForPolls(std::chrono::milliseconds(250), 2));

    QCOMPARE(w.counting.requestCount(), asked);
}

QTEST_MAIN(tst_InspectorCompare)
#include "tst_inspectorcompare.moc"

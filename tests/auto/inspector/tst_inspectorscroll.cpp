// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "inspectorwindowfixture.h"
#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <recorders/model/snapshotmodel.h>

#include <QAction>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>

#include <memory>

using namespace Recorders;
using namespace Testing;

namespace {

constexpr int many = 3000;

QString idOf(int number)
{
    return QStringLiteral("connection-%1").arg(number, 5, 10, QLatin1Char('0'));
}

void add(FakeSnapshotSource &source, int first, int count, int step = 1)
{
    source.hold();
    for (int i = 0; i < count; ++i)
        source.setRecorder(idOf(first + i * step), { counter(bytes, first + i * step) });
    source.release();
}

void remove(FakeSnapshotSource &source, int first, int count, int step = 1)
{
    source.hold();
    for (int i = 0; i < count; ++i)
        source.removeRecorder(idOf(first + i * step));
    source.release();
}

// What one reads: the first row in sight, and where it is.
struct Place
{
    QString id;
    int top = 0;

    bool operator==(const Place &other) const = default;
};

class ScrolledWindow : public Window
{
public:
    ScrolledWindow(FakeSnapshotSource *source, bool isTable)
        : Window(source)
        , view(tree)
    {
        show();
        if (isTable) {
            action("table")->trigger();
            view = window.findChild<QTreeView *>(QStringLiteral("table"));
        }
    }

    int count() const { return view->model()->rowCount(); }
    Place place() const
    {
        const QModelIndex first = view->indexAt({ 0, 0 });
        return { first.data(SnapshotModel::EntityIdRole).toString(),
                 view->visualRect(first).top() };
    }
    void scrollTo(int row) const // a few pixels beyond it
    {
        view->scrollTo(view->model()->index(row, 0), QTreeView::PositionAtTop);
        view->verticalScrollBar()->setValue(view->verticalScrollBar()->value() + 5);
    }
    void clearEnded() const
    {
        const QModelIndex last = view->model()->index(count() - 1, 0);
        QTRY_VERIFY(last.data(SnapshotModel::RemovedRole).toBool());
        action("clearEnded")->trigger();
    }

    QTreeView *view;
};

} // namespace

// Rows that come, go and move do not move what one reads.
class tst_InspectorScroll : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // rows come
    void staysWhenRowsComeAbove_data();
    void staysWhenRowsComeAbove();
    void staysWhenRowsComeBetween_data();
    void staysWhenRowsComeBetween();
    void showsWhatComesAtTheTop_data();
    void showsWhatComesAtTheTop();
    void staysInASearch_data();
    void staysInASearch();
    void staysWhenReturningRowsAreExpanded();

    // rows go
    void staysWhenRowsGoAbove_data();
    void staysWhenRowsGoAbove();
    void goesOnToTheNextRow_data();
    void goesOnToTheNextRow();
    void goesOnToTheNextRowOfManyBetween_data();
    void goesOnToTheNextRowOfManyBetween();
    void staysWhenTheCurrentRowGoes_data();
    void staysWhenTheCurrentRowGoes();

    // rows move
    void followsTheRowIntoAnotherOrder_data();
    void followsTheRowIntoAnotherOrder();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

namespace {

void addShapes()
{
    QTest::addColumn<bool>("isTable");
    QTest::addRow("tree") << false;
    QTest::addRow("table") << true;
}

} // namespace

void tst_InspectorScroll::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorScroll::staysWhenRowsComeAbove_data()
{
    addShapes();
}

void tst_InspectorScroll::staysWhenRowsComeAbove()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 10000, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.scrollTo(many / 2);
    const Place before = w.place();

    add(source, 0, many);

    QTRY_COMPARE(w.count(), 2 * many);
    QCOMPARE(w.place(), before);
    QCOMPARE(before.top, -5);
}

void tst_InspectorScroll::staysWhenRowsComeBetween_data()
{
    addShapes();
}

void tst_InspectorScroll::staysWhenRowsComeBetween()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 0, many, 2);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.scrollTo(many / 2);
    const Place before = w.place();

    add(source, 1, many, 2);

    QTRY_COMPARE(w.count(), 2 * many);
    QCOMPARE(w.place(), before);
}

void tst_InspectorScroll::showsWhatComesAtTheTop_data()
{
    addShapes();
}

void tst_InspectorScroll::showsWhatComesAtTheTop()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 10000, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);

    add(source, 0, many);

    QTRY_COMPARE(w.count(), 2 * many);
    QCOMPARE(w.place(), Place({ idOf(0), 0 }));
}

void tst_InspectorScroll::staysInASearch_data()
{
    addShapes();
}

void tst_InspectorScroll::staysInASearch()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 10000, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.search->setText(QStringLiteral("/0$/"));
    QTRY_COMPARE(w.count(), many / 10);
    w.scrollTo(many / 20);
    const Place before = w.place();

    add(source, 0, many);

    QTRY_COMPARE(w.count(), many / 5);
    QCOMPARE(w.place(), before);
}

void tst_InspectorScroll::staysWhenReturningRowsAreExpanded()
{
    FakeSnapshotSource source;
    add(source, 0, many);
    ScrolledWindow w(&source, false);
    QTRY_COMPARE(w.count(), many);
    for (int row = 100; row < 200; ++row)
        w.view->expand(w.index(row));
    remove(source, 100, 100);
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.count(), many - 100);
    w.scrollTo(many / 2);
    const Place before = w.place();

    add(source, 100, 100);

    QTRY_COMPARE(w.count(), many);
    QTRY_VERIFY(w.view->isExpanded(w.index(199)));
    QCOMPARE(w.place(), before);
}

void tst_InspectorScroll::staysWhenRowsGoAbove_data()
{
    addShapes();
}

// More than are kept as ended.
void tst_InspectorScroll::staysWhenRowsGoAbove()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 0, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.scrollTo(2500);
    const Place before = w.place();

    remove(source, 0, 2400);

    QTRY_COMPARE(w.count(), 1600);
    QCOMPARE(w.place(), before);
}

void tst_InspectorScroll::goesOnToTheNextRow_data()
{
    addShapes();
}

// Also if nothing stays of what is in sight.
void tst_InspectorScroll::goesOnToTheNextRow()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 0, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.scrollTo(1500);

    remove(source, 0, 2000);

    QTRY_COMPARE(w.count(), 2000);
    QCOMPARE(w.place(), Place({ idOf(2000), -5 }));
}

void tst_InspectorScroll::goesOnToTheNextRowOfManyBetween_data()
{
    addShapes();
}

void tst_InspectorScroll::goesOnToTheNextRowOfManyBetween()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 0, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.scrollTo(1000);
    remove(source, 500, 500, 2); // and those that are there between stay
    const QModelIndex top = w.view->model()->index(1000, 0);
    QTRY_VERIFY(top.data(SnapshotModel::RemovedRole).toBool());

    w.action("clearEnded")->trigger();

    QTRY_COMPARE(w.count(), many - 500);
    QCOMPARE(w.place(), Place({ idOf(1001), -5 }));
}

void tst_InspectorScroll::staysWhenTheCurrentRowGoes_data()
{
    addShapes();
}

void tst_InspectorScroll::staysWhenTheCurrentRowGoes()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 0, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.view->setCurrentIndex(w.view->model()->index(many - 1, 0));
    w.view->scrollToTop();
    remove(source, many - 1, 1);

    w.clearEnded();

    QTRY_COMPARE(w.count(), many - 1);
    QCOMPARE(w.place(), Place({ idOf(0), 0 }));
}

void tst_InspectorScroll::followsTheRowIntoAnotherOrder_data()
{
    addShapes();
}

void tst_InspectorScroll::followsTheRowIntoAnotherOrder()
{
    QFETCH(const bool, isTable);
    FakeSnapshotSource source;
    add(source, 0, many);
    ScrolledWindow w(&source, isTable);
    QTRY_COMPARE(w.count(), many);
    w.scrollTo(700);
    const Place before = w.place();

    w.view->model()->sort(0, Qt::DescendingOrder);

    const QModelIndex first = w.view->model()->index(0, 0);
    QTRY_COMPARE(first.data(SnapshotModel::EntityIdRole).toString(), idOf(many - 1));
    QCOMPARE(w.place(), before);
}

QTEST_MAIN(tst_InspectorScroll)
#include "tst_inspectorscroll.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "inspectorwindowfixture.h"
#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QAction>
#include <QEvent>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Recorders;
using namespace Testing;

namespace {

constexpr int count = 10;

QString idOf(int number)
{
    return QStringLiteral("connection-%1").arg(number);
}

void add(FakeSnapshotSource &source, int number)
{
    source.setRecorder(idOf(number), { counter(bytes, number) });
}

void setAll(FakeSnapshotSource &source, const QList<MetricSnapshot> &metrics)
{
    source.hold();
    for (int number = 0; number < count; ++number)
        source.setRecorder(idOf(number), metrics);
    source.release();
}

void addAll(FakeSnapshotSource &source, int first, int last)
{
    source.hold();
    for (int number = first; number <= last; ++number)
        add(source, number);
    source.release();
}

// It ends, and its row goes.
void remove(Window &w, FakeSnapshotSource &source, int number)
{
    const int rows = w.rowCount();
    source.removeRecorder(idOf(number));
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());
    w.action("clearEnded")->trigger();
    QTRY_COMPARE(w.rowCount(), rows - 1);
}

// Comes back, and what is done of it is done.
void bringBack(Window &w, FakeSnapshotSource &source, int number)
{
    const int rows = w.rowCount();
    add(source, number);
    QTRY_COMPARE(w.rowCount(), rows + 1);
    QCoreApplication::processEvents();
}

QList<int> selectedRows(const QTreeView &view)
{
    QList<int> rows;
    const QItemSelection ranges = view.selectionModel()->selection();
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void select(const QTreeView &view, const QModelIndex &index)
{
    view.selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void pressEscape(QTreeView *view)
{
    QTest::keyClick(view, Qt::Key_Escape);
}

void clickBelowTheRows(QTreeView *view)
{
    const QRect viewport = view->viewport()->rect();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, viewport.bottomLeft() - QPoint(-9, 3));
}

// Counts how often what remembers the selection is called later on.
class CallCounter : public QObject
{
public:
    explicit CallCounter(const QTreeView *view)
    {
        const QObjectList children = view->children();
        for (QObject *child : children) {
            if (child->inherits("Recorders::Internal::SelectionMemory"))
                child->installEventFilter(this);
        }
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        m_calls += event->type() == QEvent::MetaCall ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }
    int calls() const { return m_calls; }

private:
    int m_calls = 0;
};

using Gesture = void (*)(QTreeView *view);

} // namespace

Q_DECLARE_METATYPE(Gesture)

// What becomes of a selection of which rows have gone, when somebody wants it no more, and when
// all is back.
class tst_InspectorSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void leavesUnselectedWhatNobodyWantsBack_data();
    void leavesUnselectedWhatNobodyWantsBack();
    void keepsWhatIsStillSelectedOnEscape();
    void restoresWhatWasSelectedAfterEscape();
    void restoresWhatGoesAgain();
    void keepsMoreThanCanBeRemembered();
    void showsWhatIsLeftWhenAllThatGoHaveGone();
    void looksForRowsWhileOneIsGone();
    void looksForNothingWhenAllIsBack();
    void looksForNothingAfterEscape();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
    std::unique_ptr<FakeSnapshotSource> m_source;
    std::unique_ptr<Window> m_window;
};

void tst_InspectorSelection::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
    m_window.reset();
    m_source = std::make_unique<FakeSnapshotSource>();
    addAll(*m_source, 0, count - 1);
    m_window = std::make_unique<Window>(m_source.get());
    m_window->window.resize(1200, 1200);
    m_window->show();
    QTRY_COMPARE(m_window->rowCount(), count);
}

void tst_InspectorSelection::leavesUnselectedWhatNobodyWantsBack_data()
{
    QTest::addColumn<Gesture>("gesture");
    QTest::newRow("Escape is pressed") << &pressEscape;
    QTest::newRow("a click below the rows") << &clickBelowTheRows;
}

void tst_InspectorSelection::leavesUnselectedWhatNobodyWantsBack()
{
    QFETCH(const Gesture, gesture);
    Window &w = *m_window;
    w.tree->setCurrentIndex(w.index(7));
    remove(w, *m_source, 7);
    QCOMPARE(selectedRows(*w.tree), QList<int>());

    gesture(w.tree);
    bringBack(w, *m_source, 7);

    QCOMPARE(selectedRows(*w.tree), QList<int>());
    QVERIFY(w.tree->currentIndex() != w.index(7));
}

void tst_InspectorSelection::keepsWhatIsStillSelectedOnEscape()
{
    Window &w = *m_window;
    w.tree->setCurrentIndex(w.index(7));
    select(*w.tree, w.index(2));
    remove(w, *m_source, 7);
    QCOMPARE(selectedRows(*w.tree), QList<int>{ 2 });

    pressEscape(w.tree);
    bringBack(w, *m_source, 7);

    QCOMPARE(selectedRows(*w.tree), QList<int>{ 2 });
}

void tst_InspectorSelection::restoresWhatWasSelectedAfterEscape()
{
    Window &w = *m_window;
    w.tree->setCurrentIndex(w.index(7));
    remove(w, *m_source, 7);
    pressEscape(w.tree);
    bringBack(w, *m_source, 7);

    w.tree->setCurrentIndex(w.index(4));
    remove(w, *m_source, 4);
    bringBack(w, *m_source, 4);

    QTRY_COMPARE(selectedRows(*w.tree), QList<int>{ 4 });
    QCOMPARE(w.tree->currentIndex(), w.index(4));
}

void tst_InspectorSelection::restoresWhatGoesAgain()
{
    Window &w = *m_window;
    w.tree->setCurrentIndex(w.index(7));
    for (int time = 0; time < 2; ++time) {
        remove(w, *m_source, 7);
        bringBack(w, *m_source, 7);

        QTRY_COMPARE(selectedRows(*w.tree), QList<int>{ 7 });
        QCOMPARE(w.tree->currentIndex(), w.index(7));
    }
}

void tst_InspectorSelection::keepsMoreThanCanBeRemembered()
{
    constexpr int tooMany = 10'002;
    Window &w = *m_window;
    addAll(*m_source, count, tooMany - 1);
    QTRY_COMPARE(w.rowCount(), tooMany);
    w.tree->collapseAll();
    w.tree->selectAll();

    remove(w, *m_source, 7);
    QCoreApplication::processEvents();

    QCOMPARE(selectedRows(*w.tree).size(), tooMany - 1);
}

// Showing it takes as long as there are selected rows, so of many that go one by one it must not be
// done for each.
void tst_InspectorSelection::showsWhatIsLeftWhenAllThatGoHaveGone()
{
    Window &w = *m_window;
    setAll(*m_source, { counter(bytes, 1), counter(QStringLiteral("sent"), 1) });
    w.tree->expandAll();
    QTRY_COMPARE(w.rowCount(w.index(count - 1)), 2);
    for (int row = 0; row < count; ++row)
        select(*w.tree, w.index(1, w.index(row)));
    select(*w.tree, w.index(0, w.index(count - 1)));
    const auto *title = w.window.findChild<QLabel *>(QStringLiteral("detailTitle"));
    const QString titleBefore = title->text();
    QStringList titles;
    connect(w.tree->model(), &QAbstractItemModel::rowsRemoved, title,
            [&] { titles.append(title->text()); });

    setAll(*m_source, { counter(bytes, 1) });
    QTRY_COMPARE(titles.size(), count);

    QCOMPARE(titles, QStringList(count, titleBefore));
    QTRY_COMPARE(title->text(), QStringLiteral("%1 / %2").arg(idOf(count - 1), bytes));
}

void tst_InspectorSelection::looksForRowsWhileOneIsGone()
{
    Window &w = *m_window;
    w.tree->setCurrentIndex(w.index(7));
    remove(w, *m_source, 7);
    const CallCounter counter(w.tree);

    bringBack(w, *m_source, count);

    QVERIFY(counter.calls() > 0);
}

void tst_InspectorSelection::looksForNothingWhenAllIsBack()
{
    Window &w = *m_window;
    w.tree->setCurrentIndex(w.index(7));
    select(*w.tree, w.index(2));
    remove(w, *m_source, 7);
    bringBack(w, *m_source, 7);
    QTRY_COMPARE(selectedRows(*w.tree), (QList<int>{ 2, 7 }));
    QCoreApplication::processEvents();
    const CallCounter counter(w.tree);

    bringBack(w, *m_source, count);

    QCOMPARE(counter.calls(), 0);
}

void tst_InspectorSelection::looksForNothingAfterEscape()
{
    Window &w = *m_window;
    w.tree->setCurrentIndex(w.index(7));
    remove(w, *m_source, 7);
    pressEscape(w.tree);
    QCoreApplication::processEvents();
    const CallCounter counter(w.tree);

    bringBack(w, *m_source, count);

    QCOMPARE(counter.calls(), 0);
}

QTEST_MAIN(tst_InspectorSelection)
#include "tst_inspectorselection.moc"

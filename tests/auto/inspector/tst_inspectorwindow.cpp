// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"
#include "shared/pollingwitness.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

#include <memory>

using namespace Recorders;

namespace {

constexpr std::chrono::milliseconds pace{ 100 }; // of an inspector

MetricSnapshot counter(const QString &name, qint64 total)
{
    return MetricSnapshot(name).add(QStringLiteral("total"), total, Unit::bytes(),
                                    MetricKind::Counter);
}

const QString bytes = QStringLiteral("bytes received");

// What a screen reader calls it.
QString nameOf(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
}

// A window and what a person sees of it.
class Window
{
public:
    explicit Window(SnapshotSource *source)
        : window(source)
        , tree(window.findChild<QTreeView *>(QStringLiteral("tree")))
        , empty(window.findChild<QWidget *>(QStringLiteral("empty")))
        , search(window.findChild<QLineEdit *>(QStringLiteral("search")))
        , hits(window.findChild<QLabel *>(QStringLiteral("hits")))
        , summary(window.findChild<QWidget *>(QStringLiteral("summary")))
    {
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    // All that is written in the empty state.
    QString emptyText() const
    {
        QString text;
        if (!empty->isVisible())
            return text;
        const auto labels = empty->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            text += label->isVisible() ? label->text() + u'\n' : QString();
        return text;
    }
    QString status() const { return summary->accessibleDescription(); }
    int secondsBehind() const // -1: it is not paused
    {
        static const QRegularExpression text(QStringLiteral("paused, (\\d+) s behind"));
        const QRegularExpressionMatch match = text.match(status());
        return match.hasMatch() ? match.captured(1).toInt() : -1;
    }
    // Turns the clock of the pause, and lets it tick.
    void letPausePass(int seconds)
    {
        auto *clock = window.findChild<QObject *>(QStringLiteral("pauseClock"));
        auto *timer = clock->findChild<QTimer *>();
        QVERIFY(timer->isActive());
        QVERIFY(QMetaObject::invokeMethod(clock, "advance", Q_ARG(int, seconds)));
        QVERIFY(QMetaObject::invokeMethod(timer, "timeout"));
    }
    int rowCount(const QModelIndex &parent = {}) const { return tree->model()->rowCount(parent); }
    QModelIndex index(int row, const QModelIndex &parent = {}) const
    {
        return tree->model()->index(row, 0, parent);
    }
    QAction *action(const char *name) const
    {
        return window.findChild<QAction *>(QLatin1String(name));
    }

    InspectorWindow window;
    QTreeView *const tree;
    QWidget *const empty;
    QLineEdit *const search;
    QLabel *const hits;
    QWidget *const summary;
};

} // namespace

class tst_InspectorWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it shows
    void showsRecordersLive();
    void expandsTheFirstRecorders();
    void alignsNumbersToTheRight();
    void sumsUpInTheStatusBar();
    void fitsIntoSmallWindows();

    // when there is nothing
    void saysThatThereIsNoRuntime();
    void saysThatTheRuntimeIsNotStarted();
    void saysThatItWaits();
    void tellsHowToMakeARecorder();
    void keepsAndMarksWhatEnded();
    void saysThatItEndedWithNothing();

    // search
    void findsWhatIsTyped();
    void opensWhatItFound();
    void clearsTheSearchWithEscape();
    void restoresExpansionAfterASearch();
    void keepsExpansionWhileRowsCome();
    void saysWhatIsNotUnderstood();
    void saysThatNothingMatches();
    void typesSpacesIntoTheSearch();

    // pause
    void pausesWithSpace();
    void saysHowFarItIsBehind();
    void refreshesByHand();
    void costsNothingWhileHidden();

    // keyboard
    void copiesRowsWithExactValues();
    void walksByKeyboard();
    void hasAMenuEntryForEveryAction();
    void namesItsControls();

    // lifetime
    void outlivesItsSource();
    void mayGoFirst();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorWindow::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorWindow::showsRecordersLive()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1929380) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);
    QVERIFY(w.tree->isVisible());
    const QModelIndex metric = w.index(0, w.index(0));
    QCOMPARE(metric.siblingAtColumn(SnapshotModel::ValueColumn).data(), QStringLiteral("1.84"));

    source.setMetric(QStringLiteral("a"), counter(bytes, 2048));
    source.setRecorder(QStringLiteral("b"), {});

    QTRY_COMPARE(w.rowCount(), 2);
    QCOMPARE(metric.siblingAtColumn(SnapshotModel::ValueColumn).data(), QStringLiteral("2.00"));
}

void tst_InspectorWindow::expandsTheFirstRecorders()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 10; ++i)
        source.setRecorder(QString::number(i), { counter(bytes, i) });
    Window w(&source);
    w.show();

    QTRY_VERIFY(w.tree->isExpanded(w.index(0)));
    QVERIFY(w.tree->isExpanded(w.index(2)));
    QVERIFY(!w.tree->isExpanded(w.index(3)));
}

void tst_InspectorWindow::alignsNumbersToTheRight()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);

    for (const int column : { SnapshotModel::ValueColumn, SnapshotModel::RateColumn }) {
        const QVariant alignment = w.index(0).siblingAtColumn(column).data(Qt::TextAlignmentRole);
        QVERIFY(Qt::Alignment(alignment.toInt()) & Qt::AlignRight);
    }
    QVERIFY(w.tree->uniformRowHeights());
}

void tst_InspectorWindow::sumsUpInTheStatusBar()
{
    FakeSnapshotSource source;
    RecorderStatistics statistics;
    statistics.pending = 5;
    statistics.dropped = 12;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    source.setStatistics(QStringLiteral("a"), statistics);
    Window w(&source);
    w.show();

    QTRY_VERIFY(w.status().contains(QStringLiteral("live")));
    QTRY_VERIFY(w.status().contains(QStringLiteral("1 recorder ")));
    QVERIFY(w.status().contains(QStringLiteral("1 metric ")));
    QVERIFY(w.status().contains(QStringLiteral("5 pending")));
    QVERIFY(w.status().contains(QStringLiteral("12 dropped")));
}

void tst_InspectorWindow::fitsIntoSmallWindows()
{
    FakeSnapshotSource source;
    source.setRecorder(QString(200, u'x'), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);

    for (const QSize size : { QSize(640, 480), QSize(320, 240), QSize(2400, 1600) }) {
        w.window.resize(size);
        QTRY_COMPARE(w.window.size(), size);
        QVERIFY(w.tree->header()->sectionSize(SnapshotModel::NameColumn) > 0);
        QVERIFY(w.search->width() <= w.window.width());
    }
    w.window.resize(640, 480);
    QTRY_VERIFY(w.tree->header()->length() <= w.tree->viewport()->width());
}

void tst_InspectorWindow::saysThatThereIsNoRuntime()
{
    InspectorWindow window(static_cast<MetricsRuntime *>(nullptr));
    window.show();
    Window w(nullptr);
    w.show();

    QVERIFY(w.emptyText().contains(QStringLiteral("No metrics runtime")));
    QVERIFY(w.status().contains(QStringLiteral("no runtime")));
}

void tst_InspectorWindow::saysThatTheRuntimeIsNotStarted()
{
    FakeSnapshotSource source(QStringLiteral("my.metrics"));
    source.setState(RuntimeState::Created);
    Window w(&source);
    w.show();
    QTRY_VERIFY(w.emptyText().contains(QStringLiteral("my.metrics is not started")));

    source.setState(RuntimeState::Running);

    QTRY_VERIFY(w.emptyText().contains(QStringLiteral("No recorders yet")));
    QVERIFY(w.status().contains(QStringLiteral("live")));
}

void tst_InspectorWindow::saysThatItWaits()
{
    FakeSnapshotSource source;
    source.hold();
    Window w(&source);
    w.show();

    QVERIFY(w.emptyText().contains(QStringLiteral("Waiting for fake")));
}

void tst_InspectorWindow::tellsHowToMakeARecorder()
{
    FakeSnapshotSource source;
    Window w(&source);
    w.show();

    QTRY_VERIFY(w.emptyText().contains(QStringLiteral("runtime.createRecorder")));
    source.setRecorder(QStringLiteral("a"), {});
    QTRY_VERIFY(w.tree->isVisible());
}

void tst_InspectorWindow::keepsAndMarksWhatEnded()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(source.get());
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);

    source->setState(RuntimeState::Stopped);
    QTRY_VERIFY(w.status().contains(QStringLiteral("ended")));
    source.reset();

    QVERIFY(w.status().contains(QStringLiteral("ended")));
    QVERIFY(w.tree->isVisible());
    QCOMPARE(w.rowCount(), 1);
}

void tst_InspectorWindow::saysThatItEndedWithNothing()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    Window w(source.get());
    w.show();

    source.reset();

    QTRY_VERIFY(w.emptyText().contains(QStringLiteral("fake has ended")));
}

void tst_InspectorWindow::findsWhatIsTyped()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("alpha"), { counter(bytes, 1), counter({}, 1) });
    source.setRecorder(QStringLiteral("beta"), { counter(QStringLiteral("sent"), 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 2);

    QTest::keyClick(&w.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(w.search->hasFocus());
    QTest::keyClicks(w.search, QStringLiteral("BYTES"));
    QTRY_COMPARE(w.rowCount(), 1);
    QCOMPARE(w.rowCount(w.index(0)), 1);
    QCOMPARE(w.hits->text(), QStringLiteral("1 hit"));

    w.search->selectAll();
    QTest::keyClicks(w.search, QStringLiteral("alpha")); // with all that is below
    QTRY_COMPARE(w.rowCount(w.index(0)), 2);

    w.search->selectAll();
    QTest::keyClicks(w.search, QStringLiteral("total")); // with all that is above
    QTRY_COMPARE(w.rowCount(), 2);
    QCOMPARE(w.hits->text(), QStringLiteral("3 hits"));
    source.setRecorder(QStringLiteral("gamma"), { counter(bytes, 1) });
    QTRY_COMPARE(w.hits->text(), QStringLiteral("4 hits"));
}

void tst_InspectorWindow::opensWhatItFound()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 10; ++i)
        source.setRecorder(QString::number(i), { counter(bytes, i) });
    Window w(&source);
    w.show();
    QTRY_VERIFY(w.tree->isExpanded(w.index(2)));

    QTest::keyClicks(w.search, QStringLiteral("total"));

    QTRY_VERIFY(w.tree->isExpanded(w.index(9)));
    QVERIFY(w.tree->isExpanded(w.index(0, w.index(9))));
}

void tst_InspectorWindow::clearsTheSearchWithEscape()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    source.setRecorder(QStringLiteral("b"), {});
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 2);
    w.search->setFocus();
    QTest::keyClicks(w.search, QStringLiteral("a"));
    QTRY_COMPARE(w.rowCount(), 1);

    QTest::keyClick(w.search, Qt::Key_Escape);

    QCOMPARE(w.rowCount(), 2);
    QVERIFY(w.hits->text().isEmpty());
    QTest::keyClick(w.search, Qt::Key_Escape);
    QVERIFY(w.tree->hasFocus());
}

void tst_InspectorWindow::restoresExpansionAfterASearch()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 10; ++i)
        source.setRecorder(QString::number(i), { counter(bytes, i) });
    Window w(&source);
    w.show();
    QTRY_VERIFY(w.tree->isExpanded(w.index(2)));
    w.tree->collapse(w.index(1));
    w.tree->expand(w.index(7));

    QTest::keyClicks(w.search, QStringLiteral("4"));
    QTRY_COMPARE(w.rowCount(), 1);
    QTest::keyClick(w.search, Qt::Key_Escape);

    QString expanded;
    for (int row = 0; row < 10; ++row)
        expanded += w.tree->isExpanded(w.index(row)) ? QString::number(row) : QString();
    QCOMPARE(expanded, QStringLiteral("027"));
}

// What a search finds later does not open or close what somebody closed or opened meanwhile.
void tst_InspectorWindow::keepsExpansionWhileRowsCome()
{
    FakeSnapshotSource source;
    for (const char *id : { "a", "b" })
        source.setRecorder(QLatin1String(id), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 2);
    w.search->setText(QStringLiteral("total")); // at once: each search expands what it finds
    QTRY_COMPARE(w.hits->text(), QStringLiteral("2 hits"));
    w.tree->collapse(w.index(1));

    source.setRecorder(QStringLiteral("c"), { counter(bytes, 1) });
    QTRY_COMPARE(w.rowCount(), 3);

    QVERIFY(w.tree->isExpanded(w.index(0)));
    QVERIFY(!w.tree->isExpanded(w.index(1)));
}

void tst_InspectorWindow::saysWhatIsNotUnderstood()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);

    QTest::keyClicks(w.search, QStringLiteral("kind:x"));

    QTRY_VERIFY(w.hits->text().contains(QStringLiteral("not understood")));
    QVERIFY(w.hits->toolTip().contains(QStringLiteral("there is no kind \"x\"")));
    QCOMPARE(w.rowCount(), 1);
}

void tst_InspectorWindow::saysThatNothingMatches()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);

    QTest::keyClicks(w.search, QStringLiteral("florb"));

    QTRY_VERIFY(w.emptyText().contains(QStringLiteral("florb")));
    QVERIFY(w.emptyText().contains(QStringLiteral("1 recorder, 1 metric")));
    auto *clear = w.empty->findChild<QPushButton *>();
    clear->setFocus();
    QTest::keyClick(clear, Qt::Key_Space); // presses it, and does not pause
    QVERIFY(w.search->text().isEmpty());
    QTRY_VERIFY(w.tree->isVisible());
    QVERIFY(w.status().contains(QStringLiteral("live")));
}

void tst_InspectorWindow::typesSpacesIntoTheSearch()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);

    w.search->setFocus();
    QTest::keyClicks(w.search, bytes);

    QCOMPARE(w.search->text(), bytes);
    QTRY_COMPARE(w.hits->text(), QStringLiteral("1 hit"));
    QVERIFY(w.status().contains(QStringLiteral("live")));
}

void tst_InspectorWindow::pausesWithSpace()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);
    w.tree->setFocus();

    QTest::keyClick(w.tree, Qt::Key_Space);
    QVERIFY(w.status().contains(QStringLiteral("paused")));
    const int asked = source.requestCount();
    source.setRecorder(QStringLiteral("b"), {});
    QVERIFY(Testing::waitForPolls(pace, 2));
    QCOMPARE(source.requestCount(), asked);
    QCOMPARE(w.rowCount(), 1);

    QTest::keyClick(w.tree, Qt::Key_Space);
    QTRY_COMPARE(w.rowCount(), 2);
    QVERIFY(w.status().contains(QStringLiteral("live")));
}

// Time that passes while the test runs makes it more, but not as much as is added here.
void tst_InspectorWindow::saysHowFarItIsBehind()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);
    w.action("pause")->trigger();
    QCOMPARE_LT(w.secondsBehind(), 60);

    w.letPausePass(60);
    QCOMPARE_GE(w.secondsBehind(), 60);
    QCOMPARE_LT(w.secondsBehind(), 120);
    w.letPausePass(240);
    QVERIFY(w.status().contains(QStringLiteral("paused, 5 min behind")));

    w.action("refresh")->trigger();
    QTRY_VERIFY(w.secondsBehind() >= 0); // it is up to date for now
    QCOMPARE_LT(w.secondsBehind(), 60);
}

void tst_InspectorWindow::refreshesByHand()
{
    FakeSnapshotSource source;
    Window w(&source);
    w.show();
    QTRY_VERIFY(w.emptyText().contains(QStringLiteral("No recorders")));
    w.action("pause")->trigger();
    source.setRecorder(QStringLiteral("a"), {});

    QTest::keyClick(&w.window, Qt::Key_F5);

    QTRY_COMPARE(w.rowCount(), 1);
    QVERIFY(w.status().contains(QStringLiteral("paused")));
}

void tst_InspectorWindow::costsNothingWhileHidden()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Window w(&source);
    QVERIFY(Testing::waitForPolls(pace, 2));
    QCOMPARE(source.requestCount(), 0); // not shown yet
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);
    const int asked = source.requestCount();

    w.window.close();
    source.setRecorder(QStringLiteral("b"), {});
    QVERIFY(Testing::waitForPolls(pace, 2));
    QCOMPARE(source.requestCount(), asked);

    w.window.show();
    QTRY_COMPARE(w.rowCount(), 2);
    w.window.showMinimized();
    source.setRecorder(QStringLiteral("c"), {});
    QVERIFY(Testing::waitForPolls(pace, 2));
    QCOMPARE(w.rowCount(), 2);
}

void tst_InspectorWindow::copiesRowsWithExactValues()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(QStringLiteral("tab\there"), 1929380) });
    Window w(&source);
    w.show();
    QTRY_VERIFY(w.tree->isExpanded(w.index(0)));
    QApplication::clipboard()->clear();
    w.tree->setFocus();
    w.tree->setCurrentIndex(w.index(0));

    QTest::keyClick(w.tree, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(w.tree, Qt::Key_C, Qt::ControlModifier);

    QCOMPARE(QApplication::clipboard()->text(),
             QStringLiteral("Recorder\tMetric\tDimension\tValue\tUnit\tRate per second\n"
                            "a\t\t\t1 metric\t\t0\n"
                            "a\ttab here\t\t1929380\tBy\t0\n"));
}

void tst_InspectorWindow::walksByKeyboard()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    QTRY_VERIFY(w.tree->isExpanded(w.index(0)));
    QTest::keyClick(&w.window, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClick(w.search, Qt::Key_Down);
    QTRY_VERIFY(w.tree->hasFocus());
    w.tree->setCurrentIndex(w.index(0));

    QTest::keyClick(w.tree, Qt::Key_Return);
    QVERIFY(!w.tree->isExpanded(w.index(0)));
    QTest::keyClick(w.tree, Qt::Key_Right);
    QVERIFY(w.tree->isExpanded(w.index(0)));
    QTest::mouseClick(w.tree->viewport(), Qt::LeftButton, {},
                      w.tree->visualRect(w.index(0)).center());
    QTest::mouseDClick(w.tree->viewport(), Qt::LeftButton, {},
                       w.tree->visualRect(w.index(0)).center());
    QVERIFY(!w.tree->isExpanded(w.index(0)));
}

void tst_InspectorWindow::hasAMenuEntryForEveryAction()
{
    Window w(nullptr);
    QList<QAction *> inMenus;
    const auto menus = w.window.menuBar()->actions();
    for (const QAction *menu : menus)
        inMenus += menu->menu()->actions();

    for (const char *name :
         { "close", "copy", "selectAll", "find", "pause", "refresh", "expand", "collapse" }) {
        QVERIFY2(inMenus.contains(w.action(name)), name);
        QVERIFY2(!w.action(name)->shortcut().isEmpty(), name);
    }
}

void tst_InspectorWindow::namesItsControls()
{
    Window w(nullptr);
    w.show();

    QVERIFY(!w.search->accessibleName().isEmpty());
    QVERIFY(!w.tree->accessibleName().isEmpty());
    QVERIFY(!w.summary->accessibleName().isEmpty());
    const auto buttons = w.window.findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->isVisible() && button->parentWidget() != w.search)
            QVERIFY(!nameOf(button).isEmpty() && !button->toolTip().isEmpty());
    }
}

void tst_InspectorWindow::outlivesItsSource()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(source.get());
    w.show();
    QTRY_COMPARE(w.rowCount(), 1);
    source->hold();
    source->setRecorder(QStringLiteral("b"), {});
    QTRY_COMPARE(source->heldCount(), 1);

    source.reset();
    QTest::keyClicks(w.search, QStringLiteral("bytes"));
    w.action("refresh")->trigger();
    w.action("pause")->trigger();

    QCOMPARE(w.rowCount(), 1);
    QVERIFY(w.status().contains(QStringLiteral("ended")));
}

void tst_InspectorWindow::mayGoFirst()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    auto w = std::make_unique<Window>(&source);
    w->show();
    QTRY_COMPARE(w->rowCount(), 1);
    w->tree->selectAll();
    source.hold();
    source.setRecorder(QStringLiteral("b"), {});
    QTRY_COMPARE(source.heldCount(), 1);

    w.reset();
    source.release();
    QVERIFY(Testing::waitForPolls(pace));

    QCOMPARE(source.requestCount(), 2);
}

QTEST_MAIN(tst_InspectorWindow)

#include "tst_inspectorwindow.moc"

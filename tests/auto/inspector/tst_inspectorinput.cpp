// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "inspectorwindowfixture.h"
#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Recorders;
using namespace Testing;

namespace {

// What a screen reader calls it.
QString nameOf(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
}

} // namespace

// What a person does in the window: searching, and working by keyboard.
class tst_InspectorInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // search
    void findsWhatIsTyped();
    void opensWhatItFound();
    void clearsTheSearchWithEscape();
    void restoresExpansionAfterASearch();
    void keepsExpansionWhileRowsCome();
    void opensWhatComesDuringASearch();
    void opensAMetricThatComesDuringASearch();
    void leavesClosedWhatComesBackDuringASearch();
    void opensNoMoreThan200ThatComeAtOnce();
    void saysWhatIsNotUnderstood();
    void saysThatNothingMatches();
    void typesSpacesIntoTheSearch();

    // keyboard
    void copiesRowsWithExactValues();
    void walksByKeyboard();
    void hasAMenuEntryForEveryAction();
    void namesItsControls();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorInput::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorInput::findsWhatIsTyped()
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

void tst_InspectorInput::opensWhatItFound()
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

void tst_InspectorInput::clearsTheSearchWithEscape()
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

void tst_InspectorInput::restoresExpansionAfterASearch()
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
void tst_InspectorInput::keepsExpansionWhileRowsCome()
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

void tst_InspectorInput::opensWhatComesDuringASearch()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("b"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    w.search->setText(QStringLiteral("total"));
    QTRY_COMPARE(w.hits->text(), QStringLiteral("1 hit"));

    for (const char *id : { "a", "c" })
        source.setRecorder(QLatin1String(id), { counter(bytes, 1) });

    QTRY_COMPARE(w.rowCount(), 3);
    for (int row = 0; row < 3; ++row) {
        QTRY_VERIFY(w.tree->isExpanded(w.index(row)));
        QVERIFY(w.tree->isExpanded(w.index(0, w.index(row))));
    }
}

void tst_InspectorInput::opensAMetricThatComesDuringASearch()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    w.search->setText(QStringLiteral("total"));
    QTRY_COMPARE(w.hits->text(), QStringLiteral("1 hit"));

    source.setMetric(QStringLiteral("a"), counter(QStringLiteral("sent"), 1));

    QTRY_COMPARE(w.rowCount(w.index(0)), 2);
    QTRY_VERIFY(w.tree->isExpanded(w.index(1, w.index(0))));
}

void tst_InspectorInput::leavesClosedWhatComesBackDuringASearch()
{
    FakeSnapshotSource source;
    const QString sent = QStringLiteral("sent");
    for (const char *id : { "a", "b" })
        source.setRecorder(QLatin1String(id), { counter(bytes, 1), counter(sent, 1) });
    Window w(&source);
    w.show();
    QTRY_COMPARE(w.rowCount(), 2);
    w.search->setText(QStringLiteral("sent"));
    QTRY_COMPARE(w.hits->text(), QStringLiteral("2 hits"));
    w.tree->collapse(w.index(1));

    for (const char *id : { "a", "b" })
        source.removeMetric(QLatin1String(id), sent);
    QTRY_COMPARE(w.rowCount(), 0);
    for (const char *id : { "a", "b" })
        source.setMetric(QLatin1String(id), counter(sent, 1));

    QTRY_COMPARE(w.rowCount(), 2);
    QTRY_VERIFY(w.tree->isExpanded(w.index(0)));
    QVERIFY(!w.tree->isExpanded(w.index(1)));
}

void tst_InspectorInput::opensNoMoreThan200ThatComeAtOnce()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(bytes, 1) });
    Window w(&source);
    w.show();
    w.search->setText(QStringLiteral("total"));
    QTRY_COMPARE(w.hits->text(), QStringLiteral("1 hit"));

    source.hold();
    for (int number = 0; number < 300; ++number)
        source.setRecorder(QStringLiteral("b-%1").arg(number), { counter(bytes, 1) });
    source.release();

    QTRY_COMPARE(w.rowCount(), 301);
    QTRY_VERIFY(w.tree->isExpanded(w.index(200)));
    QVERIFY(!w.tree->isExpanded(w.index(201)));
}

void tst_InspectorInput::saysWhatIsNotUnderstood()
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

void tst_InspectorInput::saysThatNothingMatches()
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

void tst_InspectorInput::typesSpacesIntoTheSearch()
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

void tst_InspectorInput::copiesRowsWithExactValues()
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

void tst_InspectorInput::walksByKeyboard()
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

void tst_InspectorInput::hasAMenuEntryForEveryAction()
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

void tst_InspectorInput::namesItsControls()
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

QTEST_MAIN(tst_InspectorInput)
#include "tst_inspectorinput.moc"

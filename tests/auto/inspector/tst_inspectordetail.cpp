// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/detailwindow.h"
#include "shared/pollingwitness.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QSplitter>

using namespace Recorders;
using namespace Testing;

class tst_InspectorDetail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatToDo();
    void showsWhatIsSelected();
    void followsTheValue();
    void plotsSeveralRows();
    void plotsCountersPerSecond();
    void plotsNoWords();
    void plotsNoRecorder();
    void losesNothingWhilePaused();
    void goesOnOnceWhilePaused();
    void showsWhatIsSelectedWhilePaused();
    void costsNothingWhileHidden();
    void forgetsWhatWasRemoved();
    void setsTheWindow();
    void pressesWithSpace();
    void movesBelowWhereItIsNarrow();
    void hidesWhileThereIsNothing();
};

void tst_InspectorDetail::saysWhatToDo()
{
    DetailWindow w;
    w.show();
    w.tree->clearSelection();

    QVERIFY(w.text().contains(QStringLiteral("Nothing selected")));
    QVERIFY(!w.plot->isVisible());
}

void tst_InspectorDetail::showsWhatIsSelected()
{
    DetailWindow w;
    w.show();

    w.select(1, 0);

    QCOMPARE(w.label("detailTitle"), QStringLiteral("b / bytes"));
    QCOMPARE(w.label("detailValue"), QStringLiteral("1.00 KiB"));
    QVERIFY(w.label("detailFacts").contains(QStringLiteral("counter")));
    QCOMPARE(w.label("detailDescription"), QStringLiteral("All that came."));
    QVERIFY(w.plot->isVisible());
}

void tst_InspectorDetail::followsTheValue()
{
    DetailWindow w;
    w.show();
    w.select(1, 0);

    w.source.setMetric(QStringLiteral("b"), bytes(3072));

    QTRY_COMPARE(w.label("detailValue"), QStringLiteral("3.00 KiB"));
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("maximum 3.00 KiB")));
}

void tst_InspectorDetail::plotsSeveralRows()
{
    DetailWindow w;
    w.show();

    w.select(0, 0);
    w.select(1, 0, false);

    const QStringList lines = w.plot->accessibleDescription().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(u"a:"));
    QVERIFY(lines[1].startsWith(u"b:"));
}

void tst_InspectorDetail::plotsCountersPerSecond()
{
    DetailWindow w;
    w.show();
    w.select(0, 0);
    auto *perSecond = w.detail->findChild<QCheckBox *>(QStringLiteral("plotPerSecond"));
    QVERIFY(perSecond->isVisible());

    perSecond->click();
    QTRY_VERIFY(w.plot->accessibleDescription().startsWith(QStringLiteral("bytes: minimum 0")));
    w.source.setMetric(QStringLiteral("a"), bytes(1024 + 500 * 1024));
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("KiB/s")));
    w.select(0, 1);

    QVERIFY(!perSecond->isVisible()); // of a value that does not only grow
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("last 5")));
}

void tst_InspectorDetail::plotsNoWords()
{
    DetailWindow w;
    w.source.setMetric(QStringLiteral("a"), queue(QStringLiteral("empty")));
    w.show();

    w.select(0, 1);

    QTRY_COMPARE(w.label("detailValue"), QStringLiteral("empty")); // once it is laid out
    QVERIFY(!w.plot->isVisible());
}

void tst_InspectorDetail::plotsNoRecorder()
{
    DetailWindow w;
    w.show();

    w.select(0, -1);

    QCOMPARE(w.label("detailTitle"), QStringLiteral("a"));
    QVERIFY(!w.plot->isVisible());
}

void tst_InspectorDetail::losesNothingWhilePaused()
{
    DetailWindow w;
    w.show();
    w.select(0, 1);
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("maximum 5")));
    auto *pause = w.window.findChild<QAction *>(QStringLiteral("pause"));
    pause->trigger();
    const int asked = w.counting.requestCount();

    w.source.setMetric(QStringLiteral("a"), queue(77));
    QTRY_VERIFY(w.counting.requestCount() > asked); // it was heard
    w.source.setMetric(QStringLiteral("a"), queue(5));
    QTRY_VERIFY(w.counting.requestCount() > asked + 1);
    QCOMPARE(w.label("detailValue"), QStringLiteral("5"));
    QVERIFY(!w.plot->accessibleDescription().contains(QStringLiteral("77")));
    pause->trigger();

    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("maximum 77")));
}

void tst_InspectorDetail::goesOnOnceWhilePaused()
{
    DetailWindow w;
    w.show();
    w.select(0, 1);
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("maximum 5")));
    w.window.findChild<QAction *>(QStringLiteral("pause"))->trigger();
    const int asked = w.counting.requestCount();
    w.source.setMetric(QStringLiteral("a"), queue(77));
    QTRY_VERIFY(w.counting.requestCount() > asked); // it was heard

    QTest::keyClick(w.tree, Qt::Key_F5);

    QTRY_COMPARE(w.label("detailValue"), QStringLiteral("77"));
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("maximum 77")));
    const int askedAgain = w.counting.requestCount();
    w.source.setMetric(QStringLiteral("a"), queue(99));
    QTRY_VERIFY(w.counting.requestCount() > askedAgain);
    QCOMPARE(w.label("detailValue"), QStringLiteral("77"));
}

void tst_InspectorDetail::showsWhatIsSelectedWhilePaused()
{
    DetailWindow w;
    w.show();
    w.select(0, 0);
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("maximum 1.00 KiB")));
    w.window.findChild<QAction *>(QStringLiteral("pause"))->trigger();
    w.source.setMetric(QStringLiteral("b"), queue(99)); // nobody has seen that

    w.select(1, 1);

    QCOMPARE(w.label("detailValue"), QStringLiteral("5"));
    QCOMPARE(w.plot->accessibleDescription(),
             QStringLiteral("queue: minimum 5, maximum 5, last 5, steady"));
}

void tst_InspectorDetail::costsNothingWhileHidden()
{
    DetailWindow w;
    w.show();
    w.select(0, 0);
    QTRY_VERIFY(w.plot->accessibleDescription().contains(QStringLiteral("maximum")));

    w.window.hide();
    const int asked = w.counting.requestCount();
    w.source.setMetric(QStringLiteral("a"), bytes(5000));
    QVERIFY(Testing::waitForPolls(std::chrono::milliseconds(100), 2));

    QCOMPARE(w.counting.requestCount(), asked);
}

void tst_InspectorDetail::forgetsWhatWasRemoved()
{
    DetailWindow w;
    w.show();
    w.select(1, 0);

    w.source.removeRecorder(QStringLiteral("b"));
    auto *clear = w.window.findChild<QAction *>(QStringLiteral("clearEnded"));
    QTRY_VERIFY(clear->isEnabled());
    QCOMPARE(w.label("detailTitle"), QStringLiteral("b / bytes")); // what is gone stays until then
    clear->trigger();

    QTRY_VERIFY(w.label("detailTitle") != QStringLiteral("b / bytes") || !w.plot->isVisible());
}

void tst_InspectorDetail::setsTheWindow()
{
    DetailWindow w;
    w.show();
    w.select(0, 0);
    auto *box = w.detail->findChild<QComboBox *>(QStringLiteral("plotWindow"));
    QCOMPARE(box->currentText(), QStringLiteral("1 min"));

    w.plot->setFocus();
    QTest::keyClick(w.plot, Qt::Key_Plus);

    QCOMPARE(box->currentText(), QStringLiteral("40 s"));
    QTest::keyClick(w.plot, Qt::Key_0);
    QCOMPARE(box->currentText(), QStringLiteral("1 min"));
}

void tst_InspectorDetail::pressesWithSpace()
{
    DetailWindow w;
    w.show();
    w.select(0, 0);
    auto *pin = w.detail->findChild<QCheckBox *>(QStringLiteral("plotPin"));
    const auto *pause = w.window.findChild<QAction *>(QStringLiteral("pause"));

    pin->setFocus();
    QTest::keyClick(pin, Qt::Key_Space);
    QVERIFY(pin->isChecked());
    QVERIFY(!pause->isChecked());
    w.plot->setFocus();
    QTest::keyClick(w.plot, Qt::Key_Space);

    QVERIFY(pause->isChecked());
}

void tst_InspectorDetail::movesBelowWhereItIsNarrow()
{
    DetailWindow w;
    w.show();
    w.select(0, 0);
    const auto *splitter = w.window.findChild<QSplitter *>(QStringLiteral("splitter"));
    QCOMPARE(splitter->orientation(), Qt::Horizontal);

    w.window.resize(640, 480);
    QTRY_COMPARE(splitter->orientation(), Qt::Vertical);
    QCOMPARE(w.window.size(), QSize(640, 480));
    w.window.resize(1400, 800);

    QTRY_COMPARE(splitter->orientation(), Qt::Horizontal);
}

void tst_InspectorDetail::hidesWhileThereIsNothing()
{
    InspectorWindow window(static_cast<SnapshotSource *>(nullptr));
    window.show();

    QVERIFY(!window.findChild<QWidget *>(QStringLiteral("detail"))->isVisible());
}

QTEST_MAIN(tst_InspectorDetail)
#include "tst_inspectordetail.moc"

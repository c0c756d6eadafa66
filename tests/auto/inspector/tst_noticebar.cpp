// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/noticebar_p.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Recorders::Internal;

namespace {

struct Window
{
    Window()
        : bar(new NoticeBar(&widget))
        , cancel(bar->findChild<QToolButton *>(QStringLiteral("cancel")))
    {
        auto *layout = new QVBoxLayout(&widget);
        layout->addWidget(bar);
        widget.show();
        QVERIFY(QTest::qWaitForWindowExposed(&widget));
    }

    QWidget widget;
    NoticeBar *const bar;
    QToolButton *const cancel;
};

} // namespace

class tst_NoticeBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void saysWhatCameOfSomething();
    void saysNothingOfWhatIsOverSoon();
    void offersToCancelWhatTakesLonger();
    void cancelsByKeyboard();
    void goesWhenItIsOver();
    void saysTheResultInItsPlace();
};

void tst_NoticeBar::init()
{
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_NoticeBar::saysWhatCameOfSomething()
{
    Window w;

    w.bar->say(QStringLiteral("done"));

    QVERIFY(w.bar->isVisible());
    QVERIFY(!w.cancel->isVisible());
    QCOMPARE(w.bar->accessibleDescription(), QStringLiteral("done"));
}

void tst_NoticeBar::saysNothingOfWhatIsOverSoon()
{
    Window w;
    NoticeBar witness;

    w.bar->showProgress(QStringLiteral("10 %"));
    QVERIFY(!w.bar->isVisible());
    w.bar->showProgress({});
    witness.showProgress(QStringLiteral("10 %")); // begins later, and is patient for as long
    QTRY_VERIFY(witness.isVisible());

    QVERIFY(!w.bar->isVisible());
}

void tst_NoticeBar::offersToCancelWhatTakesLonger()
{
    Window w;
    QSignalSpy canceled(w.bar, &NoticeBar::canceled);

    w.bar->showProgress(QStringLiteral("10 %"));
    w.bar->showProgress(QStringLiteral("20 %"));
    QTRY_VERIFY(w.cancel->isVisible());
    QCOMPARE(w.bar->text(), QStringLiteral("20 %"));
    w.bar->showProgress(QStringLiteral("30 %"));
    QCOMPARE(w.bar->text(), QStringLiteral("30 %"));

    QTest::mouseClick(w.cancel, Qt::LeftButton);

    QCOMPARE(canceled.size(), 1);
}

void tst_NoticeBar::cancelsByKeyboard()
{
    Window w;
    QSignalSpy canceled(w.bar, &NoticeBar::canceled);
    w.bar->showProgress(QStringLiteral("10 %"));
    QTRY_VERIFY(w.cancel->isVisible());

    w.cancel->setFocus(Qt::TabFocusReason);
    QTest::keyClick(w.cancel, Qt::Key_Escape);

    QCOMPARE(canceled.size(), 1);
}

void tst_NoticeBar::goesWhenItIsOver()
{
    Window w;
    w.bar->showProgress(QStringLiteral("10 %"));
    QTRY_VERIFY(w.bar->isVisible());

    w.bar->showProgress({});

    QVERIFY(!w.bar->isVisible());
}

void tst_NoticeBar::saysTheResultInItsPlace()
{
    Window w;
    w.bar->showProgress(QStringLiteral("10 %"));
    QTRY_VERIFY(w.bar->isVisible());

    w.bar->say(QStringLiteral("done"));
    w.bar->showProgress({});

    QVERIFY(w.bar->isVisible());
    QVERIFY(!w.cancel->isVisible());
    QCOMPARE(w.bar->text(), QStringLiteral("done"));
}

QTEST_MAIN(tst_NoticeBar)
#include "tst_noticebar.moc"

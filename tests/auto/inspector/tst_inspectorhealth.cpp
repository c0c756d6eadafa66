// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwindow.h>

#include "pixels.h"
#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>
#include <chrono>
#include <memory>

using namespace Recorders;
using namespace std::chrono_literals;

namespace {

MetricSnapshot sent(MetricState state)
{
    return MetricSnapshot(QStringLiteral("sent"))
            .add(QStringLiteral("total"), 1)
            .setState(state, QStringLiteral("division by zero"));
}

// Two recorders: one may have failed, one may have a metric that is quarantined.
class Subject
{
public:
    Subject()
        : window(&source)
        , search(window.findChild<QLineEdit *>(QStringLiteral("search")))
        , tree(window.findChild<QTreeView *>(QStringLiteral("tree")))
        , failed(window.findChild<QToolButton *>(QStringLiteral("failed")))
        , quarantined(window.findChild<QToolButton *>(QStringLiteral("quarantined")))
    {
        source.setRecorder(QStringLiteral("a"), { sent(MetricState::Active) });
        source.setRecorder(QStringLiteral("b"), { sent(MetricState::Active) });
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(tree->model()->rowCount(), 2);
    }

    void fail(const QString &recorder)
    {
        source.setRecorderState(recorder, RecorderState::Failed,
                                Error(ErrorCode::HookFailed, QStringLiteral("disk full")));
    }

    QString summary() const
    {
        return window.findChild<QWidget *>(QStringLiteral("summary"))->accessibleDescription();
    }

    FakeSnapshotSource source;
    InspectorWindow window;
    QLineEdit *const search;
    QTreeView *const tree;
    QToolButton *const failed;
    QToolButton *const quarantined;
};

} // namespace

class tst_InspectorHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keepsQuietWhileAllIsAlright();
    void saysHowManyFailed();
    void saysHowManyAreQuarantined();
    void showsWhatFailedWithAClick();
    void showsWhatIsQuarantinedByKeyboard();
    void keepsThemInANarrowWindow();
    void saysThatASourceDoesNotAnswer();
    void dimsWhatIsOldMeanwhile();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorHealth::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorHealth::keepsQuietWhileAllIsAlright()
{
    Subject subject;

    subject.show();

    QVERIFY(!subject.failed->isVisible());
    QVERIFY(!subject.quarantined->isVisible());
    QVERIFY(!subject.summary().contains(QStringLiteral("failed")));
}

void tst_InspectorHealth::saysHowManyFailed()
{
    Subject subject;
    subject.show();

    subject.fail(QStringLiteral("a"));
    QTRY_COMPARE(subject.failed->text(), QStringLiteral("\u2715 1 failed"));
    QVERIFY(subject.failed->isVisible());
    QVERIFY(subject.summary().contains(QStringLiteral("1 failed")));

    subject.source.setRecorderState(QStringLiteral("a"), RecorderState::Running);
    QTRY_VERIFY(!subject.failed->isVisible());
}

void tst_InspectorHealth::saysHowManyAreQuarantined()
{
    Subject subject;
    subject.show();

    subject.source.setMetric(QStringLiteral("a"), sent(MetricState::Quarantined));
    subject.source.setMetric(QStringLiteral("b"), sent(MetricState::Quarantined));

    QTRY_COMPARE(subject.quarantined->text(), QStringLiteral("\u26a0 2 quarantined"));
    QVERIFY(subject.quarantined->isVisible());
}

void tst_InspectorHealth::showsWhatFailedWithAClick()
{
    Subject subject;
    subject.fail(QStringLiteral("b"));
    subject.show();
    QTRY_VERIFY(subject.failed->isVisible());

    QTest::mouseClick(subject.failed, Qt::LeftButton);

    QCOMPARE(subject.search->text(), QStringLiteral("state:failed"));
    QTRY_COMPARE(subject.tree->model()->rowCount(), 1);
    QCOMPARE(subject.tree->model()->index(0, 0).data().toString(), QStringLiteral("b"));
}

void tst_InspectorHealth::showsWhatIsQuarantinedByKeyboard()
{
    Subject subject;
    subject.source.setMetric(QStringLiteral("a"), sent(MetricState::Quarantined));
    subject.show();
    QTRY_VERIFY(subject.quarantined->isVisible());
    for (int i = 0; i < 100 && !subject.quarantined->hasFocus(); ++i)
        QTest::keyClick(subject.window.focusWidget(), Qt::Key_Tab);
    QVERIFY(subject.quarantined->hasFocus());

    QTest::keyClick(subject.quarantined, Qt::Key_Space);

    QCOMPARE(subject.search->text(), QStringLiteral("state:quarantined"));
    QTRY_COMPARE(subject.tree->model()->rowCount(), 1);
    QVERIFY(subject.search->hasFocus());
}

void tst_InspectorHealth::keepsThemInANarrowWindow()
{
    Subject subject;
    subject.fail(QStringLiteral("a"));
    subject.source.setMetric(QStringLiteral("b"), sent(MetricState::Quarantined));
    subject.window.resize(360, 400);
    subject.show();

    QTRY_VERIFY(subject.failed->isVisible());
    QVERIFY(subject.quarantined->isVisible());
    QVERIFY(subject.quarantined->geometry().right()
            <= subject.quarantined->parentWidget()->width());
}

static SourceStall stuckFor(std::chrono::nanoseconds time)
{
    const std::chrono::nanoseconds now = std::chrono::steady_clock::now().time_since_epoch();
    return { now - time, QStringLiteral("metric \"jobs\" of recorder \"worker\"") };
}

void tst_InspectorHealth::saysThatASourceDoesNotAnswer()
{
    Subject subject;
    subject.show();
    QVERIFY(subject.summary().contains(QStringLiteral("live")));
    const auto seconds = [&subject] {
        static const QRegularExpression text(
                QStringLiteral("not answering for (\\d+) s: it is in metric \"jobs\" of recorder "
                               "\"worker\""));
        return text.match(subject.summary()).captured(1).toInt();
    };

    subject.source.setStall(stuckFor(3700ms)); // soon 4 s, by the steady clock
    QTRY_COMPARE_GE(seconds(), 3);
    QVERIFY(!subject.summary().contains(QStringLiteral("live")));
    const int before = seconds();
    QTRY_COMPARE_GT(seconds(), before);

    subject.source.setStall({});
    QTRY_VERIFY(subject.summary().contains(QStringLiteral("live")));
}

static QLabel *labelOf(const QWidget &window, const QString &text)
{
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    const auto found = std::find_if(labels.begin(), labels.end(),
                                    [&text](const QLabel *label) { return label->text() == text; });
    return found == labels.end() ? nullptr : *found;
}

void tst_InspectorHealth::dimsWhatIsOldMeanwhile()
{
    Subject subject;
    subject.show();
    QLabel *const pending = labelOf(subject.window, QStringLiteral("0 pending"));
    QVERIFY(pending);
    const auto contrastOf = [](QWidget *widget) {
        return Testing::textContrast(widget->grab().toImage());
    };
    const double liveRows = contrastOf(subject.tree->viewport());
    const double liveTotals = contrastOf(pending);

    subject.source.setStall(stuckFor(2s));
    QTRY_COMPARE_LT(contrastOf(subject.tree->viewport()), liveRows - 1);
    QCOMPARE_LT(contrastOf(pending), liveTotals - 1);

    subject.source.setStall({});
    QTRY_COMPARE(contrastOf(subject.tree->viewport()), liveRows);
    QCOMPARE(contrastOf(pending), liveTotals);
}

QTEST_MAIN(tst_InspectorHealth)
#include "tst_inspectorhealth.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/model/snapshotmodel.h>

#include "inspectorwindowfixture.h"
#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"
#include "shared/pollingwitness.h"

#include <QHeaderView>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace Recorders;
using namespace Testing;

namespace {

constexpr std::chrono::milliseconds pace{ 100 }; // of an inspector

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

    // pause
    void pausesWithSpace();
    void saysHowFarItIsBehind();
    void refreshesByHand();
    void costsNothingWhileHidden();

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

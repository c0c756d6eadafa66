// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "shared/recordedsubscription.h"

#include <recorders/core/snapshotsubscription.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// How a subscription asks its source, and what it says then.
class tst_SnapshotSubscription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // updates
    void tellsEverythingAtFirst();
    void tellsWhatChanged();
    void saysThatNothingChanged();
    void tellsTheRestAtOnce();
    void tellsTheLatestStateOnly();
    void tellsOfOneRecorderOnly();
    void tellsNoMetricsWhenNoneAreWanted();

    // requests
    void asksOnceForAllThatIsSetTogether();
    void asksNothingWhenNothingChanged();
    void asksNothingBeforeItsIntervalIsOver();
    void asksNothingWhilePaused();
    void asksWhenItIsToldTo_data();
    void asksWhenItIsToldTo();
    void asksAgainWhenToldToDuringARequest();
    void dropsAnAnswerThatComesAfterPausing();
    void asksAtItsOwnPace();
    void refusesIntervalsBelowOne();
    void waitsNoLongerThanATimerCan();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");

MetricSnapshot ticks(qint64 total)
{
    return MetricSnapshot(QStringLiteral("ticks")).add(QStringLiteral("total"), total);
}

} // namespace

void tst_SnapshotSubscription::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- Updates

void tst_SnapshotSubscription::tellsEverythingAtFirst()
{
    FakeSnapshotSource source;
    source.setRecorder(a, { ticks(1) });
    source.setRecorder(b, { ticks(2) });
    RecordedSubscription subscriber(&source);

    QTRY_COMPARE(subscriber.updates.size(), 1);

    QVERIFY(subscriber.updates.constFirst().isComplete);
    QCOMPARE(subscriber.ids(), QStringList({ a, b }));
    QCOMPARE(subscriber.subscription->source(), &source);
}

void tst_SnapshotSubscription::tellsWhatChanged()
{
    FakeSnapshotSource source;
    source.setRecorder(a, { ticks(1) });
    source.setRecorder(b, { ticks(2) });
    RecordedSubscription subscriber(&source);
    QTRY_COMPARE(subscriber.updates.size(), 1);

    source.setMetric(b, ticks(3));
    source.removeRecorder(a);

    QTRY_COMPARE(subscriber.updates.size(), 2);
    QVERIFY(!subscriber.updates.constLast().isComplete);
    QCOMPARE(subscriber.ids(), QStringList{ b });
    QCOMPARE(subscriber.updates.constLast().removed, QStringList{ a });
}

void tst_SnapshotSubscription::saysThatNothingChanged()
{
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    QSignalSpy unchanged(&*subscriber.subscription, &SnapshotSubscription::unchanged);

    QTRY_VERIFY(unchanged.count() > 2);

    QCOMPARE(subscriber.updates.size(), 1);
}

void tst_SnapshotSubscription::tellsTheRestAtOnce()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 25; ++i)
        source.setRecorder(QString::number(i), {});
    source.setMaxUpdateSize(10);
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setInterval(1h);

    QTRY_COMPARE(subscriber.updates.size(), 3);

    QCOMPARE(subscriber.ids().size(), 5);
    QVERIFY(!subscriber.updates.constLast().hasMore);
}

void tst_SnapshotSubscription::tellsTheLatestStateOnly()
{
    FakeSnapshotSource source;
    source.hold();
    source.setRecorder(a, { ticks(0) });
    RecordedSubscription subscriber(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    for (int i = 1; i <= 5; ++i) {
        source.setMetric(a, ticks(i));
        QVERIFY(Testing::waitForPolls(1ms));
        QCOMPARE(source.heldCount(), 1);
    }
    source.release();

    QTRY_COMPARE(subscriber.updates.size(), 1);
    const QList<RecorderSnapshot> told = subscriber.updates.constLast().recorders;
    QCOMPARE(told.constFirst().metrics.constFirst(), ticks(5));
}

void tst_SnapshotSubscription::tellsOfOneRecorderOnly()
{
    FakeSnapshotSource source;
    source.setRecorder(a, { ticks(1) });
    source.setRecorder(b, { ticks(2) });
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setEntityId(b);

    QTRY_COMPARE(subscriber.updates.size(), 1);

    QCOMPARE(subscriber.subscription->entityIds(), QSet<QString>{ b });
    QCOMPARE(subscriber.ids(), QStringList{ b });
}

void tst_SnapshotSubscription::tellsNoMetricsWhenNoneAreWanted()
{
    FakeSnapshotSource source;
    source.setRecorder(a, { ticks(1) });
    source.setRecorderState(a, RecorderState::Stopped);
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setDetail(SnapshotDetail::RecordersOnly);

    QTRY_COMPARE(subscriber.updates.size(), 1);

    QCOMPARE(subscriber.subscription->detail(), SnapshotDetail::RecordersOnly);
    const QList<RecorderSnapshot> told = subscriber.updates.constLast().recorders;
    QCOMPARE(told.constFirst().state, RecorderState::Stopped);
    QVERIFY(told.constFirst().metrics.isEmpty());
}

// ---- Requests

void tst_SnapshotSubscription::asksOnceForAllThatIsSetTogether()
{
    FakeSnapshotSource other;
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&other);
    subscriber.subscription->setSource(&source);
    subscriber.subscription->setDetail(SnapshotDetail::RecordersOnly);
    subscriber.subscription->setEntityId(a);

    QTRY_COMPARE(subscriber.updates.size(), 1);

    QCOMPARE(source.requestCount(), 1);
    QCOMPARE(other.requestCount(), 0);
}

void tst_SnapshotSubscription::asksNothingWhenNothingChanged()
{
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    QSignalSpy unchanged(&*subscriber.subscription, &SnapshotSubscription::unchanged);

    QTRY_VERIFY(unchanged.count() > 10);

    QCOMPARE(source.requestCount(), 1);
}

void tst_SnapshotSubscription::asksNothingBeforeItsIntervalIsOver()
{
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setInterval(1h);
    QTRY_COMPARE(source.requestCount(), 1);

    source.setRecorder(a, {});
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(source.requestCount(), 1);
    subscriber.subscription->setInterval(1ms);
    QTRY_COMPARE(source.requestCount(), 2);
}

void tst_SnapshotSubscription::asksNothingWhilePaused()
{
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setPaused(true);
    source.setRecorder(a, {});
    QVERIFY(Testing::waitForPolls(1ms));

    QVERIFY(subscriber.subscription->isPaused());
    QCOMPARE(source.requestCount(), 0);

    subscriber.subscription->setPaused(false);
    QTRY_COMPARE(subscriber.updates.size(), 1);
}

void tst_SnapshotSubscription::asksWhenItIsToldTo_data()
{
    QTest::addColumn<bool>("isPaused");
    QTest::newRow("running") << false;
    QTest::newRow("paused") << true;
}

void tst_SnapshotSubscription::asksWhenItIsToldTo()
{
    QFETCH(const bool, isPaused);
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setInterval(1h);
    QTRY_COMPARE(subscriber.updates.size(), 1);
    subscriber.subscription->setPaused(isPaused);

    subscriber.subscription->refresh();

    QTRY_COMPARE(subscriber.updates.size(), 2);
    QVERIFY(subscriber.updates.constLast().recorders.isEmpty());
}

void tst_SnapshotSubscription::asksAgainWhenToldToDuringARequest()
{
    FakeSnapshotSource source;
    source.hold();
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setInterval(1h);
    QTRY_COMPARE(source.heldCount(), 1);

    subscriber.subscription->refresh();
    subscriber.subscription->refresh();
    QCOMPARE(source.heldCount(), 1);
    source.release();

    QTRY_COMPARE(subscriber.updates.size(), 2);
    QCOMPARE(source.requestCount(), 2);
}

void tst_SnapshotSubscription::dropsAnAnswerThatComesAfterPausing()
{
    FakeSnapshotSource source;
    source.setRecorder(a, {});
    source.hold();
    RecordedSubscription subscriber(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    subscriber.subscription->setPaused(true);
    source.release();
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(subscriber.updates.size(), 0);
    subscriber.subscription->setPaused(false);
    QTRY_COMPARE(subscriber.updates.size(), 1);
    QCOMPARE(subscriber.ids(), QStringList{ a });
}

void tst_SnapshotSubscription::asksAtItsOwnPace()
{
    FakeSnapshotSource source;
    RecordedSubscription quick(&source);
    RecordedSubscription slow(&source);
    slow.subscription->setInterval(1h);
    QTRY_COMPARE(slow.updates.size(), 1);

    for (int i = 0; i < 3; ++i) {
        source.setRecorder(a, { ticks(i) });
        QTRY_COMPARE(quick.updates.size(), 2 + i);
    }

    QCOMPARE(slow.updates.size(), 1);
    slow.subscription->refresh();
    QTRY_COMPARE(slow.updates.size(), 2);
    QCOMPARE(slow.updates.constLast().recorders.constFirst().metrics.constFirst(), ticks(2));
}

void tst_SnapshotSubscription::refusesIntervalsBelowOne()
{
    FakeSnapshotSource source;
    SnapshotSubscription subscription(&source);
    QTest::ignoreMessage(QtWarningMsg, "the refresh interval must be at least 1 ms, not 0");

    subscription.setInterval(0ms);

    QCOMPARE(subscription.interval(), 100ms);
}

void tst_SnapshotSubscription::waitsNoLongerThanATimerCan()
{
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    for (const std::chrono::milliseconds interval :
         { std::chrono::milliseconds::max(), std::chrono::milliseconds(24h * 50) }) {
        subscriber.subscription->setInterval(interval);
        QVERIFY(subscriber.subscription->interval() > 24h * 24);
        subscriber.subscription->refresh();
    }
    QTRY_COMPARE(subscriber.updates.size(), 2);

    source.setRecorder(a, {});
    subscriber.subscription->setInterval(1ms);

    QTRY_COMPARE(subscriber.updates.size(), 3);
}

QTEST_GUILESS_MAIN(tst_SnapshotSubscription)
#include "tst_snapshotsubscription.moc"

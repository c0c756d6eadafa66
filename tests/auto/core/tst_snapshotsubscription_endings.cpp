// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "shared/recordedsubscription.h"

#include <recorders/core/snapshotsubscription.h>

#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What a subscription does when its source ends, or it goes itself.
class tst_SnapshotSubscriptionEndings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void endsWithItsSource();
    void endsWhenRefusedAndGoesOnWhenAnswered();
    void goesOnWithASourceThatRefusedForAMoment();
    void saysThatARefreshFailed_data();
    void saysThatARefreshFailed();
    void refreshesThoughItBeginsAnew();
    void survivesItsSourceDuringARequest();
    void mayGoDuringARequest();
    void mayGoInASlot_data();
    void mayGoInASlot();
    void mayChangeItsSourceInASlot();

    // beginning anew
    void beginsAnewWith_data();
    void beginsAnewWith();
    void goesOnWithTheSame();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");

} // namespace

void tst_SnapshotSubscriptionEndings::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotSubscriptionEndings::endsWithItsSource()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    RecordedSubscription subscriber(source.get());
    QSignalSpy ended(&*subscriber.subscription, &SnapshotSubscription::endedChanged);
    QSignalSpy sourceChanged(&*subscriber.subscription, &SnapshotSubscription::sourceChanged);
    QTRY_COMPARE(subscriber.updates.size(), 1);

    source.reset();

    QVERIFY(subscriber.subscription->isEnded());
    QCOMPARE(subscriber.subscription->source(), nullptr);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(sourceChanged.count(), 1);
    subscriber.subscription->refresh(); // of nothing
    FakeSnapshotSource other;
    subscriber.subscription->setSource(&other);
    QVERIFY(!subscriber.subscription->isEnded());
    QCOMPARE(ended.count(), 2);
    QTRY_COMPARE(subscriber.updates.size(), 2);
}

void tst_SnapshotSubscriptionEndings::endsWhenRefusedAndGoesOnWhenAnswered()
{
    FakeSnapshotSource source;
    source.setEnded(true);
    RecordedSubscription subscriber(&source);
    QSignalSpy ended(&*subscriber.subscription, &SnapshotSubscription::endedChanged);
    QTRY_VERIFY(subscriber.subscription->isEnded());
    QVERIFY(Testing::waitForPolls(1ms));
    QCOMPARE(source.requestCount(), 1); // the answer would be the same

    source.setEnded(false);
    source.setRecorder(a, {});

    QTRY_COMPARE(subscriber.updates.size(), 1);
    QVERIFY(!subscriber.subscription->isEnded());
    QCOMPARE(ended.count(), 2);
}

// It is back before the refusal arrives.
void tst_SnapshotSubscriptionEndings::goesOnWithASourceThatRefusedForAMoment()
{
    FakeSnapshotSource source;
    source.setRecorder(a, {});
    RecordedSubscription w(&source);
    QTRY_COMPARE(w.updates.size(), 1);
    source.hold();
    source.setRecorder(b, {});
    QTRY_COMPARE(source.heldCount(), 1);

    source.setEnded(true);
    source.release();
    source.setEnded(false);

    QTRY_COMPARE(w.updates.size(), 2);
    QVERIFY(!w.subscription->isEnded());
}

void tst_SnapshotSubscriptionEndings::saysThatARefreshFailed_data()
{
    using End = std::function<void(std::unique_ptr<FakeSnapshotSource> &)>;
    QTest::addColumn<End>("end");
    QTest::newRow("refused") << End([](auto &source) {
        source->setEnded(true);
        source->release();
    });
    QTest::newRow("the source is destroyed") << End([](auto &source) { source.reset(); });
}

void tst_SnapshotSubscriptionEndings::saysThatARefreshFailed()
{
    QFETCH(const std::function<void(std::unique_ptr<FakeSnapshotSource> &)>, end);
    auto source = std::make_unique<FakeSnapshotSource>();
    RecordedSubscription w(source.get());
    QTRY_COMPARE(w.updates.size(), 1);
    QSignalSpy refreshed(&*w.subscription, &SnapshotSubscription::refreshed);
    QSignalSpy failed(&*w.subscription, &SnapshotSubscription::refreshFailed);
    source->hold();

    w.subscription->refresh();
    end(source);

    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(refreshed.count(), 0);
}

void tst_SnapshotSubscriptionEndings::refreshesThoughItBeginsAnew()
{
    FakeSnapshotSource source;
    source.setRecorder(a, {});
    RecordedSubscription w(&source);
    QTRY_COMPARE(w.updates.size(), 1);
    w.subscription->setPaused(true);
    QSignalSpy refreshed(&*w.subscription, &SnapshotSubscription::refreshed);

    w.subscription->refresh();
    w.subscription->setDetail(SnapshotDetail::RecordersOnly);

    QTRY_COMPARE(refreshed.count(), 1);
    QCOMPARE(w.updates.size(), 2);
}

void tst_SnapshotSubscriptionEndings::survivesItsSourceDuringARequest()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->hold();
    RecordedSubscription subscriber(source.get());
    QTRY_COMPARE(source->heldCount(), 1);

    source.reset();
    QVERIFY(Testing::waitForPolls(1ms));

    QVERIFY(subscriber.subscription->isEnded());
    QCOMPARE(subscriber.updates.size(), 0);
}

void tst_SnapshotSubscriptionEndings::mayGoDuringARequest()
{
    FakeSnapshotSource source;
    source.hold();
    RecordedSubscription subscriber(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    subscriber.subscription.reset();
    source.release();
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(subscriber.updates.size(), 0);
    QCOMPARE(source.requestCount(), 1);
}

void tst_SnapshotSubscriptionEndings::mayGoInASlot_data()
{
    using Connect = std::function<void(SnapshotSubscription *, std::function<void()>)>;
    QTest::addColumn<Connect>("connectTo");
    QTest::newRow("updated") << Connect(
            [](auto *s, auto slot) { connect(s, &SnapshotSubscription::updated, s, slot); });
    QTest::newRow("unchanged") << Connect(
            [](auto *s, auto slot) { connect(s, &SnapshotSubscription::unchanged, s, slot); });
    QTest::newRow("ended") << Connect(
            [](auto *s, auto slot) { connect(s, &SnapshotSubscription::endedChanged, s, slot); });
    QTest::newRow("source gone") << Connect(
            [](auto *s, auto slot) { connect(s, &SnapshotSubscription::sourceChanged, s, slot); });
}

void tst_SnapshotSubscriptionEndings::mayGoInASlot()
{
    using Connect = std::function<void(SnapshotSubscription *, std::function<void()>)>;
    QFETCH(const Connect, connectTo);
    auto source = std::make_unique<FakeSnapshotSource>();
    auto *subscription = new SnapshotSubscription(source.get());
    subscription->setInterval(1ms);
    const QPointer<SnapshotSubscription> watched(subscription);
    QSignalSpy unchanged(subscription, &SnapshotSubscription::unchanged);
    connectTo(subscription, [subscription] { delete subscription; });

    QTRY_VERIFY(!watched || unchanged.count() > 1);
    source.reset();

    QVERIFY(!watched);
}

void tst_SnapshotSubscriptionEndings::mayChangeItsSourceInASlot()
{
    FakeSnapshotSource first;
    FakeSnapshotSource second;
    first.setRecorder(a, {});
    second.setRecorder(b, {});
    RecordedSubscription subscriber(&first);
    connect(&*subscriber.subscription, &SnapshotSubscription::updated, &second,
            [&] { subscriber.subscription->setSource(&second); });

    QTRY_COMPARE(subscriber.updates.size(), 2);

    QCOMPARE(subscriber.ids(), QStringList{ b });
    QVERIFY(subscriber.updates.constLast().isComplete);
}

// ---- Beginning anew

using Act = std::function<void(SnapshotSubscription &)>;

void tst_SnapshotSubscriptionEndings::beginsAnewWith_data()
{
    static FakeSnapshotSource other;
    QTest::addColumn<Act>("act");
    QTest::newRow("another source") << Act([](auto &s) { s.setSource(&other); });
    QTest::newRow("another detail")
            << Act([](auto &s) { s.setDetail(SnapshotDetail::RecordersOnly); });
    QTest::newRow("one recorder") << Act([](auto &s) { s.setEntityId(a); });
    QTest::newRow("another recorder") << Act([](auto &s) {
        s.setEntityId(b);
        s.setEntityId(a);
    });
    QTest::newRow("all recorders again") << Act([](auto &s) {
        s.setEntityId(b);
        s.setEntityId({});
    });
}

void tst_SnapshotSubscriptionEndings::beginsAnewWith()
{
    QFETCH(const Act, act);
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    QTRY_COMPARE(subscriber.updates.size(), 1);
    source.hold();
    source.setRecorder(b, {});
    QTRY_COMPARE(source.heldCount(), 1);

    act(*subscriber.subscription);
    source.release();

    QTRY_COMPARE(subscriber.updates.size(), 2);
    QVERIFY(subscriber.updates.constLast().isComplete);
}

void tst_SnapshotSubscriptionEndings::goesOnWithTheSame()
{
    FakeSnapshotSource source;
    RecordedSubscription subscriber(&source);
    subscriber.subscription->setEntityId(a);
    QTRY_COMPARE(subscriber.updates.size(), 1);

    subscriber.subscription->setSource(&source);
    subscriber.subscription->setDetail(SnapshotDetail::Metrics);
    subscriber.subscription->setEntityId(a);
    subscriber.subscription->refresh();

    QTRY_COMPARE(subscriber.updates.size(), 2);
    QVERIFY(!subscriber.updates.constLast().isComplete);
}

QTEST_GUILESS_MAIN(tst_SnapshotSubscriptionEndings)
#include "tst_snapshotsubscription_endings.moc"

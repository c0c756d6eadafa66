// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "shared/realtime.h"

#include <recorders/core/snapshotsubscription.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Stalls_Sources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // of a source
    void areToldAfterASecond();
    void areToldOfAQuestionThatIsNotAnswered();
    void areNotBelievedAtOnceAfterAPause();
    void stayAsTheyWereWhilePaused();
    void endWithAnotherSource();
    void mayEndTheSubscription();
};

void tst_Stalls_Sources::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void tst_Stalls_Sources::areToldAfterASecond()
{
    FakeSnapshotSource source;
    SnapshotSubscription subscription(&source);
    subscription.setInterval(10ms);
    QSignalSpy changed(&subscription, &SnapshotSubscription::stallChanged);
    QSignalSpy unchanged(&subscription, &SnapshotSubscription::unchanged);

    source.setStall(SourceStall{ steadyTime(), u"a call"_s });
    QVERIFY(unchanged.wait());
    QVERIFY(!subscription.stall());
    const SourceStall stall{ steadyTime() - 1800ms, u"a call"_s };
    source.setStall(stall);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(subscription.stall(), stall);
    QTRY_COMPARE(changed.size(), 2); // it lasts for two seconds now

    source.setStall({});
    QTRY_COMPARE(changed.size(), 3);
    QVERIFY(!subscription.stall());
}

void tst_Stalls_Sources::areToldOfAQuestionThatIsNotAnswered()
{
    FakeSnapshotSource source;
    source.hold();
    SnapshotSubscription subscription(&source);
    subscription.setInterval(10ms);

    QTRY_VERIFY(subscription.stall());
    QVERIFY(subscription.stall()->where.isEmpty());
    source.setStall(SourceStall{ steadyTime() + 1h, u"a call that has just begun"_s });
    QVERIFY(waitForPolls(10ms, 2));
    QVERIFY(subscription.stall() && subscription.stall()->where.isEmpty());
    source.setStall({});
    source.release();

    QTRY_VERIFY(!subscription.stall());
}

// The whole process may have been stopped: the source has had no time to go on, either.
void tst_Stalls_Sources::areNotBelievedAtOnceAfterAPause()
{
    FakeSnapshotSource source;
    SnapshotSubscription subscription(&source);
    subscription.setInterval(10ms);
    QSignalSpy unchanged(&subscription, &SnapshotSubscription::unchanged);
    QVERIFY(unchanged.wait());
    letTimePass(520ms); // by half a second more than the interval a look is late

    source.setStall(SourceStall{ steadyTime() - 2s, {} });
    QVERIFY(unchanged.wait());
    QVERIFY(!subscription.stall());

    QTRY_VERIFY(subscription.stall());
}

void tst_Stalls_Sources::stayAsTheyWereWhilePaused()
{
    FakeSnapshotSource source;
    source.setStall(SourceStall{ steadyTime() - 2s, {} });
    SnapshotSubscription subscription(&source);
    subscription.setInterval(10ms);
    QTRY_VERIFY(subscription.stall());
    QSignalSpy changed(&subscription, &SnapshotSubscription::stallChanged);

    subscription.setPaused(true);
    source.setStall({});
    QVERIFY(waitForPolls(10ms, 2));
    QCOMPARE(changed.size(), 0);
    QVERIFY(subscription.stall());

    subscription.refresh();
    QTRY_VERIFY(!subscription.stall());
}

void tst_Stalls_Sources::endWithAnotherSource()
{
    FakeSnapshotSource source;
    FakeSnapshotSource another;
    source.setStall(SourceStall{ steadyTime() - 2s, {} });
    SnapshotSubscription subscription(&source);
    QTRY_VERIFY(subscription.stall());

    subscription.setSource(&another);

    QVERIFY(!subscription.stall());
}

void tst_Stalls_Sources::mayEndTheSubscription()
{
    FakeSnapshotSource source;
    source.setStall(SourceStall{ steadyTime() - 2s, {} });
    auto subscription = std::make_unique<SnapshotSubscription>(&source);
    connect(subscription.get(), &SnapshotSubscription::stallChanged, this,
            [&subscription] { subscription.reset(); });

    QTRY_VERIFY(!subscription);
}

QTEST_GUILESS_MAIN(tst_Stalls_Sources)
#include "tst_stalls_sources.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "shared/recordedsubscription.h"

#include <QRegularExpression>
#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What a subscription says of recorders that it is told to watch, or no longer, while it goes on.
class tst_SnapshotSubscriptionJoining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void tellsAllOfThoseThatJoin();
    void saysWhichOfThoseThatJoinAreNotThere();
    void tellsThoseThatJoinInPieces();
    void tellsAsManyAsThereAre();
    void tellsAllOfThoseThatJoinOneAfterTheOther();
    void losesNoChangeWhileOthersJoin();
    void tellsNoMoreOfThoseThatLeft();
    void tellsNotWhatOneHadThatLeft();
    void tellsAllOfOneThatLeftAndCameBack();
    void forgetsThoseThatLeaveWhileTheyAreAskedFor();
    void forgetsThoseThatLeaveBetweenPieces();
    void tellsOfTheOthersWhileSomeComeAndGo();
    void tellsOfThoseThatJoinWhileOthersDo();
    void asksForThoseThatJoinWhenItIsToldTo();
    void asksAgainForThoseThatJoinAfterARefusal();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");
const QString c = QStringLiteral("c");
const QString absent = QStringLiteral("absent");

MetricSnapshot ticks(qint64 total)
{
    return MetricSnapshot(QStringLiteral("ticks")).add(QStringLiteral("total"), total);
}

struct TickSource
{
    FakeSnapshotSource source;
};

// A source of the recorders a, b and c, and a subscription to some of them.
struct Watch : TickSource, RecordedSubscription
{
    explicit Watch(const QSet<QString> &ids)
        : RecordedSubscription(&source)
    {
        for (const QString &id : { a, b, c })
            source.setRecorder(id, { ticks(1) });
        subscription->setEntityIds(ids);
    }
};

} // namespace

void tst_SnapshotSubscriptionJoining::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotSubscriptionJoining::tellsAllOfThoseThatJoin()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);

    w.subscription->setEntityIds({ a, b, c });

    QTRY_COMPARE(w.updates.size(), 2);
    QCOMPARE(w.subscription->entityIds(), QSet<QString>({ a, b, c }));
    QCOMPARE(w.ids(), QStringList({ b, c }));
    QVERIFY(!w.updates.constLast().isComplete);
    QVERIFY(w.updates.constLast().removed.isEmpty());

    w.source.setMetric(a, ticks(2));
    w.source.setMetric(b, ticks(2));
    QTRY_COMPARE(w.ids(), QStringList({ a, b }));
}

void tst_SnapshotSubscriptionJoining::saysWhichOfThoseThatJoinAreNotThere()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);

    w.subscription->setEntityIds({ a, b, absent });

    QTRY_COMPARE(w.updates.size(), 2);
    QCOMPARE(w.ids(), QStringList{ b });
    QCOMPARE(w.updates.constLast().removed, QStringList{ absent });
}

void tst_SnapshotSubscriptionJoining::tellsThoseThatJoinInPieces()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    QSet<QString> ids{ a, absent };
    for (int i = 0; i < 25; ++i) {
        w.source.setRecorder(QString::number(i), {});
        ids.insert(QString::number(i));
    }
    w.source.setMaxUpdateSize(10);
    w.subscription->setInterval(1h);

    w.subscription->setEntityIds(ids);

    QTRY_COMPARE(w.updates.size(), 4);
    QVERIFY(w.updates.at(1).hasMore && w.updates.at(1).removed.isEmpty());
    QVERIFY(w.updates.at(2).hasMore && w.updates.at(2).removed.isEmpty());
    QCOMPARE(w.ids().size(), 5);
    QCOMPARE(w.updates.constLast().removed, QStringList{ absent });
}

// In a time that does not grow with the square of their number.
void tst_SnapshotSubscriptionJoining::tellsAsManyAsThereAre()
{
    constexpr int count = 60'000;
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    QSet<QString> ids{ a };
    for (int i = 0; i < count; ++i)
        ids.insert(QStringLiteral("absent %1").arg(i));

    w.subscription->setEntityIds(ids);

    const auto toldOf = [&w] {
        qsizetype sum = 0;
        for (const SnapshotUpdate &update : std::as_const(w.updates))
            sum += update.removed.size();
        return sum;
    };
    QTRY_COMPARE(toldOf(), count);
}

void tst_SnapshotSubscriptionJoining::tellsAllOfThoseThatJoinOneAfterTheOther()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.hold();
    w.subscription->setEntityIds({ a, b });
    QTRY_COMPARE(w.source.heldCount(), 1);

    w.subscription->setEntityIds({ a, b, c });
    w.source.release();

    QTRY_COMPARE(w.updates.size(), 3);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList{ b });
    QCOMPARE(w.ids(), QStringList{ c });
}

void tst_SnapshotSubscriptionJoining::losesNoChangeWhileOthersJoin()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.hold();
    w.source.setMetric(a, ticks(2));
    QTRY_COMPARE(w.source.heldCount(), 1);

    w.subscription->setEntityIds({ a, b });
    w.source.setMetric(b, ticks(2));
    w.source.release();

    QTRY_COMPARE(w.updates.size(), 3);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList{ a });
    QCOMPARE(w.ids(), QStringList{ b });
    const QList<RecorderSnapshot> told = w.updates.constLast().recorders;
    QCOMPARE(told.constFirst().metrics.constFirst(), ticks(2));
}

void tst_SnapshotSubscriptionJoining::tellsNoMoreOfThoseThatLeft()
{
    Watch w({ a, b, c });
    QTRY_COMPARE(w.updates.size(), 1);
    const int requests = w.source.requestCount();

    w.subscription->setEntityIds({ a, b });
    QVERIFY(Testing::waitForPolls(1ms));
    QCOMPARE(w.source.requestCount(), requests);
    w.source.setMetric(c, ticks(2));
    w.source.setMetric(b, ticks(2));

    QTRY_COMPARE(w.updates.size(), 2);
    QVERIFY(!w.updates.constLast().isComplete);
    QCOMPARE(w.ids(), QStringList{ b });
}

// What was asked for before it left tells less.
void tst_SnapshotSubscriptionJoining::tellsNotWhatOneHadThatLeft()
{
    Watch w({ a, b });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.hold();
    w.source.removeRecorder(a);
    w.source.removeRecorder(b);
    QTRY_COMPARE(w.source.heldCount(), 1);

    w.subscription->setEntityIds({ b });
    w.source.release();

    QTRY_COMPARE(w.updates.size(), 2);
    QCOMPARE(w.updates.constLast().removed, QStringList{ b });
    QCOMPARE(w.updates.constLast().removedSnapshots.size(), 1);
    QCOMPARE(w.updates.constLast().removedSnapshots.constFirst().entityId, b);
}

void tst_SnapshotSubscriptionJoining::tellsAllOfOneThatLeftAndCameBack()
{
    Watch w({ a, b });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.hold();
    w.source.setMetric(a, ticks(2));
    w.source.setMetric(b, ticks(2));
    QTRY_COMPARE(w.source.heldCount(), 1);

    w.subscription->setEntityIds({ a });
    w.subscription->setEntityIds({ a, b });
    w.source.release();

    QTRY_COMPARE(w.updates.size(), 3);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList{ a });
    QCOMPARE(w.ids(), QStringList{ b });
}

void tst_SnapshotSubscriptionJoining::forgetsThoseThatLeaveWhileTheyAreAskedFor()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.hold();
    w.subscription->setEntityIds({ a, b, c });
    QTRY_COMPARE(w.source.heldCount(), 1);

    w.subscription->setEntityIds({ a });
    w.source.setMetric(a, ticks(2));
    w.source.release();

    QTRY_COMPARE(w.updates.size(), 3);
    QVERIFY(!w.updates.at(1).isComplete && !w.updates.at(2).isComplete);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList());
    QCOMPARE(w.updates.at(1).removed, QStringList());
    QCOMPARE(w.ids(), QStringList{ a });
}

void tst_SnapshotSubscriptionJoining::forgetsThoseThatLeaveBetweenPieces()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.setMaxUpdateSize(1);
    w.source.hold();
    w.subscription->setEntityIds({ a, b, c });
    QTRY_COMPARE(w.source.heldCount(), 1);
    connect(&*w.subscription, &SnapshotSubscription::updated, this, [&w] {
        w.subscription->setEntityIds({ a, b });
    });

    w.source.release();
    w.source.setMetric(a, ticks(2));

    QTRY_COMPARE(w.ids(), QStringList{ a });
    for (const SnapshotUpdate &update : w.updates)
        QVERIFY(!idsOf(update).contains(c));
}

// As rows of a list that is scrolled do.
void tst_SnapshotSubscriptionJoining::tellsOfTheOthersWhileSomeComeAndGo()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.subscription->setInterval(20ms);
    w.source.setMetric(a, ticks(2));

    for (int i = 0; i < 10'000 && w.ids() != QStringList{ a }; ++i) {
        w.updates.clear();
        w.subscription->setEntityIds({ a, b });
        QTRY_VERIFY(!w.updates.isEmpty());
        w.subscription->setEntityIds({ a });
    }

    QCOMPARE(w.ids(), QStringList{ a });
}

void tst_SnapshotSubscriptionJoining::tellsOfThoseThatJoinWhileOthersDo()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.hold();
    QSet<QString> ids{ a, b };
    w.subscription->setEntityIds(ids);
    QTRY_COMPARE(w.source.heldCount(), 1);

    for (int i = 0; i < 10; ++i) {
        ids.insert(QString::number(i));
        w.subscription->setEntityIds(ids);
        QCoreApplication::processEvents();
    }

    QCOMPARE(w.source.heldCount(), 1); // it does not pile up
    w.source.release();
    QTRY_VERIFY(w.updates.size() >= 2);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList{ b });
}

void tst_SnapshotSubscriptionJoining::asksForThoseThatJoinWhenItIsToldTo()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.subscription->setPaused(true);
    w.source.setMetric(a, ticks(2));

    w.subscription->setEntityIds({ a, b });
    QVERIFY(Testing::waitForPolls(1ms));
    QCOMPARE(w.updates.size(), 1);
    w.subscription->refresh();
    w.subscription->setEntityIds({ a, b, c });

    QTRY_COMPARE(w.updates.size(), 4);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList{ b });
    QCOMPARE(idsOf(w.updates.at(2)), QStringList{ c });
    QCOMPARE(w.ids(), QStringList{ a });
}

void tst_SnapshotSubscriptionJoining::asksAgainForThoseThatJoinAfterARefusal()
{
    Watch w({ a });
    QTRY_COMPARE(w.updates.size(), 1);
    w.source.setEnded(true);
    w.subscription->setEntityIds({ a, b });
    QTRY_VERIFY(w.subscription->isEnded());

    w.source.setEnded(false);
    w.source.setMetric(a, ticks(2));

    QTRY_VERIFY(w.updates.size() >= 2);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList{ b });
}

QTEST_GUILESS_MAIN(tst_SnapshotSubscriptionJoining)
#include "tst_snapshotsubscription_joining.moc"

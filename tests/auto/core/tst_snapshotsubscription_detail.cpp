// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/recordedsubscription.h"

#include <QRegularExpression>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// What a subscription says of recorders of which it is told to say more, or less, while it goes on.
class tst_SnapshotSubscriptionDetail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void tellsValuesOfDetailedRecordersOnly();
    void tellsAllOfARecorderOnceItIsDetailed();
    void tellsAllOfManyRecordersOnceTheyAreDetailed();
    void mayNameARecorderThatIsNotThere();
    void tellsWhatHappensToARecorderThatIsAboutToBeDetailed();
    void tellsAllOfARecorderThatIsDetailedBeforeTheFirstAnswer();
    void tellsNothingTwiceOfARecorderThatStaysDetailed();
    void goesOnWithAnOutline();
    void beginsAnewWithMoreDetail();
    void goesOnInDetailWithAnOutlineOfTheOthers();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");
const QString absent = QStringLiteral("absent");

MetricSnapshot ticks(qint64 total)
{
    return MetricSnapshot(QStringLiteral("ticks")).add(QStringLiteral("total"), total);
}

struct TickSource
{
    TickSource()
    {
        source.setRecorder(a, { ticks(1) });
        source.setRecorder(b, { ticks(1) });
    }

    FakeSnapshotSource source;
};

// A source of the recorders a and b, and a subscription that is up to date.
struct Watch : TickSource, RecordedSubscription
{
    explicit Watch(SnapshotDetail detail = SnapshotDetail::Outline)
        : RecordedSubscription(&source)
    {
        subscription->setDetail(detail);
        isBegun = QTest::qWaitFor([this] { return updates.size() == 1; });
    }

    // What it said last of a recorder; without an id if that was nothing.
    RecorderSnapshot lastOf(const QString &id) const
    {
        for (auto update = updates.crbegin(); update != updates.crend(); ++update) {
            for (const RecorderSnapshot &recorder : update->recorders) {
                if (recorder.entityId == id)
                    return recorder;
            }
        }
        return {};
    }

    bool isBegun = false;
};

} // namespace

void tst_SnapshotSubscriptionDetail::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotSubscriptionDetail::tellsValuesOfDetailedRecordersOnly()
{
    Watch w;
    QVERIFY(w.isBegun);
    w.subscription->setDetailedIds({ b });
    QTRY_COMPARE(w.updates.size(), 2);

    w.source.setMetric(a, ticks(2));
    w.source.setMetric(b, ticks(2));

    QTRY_COMPARE(w.updates.size(), 3);
    QCOMPARE(w.subscription->detailedIds(), QSet<QString>{ b });
    QVERIFY(w.lastOf(a).metrics.isEmpty());
    QCOMPARE(w.lastOf(b).metrics, QList{ ticks(2) });
}

void tst_SnapshotSubscriptionDetail::tellsAllOfARecorderOnceItIsDetailed()
{
    Watch w;
    QVERIFY(w.isBegun);
    w.source.setMetric(a, ticks(2));
    QTRY_COMPARE(w.updates.size(), 2);

    w.subscription->setDetailedIds({ a });

    QTRY_COMPARE(w.updates.size(), 3);
    QCOMPARE(w.ids(), QStringList{ a });
    QCOMPARE(w.lastOf(a).metrics, QList{ ticks(2) });
    QVERIFY(w.lastOf(a).isComplete);
    QVERIFY(!w.updates.constLast().isComplete);
}

void tst_SnapshotSubscriptionDetail::tellsAllOfManyRecordersOnceTheyAreDetailed()
{
    constexpr int manyRecorders = 3000;
    Watch w;
    QVERIFY(w.isBegun);
    QSet<QString> ids;
    for (int i = 0; i < manyRecorders; ++i) {
        ids.insert(QString::number(i));
        w.source.setRecorder(QString::number(i), { ticks(1) });
    }
    QTRY_COMPARE(w.ids().size(), manyRecorders);
    w.updates.clear();

    w.subscription->setDetailedIds(ids);

    QSet<QString> told;
    QTRY_VERIFY([&] {
        for (const SnapshotUpdate &update : std::as_const(w.updates)) {
            for (const RecorderSnapshot &recorder : update.recorders)
                told.insert(recorder.entityId);
        }
        return told == ids;
    }());
}

void tst_SnapshotSubscriptionDetail::mayNameARecorderThatIsNotThere()
{
    Watch w;
    QVERIFY(w.isBegun);

    w.subscription->setDetailedIds({ absent });

    QTRY_COMPARE(w.updates.size(), 2);
    QVERIFY(w.updates.constLast().removed.isEmpty());
    w.source.setRecorder(absent, { ticks(1) });
    w.source.setMetric(absent, ticks(2));
    QTRY_COMPARE(w.lastOf(absent).metrics, QList{ ticks(2) });
}

// An answer that was under way, and says less of it, is not lost.
void tst_SnapshotSubscriptionDetail::tellsWhatHappensToARecorderThatIsAboutToBeDetailed()
{
    Watch w;
    QVERIFY(w.isBegun);
    w.source.hold();
    RecorderStatistics statistics;
    statistics.handled = 7;
    w.source.setStatistics(a, statistics);
    QTRY_COMPARE(w.source.heldCount(), 1);

    w.subscription->setDetailedIds({ a });
    w.source.release();

    QTRY_VERIFY(w.updates.size() > 1);
    QCOMPARE(idsOf(w.updates.at(1)), QStringList{ a });
    QCOMPARE(w.updates.at(1).recorders.constFirst().statistics.handled, 7U);
}

void tst_SnapshotSubscriptionDetail::tellsAllOfARecorderThatIsDetailedBeforeTheFirstAnswer()
{
    TickSource ticks;
    RecordedSubscription w(&ticks.source);
    w.subscription->setDetail(SnapshotDetail::RecordersOnly);
    ticks.source.hold();
    QTRY_COMPARE(ticks.source.heldCount(), 1);

    w.subscription->setDetailedIds({ a });
    ticks.source.release();

    QTRY_COMPARE(w.updates.size(), 2);
    QCOMPARE(w.ids(), QStringList{ a });
    QCOMPARE(w.updates.constLast().recorders.constFirst().metrics.size(), 1);
}

void tst_SnapshotSubscriptionDetail::tellsNothingTwiceOfARecorderThatStaysDetailed()
{
    Watch w;
    QVERIFY(w.isBegun);
    w.subscription->setDetailedIds({ a });
    QTRY_COMPARE(w.updates.size(), 2);

    w.subscription->setDetailedIds({ a, b });

    QTRY_COMPARE(w.updates.size(), 3);
    QCOMPARE(w.ids(), QStringList{ b });
}

void tst_SnapshotSubscriptionDetail::goesOnWithAnOutline()
{
    Watch w(SnapshotDetail::Metrics);
    QVERIFY(w.isBegun);

    w.subscription->setDetail(SnapshotDetail::Outline);
    w.source.setMetric(a, ticks(2));

    QTRY_COMPARE(w.updates.size(), 2);
    QVERIFY(!w.updates.constLast().isComplete);
    QCOMPARE(w.ids(), QStringList{ a });
    QCOMPARE(w.lastOf(a).detail, SnapshotDetail::Outline);
}

void tst_SnapshotSubscriptionDetail::beginsAnewWithMoreDetail()
{
    Watch w;
    QVERIFY(w.isBegun);
    w.source.setMetric(a, ticks(2));
    QTRY_COMPARE(w.updates.size(), 2);

    w.subscription->setDetail(SnapshotDetail::Metrics);

    QTRY_COMPARE(w.updates.size(), 3);
    QVERIFY(w.updates.constLast().isComplete);
    QCOMPARE(w.lastOf(a).metrics, QList{ ticks(2) });
}

void tst_SnapshotSubscriptionDetail::goesOnInDetailWithAnOutlineOfTheOthers()
{
    Watch w(SnapshotDetail::Metrics);
    QVERIFY(w.isBegun);
    w.subscription->setDetailedIds({ a });

    w.subscription->setDetail(SnapshotDetail::Outline);
    w.source.setMetric(a, ticks(2));
    w.source.setMetric(b, ticks(2));

    QTRY_COMPARE(w.updates.size(), 2);
    QCOMPARE(w.lastOf(a).metrics, QList{ ticks(2) });
    QVERIFY(w.lastOf(b).metrics.isEmpty());
}

QTEST_GUILESS_MAIN(tst_SnapshotSubscriptionDetail)
#include "tst_snapshotsubscription_detail.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/recordercomparison_p.h"

#include "shared/countingsource.h"
#include "shared/pollingwitness.h"
#include "shared/testmetrics.h"
#include "shared/threadclock.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Testing::CountingSource;
using Testing::ThreadClock;
using Testing::tickMetric;

namespace {

MetricSnapshot queue(const QVariant &length)
{
    return MetricSnapshot(u"queue"_s).add(u"length"_s, length).add(u"limit"_s, 100);
}

MetricSnapshot bytes(qint64 total)
{
    return MetricSnapshot(u"bytes"_s).add(u"total"_s, total, Unit::bytes(), MetricKind::Counter);
}

// Takes what a ranking tells in the thread of the test.
class Ranked
{
public:
    explicit Ranked(const ComparedValue &value = { u"queue"_s, {} })
    {
        QObject::connect(&ranking, &RecorderRanking::ranked, &ranking,
                         [this](const Ranking &told) { last = told; });
        ranking.begin(1, value);
        source.setTime(10s);
    }

    void update()
    {
        SnapshotUpdate update = source.changesSince(m_version).result();
        m_version = update.version;
        ranking.apply(update);
    }

    QStringList ids() const
    {
        QStringList ids;
        for (const RankedRecorder &recorder : last.recorders)
            ids.append(recorder.entityId);
        return ids;
    }

    SnapshotListSource source;
    RecorderRanking ranking;
    Ranking last;

private:
    quint64 m_version = 0;
};

} // namespace

class tst_RecorderRanking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ranking
    void ordersRecorders_data();
    void ordersRecorders();
    void tellsTheFirstOfMany();
    void takesTheDimension();
    void forgetsWhatGoes();
    void tellsWhileThereIsMore();
    void holdsTheOrder();
    void drawsValues();
    void drawsHowCountersGrow();

    // from a source
    void ranksInAnotherThread();
    void asksForNothingUnlessActive();
    void tellsAValueThatIsNewWhilePaused();
    void isQuickForTheCaller();
};

void tst_RecorderRanking::ordersRecorders_data()
{
    QTest::addColumn<RankingOrder>("order");
    QTest::addColumn<QStringList>("ids");
    QTest::addRow("largest first")
            << RankingOrder::LargestFirst << QStringList{ u"r2"_s, u"r1"_s, u"r10"_s, u"r3"_s };
    QTest::addRow("smallest first")
            << RankingOrder::SmallestFirst << QStringList{ u"r1"_s, u"r10"_s, u"r2"_s, u"r3"_s };
    QTest::addRow("by name") << RankingOrder::ByName
                             << QStringList{ u"r1"_s, u"r2"_s, u"r3"_s, u"r10"_s };
    QTest::addRow("by name, backwards")
            << RankingOrder::ByNameBackwards << QStringList{ u"r10"_s, u"r3"_s, u"r2"_s, u"r1"_s };
}

void tst_RecorderRanking::ordersRecorders()
{
    QFETCH(const RankingOrder, order);
    Ranked ranked;
    ranked.source.setMetric(u"r10"_s, queue(5));
    ranked.source.setMetric(u"r2"_s, queue(7));
    ranked.source.setMetric(u"r1"_s, queue(5));
    ranked.source.setMetric(u"r3"_s, queue(u"no number"_s));
    ranked.source.setMetric(u"without"_s, bytes(9));

    ranked.ranking.setOrder(order);
    ranked.update();

    QTEST(ranked.ids(), "ids");
    QCOMPARE(ranked.last.total, 4);
    QCOMPARE(ranked.last.largest, 7.0);
}

void tst_RecorderRanking::tellsTheFirstOfMany()
{
    Ranked ranked;
    for (int i = 0; i < 500; ++i)
        ranked.source.setMetric(QString::number(i), queue(i));

    ranked.update();

    QCOMPARE(ranked.last.recorders.size(), RecorderRanking::maxRecorders);
    QCOMPARE(ranked.last.recorders.first().value.toInt(), 499);
    QCOMPARE(ranked.last.recorders.last().value.toInt(), 450);
    QCOMPARE(ranked.last.total, 500);
}

void tst_RecorderRanking::takesTheDimension()
{
    Ranked ranked({ u"queue"_s, u"limit"_s });
    ranked.source.setMetric(u"a"_s, queue(5));

    ranked.update();

    QCOMPARE(ranked.last.recorders.first().value.toInt(), 100);
    QCOMPARE(ranked.last.dimension, u"limit"_s);
}

void tst_RecorderRanking::forgetsWhatGoes()
{
    Ranked ranked;
    for (const QString &id : { u"a"_s, u"b"_s, u"c"_s })
        ranked.source.setMetric(id, queue(1));
    ranked.update();

    ranked.source.removeRecorder(u"a"_s);
    ranked.source.removeMetric(u"b"_s, u"queue"_s);
    ranked.update();

    QCOMPARE(ranked.ids(), QStringList{ u"c"_s });
}

void tst_RecorderRanking::tellsWhileThereIsMore()
{
    Ranked ranked;
    ranked.source.setMaxUpdateSize(1);
    ranked.update();
    for (const QString &id : { u"a"_s, u"b"_s, u"c"_s, u"d"_s })
        ranked.source.setMetric(id, queue(1));

    ranked.update();
    QCOMPARE(ranked.last.total, 0);
    ranked.source.advance(1s);
    ranked.update();

    QCOMPARE(ranked.last.total, 2);
}

void tst_RecorderRanking::holdsTheOrder()
{
    Ranked ranked;
    ranked.source.setMetric(u"a"_s, queue(2));
    ranked.source.setMetric(u"b"_s, queue(1));
    ranked.update();
    ranked.ranking.setHeld(true);

    ranked.source.setMetric(u"b"_s, queue(9));
    ranked.update();
    QCOMPARE(ranked.ids(), QStringList({ u"a"_s, u"b"_s }));
    QCOMPARE(ranked.last.recorders.last().value.toInt(), 9);
    ranked.ranking.setHeld(false);
    ranked.source.setMetric(u"a"_s, queue(3));
    ranked.update();

    QCOMPARE(ranked.ids(), QStringList({ u"b"_s, u"a"_s }));
}

void tst_RecorderRanking::drawsValues()
{
    Ranked ranked;
    for (const int length : { 3, 4 }) {
        ranked.source.setMetric(u"a"_s, queue(length));
        ranked.update();
    }
    ranked.ranking.pass();

    const std::vector<double> trend = ranked.last.recorders.first().trend;
    QCOMPARE(trend.size(), RecorderRanking::trendLength);
    QCOMPARE(std::vector<double>(trend.end() - 3, trend.end()), std::vector<double>({ 3, 4, 4 }));
    QVERIFY(std::isnan(*(trend.end() - 4)));
}

void tst_RecorderRanking::drawsHowCountersGrow()
{
    Ranked ranked({ u"bytes"_s, {} });
    for (const int total : { 100, 600, 50 }) {
        ranked.source.setMetric(u"a"_s, bytes(total));
        ranked.source.advance(2s);
        ranked.update();
    }

    const std::vector<double> trend = ranked.last.recorders.first().trend;
    QVERIFY(std::isnan(*(trend.end() - 3)));
    QCOMPARE(*(trend.end() - 2), 250.0); // in a second
    QVERIFY(std::isnan(trend.back())); // it was reset
}

void tst_RecorderRanking::ranksInAnotherThread()
{
    SnapshotListSource source;
    source.setMetric(u"a"_s, queue(1));
    source.setMetric(u"b"_s, queue(2));
    RecorderComparison comparison;
    Ranking last;
    connect(&comparison, &RecorderComparison::ranked, this,
            [&last](const Ranking &ranking) { last = ranking; });

    comparison.setSource(&source);
    comparison.setValue({ u"queue"_s, {} });
    comparison.setActive(true);
    QTRY_COMPARE(last.total, 2);
    QCOMPARE(last.recorders.first().entityId, u"b"_s);
    comparison.setValue({ u"queue"_s, u"limit"_s });

    QTRY_COMPARE(last.dimension, u"limit"_s);
}

void tst_RecorderRanking::asksForNothingUnlessActive()
{
    constexpr std::chrono::milliseconds pace{ 250 }; // of a comparison
    SnapshotListSource source;
    source.setMetric(u"a"_s, queue(1));
    CountingSource counting(&source);
    RecorderComparison comparison;
    QSignalSpy ranked(&comparison, &RecorderComparison::ranked);
    comparison.setSource(&counting);
    comparison.setValue({ u"queue"_s, {} });
    comparison.setActive(true);
    QTRY_VERIFY(!ranked.isEmpty());

    comparison.setActive(false);
    ranked.clear();
    const int asked = counting.requestCount();
    source.setMetric(u"a"_s, queue(2));
    QVERIFY(Testing::waitForPolls(pace, 2));

    QCOMPARE(counting.requestCount(), asked);
    QVERIFY(ranked.isEmpty());
}

void tst_RecorderRanking::tellsAValueThatIsNewWhilePaused()
{
    SnapshotListSource source;
    source.setMaxUpdateSize(10);
    for (int i = 0; i < 25; ++i)
        source.setMetric(QString::number(i), queue(i));
    RecorderComparison comparison;
    Ranking last;
    connect(&comparison, &RecorderComparison::ranked, this,
            [&last](const Ranking &ranking) { last = ranking; });
    comparison.setSource(&source);
    comparison.setPaused(true);
    comparison.setActive(true);

    comparison.setValue({ u"queue"_s, {} });

    QTRY_COMPARE(last.total, 25);
}

// Measures what the recorders cost this thread; that depends on the machine.
void tst_RecorderRanking::isQuickForTheCaller()
{
    constexpr int count = 5'000;
    MetricsRuntime runtime(u"many"_s);
    QVERIFY(runtime.start());
    for (int i = 0; i < count; ++i)
        runtime.createRecorder(QString::number(i))->registerMetric(tickMetric({}, u"ticks"_s));
    RecorderComparison comparison;
    Ranking last;
    connect(&comparison, &RecorderComparison::ranked, this,
            [&last](const Ranking &ranking) { last = ranking; });
    comparison.setSource(runtime.snapshotSource());
    comparison.setValue({ u"ticks"_s, {} });
    comparison.setActive(true);
    std::chrono::nanoseconds longest{};
    ThreadClock clock;
    clock.follow();

    while (last.total < count) {
        const std::chrono::nanoseconds begin = clock.time();
        QCoreApplication::processEvents();
        longest = std::max(longest, clock.time() - begin);
    }

    qInfo("the longest turn of the event loop: %.2f ms", double(longest.count()) / 1e6);
    QCOMPARE(last.recorders.size(), RecorderRanking::maxRecorders);
}

QTEST_GUILESS_MAIN(tst_RecorderRanking)
#include "tst_recorderranking.moc"

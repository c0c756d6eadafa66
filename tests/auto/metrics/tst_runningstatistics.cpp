// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/seed.h"

#include <recorders/metrics/runningstatistics.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Recorders::Internal;

class tst_RunningStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingWithoutValues();
    void describesItsValues_data();
    void describesItsValues();
    void keepsADeviationThatIsSmallBesideTheMean();
    void agreesWithTwoPasses();
    void staysDefinedForTheGreatestNumbers();
    void keepsTheMeanBetweenTheExtremes();
    void tellsExtremesAsWholeNumbers();
    void mergesAsIfAddedToOne_data();
    void mergesAsIfAddedToOne();
};

using Values = std::vector<double>;

namespace {

RunningStatistics statisticsOf(const Values &values)
{
    RunningStatistics statistics;
    for (const double value : values)
        statistics.add(Number::of(value));
    return statistics;
}

bool isClose(double value, double expected, double relative = 1e-12)
{
    return std::abs(value - expected) <= relative * std::max(std::abs(expected), 1e-300);
}

// Two passes, in the long double of the machine.
struct Exact
{
    explicit Exact(const Values &values)
    {
        for (const double value : values)
            mean += value;
        mean /= static_cast<long double>(values.size());
        for (const double value : values)
            variance += (value - mean) * (value - mean);
        variance /= static_cast<long double>(values.size());
    }
    long double mean = 0;
    long double variance = 0;
};

Values randomValues(std::size_t count, double mean, double deviation)
{
    auto generator = Testing::seededGenerator("tst_RunningStatistics");
    std::normal_distribution<double> normal(mean, deviation);
    Values values(count);
    std::generate(values.begin(), values.end(), [&] { return normal(generator); });
    return values;
}

} // namespace

void tst_RunningStatistics::knowsNothingWithoutValues()
{
    const RunningStatistics statistics;

    QCOMPARE(statistics.count(), quint64(0));
    QVERIFY(std::isnan(statistics.mean()));
    QVERIFY(std::isnan(statistics.standardDeviation()));
    QVERIFY(!statistics.extremes().minVariant().isValid());
    QVERIFY(!statistics.extremes().maxVariant().isValid());
    QCOMPARE(statistics.sum().toDouble(), 0.0);
}

void tst_RunningStatistics::describesItsValues_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("deviation");
    QTest::addColumn<double>("min");
    QTest::addColumn<double>("max");

    QTest::newRow("one") << Values{ 5 } << 5.0 << 0.0 << 5.0 << 5.0;
    QTest::newRow("equal ones") << Values(1000, 0.1) << 0.1 << 0.0 << 0.1 << 0.1;
    QTest::newRow("a few") << Values{ 2, 4, 4, 4, 5, 5, 7, 9 } << 5.0 << 2.0 << 2.0 << 9.0;
    QTest::newRow("on both sides of 0") << Values{ -1, 1 } << 0.0 << 1.0 << -1.0 << 1.0;
}

void tst_RunningStatistics::describesItsValues()
{
    QFETCH(const Values, values);
    QFETCH(const double, mean);
    QFETCH(const double, deviation);
    QFETCH(const double, min);
    QFETCH(const double, max);

    const RunningStatistics statistics = statisticsOf(values);

    QCOMPARE(statistics.count(), quint64(values.size()));
    QCOMPARE(statistics.mean(), mean);
    QCOMPARE(statistics.standardDeviation(), deviation);
    QCOMPARE(statistics.extremes().min(), min);
    QCOMPARE(statistics.extremes().max(), max);
}

// Where a sum of squares would be off by more than the result.
void tst_RunningStatistics::keepsADeviationThatIsSmallBesideTheMean()
{
    Values values;
    for (int i = 0; i < 1000; ++i)
        values.insert(values.end(), { 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16 });

    const RunningStatistics statistics = statisticsOf(values);

    QCOMPARE(statistics.mean(), 1e9 + 10);
    QVERIFY(isClose(statistics.standardDeviation(), std::sqrt(22.5), 1e-9));
}

void tst_RunningStatistics::agreesWithTwoPasses()
{
    const Values values = randomValues(100'000, 1e6, 3);
    const Exact exact(values);

    const RunningStatistics statistics = statisticsOf(values);

    QVERIFY(isClose(statistics.mean(), double(exact.mean), 1e-13));
    QVERIFY(isClose(statistics.standardDeviation(), double(std::sqrt(exact.variance)), 1e-9));
}

void tst_RunningStatistics::staysDefinedForTheGreatestNumbers()
{
    const double great = std::numeric_limits<double>::max() / 4;

    const RunningStatistics statistics = statisticsOf({ great, -great, great, -great });

    QVERIFY(std::abs(statistics.mean()) <= great);
    QCOMPARE(statistics.standardDeviation(), std::numeric_limits<double>::infinity());
    QCOMPARE(statistics.extremes().max(), great);
}

void tst_RunningStatistics::keepsTheMeanBetweenTheExtremes()
{
    const RunningStatistics statistics = statisticsOf(Values(1'000'003, 0.3));

    QCOMPARE_EQ(statistics.mean() - 0.3, 0.0);
}

void tst_RunningStatistics::tellsExtremesAsWholeNumbers()
{
    RunningStatistics statistics;

    statistics.add(Number::of(std::numeric_limits<qint64>::max()));
    statistics.add(Number::of(std::numeric_limits<qint64>::min()));

    QCOMPARE(statistics.extremes().maxVariant(), QVariant(std::numeric_limits<qlonglong>::max()));
    QCOMPARE(statistics.extremes().minVariant(), QVariant(std::numeric_limits<qlonglong>::min()));
}

void tst_RunningStatistics::mergesAsIfAddedToOne_data()
{
    QTest::addColumn<qsizetype>("first");

    QTest::newRow("into nothing") << qsizetype(0);
    QTest::newRow("nothing") << qsizetype(1000);
    QTest::newRow("few and many") << qsizetype(3);
    QTest::newRow("halves") << qsizetype(500);
}

void tst_RunningStatistics::mergesAsIfAddedToOne()
{
    QFETCH(const qsizetype, first);
    Values values = randomValues(1000, 1e4, 5);
    for (qsizetype i = 0; i < first; ++i)
        values[std::size_t(i)] += 1e3; // so that the means differ
    const RunningStatistics all = statisticsOf(values);

    RunningStatistics merged = statisticsOf({ values.begin(), values.begin() + first });
    merged.merge(statisticsOf({ values.begin() + first, values.end() }));

    QCOMPARE(merged.count(), all.count());
    QVERIFY(isClose(merged.mean(), all.mean()));
    QVERIFY(isClose(merged.standardDeviation(), all.standardDeviation(), 1e-9));
    QVERIFY(isClose(merged.sum().toDouble(), all.sum().toDouble()));
    QCOMPARE(merged.extremes().min(), all.extremes().min());
    QCOMPARE(merged.extremes().max(), all.extremes().max());
}

QTEST_GUILESS_MAIN(tst_RunningStatistics)
#include "tst_runningstatistics.moc"

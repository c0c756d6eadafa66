// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/seed.h"

#include <recorders/metrics/exponentialhistogram.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace Recorders;
using namespace Testing;

using Values = std::vector<double>;

class tst_ExponentialHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingWithoutValues();

    // buckets, after the specification of OpenTelemetry
    void findsTheBucketOfAValue_data();
    void findsTheBucketOfAValue();
    void putsPowersOfTwoBelow();
    void halvesTheIndexWithEachScale();
    void choosesTheFinestScale_data();
    void choosesTheFinestScale();
    void keepsEveryValueAtEachChangeOfScale();

    // percentiles
    void estimatesQuantiles_data();
    void estimatesQuantiles();
    void knowsItsRelativeError_data();
    void knowsItsRelativeError();
    void takesTheNearestRank();
    void tellsExtremesExactly();
    void countsZeros();

    void mergesAsIfAddedToOne_data();
    void mergesAsIfAddedToOne();
    void copies();
    void allocatesOnce_data();
    void allocatesOnce();
};

namespace {

constexpr double greatest = std::numeric_limits<double>::max();
constexpr double least = std::numeric_limits<double>::denorm_min();

ExponentialHistogram histogramOf(const Values &values)
{
    ExponentialHistogram histogram;
    for (const double value : values)
        histogram.add(value);
    return histogram;
}

// The specification: base = 2^(2^-scale), bucket i is (base^i, base^(i+1)].
long double boundary(int index, int scale)
{
    return std::exp2(std::ldexp(static_cast<long double>(index), -scale));
}

quint64 sumOf(const QList<quint64> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), quint64(0));
}

template <typename Distribution>
Values valuesOf(Distribution distribution, std::size_t count = 20'000)
{
    auto generator = seededGenerator("tst_ExponentialHistogram");
    Values values(count);
    std::generate(values.begin(), values.end(), [&] { return distribution(generator); });
    return values;
}

double logUniform(std::mt19937_64 &generator)
{
    return std::pow(10, std::uniform_real_distribution<double>(0, 12)(generator));
}

double bimodal(std::mt19937_64 &generator)
{
    const bool isSlow = std::bernoulli_distribution(0.2)(generator);
    return isSlow ? std::normal_distribution<double>(5e6, 2e5)(generator)
                  : std::normal_distribution<double>(2e3, 1e2)(generator);
}

void addDistributions()
{
    QTest::addColumn<Values>("values");

    QTest::newRow("uniform") << valuesOf(std::uniform_real_distribution<double>(1, 1000));
    QTest::newRow("log-normal") << valuesOf(std::lognormal_distribution<double>(10, 1.5));
    QTest::newRow("bimodal") << valuesOf(bimodal);
    QTest::newRow("constant") << Values(1000, 12345.678);
    QTest::newRow("1 to 10^12") << valuesOf(logUniform);
    QTest::newRow("narrow") << valuesOf(std::uniform_real_distribution<double>(1000, 1001));
    QTest::newRow("whole numbers") << valuesOf(std::uniform_int_distribution<int>(0, 20));
    QTest::newRow("all that a double holds") << Values{ least, 1e-300, 1, 1e300, greatest / 4 };
}

} // namespace

void tst_ExponentialHistogram::knowsNothingWithoutValues()
{
    const ExponentialHistogram histogram;

    QCOMPARE(histogram.count(), quint64(0));
    QVERIFY(std::isnan(histogram.quantile(0.5)));
    QCOMPARE(histogram.bucketCounts(), QList<quint64>());
    QCOMPARE(histogram.scale(), 20);
}

void tst_ExponentialHistogram::findsTheBucketOfAValue_data()
{
    QTest::addColumn<int>("scale");

    for (int scale = -10; scale <= ExponentialHistogram::maxScale; ++scale)
        QTest::addRow("scale %d", scale) << scale;
}

void tst_ExponentialHistogram::findsTheBucketOfAValue()
{
    QFETCH(const int, scale);
    auto generator = seededGenerator("tst_ExponentialHistogram");
    std::uniform_real_distribution<double> exponent(-1070, 1022);

    for (int i = 0; i < 3000; ++i) {
        const double value = std::exp2(exponent(generator));
        const int index = ExponentialHistogram::bucketIndex(value, scale);
        // A part in 10^14, which is what a double can tell, belongs to either bucket.
        QVERIFY2(boundary(index, scale) < value * (1 + 1e-14L), qPrintable(QString::number(value)));
        QVERIFY2(value <= boundary(index + 1, scale) * (1 + 1e-14L),
                 qPrintable(QString::number(value)));
        if (value > 1e-300) {
            const long double exact = boundary(index, scale);
            const double lower = ExponentialHistogram::lowerBoundary(index, scale);
            QVERIFY(std::abs(lower / exact - 1) < 1e-14L || exact < 1e-300L);
        }
    }
}

void tst_ExponentialHistogram::putsPowersOfTwoBelow()
{
    for (int scale = -10; scale <= ExponentialHistogram::maxScale; ++scale) {
        for (int exponent = -1074; exponent <= 1023; ++exponent) {
            const double value = std::ldexp(1.0, exponent);
            const qint64 indexAbove = scale >= 0 ? qint64(exponent) * (1 << scale) : 0;
            const int expected = scale >= 0 ? int(indexAbove - 1) : (exponent - 1) >> -scale;
            QCOMPARE(ExponentialHistogram::bucketIndex(value, scale), expected);
            if (exponent > -1022 && exponent < 1023) {
                const int above =
                        ExponentialHistogram::bucketIndex(std::nextafter(value, greatest), scale);
                QCOMPARE(above, scale >= 0 ? int(indexAbove) : exponent >> -scale);
            }
        }
    }
}

void tst_ExponentialHistogram::halvesTheIndexWithEachScale()
{
    auto generator = seededGenerator("tst_ExponentialHistogram");
    for (int i = 0; i < 10'000; ++i) {
        const double value = logUniform(generator);
        for (int scale = 7; scale > -4; --scale) {
            QCOMPARE(ExponentialHistogram::bucketIndex(value, scale - 1),
                     ExponentialHistogram::bucketIndex(value, scale) >> 1);
        }
    }
}

void tst_ExponentialHistogram::choosesTheFinestScale_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<int>("scale");

    QTest::newRow("one value") << Values{ 42 } << 20;
    QTest::newRow("its neighbour") << Values{ 42, std::nextafter(42, 43) } << 20;
    QTest::newRow("0 beside it") << Values{ 0, 42 } << 20;
    QTest::newRow("1 to 2") << Values{ 1.0001, 2 } << 7;
    QTest::newRow("1 to 1024") << Values{ 1.0001, 1024 } << 4;
    QTest::newRow("1024 to 1") << Values{ 1024, 1.0001 } << 4;
    QTest::newRow("1 to 10^6") << Values{ 1.001, 1e6 } << 3;
    QTest::newRow("1 to 10^12") << Values{ 1.001, 1e12 } << 2;
    QTest::newRow("all that there is") << Values{ least, greatest } << -4;
}

void tst_ExponentialHistogram::choosesTheFinestScale()
{
    QFETCH(const Values, values);
    QFETCH(const int, scale);

    const ExponentialHistogram histogram = histogramOf(values);

    QCOMPARE(histogram.scale(), scale);
    const auto [from, to] = std::minmax_element(values.begin(), values.end());
    const double lowest = *from > 0 ? *from : *to;
    const auto span = [&](int at) {
        return ExponentialHistogram::bucketIndex(*to, at)
                - ExponentialHistogram::bucketIndex(lowest, at) + 1;
    };
    QVERIFY(span(scale) <= ExponentialHistogram::maxBucketCount);
    QVERIFY(scale == 20 || span(scale + 1) > ExponentialHistogram::maxBucketCount);
}

void tst_ExponentialHistogram::keepsEveryValueAtEachChangeOfScale()
{
    Values values = valuesOf(logUniform, 2000);
    ExponentialHistogram histogram;
    Values added;

    for (const double value : values) {
        histogram.add(value);
        added.push_back(value);
        if (added.size() % 100 != 0 && added.size() > 100)
            continue;
        QList<quint64> expected(histogram.bucketCounts().size());
        for (const double each : added) {
            const int index = ExponentialHistogram::bucketIndex(each, histogram.scale());
            ++expected[index - histogram.firstBucket()];
        }
        if (histogram.scale() <= 7)
            QCOMPARE(histogram.bucketCounts(), expected);
        QCOMPARE(sumOf(histogram.bucketCounts()), quint64(added.size()));
    }
}

void tst_ExponentialHistogram::estimatesQuantiles_data()
{
    addDistributions();
}

void tst_ExponentialHistogram::estimatesQuantiles()
{
    QFETCH(Values, values);

    const ExponentialHistogram histogram = histogramOf(values);

    std::sort(values.begin(), values.end());
    for (const double q : { 0.0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1.0 }) {
        const double rank = std::max(1.0, std::ceil(q * double(values.size()) * (1 - 1e-15)));
        const double exact = values[std::size_t(rank) - 1];
        const double estimate = histogram.quantile(q);
        const double error = exact == 0 ? estimate : std::abs(estimate / exact - 1);
        QVERIFY2(error <= histogram.relativeError() * (1 + 1e-9),
                 qPrintable(QStringLiteral("q %1: %2, exactly %3, scale %4")
                                    .arg(q)
                                    .arg(estimate)
                                    .arg(exact)
                                    .arg(histogram.scale())));
    }
}

void tst_ExponentialHistogram::knowsItsRelativeError_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<int>("scale");
    QTest::addColumn<double>("error");

    // (b - 1) / (b + 1), where b is 2 to the power of 2^-scale
    QTest::newRow("scale 20") << Values{ 42 } << 20 << 3.305183318e-7;
    QTest::newRow("scale 7") << Values{ 1.0001, 2 } << 7 << 0.002707599557;
    QTest::newRow("scale 5") << Values{ 1.0001, 31 } << 5 << 0.01083000125;
    QTest::newRow("scale 4") << Values{ 1.0001, 1024 } << 4 << 0.02165746233;
    QTest::newRow("scale 3") << Values{ 1.001, 1e6 } << 3 << 0.0432946174;
    QTest::newRow("scale 2") << Values{ 1.001, 1e12 } << 2 << 0.08642723373;
    QTest::newRow("scale 1") << Values{ 1, 8e23 } << 1 << 0.1715728753;
    QTest::newRow("scale 0") << Values{ 1e-10, 1e30 } << 0 << 1.0 / 3;
    QTest::newRow("scale -1") << Values{ 1e-40, 1e40 } << -1 << 0.6;
    QTest::newRow("scale -4") << Values{ least, greatest } << -4 << 0.9999694829;
}

void tst_ExponentialHistogram::knowsItsRelativeError()
{
    QFETCH(const Values, values);
    QFETCH(const int, scale);
    QFETCH(const double, error);

    const ExponentialHistogram histogram = histogramOf(values);

    QCOMPARE(histogram.scale(), scale);
    QVERIFY2(std::abs(histogram.relativeError() / error - 1) < 1e-7,
             qPrintable(QString::number(histogram.relativeError(), 'g', 10)));
}

void tst_ExponentialHistogram::takesTheNearestRank()
{
    Values values(100, 1.0);
    values[99] = 1000;

    const ExponentialHistogram histogram = histogramOf(values);

    QVERIFY(histogram.quantile(0.99) < 1.1);
    QVERIFY(histogram.quantile(0.991) > 900);
}

void tst_ExponentialHistogram::tellsExtremesExactly()
{
    const ExponentialHistogram histogram = histogramOf({ 3, 70, 1000.5 });

    QCOMPARE(histogram.extremes().min(), 3.0);
    QCOMPARE(histogram.extremes().max(), 1000.5);
    QCOMPARE(histogram.sum().toDouble(), 1073.5);
    QCOMPARE(histogramOf(Values(9, 0.1)).quantile(0.5), 0.1);
}

void tst_ExponentialHistogram::countsZeros()
{
    const ExponentialHistogram histogram = histogramOf({ 0, 0, 0, 8 });

    QCOMPARE(histogram.count(), quint64(4));
    QCOMPARE(histogram.zeroCount(), quint64(3));
    QCOMPARE(sumOf(histogram.bucketCounts()), quint64(1));
    QCOMPARE(histogram.quantile(0.75), 0.0);
    QCOMPARE(histogram.quantile(1), 8.0);
    QCOMPARE(histogramOf({ 0, 0 }).quantile(0.999), 0.0);
}

void tst_ExponentialHistogram::mergesAsIfAddedToOne_data()
{
    addDistributions();
}

void tst_ExponentialHistogram::mergesAsIfAddedToOne()
{
    QFETCH(Values, values);
    std::sort(values.begin(), values.end()); // so that the two halves have little in common
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    const ExponentialHistogram all = histogramOf(values);
    const ExponentialHistogram low = histogramOf({ values.begin(), middle });
    const ExponentialHistogram high = histogramOf({ middle, values.end() });

    for (const auto &[first, second] : { std::pair(low, high), std::pair(high, low) }) {
        ExponentialHistogram merged;
        merged.merge(first);
        merged.merge(ExponentialHistogram());
        merged.merge(second);

        QCOMPARE(merged.count(), all.count());
        QCOMPARE(merged.scale(), all.scale());
        QCOMPARE(merged.zeroCount(), all.zeroCount());
        QCOMPARE(merged.firstBucket(), all.firstBucket());
        QCOMPARE(merged.extremes().max(), all.extremes().max());
        if (all.scale() <= 7) // finer ones round values that lie on a boundary
            QCOMPARE(merged.bucketCounts(), all.bucketCounts());
        QCOMPARE(sumOf(merged.bucketCounts()), sumOf(all.bucketCounts()));
    }
}

void tst_ExponentialHistogram::copies()
{
    const ExponentialHistogram original = histogramOf({ 1, 2, 3 });

    ExponentialHistogram copy = original;
    copy.add(1000.0);

    QCOMPARE(sumOf(original.bucketCounts()), quint64(3));
    QCOMPARE(sumOf(copy.bucketCounts()), quint64(4));
    copy = original;
    QCOMPARE(copy.bucketCounts(), original.bucketCounts());
}

void tst_ExponentialHistogram::allocatesOnce_data()
{
    QTest::addColumn<double>("firstValue");

    QTest::newRow("0 first") << 0.0;
    QTest::newRow("a number above 0 first") << 1.0;
}

void tst_ExponentialHistogram::allocatesOnce()
{
    QFETCH(const double, firstValue);
    Values values = valuesOf(logUniform, 2000);
    values.insert(values.end(), { 0, least, greatest });
    ExponentialHistogram histogram;
    const AllocationCounter first;
    histogram.add(firstValue);
    QCOMPARE(first.count(), 1);

    const AllocationCounter counter;
    for (const double value : values)
        histogram.add(value);

    QCOMPARE(counter.count(), 0);
}

QTEST_GUILESS_MAIN(tst_ExponentialHistogram)
#include "tst_exponentialhistogram.moc"

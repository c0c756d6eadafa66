// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/seed.h"

#include <recorders/core/distribution.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaMethod>
#include <QMetaProperty>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <type_traits>
#include <vector>

using namespace Recorders;
using namespace Testing;

using Values = std::vector<double>;

class tst_Distribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void knowsNothingWithoutValues();
    void refusesNumbersOfBuckets_data();
    void refusesNumbersOfBuckets();

    // buckets, after the specification of OpenTelemetry
    void agreesWithTheSdk_data();
    void agreesWithTheSdk();
    void findsTheBucketOfAValue_data();
    void findsTheBucketOfAValue();
    void putsPowersOfTwoBelow();
    void halvesTheIndexWithEachScale();
    void choosesTheFinestScale_data();
    void choosesTheFinestScale();
    void keepsEveryValueAtEachChangeOfScale();
    void keepsBothSignsAtOneScale();

    // what is special
    void countsZeros();
    void countsInvalidNumbersApart();
    void holdsWhateverADoubleHolds_data();
    void holdsWhateverADoubleHolds();
    void sumsUpExactly();

    // percentiles
    void estimatesQuantiles_data();
    void estimatesQuantiles();
    void knowsItsRelativeError_data();
    void knowsItsRelativeError();
    void takesTheNearestRank();
    void tellsExtremesExactly();
    void hasNoQuantileBeyondAll();

    // merging
    void mergesInAnyOrder_data();
    void mergesInAnyOrder();
    void mergesWithItself();
    void keepsItsOwnBucketsWhenMerging();

    // as a value
    void copies();
    void isEmptyAfterAMove();
    void comparesByContent_data();
    void comparesByContent();
    void isAMetatypeWithProperties();

    // memory
    void allocatesOncePerSign_data();
    void allocatesOncePerSign();
    void mergesWithoutAllocating();
};

namespace {

constexpr double greatest = std::numeric_limits<double>::max();
constexpr double least = std::numeric_limits<double>::denorm_min();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

Distribution distributionOf(const Values &values, int maxBuckets = 160)
{
    Distribution distribution(maxBuckets);
    for (const double value : values)
        distribution.record(value);
    return distribution;
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

template <typename RandomValue>
Values valuesOf(RandomValue value, std::size_t count = 20'000)
{
    auto generator = seededGenerator("tst_Distribution");
    Values values(count);
    std::generate(values.begin(), values.end(), [&] { return value(generator); });
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

double ofBothSigns(std::mt19937_64 &generator)
{
    const int kind = std::uniform_int_distribution<int>(0, 9)(generator);
    return kind == 0 ? 0 : (kind < 4 ? -1 : 1) * logUniform(generator);
}

double hugeOrTiny(std::mt19937_64 &generator)
{
    const double exponent = std::uniform_real_distribution<double>(-1074, 1000)(generator);
    return std::exp2(exponent) * (std::bernoulli_distribution(0.5)(generator) ? -1 : 1);
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
    QTest::newRow("all that a double holds") << Values{ least, 1e-300, 1, 1e300, greatest };
    QTest::newRow("of both signs") << valuesOf(ofBothSigns);
    QTest::newRow("normal, about 0") << valuesOf(std::normal_distribution<double>(0, 10));
    QTest::newRow("below 0") << valuesOf(std::uniform_real_distribution<double>(-1000, -1));
}

} // namespace

void tst_Distribution::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Distribution::knowsNothingWithoutValues()
{
    const Distribution distribution;

    QVERIFY(distribution.isEmpty());
    QCOMPARE(distribution.count(), quint64(0));
    QCOMPARE(distribution.sum(), 0.0);
    QVERIFY(std::isnan(distribution.min()));
    QVERIFY(std::isnan(distribution.max()));
    QVERIFY(std::isnan(distribution.quantile(0.5)));
    QCOMPARE(distribution.bucketCounts(), QList<quint64>());
    QCOMPARE(distribution.negativeBucketCounts(), QList<quint64>());
    QCOMPARE(distribution.offset(), 0);
    QCOMPARE(distribution.scale(), 20);
    QCOMPARE(distribution.maxBuckets(), 160);
}

void tst_Distribution::refusesNumbersOfBuckets_data()
{
    QTest::addColumn<int>("given");
    QTest::addColumn<int>("used");

    QTest::newRow("none") << 0 << 2;
    QTest::newRow("one") << 1 << 2;
    QTest::newRow("less than none") << -7 << 2;
    QTest::newRow("too many") << 65'537 << 65'536;
}

void tst_Distribution::refusesNumbersOfBuckets()
{
    QFETCH(const int, given);
    QFETCH(const int, used);
    const auto warning = QStringLiteral("Distribution: maxBuckets must be from 2 to 65536, not %1");
    QTest::ignoreMessage(QtWarningMsg, qPrintable(warning.arg(given)));

    const Distribution distribution(given);

    QCOMPARE(distribution.maxBuckets(), used);
}

void tst_Distribution::agreesWithTheSdk_data()
{
    QTest::addColumn<QJsonObject>("series");

    QFile file(QStringLiteral(TEST_DATA "/exponential_histograms.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    file.readLine(); // says where they are from
    while (!file.atEnd()) {
        const QJsonObject series = QJsonDocument::fromJson(file.readLine()).object();
        QTest::addRow("%s", qPrintable(series[u"name"].toString())) << series;
    }
}

void tst_Distribution::agreesWithTheSdk()
{
    QFETCH(const QJsonObject, series);
    const QJsonObject expected = series[u"expected"].toObject();

    Distribution distribution(series[u"maxSize"].toInt());
    for (const auto value : series[u"values"].toArray())
        distribution.record(value.toDouble());

    QCOMPARE(distribution.scale(), expected[u"scale"].toInt());
    QCOMPARE(distribution.offset(), expected[u"offset"].toInt());
    QJsonArray counts;
    for (const quint64 count : distribution.bucketCounts())
        counts.append(qint64(count));
    QCOMPARE(counts, expected[u"bucketCounts"].toArray());
    QCOMPARE(qint64(distribution.zeroCount()), expected[u"zeroCount"].toInteger());
    QCOMPARE(qint64(distribution.count()), expected[u"count"].toInteger());
    QCOMPARE(distribution.min(), expected[u"min"].toDouble());
    QCOMPARE(distribution.max(), expected[u"max"].toDouble());
    QVERIFY(std::abs(distribution.sum() / expected[u"sum"].toDouble() - 1) < 1e-12);
}

void tst_Distribution::findsTheBucketOfAValue_data()
{
    QTest::addColumn<int>("scale");

    for (int scale = Distribution::minScale; scale <= Distribution::maxScale; ++scale)
        QTest::addRow("scale %d", scale) << scale;
}

void tst_Distribution::findsTheBucketOfAValue()
{
    QFETCH(const int, scale);
    auto generator = seededGenerator("tst_Distribution");
    std::uniform_real_distribution<double> exponent(-1070, 1023);
    // A finer one may round a value that is next to a boundary.
    const long double rounding = scale <= 7 ? 0 : 4e-16L;

    for (int i = 0; i < 3000; ++i) {
        const double value = std::exp2(exponent(generator));
        const int index = Distribution::bucketIndex(value, scale);
        QVERIFY2(boundary(index, scale) < value * (1 + rounding),
                 qPrintable(QString::number(value)));
        QVERIFY2(value <= boundary(index + 1, scale) * (1 + rounding),
                 qPrintable(QString::number(value)));
        if (value > 1e-300) {
            const long double exact = boundary(index, scale);
            const double lower = Distribution::lowerBoundary(index, scale);
            QVERIFY(std::abs(lower / exact - 1) < 1e-14L || exact < 1e-300L);
        }
    }
}

void tst_Distribution::putsPowersOfTwoBelow()
{
    for (int scale = Distribution::minScale; scale <= Distribution::maxScale; ++scale) {
        for (int exponent = -1074; exponent <= 1023; ++exponent) {
            const double value = std::ldexp(1.0, exponent);
            const qint64 indexAbove = scale >= 0 ? qint64(exponent) * (1 << scale) : 0;
            const int expected = scale >= 0 ? int(indexAbove - 1) : (exponent - 1) >> -scale;
            QCOMPARE(Distribution::bucketIndex(value, scale), expected);
            if (exponent > -1022 && exponent < 1023) {
                const int above = Distribution::bucketIndex(std::nextafter(value, greatest), scale);
                QCOMPARE(above, scale >= 0 ? int(indexAbove) : exponent >> -scale);
            }
        }
    }
}

// Above all next to boundaries, where a logarithm rounds to either side.
void tst_Distribution::halvesTheIndexWithEachScale()
{
    auto generator = seededGenerator("tst_Distribution");
    Values values;
    for (int i = 0; i < 2000; ++i) {
        const int scale = i % (Distribution::maxScale + 1);
        std::uniform_int_distribution<int> indices(-(20 << scale), 20 << scale);
        const double near = double(boundary(indices(generator), scale));
        values.insert(values.end(),
                      { near, std::nextafter(near, 0), std::nextafter(near, infinity),
                        std::abs(hugeOrTiny(generator)) });
    }

    for (const double value : values) {
        const int finest = Distribution::bucketIndex(value, Distribution::maxScale);
        for (int scale = Distribution::minScale; scale <= Distribution::maxScale; ++scale)
            QCOMPARE(Distribution::bucketIndex(value, scale), finest >> (20 - scale));
        const int exact = Distribution::bucketIndex(value, 7);
        QVERIFY(boundary(exact, 7) < value && value <= boundary(exact + 1, 7));
    }
}

void tst_Distribution::choosesTheFinestScale_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<int>("maxBuckets");
    QTest::addColumn<int>("scale");

    QTest::newRow("one value") << Values{ 42 } << 160 << 20;
    QTest::newRow("its neighbour") << Values{ 42, std::nextafter(42, 43) } << 160 << 20;
    QTest::newRow("0 beside it") << Values{ 0, 42 } << 160 << 20;
    QTest::newRow("1 to 2") << Values{ 1.0001, 2 } << 160 << 7;
    QTest::newRow("1 to 1024") << Values{ 1.0001, 1024 } << 160 << 4;
    QTest::newRow("1024 to 1") << Values{ 1024, 1.0001 } << 160 << 4;
    QTest::newRow("1 to 10^6") << Values{ 1.001, 1e6 } << 160 << 3;
    QTest::newRow("1 to 10^12") << Values{ 1.001, 1e12 } << 160 << 2;
    QTest::newRow("all that there is") << Values{ least, greatest } << 160 << -4;
    QTest::newRow("all, in three") << Values{ least, 1, greatest } << 3 << -10;
    QTest::newRow("all, in two") << Values{ least, 1, greatest } << 2 << -10;
    QTest::newRow("all of it, in many") << Values{ least, greatest } << 65'536 << 4;
    QTest::newRow("1 to 2, in many") << Values{ 1.0001, 2 } << 65'536 << 16;
}

void tst_Distribution::choosesTheFinestScale()
{
    QFETCH(const Values, values);
    QFETCH(const int, maxBuckets);
    QFETCH(const int, scale);

    const Distribution distribution = distributionOf(values, maxBuckets);

    QCOMPARE(distribution.scale(), scale);
    QVERIFY(distribution.bucketCounts().size() <= maxBuckets);
    const auto [from, to] = std::minmax_element(values.begin(), values.end());
    const double lowest = *from > 0 ? *from : *to;
    const auto span = [&](int at) {
        return Distribution::bucketIndex(*to, at) - Distribution::bucketIndex(lowest, at) + 1;
    };
    QVERIFY(scale == 20 || span(scale + 1) > maxBuckets);
}

void tst_Distribution::keepsEveryValueAtEachChangeOfScale()
{
    const Values values = valuesOf(logUniform, 2000);
    Distribution distribution;
    Values added;

    for (const double value : values) {
        distribution.record(value);
        added.push_back(value);
        if (added.size() % 100 != 0 && added.size() > 100)
            continue;
        QList<quint64> expected(distribution.bucketCounts().size());
        for (const double each : added) {
            const int index = Distribution::bucketIndex(each, distribution.scale());
            ++expected[index - distribution.offset()];
        }
        QCOMPARE(distribution.bucketCounts(), expected);
    }
}

void tst_Distribution::keepsBothSignsAtOneScale()
{
    Distribution distribution = distributionOf({ 1024, -3, 5, -3 });
    const int fine = distribution.scale();

    distribution.record(-1e12);

    QVERIFY(distribution.scale() < fine);
    QCOMPARE(distribution.negativeOffset(), Distribution::bucketIndex(3, distribution.scale()));
    QCOMPARE(distribution.negativeBucketCounts().first(), quint64(2));
    QCOMPARE(distribution.negativeBucketCounts().last(), quint64(1));
    QCOMPARE(distribution.offset(), Distribution::bucketIndex(5, distribution.scale()));
    QCOMPARE(sumOf(distribution.bucketCounts()), quint64(2));
}

void tst_Distribution::countsZeros()
{
    const Distribution distribution = distributionOf({ 0, -0.0, 0, 8 });

    QCOMPARE(distribution.count(), quint64(4));
    QCOMPARE(distribution.zeroCount(), quint64(3));
    QCOMPARE(sumOf(distribution.bucketCounts()), quint64(1));
    QCOMPARE(distribution.quantile(0.75), 0.0);
    QCOMPARE(distribution.quantile(1), 8.0);
    QVERIFY(!std::signbit(distributionOf({ -0.0, -0.0 }).min()));
}

void tst_Distribution::countsInvalidNumbersApart()
{
    const Distribution expected = distributionOf({ 1, -2 });

    const Distribution distribution = distributionOf({ notANumber, 1, infinity, -2, -infinity });

    QCOMPARE(distribution.invalidCount(), quint64(3));
    QCOMPARE(distribution.count(), expected.count());
    QCOMPARE(distribution.sum(), expected.sum());
    QCOMPARE(distribution.min(), expected.min());
    QCOMPARE(distribution.max(), expected.max());
    QCOMPARE(distribution.bucketCounts(), expected.bucketCounts());
    QVERIFY(distributionOf({ notANumber }).isEmpty());
}

void tst_Distribution::holdsWhateverADoubleHolds_data()
{
    QTest::addColumn<double>("value");

    QTest::newRow("the least above 0") << least;
    QTest::newRow("subnormal") << 1e-310;
    QTest::newRow("the least normal one") << std::numeric_limits<double>::min();
    QTest::newRow("the greatest") << greatest;
    QTest::newRow("minus the greatest") << -greatest;
    QTest::newRow("minus the least above 0") << -least;
    QTest::newRow("2^53 + 2") << 9007199254740994.0;
}

void tst_Distribution::holdsWhateverADoubleHolds()
{
    QFETCH(const double, value);

    for (const int maxBuckets : { 2, 3, 160 }) {
        for (const double other : { 0.0, 1.0, -1.0, greatest, least, -greatest, -least }) {
            const Distribution distribution = distributionOf({ value, other }, maxBuckets);
            const quint64 inBuckets =
                    sumOf(distribution.bucketCounts()) + sumOf(distribution.negativeBucketCounts());
            QCOMPARE(inBuckets + distribution.zeroCount(), quint64(2));
            QVERIFY(distribution.min() == std::min(value, other));
            QVERIFY(distribution.max() == std::max(value, other));
            QVERIFY(std::isfinite(distribution.sum()));
            QVERIFY(std::isfinite(distribution.quantile(0.5)));
        }
    }
}

void tst_Distribution::sumsUpExactly()
{
    Distribution distribution = distributionOf({ 1e16 });

    for (int i = 0; i < 1000; ++i)
        distribution.record(1); // is lost in 1e16 + 1
    distribution.record(-1e16);

    QCOMPARE(distribution.sum(), 1000.0);
    QCOMPARE(distributionOf({ greatest, greatest }).sum(), greatest);
}

void tst_Distribution::estimatesQuantiles_data()
{
    addDistributions();
}

void tst_Distribution::estimatesQuantiles()
{
    QFETCH(Values, values);
    const Values recorded = values;
    std::sort(values.begin(), values.end());

    for (const int maxBuckets : { 3, 20, 160 }) {
        const Distribution distribution = distributionOf(recorded, maxBuckets);
        for (const double q : { 0.0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1.0 }) {
            const double rank = std::max(1.0, std::ceil(q * double(values.size()) * (1 - 1e-15)));
            const double exact = values[std::size_t(rank) - 1];
            const double estimate = distribution.quantile(q);
            const double error = exact == 0 ? std::abs(estimate) : std::abs(estimate / exact - 1);
            QVERIFY2(error <= distribution.relativeError() * (1 + 1e-9),
                     qPrintable(QStringLiteral("q %1: %2, exactly %3, scale %4")
                                        .arg(q)
                                        .arg(estimate)
                                        .arg(exact)
                                        .arg(distribution.scale())));
        }
    }
}

void tst_Distribution::knowsItsRelativeError_data()
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

void tst_Distribution::knowsItsRelativeError()
{
    QFETCH(const Values, values);
    QFETCH(const int, scale);
    QFETCH(const double, error);

    const Distribution distribution = distributionOf(values);

    QCOMPARE(distribution.scale(), scale);
    QVERIFY2(std::abs(distribution.relativeError() / error - 1) < 1e-7,
             qPrintable(QString::number(distribution.relativeError(), 'g', 10)));
}

void tst_Distribution::takesTheNearestRank()
{
    Values values(100, 1.0);
    values[99] = 1000;

    const Distribution distribution = distributionOf(values);

    QVERIFY(distribution.quantile(0.99) < 1.1);
    QVERIFY(distribution.quantile(0.991) > 900);
}

void tst_Distribution::tellsExtremesExactly()
{
    const Distribution distribution = distributionOf({ 3, 70, -1000.5 });

    QCOMPARE(distribution.min(), -1000.5);
    QCOMPARE(distribution.max(), 70.0);
    QCOMPARE(distribution.quantile(0), -1000.5);
    QCOMPARE(distribution.quantile(1), 70.0);
    QCOMPARE(distributionOf(Values(9, 0.1)).quantile(0.5), 0.1);
    QCOMPARE(distributionOf(Values(9, -0.1)).quantile(0.5), -0.1);

    Distribution ofMany = distributionOf({ 1, 1e300 });
    for (int i = 0; i < 58; ++i) // beyond what a double can count
        ofMany.merge(ofMany);
    QCOMPARE(ofMany.quantile(1), 1e300);
}

void tst_Distribution::hasNoQuantileBeyondAll()
{
    const Distribution distribution = distributionOf({ 1, 2 });

    for (const double q : { -0.1, 1.1, notANumber, infinity, -infinity })
        QVERIFY(std::isnan(distribution.quantile(q)));
}

void tst_Distribution::mergesInAnyOrder_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<int>("maxBuckets");

    for (const int maxBuckets : { 2, 20, 160 }) {
        const auto row = [maxBuckets](const char *name, const auto &value) {
            QTest::addRow("%s, in %d", name, maxBuckets) << valuesOf(value, 500) << maxBuckets;
        };
        row("of both signs", ofBothSigns);
        row("huge and tiny", hugeOrTiny);
        row("bimodal", bimodal);
        row("narrow", std::uniform_real_distribution<double>(1000, 1001));
        row("very narrow", std::uniform_real_distribution<double>(1000, 1000.01));
        row("whole", std::uniform_int_distribution<int>(-20, 20));
    }
}

void tst_Distribution::mergesInAnyOrder()
{
    QFETCH(Values, values);
    QFETCH(const int, maxBuckets);
    auto generator = seededGenerator("tst_Distribution");
    const Distribution expected = distributionOf(values, maxBuckets);

    for (int i = 0; i < 50; ++i) {
        std::shuffle(values.begin(), values.end(), generator);
        std::vector<Distribution> parts(1 + generator() % 20, Distribution(maxBuckets));
        for (const double value : values)
            parts[generator() % parts.size()].record(value);
        while (parts.size() > 1) { // one that is merged into another one is either of both
            std::shuffle(parts.begin(), parts.end(), generator);
            const Distribution last = parts.back();
            parts.pop_back();
            parts.back().merge(last);
        }
        QVERIFY(parts.front() == expected);
    }
}

void tst_Distribution::mergesWithItself()
{
    Distribution distribution = distributionOf({ 1, 2, -3, 0, notANumber });

    distribution.merge(distribution);

    QCOMPARE(distribution, distributionOf({ 1, 1, 2, 2, -3, -3, 0, 0, notANumber, notANumber }));
}

void tst_Distribution::keepsItsOwnBucketsWhenMerging()
{
    const Values values = valuesOf(ofBothSigns, 500);
    const Distribution fine = distributionOf(values, 160);
    Distribution coarse = distributionOf(values, 20);

    coarse.merge(fine);
    Distribution merged = fine;
    merged.merge(distributionOf(values, 20));

    Values twice = values;
    twice.insert(twice.end(), values.begin(), values.end());
    QCOMPARE(coarse, distributionOf(twice, 20));
    QCOMPARE(merged.maxBuckets(), 160);
    QCOMPARE(merged.scale(), coarse.scale()); // what is coarse cannot be made fine
    QCOMPARE(merged.bucketCounts(), coarse.bucketCounts());
}

void tst_Distribution::copies()
{
    const Distribution original = distributionOf({ 1, 2, 3 });

    Distribution copy = original;
    copy.record(1000.0);

    QCOMPARE(sumOf(original.bucketCounts()), quint64(3));
    QCOMPARE(sumOf(copy.bucketCounts()), quint64(4));
    copy = original;
    QCOMPARE(copy, original);
}

void tst_Distribution::isEmptyAfterAMove()
{
    static_assert(std::is_nothrow_move_constructible_v<Distribution>);
    static_assert(std::is_nothrow_move_assignable_v<Distribution>);
    Distribution original = distributionOf({ 1, -2, 3e9 }, 20);
    const Distribution copy = original;

    const Distribution moved = std::move(original);

    QCOMPARE(moved, copy);
    QCOMPARE(original, Distribution(20));
    original.record(5);
    QCOMPARE(original, distributionOf({ 5 }, 20));
}

void tst_Distribution::comparesByContent_data()
{
    QTest::addColumn<Distribution>("other");
    QTest::addColumn<bool>("isEqual");

    QTest::newRow("another order") << distributionOf({ 0, -2, 1 }) << true;
    QTest::newRow("another value") << distributionOf({ 1, -2, 3 }) << false;
    QTest::newRow("a value more") << distributionOf({ 1, -2, 0, 1 }) << false;
    QTest::newRow("other signs") << distributionOf({ -1, 2, 0 }) << false;
    QTest::newRow("one that is invalid") << distributionOf({ 1, -2, 0, notANumber }) << false;
    QTest::newRow("other buckets") << distributionOf({ 1, -2, 0 }, 100) << false;
    QTest::newRow("no values") << Distribution() << false;
}

void tst_Distribution::comparesByContent()
{
    QFETCH(const Distribution, other);
    QFETCH(const bool, isEqual);
    const Distribution distribution = distributionOf({ 1, -2, 0 });

    QCOMPARE(distribution == other, isEqual);
    QCOMPARE(distribution != other, !isEqual);
    QCOMPARE(QVariant::fromValue(distribution) == QVariant::fromValue(other), isEqual);
}

void tst_Distribution::isAMetatypeWithProperties()
{
    const QVariant variant = QVariant::fromValue(distributionOf({ 1, 2, 0, 5 }));
    const QMetaType type = variant.metaType();
    const auto read = [&](const char *property) {
        const QMetaObject *meta = type.metaObject();
        return meta->property(meta->indexOfProperty(property)).readOnGadget(variant.constData());
    };

    QCOMPARE(QByteArray(type.name()), QByteArray("Recorders::Distribution"));
    QVERIFY(type.isEqualityComparable());
    QVERIFY(type.flags() & QMetaType::RelocatableType);
    QCOMPARE(read("count").toInt(), 4);
    QCOMPARE(read("sum").toDouble(), 8.0);
    QCOMPARE(read("min").toDouble(), 0.0);
    QCOMPARE(read("max").toDouble(), 5.0);
    QCOMPARE(read("zeroCount").toInt(), 1);
    double median = 0;
    QVERIFY(type.metaObject()
                    ->method(type.metaObject()->indexOfMethod("quantile(double)"))
                    .invokeOnGadget(const_cast<void *>(variant.constData()),
                                    Q_RETURN_ARG(double, median), Q_ARG(double, 0.5)));
    QCOMPARE(median, variant.value<Distribution>().quantile(0.5));
}

void tst_Distribution::allocatesOncePerSign_data()
{
    QTest::addColumn<int>("maxBuckets");

    QTest::newRow("few buckets") << 20;
    QTest::newRow("the usual number") << 160;
    QTest::newRow("many buckets") << 65'536;
}

void tst_Distribution::allocatesOncePerSign()
{
    QFETCH(const int, maxBuckets);
    Values values = valuesOf(ofBothSigns, 2000);
    values.insert(values.end(), { 0, least, -least, greatest, -greatest, notANumber });
    Distribution distribution(maxBuckets);
    const auto allocationsOf = [&distribution](double value) {
        const AllocationCounter counter;
        distribution.record(value);
        return std::pair(counter.count(), counter.bytes());
    };
    QCOMPARE(allocationsOf(0).first, 0);
    QCOMPARE(allocationsOf(1), std::pair(1, maxBuckets * 8LL));
    QCOMPARE(allocationsOf(-1), std::pair(1, maxBuckets * 8LL));

    const AllocationCounter counter;
    for (const double value : values)
        distribution.record(value);

    QCOMPARE(counter.count(), 0);
}

void tst_Distribution::mergesWithoutAllocating()
{
    Distribution distribution = distributionOf({ 1, -1 });
    const Distribution other = distributionOf(valuesOf(ofBothSigns, 500));

    const AllocationCounter counter;
    distribution.merge(other);

    QCOMPARE(counter.count(), 0);
}

QTEST_GUILESS_MAIN(tst_Distribution)
#include "tst_distribution.moc"

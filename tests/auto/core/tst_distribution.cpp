// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "distributionfixture.h"
#include "shared/seed.h"

#include <recorders/core/distribution.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

using namespace Recorders;
using namespace Testing;

class tst_Distribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void knowsNothingWithoutValues();
    void refusesNumbersOfBuckets_data();
    void refusesNumbersOfBuckets();

    // what is special
    void countsZeros();
    void countsInvalidNumbersApart();
    void holdsWhateverADoubleHolds_data();
    void holdsWhateverADoubleHolds();
    void sumsUpExactly();

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
};

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

QTEST_GUILESS_MAIN(tst_Distribution)
#include "tst_distribution.moc"

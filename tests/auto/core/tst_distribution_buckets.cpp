// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "distributionfixture.h"
#include "shared/allocationcounter.h"
#include "shared/seed.h"

#include <recorders/core/distribution.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace Recorders;
using namespace Testing;

// The buckets: their bounds, their scale and their memory.
class tst_Distribution_Buckets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

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

    // memory
    void allocatesOncePerSign_data();
    void allocatesOncePerSign();
    void mergesWithoutAllocating();
};

namespace {

// The specification: base = 2^(2^-scale), bucket i is (base^i, base^(i+1)].
long double boundary(int index, int scale)
{
    return std::exp2(std::ldexp(static_cast<long double>(index), -scale));
}

} // namespace

void tst_Distribution_Buckets::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Distribution_Buckets::agreesWithTheSdk_data()
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

void tst_Distribution_Buckets::agreesWithTheSdk()
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

void tst_Distribution_Buckets::findsTheBucketOfAValue_data()
{
    QTest::addColumn<int>("scale");

    for (int scale = Distribution::minScale; scale <= Distribution::maxScale; ++scale)
        QTest::addRow("scale %d", scale) << scale;
}

void tst_Distribution_Buckets::findsTheBucketOfAValue()
{
    QFETCH(const int, scale);
    auto generator = seededGenerator("tst_Distribution_Buckets");
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

void tst_Distribution_Buckets::putsPowersOfTwoBelow()
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
void tst_Distribution_Buckets::halvesTheIndexWithEachScale()
{
    auto generator = seededGenerator("tst_Distribution_Buckets");
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

void tst_Distribution_Buckets::choosesTheFinestScale_data()
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

void tst_Distribution_Buckets::choosesTheFinestScale()
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

void tst_Distribution_Buckets::keepsEveryValueAtEachChangeOfScale()
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

void tst_Distribution_Buckets::keepsBothSignsAtOneScale()
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

void tst_Distribution_Buckets::allocatesOncePerSign_data()
{
    QTest::addColumn<int>("maxBuckets");

    QTest::newRow("few buckets") << 20;
    QTest::newRow("the usual number") << 160;
    QTest::newRow("many buckets") << 65'536;
}

void tst_Distribution_Buckets::allocatesOncePerSign()
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

void tst_Distribution_Buckets::mergesWithoutAllocating()
{
    Distribution distribution = distributionOf({ 1, -1 });
    const Distribution other = distributionOf(valuesOf(ofBothSigns, 500));

    const AllocationCounter counter;
    distribution.merge(other);

    QCOMPARE(counter.count(), 0);
}

QTEST_GUILESS_MAIN(tst_Distribution_Buckets)
#include "tst_distribution_buckets.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "distributionfixture.h"

#include <recorders/core/distribution.h>

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Recorders;
using namespace Testing;

class tst_Distribution_Quantiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // percentiles
    void estimatesQuantiles_data();
    void estimatesQuantiles();
    void knowsItsRelativeError_data();
    void knowsItsRelativeError();
    void takesTheNearestRank();
    void tellsExtremesExactly();
    void hasNoQuantileBeyondAll();
};

namespace {

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

void tst_Distribution_Quantiles::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Distribution_Quantiles::estimatesQuantiles_data()
{
    addDistributions();
}

void tst_Distribution_Quantiles::estimatesQuantiles()
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

void tst_Distribution_Quantiles::knowsItsRelativeError_data()
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

void tst_Distribution_Quantiles::knowsItsRelativeError()
{
    QFETCH(const Values, values);
    QFETCH(const int, scale);
    QFETCH(const double, error);

    const Distribution distribution = distributionOf(values);

    QCOMPARE(distribution.scale(), scale);
    QVERIFY2(std::abs(distribution.relativeError() / error - 1) < 1e-7,
             qPrintable(QString::number(distribution.relativeError(), 'g', 10)));
}

void tst_Distribution_Quantiles::takesTheNearestRank()
{
    Values values(100, 1.0);
    values[99] = 1000;

    const Distribution distribution = distributionOf(values);

    QVERIFY(distribution.quantile(0.99) < 1.1);
    QVERIFY(distribution.quantile(0.991) > 900);
}

void tst_Distribution_Quantiles::tellsExtremesExactly()
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

void tst_Distribution_Quantiles::hasNoQuantileBeyondAll()
{
    const Distribution distribution = distributionOf({ 1, 2 });

    for (const double q : { -0.1, 1.1, notANumber, infinity, -infinity })
        QVERIFY(std::isnan(distribution.quantile(q)));
}

QTEST_GUILESS_MAIN(tst_Distribution_Quantiles)
#include "tst_distribution_quantiles.moc"

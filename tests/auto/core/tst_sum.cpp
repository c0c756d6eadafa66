// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/seed.h"

#include <recorders/core/sum.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Recorders::Internal;
using namespace std::chrono_literals;

class tst_Sum : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // what is read from an event
    void readsNumbers_data();
    void readsNumbers();
    void tellsWhatIsFinite_data();
    void tellsWhatIsFinite();
    void negatesTheLeastNumber();

    // the sum
    void isExactForWholeNumbers();
    void saturates_data();
    void saturates();
    void keepsWhatRoundingTakes();
    void keepsWhatWholeNumbersAdd();
    void dependsOnNoOrder();
    void mergesAsIfAddedToOne();
    void mergesWithItself();
};

namespace {

constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr qint64 least = std::numeric_limits<qint64>::min();
constexpr double mostReal = std::numeric_limits<double>::max();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

template <typename... Values>
Sum sumOf(Values... values)
{
    Sum sum;
    (sum.add(Number::of(values)), ...);
    return sum;
}

} // namespace

void tst_Sum::readsNumbers_data()
{
    QTest::addColumn<Number>("number");
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<double>("value");

    QTest::newRow("bool") << Number::of(true) << true << 1.0;
    QTest::newRow("int") << Number::of(-3) << true << -3.0;
    QTest::newRow("quint64 beyond qint64") << Number::of(~quint64(0)) << true << double(most);
    QTest::newRow("double") << Number::of(0.5) << false << 0.5;
    QTest::newRow("float") << Number::of(0.5F) << false << 0.5;
    QTest::newRow("nanoseconds") << Number::of(7ns) << true << 7.0;
    QTest::newRow("milliseconds") << Number::of(-7ms) << true << -7e6;
    QTest::newRow("real seconds") << Number::of(std::chrono::duration<double>(0.5)) << false << 5e8;
    QTest::newRow("picoseconds") << Number::of(std::chrono::duration<qint64, std::pico>(500))
                                 << false << 0.5;
    QTest::newRow("longest milliseconds")
            << Number::of(std::chrono::milliseconds::max()) << true << double(most);
    QTest::newRow("shortest hours")
            << Number::of(std::chrono::duration<qint64, std::ratio<3600>>::min()) << true
            << double(-most);
}

void tst_Sum::readsNumbers()
{
    QFETCH(const Number, number);
    QFETCH(const bool, isWhole);
    QFETCH(const double, value);

    QCOMPARE(number.isWhole(), isWhole);
    QCOMPARE(number.toDouble(), value);
    QCOMPARE(number.isNegative(), value < 0);
    QCOMPARE(number.negated().toDouble(), -value);
}

void tst_Sum::tellsWhatIsFinite_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<bool>("isFinite");

    QTest::newRow("one") << 1.0 << true;
    QTest::newRow("least above 0") << 5e-324 << true;
    QTest::newRow("a quarter of the greatest") << mostReal / 4 << true;
    QTest::newRow("the greatest") << mostReal << false;
    QTest::newRow("minus the greatest") << -mostReal << false;
    QTest::newRow("infinity") << infinity << false;
    QTest::newRow("minus infinity") << -infinity << false;
    QTest::newRow("NaN") << notANumber << false;
}

void tst_Sum::tellsWhatIsFinite()
{
    QFETCH(const double, value);
    QFETCH(const bool, isFinite);

    QCOMPARE(Number::of(value).isFinite(), isFinite);
}

void tst_Sum::negatesTheLeastNumber()
{
    QCOMPARE(Number::of(least).negated().whole(), most);
}

void tst_Sum::isExactForWholeNumbers()
{
    const qint64 beyondDouble = (qint64(1) << 53) + 1;

    const Sum sum = sumOf(beyondDouble, 1, 1);

    QVERIFY(sum.isWhole());
    QCOMPARE(sum.toVariant(), QVariant(qlonglong(beyondDouble + 2)));
}

void tst_Sum::saturates_data()
{
    QTest::addColumn<Sum>("sum");
    QTest::addColumn<QVariant>("value");

    QTest::newRow("whole") << sumOf(most - 1, 2) << QVariant(qlonglong(most));
    QTest::newRow("whole, and on") << sumOf(most, most, 5) << QVariant(qlonglong(most));
    QTest::newRow("whole, downwards") << sumOf(least + 1, -2) << QVariant(qlonglong(least));
    QTest::newRow("real") << sumOf(mostReal / 4, mostReal, mostReal) << QVariant(mostReal);
    QTest::newRow("real, and on") << sumOf(mostReal, mostReal, 1.0) << QVariant(mostReal);
    QTest::newRow("real, and back") << sumOf(mostReal, mostReal, -mostReal) << QVariant(0.0);
    QTest::newRow("real, downwards") << sumOf(-mostReal, -mostReal) << QVariant(-mostReal);
}

void tst_Sum::saturates()
{
    QFETCH(const Sum, sum);
    QFETCH(const QVariant, value);

    QCOMPARE(sum.toVariant(), value);
}

void tst_Sum::keepsWhatRoundingTakes()
{
    Sum sum = sumOf(1e16);

    for (int i = 0; i < 1000; ++i)
        sum.add(Number::of(1.0)); // is lost in 1e16 + 1
    sum.add(Number::of(-1e16));

    QCOMPARE(sum.toDouble(), 1000.0);
}

// 2^53 + 1 is no double.
void tst_Sum::keepsWhatWholeNumbersAdd()
{
    const qint64 beyondDouble = (qint64(1) << 53) + 1;

    const Sum sum = sumOf(beyondDouble, -9007199254740992.0, 0.5);

    QCOMPARE(sum.toDouble(), 1.5);
}

void tst_Sum::dependsOnNoOrder()
{
    auto generator = Testing::seededGenerator("tst_Sum");
    std::uniform_real_distribution<double> exponent(-6, 12);
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i)
        values.push_back((i % 2 ? -1 : 1) * std::pow(10, exponent(generator)));
    const auto sumOfAll = [&values] {
        Sum sum;
        for (const double value : values)
            sum.add(Number::of(value));
        return sum.toDouble();
    };
    const double expected = sumOfAll();

    for (int i = 0; i < 20; ++i) {
        std::shuffle(values.begin(), values.end(), generator);
        QVERIFY(sumOfAll() == expected);
    }
}

void tst_Sum::mergesAsIfAddedToOne()
{
    auto generator = Testing::seededGenerator("tst_Sum");
    std::uniform_real_distribution<double> real(-1e6, 1e6);
    Sum all;
    Sum parts[3];

    for (int i = 0; i < 3000; ++i) {
        const Number number =
                i % 2 ? Number::of(real(generator)) : Number::of(qint64(real(generator)));
        all.add(number);
        parts[i % 3].add(number);
    }
    parts[0].merge(parts[1]);
    parts[0].merge(parts[2]);

    QVERIFY(!parts[0].isWhole());
    QVERIFY(parts[0].toDouble() == all.toDouble());
}

void tst_Sum::mergesWithItself()
{
    Sum sum = sumOf(3, 1e16, 1.0, 1.0);

    sum.merge(sum);

    QVERIFY(sum.toDouble() == 2e16 + 10);
}

QTEST_GUILESS_MAIN(tst_Sum)
#include "tst_sum.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/axisticks_p.h"

#include <QSet>
#include <QStringList>
#include <QTest>

#include <cmath>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList labels(const std::vector<Tick> &ticks)
{
    QStringList all;
    for (const Tick &tick : ticks)
        all.append(tick.label);
    return all;
}

} // namespace

class tst_AxisTicks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasRoundFactors_data();
    void hasRoundFactors();
    void labelsValues_data();
    void labelsValues();
    void holdsAllRanges_data();
    void holdsAllRanges();
    void labelsTimes_data();
    void labelsTimes();
    void saysHowLongAgo_data();
    void saysHowLongAgo();
};

void tst_AxisTicks::labelsValues_data()
{
    QTest::addColumn<double>("min");
    QTest::addColumn<double>("max");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QStringList>("expected");
    const Unit count;
    QTest::addRow("counts") << 3.0 << 97.0 << count
                            << QStringList{ u"0"_s, u"20"_s, u"40"_s, u"60"_s, u"80"_s, u"100"_s };
    QTest::addRow("bytes in steps of two")
            << 0.0 << 3.9 * 1024 * 1024 << Unit::bytes()
            << QStringList{ u"0"_s, u"1.00 MiB"_s, u"2.00 MiB"_s, u"3.00 MiB"_s, u"4.00 MiB"_s };
    QTest::addRow("nanoseconds") << 0.0 << 4.2e6 << Unit::nanoseconds()
                                 << QStringList{ u"0"_s,       u"1.00 ms"_s, u"2.00 ms"_s,
                                                 u"3.00 ms"_s, u"4.00 ms"_s, u"5.00 ms"_s };
    QTest::addRow("minutes") << 0.0 << 180e9 << Unit::nanoseconds()
                             << QStringList{ u"0"_s, u"1.00 min"_s, u"2.00 min"_s, u"3.00 min"_s };
    QTest::addRow("below zero") << -40.0 << 60.0 << count
                                << QStringList{ u"-40"_s, u"-20"_s, u"0"_s,
                                                u"20"_s,  u"40"_s,  u"60"_s };
    QTest::addRow("close together")
            << 1'000'001.0 << 1'000'004.0 << count
            << QStringList{ u"1000001"_s, u"1000002"_s, u"1000003"_s, u"1000004"_s };
    QTest::addRow("nothing but zero")
            << 0.0 << 0.0 << count
            << QStringList{ u"0"_s, u"0.100"_s, u"0.200"_s, u"0.300"_s, u"0.400"_s, u"0.500"_s };
}

void tst_AxisTicks::labelsValues()
{
    QFETCH(const double, min);
    QFETCH(const double, max);
    QFETCH(const Unit, unit);
    QFETCH(const QStringList, expected);

    const ValueAxis axis = valueAxis(min, max, 6, unit);

    QCOMPARE(labels(axis.ticks), expected);
}

void tst_AxisTicks::holdsAllRanges_data()
{
    QTest::addColumn<double>("min");
    QTest::addColumn<double>("max");
    constexpr double huge = std::numeric_limits<double>::max();
    QTest::addRow("one value") << 12.0 << 12.0;
    QTest::addRow("one value below zero") << -12.0 << -12.0;
    QTest::addRow("one large value") << 1e15 << 1e15;
    QTest::addRow("the next double") << 1e15 << std::nextafter(1e15, huge);
    QTest::addRow("tiny") << 1e-300 << 2e-300;
    QTest::addRow("small") << 1e-9 << 3e-9;
    QTest::addRow("around zero") << -0.001 << 1e6;
    QTest::addRow("large") << 1e12 << 7e15;
    QTest::addRow("below zero") << -5e6 << -4.9e6;
    QTest::addRow("huge") << -huge / 200 << huge / 200;
    QTest::addRow("odd") << 0.123456 << 98765.4321;
}

void tst_AxisTicks::holdsAllRanges()
{
    QFETCH(const double, min);
    QFETCH(const double, max);
    for (const Unit &unit : { Unit(), Unit::bytes(), Unit::nanoseconds(), Unit::percent() }) {
        for (int maxTicks = 2; maxTicks <= 8; ++maxTicks) {
            const ValueAxis axis = valueAxis(min, max, maxTicks, unit);

            QVERIFY(axis.min < axis.max);
            QVERIFY(axis.min <= min + (max - min + std::abs(min)) * 1e-8);
            QVERIFY(axis.max >= max - (max - min + std::abs(max)) * 1e-8);
            QCOMPARE_GE(axis.ticks.size(), 2U);
            QCOMPARE_LE(axis.ticks.size(), size_t(maxTicks + 1));
            const QStringList texts = labels(axis.ticks);
            QCOMPARE(QSet<QString>(texts.begin(), texts.end()).size(), texts.size());
        }
    }
}

void tst_AxisTicks::labelsTimes_data()
{
    QTest::addColumn<int>("oldest");
    QTest::addColumn<int>("newest");
    QTest::addColumn<QStringList>("expected");
    QTest::addRow("ten seconds") << 10 << 0
                                 << QStringList{ u"now"_s,       u"\u22122 s"_s, u"\u22124 s"_s,
                                                 u"\u22126 s"_s, u"\u22128 s"_s, u"\u221210 s"_s };
    QTest::addRow("an hour") << 3600 << 0 << QStringList{ u"now"_s,          u"\u221210 min"_s,
                                                          u"\u221220 min"_s, u"\u221230 min"_s,
                                                          u"\u221240 min"_s, u"\u221250 min"_s,
                                                          u"\u221260 min"_s };
    QTest::addRow("a part of the past")
            << 130 << 70
            << QStringList{ u"\u22121 min 10 s"_s, u"\u22121 min 20 s"_s, u"\u22121 min 30 s"_s,
                            u"\u22121 min 40 s"_s, u"\u22121 min 50 s"_s, u"\u22122 min"_s,
                            u"\u22122 min 10 s"_s };
}

void tst_AxisTicks::labelsTimes()
{
    QFETCH(const int, oldest);
    QFETCH(const int, newest);
    QFETCH(const QStringList, expected);

    QCOMPARE(labels(timeTicks(oldest * 1s, newest * 1s, 6)), expected);
}

void tst_AxisTicks::saysHowLongAgo_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::addRow("now") << 0.01 << u"now"_s;
    QTest::addRow("tenths") << 12.34 << u"\u221212.3 s"_s;
    QTest::addRow("whole seconds") << 12.0 << u"\u221212 s"_s;
    QTest::addRow("minutes") << 90.0 << u"\u22121 min 30 s"_s;
    QTest::addRow("almost a minute") << 59.99 << u"\u22121 min"_s;
}

void tst_AxisTicks::saysHowLongAgo()
{
    QFETCH(const double, seconds);
    QFETCH(const QString, expected);

    QCOMPARE(timeBefore(seconds), expected);
}

void tst_AxisTicks::hasRoundFactors_data()
{
    QTest::addColumn<double>("min");
    QTest::addColumn<double>("max");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QStringList>("labels");
    const Unit ns = Unit::nanoseconds();
    QTest::addRow("three decades")
            << 1e6 << 1.1e9 << ns
            << QStringList{ u"1.00 ms"_s, u"10.0 ms"_s, u"100 ms"_s, u"1.00 s"_s };
    QTest::addRow("one and a half")
            << 1.0 << 30.0 << Unit() << QStringList{ u"1"_s, u"2"_s, u"5"_s, u"10"_s, u"20"_s };
    QTest::addRow("hours and days")
            << 60e9 << 864000e9 << ns << QStringList{ u"1.00 min"_s, u"1.00 h"_s, u"1.00 d"_s };
    QTest::addRow("up to the largest number")
            << 1.0 << std::numeric_limits<double>::infinity() << Unit()
            << QStringList{ u"1"_s, u"1.00e+64"_s, u"1.00e+128"_s, u"1.00e+192"_s, u"1.00e+256"_s };
    QTest::addRow("minutes") << 1e9 << 6e11 << ns
                             << QStringList{ u"1.00 s"_s, u"10.0 s"_s, u"1.00 min"_s,
                                             u"10.0 min"_s };
    QTest::addRow("bytes") << 1024.0 << 65536.0 << Unit::bytes()
                           << QStringList{ u"1.00 KiB"_s, u"4.00 KiB"_s, u"16.0 KiB"_s,
                                           u"64.0 KiB"_s };
    QTest::addRow("close together")
            << 10.0 << 13.0 << Unit() << QStringList{ u"10"_s, u"11"_s, u"12"_s, u"13"_s };
    QTest::addRow("nothing above 0") << 0.0 << 0.0 << Unit() << QStringList{ u"1e-290"_s };
}

void tst_AxisTicks::hasRoundFactors()
{
    QFETCH(const double, min);
    QFETCH(const double, max);
    QFETCH(const Unit, unit);

    QStringList labels;
    for (const Tick &tick : logTicks(min, max, 5, unit))
        labels.append(tick.label);

    QTEST(labels, "labels");
}

QTEST_GUILESS_MAIN(tst_AxisTicks)
#include "tst_axisticks.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/slidingrate.h>

#include <QTest>

#include <cmath>

using namespace Recorders::Internal;
using namespace std::chrono_literals;

using Time = SlidingRate::Time;

class tst_SlidingRate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isZeroWithoutEvents();
    void tellsAConstantRate();
    void dividesByTheWholeWindow();
    void forgetsWhatLeftTheWindow();
    void forgetsTheOldestSlotBitByBit();
    void forgetsAfterALongSilence();
    void averagesAsTheFormulaSays_data();
    void averagesAsTheFormulaSays();
    void fallsSilent();

    // clocks
    void countsWhileTheClockStandsStill();
    void countsWhenTheClockGoesBack();
    void worksBeforeTheEpoch();

    void staysFinite();
    void mergesAsIfAddedToOne();
};

namespace {

constexpr Time start = 1000h;

bool isClose(double value, double expected, double relative)
{
    return std::abs(value - expected) <= relative * std::abs(expected);
}

// An event of that amount every 10 ms.
Time addFor(SlidingRate &rate, Time begin, Time length, double amount)
{
    const Time end = begin + length;
    for (Time now = begin; now < end; now += 10ms)
        rate.add(now, amount);
    return end;
}

} // namespace

void tst_SlidingRate::isZeroWithoutEvents()
{
    const SlidingRate rate;

    QCOMPARE(rate.perSecond(start), 0.0);
    QCOMPARE(rate.average(SlidingRate::FiveMinutes, start), 0.0);
    QVERIFY(rate.isSilent(start));
}

void tst_SlidingRate::tellsAConstantRate()
{
    SlidingRate rate(10s);

    const Time now = addFor(rate, start, 25s, 3);

    QVERIFY(isClose(rate.perSecond(now), 300, 1e-3));
}

void tst_SlidingRate::dividesByTheWholeWindow()
{
    SlidingRate rate(10s);

    rate.add(start, 50);

    QCOMPARE(rate.perSecond(start), 5.0);
    QCOMPARE(rate.perSecond(start + 9s), 5.0);
}

void tst_SlidingRate::forgetsWhatLeftTheWindow()
{
    SlidingRate rate(6s);

    rate.add(start, 60);
    rate.add(start + 3s, 6);

    QCOMPARE(rate.perSecond(start + 5s), 11.0);
    QCOMPARE(rate.perSecond(start + 6200ms), 1.0);
    QCOMPARE(rate.perSecond(start + 9200ms), 0.0);
}

void tst_SlidingRate::forgetsTheOldestSlotBitByBit()
{
    SlidingRate rate(6s); // slots of 100 ms

    rate.add(start, 60);

    QCOMPARE(rate.perSecond(start + 6s), 10.0);
    QCOMPARE(rate.perSecond(start + 6025ms), 7.5);
    QCOMPARE(rate.perSecond(start + 6100ms), 0.0);
}

void tst_SlidingRate::forgetsAfterALongSilence()
{
    SlidingRate rate(1s);
    addFor(rate, start, 2s, 1);

    rate.add(start + 24h, 1);

    QCOMPARE(rate.perSecond(start + 24h), 1.0);
    QVERIFY(rate.average(SlidingRate::FifteenMinutes, start + 24h) < 0.002);
}

void tst_SlidingRate::averagesAsTheFormulaSays_data()
{
    QTest::addColumn<int>("average");
    QTest::addColumn<Time>("constant");

    QTest::newRow("1 minute") << int(SlidingRate::OneMinute) << Time(1min);
    QTest::newRow("5 minutes") << int(SlidingRate::FiveMinutes) << Time(5min);
    QTest::newRow("15 minutes") << int(SlidingRate::FifteenMinutes) << Time(15min);
}

void tst_SlidingRate::averagesAsTheFormulaSays()
{
    QFETCH(const int, average);
    QFETCH(const Time, constant);
    const auto which = static_cast<SlidingRate::Average>(average);
    SlidingRate rate;

    const Time now = addFor(rate, start, constant, 2);

    const double atConstant = 200 * (1 - std::exp(-1));
    QVERIFY(isClose(rate.average(which, now), atConstant, 0.005));
    QVERIFY(isClose(rate.average(which, now + constant), atConstant * std::exp(-1), 0.005));
}

void tst_SlidingRate::fallsSilent()
{
    SlidingRate rate;

    rate.add(start, 1);

    QVERIFY(!rate.isSilent(start));
    QVERIFY(!rate.isSilent(start + 1h));
    QVERIFY(rate.isSilent(start + 3h));
}

void tst_SlidingRate::countsWhileTheClockStandsStill()
{
    SlidingRate rate(10s);

    for (int i = 0; i < 1000; ++i)
        rate.add(start, 1);

    QCOMPARE(rate.perSecond(start), 100.0);
    QCOMPARE(rate.average(SlidingRate::OneMinute, start), 1000.0 / 60);
}

void tst_SlidingRate::countsWhenTheClockGoesBack()
{
    SlidingRate rate(10s);

    rate.add(start, 10);
    rate.add(start - 1h, 10);

    QCOMPARE(rate.perSecond(start - 1h), 2.0);
    QCOMPARE(rate.perSecond(start), 2.0);
    QCOMPARE(rate.average(SlidingRate::OneMinute, start - 1h), 20.0 / 60);
}

void tst_SlidingRate::worksBeforeTheEpoch()
{
    SlidingRate rate(10s);

    const Time now = addFor(rate, -20s, 25s, 1);

    QVERIFY(isClose(rate.perSecond(now), 100, 0.002));
}

void tst_SlidingRate::staysFinite()
{
    SlidingRate rate(1ms);

    for (int i = 0; i < 1000; ++i)
        rate.add(start + i * 100ms, std::numeric_limits<double>::max() / 4);

    QCOMPARE(rate.perSecond(start + 99'900ms), std::numeric_limits<double>::max());
    QVERIFY(rate.average(SlidingRate::OneMinute, start + 100s) > 1e300);
    QCOMPARE(rate.average(SlidingRate::OneMinute, start + 1000h), 0.0);
}

void tst_SlidingRate::mergesAsIfAddedToOne()
{
    SlidingRate all(10s);
    SlidingRate first(10s);
    SlidingRate second(10s);
    SlidingRate late(10s);

    Time now = start;
    for (int i = 0; i < 2000; ++i, now += 10ms) {
        all.add(now, 1);
        (i < 500 ? first : second).add(now, 1);
    }
    late.merge(first);
    late.merge(second);
    late.merge(SlidingRate(10s));

    QVERIFY(isClose(late.perSecond(now), all.perSecond(now), 1e-12));
    QVERIFY(isClose(late.average(SlidingRate::OneMinute, now),
                    all.average(SlidingRate::OneMinute, now), 0.005));
}

QTEST_GUILESS_MAIN(tst_SlidingRate)
#include "tst_slidingrate.moc"

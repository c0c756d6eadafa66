// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/turnpacer_p.h"

#include <QTest>

#include <chrono>

using Recorders::Internal::TurnPacer;
using namespace std::chrono_literals;

// When the next turn comes, judged by what the last one was like. No time passes here.
class tst_TurnPacer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void waitsForTheInterval();
    void goesOnAtOnceWithWorkThatIsLeft();
    void slowsDownForWorkThatCannotBeDone();
    void takesTurnsAtOnceAgainWhenSomethingWasDone();
    void waitsForMemory();
    void comesBeforeTheQueueOverflows_data();
    void comesBeforeTheQueueOverflows();
    void countsFromTheWakeUp();
    void staysUpForAnInterval();
    void staysUpForTheQuietTimeAfterAnEvent();
    void countsTheQuietTimeFromTheLastEvent();
    void sleepsAfterOneLongInterval();
    void doesNotStayUpForCallsAlone();
    void sleepsWithoutEventsWhenTheClockHasJustBegun();

private:
    TurnPacer::Turn turnAfter(std::chrono::microseconds time);
    TurnPacer::Turn turnWithEventsAfter(std::chrono::microseconds time);

    TurnPacer::Time m_now;
};

void tst_TurnPacer::init()
{
    m_now = TurnPacer::Time(1h);
}

TurnPacer::Turn tst_TurnPacer::turnAfter(std::chrono::microseconds time)
{
    m_now += time;
    return TurnPacer::Turn{ m_now };
}

TurnPacer::Turn tst_TurnPacer::turnWithEventsAfter(std::chrono::microseconds time)
{
    TurnPacer::Turn turn = turnAfter(time);
    turn.hasHandled = true;
    turn.load = 0.01;
    return turn;
}

void tst_TurnPacer::waitsForTheInterval()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);

    QCOMPARE(pacer.next(turnAfter(0us)), 10ms);
    QCOMPARE(pacer.interval(), 10ms);
}

void tst_TurnPacer::goesOnAtOnceWithWorkThatIsLeft()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    TurnPacer::Turn turn = turnAfter(2ms);
    turn.hasWork = true;
    turn.hasHandled = true;
    turn.load = 0.5; // does not matter then

    QCOMPARE(pacer.next(turn), 0ms);
}

// A producer may have been suspended while it writes an event.
void tst_TurnPacer::slowsDownForWorkThatCannotBeDone()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    TurnPacer::Turn turn = turnAfter(0us);
    turn.hasWork = true;

    int atOnce = 0;
    while (pacer.next(turn) == 0ms && atOnce < 1000)
        ++atOnce;

    QCOMPARE(atOnce, 63);
    QCOMPARE(pacer.next(turn), 1ms);
}

void tst_TurnPacer::takesTurnsAtOnceAgainWhenSomethingWasDone()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    TurnPacer::Turn turn = turnAfter(0us);
    turn.hasWork = true;
    for (int i = 0; i < 100; ++i)
        static_cast<void>(pacer.next(turn));
    turn.hasHandled = true;
    QCOMPARE(pacer.next(turn), 0ms);

    turn.hasHandled = false;

    QCOMPARE(pacer.next(turn), 0ms);
}

void tst_TurnPacer::waitsForMemory()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    TurnPacer::Turn turn = turnAfter(0us);
    turn.hasWork = true;
    turn.isStarved = true;

    QCOMPARE(pacer.next(turn), 10ms);
}

void tst_TurnPacer::comesBeforeTheQueueOverflows_data()
{
    QTest::addColumn<double>("load");
    QTest::addColumn<std::chrono::milliseconds>("next");

    QTest::newRow("little comes") << 0.1 << 10ms;
    QTest::newRow("a quarter of the queue came in 10 ms") << 1.0 << 8ms;
    QTest::newRow("half of it") << 2.0 << 4ms;
    QTest::newRow("all of it") << 4.0 << 2ms;
    QTest::newRow("more than the queue can take") << 40.0 << 0ms;
}

void tst_TurnPacer::comesBeforeTheQueueOverflows()
{
    QFETCH(const double, load);
    QFETCH(const std::chrono::milliseconds, next);
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    static_cast<void>(pacer.next(turnAfter(0us)));
    TurnPacer::Turn turn = turnAfter(10ms);
    turn.hasHandled = true;
    turn.load = load;

    QCOMPARE(pacer.next(turn), next);
}

// What is found then came in just now, however long the sleep was.
void tst_TurnPacer::countsFromTheWakeUp()
{
    TurnPacer pacer(10ms);
    static_cast<void>(pacer.next(turnAfter(0us)));
    TurnPacer::Turn turn = turnAfter(1h);
    turn.hasHandled = true;
    turn.load = 1;

    pacer.wakeUp(turn.began);

    QCOMPARE(pacer.next(turn), 0ms);
}

void tst_TurnPacer::staysUpForAnInterval()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);

    QVERIFY(!pacer.maySleep(m_now + 9ms));
    QVERIFY(pacer.maySleep(m_now + 10ms));
}

// At the interval: the next event is to be seen as soon as one that comes in a stream of them.
void tst_TurnPacer::staysUpForTheQuietTimeAfterAnEvent()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    pacer.next(turnWithEventsAfter(0us));

    for (int i = 1; i < 25; ++i) {
        QCOMPARE(pacer.next(turnAfter(10ms)), 10ms);
        QVERIFY(!pacer.maySleep(m_now));
    }
    pacer.next(turnAfter(10ms));
    QVERIFY(pacer.maySleep(m_now));
}

void tst_TurnPacer::countsTheQuietTimeFromTheLastEvent()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);

    for (int i = 0; i < 100; ++i)
        pacer.next(turnWithEventsAfter(40ms));

    QVERIFY(!pacer.maySleep(m_now + TurnPacer::defaultQuietTime - 1ms));
    QVERIFY(pacer.maySleep(m_now + TurnPacer::defaultQuietTime));
}

void tst_TurnPacer::sleepsAfterOneLongInterval()
{
    TurnPacer pacer(10s);
    pacer.wakeUp(m_now);
    pacer.next(turnWithEventsAfter(0us));

    QCOMPARE(pacer.next(turnAfter(10s)), 10s);
    QVERIFY(pacer.maySleep(m_now));
}

void tst_TurnPacer::doesNotStayUpForCallsAlone()
{
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    pacer.next(turnWithEventsAfter(0us));
    m_now += 1h;

    pacer.wakeUp(m_now); // for a call
    pacer.next(turnAfter(0us));
    pacer.next(turnAfter(10ms));

    QVERIFY(pacer.maySleep(m_now));
}

// Where it counts from the start of the machine.
void tst_TurnPacer::sleepsWithoutEventsWhenTheClockHasJustBegun()
{
    m_now = TurnPacer::Time(20ms);
    TurnPacer pacer(10ms);
    pacer.wakeUp(m_now);
    pacer.next(turnAfter(10ms));

    QVERIFY(pacer.maySleep(m_now));
}

QTEST_GUILESS_MAIN(tst_TurnPacer)
#include "tst_turnpacer.moc"

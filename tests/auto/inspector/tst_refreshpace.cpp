// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/refreshpace_p.h"

#include <QTest>

using namespace Recorders::Internal;
using namespace std::chrono_literals;

namespace {

// A GUI thread with a clock of its own.
class Thread
{
public:
    explicit Thread(std::chrono::milliseconds wanted)
    {
        pace.setWanted(wanted);
        pace.restart(m_now, m_work);
    }

    // Ticks that take so much work of the inspector, and of others.
    void tick(int count, std::chrono::milliseconds work, std::chrono::milliseconds others = 0ms)
    {
        for (int i = 0; i < count; ++i) {
            m_work += work;
            m_now += std::max<std::chrono::nanoseconds>(pace.interval(), work + others);
            pace.tick(m_now, m_work);
        }
    }

    RefreshPace pace;

private:
    std::chrono::nanoseconds m_now{};
    std::chrono::nanoseconds m_work{};
};

} // namespace

class tst_RefreshPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheWantedIntervalWhileThereIsTime();
    void slowsDownWhenATickOverrunsItsInterval();
    void slowsDownWhenOthersKeepTheThreadBusy();
    void isNeverSlowerThanHalfAHertz();
    void staysSlowWhileItIsBusy();
    void recovers();
    void isNeverFasterThanWanted();
    void beginsAnewWithAnotherInterval();
    void doesNotTakeAPauseForWork();
};

void tst_RefreshPace::keepsTheWantedIntervalWhileThereIsTime()
{
    Thread thread(100ms);

    thread.tick(100, 90ms);

    QCOMPARE(thread.pace.interval(), 100ms);
    QVERIFY(!thread.pace.isSlowed());
}

void tst_RefreshPace::slowsDownWhenATickOverrunsItsInterval()
{
    Thread thread(100ms);

    thread.tick(1, 110ms);

    QCOMPARE(thread.pace.interval(), 200ms);
    QVERIFY(thread.pace.isSlowed());
    QCOMPARE(thread.pace.wanted(), 100ms);
}

void tst_RefreshPace::slowsDownWhenOthersKeepTheThreadBusy()
{
    Thread thread(100ms);

    thread.tick(1, 1ms, 250ms);

    QVERIFY(thread.pace.isSlowed());
}

void tst_RefreshPace::isNeverSlowerThanHalfAHertz()
{
    Thread thread(100ms);

    thread.tick(20, 5000ms);

    QCOMPARE(thread.pace.interval(), 2000ms);
}

void tst_RefreshPace::staysSlowWhileItIsBusy()
{
    Thread thread(100ms);
    thread.tick(1, 150ms);

    thread.tick(50, 150ms); // would overrun 100 ms again

    QCOMPARE(thread.pace.interval(), 200ms);
}

void tst_RefreshPace::recovers()
{
    Thread thread(100ms);
    thread.tick(3, 2000ms);
    QCOMPARE(thread.pace.interval(), 800ms);

    thread.tick(4, 1ms); // may be a lull
    QCOMPARE(thread.pace.interval(), 800ms);
    thread.tick(1, 1ms);
    QCOMPARE(thread.pace.interval(), 400ms);
    thread.tick(10, 1ms);
    QCOMPARE(thread.pace.interval(), 100ms);
    QVERIFY(!thread.pace.isSlowed());
}

void tst_RefreshPace::isNeverFasterThanWanted()
{
    Thread thread(33ms);
    thread.tick(1, 50ms);
    QCOMPARE(thread.pace.interval(), 66ms);

    thread.tick(100, 0ms);

    QCOMPARE(thread.pace.interval(), 33ms);
}

void tst_RefreshPace::beginsAnewWithAnotherInterval()
{
    Thread thread(100ms);
    thread.tick(3, 2000ms);

    thread.pace.setWanted(500ms);

    QCOMPARE(thread.pace.interval(), 500ms);
    QVERIFY(!thread.pace.isSlowed());
}

void tst_RefreshPace::doesNotTakeAPauseForWork()
{
    RefreshPace pace;
    pace.restart(0ms, 0ms);

    pace.restart(60s, 0ms);
    pace.tick(60s + 100ms, 1ms);

    QVERIFY(!pace.isSlowed());
}

QTEST_APPLESS_MAIN(tst_RefreshPace)
#include "tst_refreshpace.moc"

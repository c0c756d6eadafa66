// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/calllookout_p.h"

#include <QTest>

using Recorders::Internal::CallLookout;
using namespace std::chrono_literals;

// Whether to look for another call, judged by what earlier looks have found. No time passes here.
class tst_CallLookout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_lookout = {}; }

    void looksAtFirst();
    void looksForAsLongAsItFinds();
    void givesUpAfterAFewLooksInVain();
    void staysSoForACallNowAndThen();
    void triesOnceMoreForCallsInARow();
    void looksAgainWhenThatHasFound();

private:
    bool looks(std::chrono::microseconds afterTime, bool wouldFind);
    int looksInVain();

    CallLookout m_lookout;
    CallLookout::Time m_now{ 1h };
};

// In a turn that answers a call.
bool tst_CallLookout::looks(std::chrono::microseconds afterTime, bool wouldFind)
{
    m_now += afterTime;
    const bool doesLook = m_lookout.begin(m_now);
    if (doesLook)
        m_lookout.noteLook(wouldFind);
    return doesLook;
}

int tst_CallLookout::looksInVain()
{
    int count = 0;
    while (count < 100 && looks(1s, false))
        ++count;
    return count;
}

void tst_CallLookout::looksAtFirst()
{
    QVERIFY(looks(0us, false));
}

void tst_CallLookout::looksForAsLongAsItFinds()
{
    for (int i = 0; i < 100; ++i)
        QVERIFY(looks(1s, true));
}

void tst_CallLookout::givesUpAfterAFewLooksInVain()
{
    QCOMPARE(looksInVain(), 3);
}

void tst_CallLookout::staysSoForACallNowAndThen()
{
    looksInVain();

    for (int i = 0; i < 100; ++i)
        QVERIFY(!looks(1ms, true));
}

void tst_CallLookout::triesOnceMoreForCallsInARow()
{
    looksInVain();

    QVERIFY(looks(50us, false));
    QVERIFY(!looks(1ms, false));
}

void tst_CallLookout::looksAgainWhenThatHasFound()
{
    looksInVain();

    QVERIFY(looks(50us, true));
    QCOMPARE(looksInVain(), 3);
}

QTEST_GUILESS_MAIN(tst_CallLookout)
#include "tst_calllookout.moc"

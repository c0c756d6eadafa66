// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/pacedcall_p.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

#include <chrono>

using Recorders::Internal::PacedCall;
using namespace std::chrono_literals;

// A call that is wanted after each part of an update.
class tst_PacedCall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeAtOnce();
    void isMadeOnceForAllThatFollow();
    void isMadeSeldomIfItIsWantedAllTheTime();
    void isMadeAgainIfItIsWantedMeanwhile();
};

void tst_PacedCall::isMadeAtOnce()
{
    int calls = 0;
    PacedCall call([&calls] { ++calls; });

    call.request();

    QCOMPARE(calls, 1);
}

void tst_PacedCall::isMadeOnceForAllThatFollow()
{
    int calls = 0;
    PacedCall call([&calls] { ++calls; });

    for (int i = 0; i < 10; ++i)
        call.request();

    QCOMPARE(calls, 1);
    QTRY_COMPARE(calls, 2);
}

void tst_PacedCall::isMadeSeldomIfItIsWantedAllTheTime()
{
    int calls = 0;
    PacedCall call([&calls] { ++calls; });

    QElapsedTimer time;
    for (time.start(); time.elapsed() < 200;) {
        call.request();
        QCoreApplication::processEvents();
    }

    QCOMPARE_GE(calls, 2);
    QCOMPARE_LE(calls, time.elapsed() / 38 + 1); // a timer may be early by a twentieth
}

void tst_PacedCall::isMadeAgainIfItIsWantedMeanwhile()
{
    int calls = 0;
    PacedCall *again = nullptr;
    PacedCall call([&calls, &again] {
        if (++calls < 3)
            again->request();
    });
    again = &call;

    call.request();

    QCOMPARE(calls, 1);
    QTRY_COMPARE(calls, 3);
}

QTEST_GUILESS_MAIN(tst_PacedCall)

#include "tst_pacedcall.moc"

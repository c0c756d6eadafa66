// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/ownthread_p.h"

#include <QTest>

#include <thread>

using namespace Recorders::Internal;

// What only one thread uses knows that thread. A debug build asserts isHere() at each use.
class tst_OwnThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void belongsToNobodyBeforeAThreadEnters();
    void belongsToTheThreadThatHasEntered();
    void mayBeEnteredAgainByTheSameThread();
    void belongsToNobodyAfterThatHasLeft();

private:
    struct Members
    {
        int value = 0;
    };

    bool isHereInAnotherThread() const;

    OwnThread<Members> m_own;
};

bool tst_OwnThread::isHereInAnotherThread() const
{
    bool isHere = false;
    std::thread([this, &isHere] { isHere = m_own.isHere(); }).join();
    return isHere;
}

void tst_OwnThread::initTestCase()
{
#ifdef QT_NO_DEBUG
    QSKIP("Release builds do not remember the thread.");
#endif
}

void tst_OwnThread::belongsToNobodyBeforeAThreadEnters()
{
    QVERIFY(m_own.isHere());
    QVERIFY(isHereInAnotherThread());
}

void tst_OwnThread::belongsToTheThreadThatHasEntered()
{
    m_own.enter();
    m_own->value = 1;
    QVERIFY(m_own.isHere());
    QVERIFY(!isHereInAnotherThread());
    QCOMPARE(m_own.ofAnyThread().value, 1);
}

void tst_OwnThread::mayBeEnteredAgainByTheSameThread()
{
    m_own.enter();
    m_own.enter();
    QVERIFY(m_own.isHere());
}

void tst_OwnThread::belongsToNobodyAfterThatHasLeft()
{
    m_own.enter();
    m_own.leave();
    QVERIFY(isHereInAnotherThread());
}

QTEST_GUILESS_MAIN(tst_OwnThread)

#include "tst_ownthread.moc"

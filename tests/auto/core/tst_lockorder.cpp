// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/lockorder_p.h"

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Recorders::Internal;

// What debug builds know of the mutexes that a thread has locked.
class tst_LockOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void allowsLevelsThatFollow();
    void refusesALevelTwice();
    void refusesLevelsBefore();
    void forgetsWhatIsUnlocked();
    void knowsEachThreadForItself();
    void locksForAConditionVariable();

private:
    OrderedMutex<LockLevel::Recorder> m_recorder;
    OrderedMutex<LockLevel::Dispatcher> m_dispatcher;
};

void tst_LockOrder::initTestCase()
{
#ifdef QT_NO_DEBUG
    QSKIP("Release builds keep no account of locked mutexes");
#endif
}

void tst_LockOrder::allowsLevelsThatFollow()
{
    const std::lock_guard recorder(m_recorder);

    QVERIFY(HeldLocks::allow(LockLevel::Metrics));
    const std::lock_guard dispatcher(m_dispatcher);
    QVERIFY(HeldLocks::allow(LockLevel::Journal));
}

void tst_LockOrder::refusesALevelTwice()
{
    const std::lock_guard recorder(m_recorder);

    QVERIFY(!HeldLocks::allow(LockLevel::Recorder));
}

void tst_LockOrder::refusesLevelsBefore()
{
    const std::lock_guard dispatcher(m_dispatcher);

    QVERIFY(!HeldLocks::allow(LockLevel::Recorder));
    QVERIFY(!HeldLocks::allow(LockLevel::RuntimeLink));
}

void tst_LockOrder::forgetsWhatIsUnlocked()
{
    {
        const std::lock_guard recorder(m_recorder);
        const std::lock_guard dispatcher(m_dispatcher);
    }

    QVERIFY(HeldLocks::allow(LockLevel::RuntimeLink));
}

void tst_LockOrder::knowsEachThreadForItself()
{
    const std::lock_guard dispatcher(m_dispatcher);
    bool isAllowed = false;

    std::thread([&isAllowed] { isAllowed = HeldLocks::allow(LockLevel::Recorder); }).join();

    QVERIFY(isAllowed);
}

// Such a lock is not checked, and leaves no trace.
void tst_LockOrder::locksForAConditionVariable()
{
    {
        std::condition_variable condition;
        std::unique_lock<std::mutex> lock(m_dispatcher);
        condition.wait_for(lock, std::chrono::nanoseconds(1));
    }

    QVERIFY(HeldLocks::allow(LockLevel::Recorder));
}

QTEST_GUILESS_MAIN(tst_LockOrder)
#include "tst_lockorder.moc"

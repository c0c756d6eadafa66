// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/compactmutex_p.h"
#include "shared/gate.h"
#include "shared/seed.h"
#include "shared/threadsleep.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <mutex>
#include <thread>
#include <vector>

using Recorders::Internal::CompactMutex;
using namespace Testing;

class tst_CompactMutex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsOneThreadInAtATime_data();
    void letsOneThreadInAtATime();
    void wakesThreadsThatSleep();
};

void tst_CompactMutex::letsOneThreadInAtATime_data()
{
    QTest::addColumn<int>("threadCount");

    QTest::newRow("one thread") << 1;
    QTest::newRow("two threads") << 2;
    QTest::newRow("more threads than processors") << 8;
}

void tst_CompactMutex::letsOneThreadInAtATime()
{
    QFETCH(const int, threadCount);
    const int rounds = scaled(20000);
    CompactMutex mutex;
    int count = 0; // not atomic: ThreadSanitizer looks
    std::vector<std::thread> threads;

    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                const std::lock_guard lock(mutex);
                ++count;
                if (round % 1000 == 0)
                    std::this_thread::yield(); // the others find it locked
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(count, threadCount * rounds);
}

void tst_CompactMutex::wakesThreadsThatSleep()
{
    struct Sleeper
    {
        ThreadSleep sleep;
        Latch isDone;
        std::thread thread;
    };
    std::array<Sleeper, 3> sleepers;
    CompactMutex mutex;
    std::size_t count = 0;

    mutex.lock();
    for (Sleeper &sleeper : sleepers) {
        sleeper.thread = std::thread([&] {
            sleeper.sleep.follow();
            mutex.lock();
            ++count;
            mutex.unlock();
            sleeper.isDone.set();
        });
    }
    const bool areAsleep = std::all_of(sleepers.begin(), sleepers.end(), [](Sleeper &sleeper) {
        return sleeper.sleep.comesBefore(sleeper.isDone);
    });
    const std::size_t countBefore = count;
    mutex.unlock();
    for (Sleeper &sleeper : sleepers)
        sleeper.thread.join();

    QVERIFY(areAsleep);
    QCOMPARE(countBefore, 0U);
    QCOMPARE(count, sleepers.size());
}

QTEST_GUILESS_MAIN(tst_CompactMutex)
#include "tst_compactmutex.moc"

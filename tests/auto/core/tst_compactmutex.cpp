// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/compactmutex_p.h"
#include "shared/seed.h"

#include <QTest>

#include <chrono>
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
    void wakesAThreadThatSleeps();
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

// Longer than a thread looks before it sleeps.
void tst_CompactMutex::wakesAThreadThatSleeps()
{
    constexpr int sleeperCount = 3;
    CompactMutex mutex;
    int count = 0;
    std::vector<std::thread> sleepers;

    mutex.lock();
    for (int i = 0; i < sleeperCount; ++i) {
        sleepers.emplace_back([&] {
            const std::lock_guard lock(mutex);
            ++count;
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const int countBefore = count;
    mutex.unlock();
    for (std::thread &thread : sleepers)
        thread.join();

    QCOMPARE(countBefore, 0);
    QCOMPARE(count, sleeperCount);
}

QTEST_GUILESS_MAIN(tst_CompactMutex)
#include "tst_compactmutex.moc"

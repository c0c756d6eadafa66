// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "blockpoolfixture.h"
#include "core/queue/blockpool_p.h"
#include "shared/seed.h"

#include <QRegularExpression>
#include <QTest>

#include <array>
#include <atomic>
#include <chrono>
#include <random>
#include <set>
#include <thread>
#include <vector>

using namespace Recorders::Internal;
using namespace Testing;

namespace {

struct SingleTraits : BlockPoolTraits
{
    static constexpr std::uint32_t blocksPerChunk = 1;
    static constexpr std::uint32_t maxChunks = 64;
};

} // namespace

class tst_BlockPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void startsEmpty();
    void lendsEachBlockOnce();
    void lendsConstructedBlocks();
    void lendsTheBlockReleasedLastFirst();
    void returnsBlocksAsTheyWereReleased();
    void refusesWhenExhaustedAndRecovers();
    void reservesAhead();
    void refusesToReserveMoreThanItCanHold();

    // Threads
    void lendsToOneThreadAtATime();
    void losesNoBlockWhenManyThreadsGrowIt();
};

void tst_BlockPool::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_BlockPool::startsEmpty()
{
    SmallPool pool;

    QCOMPARE(pool.blocksAllocated(), std::size_t{ 0 });
    QCOMPARE(pool.blocksFree(), std::size_t{ 0 });
}

void tst_BlockPool::lendsEachBlockOnce()
{
    SmallPool pool;
    std::set<Block *> blocks;

    for (int i = 0; i < 10; ++i)
        blocks.insert(pool.tryAcquire());

    QCOMPARE(blocks.size(), std::size_t{ 10 });
    QCOMPARE(blocks.count(nullptr), std::size_t{ 0 });
    QCOMPARE(pool.blocksAllocated(), std::size_t{ 12 });
    QCOMPARE(pool.blocksFree(), std::size_t{ 2 });
}

void tst_BlockPool::lendsConstructedBlocks()
{
    SmallPool pool;

    for (int i = 0; i < 10; ++i)
        QCOMPARE(pool.tryAcquire()->value, 7);
}

void tst_BlockPool::lendsTheBlockReleasedLastFirst()
{
    SmallPool pool;
    Block *first = pool.tryAcquire();
    Block *second = pool.tryAcquire();

    pool.release(first);
    pool.release(second);

    QCOMPARE(pool.tryAcquire(), second);
    QCOMPARE(pool.tryAcquire(), first);
}

void tst_BlockPool::returnsBlocksAsTheyWereReleased()
{
    SmallPool pool;
    Block *block = pool.tryAcquire();
    block->value = 42;

    pool.release(block);

    QCOMPARE(block->value, 42); // the memory stays, and stays a Block
    QCOMPARE(pool.tryAcquire()->value, 42);
}

void tst_BlockPool::refusesWhenExhaustedAndRecovers()
{
    SmallPool pool;
    std::vector<Block *> blocks;
    while (Block *block = pool.tryAcquire())
        blocks.push_back(block);

    pool.release(blocks.back());

    QCOMPARE(blocks.size(), std::size_t{ 32 });
    QCOMPARE(pool.tryAcquire(), blocks.back());
    QCOMPARE(pool.tryAcquire(), nullptr);
}

void tst_BlockPool::reservesAhead()
{
    SmallPool pool;

    const bool isReserved = pool.reserve(9);
    for (int i = 0; i < 12; ++i)
        (void)pool.tryAcquire();

    QVERIFY(isReserved);
    QCOMPARE(pool.blocksAllocated(), std::size_t{ 12 });
    QCOMPARE(pool.blocksFree(), std::size_t{ 0 });
}

void tst_BlockPool::refusesToReserveMoreThanItCanHold()
{
    SmallPool pool;

    QVERIFY(!pool.reserve(33));
    QCOMPARE(pool.blocksFree(), std::size_t{ 32 });
}

// Every thread writes its mark to what it holds. ThreadSanitizer sees who has not been waited for,
// the marks show who has been lent the same block.
void tst_BlockPool::lendsToOneThreadAtATime()
{
    SmallPool pool;
    const auto seed = std::uint32_t(seededGenerator("tst_blockpool")());
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(scaled(500));
    std::atomic<int> clashes = 0;

    std::vector<std::thread> threads;
    for (int id = 1; id <= 4; ++id) {
        threads.emplace_back([&, id] {
            std::minstd_rand random(seed + std::uint32_t(id));
            std::array<Block *, 6> held;
            for (int i = 0; i < scaled(20'000) && std::chrono::steady_clock::now() < deadline;
                 ++i) {
                const std::size_t count = 1 + random() % held.size();
                for (std::size_t k = 0; k < count; ++k) {
                    held[k] = pool.tryAcquire();
                    held[k]->value = id;
                }
                for (std::size_t k = 0; k < count; ++k) {
                    clashes.fetch_add(held[k]->value != id, std::memory_order_relaxed);
                    pool.release(held[k]);
                }
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(clashes.load(), 0);
    QCOMPARE(pool.blocksFree(), pool.blocksAllocated());
}

void tst_BlockPool::losesNoBlockWhenManyThreadsGrowIt()
{
    for (int round = 0; round < scaled(50); ++round) {
        BlockPool<Block, SingleTraits> pool;
        std::atomic<bool> go = false;
        std::array<std::array<Block *, 16>, 4> held;

        std::vector<std::thread> threads;
        for (auto &mine : held) {
            threads.emplace_back([&pool, &go, &mine] {
                while (!go.load(std::memory_order_acquire))
                    std::this_thread::yield();
                for (Block *&block : mine)
                    block = pool.tryAcquire();
            });
        }
        go.store(true, std::memory_order_release);
        for (std::thread &thread : threads)
            thread.join();

        std::set<Block *> all;
        for (const auto &mine : held)
            all.insert(mine.begin(), mine.end());
        QCOMPARE(all.size(), std::size_t{ 64 });
        QCOMPARE(all.count(nullptr), std::size_t{ 0 });
        QCOMPARE(pool.blocksAllocated(), std::size_t{ 64 });
        for (Block *block : all)
            pool.release(block);
        QCOMPARE(pool.blocksFree(), std::size_t{ 64 });
    }
}

QTEST_APPLESS_MAIN(tst_BlockPool)
#include "tst_blockpool.moc"

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

// As large as a page, on most systems; zero is clean.
struct PageBlock
{
    std::atomic<int> value;
    std::array<std::byte, 4096 - sizeof(value)> more;
};

// Fails as a test wants it.
struct FailingMemory : PageMemory
{
    static inline std::size_t largestReservation = SIZE_MAX;
    static inline bool failsToCommit = false;
    static inline bool failsToDiscard = false;

    static void *reserve(std::size_t bytes) noexcept
    {
        return bytes <= largestReservation ? PageMemory::reserve(bytes) : nullptr;
    }
    static bool commit(void *begin, std::size_t bytes) noexcept
    {
        return !failsToCommit && PageMemory::commit(begin, bytes);
    }
    static bool discard(void *begin, std::size_t bytes) noexcept
    {
        return !failsToDiscard && PageMemory::discard(begin, bytes);
    }
};

struct PageTraits : BlockPoolTraits
{
    using Memory = FailingMemory;

    static constexpr std::uint32_t blocksPerChunk = 16;
    static constexpr std::uint32_t maxChunks = 8;
};

using PagePool = BlockPool<PageBlock, PageTraits>;

// So that there is always one to spare.
struct LargePageTraits : PageTraits
{
    static constexpr std::uint32_t maxChunks = 1024;
};

bool canGiveBack()
{
    return PageMemory::canDiscard && PageMemory::pageSize() == sizeof(PageBlock);
}

template <typename Pool>
void discardAll(Pool &pool)
{
    while (pool.discardOne()) { }
}

// True if somebody else had it. Relaxed, all: the pool orders them, or a clash is seen.
bool clashesOn(PageBlock &block, int before, int after)
{
    const bool isOurs = block.value.exchange(after, std::memory_order_relaxed) == before
            && block.more.back() == std::byte(before);
    block.more.back() = std::byte(after);
    return !isOurs;
}

// Takes some blocks and releases them. Returns the number of clashes.
int borrowSome(BlockPool<PageBlock, LargePageTraits> &pool, int id, std::minstd_rand &random)
{
    std::array<PageBlock *, 40> held;
    const std::size_t count = 1 + random() % held.size();
    int clashes = 0;
    for (std::size_t i = 0; i < count; ++i) {
        held[i] = pool.tryAcquire();
        clashes += clashesOn(*held[i], 0, id);
    }
    for (std::size_t i = 0; i < count; ++i) {
        clashes += clashesOn(*held[i], id, 0);
        pool.release(held[i]);
    }
    return clashes;
}

} // namespace

// Memory that a pool gives back to the system, or does not get from it.
class tst_BlockPool_Memory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // What is given back
    void givesFreeBlocksBack();
    void givesBackOneAtATime();
    void keepsBlocksThatAreLent();
    void lendsDiscardedBlocksClean();
    void preparesBlocksToBeDiscarded();
    void usesDiscardedBlocksBeforeNewOnes();
    void keepsBlocksThatCannotBeDiscarded();
    void keepsBlocksThatAreNotWholePages();

    // Without memory
    void refusesWithoutAddressSpace();
    void makesDoWithLessAddressSpace();
    void refusesWithoutMemoryAndRecovers();

    // Threads
    void lendsToOneThreadAtATimeWhileOthersDiscard();
    void toleratesStalePointersToWhatIsDiscarded();
};

void tst_BlockPool_Memory::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    FailingMemory::largestReservation = SIZE_MAX;
    FailingMemory::failsToCommit = false;
    FailingMemory::failsToDiscard = false;
}

void tst_BlockPool_Memory::givesFreeBlocksBack()
{
    if (!canGiveBack())
        QSKIP("This system keeps blocks of this size.");
    PagePool pool;
    QVERIFY(pool.reserve(48));

    discardAll(pool);

    QCOMPARE(pool.blocksAllocated(), std::size_t{ 0 });
    QCOMPARE(pool.blocksFree(), std::size_t{ 0 });
}

void tst_BlockPool_Memory::givesBackOneAtATime()
{
    if (!canGiveBack())
        QSKIP("This system keeps blocks of this size.");
    PagePool pool;
    QVERIFY(pool.reserve(2));

    const bool hasGivenBack = pool.discardOne() && pool.discardOne();
    const std::size_t left = pool.blocksAllocated();
    for (int i = 0; i < 15; ++i)
        (void)pool.tryAcquire();

    QVERIFY(hasGivenBack);
    QCOMPARE(left, std::size_t{ 14 });
    QCOMPARE(pool.blocksAllocated(), std::size_t{ 15 });
    QCOMPARE(pool.blocksFree(), std::size_t{ 0 });
}

void tst_BlockPool_Memory::keepsBlocksThatAreLent()
{
    PagePool pool;
    std::array<PageBlock *, 5> lent;
    for (PageBlock *&block : lent) {
        block = pool.tryAcquire();
        block->value = 42;
    }

    discardAll(pool);

    QCOMPARE(pool.blocksAllocated(), canGiveBack() ? lent.size() : 16);
    for (PageBlock *block : lent) {
        QCOMPARE(block->value.load(), 42);
        pool.release(block);
    }
    QCOMPARE(pool.blocksFree(), pool.blocksAllocated());
}

void tst_BlockPool_Memory::lendsDiscardedBlocksClean()
{
    if (!canGiveBack())
        QSKIP("This system keeps blocks of this size.");
    PagePool pool;
    PageBlock *const block = pool.tryAcquire();
    block->value = 42;
    pool.release(block);

    discardAll(pool);

    QCOMPARE(block->value.load(), 0); // the address stays a block
    std::set<PageBlock *> lent;
    for (int i = 0; i < 16; ++i) {
        PageBlock *const next = pool.tryAcquire();
        QCOMPARE(next->value.load(), 0);
        lent.insert(next);
    }
    QCOMPARE(lent.size(), std::size_t{ 16 });
    QCOMPARE(lent.count(block), std::size_t{ 1 });
}

void tst_BlockPool_Memory::preparesBlocksToBeDiscarded()
{
    if (!canGiveBack())
        QSKIP("This system keeps blocks of this size.");
    PagePool pool;
    PageBlock *const block = pool.tryAcquire();
    block->value = 42;
    pool.release(block);

    int prepared = 0;
    const bool isDone = pool.discardOne([&prepared](PageBlock &its) { prepared = its.value; });

    QVERIFY(isDone);
    QCOMPARE(prepared, 42);
}

void tst_BlockPool_Memory::usesDiscardedBlocksBeforeNewOnes()
{
    PagePool pool;
    QVERIFY(pool.reserve(128)); // all that it can hold

    for (int round = 0; round < 3; ++round) {
        discardAll(pool);
        QVERIFY(pool.reserve(128));
        QCOMPARE(pool.blocksFree(), std::size_t{ 128 });
    }
}

void tst_BlockPool_Memory::keepsBlocksThatCannotBeDiscarded()
{
    PagePool pool;
    QVERIFY(pool.reserve(16));
    FailingMemory::failsToDiscard = true;

    const bool hasGivenBack = pool.discardOne();

    QVERIFY(!hasGivenBack);
    QCOMPARE(pool.blocksAllocated(), std::size_t{ 16 });
    QCOMPARE(pool.blocksFree(), std::size_t{ 16 });
}

void tst_BlockPool_Memory::keepsBlocksThatAreNotWholePages()
{
    SmallPool pool;
    QVERIFY(pool.reserve(4));

    const bool hasGivenBack = pool.discardOne();

    QVERIFY(!hasGivenBack);
    QCOMPARE(pool.blocksFree(), std::size_t{ 4 });
    QCOMPARE(pool.tryAcquire()->value, 7);
}

void tst_BlockPool_Memory::refusesWithoutAddressSpace()
{
    PagePool pool;
    FailingMemory::largestReservation = 0;
    const bool isReserved = pool.reserve(1);
    const PageBlock *const refused = pool.tryAcquire();
    const bool hasGivenBack = pool.discardOne();

    FailingMemory::largestReservation = SIZE_MAX;

    QVERIFY(!isReserved);
    QVERIFY(!hasGivenBack);
    QCOMPARE(refused, nullptr);
    QVERIFY(pool.tryAcquire());
}

void tst_BlockPool_Memory::makesDoWithLessAddressSpace()
{
    constexpr std::size_t links = std::size_t{ 64 } << 10; // in front of the blocks
    PagePool pool;
    FailingMemory::largestReservation = links + 50 * sizeof(PageBlock);

    QVERIFY(!pool.reserve(128));

    QCOMPARE(pool.blocksFree(), std::size_t{ 32 });
}

void tst_BlockPool_Memory::refusesWithoutMemoryAndRecovers()
{
    PagePool pool;
    FailingMemory::failsToCommit = true;
    const PageBlock *const first = pool.tryAcquire();
    FailingMemory::failsToCommit = false;
    QVERIFY(pool.reserve(16));
    FailingMemory::failsToCommit = true;
    const bool isReserved = pool.reserve(17);

    FailingMemory::failsToCommit = false;

    QCOMPARE(first, nullptr);
    QVERIFY(!isReserved);
    QCOMPARE(pool.blocksAllocated(), std::size_t{ 16 });
    QVERIFY(pool.reserve(17));
}

// As above. Blocks are released clean, as they may be discarded.
void tst_BlockPool_Memory::lendsToOneThreadAtATimeWhileOthersDiscard()
{
    BlockPool<PageBlock, LargePageTraits> pool;
    const auto seed = std::uint32_t(seededGenerator("tst_blockpool")());
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(scaled(500));
    std::atomic<int> clashes = 0;
    std::atomic<int> discarded = 0;
    std::atomic<int> atWork = 3;

    std::vector<std::thread> threads;
    for (int id = 1; id <= 3; ++id) {
        threads.emplace_back([&, id] {
            std::minstd_rand random(seed + std::uint32_t(id));
            for (int i = 0; i < scaled(5'000) && std::chrono::steady_clock::now() < deadline; ++i)
                clashes.fetch_add(borrowSome(pool, id, random), std::memory_order_relaxed);
            atWork.fetch_sub(1, std::memory_order_relaxed);
        });
    }
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            while (atWork.load(std::memory_order_relaxed) > 0) {
                if (pool.discardOne())
                    discarded.fetch_add(1, std::memory_order_relaxed);
                else
                    std::this_thread::yield();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(clashes.load(), 0);
    QCOMPARE(pool.blocksFree(), pool.blocksAllocated());
    QVERIFY(!canGiveBack() || discarded > 0);
    discardAll(pool);
    QVERIFY(!canGiveBack() || pool.blocksAllocated() == 0);
}

void tst_BlockPool_Memory::toleratesStalePointersToWhatIsDiscarded()
{
    PagePool pool;
    PageBlock *const block = pool.tryAcquire();
    std::atomic<bool> isDone = false;

    std::thread reader([block, &isDone] {
        // Relaxed, all: nothing is reached through them.
        while (!isDone.load(std::memory_order_relaxed)) {
            int expected = 1; // which it never is
            block->value.compare_exchange_strong(expected, 2, std::memory_order_relaxed,
                                                 std::memory_order_relaxed);
        }
    });
    pool.release(block);
    for (int i = 0; i < scaled(1000); ++i) {
        discardAll(pool);
        pool.release(pool.tryAcquire());
    }
    isDone.store(true, std::memory_order_relaxed);
    reader.join();

    QCOMPARE(block->value.load(), 0);
}

QTEST_APPLESS_MAIN(tst_BlockPool_Memory)
#include "tst_blockpool_memory.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/pagememory_p.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace Recorders::Internal {

struct BlockPoolTraits
{
    template <typename T>
    using Atomic = std::atomic<T>;

    using Memory = PageMemory;

    static constexpr std::uint32_t blocksPerChunk = 64;
    static constexpr std::uint32_t maxChunks = 16384;
};

/*
    BlockPool lends blocks of one type. Their addresses stay blocks while the pool lives; the memory
    behind those that are free goes back to the operating system when discardOne() is called.

    Roles. Any thread calls any function. Construction happens-before and destruction
    happens-after all other calls and every use of a block.

    Progress. tryAcquire(), release() and discardOne() are lock-free; only a tryAcquire() that finds
    the pool empty, and discardOne(), enter the kernel. Nothing throws: a block's default
    constructor must not.

    Type stability. A block is constructed with its chunk, is never destroyed before the pool,
    and its memory is never used for anything else. A thread with a stale pointer may therefore
    still read and compare-exchange the atomics of a block that was given back, and of one whose
    page was discarded: that is readable, and comes back as zero. The pool does not touch blocks:
    its links live elsewhere.

    Clean blocks. A block comes back as it was released, or all zero. Who discards needs a type of
    block to which zero is clean, and releases clean blocks only; then every block is clean, always.

    Memory. Address space for all blocks that there may ever be is reserved at once: links, then
    blocks. It becomes memory in chunks. So a block's number follows from its address. Blocks of
    whole pages can be discarded; where pages are larger, they stay.

    Algorithm. Two Treiber stacks (R. K. Treiber, "Systems programming: coping with parallelism",
    IBM RJ 5118, 1986) of 32-bit block numbers, with a 32-bit tag beside the top against ABA: m_free,
    and m_discarded of free blocks without a page, which are used when there are no others.

    Invariants.
     (I1) The blocks reachable from either stack are those that nobody has acquired, but for the one
          that each discardOne() has under way.
     (I2) Every push raises the tag. So a word seen twice in a stack's head means that its top was
          not pushed in between, hence that its link is the one that was read (unless a thread
          sleeps through 2^32 pushes exactly).
     (I3) A head changes by read-modify-write only: reading it with acquire synchronizes with
          every push that went before, not just with the last one (release sequence).
     (I4) Links and blocks of a chunk are constructed by the thread that counted it in m_chunkCount,
          before any of them is pushed or lent. Threads that grow the pool at the same time add a
          chunk each. Committing a chunk twice does no harm, so it comes before the count.
     (I5) Only the thread that took a block off the stacks writes its link, and discards its page.

    Synchronization.
     (P1) The release in push() pairs with the acquire of the same head in pop(): who gets a block
          sees all that its former owner did to it, its link, and the region.
     (P2) The release of m_region in provideRegion() pairs with the acquires there.

    Stress test: tst_BlockPool, under TSan; the orders are proven by tst_EventQueueModels.
*/
template <typename Block, typename Traits = BlockPoolTraits>
class BlockPool final
{
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;
    using Memory = typename Traits::Memory;

    static_assert(std::uint64_t{ Traits::blocksPerChunk } * Traits::maxChunks < UINT32_MAX,
                  "Block numbers must fit 32 bits");

public:
    BlockPool() = default;
    ~BlockPool();
    BlockPool(const BlockPool &) = delete;
    BlockPool &operator=(const BlockPool &) = delete;

    [[nodiscard]] Block *tryAcquire() noexcept; // null: no memory
    void release(Block *block) noexcept;
    [[nodiscard]] bool reserve(std::size_t count) noexcept; // true: that many exist, lent or not

    // Gives back the memory of a free block, after prepare(block). False: there is none, or it cannot
    // be given back.
    template <typename Prepare>
    bool discardOne(Prepare prepare) noexcept;
    bool discardOne() noexcept
    {
        return discardOne([](Block &) {});
    }

    // With memory, lent or not. Exact while nobody calls other functions, as the next.
    std::size_t blocksAllocated() const noexcept;
    std::size_t blocksFree() const noexcept;

private:
    using Number = std::uint32_t; // of a block, from 1; 0: none
    using Link = Atomic<Number>;

    static constexpr std::size_t maxBlocks =
            std::size_t{ Traits::blocksPerChunk } * Traits::maxChunks;
    // A power of two that is more than any page, so that blocks behind it are at the begin of pages.
    static constexpr std::size_t alignment = std::size_t{ 64 } << 10;
    static constexpr std::size_t blocksOffset =
            (maxBlocks * sizeof(Link) + alignment - 1) / alignment * alignment;

    static constexpr Number topOf(std::uint64_t head) { return Number(head); }
    static constexpr std::uint64_t pushed(std::uint64_t head, Number top)
    {
        return (((head >> 32) + 1) << 32) | top;
    }
    static constexpr std::uint64_t popped(std::uint64_t head, Number top)
    {
        return ((head >> 32) << 32) | top;
    }

    static constexpr std::uintptr_t halvingsMask = 63;
    static constexpr Number chunksOf(std::uintptr_t region)
    {
        return Traits::maxChunks >> (region & halvingsMask);
    }
    static constexpr std::size_t sizeOf(Number chunks)
    {
        return blocksOffset + std::size_t{ chunks } * Traits::blocksPerChunk * sizeof(Block);
    }

    // Relaxed: who knows a block or its number got it by (P1), after the region, or by (P2).
    std::byte *begin() const noexcept
    {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer and a mark in one
        return reinterpret_cast<std::byte *>(m_region.load(std::memory_order_relaxed)
                                             & ~halvingsMask);
    }
    Link *links() const noexcept { return reinterpret_cast<Link *>(begin()); }
    Block *blocks() const noexcept { return reinterpret_cast<Block *>(begin() + blocksOffset); }

    static std::uintptr_t reserveRegion() noexcept;
    std::uintptr_t provideRegion() noexcept;
    bool commitChunk(Number index) const noexcept;
    Block *acquireMore() noexcept;
    Block *grow() noexcept;
    Number pop(Atomic<std::uint64_t> &stack) noexcept;
    void push(Atomic<std::uint64_t> &stack, Number top, Number bottom) noexcept;

    // Any thread, both. Low half: number of the top block, 0: none. High half: tag.
    alignas(64) Atomic<std::uint64_t> m_free{ 0 };
    alignas(64) Atomic<std::uint64_t> m_discarded{ 0 };
    Atomic<Number> m_chunkCount{ 0 }; // any thread; chunks that were given out, never falls
    Atomic<Number> m_discardedCount{ 0 }; // any thread; a number
    // Any thread; set once, 0: not yet. Where the region begins, at a page, and in the bits below how
    // often its size was halved until there was address space. Every call reads it, so that it is
    // not beside what changes.
    alignas(64) Atomic<std::uintptr_t> m_region{ 0 };
};

template <typename Block, typename Traits>
BlockPool<Block, Traits>::~BlockPool()
{
    // Relaxed, both: destruction happens-after everything else.
    const std::uintptr_t region = m_region.load(std::memory_order_relaxed);
    if (region == 0)
        return;
    const Number count = m_chunkCount.load(std::memory_order_relaxed) * Traits::blocksPerChunk;
    std::destroy_n(blocks(), count);
    std::destroy_n(links(), count);
    Memory::release(begin(), sizeOf(chunksOf(region)));
}

template <typename Block, typename Traits>
Block *BlockPool<Block, Traits>::tryAcquire() noexcept
{
    for (;;) {
        if (const Number number = pop(m_free))
            return blocks() + (number - 1);
        if (Block *const block = acquireMore())
            return block;
        // Between the two looks blocks may have gone from the one stack to the other. Relaxed, both:
        // it is only looked whether there are any.
        if (topOf(m_free.load(std::memory_order_relaxed)) == 0
            && topOf(m_discarded.load(std::memory_order_relaxed)) == 0)
            return nullptr;
    }
}

template <typename Block, typename Traits>
void BlockPool<Block, Traits>::release(Block *block) noexcept
{
    const auto number = Number(block - blocks()) + 1;
    push(m_free, number, number);
}

template <typename Block, typename Traits>
bool BlockPool<Block, Traits>::reserve(std::size_t count) noexcept
{
    while (blocksAllocated() < count) {
        Block *const block = acquireMore();
        if (!block)
            return false;
        release(block);
    }
    return true;
}

template <typename Block, typename Traits>
template <typename Prepare>
bool BlockPool<Block, Traits>::discardOne(Prepare prepare) noexcept
{
    if (!Memory::canDiscard || sizeof(Block) % Memory::pageSize() != 0)
        return false;
    const Number number = pop(m_free);
    if (number == 0)
        return false;
    Block *const block = blocks() + (number - 1);
    prepare(*block);
    const bool isDone = Memory::discard(block, sizeof(Block));
    if (isDone)
        m_discardedCount.fetch_add(1, std::memory_order_relaxed); // a number
    push(isDone ? m_discarded : m_free, number, number);
    return isDone;
}

template <typename Block, typename Traits>
std::size_t BlockPool<Block, Traits>::blocksAllocated() const noexcept
{
    // Relaxed, both: numbers for statistics and reserve(), nothing is reached through them. So what
    // is discarded may be of a chunk that is not counted yet.
    const std::size_t discarded = m_discardedCount.load(std::memory_order_relaxed);
    const std::size_t count =
            std::size_t{ m_chunkCount.load(std::memory_order_relaxed) } * Traits::blocksPerChunk;
    return count - std::min(count, discarded);
}

template <typename Block, typename Traits>
std::size_t BlockPool<Block, Traits>::blocksFree() const noexcept
{
    const std::size_t allocated = blocksAllocated(); // the walk ends, whatever others do meanwhile
    std::size_t count = 0;
    Number number = topOf(m_free.load(std::memory_order_acquire)); // pairs with (P1)
    while (number != 0 && count < allocated) {
        ++count;
        number = links()[number - 1].load(std::memory_order_relaxed); // visible by (P1) and (I3)
    }
    return count;
}

// As large as the process may have it.
template <typename Block, typename Traits>
std::uintptr_t BlockPool<Block, Traits>::reserveRegion() noexcept
{
    const std::size_t most = Memory::maxReservation();
    for (std::uintptr_t halvings = 0; chunksOf(halvings) > 0; ++halvings) {
        const std::size_t size = sizeOf(chunksOf(halvings));
        if (void *const begin = size <= most ? Memory::reserve(size) : nullptr)
            return reinterpret_cast<std::uintptr_t>(begin) | halvings;
    }
    return 0;
}

template <typename Block, typename Traits>
std::uintptr_t BlockPool<Block, Traits>::provideRegion() noexcept
{
    std::uintptr_t known = m_region.load(std::memory_order_acquire); // pairs with (P2)
    if (known != 0)
        return known;
    const std::uintptr_t ours = reserveRegion();
    if (ours == 0)
        return m_region.load(std::memory_order_acquire); // another may have had more luck, (P2)
    // Release: (P2). Acquire when it fails: known is used, pairs with (P2).
    if (m_region.compare_exchange_strong(known, ours, std::memory_order_release,
                                         std::memory_order_acquire))
        return ours;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer and a mark in one
    Memory::release(reinterpret_cast<void *>(ours & ~halvingsMask), sizeOf(chunksOf(ours)));
    return known;
}

template <typename Block, typename Traits>
bool BlockPool<Block, Traits>::commitChunk(Number index) const noexcept
{
    constexpr std::size_t count = Traits::blocksPerChunk;
    return Memory::commit(links() + index * count, count * sizeof(Link))
            && Memory::commit(blocks() + index * count, count * sizeof(Block));
}

// Returns a block that has no memory yet, or not any more.
template <typename Block, typename Traits>
Block *BlockPool<Block, Traits>::acquireMore() noexcept
{
    const Number number = pop(m_discarded);
    if (number == 0)
        return grow();
    m_discardedCount.fetch_sub(1, std::memory_order_relaxed); // a number
    return blocks() + (number - 1);
}

// Returns the first block of a new chunk, lent to the caller, and pushes the others.
template <typename Block, typename Traits>
Block *BlockPool<Block, Traits>::grow() noexcept
{
    const std::uintptr_t region = provideRegion();
    if (region == 0)
        return nullptr;

    // Relaxed, all three: this only hands out a chunk (I4); what is in it, (P1) publishes.
    Number index = m_chunkCount.load(std::memory_order_relaxed);
    do {
        if (index == chunksOf(region) || !commitChunk(index))
            return nullptr;
    } while (!m_chunkCount.compare_exchange_weak(index, index + 1, std::memory_order_relaxed,
                                                 std::memory_order_relaxed));

    constexpr Number count = Traits::blocksPerChunk;
    Link *const chunkLinks = links() + std::size_t{ index } * count;
    Block *const chunkBlocks = blocks() + std::size_t{ index } * count;
    std::uninitialized_value_construct_n(chunkLinks, count);
    std::uninitialized_default_construct_n(chunkBlocks, count);
    const Number first = index * count + 1;
    for (Number i = 1; i + 1 < count; ++i)
        chunkLinks[i].store(first + i + 1, std::memory_order_relaxed); // published by (P1)
    if (count > 1)
        push(m_free, first + 1, first + count - 1);
    return chunkBlocks;
}

template <typename Block, typename Traits>
auto BlockPool<Block, Traits>::pop(Atomic<std::uint64_t> &stack) noexcept -> Number
{
    for (;;) {
        std::uint64_t head = stack.load(std::memory_order_acquire); // pairs with (P1)
        if (topOf(head) == 0)
            return 0;
        // Relaxed: at least as new as head by (P1); if newer, the exchange fails by (I2).
        const Number next = links()[topOf(head) - 1].load(std::memory_order_relaxed);
        // Relaxed: when it succeeds, by (I2) this is the very word that was acquired above; when
        // it fails, the next round acquires another.
        if (stack.compare_exchange_weak(head, popped(head, next), std::memory_order_relaxed,
                                        std::memory_order_relaxed))
            return topOf(head);
    }
}

template <typename Block, typename Traits>
void BlockPool<Block, Traits>::push(Atomic<std::uint64_t> &stack, Number top,
                                    Number bottom) noexcept
{
    Link &link = links()[bottom - 1];
    // Relaxed: the old top is linked to, not looked at.
    std::uint64_t head = stack.load(std::memory_order_relaxed);
    do {
        link.store(topOf(head), std::memory_order_relaxed); // published by (P1)
    } while (!stack.compare_exchange_weak(head, pushed(head, top),
                                          std::memory_order_release, // (P1)
                                          std::memory_order_relaxed));
}

} // namespace Recorders::Internal

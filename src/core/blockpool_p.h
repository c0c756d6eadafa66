// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

namespace Recorders::Internal {

struct BlockPoolTraits
{
    template <typename T>
    using Atomic = std::atomic<T>;

    static constexpr std::uint32_t blocksPerChunk = 64;
    static constexpr std::uint32_t maxChunks = 16384;
};

/*
    BlockPool lends blocks of one type, and never gives their memory back while it lives.

    Roles. Any thread calls any function. Construction happens-before and destruction
    happens-after all other calls and every use of a block.

    Progress. tryAcquire() and release() are lock-free; only a tryAcquire() that finds the pool
    empty allocates. Nothing throws: a block's default constructor must not.

    Type stability. A block is constructed with its chunk, is never destroyed before the pool,
    and its memory is never used for anything else. A thread with a stale pointer may therefore
    still read and compare-exchange the atomics of a block that was given back. The pool does
    not touch blocks: its links live beside them.

    Clean blocks. A block comes back as it was released. Users who release blocks only in the
    state in which they were constructed get blocks in that state, always.

    Algorithm. A Treiber stack (R. K. Treiber, "Systems programming: coping with parallelism",
    IBM RJ 5118, 1986) of 32-bit block numbers, with a 32-bit tag beside the top against ABA.

    Invariants.
     (I1) The blocks reachable from m_head are those that nobody has acquired.
     (I2) Every push raises the tag. So a word seen twice in m_head means that its top was not
          pushed in between, hence that its link is the one that was read (unless a thread
          sleeps through 2^32 pushes exactly).
     (I3) m_head changes by read-modify-write only: reading it with acquire synchronizes with
          every push that went before, not just with the last one (release sequence).
     (I4) A place in m_chunks is written once, by the thread that counted it in m_chunkCount,
          and before any block of that chunk is pushed or lent. Threads that grow the pool at
          the same time add a chunk each.

    Synchronization.
     (P1) The release in push() pairs with the acquire of m_head in tryAcquire(): who gets a
          block sees all that its former owner did to it, its link, and its chunk's place.

    Stress test: tst_BlockPool, under TSan; the orders are proven by tst_EventQueueModels.
*/
template <typename Block, typename Traits = BlockPoolTraits>
class BlockPool final
{
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;

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

    std::size_t blocksAllocated() const noexcept;
    std::size_t blocksFree() const noexcept; // exact while nobody acquires or releases

private:
    struct Node : Block
    {
        Atomic<std::uint32_t> next{ 0 }; // number of the block below, 0: none; for m_head's users
        std::uint32_t number = 0; // never changes once the block was pushed or lent
    };
    using Chunk = std::array<Node, Traits::blocksPerChunk>;

    static constexpr std::uint32_t topOf(std::uint64_t head) { return std::uint32_t(head); }
    static constexpr std::uint64_t pushed(std::uint64_t head, std::uint32_t top)
    {
        return (((head >> 32) + 1) << 32) | top;
    }
    static constexpr std::uint64_t popped(std::uint64_t head, std::uint32_t top)
    {
        return ((head >> 32) << 32) | top;
    }

    Node &at(std::uint32_t number) const noexcept;
    Node *grow() noexcept;
    void push(Node &top, Node &bottom) noexcept;

    // Any thread. Low half: number of the top block, 0: none. High half: tag.
    alignas(64) Atomic<std::uint64_t> m_head{ 0 };
    // Any thread. Places of m_chunks that were given out; never falls.
    alignas(64) Atomic<std::uint32_t> m_chunkCount{ 0 };
    std::array<Atomic<Chunk *>, Traits::maxChunks> m_chunks{}; // any thread, see (I4)
};

template <typename Block, typename Traits>
BlockPool<Block, Traits>::~BlockPool()
{
    // Relaxed, both: destruction happens-after everything else.
    const std::uint32_t count = m_chunkCount.load(std::memory_order_relaxed);
    for (std::uint32_t i = 0; i < count; ++i)
        delete m_chunks[i].load(std::memory_order_relaxed);
}

template <typename Block, typename Traits>
Block *BlockPool<Block, Traits>::tryAcquire() noexcept
{
    for (;;) {
        std::uint64_t head = m_head.load(std::memory_order_acquire); // pairs with (P1)
        if (topOf(head) == 0)
            return grow();
        Node &node = at(topOf(head));
        // Relaxed: at least as new as head by (P1); if newer, the exchange fails by (I2).
        const std::uint32_t next = node.next.load(std::memory_order_relaxed);
        // Relaxed: when it succeeds, by (I2) this is the very word that was acquired above; when
        // it fails, the next round acquires another.
        if (m_head.compare_exchange_weak(head, popped(head, next), std::memory_order_relaxed,
                                         std::memory_order_relaxed))
            return &node;
    }
}

template <typename Block, typename Traits>
void BlockPool<Block, Traits>::release(Block *block) noexcept
{
    Node &node = static_cast<Node &>(*block);
    push(node, node);
}

template <typename Block, typename Traits>
bool BlockPool<Block, Traits>::reserve(std::size_t count) noexcept
{
    while (blocksAllocated() < count) {
        Node *node = grow();
        if (!node)
            return false;
        push(*node, *node);
    }
    return true;
}

template <typename Block, typename Traits>
std::size_t BlockPool<Block, Traits>::blocksAllocated() const noexcept
{
    // Relaxed: a number for statistics and reserve(), nothing is reached through it.
    return std::size_t{ m_chunkCount.load(std::memory_order_relaxed) } * Traits::blocksPerChunk;
}

template <typename Block, typename Traits>
std::size_t BlockPool<Block, Traits>::blocksFree() const noexcept
{
    const std::size_t allocated = blocksAllocated(); // the walk ends, whatever others do meanwhile
    std::size_t count = 0;
    std::uint32_t number = topOf(m_head.load(std::memory_order_acquire)); // pairs with (P1)
    while (number != 0 && count < allocated) {
        ++count;
        number = at(number).next.load(std::memory_order_relaxed); // visible by (P1) and (I3)
    }
    return count;
}

template <typename Block, typename Traits>
typename BlockPool<Block, Traits>::Node &
BlockPool<Block, Traits>::at(std::uint32_t number) const noexcept
{
    const std::uint32_t index = number - 1;
    // Relaxed: who knows the number has acquired it from m_head, after (I4).
    Chunk *chunk = m_chunks[index / Traits::blocksPerChunk].load(std::memory_order_relaxed);
    return (*chunk)[index % Traits::blocksPerChunk];
}

// Returns the first block of a new chunk, lent to the caller, and pushes the others.
template <typename Block, typename Traits>
typename BlockPool<Block, Traits>::Node *BlockPool<Block, Traits>::grow() noexcept
{
    Chunk *chunk = new (std::nothrow) Chunk;
    if (!chunk)
        return nullptr;

    // Relaxed, all three: this only hands out a place (I4); what is in it, (P1) publishes.
    std::uint32_t index = m_chunkCount.load(std::memory_order_relaxed);
    do {
        if (index == Traits::maxChunks) {
            delete chunk;
            return nullptr;
        }
    } while (!m_chunkCount.compare_exchange_weak(index, index + 1, std::memory_order_relaxed,
                                                 std::memory_order_relaxed));

    std::uint32_t number = index * Traits::blocksPerChunk;
    for (Node &node : *chunk) {
        node.number = ++number;
        node.next.store(number + 1, std::memory_order_relaxed); // published by (P1)
    }
    m_chunks[index].store(chunk, std::memory_order_relaxed); // published by (P1)
    if (Traits::blocksPerChunk > 1)
        push((*chunk)[1], chunk->back());
    return &chunk->front();
}

template <typename Block, typename Traits>
void BlockPool<Block, Traits>::push(Node &top, Node &bottom) noexcept
{
    // Relaxed: the old top is linked to, not looked at.
    std::uint64_t head = m_head.load(std::memory_order_relaxed);
    do {
        bottom.next.store(topOf(head), std::memory_order_relaxed); // published by (P1)
    } while (!m_head.compare_exchange_weak(head, pushed(head, top.number),
                                           std::memory_order_release, // (P1)
                                           std::memory_order_relaxed));
}

} // namespace Recorders::Internal

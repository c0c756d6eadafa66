// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/eventlane.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace Recorders::Internal {

// A part of a lane's memory. Any content is clean, as BlockPool wants it.
template <typename Traits>
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): any content will do
struct LaneBlock
{
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;

    Atomic<LaneBlock *> next{ nullptr };
    std::array<typename Traits::Lane::Unit, Traits::laneBlockUnits> units;
};

// Where a lane is made. Any content is clean, as BlockPool wants it.
template <typename Lane>
struct alignas(Lane) LaneRoom
{
    std::array<std::byte, sizeof(Lane)> bytes;
};

/*
    What an EventQueue needs of a lane in addition: its memory, the grant, the seal, and the consumer.

    Blocks form a circle: the thread writes into one, and the consumer reads that or an earlier one.
    Those between the one that is written and the one that is read are free, and are written next.
    The circle grows where there is none, and shrinks one by one when there are many.

    See EventQueue for the invariants and the orders.
*/
template <typename Traits>
class OwnedLane final : public EventLane<typename Traits::Lane>
{
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;
    using Base = EventLane<typename Traits::Lane>;
    using Unit = typename Traits::Lane::Unit;

public:
    using Block = LaneBlock<Traits>;

    OwnedLane(const void *owner, OwnedLane *previous) noexcept
        : Base(owner)
        , number(previous ? previous->number + 1 : 1)
        , former(previous)
    {
    }

    const unsigned number; // from 1, in its queue
    OwnedLane *const former; // the lane that the queue had before

    // the thread: the grant
    bool tryOpen(std::uint64_t ticket) noexcept; // false: it is in use
    void cancel() noexcept // the grant has failed
    {
        this->state.store(Base::stateOf(Base::Idle, this->nextTicket()), std::memory_order_relaxed);
    }
    bool hasMemory() const noexcept { return this->nextRecord(); }
    void begin(std::uint64_t gateWord, std::uint64_t ticket, std::uint64_t ticketLimit,
               Block *first) noexcept;

    // the thread: its memory
    Block *readBlock() const noexcept // where the consumer is
    {
        return m_readBlock.load(std::memory_order_acquire); // pairs with (P10)
    }
    bool needsBlock(const Block *readBlock) const noexcept; // the next one is not free
    template <typename Pool> // the event that is announced does not fit
    void moveOn(Block *fresh, const Block *readBlock, Pool &pool) noexcept;

    // any thread
    bool isIdle() const noexcept // nothing of it is left to be handled
    {
        return Base::kindOf(this->state.load(std::memory_order_relaxed)) == Base::Idle;
    }
    std::uint64_t seal(std::uint64_t ticket) noexcept; // of a lane that is open from there

    // the consumer
    void read(std::uint64_t ticket) noexcept { m_seen = ticket; } // which is the first one
    Unit *front(std::uint64_t head) noexcept; // null: not published (yet)
    void pop(std::size_t units) noexcept { m_readPosition += units; }
    bool isFinished(std::uint64_t head) const noexcept; // sealed, and all is handled
    bool isPublished() const noexcept; // sealed, and all is published
    std::uint64_t lastTicket() const noexcept // of a lane that is sealed
    {
        return Base::ticketIn(this->state.load(std::memory_order_relaxed));
    }
    void finish(std::uint64_t head) noexcept
    {
        this->state.store(Base::stateOf(Base::Idle, head), std::memory_order_relaxed);
    }
    template <typename Pool>
    void giveBack(Pool &pool) noexcept; // its memory, unless it is in use

    std::uint64_t fencedWord = 0; // the consumer's, see EventQueue::prepareIdle()

private:
    static Unit *endOf(Block *block) noexcept { return block->units.data() + block->units.size(); }
    void write(Block *block) noexcept;
    static void fetch(Block *block) noexcept // its beginning; what follows is fetched on the way
    {
        Traits::Lane::prefetch(block->units.data(), Traits::Lane::prefetchDistance);
    }
    template <typename Pool>
    void prepareBlockAfter(Block *block, const Block *readBlock, Pool &pool) noexcept;

    // The thread's, while the lane is open.
    Atomic<Block *> m_writeBlock{ nullptr };
    std::size_t m_blockCount = 0;

    // The consumer's, but for begin().
    alignas(64) Atomic<Block *> m_readBlock{ nullptr };
    Unit *m_readPosition = nullptr;
    std::uint64_t m_seen = 0; // tickets below are published
};

template <typename Traits>
bool OwnedLane<Traits>::tryOpen(std::uint64_t ticket) noexcept
{
    // Relaxed: the exchange acquires.
    std::uint64_t seen = this->state.load(std::memory_order_relaxed);
    // Acquire: pairs with (P9).
    return Base::kindOf(seen) == Base::Idle
            && this->state.compare_exchange_strong(seen, Base::stateOf(Base::Open, ticket),
                                                   std::memory_order_acquire,
                                                   std::memory_order_relaxed);
}

// The grant has succeeded. The consumer learns of it by the event that it came with.
template <typename Traits>
void OwnedLane<Traits>::begin(std::uint64_t gateWord, std::uint64_t ticket,
                              std::uint64_t ticketLimit, Block *first) noexcept
{
    // Relaxed, all: published by that event (P1).
    this->announced.store(ticket, std::memory_order_relaxed);
    this->published.store(ticket, std::memory_order_relaxed);
    this->word.store(gateWord, std::memory_order_relaxed);
    this->limit.store(ticketLimit, std::memory_order_relaxed);
    if (!first)
        return;
    first->next.store(first, std::memory_order_relaxed);
    m_blockCount = 1;
    write(first);
    m_readBlock.store(first, std::memory_order_relaxed);
    m_readPosition = first->units.data();
}

template <typename Traits>
void OwnedLane<Traits>::write(Block *block) noexcept
{
    // Relaxed, all: this thread's, while the lane is open.
    m_writeBlock.store(block, std::memory_order_relaxed);
    this->position.store(block->units.data(), std::memory_order_relaxed);
    this->end.store(endOf(block), std::memory_order_relaxed);
}

template <typename Traits>
bool OwnedLane<Traits>::needsBlock(const Block *readBlock) const noexcept
{
    // Relaxed: links are this thread's. A block that was given back stays one.
    return m_writeBlock.load(std::memory_order_relaxed)->next.load(std::memory_order_relaxed)
            == readBlock;
}

template <typename Traits>
template <typename Pool>
void OwnedLane<Traits>::moveOn(Block *fresh, const Block *readBlock, Pool &pool) noexcept
{
    if (Unit *const rest = this->nextRecord(); this->unitsFrom(rest) > 0)
        Traits::markEnd(rest);
    // Relaxed: links are this thread's, and published with the events (P6).
    Block *const current = m_writeBlock.load(std::memory_order_relaxed);
    Block *next = current->next.load(std::memory_order_relaxed);
    if (fresh) {
        fresh->next.store(next, std::memory_order_relaxed);
        current->next.store(fresh, std::memory_order_relaxed);
        ++m_blockCount;
        next = fresh;
        fetch(fresh); // late, but all of it at once
    } else {
        prepareBlockAfter(next, readBlock, pool);
    }
    write(next);
}

// It is free, or the one that is being read. What is free and too much goes back, one each time.
template <typename Traits>
template <typename Pool>
void OwnedLane<Traits>::prepareBlockAfter(Block *block, const Block *readBlock, Pool &pool) noexcept
{
    Block *after = block->next.load(std::memory_order_relaxed); // all, as in moveOn()
    if (m_blockCount > Traits::maxSpareBlocks && after != readBlock) {
        Block *const spare = std::exchange(after, after->next.load(std::memory_order_relaxed));
        block->next.store(after, std::memory_order_relaxed);
        --m_blockCount;
        pool.release(spare);
    }
    if (after != readBlock)
        fetch(after);
}

// The tail has changed after the event was announced, or before. Null: it is withdrawn. Otherwise it is
// admitted all the same, and this is the lane.
template <typename Traits>
EventLane<Traits> *EventLane<Traits>::withdraw() noexcept
{
    const std::uint64_t before = published.load(std::memory_order_relaxed);
    // Relaxed, all: what counts is who comes first. Only this thread opens the lane.
    std::uint64_t seen = state.load(std::memory_order_relaxed);
    if (kindOf(seen) == Open
        && state.compare_exchange_strong(seen, stateOf(Sealed, before), std::memory_order_relaxed,
                                         std::memory_order_relaxed))
        seen = stateOf(Sealed, before);
    if (kindOf(seen) == Sealed && ticketIn(seen) > before)
        return this;
    announced.store(before, std::memory_order_relaxed);
    return nullptr;
}

// Any number of threads may seal it, and all return the same.
template <typename Traits>
std::uint64_t OwnedLane<Traits>::seal(std::uint64_t ticket) noexcept
{
    // Relaxed: after the fence, see (P8). It may be granted, and not have begun yet.
    const std::uint64_t last = std::max(ticket, this->announced.load(std::memory_order_relaxed));
    std::uint64_t seen = Base::stateOf(Base::Open, ticket);
    // Relaxed, both: what counts is who comes first.
    return this->state.compare_exchange_strong(seen, Base::stateOf(Base::Sealed, last),
                                               std::memory_order_relaxed, std::memory_order_relaxed)
            ? last
            : Base::ticketIn(seen);
}

template <typename Traits>
auto OwnedLane<Traits>::front(std::uint64_t head) noexcept -> Unit *
{
    if (head == m_seen) {
        m_seen = this->published.load(std::memory_order_acquire); // pairs with (P6)
        if (head == m_seen)
            return nullptr;
    }
    // Relaxed: only this thread writes it now.
    Block *const block = m_readBlock.load(std::memory_order_relaxed);
    if (m_readPosition == endOf(block) || Traits::isEnd(m_readPosition)) {
        Block *const next = block->next.load(std::memory_order_relaxed); // visible by (P6)
        m_readPosition = next->units.data();
        m_readBlock.store(next, std::memory_order_release); // (P10)
    }
    return m_readPosition;
}

template <typename Traits>
bool OwnedLane<Traits>::isFinished(std::uint64_t head) const noexcept
{
    // Relaxed: nothing is reached through it.
    const std::uint64_t seen = this->state.load(std::memory_order_relaxed);
    return Base::kindOf(seen) == Base::Sealed && Base::ticketIn(seen) == head;
}

template <typename Traits>
bool OwnedLane<Traits>::isPublished() const noexcept
{
    const std::uint64_t seen = this->state.load(std::memory_order_relaxed); // as in isFinished()
    return Base::kindOf(seen) == Base::Sealed
            && this->published.load(std::memory_order_acquire) == Base::ticketIn(seen); // (P6)
}

template <typename Traits>
template <typename Pool>
void OwnedLane<Traits>::giveBack(Pool &pool) noexcept
{
    // Relaxed, all: what the thread did to it is visible by (P6).
    std::uint64_t seen = this->state.load(std::memory_order_relaxed);
    const std::uint64_t ticket = Base::ticketIn(seen);
    if (Base::kindOf(seen) != Base::Idle
        || !this->state.compare_exchange_strong(seen, Base::stateOf(Base::Emptied, ticket),
                                                std::memory_order_relaxed,
                                                std::memory_order_relaxed))
        return;
    if (Block *const first = m_readBlock.load(std::memory_order_relaxed)) {
        // Relaxed, all: published by the state.
        this->position.store(nullptr, std::memory_order_relaxed);
        this->end.store(nullptr, std::memory_order_relaxed);
        m_readBlock.store(nullptr, std::memory_order_relaxed);
        Block *block = first;
        do {
            Block *const next = block->next.load(std::memory_order_relaxed);
            pool.release(block);
            block = next;
        } while (block != first);
    }
    this->state.store(Base::stateOf(Base::Idle, ticket), std::memory_order_release); // (P9)
}

} // namespace Recorders::Internal

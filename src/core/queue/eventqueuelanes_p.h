// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>

// The members of EventQueue for lanes: how a thread is granted one and goes on in it, who takes it away,
// and how the consumer reads it. See EventQueue for the invariants and the orders.
// For eventqueue_p.h only, which includes it when the class is there.
namespace Recorders::Internal {

// What tryEnter() missed: a higher limit, or another block.
template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::enterSlowly(std::size_t units) noexcept -> Lane *
{
    auto *const own = static_cast<OwnLane *>(this->laneOfThisThread());
    if (!own)
        return nullptr;
    // Relaxed, all: this thread's. The gate is looked at again by announce().
    const std::uint64_t next = own->nextTicket();
    if (m_tail.load(std::memory_order_relaxed) != own->word.load(std::memory_order_relaxed)
        || own->isAtWork(next))
        return nullptr;
    if (own->isFull(next) && !raiseLimit(*own, next))
        return nullptr;
    // All that can fail comes before the announcement.
    const bool mustMoveOn = own->unitsFrom(own->nextRecord()) < units;
    const LaneBlock<Traits> *const readBlock = mustMoveOn ? own->readBlock() : nullptr;
    LaneBlock<Traits> *fresh = nullptr;
    if (mustMoveOn && own->needsBlock(readBlock)) {
        fresh = m_pools->laneBlocks.tryAcquire();
        if (!fresh)
            return nullptr;
    }
    if (!own->announce(next, m_tail) && !own->withdraw()) {
        if (fresh)
            m_pools->laneBlocks.release(fresh);
        return nullptr;
    }
    if (mustMoveOn)
        own->moveOn(fresh, readBlock, m_pools->laneBlocks);
    return own;
}

// The thread of the lane; false: the queue is full.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::raiseLimit(OwnLane &own, std::uint64_t next) noexcept
{
    own.limit.store(handled() + m_maxPending, std::memory_order_relaxed); // as in enterSlowly()
    return !own.isFull(next);
}

// Claims a slot, and with it the lane that the next events of this thread go to. False: nothing
// happened, and it is not tried again for a while.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::tryClaimWithLane(std::uint64_t word, Slot &slot,
                                                const void *thread) noexcept
{
    m_streak.interrupt(); // whatever comes of this
    if (!Traits::Fence::isAvailable() || !m_lanes.areAllIdle()) // a sandbox may forbid it by now
        return false;
    OwnLane *const own = m_lanes.laneOfThread(thread, m_pools->lanes);
    return own && tryGrant(word, slot, *own);
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::tryGrant(std::uint64_t word, Slot &slot, OwnLane &own) noexcept
{
    const std::uint64_t begin = ticketOf(word) + 1;
    if (!own.tryOpen(begin))
        return false;
    const bool hasMemory = own.hasMemory();
    LaneBlock<Traits> *const first = hasMemory ? nullptr : m_pools->laneBlocks.tryAcquire();
    const std::uint64_t granted = (word + oneTicket) | laneBits(own.number);
    // Release: (P8), what tryOpen() did is seen by who takes the lane. Acquire: pairs with (P5), the
    // queue may have been closed and opened since the load, with the same word.
    if ((hasMemory || first)
        && m_tail.compare_exchange_strong(word, granted, std::memory_order_acq_rel,
                                          std::memory_order_relaxed)) {
        own.begin(granted, begin, handled() + m_maxPending, first);
        m_lane.store(&own, std::memory_order_release); // (P7)
        slot.lane = std::uint8_t(own.number); // published with the slot (P1)
        return true;
    }
    if (first)
        m_pools->laneBlocks.release(first);
    own.cancel();
    return false;
}

// For a producer that wants a slot, while the word says that a lane is open.
template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::takeLane(std::uint64_t word) noexcept
{
    const bool isOwn = m_lanes.laneAt(laneOf(word))->thread == Traits::Lane::currentThread();
    if (!isOwn)
        m_streak.noteConflict();
    revoke(word, isOwn);
}

/*
    Closes the lane that is open by that word. Its thread may be anywhere; the seal says how far it
    got, and so does the word then. Any number of threads do this at once, each to the end.
*/
template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::revoke(std::uint64_t word, bool isFenced) noexcept
{
    if (!(word & (closedBit | revokingBit))) {
        // Relaxed, both: the fence orders it.
        if (!m_tail.compare_exchange_strong(word, word | revokingBit, std::memory_order_relaxed,
                                            std::memory_order_relaxed))
            return;
        word |= revokingBit;
    }
    if (!isFenced)
        Traits::Fence::heavy(); // (P8)
    OwnLane *const own = m_lanes.laneAt(laneOf(word));
    const std::uint64_t run = word;
    const std::uint64_t end = own->seal(ticketOf(run));
    // Relaxed, both: being read-modify-writes they pass on what others have released (P5).
    while (isSameRun(word, run)
           && !m_tail.compare_exchange_weak(word,
                                            end << ticketShift | (word & (closedBit | sideBit)),
                                            std::memory_order_relaxed, std::memory_order_relaxed)) {
    }
    m_lane.store(nullptr, std::memory_order_relaxed); // a hint
}

template <typename Slot, typename Traits>
std::uint64_t EventQueue<Slot, Traits>::ticketInLane() const noexcept
{
    // Acquire: pairs with (P8).
    const std::uint64_t word = m_tail.load(std::memory_order_acquire);
    const unsigned number = laneOf(word);
    if (number == 0)
        return ticketOf(word);
    // Relaxed: by coherence, as in ticket(). The lane may not have begun yet.
    return std::max(ticketOf(word),
                    m_lanes.laneAt(number)->published.load(std::memory_order_relaxed));
}

// Ends the run if all of it is handled.
template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::frontOfRun() noexcept -> Front
{
    // Relaxed: only this thread writes m_handled (I1).
    const std::uint64_t head = m_handled.load(std::memory_order_relaxed);
    if (Unit *const record = m_run->front(head))
        return { nullptr, record };
    if (m_run->isFinished(head))
        leaveRun();
    return {};
}

template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::leaveRun() noexcept
{
    m_run->finish(m_handled.load(std::memory_order_relaxed)); // as in frontOfRun()
    m_run = nullptr;
    m_headSegment = nullptr;
    m_hasSkipped = true;
}

// So that tryIdle() need not run the fence for each queue.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::prepareIdle() noexcept
{
    // Relaxed: that it has a lane is seen together with that by isEmpty().
    std::uint64_t word = m_tail.load(std::memory_order_relaxed);
    if (!laneOf(word) || (word & (closedBit | revokingBit)) || !isEmpty())
        return false;
    // Relaxed, both: the fence orders it.
    if (!m_tail.compare_exchange_strong(word, word | revokingBit, std::memory_order_relaxed,
                                        std::memory_order_relaxed))
        return false;
    m_lanes.laneAt(laneOf(word))->fencedWord = word | revokingBit;
    return true;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

// The members of EventQueue for its consumer: what comes next, and when the queue falls asleep. See
// EventQueue for the invariants and the orders.
// For eventqueue_p.h only, which includes it when the class is there.
namespace Recorders::Internal {

template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::front() noexcept -> Front
{
    if (m_run) {
        const Front front = frontOfRun();
        if (front || m_run)
            return front;
    }
    Slot *const slot = headSlot();
    // Acquire: pairs with (P1). A slot that was not claimed is clean, hence null.
    return slot && slot->type.load(std::memory_order_acquire) ? Front{ slot, nullptr } : Front{};
}

template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::pop(const Front &front, std::size_t units) noexcept
{
    // Relaxed: only this thread writes m_handled (I1).
    const std::uint64_t head = m_handled.load(std::memory_order_relaxed);
    if (front.record) {
        m_run->pop(units);
    } else {
        // Relaxed: the next user of this slot gets its segment through the pool or by (P2), or the
        // first slot by (P5).
        front.slot->type.store(nullptr, std::memory_order_relaxed);
        if (const unsigned number = std::exchange(front.slot->lane, std::uint8_t(0))) {
            m_run = m_lanes.laneAt(number);
            m_run->read(head + 1);
        }
        const bool wasFirst = std::exchange(m_isAtFirst, false);
        if (!wasFirst && (head + 1) % Traits::segmentSlots == 0)
            leaveSegment(); // its entry, seen empty by (P3), before the head moves (I6)
    }
    m_handled.store(head + 1, std::memory_order_release); // (P3)
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::isEmpty() const noexcept
{
    // Relaxed: only this thread writes m_handled (I1). Where what is there lives, front() finds once
    // it is published.
    return ticket() == m_handled.load(std::memory_order_relaxed);
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::isPublished() const noexcept
{
    // Relaxed: the queue is closed, so by coherence this is the last ticket that was claimed, unless
    // a lane is still being taken.
    const std::uint64_t word = m_tail.load(std::memory_order_relaxed);
    if (laneOf(word))
        return false;
    const std::uint64_t end = ticketOf(word);
    // Relaxed: only this thread writes m_handled (I1).
    std::uint64_t ticket = m_handled.load(std::memory_order_relaxed);
    if (ticket == end)
        return true; // and the run is not looked at, which the consumer may be about to leave
    const OwnLane *run = m_run;
    while (ticket < end) {
        if (run) {
            if (!run->isPublished())
                return false;
            ticket = std::exchange(run, nullptr)->lastTicket();
            continue;
        }
        const Slot *const slot = slotAt(ticket);
        // Acquire: pairs with (P1).
        if (!slot || !slot->type.load(std::memory_order_acquire))
            return false;
        run = slot->lane > 0 ? m_lanes.laneAt(slot->lane) : nullptr;
        ++ticket;
    }
    return true;
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::tryIdle() noexcept
{
    // Relaxed: that it has a lane is seen together with that by isEmpty().
    std::uint64_t word = m_tail.load(std::memory_order_relaxed);
    if (word & asleepBit)
        return true;
    if (!isEmpty())
        return false;
    if (laneOf(word))
        revoke(word, m_lanes.laneAt(laneOf(word))->fencedWord == word);
    if (m_run && (front() || m_run))
        return false;

    // Relaxed: only this thread writes m_handled (I1). The word is a number, as in isEmpty(); if it is
    // old, the exchange fails.
    const std::uint64_t head = m_handled.load(std::memory_order_relaxed);
    word = m_tail.load(std::memory_order_relaxed);
    const bool side = m_side;
    giveBackSide(!side, 0); // what overtaken producers left there (I5)
    do {
        if (ticketOf(word) != head || laneOf(word))
            return false;
        // Release: (P5). Relaxed when it fails: as above.
    } while (!m_tail.compare_exchange_weak(word, (word ^ sideBit) | asleepBit,
                                           std::memory_order_release, std::memory_order_relaxed));

    // From here on no claim succeeds on the old side (I3), so its blocks are free.
    m_side = !side;
    m_isAtFirst = true; // (I12)
    giveBackSide(side, std::exchange(m_sparesEnd, 0));
    m_hasSkipped = false;
    // Who was in conflict gets another chance, later and later.
    if (m_lanes.giveBackBlocks(m_pools->laneBlocks))
        m_streak.forgive();
    return true;
}

} // namespace Recorders::Internal

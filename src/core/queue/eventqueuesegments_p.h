// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

// The members of EventQueue for the memory of its slots: where the segment of a ticket is, who puts it
// there, and where it goes when the head has left it. See EventQueue for the invariants and the orders.
// For eventqueue_p.h only, which includes it when the class is there.
namespace Recorders::Internal {

// Entries of the directory that are in use: a power of two; more than one directory, if it exceeds
// the pooled ones.
template <typename Slot, typename Traits>
std::size_t EventQueue<Slot, Traits>::directorySize(std::size_t maxPending)
{
    const std::size_t segments = (maxPending - 1) / Traits::segmentSlots + 1;
    return std::bit_ceil(segments + 1); // (I6)
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::hasPermanentDirectories() const noexcept
{
    return m_directoryMask >= Traits::directoryEntries;
}

template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::entryOf(Directory *directory, std::uint64_t ticket) const noexcept
        -> Atomic<Segment *> &
{
    const std::size_t index = (ticket / Traits::segmentSlots) & m_directoryMask;
    return directory[index / Traits::directoryEntries].entries[index % Traits::directoryEntries];
}

template <typename Slot, typename Traits>
inline Slot *EventQueue<Slot, Traits>::slotIn(Segment *segment, std::uint64_t ticket) noexcept
{
    return &segment->slots[ticket % Traits::segmentSlots];
}

// Returns the segment of the next ticket after word, or null if there is none yet.
template <typename Slot, typename Traits>
inline auto EventQueue<Slot, Traits>::segmentFor(std::uint64_t word) const noexcept -> Segment *
{
    // Acquire, all: pairs with (P2). Both sides, so that neither load waits for the word.
    Directory *const first = m_directories[0].load(std::memory_order_acquire);
    Directory *const second = m_directories[1].load(std::memory_order_acquire);
    Directory *const directory = sideOf(word) == 0 ? first : second;
    return directory ? entryOf(directory, ticketOf(word)).load(std::memory_order_acquire) : nullptr;
}

// The same, or null if that ticket is not below the limit.
template <typename Slot, typename Traits>
inline auto EventQueue<Slot, Traits>::segmentWithinLimit(std::uint64_t word) const noexcept
        -> Segment *
{
    // Acquire: pairs with (P4).
    return ticketOf(word) < m_limit.load(std::memory_order_acquire) ? segmentFor(word) : nullptr;
}

// Returns the segment of the next ticket after word, or null if there is no memory.
template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::provideSegment(std::uint64_t word) noexcept -> Segment *
{
    auto &place = m_directories[sideOf(word)];
    Directory *directory = place.load(std::memory_order_acquire); // pairs with (P2)
    if (!directory)
        directory = install(place, m_pools->directories);
    return directory ? install(entryOf(directory, ticketOf(word)), m_pools->segments) : nullptr;
}

// Null: there is no memory.
template <typename Slot, typename Traits>
Slot *EventQueue<Slot, Traits>::provideFirstSlot() noexcept
{
    Slot *const first = m_firstSlot.load(std::memory_order_acquire); // pairs with (P2)
    return first ? first : install(m_firstSlot, m_pools->firstSlots);
}

template <typename Slot, typename Traits>
template <typename Block, typename Pool>
Block *EventQueue<Slot, Traits>::install(Atomic<Block *> &place, Pool &pool) noexcept
{
    Block *const ours = pool.tryAcquire();
    if (!ours)
        return place.load(std::memory_order_acquire); // another may have had more luck, (P2)
    Block *theirs = nullptr;
    // Release: (P2). Acquire when it fails: theirs is used, pairs with (P2).
    if (place.compare_exchange_strong(theirs, ours, std::memory_order_release,
                                      std::memory_order_acquire))
        return ours;
    pool.release(ours);
    return theirs;
}

// Returns whether ticket is below the limit that the consumer's progress allows by now.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::refreshLimit(std::uint64_t ticket) noexcept
{
    // Acquire: pairs with (P3).
    const std::uint64_t limit = m_handled.load(std::memory_order_acquire) + m_maxPending;
    m_limit.store(limit, std::memory_order_release); // (P4)
    return ticket < limit;
}

// Null: it is not to be seen yet.
template <typename Slot, typename Traits>
inline Slot *EventQueue<Slot, Traits>::headSlot() noexcept
{
    if (m_isAtFirst) [[unlikely]]
        return m_firstSlot.load(std::memory_order_acquire); // pairs with (P2)
    // Relaxed: only this thread writes m_handled (I1).
    const std::uint64_t head = m_handled.load(std::memory_order_relaxed);
    if (!m_headSegment) [[unlikely]]
        m_headSegment = findSegment(head);
    return m_headSegment ? slotIn(m_headSegment, head) : nullptr;
}

// Of a ticket that is out; null: it is not to be seen yet.
template <typename Slot, typename Traits>
const Slot *EventQueue<Slot, Traits>::slotAt(std::uint64_t ticket) const noexcept
{
    // Relaxed: only this thread writes m_handled (I1).
    if (m_isAtFirst && ticket == m_handled.load(std::memory_order_relaxed))
        return m_firstSlot.load(std::memory_order_acquire); // pairs with (P2)
    Segment *const segment = findSegment(ticket);
    return segment ? slotIn(segment, ticket) : nullptr;
}

// Returns the segment of a ticket that is out, or null if it is not to be seen yet.
template <typename Slot, typename Traits>
typename EventQueue<Slot, Traits>::Segment *
EventQueue<Slot, Traits>::findSegment(std::uint64_t ticket) const noexcept
{
    // Acquire, both: pairs with (P2).
    Directory *directory = m_directories[m_side].load(std::memory_order_acquire);
    return directory ? entryOf(directory, ticket).load(std::memory_order_acquire) : nullptr;
}

// Its segment is clean: the head's last slot was popped.
template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::leaveSegment() noexcept
{
    m_headSegment = nullptr;
    // Relaxed: only this thread changes m_directories[m_side] now (I4), and a segment was found
    // through it; only this thread writes m_handled (I1).
    Directory *const directory = m_directories[m_side].load(std::memory_order_relaxed);
    Segment *const segment = takeSegment(directory, m_handled.load(std::memory_order_relaxed));
    if (!keepSpare(directory, segment))
        m_pools->segments.release(segment);
}

// Puts the segment that the head is leaving into the first empty entry ahead of the producers.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::keepSpare(Directory *directory, Segment *segment) noexcept
{
    constexpr std::size_t size = Traits::segmentSlots;
    // Relaxed: only this thread writes m_handled (I1). The tail is a hint: where producers are by
    // now, they may have installed a segment, or will pass by one that is found clean later (I5).
    const std::uint64_t left = m_handled.load(std::memory_order_relaxed) / size;
    const std::uint64_t next = ticketOf(m_tail.load(std::memory_order_relaxed)) / size;
    const std::uint64_t end = std::min<std::uint64_t>(left + m_directoryMask + 1, // (I6)
                                                      next + Traits::maxSpareSegments);
    m_sparesEnd = std::max(m_sparesEnd, next);
    while (m_sparesEnd < end) {
        Segment *none = nullptr;
        // Release: (P2). Relaxed when it fails: what is there is not looked at.
        if (entryOf(directory, m_sparesEnd++ * size)
                    .compare_exchange_strong(none, segment, std::memory_order_release,
                                             std::memory_order_relaxed))
            return true;
    }
    return false;
}

// Empties the entry of a ticket.
template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::takeSegment(Directory *directory, std::uint64_t ticket) noexcept
        -> Segment *
{
    auto &entry = entryOf(directory, ticket);
    // Acquire: pairs with (P2), for who gets it from the pool.
    Segment *const segment = entry.load(std::memory_order_acquire);
    if (segment)
        entry.store(nullptr, std::memory_order_relaxed); // seen by (P3), (P5) or through the pool
    return segment;
}

// Takes the directory out of a side where no claim can succeed, and the segments from the head's to
// the given one with it.
template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::giveBackSide(bool side, std::uint64_t endSegment) noexcept
{
    // Acquire: pairs with (P2), for who gets it from the pool.
    Directory *directory = m_directories[side].load(std::memory_order_acquire);
    if (!directory)
        return;
    m_headSegment = nullptr;
    giveBackSegments(directory, endSegment);
    if (hasPermanentDirectories())
        return;
    m_directories[side].store(nullptr, std::memory_order_relaxed); // seen by (P5)
    m_pools->directories.release(directory);
}

// Those from the head's to the given one; all, if tickets went through lanes and their segments were
// passed by.
template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::giveBackSegments(Directory *directory,
                                                std::uint64_t endSegment) noexcept
{
    constexpr std::size_t size = Traits::segmentSlots;
    // Relaxed: only this thread writes m_handled (I1).
    const std::uint64_t first = m_handled.load(std::memory_order_relaxed) / size;
    const std::uint64_t end =
            m_hasSkipped ? first + m_directoryMask + 1 : std::max(first + 1, endSegment);
    for (std::uint64_t number = first; number < end; ++number) {
        if (Segment *const segment = takeSegment(directory, number * size))
            m_pools->segments.release(segment);
    }
}

template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::deletePermanentDirectories() noexcept
{
    // Relaxed, both: destruction happens-after every use.
    const std::unique_ptr<Directory[]> permanent(m_directories[0].load(std::memory_order_relaxed));
    for (std::size_t i = 0; i < 2 * (m_directoryMask + 1); ++i) {
        Directory &directory = permanent[i / Traits::directoryEntries];
        Segment *const segment =
                directory.entries[i % Traits::directoryEntries].load(std::memory_order_relaxed);
        if (segment)
            m_pools->segments.release(segment);
    }
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/eventqueue_p.h"
#include "shared/seed.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <new>
#include <optional>
#include <random>
#include <thread>

// What the tests of the event queue have in common.
namespace Testing {

struct alignas(64) Slot
{
    std::byte storage[48];
    std::atomic<const int *> type;
    std::uint8_t lane;
};

// Where the operating system has no asymmetric fence: a queue has no lanes.
struct NoFence
{
    static bool isAvailable() { return false; }
    static void heavy() { }
};

// Small segments and directories: every lap, every hand-over to a pool comes early and often.
struct SmallTraits : Recorders::Internal::EventQueueTraits
{
    template <typename T>
    using Atomic = std::atomic<T>;

    using Fence = NoFence;

    static constexpr std::size_t segmentSlots = 2;
    static constexpr std::size_t directoryEntries = 4;
    static constexpr std::size_t maxSpareSegments = 2;

    struct PoolTraits : Recorders::Internal::BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 2;
    };
    using SegmentPoolTraits = PoolTraits;
    using DirectoryPoolTraits = PoolTraits;
    using LaneBlockPoolTraits = PoolTraits;
    using LanePoolTraits = PoolTraits;
    using FirstSlotPoolTraits = PoolTraits;
};

// Lanes are granted at once, and three events fill a block.
struct SmallLaneTraits : SmallTraits
{
    using Fence = Recorders::Internal::AsymmetricFence;

    static constexpr std::size_t laneBlockUnits = 3 * 64 - sizeof(void *);
    static constexpr std::size_t maxSpareBlocks = 2;
    static constexpr std::uint32_t grantAfter = 1;
};

struct SharedTraits : Recorders::Internal::EventQueueTraits
{
    using Fence = NoFence;
};

inline constexpr int eventType = 0;

struct Event
{
    std::uint32_t producer = 0;
    std::uint32_t sequence = 0;
    std::uint64_t filler[4] = {};
    std::uint64_t checksum = 0;

    static Event make(std::uint32_t producer, std::uint32_t sequence)
    {
        Event event{ producer, sequence, {}, 0 };
        for (std::uint64_t &word : event.filler)
            word = event.checksum += (std::uint64_t{ producer } << 32 | sequence) * 0x9e3779b9;
        return event;
    }
    bool isWhole() const
    {
        const Event expected = make(producer, sequence);
        return checksum == expected.checksum
                && std::equal(std::begin(filler), std::end(filler), std::begin(expected.filler));
    }
};
static_assert(sizeof(Event) == sizeof(Slot::storage));

inline void fill(Slot *slot, const Event &event)
{
    ::new (slot->storage) Event(event);
    slot->type.store(&eventType, std::memory_order_release);
}

inline constexpr std::size_t recordSize = sizeof(const int *) + sizeof(Event);

template <typename Entry>
void fillRecord(const Entry &entry, const Event &event)
{
    ::new (entry.record()) const int *(&eventType);
    std::memcpy(entry.record() + sizeof(const int *), &event, sizeof(event));
    entry.publish(recordSize);
}

// Of a thread that has the queue to itself.
template <typename Queue>
bool putIntoLane(Queue &queue, const Event &event)
{
    typename Queue::Entry entry = queue.tryEnter(recordSize);
    if (!entry)
        entry = typename Queue::Entry(queue.enterSlowly(recordSize));
    if (!entry)
        return false;
    fillRecord(entry, event);
    return true;
}

template <typename Queue>
Recorders::Internal::ClaimOutcome put(Queue &queue, const Event &event)
{
    if (putIntoLane(queue, event))
        return Recorders::Internal::ClaimOutcome::Claimed;
    const typename Queue::Claim claim = queue.claim();
    if (claim.slot)
        fill(claim.slot, event);
    return claim.outcome;
}

template <typename Queue>
std::optional<Event> take(Queue &queue)
{
    const typename Queue::Front front = queue.front();
    if (!front)
        return {};
    std::byte *const payload =
            front.record ? front.record + sizeof(const int *) : front.slot->storage;
    Event event;
    std::memcpy(&event, payload, sizeof(event));
    std::memset(payload, 0xdd, sizeof(event));
    queue.pop(front, recordSize);
    return event;
}

// What all consumers of a stress test check of every event.
class Ledger
{
public:
    void note(const Event &event)
    {
        m_broken += !event.isWhole();
        std::uint32_t &next = m_next[event.producer];
        m_misplaced += event.sequence != next;
        next = event.sequence + 1;
        ++m_total;
    }

    bool hasSeen(std::uint32_t producer) const { return m_next.count(producer) > 0; }
    std::uint64_t total() const { return m_total; }
    int broken() const { return m_broken; } // torn
    int misplaced() const { return m_misplaced; } // lost, doubled or out of order

private:
    std::map<std::uint32_t, std::uint32_t> m_next;
    std::uint64_t m_total = 0;
    int m_broken = 0;
    int m_misplaced = 0;
};

// Sleeps for a time that nobody can foresee, in a way that takes no lock.
class Jitter
{
public:
    explicit Jitter(std::uint32_t seed)
        : m_random(seed)
    {
    }
    void pause()
    {
        const std::uint32_t draw = m_random() % 64;
        if (draw == 0)
            std::this_thread::yield();
        for (std::uint32_t i = 0; i < draw; ++i)
            std::atomic_signal_fence(std::memory_order_seq_cst);
    }
    bool oneIn(std::uint32_t n) { return m_random() % n == 0; }

private:
    std::minstd_rand m_random;
};

inline std::uint32_t newSeed()
{
    return std::uint32_t(seededGenerator("tst_eventqueue")());
}

using Queue = Recorders::Internal::EventQueue<Slot>;
using SharedQueue = Recorders::Internal::EventQueue<Slot, SharedTraits>;
using SmallQueue = Recorders::Internal::EventQueue<Slot, SmallTraits>;
using SmallLaneQueue = Recorders::Internal::EventQueue<Slot, SmallLaneTraits>;

} // namespace Testing

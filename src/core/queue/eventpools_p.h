// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/asymmetricfence_p.h"
#include "core/queue/blockpool_p.h"
#include "core/queue/ownedlane_p.h"

#include <recorders/core/eventlane.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

namespace Recorders::Internal {

struct EventQueueTraits
{
    template <typename T>
    using Atomic = std::atomic<T>;

    // Segments and directories are as large as pages mostly are, so that each can be given back.
    static constexpr std::size_t segmentSlots = 64;
    static constexpr std::size_t directoryEntries = 512;
    static constexpr std::size_t maxSpareSegments = 32; // that a queue keeps until it sleeps

    struct SegmentPoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 32;
    };
    struct DirectoryPoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 16;
    };

    // Brings a cache line to this processor, to be written.
    static void fetch(const void *place) noexcept { prefetchForWriting(place); }

    // Lanes: see OwnedLane.
    using Lane = LaneTraits;
    using Fence = AsymmetricFence;
    struct LaneBlockPoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 32;
    };
    using LanePoolTraits = BlockPoolTraits;
    struct FirstSlotPoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 256; // one for each queue: four million
    };
    static constexpr std::size_t laneBlockUnits = 8192 - sizeof(void *);
    static constexpr std::size_t maxSpareBlocks = 64; // that a lane keeps until its queue sleeps
    static constexpr std::uint32_t grantAfter = 16; // events of one thread in a row

    // What tells that the next record is in another block: a null pointer where the type would be.
    static void markEnd(std::byte *place) noexcept { ::new (place) const void *(nullptr); }
    static bool isEnd(const std::byte *place) noexcept
    {
        return !*std::launder(reinterpret_cast<const void *const *>(place));
    }
};

// Clean, as BlockPool wants it: every slot is unpublished. So is one that is all zero.
template <typename Slot, typename Traits>
struct EventSegment
{
    std::array<Slot, Traits::segmentSlots> slots;
};

// Clean, as BlockPool wants it: every entry is null or a clean segment that nobody else owns. So is
// one that is all zero.
template <typename Slot, typename Traits>
struct EventDirectory
{
    using Entry = typename Traits::template Atomic<EventSegment<Slot, Traits> *>;
    std::array<Entry, Traits::directoryEntries> entries{};
};

// The memory of event queues: what one gives back, any other that shares the pools may use.
template <typename Slot, typename Traits = EventQueueTraits>
struct EventPools
{
    EventPools() = default;
    ~EventPools();
    EventPools(const EventPools &) = delete;
    EventPools &operator=(const EventPools &) = delete;

    static EventPools &forProcess() noexcept; // never destroyed: recorders may outlive main()

    // Any thread, both. See BlockPool.
    std::size_t discardOne() noexcept; // returns its bytes; 0: there is none that is free
    std::size_t bytesAllocated() const noexcept;

    BlockPool<EventSegment<Slot, Traits>, typename Traits::SegmentPoolTraits> segments;
    BlockPool<EventDirectory<Slot, Traits>, typename Traits::DirectoryPoolTraits> directories;
    BlockPool<LaneBlock<Traits>, typename Traits::LaneBlockPoolTraits> laneBlocks;
    BlockPool<LaneRoom<OwnedLane<Traits>>, typename Traits::LanePoolTraits> lanes; // these stay
    BlockPool<Slot, typename Traits::FirstSlotPoolTraits> firstSlots; // likewise
};

template <typename Slot, typename Traits>
EventPools<Slot, Traits>::~EventPools() = default;

/*
    A directory that nobody owns may have segments which overtaken producers installed (I5 of
    EventQueue): they go to the other pool. One that is installed after that, and before the page is
    discarded, is never used again.
*/
template <typename Slot, typename Traits>
std::size_t EventPools<Slot, Traits>::discardOne() noexcept
{
    if (segments.discardOne())
        return sizeof(EventSegment<Slot, Traits>);
    if (laneBlocks.discardOne())
        return sizeof(LaneBlock<Traits>);
    const auto emptyDirectory = [this](EventDirectory<Slot, Traits> &directory) {
        for (auto &entry : directory.entries) {
            // Acquire: pairs with (P2) of EventQueue, for who gets it from the pool.
            EventSegment<Slot, Traits> *const segment = entry.load(std::memory_order_acquire);
            if (!segment)
                continue;
            // Relaxed, as nobody else changes what is not null, and the pool publishes it.
            entry.store(nullptr, std::memory_order_relaxed);
            segments.release(segment);
        }
    };
    return directories.discardOne(emptyDirectory) ? sizeof(EventDirectory<Slot, Traits>) : 0;
}

template <typename Slot, typename Traits>
std::size_t EventPools<Slot, Traits>::bytesAllocated() const noexcept
{
    return segments.blocksAllocated() * sizeof(EventSegment<Slot, Traits>)
            + directories.blocksAllocated() * sizeof(EventDirectory<Slot, Traits>)
            + laneBlocks.blocksAllocated() * sizeof(LaneBlock<Traits>);
}

// Not local to the function: at its first call it would begin to have a destructor, under a lock
// that a child waits for in vain if it was forked meanwhile.
template <typename Pools>
union ImmortalPools {
    constexpr ImmortalPools()
        : pools()
    {
    }
    // NOLINTNEXTLINE(modernize-use-equals-default): that would be deleted
    ~ImmortalPools() { }
    Pools pools;
};

template <typename Pools>
inline constinit ImmortalPools<Pools> immortalPools;

template <typename Slot, typename Traits>
EventPools<Slot, Traits> &EventPools<Slot, Traits>::forProcess() noexcept
{
    return immortalPools<EventPools>.pools;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/eventmemory_p.h"

#include "core/queue/eventqueue_p.h"

#include <recorders/core/eventslot.h>

#include <algorithm>
#include <atomic>

namespace Recorders::Internal {

namespace {

using Pools = EventQueue<EventSlot>::Pools;
using Count = EventMemory::Clock::rep;

// Relaxed, all: each is a number by itself.
constinit std::atomic<std::size_t> floorBytes = EventMemory::defaultFloor;
constinit std::atomic<Count> intervalCount =
        EventMemory::Clock::duration(EventMemory::defaultInterval).count();
constinit std::atomic<Count> nextDue = 0; // since the clock's epoch; 0: nobody has looked

} // namespace

std::size_t EventMemory::floor() noexcept
{
    return floorBytes.load(std::memory_order_relaxed);
}

void EventMemory::setFloor(std::size_t bytes) noexcept
{
    floorBytes.store(bytes, std::memory_order_relaxed);
}

std::chrono::milliseconds EventMemory::interval() noexcept
{
    const Clock::duration duration(intervalCount.load(std::memory_order_relaxed));
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration);
}

void EventMemory::setInterval(std::chrono::milliseconds interval) noexcept
{
    intervalCount.store(Clock::duration(interval).count(), std::memory_order_relaxed);
    nextDue.store(0, std::memory_order_relaxed);
}

std::size_t EventMemory::bytesAllocated() noexcept
{
    return Pools::forProcess().bytesAllocated();
}

std::size_t EventMemory::excess() noexcept
{
    const std::size_t bytes = bytesAllocated();
    return bytes - std::min(bytes, floor());
}

std::size_t EventMemory::mostOfExcess() noexcept
{
    const std::size_t bytes = bytesAllocated();
    return bytes - std::min(bytes, std::max(floor(), bytes / 4));
}

// The thread that moves the time of the next pass does this one. The first look of a process only sets
// that time: a process that has just begun to use the memory is going to need it.
bool EventMemory::isDue(Clock::time_point now) noexcept
{
    const Count time = now.time_since_epoch().count();
    Count due = nextDue.load(std::memory_order_relaxed);
    if (time < due || excess() == 0)
        return false;
    const Count next = time + intervalCount.load(std::memory_order_relaxed);
    const bool isFirstLook = due == 0;
    return nextDue.compare_exchange_strong(due, next, std::memory_order_relaxed,
                                           std::memory_order_relaxed)
            && !isFirstLook;
}

void EventMemory::giveBack(std::size_t &bytes, int maxBlocks) noexcept
{
    Pools &pools = Pools::forProcess();
    for (int i = 0; i < maxBlocks && bytes > 0; ++i) {
        const std::size_t given = excess() > 0 ? pools.discardOne() : 0;
        bytes = given > 0 ? bytes - std::min(bytes, given) : 0;
    }
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <chrono>
#include <cstddef>

namespace Recorders::Internal {

/*
    When the memory of pending events goes back to the operating system. The pools are the process's,
    so all dispatchers take part. Each finds out what exceeds the floor, once, and gives back so much
    and no more, a little in each turn: it comes to an end also while others need memory and release
    it again.

     - One that ticks begins with it an interval after that was done by any of them, or was looked
       for first, and gives back most of what there is: a load that comes and goes finds some of its
       memory in place, and what a burst has left is gone within three intervals.
     - One that has handled events and is idle for an interval gives back all but the floor. It is
       woken up for that, once.
     - One that ends gives back all but the floor, at once.

    What is pending, or kept for a queue that is awake, is not free, and stays.

    Any thread calls any function. There are no locks.
*/
class RECORDERS_EXPORT EventMemory final
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::milliseconds defaultInterval{ 20'000 };
    static constexpr std::size_t defaultFloor = std::size_t{ 1 } << 20;
    static constexpr int blocksPerTurn = 128; // some tenths of a millisecond

    static std::size_t floor() noexcept; // bytes that are kept though no event needs them
    static void setFloor(std::size_t bytes) noexcept;
    static std::chrono::milliseconds interval() noexcept;
    static void setInterval(std::chrono::milliseconds interval) noexcept; // for tests

    static std::size_t bytesAllocated() noexcept; // for events, be it in use or not
    static std::size_t excess() noexcept; // bytes above the floor
    static std::size_t mostOfExcess() noexcept; // a quarter of all, and the floor, stay
    static bool isDue(Clock::time_point now) noexcept; // once for each interval
    // Gives some blocks back, and counts them off. Nothing is left of bytes when it ends: because
    // all were given back, or the floor is reached, or nothing is free.
    static void giveBack(std::size_t &bytes, int maxBlocks = blocksPerTurn) noexcept;
};

} // namespace Recorders::Internal

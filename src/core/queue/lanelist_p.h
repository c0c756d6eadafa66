// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/ownedlane_p.h"

#include <atomic>
#include <memory>
#include <new>
#include <utility>

namespace Recorders::Internal {

/*
    The lanes of an EventQueue, the newest one first. Each belongs to a thread (I9), and stays until the
    queue is destroyed. So any thread may find one and use it, without a lock.

    See EventQueue for the invariants and the orders.
*/
template <typename Traits>
class LaneList final
{
    using Lane = OwnedLane<Traits>;

public:
    static constexpr unsigned maxNumber = 7; // of a lane, from 1: the queue's tail has three bits

    // Any thread, for itself. Adds one if there is none; null: there is no memory for it, or too many
    // threads have one.
    template <typename Rooms>
    Lane *laneOfThread(const void *thread, Rooms &rooms) noexcept;
    Lane *laneAt(unsigned number) const noexcept; // any thread; null: there is none
    bool areAllIdle() const noexcept; // any thread

    // Consumer. The memory of lanes that are idle; false: there are no lanes.
    template <typename Blocks>
    bool giveBackBlocks(Blocks &blocks) noexcept;
    // Destruction of the queue.
    template <typename Blocks, typename Rooms>
    void clear(Blocks &blocks, Rooms &rooms) noexcept;

private:
    template <typename Rooms>
    static void destroy(Lane *lane, Rooms &rooms) noexcept;

    typename Traits::template Atomic<Lane *> m_newest{ nullptr }; // producers add, anyone reads
};

template <typename Traits>
template <typename Rooms>
auto LaneList<Traits>::laneOfThread(const void *thread, Rooms &rooms) noexcept -> Lane *
{
    Lane *newest = m_newest.load(std::memory_order_acquire); // pairs with (P7)
    for (Lane *lane = newest; lane; lane = lane->former) {
        if (lane->thread == thread)
            return lane;
    }
    if (newest && newest->number == maxNumber)
        return nullptr;
    LaneRoom<Lane> *const room = rooms.tryAcquire();
    if (!room)
        return nullptr;
    auto *const made = ::new (static_cast<void *>(room)) Lane(thread, newest);
    // Release: (P7).
    if (m_newest.compare_exchange_strong(newest, made, std::memory_order_release,
                                         std::memory_order_relaxed))
        return made;
    destroy(made, rooms);
    return nullptr;
}

template <typename Traits>
auto LaneList<Traits>::laneAt(unsigned number) const noexcept -> Lane *
{
    Lane *lane = m_newest.load(std::memory_order_acquire); // pairs with (P7)
    while (lane && lane->number != number)
        lane = lane->former;
    return lane;
}

template <typename Traits>
bool LaneList<Traits>::areAllIdle() const noexcept
{
    Lane *lane = m_newest.load(std::memory_order_acquire); // pairs with (P7)
    while (lane && lane->isIdle())
        lane = lane->former;
    return !lane;
}

template <typename Traits>
template <typename Blocks>
bool LaneList<Traits>::giveBackBlocks(Blocks &blocks) noexcept
{
    Lane *const newest = m_newest.load(std::memory_order_acquire); // pairs with (P7)
    for (Lane *lane = newest; lane; lane = lane->former)
        lane->giveBack(blocks);
    return newest;
}

template <typename Traits>
template <typename Blocks, typename Rooms>
void LaneList<Traits>::clear(Blocks &blocks, Rooms &rooms) noexcept
{
    // Relaxed: destruction happens-after every use.
    Lane *lane = m_newest.load(std::memory_order_relaxed);
    while (lane) {
        lane->finish(0); // whatever is left
        lane->giveBack(blocks);
        destroy(std::exchange(lane, lane->former), rooms);
    }
}

template <typename Traits>
template <typename Rooms>
void LaneList<Traits>::destroy(Lane *lane, Rooms &rooms) noexcept
{
    std::destroy_at(lane);
    rooms.release(reinterpret_cast<LaneRoom<Lane> *>(lane));
}

} // namespace Recorders::Internal

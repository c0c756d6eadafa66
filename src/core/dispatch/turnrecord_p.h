// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>

namespace Recorders::Internal {

/*
    What other threads can find out about a dispatcher's turns when they wait for one: since when one
    is due, which one it is, and which client's code was called last.

    Any thread calls any function but begin() and noteWork(). Relaxed, all: a thread that is stuck
    wrote these long ago, and a wrong hint costs a short wait or another look.
*/
class TurnRecord final
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    // the dispatcher's thread
    void begin() noexcept { m_turn.fetch_add(1, std::memory_order_relaxed); }
    void noteWork(std::size_t client) noexcept
    {
        m_workedAt.store(client, std::memory_order_relaxed);
    }

    // any thread
    void noteDue(TimePoint when) noexcept // the epoch: none is due
    {
        m_due.store(when.time_since_epoch().count(), std::memory_order_relaxed);
    }
    // Since when a turn has been due, or lasts; nothing: none is due.
    std::optional<TimePoint> dueSince() const noexcept
    {
        const Count due = m_due.load(std::memory_order_relaxed);
        if (due == 0 || due > std::chrono::steady_clock::now().time_since_epoch().count())
            return std::nullopt;
        return TimePoint(TimePoint::duration(due));
    }
    unsigned turn() const noexcept { return m_turn.load(std::memory_order_relaxed); }
    std::size_t workedAt() const noexcept { return m_workedAt.load(std::memory_order_relaxed); }
    // Somebody has waited in vain for a turn that has not come since.
    void noteHeldUp() noexcept { m_heldUpTurn.store(turn(), std::memory_order_relaxed); }
    bool isHeldUp() const noexcept
    {
        return m_heldUpTurn.load(std::memory_order_relaxed) == turn();
    }

private:
    using Count = TimePoint::duration::rep;

    std::atomic<unsigned> m_turn = 1; // written by the dispatcher's thread
    std::atomic<unsigned> m_heldUpTurn = 0;
    std::atomic<Count> m_due = 0; // or when the present one began; 0: none is due
    std::atomic<std::size_t> m_workedAt = 0; // index of the client that was called last
};

} // namespace Recorders::Internal

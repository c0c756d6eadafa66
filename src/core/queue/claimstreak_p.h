// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace Recorders::Internal {

/*
    Who has claimed last from an EventQueue, and how many slots in a row: it tells when a lane is worth
    it. The more often another thread comes in between, the longer the streak that it takes.

    All of it is hints, hence relaxed: threads may overwrite each other's counts, and whether a lane can
    be granted is decided elsewhere.
*/
template <typename Traits>
class ClaimStreak final
{
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;

public:
    explicit ClaimStreak(bool canGrant) noexcept // false: no streak is ever long enough
        : m_grantAfter(canGrant ? Traits::grantAfter : never)
    {
    }

    // Producers. Whether this thread has claimed so many that a lane is worth it.
    bool isGrantDue(const void *thread) const noexcept
    {
        return m_last.load(std::memory_order_relaxed) == thread
                && m_length.load(std::memory_order_relaxed)
                >= m_grantAfter.load(std::memory_order_relaxed);
    }
    void count(const void *thread) noexcept; // after a claim of this thread
    void interrupt() noexcept { count(nullptr); }
    void noteConflict() noexcept; // a thread wants a slot, and the lane is another's

    void forgive() noexcept; // consumer; who was in conflict gets another chance

private:
    static constexpr std::uint32_t never = UINT32_MAX;
    static constexpr std::uint32_t longest = 1 << 16; // that it takes after many conflicts

    Atomic<const void *> m_last{ nullptr }; // the thread
    Atomic<std::uint32_t> m_length{ 0 };
    Atomic<std::uint32_t> m_grantAfter;
};

template <typename Traits>
inline void ClaimStreak<Traits>::count(const void *thread) noexcept
{
    const bool goesOn = m_last.load(std::memory_order_relaxed) == thread;
    if (!goesOn)
        m_last.store(thread, std::memory_order_relaxed);
    m_length.store(goesOn ? m_length.load(std::memory_order_relaxed) + 1 : 1,
                   std::memory_order_relaxed);
}

template <typename Traits>
void ClaimStreak<Traits>::noteConflict() noexcept
{
    const std::uint32_t before = m_grantAfter.load(std::memory_order_relaxed);
    m_grantAfter.store(std::min(8 * before, longest), std::memory_order_relaxed);
}

template <typename Traits>
void ClaimStreak<Traits>::forgive() noexcept
{
    m_length.store(0, std::memory_order_relaxed);
    const std::uint32_t before = m_grantAfter.load(std::memory_order_relaxed);
    if (before != never)
        m_grantAfter.store(std::max(before / 2, Traits::grantAfter), std::memory_order_relaxed);
}

} // namespace Recorders::Internal

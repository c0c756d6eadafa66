// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>

namespace Recorders::Internal {

/*
    A mutex of four bytes for what there are some hundred thousand of. A std::mutex has 40. A
    QBasicMutex has 8, and is no documented class. No condition variable takes this one.

    The state says whether it is locked, and whether somebody may wait. A thread that finds it locked
    says that it waits before it sleeps, and locks it in that state, as it does not know whether it
    was the only one: the wake-up of a thread too many costs a look. This is the second mutex of
    Drepper, "Futexes Are Tricky".

    (P1) The release in unlock() pairs with the acquires in lock() and lockSlowly(). All changes are
    read-modify-writes.

    Stress test: tst_CompactMutex, under TSan; proven by tst_CompactMutexModels.
*/
template <template <typename> class Atomic = std::atomic>
class BasicCompactMutex
{
public:
    BasicCompactMutex() = default;
    BasicCompactMutex(const BasicCompactMutex &) = delete;
    BasicCompactMutex &operator=(const BasicCompactMutex &) = delete;

    void lock() noexcept
    {
        State seen = State::Free;
        // Relaxed: lockSlowly() looks again.
        if (!m_state.compare_exchange_strong(seen, State::Locked, std::memory_order_acquire,
                                             std::memory_order_relaxed)) // (P1)
            lockSlowly();
    }
    void unlock() noexcept
    {
        if (m_state.exchange(State::Free, std::memory_order_release) == State::Contended) // (P1)
            m_state.notify_one();
    }

private:
    enum class State : int { Free, Locked, Contended };

    void lockSlowly() noexcept
    {
        while (m_state.exchange(State::Contended, std::memory_order_acquire) != State::Free) // (P1)
            m_state.wait(State::Contended, std::memory_order_relaxed); // the exchange acquires
    }

    Atomic<State> m_state{ State::Free }; // any thread
};

using CompactMutex = BasicCompactMutex<>;
static_assert(sizeof(CompactMutex) == 4);

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatchclient_p.h"
#include "core/queue/readylist_p.h"

#include <cstddef>
#include <vector>

namespace Recorders::Internal {

// What a turn of a dispatcher came to.
struct TurnProgress
{
    std::size_t handled = 0; // events
    double load = 0; // quarters of its queue that the busiest client handled
    bool isCut = false; // the slice ended before the queues did
    bool isStarved = false; // something had to be left for lack of memory
    bool hasAnswered = false; // a message of another thread

    TurnProgress &operator+=(const TurnProgress &other) noexcept
    {
        handled += other.handled;
        load += other.load;
        isCut |= other.isCut;
        isStarved |= other.isStarved;
        hasAnswered |= other.hasAnswered;
        return *this;
    }
};

/*
    The clients of a dispatcher that have events to handle.

    Any thread adds a client that was idle, to the ready list. In each turn the dispatcher's thread
    collects these and drains all, one after the other and in batches, until there are no events or
    the slice is over. A client that handled none in a turn goes, if its queue lets it; the next
    event adds it again. That costs its producer as much as some events, so where there are few, each
    is kept for the quiet time after its last event.
*/
class ActiveClients final
{
public:
    explicit ActiveClients(Clock::duration quietTime) noexcept
        : m_quietTime(quietTime)
    {
    }

    bool push(DispatchClient &client) noexcept // any thread; true: the dispatcher has to be woken
    {
        return m_readyList.push(client);
    }

    // the dispatcher's thread
    bool collect(); // true: there are new ones
    TurnProgress drain(Clock::time_point turnBegan, Clock::time_point until);
    void forget(DispatchClient &client) noexcept;
    bool isEmpty() const noexcept { return m_active.empty() && !m_taken; }
    bool tryIdle() noexcept { return m_readyList.tryIdle(); } // false: there are new ones

    // One batch of one client. If there is no memory for it, it does not hold up the others.
    static std::size_t drain(DispatchClient &client, Clock::time_point until,
                             TurnProgress &progress);

private:
    struct Active
    {
        DispatchClient *client = nullptr; // knows its place; null: forgotten during a turn
        std::size_t handled = 0; // events, in this turn
        Clock::time_point lastHandled{}; // the beginning of the last turn in which it did
    };

    void takeReady() noexcept;
    void forgetTaken(DispatchClient &client) noexcept;
    void retireSilent(Clock::time_point turnBegan, TurnProgress &progress);
    void prepareSilent(Clock::time_point turnBegan) noexcept;
    bool isKept(const Active &active, Clock::time_point turnBegan) const noexcept;
    void closeGaps() noexcept;

    ReadyList<DispatchClient> m_readyList;
    const Clock::duration m_quietTime;

    // the dispatcher's thread
    DispatchClient *m_taken = nullptr; // from m_readyList, by nextReady; not in m_active yet
    std::vector<Active> m_active;
    std::size_t m_drainFrom = 0; // in m_active, modulo its size
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/eventinbox_p.h"

#include "core/platform/cancellationguard_p.h"

#include <algorithm>

namespace Recorders::Internal {

using Clock = std::chrono::steady_clock;

namespace {

// An impossible size is refused at start; until then the queue must exist.
std::size_t queueSize(const RecorderOptions &options)
{
    return static_cast<std::size_t>(std::max<qsizetype>(options.queueMaxSize, 1));
}

} // namespace

EventInbox::EventInbox(const RecorderOptions &options, OverflowPolicy defaultPolicy)
    : m_queue(queueSize(options), EventQueue<EventSlot>::Pools::forProcess())
    , m_blocked(options.overflowPolicy == OverflowPolicy::Block
                        ? std::make_unique<BlockedProducers>(options.blockTimeout)
                        : nullptr)
    , m_policy(options.overflowPolicy.value_or(defaultPolicy))
{
}

Claim EventInbox::claim(Owner &owner) noexcept
{
    const std::optional<Claim> claim = concludeClaim(m_queue.claim(), owner);
    return claim ? *claim : refuseFull(owner);
}

std::optional<Claim> EventInbox::concludeClaim(Claimed claimed, Owner &owner) noexcept
{
    for (;; claimed = m_queue.claim()) {
        switch (claimed.outcome) {
        case ClaimOutcome::ClaimedAndWoke:
            // Before the slot is published: a drained recorder has no producers (see EventQueue).
            owner.activate();
            return Claim{ claimed.slot, RegisterResult::Accepted };
        case ClaimOutcome::Claimed:
            return Claim{ claimed.slot, RegisterResult::Accepted };
        case ClaimOutcome::Full:
            return std::nullopt;
        case ClaimOutcome::NoMemory:
            return Claim{ nullptr, reject() };
        case ClaimOutcome::Closed:
            if (owner.tryOpen())
                break; // and try again
            m_notRunning.fetch_add(1, std::memory_order_relaxed);
            return Claim{ nullptr, RegisterResult::NotRunning };
        }
    }
}

Claim EventInbox::refuseFull(Owner &owner) noexcept
{
    switch (m_policy) {
    case OverflowPolicy::Reject:
        return { nullptr, reject() };
    case OverflowPolicy::Block:
        if (const auto dispatcher = owner.openDispatcher();
            dispatcher && !dispatcher->isCurrentThread())
            return waitForRoom(*dispatcher, owner);
        break;
    case OverflowPolicy::Drop:
        break;
    }
    return drop();
}

Claim EventInbox::drop() noexcept
{
    m_dropped.fetch_add(1, std::memory_order_relaxed);
    return { nullptr, RegisterResult::Dropped };
}

RegisterResult EventInbox::reject() noexcept
{
    m_rejected.fetch_add(1, std::memory_order_relaxed);
    return RegisterResult::Rejected;
}

/*
    The count of blocked producers and the consumer's position form a store-load pair on both
    sides. Both sides use a read-modify-write of the count, which orders them: either the producer
    sees the room, or the consumer sees the producer, and then notifies under the mutex that the
    producer holds from its last look at the queue until it waits.
*/
Claim EventInbox::waitForRoom(Dispatcher &dispatcher, Owner &owner) noexcept
{
    const CancellationGuard guard;
    const Clock::time_point deadline = Clock::now() + m_blocked->timeout;
    do {
        // Without the producers' mutex: close() locks it while the recorder's is locked.
        const auto claim = concludeClaim(claimWithRoom(dispatcher, deadline), owner);
        if (claim)
            return *claim;
    } while (Clock::now() < deadline);
    return drop();
}

// Still without room at the deadline.
EventInbox::Claimed EventInbox::claimWithRoom(Dispatcher &dispatcher,
                                              Clock::time_point deadline) noexcept
{
    std::unique_lock<std::mutex> lock(m_blocked->mutex);
    m_blocked->count.fetch_add(1, std::memory_order_acq_rel); // pairs with wakeBlockedProducers()
    Claimed claimed = m_queue.claim();
    bool isInTime = true;
    while (claimed.outcome == ClaimOutcome::Full && isInTime) {
        dispatcher.requestDrain();
        isInTime = m_blocked->room.wait_until(lock, deadline) == std::cv_status::no_timeout;
        claimed = m_queue.claim();
    }
    m_blocked->count.fetch_sub(1, std::memory_order_relaxed); // nothing depends on a late look
    return claimed;
}

void EventInbox::wakeBlockedProducers() noexcept
{
    // Adds nothing: see waitForRoom() for why it is not a plain load.
    if (!m_blocked || m_blocked->count.fetch_add(0, std::memory_order_acq_rel) == 0)
        return;
    const std::lock_guard lock(m_blocked->mutex);
    m_blocked->room.notify_all();
}

void EventInbox::close() noexcept
{
    m_queue.close();
    if (!m_blocked)
        return;
    const std::lock_guard lock(m_blocked->mutex);
    m_blocked->room.notify_all();
}

void EventInbox::clear() noexcept
{
    while (const PendingEvent left = front())
        pop(left);
}

quint64 EventInbox::pending() const noexcept
{
    const auto counts = m_queue.counts();
    return counts.accepted - counts.handled;
}

void EventInbox::countEvents(RecorderStatistics &statistics) const noexcept
{
    const auto counts = m_queue.counts();
    statistics.accepted = counts.accepted;
    statistics.handled = counts.handled;
    statistics.pending = counts.accepted - counts.handled;
    // The sum is made of what was read.
    statistics.dropped = m_dropped.load(std::memory_order_relaxed);
    statistics.rejected = m_rejected.load(std::memory_order_relaxed);
    statistics.notRunning = m_notRunning.load(std::memory_order_relaxed);
    statistics.registered =
            statistics.accepted + statistics.dropped + statistics.rejected + statistics.notRunning;
}

} // namespace Recorders::Internal

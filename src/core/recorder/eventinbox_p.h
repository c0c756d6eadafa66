// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/lockorder_p.h"
#include "core/queue/eventqueue_p.h"

#include <recorders/core/eventslot.h>
#include <recorders/core/recorder.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace Recorders::Internal {

// The next event to handle, where it lies in the queue.
struct PendingEvent
{
    const EventType *type = nullptr; // null: there is none
    void *payload = nullptr;
    EventQueue<EventSlot>::Front place{};

    explicit operator bool() const noexcept { return type; }
};

/*
    Where the events of a recorder wait: the queue, what becomes of an event that finds it full or
    closed, and the counts of all of them.

    A producer claims a slot, fills it and publishes it. tryClaim() succeeds almost always; if it
    does not, claim() finds out why, and counts the event as what it became. Under
    OverflowPolicy::Block the producer waits there until the recorder's thread has made room.

    The recorder's thread takes events by front() and pop(), and calls wakeBlockedProducers() now and
    then. Which thread opens and closes it, and when, is for RecorderLifecycle to see to.
*/
class EventInbox final
{
public:
    // What a claim that does not succeed at once needs to know. Called by producers, in any thread.
    class Owner
    {
        Q_DISABLE_COPY_MOVE(Owner)

    public:
        // Between the claim and the publication of an event that found the queue asleep.
        virtual void activate() noexcept = 0;
        // The event found it closed. True: it is open now, the claim can be tried again.
        virtual bool tryOpen() noexcept = 0;
        virtual std::shared_ptr<Dispatcher> openDispatcher() const = 0; // null: nobody makes room

    protected:
        Owner() = default;
        ~Owner() = default;
    };

    // The policy is the default if the options have none.
    EventInbox(const RecorderOptions &options, OverflowPolicy defaultPolicy);
    ~EventInbox() { clear(); }

    EventInbox(const EventInbox &) = delete;
    EventInbox &operator=(const EventInbox &) = delete;

    // any thread: producers
    RecordGate &gate() noexcept { return m_queue; }
    RecordLane *reenterLane(std::size_t size) noexcept { return m_queue.enterSlowly(size); }
    EventSlot *tryClaim() noexcept { return m_queue.tryClaim(); }
    Claim claim(Owner &owner) noexcept;
    RegisterResult reject() noexcept; // counts an event that could not be stored

    // any thread
    void countEvents(RecorderStatistics &statistics) const noexcept;
    quint64 handled() const noexcept { return m_queue.handled(); }
    quint64 pending() const noexcept; // accepted, and not handled
    quint64 ticket() const noexcept { return m_queue.ticket(); } // handled() once those so far are
    std::size_t maxPending() const noexcept { return m_queue.maxPending(); }
    bool isOpen() const noexcept { return m_queue.isOpen(); }
    bool isAsleep() const noexcept { return m_queue.isAsleep(); }
    void open() noexcept { m_queue.open(); }
    void close() noexcept; // also ends the waiting of producers

    // the recorder's thread
    PendingEvent front() noexcept;
    void pop(const PendingEvent &front) noexcept; // destroys that event
    void wakeBlockedProducers() noexcept;
    bool hasPending() const noexcept { return !m_queue.isEmpty(); }
    bool isPublished() const noexcept { return m_queue.isPublished(); } // all of them; while closed
    bool prepareIdle() noexcept { return m_queue.prepareIdle(); }
    bool tryIdle() noexcept { return m_queue.tryIdle(); }
    void clear() noexcept; // destroys what a stop left over

private:
    using Claimed = EventQueue<EventSlot>::Claim;
    struct BlockedProducers // of OverflowPolicy::Block
    {
        explicit BlockedProducers(std::chrono::milliseconds longest)
            : timeout(longest)
        {
        }

        const std::chrono::milliseconds timeout;
        std::atomic<int> count = 0; // any thread; see waitForRoom()
        OrderedMutex<LockLevel::BlockedProducers> mutex;
        std::condition_variable room;
    };

    // Counts, and wakes the dispatcher, as the outcome demands. Nothing: the queue is full.
    std::optional<Claim> concludeClaim(Claimed claimed, Owner &owner) noexcept;
    Claim refuseFull(Owner &owner) noexcept;
    Claim drop() noexcept;
    Claim waitForRoom(Dispatcher &dispatcher, Owner &owner) noexcept;
    Claimed claimWithRoom(Dispatcher &dispatcher,
                          std::chrono::steady_clock::time_point deadline) noexcept;

    EventQueue<EventSlot> m_queue;
    // Producers write, anyone reads. Relaxed, all: each is a count by itself.
    std::atomic<quint64> m_dropped = 0;
    std::atomic<quint64> m_rejected = 0;
    std::atomic<quint64> m_notRunning = 0;
    const std::unique_ptr<BlockedProducers> m_blocked; // null under the other policies
    const OverflowPolicy m_policy;
};

inline PendingEvent EventInbox::front() noexcept
{
    const auto place = m_queue.front();
    if (place.record) {
        const EventType &type = EventRecord::type(place.record);
        if (EventRecord::isBoxed(place.record))
            return { &type, *reinterpret_cast<void **>(place.record + EventRecord::unit), place };
        return { &type, EventRecord::payload(place.record, type.alignment), place };
    }
    if (!place.slot)
        return {};
    const EventType *const type = place.slot->type.load(std::memory_order_relaxed); // seen before
    std::byte *const storage = place.slot->storage;
    return { type, type->isBoxed ? *reinterpret_cast<void **>(storage) : storage, place };
}

inline void EventInbox::pop(const PendingEvent &front) noexcept
{
    const EventType &type = *front.type;
    if (!front.place.record) {
        type.destroy(front.place.slot->storage);
        m_queue.pop(front.place, 0);
    } else if (EventRecord::isBoxed(front.place.record)) {
        type.destroy(front.place.record + EventRecord::unit);
        m_queue.pop(front.place, EventRecord::boxedSize());
    } else {
        type.destroyPayload(front.payload);
        m_queue.pop(front.place, EventRecord::size(type.size, type.alignment));
    }
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

// What a thread does that has the queue of a recorder to itself: without a locked instruction, and
// without a call. How it gets there, and how others take that from it, is told by EventQueue.
namespace Recorders::Internal {

// Which thread this is, in one instruction where the compiler knows how.
inline const void *currentThread() noexcept
{
#if defined(__has_builtin)
#  if __has_builtin(__builtin_thread_pointer)
#    define RECORDERS_HAS_THREAD_POINTER
#  endif
#endif
#if defined(RECORDERS_HAS_THREAD_POINTER)
    return __builtin_thread_pointer();
#else
    thread_local char mark;
    return &mark;
#endif
#undef RECORDERS_HAS_THREAD_POINTER
}

// Brings a cache line that another processor has used last, before it is written.
inline void prefetchForWriting(const void *place) noexcept
{
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__i386__))
    asm volatile("prefetchw %0" : : "m"(*static_cast<const char *>(place))); // or does nothing
#elif defined(__GNUC__)
    __builtin_prefetch(place, 1);
#else
    static_cast<void>(place);
#endif
}

struct LaneTraits
{
    template <typename T>
    using Atomic = std::atomic<T>;
    using Unit = std::byte;

    static const void *currentThread() noexcept { return Internal::currentThread(); }
    static constexpr std::size_t cacheLine = 64;
    // How far ahead of its events a lane fetches cache lines: what is written while one comes from
    // another processor.
    static constexpr std::size_t prefetchDistance = 3072;
    static void prefetch(const Unit *begin, std::size_t units) noexcept
    {
        for (std::size_t i = 0; i < units; i += cacheLine)
            prefetchForWriting(begin + i);
    }
    // The light half of an asymmetric fence: it binds the compiler alone. Who relies on it runs the
    // heavy half, which makes all threads of the process execute a fence.
    static void lightFence() noexcept { std::atomic_signal_fence(std::memory_order_seq_cst); }
};

/*
    Where one thread writes its events, one after the other, each as a record. It belongs to that
    thread for life, and is open to it from a grant until it is sealed.

    An event is announced, written and published. The seal says how many events are admitted: those
    that were announced before. So the thread need not be waited for, wherever it stops.
*/
template <typename Traits>
class alignas(64) EventLane
{
public:
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;
    using Unit = typename Traits::Unit;

    explicit EventLane(const void *owner) noexcept
        : thread(owner)
    {
    }
    EventLane(const EventLane &) = delete;
    EventLane &operator=(const EventLane &) = delete;

    // The thread. Relaxed but for the last: only it writes these while the lane is open. What it has
    // read is passed on, because the compiler reads an atomic as often as it is named.
    std::uint64_t nextTicket() const noexcept { return published.load(std::memory_order_relaxed); }
    Unit *nextRecord() const noexcept { return position.load(std::memory_order_relaxed); }
    std::size_t unitsFrom(const Unit *record) const noexcept
    {
        return static_cast<std::size_t>(end.load(std::memory_order_relaxed) - record);
    }
    bool isAtWork(std::uint64_t next) const noexcept // a payload registers an event itself
    {
        return announced.load(std::memory_order_relaxed) != next;
    }
    bool isFull(std::uint64_t next) const noexcept
    {
        return next >= limit.load(std::memory_order_relaxed);
    }
    bool announce(std::uint64_t next, const Atomic<std::uint64_t> &tail) noexcept;
    // In ownedlane_p.h: rare, and not to be inlined. Hence a lane, and no entry: what a function returns
    // lies in memory, and the entry of those that did not call it would, too.
    EventLane *withdraw() noexcept;
    void publish(std::uint64_t ticket, Unit *recordEnd) noexcept
    {
        position.store(recordEnd, std::memory_order_relaxed);
        published.store(ticket + 1, std::memory_order_release); // (P6) of EventQueue
    }

    // What the state says: the lane is open for the tickets from one on, or sealed at one; later, when
    // all of them are handled, idle, and for a moment its memory is given back.
    enum Kind : unsigned { Idle, Emptied, Open, Sealed };
    static constexpr std::uint64_t stateOf(Kind kind, std::uint64_t ticket)
    {
        return ticket << 2 | kind;
    }
    static constexpr Kind kindOf(std::uint64_t state) { return Kind(state & 3); }
    static constexpr std::uint64_t ticketIn(std::uint64_t state) { return state >> 2; }

    const void *const thread;
    // The thread's: the queue's tail while the lane is open; tickets below the limit may be used.
    Atomic<std::uint64_t> word{ 0 };
    Atomic<std::uint64_t> limit{ 0 };
    // The thread writes, anyone reads: the tickets up to that of the event it is at, or has done.
    Atomic<std::uint64_t> announced{ 0 };
    Atomic<std::uint64_t> published{ 0 };
    // The thread's, while the lane is open: where the next record goes, and where its memory ends.
    Atomic<Unit *> position{ nullptr };
    Atomic<Unit *> end{ nullptr };
    Atomic<std::uint64_t> state{ stateOf(Idle, 0) }; // any thread, see (I10) of EventQueue
};

/*
    An event that was let into a lane: where its record goes, and once it is there, publish(). To be
    used by the thread of the lane, and before it lets in another one.

    It has what the gate has read of the lane, so that nothing is read again.
*/
template <typename Traits>
class LaneEntry
{
public:
    using Lane = EventLane<Traits>;
    using Unit = typename Traits::Unit;

    LaneEntry() = default; // it was not let in
    explicit LaneEntry(Lane *lane) noexcept // null: as above
    {
        if (lane)
            *this = LaneEntry(lane, lane->nextTicket(), lane->nextRecord());
    }
    LaneEntry(Lane *lane, std::uint64_t ticket, Unit *record) noexcept
        : m_lane(lane)
        , m_ticket(ticket)
        , m_record(record)
    {
    }

    explicit operator bool() const noexcept { return m_lane; }
    Unit *record() const noexcept { return m_record; }
    void publish(std::size_t units) const noexcept { m_lane->publish(m_ticket, m_record + units); }

private:
    Lane *m_lane = nullptr;
    std::uint64_t m_ticket = 0;
    Unit *m_record = nullptr;
};

/*
    What all producers of a queue look at first. The tail says in which state the queue is: while a
    lane is open it does not change, and any change closes the lane.
*/
template <typename Traits>
class EventGate
{
public:
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;
    using Unit = typename Traits::Unit;
    using Lane = EventLane<Traits>;
    using Entry = LaneEntry<Traits>;

    // Any thread. Into its lane, if that is open, with room for a record of so many units. False:
    // nothing happened, and enterSlowly() of EventQueue may have more luck.
    //
    // What it costs: no locked instruction, no fence, no call, and no cache line that another thread
    // writes, but those of the records, which are fetched ahead.
    [[gnu::always_inline]] Entry tryEnter(std::size_t units) noexcept
    {
        Lane *const own = laneOfThisThread();
        if (!own)
            return {};
        const std::uint64_t next = own->nextTicket();
        Unit *const record = own->nextRecord();
        if (own->isAtWork(next) || own->isFull(next) || own->unitsFrom(record) < units)
            return {};
        Traits::prefetch(record + Traits::prefetchDistance, units);
        return own->announce(next, m_tail) ? Entry(own, next, record) : Entry(own->withdraw());
    }
    // Any thread. Null: it has none, or not now.
    Lane *laneOfThisThread() const noexcept
    {
        Lane *const hint = m_lane.load(std::memory_order_acquire); // (P7) of EventQueue
        return hint && hint->thread == Traits::currentThread() ? hint : nullptr;
    }

protected:
    explicit EventGate(std::uint64_t tail) noexcept
        : m_tail(tail)
    {
    }
    ~EventGate() = default;

    Atomic<std::uint64_t> m_tail; // any thread: see EventQueue
    Atomic<Lane *> m_lane{ nullptr }; // any thread: a hint, the tail says which one is open
};

// Announces the next event. True: it is admitted, and must be published. False: withdraw() tells.
template <typename Traits>
inline bool EventLane<Traits>::announce(std::uint64_t next,
                                        const Atomic<std::uint64_t> &tail) noexcept
{
    // Relaxed, all: the fence sees to it that either the tail is seen changed here, or the
    // announcement by the one who has changed it (P8).
    announced.store(next + 1, std::memory_order_relaxed);
    Traits::lightFence();
    const std::uint64_t now = tail.load(std::memory_order_relaxed);
    return now == word.load(std::memory_order_relaxed);
}

} // namespace Recorders::Internal

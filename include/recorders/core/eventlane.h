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
    static constexpr std::size_t prefetchDistance = 1024;
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

    // The thread, for an event that was let in: where its record goes, and once it is there.
    Unit *record() const noexcept { return position.load(std::memory_order_relaxed); }
    void publish(std::size_t units) noexcept
    {
        // Relaxed, but the last: only this thread writes and reads these while the lane is open.
        position.store(record() + units, std::memory_order_relaxed);
        // As many as are announced; to read that here would wait for announce() to have written it.
        published.store(published.load(std::memory_order_relaxed) + 1,
                        std::memory_order_release); // (P6) of EventQueue
    }

    // The thread, for EventGate and EventQueue.
    std::size_t unitsLeft() const noexcept
    {
        return static_cast<std::size_t>(end.load(std::memory_order_relaxed) - record());
    }
    bool isAtWork() const noexcept // further up the stack: a payload registers an event itself
    {
        return announced.load(std::memory_order_relaxed)
                != published.load(std::memory_order_relaxed);
    }
    std::uint64_t nextTicket() const noexcept { return published.load(std::memory_order_relaxed); }
    bool announce(const Atomic<std::uint64_t> &tail) noexcept;
    bool withdraw() noexcept;

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
    What all producers of a queue look at first. The tail says in which state the queue is: while a
    lane is open it does not change, and any change closes the lane.
*/
template <typename Traits>
class EventGate
{
public:
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;
    using Lane = EventLane<Traits>;

    // Any thread. Its lane, if that is open, with room for a record of so many units: what is to do
    // then is to write it, and publish(). Null: nothing happened, and enterSlowly() of EventQueue may
    // have more luck.
    Lane *tryEnter(std::size_t units) noexcept
    {
        Lane *const own = laneOfThisThread();
        if (!own || own->isAtWork() || own->unitsLeft() < units
            || own->nextTicket() >= own->limit.load(std::memory_order_relaxed))
            return nullptr;
        Traits::prefetch(own->record() + Traits::prefetchDistance, units);
        return own->announce(m_tail) ? own : nullptr;
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

// Announces the next event. True: it is admitted, and must be published.
template <typename Traits>
inline bool EventLane<Traits>::announce(const Atomic<std::uint64_t> &tail) noexcept
{
    // Relaxed, all: the fence sees to it that either the tail is seen changed here, or the
    // announcement by the one who has changed it (P8).
    announced.store(published.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    Traits::lightFence();
    const std::uint64_t now = tail.load(std::memory_order_relaxed);
    return now == word.load(std::memory_order_relaxed) || !withdraw();
}

// The tail has changed after the event was announced, or before. False: it is admitted all the same.
template <typename Traits>
bool EventLane<Traits>::withdraw() noexcept
{
    const std::uint64_t before = published.load(std::memory_order_relaxed);
    // Relaxed, all: what counts is who comes first. Only this thread opens the lane.
    std::uint64_t seen = state.load(std::memory_order_relaxed);
    if (kindOf(seen) == Open
        && state.compare_exchange_strong(seen, stateOf(Sealed, before), std::memory_order_relaxed,
                                         std::memory_order_relaxed))
        seen = stateOf(Sealed, before);
    if (kindOf(seen) == Sealed && ticketIn(seen) > before)
        return false;
    announced.store(before, std::memory_order_relaxed);
    return true;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/backoff_p.h"
#include "core/queue/blockpool_p.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace Recorders::Internal {

struct EventQueueTraits
{
    template <typename T>
    using Atomic = std::atomic<T>;

    // Segments and directories are as large as pages mostly are, so that each can be given back.
    static constexpr std::size_t segmentSlots = 64;
    static constexpr std::size_t directoryEntries = 512;
    static constexpr std::size_t maxSpareSegments = 32; // that a queue keeps until it sleeps

    struct SegmentPoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 32;
    };
    struct DirectoryPoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 16;
    };
};

// Clean, as BlockPool wants it: every slot is unpublished. So is one that is all zero.
template <typename Slot, typename Traits>
struct EventSegment
{
    std::array<Slot, Traits::segmentSlots> slots;
};

// Clean, as BlockPool wants it: every entry is null or a clean segment that nobody else owns. So is
// one that is all zero.
template <typename Slot, typename Traits>
struct EventDirectory
{
    using Entry = typename Traits::template Atomic<EventSegment<Slot, Traits> *>;
    std::array<Entry, Traits::directoryEntries> entries{};
};

// The memory of event queues: what one gives back, any other that shares the pools may use.
template <typename Slot, typename Traits = EventQueueTraits>
struct EventPools
{
    EventPools() = default;
    ~EventPools();
    EventPools(const EventPools &) = delete;
    EventPools &operator=(const EventPools &) = delete;

    static EventPools &forProcess() noexcept; // never destroyed: recorders may outlive main()

    // Any thread, both. See BlockPool.
    std::size_t discardOne() noexcept; // returns its bytes; 0: there is none that is free
    std::size_t bytesAllocated() const noexcept;

    BlockPool<EventSegment<Slot, Traits>, typename Traits::SegmentPoolTraits> segments;
    BlockPool<EventDirectory<Slot, Traits>, typename Traits::DirectoryPoolTraits> directories;
};

template <typename Slot, typename Traits>
EventPools<Slot, Traits>::~EventPools() = default;

/*
    A directory that nobody owns may have segments which overtaken producers installed (I5 of
    EventQueue): they go to the other pool. One that is installed after that, and before the page is
    discarded, is never used again.
*/
template <typename Slot, typename Traits>
std::size_t EventPools<Slot, Traits>::discardOne() noexcept
{
    if (segments.discardOne())
        return sizeof(EventSegment<Slot, Traits>);
    const auto emptyDirectory = [this](EventDirectory<Slot, Traits> &directory) {
        for (auto &entry : directory.entries) {
            // Acquire: pairs with (P2) of EventQueue, for who gets it from the pool.
            EventSegment<Slot, Traits> *const segment = entry.load(std::memory_order_acquire);
            if (!segment)
                continue;
            // Relaxed, as nobody else changes what is not null, and the pool publishes it.
            entry.store(nullptr, std::memory_order_relaxed);
            segments.release(segment);
        }
    };
    return directories.discardOne(emptyDirectory) ? sizeof(EventDirectory<Slot, Traits>) : 0;
}

template <typename Slot, typename Traits>
std::size_t EventPools<Slot, Traits>::bytesAllocated() const noexcept
{
    return segments.blocksAllocated() * sizeof(EventSegment<Slot, Traits>)
            + directories.blocksAllocated() * sizeof(EventDirectory<Slot, Traits>);
}

// Not local to the function: at its first call it would begin to have a destructor, under a lock
// that a child waits for in vain if it was forked meanwhile.
template <typename Pools>
union ImmortalPools {
    constexpr ImmortalPools()
        : pools()
    {
    }
    // NOLINTNEXTLINE(modernize-use-equals-default): that would be deleted
    ~ImmortalPools() { }
    Pools pools;
};

template <typename Pools>
inline constinit ImmortalPools<Pools> immortalPools;

template <typename Slot, typename Traits>
EventPools<Slot, Traits> &EventPools<Slot, Traits>::forProcess() noexcept
{
    return immortalPools<EventPools>.pools;
}

enum class ClaimOutcome : std::uint8_t { Claimed, ClaimedAndWoke, Full, Closed, NoMemory };

/*
    EventQueue is a bounded FIFO of slots for many producers and one consumer. It can be closed, and
    releases its memory while it is idle.

    The life of an event: a producer claims a ticket. One compare-exchange of the tail admits it, counts
    it and gives it its place in the order; the bound is exact. The ticket's slot is in a segment, which
    is found in a directory; both come from pools when they are needed. The producer constructs the
    event there and publishes it by a release store. The consumer handles the event at the head,
    destroys it and pops the slot. A segment that it leaves is put where producers need it next, or back
    into its pool. After some time without events the queue falls asleep and returns the rest; the next
    claim wakes it.

    Callers may rely on this: an event that was admitted is handled, and in the order of the tickets.
    A claim that is refused changes nothing. Nothing blocks: a producer that is suspended between its
    claim and the publication holds up the consumer, but no other producer.

    Roles. Producers, any thread: tryClaim() and, if that fails, claim(); then fill and publish
    the slot. The consumer, one thread at a time (handing over the role needs a happens-before):
    front(), pop(), isEmpty(), tryIdle(). Any thread: close(), counts(), ticket(), isOpen(). The
    owner: open(), only while the queue is closed and published; construction, destruction, both
    without any other call.
    `Slot` needs one member that matters here, an atomic pointer `type`; null means unpublished.

    What a producer owes. After a claim with a slot nothing may fail: construct the payload; if
    the outcome is ClaimedAndWoke, see to it that the consumer will look at this queue; and only
    then publish, by a release store of something not null to slot->type (P1). The store is the
    last thing the producer does to the queue and to everything that belongs to its owner.

    What the consumer owes. Destroy the payload of front(), then pop(). As long as the queue is
    not asleep nobody wakes it up: keep it in work until tryIdle() returns true.

    Progress. tryClaim() is wait-free. claim() is lock-free; it repeats only when it has prepared
    what tryClaim() missed, or another call changed the tail; then it backs off, so that the one
    who has the cache line gets on: without, two producers at full speed take ten times as long.
    It allocates only when a pool is empty. The consumer's functions are wait-free but for the
    give back to a pool (lock-free), and for tryIdle(), which repeats only when close() interferes.
    A producer that stops between claim and publish holds up the consumer, not other producers.

    The words. m_tail = tickets claimed << 3 | Side | Asleep | Closed. 61 bits never wrap: a
    ticket per nanosecond lasts 73 years. m_handled = tickets popped; the head.
    Ticket t lives in slot t % segmentSlots of segment t / segmentSlots; the segment's address
    is found at its number modulo the directory's size, in the directory of the current side.

    Invariants.
     (I1) m_handled <= tickets claimed; only the consumer writes m_handled.
     (I2) Tickets claimed <= m_handled + maxPending: a claim succeeds only below a limit, and a
          limit is a former m_handled + maxPending. (A late store may bring back an older, lower
          limit; it costs a refresh, no more.) Full is exact: m_handled was read after the tail.
     (I3) A word of m_tail never comes back with another directory or segment behind it. The
          count only grows; while it stands, tryIdle() can set Asleep once, and only a claim
          clears it. Only opening and closing leave a word and return to it, and they change
          nothing else. So a claim that succeeds has used the directory and segment of its time.
     (I4) A place that holds blocks, m_directories[side] or an entry, holds null or a block that
          belongs to it. It changes from null to a clean block only. Only the
          consumer changes it to null, and EventPools::discardOne() in a directory that is no
          queue's. So the consumer may keep the address of the segment that it reads.
     (I5) Clean blocks are interchangeable. A producer that was overtaken while it looked for
          its slot may install a clean segment in an entry that is needed later, in a directory
          that went back to the pool or serves another queue by now, or a clean directory on the
          side that is not in use: each finds its use there, and by (I3) the overtaken producer
          itself never claims. Only if the directory's memory is being discarded at that moment
          can the segment get lost, which wastes it, and does no harm.
     (I6) An entry is null or clean when its turn comes again. Let D be the directory's size, S
          the segment's. Ticket t of segment s = t / S is claimed only if t < h + maxPending, h
          the m_handled that the claimer acquired by (P3) or (P4). The entry's former user,
          segment s - D, was left by the consumer when h reached (s - D + 1) * S. Since
          s * S <= t <= h + maxPending - 1, this holds if (D - 1) * S >= maxPending - 1, and the
          constructor sees to D >= ceil(maxPending / S) + 1. The consumer, leaving segment s, puts
          it into entries of segments before s + D, whose former users it has left, too.
     (I7) Quiescence. When the queue is closed and isEmpty(), every admitted event was popped, so
          its producer has published, and that was the last thing it did. Later claims are
          refused, and a claim() still under way is going to be: it can still install a clean
          block here (I5) but returns Closed without touching anything of the owner. Hence the
          queue's memory must outlive the calls; nothing else of the owner need.
     (I8) While the queue is asleep, and no claim() is under way, it holds no segment and no
          pooled directory, but for what an overtaken or refused claim() left by (I5): at most a
          directory per side, with a segment each; the next sleep or the destructor returns it.

    Synchronization.
     (P1) The producer's release store of slot->type pairs with the acquire in front(): the
          consumer sees the payload.
     (P2) The releases of the exchanges in install() and keepSpare() pair with the acquire loads
          of the same place in segmentFor(), provideSegment(), findSegment(), install(),
          takeSegment(), giveBackSide() and EventPools::discardOne(): who finds a block finds it
          clean, all that its former users did to it is over, and so does the one that gets it
          from the pool after that.
     (P3) The release store of m_handled in pop() pairs with the acquire load in refreshLimit():
          the entries that the consumer emptied are seen empty (I6). It also pairs with the one
          in counts() and handled(): what the consumer did with those events is visible.
     (P4) The release store of m_limit in refreshLimit() pairs with the acquire load in tryClaim():
          it passes (P3) on to the claims that use the limit without looking at m_handled.
     (P5) The release changes of m_tail pair with the acquires of m_tail in tryClaim() and claim().
          From tryIdle(): claims on a side see the directory taken out that it had before, and
          all that the consumer did. From close(): who is refused sees what the closing thread
          did before. From open(): who is admitted sees what the owner did before. All changes of
          m_tail are read-modify-writes, so acquiring one acquires those before, across the claims
          in between.

    Reclamation. What the consumer leaves it puts ahead of the producers, up to maxSpareSegments:
    to fetch a segment from the pool, whose cache lines are another thread's, costs them as much as
    a dozen claims. What is more than that goes back to the pool at once, all else when the queue
    goes to sleep. The pools keep blocks type-stable for readers who were overtaken, also those whose
    memory was discarded: they read as clean.

    Proof: tst_EventQueueModels. Stress test: tst_EventQueue, under TSan.
*/
template <typename Slot, typename Traits = EventQueueTraits>
class EventQueue final
{
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;
    using Segment = EventSegment<Slot, Traits>;
    using Directory = EventDirectory<Slot, Traits>;

    static_assert(std::has_single_bit(Traits::segmentSlots));
    static_assert(std::has_single_bit(Traits::directoryEntries) && Traits::directoryEntries >= 2);

public:
    using Pools = EventPools<Slot, Traits>;

    struct Claim
    {
        Slot *slot; // null unless Claimed or ClaimedAndWoke
        ClaimOutcome outcome;
    };

    struct Counts
    {
        std::uint64_t accepted;
        std::uint64_t handled;
    };

    // Half of the slots that the pools can address: a gigabyte of events.
    static constexpr std::size_t maxPendingLimit = std::size_t{ 1 } << 24;

    // Closed and asleep. maxPending is clamped to [1, maxPendingLimit]; throws std::bad_alloc if
    // it needs a directory larger than a pooled one.
    explicit EventQueue(std::size_t maxPending, Pools &pools);
    ~EventQueue();
    EventQueue(const EventQueue &) = delete;
    EventQueue &operator=(const EventQueue &) = delete;

    std::size_t maxPending() const noexcept { return m_maxPending; }

    // Any thread. The first succeeds if nothing is to be prepared and nobody interferes, which is
    // almost always; null: nothing happened, and claim() gives the reason.
    [[nodiscard]] Slot *tryClaim() noexcept;
    [[nodiscard]] Claim claim() noexcept;

    Slot *front() noexcept; // consumer; null: the next event is not published (yet)
    void pop() noexcept; // consumer; after front(), whose payload is destroyed
    bool isEmpty() const noexcept; // consumer; no ticket is out, published or not
    bool isPublished() const noexcept; // consumer, closed; all tickets that are out are published
    [[nodiscard]] bool tryIdle() noexcept; // consumer; true: asleep, the next claim wakes it

    bool close() noexcept; // any thread; true: it was open
    void open() noexcept; // owner; closed, and what is left is published
    bool isOpen() const noexcept; // any thread
    bool isAsleep() const noexcept; // any thread; an observation

    Counts counts() const noexcept; // any thread; their difference keeps the bound, neither falls
    std::uint64_t ticket() const noexcept; // any thread; handled() >= ticket(): all before is done
    std::uint64_t handled() const noexcept; // any thread

private:
    static constexpr std::uint64_t closedBit = 1;
    static constexpr std::uint64_t asleepBit = 2;
    static constexpr std::uint64_t sideBit = 4;
    static constexpr unsigned ticketShift = 3;
    static constexpr std::uint64_t oneTicket = std::uint64_t{ 1 } << ticketShift;

    static constexpr std::uint64_t ticketOf(std::uint64_t word) { return word >> ticketShift; }
    static constexpr std::size_t sideOf(std::uint64_t word) { return (word & sideBit) ? 1 : 0; }
    static std::size_t directorySize(std::size_t maxPending);

    Atomic<Segment *> &entryOf(Directory *directory, std::uint64_t ticket) const noexcept;
    static Slot *slotIn(Segment *segment, std::uint64_t ticket) noexcept;
    Segment *segmentFor(std::uint64_t word) const noexcept;
    Segment *provideSegment(std::uint64_t word) noexcept;
    bool refreshLimit(std::uint64_t ticket) noexcept;
    Segment *headSegment() noexcept;
    Segment *findSegment(std::uint64_t ticket) const noexcept;
    void leaveSegment() noexcept;
    bool keepSpare(Directory *directory, Segment *segment) noexcept;
    Segment *takeSegment(Directory *directory, std::uint64_t ticket) noexcept;
    void giveBackSide(std::size_t side, std::uint64_t endSegment) noexcept;

    template <typename Block, typename Pool>
    static Block *install(Atomic<Block *> &place, Pool &pool) noexcept;

    // Producers' line: one miss brings all that a claim needs of the queue.
    alignas(64) Atomic<std::uint64_t> m_tail{ closedBit | asleepBit }; // any thread, see words
    Atomic<std::uint64_t> m_limit; // producers; tickets below are admitted (I2)
    std::array<Atomic<Directory *>, 2> m_directories{}; // any thread, see (I4)
    const std::size_t m_maxPending;
    const std::size_t m_directoryMask; // size used, a power of two, minus one
    Pools *const m_pools;

    // Consumer's line.
    alignas(64) Atomic<std::uint64_t> m_handled{ 0 }; // the consumer writes, anyone reads
    Segment *m_headSegment = nullptr; // consumer only; a copy of the head's entry, or null
    std::size_t m_side = 0; // consumer only; a copy of the tail's Side
    std::uint64_t m_sparesEnd = 0; // consumer only; spare segments have numbers below
    // Each side's directory, if a pooled one is too small. Stays for life.
    std::unique_ptr<Directory[]> m_permanentDirectories;
};

template <typename Slot, typename Traits>
EventQueue<Slot, Traits>::EventQueue(std::size_t maxPending, Pools &pools)
    : m_limit(std::clamp<std::size_t>(maxPending, 1, maxPendingLimit))
    , m_maxPending(std::clamp<std::size_t>(maxPending, 1, maxPendingLimit))
    , m_directoryMask(directorySize(m_maxPending) - 1)
    , m_pools(&pools)
{
    const std::size_t directories = directorySize(m_maxPending) / Traits::directoryEntries;
    if (directories <= 1)
        return;

    m_permanentDirectories = std::make_unique<Directory[]>(2 * directories);
    // Relaxed: construction happens-before every use.
    m_directories[0].store(&m_permanentDirectories[0], std::memory_order_relaxed);
    m_directories[1].store(&m_permanentDirectories[directories], std::memory_order_relaxed);
}

template <typename Slot, typename Traits>
EventQueue<Slot, Traits>::~EventQueue()
{
    // The owner has drained the queue. If not, the pools at least get clean segments back.
    while (front())
        pop();

    giveBackSide(m_side, m_sparesEnd);
    giveBackSide(m_side ^ 1, 0);
    for (std::size_t i = 0; m_permanentDirectories && i < 2 * (m_directoryMask + 1); ++i) {
        Directory &directory = m_permanentDirectories[i / Traits::directoryEntries];
        // Relaxed: destruction happens-after every use.
        Segment *segment =
                directory.entries[i % Traits::directoryEntries].load(std::memory_order_relaxed);
        if (segment)
            m_pools->segments.release(segment);
    }
}

// No loop and no calls: what business code waits for is this.
template <typename Slot, typename Traits>
inline Slot *EventQueue<Slot, Traits>::tryClaim() noexcept
{
    std::uint64_t word = m_tail.load(std::memory_order_acquire); // pairs with (P5)
    if (word & (closedBit | asleepBit)) [[unlikely]]
        return nullptr;
    // Acquire: pairs with (P4).
    if (ticketOf(word) >= m_limit.load(std::memory_order_acquire)) [[unlikely]]
        return nullptr;
    Segment *const segment = segmentFor(word);
    if (!segment) [[unlikely]]
        return nullptr;

    // Relaxed: what a claim finds, it found by the loads above (I3); what it leaves behind is found
    // by (P1) and (P2); of the owner it touches nothing. Being a read-modify-write it does not end
    // what tryIdle() and open() released (P5).
    if (!m_tail.compare_exchange_strong(word, word + oneTicket, std::memory_order_relaxed,
                                        std::memory_order_relaxed)) [[unlikely]]
        return nullptr;
    return slotIn(segment, ticketOf(word));
}

// NOLINTBEGIN(readability-function-cognitive-complexity): one loop, to be read with its orders
template <typename Slot, typename Traits>
typename EventQueue<Slot, Traits>::Claim EventQueue<Slot, Traits>::claim() noexcept
{
    for (BackOff backOff;;) {
        if (Slot *const slot = tryClaim())
            return { slot, ClaimOutcome::Claimed };

        std::uint64_t word = m_tail.load(std::memory_order_acquire); // pairs with (P5)
        if (word & closedBit)
            return { nullptr, ClaimOutcome::Closed };
        // Relaxed: a claim that succeeds here finds what the consumer did by (P5).
        if (ticketOf(word) >= m_limit.load(std::memory_order_relaxed)
            && !refreshLimit(ticketOf(word)))
            return { nullptr, ClaimOutcome::Full };
        Segment *segment = segmentFor(word);
        if (segment && !(word & asleepBit)) { // all is ready: another producer was faster
            backOff.wait();
            continue;
        }
        if (!segment)
            segment = provideSegment(word);
        if (!segment)
            return { nullptr, ClaimOutcome::NoMemory };

        // The claim that wakes the queue. Acquire: pairs with (P5), because the owner is reached
        // now, and the queue may have been closed and opened since the load, with the same word.
        if ((word & asleepBit)
            && m_tail.compare_exchange_strong(word, (word + oneTicket) & ~asleepBit,
                                              std::memory_order_acquire, std::memory_order_relaxed))
            return { slotIn(segment, ticketOf(word)), ClaimOutcome::ClaimedAndWoke };
    }
}
// NOLINTEND(readability-function-cognitive-complexity)

template <typename Slot, typename Traits>
Slot *EventQueue<Slot, Traits>::front() noexcept
{
    Segment *segment = headSegment();
    if (!segment)
        return nullptr;
    // Relaxed: only this thread writes m_handled (I1).
    const std::uint64_t head = m_handled.load(std::memory_order_relaxed);
    Slot &slot = segment->slots[head % Traits::segmentSlots];
    // Acquire: pairs with (P1). A slot that was not claimed is clean, hence null.
    return slot.type.load(std::memory_order_acquire) ? &slot : nullptr;
}

template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::pop() noexcept
{
    assert(m_headSegment);
    // Relaxed: only this thread writes m_handled (I1).
    const std::uint64_t head = m_handled.load(std::memory_order_relaxed);
    // Relaxed: the next user of this slot gets its segment through the pool or by (P2).
    m_headSegment->slots[head % Traits::segmentSlots].type.store(nullptr,
                                                                 std::memory_order_relaxed);
    if ((head + 1) % Traits::segmentSlots == 0) {
        leaveSegment(); // its entry, seen empty by (P3), before the head moves (I6)
    }
    m_handled.store(head + 1, std::memory_order_release); // (P3)
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::isEmpty() const noexcept
{
    // Relaxed: a number, by coherence not older than any that this thread knows of. Where its
    // tickets live, front() finds once they are published (P1).
    // Relaxed: only this thread writes m_handled (I1).
    return ticketOf(m_tail.load(std::memory_order_relaxed))
            == m_handled.load(std::memory_order_relaxed);
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::isPublished() const noexcept
{
    // Relaxed, both: the queue is closed, so by coherence this is the last ticket that was claimed;
    // only this thread writes m_handled (I1).
    const std::uint64_t end = ticketOf(m_tail.load(std::memory_order_relaxed));
    for (std::uint64_t ticket = m_handled.load(std::memory_order_relaxed); ticket < end; ++ticket) {
        const Segment *segment = findSegment(ticket);
        // Acquire: pairs with (P1).
        if (!segment
            || !segment->slots[ticket % Traits::segmentSlots].type.load(std::memory_order_acquire))
            return false;
    }
    return true;
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::tryIdle() noexcept
{
    // Relaxed: only this thread writes m_handled (I1).
    const std::uint64_t head = m_handled.load(std::memory_order_relaxed);
    // Relaxed: a number, as in isEmpty(). If it is old, the exchange fails.
    std::uint64_t word = m_tail.load(std::memory_order_relaxed);
    if (word & asleepBit)
        return true;
    if (ticketOf(word) != head)
        return false;

    const std::size_t side = m_side;
    giveBackSide(side ^ 1, 0); // what overtaken producers left there (I5)
    do {
        if (ticketOf(word) != head)
            return false;
        // Release: (P5). Relaxed when it fails: as above.
    } while (!m_tail.compare_exchange_weak(word, (word ^ sideBit) | asleepBit,
                                           std::memory_order_release, std::memory_order_relaxed));

    // From here on no claim succeeds on the old side (I3), so its blocks are free.
    m_side = side ^ 1;
    giveBackSide(side, std::exchange(m_sparesEnd, 0));
    return true;
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::close() noexcept
{
    return !(m_tail.fetch_or(closedBit, std::memory_order_release) & closedBit); // (P5)
}

template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::open() noexcept
{
    assert(!isOpen() && isPublished());
    m_tail.fetch_and(~closedBit, std::memory_order_release); // (P5)
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::isOpen() const noexcept
{
    // Relaxed: an observation, nothing is reached through it.
    return !(m_tail.load(std::memory_order_relaxed) & closedBit);
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::isAsleep() const noexcept
{
    // Relaxed: an observation, nothing is reached through it.
    return m_tail.load(std::memory_order_relaxed) & asleepBit;
}

template <typename Slot, typename Traits>
typename EventQueue<Slot, Traits>::Counts EventQueue<Slot, Traits>::counts() const noexcept
{
    // The head first: what was handled was claimed before, and acquiring the one makes the other
    // visible, (P1) and then (P3). Hence accepted >= handled. By the time the tail is read the head
    // may have gone on; it has at least as far as the bound demands (I2).
    const std::uint64_t done = handled();
    const std::uint64_t accepted = ticket();
    const std::uint64_t least = accepted > m_maxPending ? accepted - m_maxPending : 0;
    return { accepted, std::max(done, least) };
}

template <typename Slot, typename Traits>
std::uint64_t EventQueue<Slot, Traits>::ticket() const noexcept
{
    // Relaxed: all claims that happen-before this call are counted, by coherence.
    return ticketOf(m_tail.load(std::memory_order_relaxed));
}

template <typename Slot, typename Traits>
std::uint64_t EventQueue<Slot, Traits>::handled() const noexcept
{
    return m_handled.load(std::memory_order_acquire); // pairs with (P3)
}

// Entries of the directory that are in use: a power of two; more than one directory, if it exceeds
// the pooled ones.
template <typename Slot, typename Traits>
std::size_t EventQueue<Slot, Traits>::directorySize(std::size_t maxPending)
{
    const std::size_t segments = (maxPending - 1) / Traits::segmentSlots + 1;
    return std::bit_ceil(segments + 1); // (I6)
}

template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::entryOf(Directory *directory, std::uint64_t ticket) const noexcept
        -> Atomic<Segment *> &
{
    const std::size_t index = (ticket / Traits::segmentSlots) & m_directoryMask;
    return directory[index / Traits::directoryEntries].entries[index % Traits::directoryEntries];
}

template <typename Slot, typename Traits>
inline Slot *EventQueue<Slot, Traits>::slotIn(Segment *segment, std::uint64_t ticket) noexcept
{
    return &segment->slots[ticket % Traits::segmentSlots];
}

// Returns the segment of the next ticket after word, or null if there is none yet.
template <typename Slot, typename Traits>
inline auto EventQueue<Slot, Traits>::segmentFor(std::uint64_t word) const noexcept -> Segment *
{
    // Acquire, all: pairs with (P2). Both sides, so that neither load waits for the word.
    Directory *const first = m_directories[0].load(std::memory_order_acquire);
    Directory *const second = m_directories[1].load(std::memory_order_acquire);
    Directory *const directory = sideOf(word) == 0 ? first : second;
    return directory ? entryOf(directory, ticketOf(word)).load(std::memory_order_acquire) : nullptr;
}

// Returns the segment of the next ticket after word, or null if there is no memory.
template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::provideSegment(std::uint64_t word) noexcept -> Segment *
{
    auto &place = m_directories[sideOf(word)];
    Directory *directory = place.load(std::memory_order_acquire); // pairs with (P2)
    if (!directory)
        directory = install(place, m_pools->directories);
    return directory ? install(entryOf(directory, ticketOf(word)), m_pools->segments) : nullptr;
}

template <typename Slot, typename Traits>
template <typename Block, typename Pool>
Block *EventQueue<Slot, Traits>::install(Atomic<Block *> &place, Pool &pool) noexcept
{
    Block *const ours = pool.tryAcquire();
    if (!ours)
        return place.load(std::memory_order_acquire); // another may have had more luck, (P2)
    Block *theirs = nullptr;
    // Release: (P2). Acquire when it fails: theirs is used, pairs with (P2).
    if (place.compare_exchange_strong(theirs, ours, std::memory_order_release,
                                      std::memory_order_acquire))
        return ours;
    pool.release(ours);
    return theirs;
}

// Returns whether ticket is below the limit that the consumer's progress allows by now.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::refreshLimit(std::uint64_t ticket) noexcept
{
    // Acquire: pairs with (P3).
    const std::uint64_t limit = m_handled.load(std::memory_order_acquire) + m_maxPending;
    m_limit.store(limit, std::memory_order_release); // (P4)
    return ticket < limit;
}

template <typename Slot, typename Traits>
typename EventQueue<Slot, Traits>::Segment *EventQueue<Slot, Traits>::headSegment() noexcept
{
    if (!m_headSegment) [[unlikely]] {
        // Relaxed: only this thread writes m_handled (I1).
        m_headSegment = findSegment(m_handled.load(std::memory_order_relaxed));
    }
    return m_headSegment;
}

// Returns the segment of a ticket that is out, or null if it is not to be seen yet.
template <typename Slot, typename Traits>
typename EventQueue<Slot, Traits>::Segment *
EventQueue<Slot, Traits>::findSegment(std::uint64_t ticket) const noexcept
{
    // Acquire, both: pairs with (P2).
    Directory *directory = m_directories[m_side].load(std::memory_order_acquire);
    return directory ? entryOf(directory, ticket).load(std::memory_order_acquire) : nullptr;
}

// Its segment is clean: the head's last slot was popped.
template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::leaveSegment() noexcept
{
    m_headSegment = nullptr;
    // Relaxed: only this thread changes m_directories[m_side] now (I4), and a segment was found
    // through it; only this thread writes m_handled (I1).
    Directory *const directory = m_directories[m_side].load(std::memory_order_relaxed);
    Segment *const segment = takeSegment(directory, m_handled.load(std::memory_order_relaxed));
    if (!keepSpare(directory, segment))
        m_pools->segments.release(segment);
}

// Puts the segment that the head is leaving into the first empty entry ahead of the producers.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::keepSpare(Directory *directory, Segment *segment) noexcept
{
    constexpr std::size_t size = Traits::segmentSlots;
    // Relaxed: only this thread writes m_handled (I1). The tail is a hint: where producers are by
    // now, they may have installed a segment, or will pass by one that is found clean later (I5).
    const std::uint64_t left = m_handled.load(std::memory_order_relaxed) / size;
    const std::uint64_t next = ticketOf(m_tail.load(std::memory_order_relaxed)) / size;
    const std::uint64_t end = std::min<std::uint64_t>(left + m_directoryMask + 1, // (I6)
                                                      next + Traits::maxSpareSegments);
    m_sparesEnd = std::max(m_sparesEnd, next);
    while (m_sparesEnd < end) {
        Segment *none = nullptr;
        // Release: (P2). Relaxed when it fails: what is there is not looked at.
        if (entryOf(directory, m_sparesEnd++ * size)
                    .compare_exchange_strong(none, segment, std::memory_order_release,
                                             std::memory_order_relaxed))
            return true;
    }
    return false;
}

// Empties the entry of a ticket.
template <typename Slot, typename Traits>
auto EventQueue<Slot, Traits>::takeSegment(Directory *directory, std::uint64_t ticket) noexcept
        -> Segment *
{
    auto &entry = entryOf(directory, ticket);
    // Acquire: pairs with (P2), for who gets it from the pool.
    Segment *const segment = entry.load(std::memory_order_acquire);
    if (segment)
        entry.store(nullptr, std::memory_order_relaxed); // seen by (P3), (P5) or through the pool
    return segment;
}

// Takes the directory out of a side where no claim can succeed, and the segments from the head's to
// the given one with it.
template <typename Slot, typename Traits>
void EventQueue<Slot, Traits>::giveBackSide(std::size_t side, std::uint64_t endSegment) noexcept
{
    // Acquire: pairs with (P2), for who gets it from the pool.
    Directory *directory = m_directories[side].load(std::memory_order_acquire);
    if (!directory)
        return;
    m_headSegment = nullptr;
    // Relaxed: only this thread writes m_handled (I1).
    std::uint64_t ticket = m_handled.load(std::memory_order_relaxed);
    do {
        if (Segment *const segment = takeSegment(directory, ticket))
            m_pools->segments.release(segment);
        ticket += Traits::segmentSlots;
    } while (ticket / Traits::segmentSlots < endSegment);
    if (m_permanentDirectories)
        return;
    m_directories[side].store(nullptr, std::memory_order_relaxed); // seen by (P5)
    m_pools->directories.release(directory);
}

} // namespace Recorders::Internal

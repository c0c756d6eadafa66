// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/backoff_p.h"
#include "core/queue/claimstreak_p.h"
#include "core/queue/eventpools_p.h"
#include "core/queue/lanelist_p.h"
#include "core/queue/ownedlane_p.h"

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

enum class ClaimOutcome : std::uint8_t { Claimed, ClaimedAndWoke, Full, Closed, NoMemory };

/*
    EventQueue is a bounded FIFO of events for many producers and one consumer. It can be closed, and
    releases its memory while it is idle.

    The life of an event: a producer claims a ticket. One compare-exchange of the tail admits it, counts
    it and gives it its place in the order; the bound is exact. The ticket's slot is in a segment, which
    is found in a directory; both come from pools when they are needed. The producer constructs the
    event there and publishes it by a release store. The consumer handles the event at the head,
    destroys it and pops the slot. A segment that it leaves is put where producers need it next, or back
    into its pool. After some time without events the queue falls asleep and returns the rest; the next
    claim wakes it, and has a slot that is the queue's own, so that an event now and then takes no
    segment.

    A thread that claims slot after slot, and no other in between, is granted a lane, and does without
    the compare-exchange from then on:

        its thread                            whoever wants the queue to be as it was
          announced = ticket + 1                tail: it is being revoked, or closed
          (light fence)                         (heavy fence)
          is the tail as it was granted?        seal: so many tickets as are announced
          the record is written                 tail: the tickets of the seal, and no lane
          published = announced

    With the two halves of the fence at least one of the two sees the other: either the thread sees that
    it is too late, and withdraws, or its announcement is within the seal. So nobody waits for the
    thread, which may be suspended anywhere, and there is one order: what the lane has admitted comes
    before all that is claimed after the seal. A lane comes with a slot, which says so; there the
    consumer turns off into the lane, and comes back at the seal.

    Callers may rely on this: an event that was admitted is handled, and in the order of the tickets.
    A claim that is refused changes nothing. Nothing blocks: a producer that is suspended between its
    claim and the publication holds up the consumer, but no other producer.

    Roles. Producers, any thread: tryEnter() of the gate, and if that fails enterSlowly(), then write and
    publish the record; or else tryClaim() and, if that fails, claim(), then fill and publish the slot.
    The consumer, one thread at a time (handing over the role needs a happens-before): front(), pop(),
    isEmpty(), prepareIdle(), tryIdle(). Any thread: close(), counts(), ticket(), isOpen(). The
    owner: open(), only while the queue is closed and published; construction, destruction, both
    without any other call.
    `Slot` needs two members that matter here: an atomic pointer `type`, null means unpublished, and an
    integer `lane`.

    What a producer owes. After a claim with a slot nothing may fail: construct the payload; if
    the outcome is ClaimedAndWoke, see to it that the consumer will look at this queue; and only
    then publish, by a release store of something not null to slot->type (P1). The same holds for a
    record. The store is the last thing the producer does to the queue and to everything that belongs to
    its owner.

    What the consumer owes. Destroy the payload of front(), then pop(). As long as the queue is
    not asleep nobody wakes it up: keep it in work until tryIdle() returns true.

    Progress. tryEnter(), enterSlowly() and tryClaim() are wait-free but for a pool (lock-free). claim()
    is lock-free; it repeats only when it has prepared what tryClaim() missed, or another call changed
    the tail; then it backs off, so that the one who has the cache line gets on: without, two producers
    at full speed take ten times as long. It allocates only when a pool is empty. It enters the kernel
    for the fence when it finds a lane of another thread, which happens the less often the more often
    it happens: such a queue grants none for long.
    The consumer's functions are wait-free but for the give back to a pool (lock-free), and for
    tryIdle(), which repeats only when close() interferes.

    The words. m_tail = tickets claimed << 7 | lane << 4 | Revoking | Side | Asleep | Closed. 57 bits
    do not wrap: a ticket per nanosecond lasts 4 years. While there is a lane, the tickets are those
    at which it begins. m_handled = tickets popped; the head.
    Ticket t that is a slot's lives in slot t % segmentSlots of segment t / segmentSlots; the segment's
    address is found at its number modulo the directory's size, in the directory of the current side.
    The ticket of the claim that clears Asleep lives in the first slot instead.

    Invariants.
     (I1) m_handled <= tickets claimed; only the consumer writes m_handled.
     (I2) Tickets claimed <= m_handled + maxPending: a claim succeeds only below a limit, and a
          limit is a former m_handled + maxPending. (A late store may bring back an older, lower
          limit; it costs a refresh, no more.) Full is exact: m_handled was read after the tail. A
          lane has a limit of its own, of the same kind, which its thread alone knows.
     (I3) A word of m_tail never comes back with another directory, segment or lane behind it. The
          count only grows; while it stands, tryIdle() can set Asleep once, and only a claim
          clears it. A lane begins with a claim. Only opening and closing leave a word and return to
          it, and they change nothing else; and of a word with a lane only revoke() leads on. So a claim
          that succeeds has used the directory and segment of its time.
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
          it into entries of segments before s + D, whose former users it has left, too. A segment
          in the middle of which a lane began stays in its entry: all its slots are popped, so that it
          is clean, and its turn comes again, or the next sleep finds it.
     (I7) Quiescence. When close() has returned and isEmpty(), every admitted event was popped, so
          its producer has published, and that was the last thing it did. Later claims are
          refused, and a claim() still under way is going to be: it can still install a clean
          block here (I5) but returns Closed without touching anything of the owner. Likewise a
          tryEnter(): it can still announce, in vain. Hence the queue's memory must outlive the calls;
          nothing else of the owner need.
     (I8) While the queue is asleep, and no claim() is under way, it holds no segment, no block of a
          lane and no pooled directory, but for what an overtaken or refused claim() left by (I5): at
          most a directory per side, with a segment each; the next sleep or the destructor returns it.
          Its first slot it keeps.
     (I9) A lane belongs to a thread for as long as the queue lives, and only that thread writes
          `announced` there. So one that was suspended before it announces, and goes on when the
          queue has long been another's, does that where nobody looks. A thread that has the
          identity of one that has ended takes over its lanes; it began after the other's end.
    (I10) The state of a lane goes round: Idle, Open from ticket t, Sealed at ticket e >= t, Idle, and
          from Idle to Emptied and back. Its thread opens it, at another t each time, as it has claimed
          one; any thread seals it, and as it does so by a compare-exchange from "Open from t", all
          agree on e, however late they are; the consumer makes it Idle when e is handled, and empties
          it. m_tail names the lane until the ticket in it becomes e, which is after the seal. Only then,
          and when all lanes are Idle, another grant is possible. So there is never more than one lane
          that the consumer has not read to its end.
    (I11) The memory of a lane is its thread's while it is Open, or Sealed with an announcement that is
          within; the consumer's while it is Emptied; nobody writes it otherwise. The thread asks the
          pool before it announces, as nothing may fail after that.
    (I12) The first slot comes when the queue is woken for the first time, and stays. It has one user at
          a time: the claim that clears Asleep, which is set only when all tickets are popped. So it is
          clean then, and the head is there from tryIdle() to the next pop(). The entry of its ticket's
          segment is left as it is.

    Synchronization.
     (P1) The producer's release store of slot->type pairs with the acquire in front(): the
          consumer sees the payload, and a lane that the slot leads to.
     (P2) The releases of the exchanges in install() and keepSpare() pair with the acquire loads
          of the same place in segmentFor(), provideSegment(), provideFirstSlot(), headSlot(),
          slotAt(), findSegment(), install(), takeSegment(), giveBackSide() and
          EventPools::discardOne(): who finds a block finds it clean, all that its former users did
          to it is over, and so does the one that gets it from the pool after that.
     (P3) The release store of m_handled in pop() pairs with the acquire load in refreshLimit():
          the entries that the consumer emptied are seen empty (I6). It also pairs with the one
          in counts() and handled(): what the consumer did with those events is visible.
     (P4) The release store of m_limit in refreshLimit() pairs with the acquire load in
          segmentWithinLimit(): it passes (P3) on to the claims that use the limit without looking at
          m_handled.
     (P5) The release changes of m_tail pair with the acquires of m_tail in tryClaim(), tryGrant() and
          claim(). From tryIdle(): claims on a side see the directory taken out that it had before, and
          all that the consumer did. From close(): who is refused sees what the closing thread
          did before. From open(): who is admitted sees what the owner did before. All changes of
          m_tail are read-modify-writes, so acquiring one acquires those before, across the claims
          in between.
     (P6) The release store of `published` in EventLane::publish() pairs with the acquires in front() and
          isPublished() of OwnedLane: the consumer sees the record, and the block that it is in.
     (P7) The release store of m_lane in tryGrant() pairs with the acquire in
          EventGate::laneOfThisThread(), the release of the exchange in LaneList::laneOfThread() with
          the acquires of that class: who finds a lane finds it constructed.
     (P8) The heavy fence in revoke(), and that which prepareIdle() asks for, pairs with the light one in
          announce(), as told above. The thread that revokes reads `announced` not older than the
          grant, whose release of m_tail in tryGrant() it has acquired. Likewise ticketInLane().
     (P9) The release of a lane's state in giveBack() pairs with the acquire in tryOpen(): its thread sees
          that the lane has no memory any more.
    (P10) The release of the block that is read, in OwnedLane::front(), pairs with the acquires in
          readBlock(): the consumer has read all before it.

    Reclamation. What the consumer leaves it puts ahead of the producers, up to maxSpareSegments:
    to fetch a segment from the pool, whose cache lines are another thread's, costs them as much as
    a dozen claims. What is more than that goes back to the pool at once, all else when the queue
    goes to sleep. The pools keep blocks type-stable for readers who were overtaken, also those whose
    memory was discarded: they read as clean.

    Where to read on: here is what producers do in a queue without lanes, and its state. What the
    consumer does is in eventqueueconsumer_p.h; what both do in lanes, and who takes one away, in
    eventqueuelanes_p.h; where slots live, in eventqueuesegments_p.h; which lanes there are, in LaneList;
    what one is, in EventLane and OwnedLane; when one is granted, in ClaimStreak.

    Proof: tst_EventQueueModels, tst_EventQueueLaneModels. Stress tests, under TSan:
    tst_EventQueue_Threads, tst_EventQueue_Hands.
*/
template <typename Slot, typename Traits = EventQueueTraits>
class alignas(64) EventQueue final : public EventGate<typename Traits::Lane>
{
    template <typename T>
    using Atomic = typename Traits::template Atomic<T>;
    using Gate = EventGate<typename Traits::Lane>;
    using OwnLane = OwnedLane<Traits>;
    using Lanes = LaneList<Traits>;
    using Gate::m_lane;
    using Gate::m_tail;
    using Segment = EventSegment<Slot, Traits>;
    using Directory = EventDirectory<Slot, Traits>;

    static_assert(std::has_single_bit(Traits::segmentSlots));
    static_assert(std::has_single_bit(Traits::directoryEntries) && Traits::directoryEntries >= 2);

public:
    using Pools = EventPools<Slot, Traits>;

    using Lane = typename Gate::Lane;
    using Entry = typename Gate::Entry;
    using Unit = typename Lane::Unit;

    struct Claim
    {
        Slot *slot; // null unless Claimed or ClaimedAndWoke
        ClaimOutcome outcome;
    };

    // The next event, in a slot or in a record of a lane; neither: it is not published (yet).
    struct Front
    {
        Slot *slot = nullptr;
        Unit *record = nullptr;

        explicit operator bool() const noexcept { return slot || record; }
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
    // Any thread. What tryEnter() of the gate missed: an Entry of it; null: claim() a slot.
    [[nodiscard]] Lane *enterSlowly(std::size_t units) noexcept;

    Front front() noexcept; // consumer
    // Consumer; after front(), whose payload is destroyed. The units are those of a record.
    void pop(const Front &front, std::size_t units) noexcept;
    bool isEmpty() const noexcept; // consumer; no ticket is out, published or not
    bool isPublished() const noexcept; // consumer, closed; all tickets that are out are published
    // Consumer. True: tryIdle() will take less if the fence is run between the two; one fence does for
    // any number of queues.
    [[nodiscard]] bool prepareIdle() noexcept;
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
    static constexpr std::uint64_t revokingBit = 8;
    static constexpr unsigned laneShift = 4;
    static constexpr std::uint64_t laneMask = std::uint64_t{ Lanes::maxNumber } << laneShift;
    static constexpr unsigned ticketShift = 7;
    static constexpr std::uint64_t oneTicket = std::uint64_t{ 1 } << ticketShift;

    static constexpr std::uint64_t ticketOf(std::uint64_t word) { return word >> ticketShift; }
    static constexpr std::size_t sideOf(std::uint64_t word) { return (word & sideBit) ? 1 : 0; }
    static constexpr std::uint64_t laneBits(unsigned number)
    {
        return std::uint64_t{ number } << laneShift;
    }
    static constexpr unsigned laneOf(std::uint64_t word) // 0: none
    {
        return unsigned((word & laneMask) >> laneShift);
    }
    static constexpr bool isSameRun(std::uint64_t a, std::uint64_t b)
    {
        return ticketOf(a) == ticketOf(b) && laneOf(a) == laneOf(b);
    }

    bool tryWake(std::uint64_t word) noexcept;

    // eventqueuesegments_p.h
    bool hasPermanentDirectories() const noexcept;
    static std::size_t directorySize(std::size_t maxPending);
    Atomic<Segment *> &entryOf(Directory *directory, std::uint64_t ticket) const noexcept;
    static Slot *slotIn(Segment *segment, std::uint64_t ticket) noexcept;
    Segment *segmentFor(std::uint64_t word) const noexcept;
    Segment *segmentWithinLimit(std::uint64_t word) const noexcept;
    Segment *provideSegment(std::uint64_t word) noexcept;
    Slot *provideFirstSlot() noexcept;
    template <typename Block, typename Pool>
    static Block *install(Atomic<Block *> &place, Pool &pool) noexcept;
    bool refreshLimit(std::uint64_t ticket) noexcept;
    Slot *headSlot() noexcept;
    const Slot *slotAt(std::uint64_t ticket) const noexcept;
    Segment *findSegment(std::uint64_t ticket) const noexcept;
    void leaveSegment() noexcept;
    bool keepSpare(Directory *directory, Segment *segment) noexcept;
    Segment *takeSegment(Directory *directory, std::uint64_t ticket) noexcept;
    void giveBackSide(bool side, std::uint64_t endSegment) noexcept;
    void giveBackSegments(Directory *directory, std::uint64_t endSegment) noexcept;
    void deletePermanentDirectories() noexcept;

    // eventqueuelanes_p.h, as are enterSlowly() and prepareIdle()
    bool raiseLimit(OwnLane &own, std::uint64_t next) noexcept;
    bool tryClaimWithLane(std::uint64_t word, Slot &slot, const void *thread) noexcept;
    bool tryGrant(std::uint64_t word, Slot &slot, OwnLane &own) noexcept;
    std::uint64_t ticketInLane() const noexcept;
    void takeLane(std::uint64_t word) noexcept;
    void revoke(std::uint64_t word, bool isFenced) noexcept;
    Front frontOfRun() noexcept;
    void leaveRun() noexcept;

    // Producers' line, which begins with the gate: one miss brings all that a claim needs.
    Atomic<std::uint64_t> m_limit; // producers; tickets below are admitted (I2)
    // Any thread, see (I4). If a pooled one is too small they are a part each of one array, for life.
    std::array<Atomic<Directory *>, 2> m_directories{};
    const std::size_t m_directoryMask; // size used, a power of two, minus one
    ClaimStreak<Traits> m_streak; // producers; the consumer forgives

    // Consumer's line.
    alignas(64) Atomic<std::uint64_t> m_handled{ 0 }; // the consumer writes, anyone reads
    Segment *m_headSegment = nullptr; // consumer only; a copy of the head's entry, or null
    OwnLane *m_run = nullptr; // consumer only; the lane that the next events are in, or null
    std::uint64_t m_sparesEnd = 0; // consumer only; spare segments have numbers below
    Atomic<Slot *> m_firstSlot{ nullptr }; // any thread, see (I12)
    Lanes m_lanes; // producers add, anyone reads
    Pools *const m_pools;
    const std::uint32_t m_maxPending;
    bool m_side = false; // consumer only; a copy of the tail's Side
    bool m_isAtFirst = true; // consumer only; the head is in the first slot, or will be
    bool m_hasSkipped = false; // consumer only; segments were left in entries behind
};

template <typename Slot, typename Traits>
EventQueue<Slot, Traits>::EventQueue(std::size_t maxPending, Pools &pools)
    : Gate(closedBit | asleepBit)
    , m_limit(std::clamp<std::size_t>(maxPending, 1, maxPendingLimit))
    , m_directoryMask(directorySize(std::clamp<std::size_t>(maxPending, 1, maxPendingLimit)) - 1)
    , m_streak(Traits::Fence::isAvailable())
    , m_pools(&pools)
    , m_maxPending(std::uint32_t(std::clamp<std::size_t>(maxPending, 1, maxPendingLimit)))
{
    if (!hasPermanentDirectories())
        return;
    const std::size_t directories = directorySize(m_maxPending) / Traits::directoryEntries;
    auto permanent = std::make_unique<Directory[]>(2 * directories);
    // Relaxed: construction happens-before every use.
    m_directories[1].store(&permanent[directories], std::memory_order_relaxed);
    m_directories[0].store(permanent.release(), std::memory_order_relaxed);
}

template <typename Slot, typename Traits>
EventQueue<Slot, Traits>::~EventQueue()
{
    // The owner has drained the queue. If not, the pools at least get clean segments back.
    // Relaxed, also below: destruction happens-after every use.
    if (const std::uint64_t word = m_tail.load(std::memory_order_relaxed); laneOf(word))
        revoke(word, true);
    while (const Front left = front()) {
        if (left.slot) {
            pop(left, 0);
        } else {
            m_handled.store(m_run->lastTicket(), std::memory_order_relaxed);
            leaveRun();
        }
    }
    giveBackSide(m_side, m_sparesEnd);
    giveBackSide(!m_side, 0);
    if (hasPermanentDirectories())
        deletePermanentDirectories();
    if (Slot *const first = m_firstSlot.load(std::memory_order_relaxed)) // as above
        m_pools->firstSlots.release(first);
    m_lanes.clear(m_pools->laneBlocks, m_pools->lanes);
}

// No loop and no calls: what business code waits for is this.
template <typename Slot, typename Traits>
inline Slot *EventQueue<Slot, Traits>::tryClaim() noexcept
{
    // At once for writing: the exchange would otherwise have to ask for the line once more.
    Traits::fetch(&m_tail);
    std::uint64_t word = m_tail.load(std::memory_order_acquire); // pairs with (P5)
    if (word & (closedBit | asleepBit | laneMask)) [[unlikely]]
        return nullptr;
    Segment *const segment = segmentWithinLimit(word);
    if (!segment) [[unlikely]]
        return nullptr;
    Slot *const slot = slotIn(segment, ticketOf(word));
    const void *const thread = Traits::Lane::currentThread();
    if (m_streak.isGrantDue(thread)) [[unlikely]] {
        if (tryClaimWithLane(word, *slot, thread))
            return slot;
    }
    Traits::fetch(slotIn(segment, ticketOf(word) + 4)); // the consumer has written it last

    // Relaxed: what a claim finds, it found by the loads above (I3); what it leaves behind is found
    // by (P1) and (P2); of the owner it touches nothing. Being a read-modify-write it does not end
    // what tryIdle() and open() released (P5).
    if (!m_tail.compare_exchange_strong(word, word + oneTicket, std::memory_order_relaxed,
                                        std::memory_order_relaxed)) [[unlikely]]
        return nullptr;
    m_streak.count(thread);
    return slot;
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
        if (laneOf(word)) {
            const std::uint64_t next = ticket(); // before the head, see (I2)
            if (next >= handled() + m_maxPending)
                return { nullptr, ClaimOutcome::Full };
            takeLane(word);
            continue;
        }
        // Relaxed: a claim that succeeds here finds what the consumer did by (P5).
        if (ticketOf(word) >= m_limit.load(std::memory_order_relaxed)
            && !refreshLimit(ticketOf(word)))
            return { nullptr, ClaimOutcome::Full };
        if (word & asleepBit) {
            Slot *const first = provideFirstSlot();
            if (!first)
                return { nullptr, ClaimOutcome::NoMemory };
            if (tryWake(word))
                return { first, ClaimOutcome::ClaimedAndWoke };
        } else if (segmentFor(word)) { // all is ready: another producer was faster
            backOff.wait();
        } else if (!provideSegment(word)) {
            return { nullptr, ClaimOutcome::NoMemory };
        }
    }
}
// NOLINTEND(readability-function-cognitive-complexity)

// Claims the first slot. False: nothing happened.
template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::tryWake(std::uint64_t word) noexcept
{
    // Acquire: pairs with (P5), because the owner is reached now, and the queue may have been closed
    // and opened since the load, with the same word.
    if (!m_tail.compare_exchange_strong(word, (word + oneTicket) & ~asleepBit,
                                        std::memory_order_acquire, std::memory_order_relaxed))
        return false;
    m_streak.count(Traits::Lane::currentThread());
    return true;
}

template <typename Slot, typename Traits>
bool EventQueue<Slot, Traits>::close() noexcept
{
    const std::uint64_t word = m_tail.fetch_or(closedBit, std::memory_order_release); // (P5)
    if (laneOf(word))
        revoke(word | closedBit, false);
    return !(word & closedBit);
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
    const std::uint64_t word = m_tail.load(std::memory_order_relaxed);
    return laneOf(word) ? ticketInLane() : ticketOf(word);
}

template <typename Slot, typename Traits>
std::uint64_t EventQueue<Slot, Traits>::handled() const noexcept
{
    return m_handled.load(std::memory_order_acquire); // pairs with (P3)
}

} // namespace Recorders::Internal

// The rest of its members.
#include "core/queue/eventqueueconsumer_p.h"
#include "core/queue/eventqueuelanes_p.h"
#include "core/queue/eventqueuesegments_p.h"

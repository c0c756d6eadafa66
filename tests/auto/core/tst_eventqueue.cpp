// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/queue/eventqueue_p.h"
#include "core/queue/readylist_p.h"
#include "shared/seed.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

using namespace Recorders::Internal;
using Testing::scaled;

namespace {

struct alignas(64) Slot
{
    std::byte storage[48];
    std::atomic<const int *> type;
};

// Small segments and directories: every lap, every hand-over to a pool comes early and often.
struct SmallTraits
{
    template <typename T>
    using Atomic = std::atomic<T>;

    static constexpr std::size_t segmentSlots = 2;
    static constexpr std::size_t directoryEntries = 4;
    static constexpr std::size_t maxSpareSegments = 2;

    struct PoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 2;
    };
    using SegmentPoolTraits = PoolTraits;
    using DirectoryPoolTraits = PoolTraits;
};

// No more than two segments and one directory, ever.
struct ScarceTraits : SmallTraits
{
    struct PoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 2;
        static constexpr std::uint32_t maxChunks = 1;
    };
    using SegmentPoolTraits = PoolTraits;
    using DirectoryPoolTraits = PoolTraits;
};

constexpr int eventType = 0;

struct Event
{
    std::uint32_t producer = 0;
    std::uint32_t sequence = 0;
    std::uint64_t filler[4] = {};
    std::uint64_t checksum = 0;

    static Event make(std::uint32_t producer, std::uint32_t sequence)
    {
        Event event{ producer, sequence, {}, 0 };
        for (std::uint64_t &word : event.filler)
            word = event.checksum += (std::uint64_t{ producer } << 32 | sequence) * 0x9e3779b9;
        return event;
    }
    bool isWhole() const
    {
        const Event expected = make(producer, sequence);
        return checksum == expected.checksum
                && std::equal(std::begin(filler), std::end(filler), std::begin(expected.filler));
    }
};
static_assert(sizeof(Event) == sizeof(Slot::storage));

void fill(Slot *slot, const Event &event)
{
    ::new (slot->storage) Event(event);
    slot->type.store(&eventType, std::memory_order_release);
}

template <typename Queue>
ClaimOutcome put(Queue &queue, const Event &event)
{
    const typename Queue::Claim claim = queue.claim();
    if (claim.slot)
        fill(claim.slot, event);
    return claim.outcome;
}

template <typename Queue>
std::optional<Event> take(Queue &queue)
{
    Slot *slot = queue.front();
    if (!slot)
        return {};
    const Event event = *std::launder(reinterpret_cast<Event *>(slot->storage));
    std::memset(slot->storage, 0xdd, sizeof(slot->storage));
    queue.pop();
    return event;
}

// What all consumers of a stress test check of every event.
class Ledger
{
public:
    void note(const Event &event)
    {
        m_broken += !event.isWhole();
        std::uint32_t &next = m_next[event.producer];
        m_misplaced += event.sequence != next;
        next = event.sequence + 1;
        ++m_total;
    }

    bool hasSeen(std::uint32_t producer) const { return m_next.count(producer) > 0; }
    std::uint64_t total() const { return m_total; }
    int broken() const { return m_broken; } // torn
    int misplaced() const { return m_misplaced; } // lost, doubled or out of order

private:
    std::map<std::uint32_t, std::uint32_t> m_next;
    std::uint64_t m_total = 0;
    int m_broken = 0;
    int m_misplaced = 0;
};

// Sleeps for a time that nobody can foresee, in a way that takes no lock.
class Jitter
{
public:
    explicit Jitter(std::uint32_t seed)
        : m_random(seed)
    {
    }
    void pause()
    {
        const std::uint32_t draw = m_random() % 64;
        if (draw == 0)
            std::this_thread::yield();
        for (std::uint32_t i = 0; i < draw; ++i)
            std::atomic_signal_fence(std::memory_order_seq_cst);
    }
    bool oneIn(std::uint32_t n) { return m_random() % n == 0; }

private:
    std::minstd_rand m_random;
};

std::uint32_t newSeed()
{
    return std::uint32_t(Testing::seededGenerator("tst_eventqueue")());
}

using Queue = EventQueue<Slot>;
using SmallQueue = EventQueue<Slot, SmallTraits>;
using ScarceQueue = EventQueue<Slot, ScarceTraits>;

} // namespace

class tst_EventQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // Order and bound
    void handsOutEventsInOrder();
    void showsNothingUntilItIsPublished();
    void holdsBackLaterEventsUntilTheFirstIsPublished();
    void admitsExactlyAsManyAsItMayHold_data();
    void admitsExactlyAsManyAsItMayHold();
    void admitsOneMoreForEachThatIsHandled();
    void clampsItsBound();

    // Gate
    void startsClosedAndAsleep();
    void refusesWhenClosed();
    void tellsWhoClosedIt();
    void goesOnAfterItWasReopened();

    // Sleep
    void tellsTheFirstClaimThatItWoke();
    void staysAwakeWhileAnEventIsOut();
    void wakesOncePerSleep();
    void closesAndOpensWithoutWaking();

    // Memory
    void isSmall();
    void holdsNothingWhileAsleep();
    void usesTheSameBlocksAgain();
    void keepsItsSegmentsWhileAwake();
    void keepsNoMoreSegmentsThanItMay();
    void keepsItsOwnDirectoriesIfItIsLarge();
    void refusesWithoutMemoryAndRecovers();
    void givesEverythingBackWhenDestroyed();

    // Counts
    void countsAcceptedAndHandled();

    // Threads
    void losesNothing_data();
    void losesNothing();
    void keepsTheOrderAcrossThreads();
    void neverHoldsMoreThanItMay();
    void showsConsistentCounts();
    void losesNothingWhenClosed();
    void losesNoWakeUp();
};

void tst_EventQueue::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_EventQueue::handsOutEventsInOrder()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    queue.open();
    Ledger ledger;

    for (std::uint32_t i = 0; i < 300; ++i) {
        QCOMPARE_LT(put(queue, Event::make(0, i)), ClaimOutcome::Full);
        if (i % 5 == 4) {
            while (const auto event = take(queue))
                ledger.note(*event);
        }
    }

    QCOMPARE(ledger.total(), 300);
    QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
    QVERIFY(queue.isEmpty());
}

void tst_EventQueue::showsNothingUntilItIsPublished()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    queue.open();

    const SmallQueue::Claim claim = queue.claim();
    const bool wasVisible = queue.front() != nullptr;
    const bool wasEmpty = queue.isEmpty();
    fill(claim.slot, Event::make(1, 2));

    QVERIFY(!wasVisible);
    QVERIFY(!wasEmpty);
    QCOMPARE(queue.front(), claim.slot);
}

void tst_EventQueue::holdsBackLaterEventsUntilTheFirstIsPublished()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    queue.open();

    const SmallQueue::Claim first = queue.claim();
    put(queue, Event::make(0, 1));
    const bool wasVisible = queue.front() != nullptr;
    fill(first.slot, Event::make(0, 0));

    QVERIFY(!wasVisible);
    QCOMPARE(take(queue)->sequence, 0U);
    QCOMPARE(take(queue)->sequence, 1U);
}

void tst_EventQueue::admitsExactlyAsManyAsItMayHold_data()
{
    constexpr std::size_t segment = EventQueueTraits::segmentSlots;
    constexpr std::size_t pooled = (EventQueueTraits::directoryEntries - 1) * segment;
    QTest::addColumn<std::size_t>("maxPending");

    QTest::newRow("one") << std::size_t{ 1 };
    QTest::newRow("less than a segment") << segment - 1;
    QTest::newRow("a segment") << segment;
    QTest::newRow("just more than a segment") << segment + 1;
    QTest::newRow("the default") << std::size_t{ 10000 };
    QTest::newRow("the largest pooled directory") << pooled;
    QTest::newRow("the smallest directory of its own") << pooled + 1;
    QTest::newRow("many") << std::size_t{ 100'000 };
}

void tst_EventQueue::admitsExactlyAsManyAsItMayHold()
{
    QFETCH(const std::size_t, maxPending);
    Queue::Pools pools;
    Queue queue(maxPending, pools);
    queue.open();

    Ledger ledger;
    bool wasExact = true;
    for (std::uint32_t lap = 0; lap < 3; ++lap) {
        for (std::uint32_t i = 0; i < maxPending; ++i)
            put(queue, Event::make(lap, i));
        wasExact &= put(queue, Event::make(lap, 0)) == ClaimOutcome::Full;
        while (const auto event = take(queue))
            ledger.note(*event);
    }

    QVERIFY(wasExact);
    QCOMPARE(ledger.total(), 3 * maxPending);
    QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
}

void tst_EventQueue::admitsOneMoreForEachThatIsHandled()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();
    for (std::uint32_t i = 0; i < 3; ++i)
        put(queue, Event::make(0, i));

    for (std::uint32_t i = 3; i < 100; ++i) {
        QCOMPARE(put(queue, Event::make(0, i)), ClaimOutcome::Full);
        QCOMPARE(take(queue)->sequence, i - 3);
        QCOMPARE(put(queue, Event::make(0, i)), ClaimOutcome::Claimed);
    }
}

void tst_EventQueue::clampsItsBound()
{
    SmallQueue::Pools pools;

    QCOMPARE(SmallQueue(0, pools).maxPending(), std::size_t{ 1 });
    QCOMPARE(SmallQueue(SIZE_MAX, pools).maxPending(), SmallQueue::maxPendingLimit);
}

void tst_EventQueue::startsClosedAndAsleep()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);

    QVERIFY(!queue.isOpen());
    QVERIFY(queue.isAsleep());
    QVERIFY(queue.isEmpty());
    QVERIFY(!queue.front());
}

void tst_EventQueue::refusesWhenClosed()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();
    put(queue, Event::make(0, 0));

    queue.close();

    QCOMPARE(put(queue, Event::make(0, 1)), ClaimOutcome::Closed);
    QCOMPARE(take(queue)->sequence, 0U);
    QVERIFY(queue.isEmpty());
}

void tst_EventQueue::tellsWhoClosedIt()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();

    const bool first = queue.close();
    const bool second = queue.close();

    QVERIFY(first);
    QVERIFY(!second);
}

void tst_EventQueue::goesOnAfterItWasReopened()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);

    for (std::uint32_t i = 0; i < 50; ++i) {
        queue.open();
        QCOMPARE_LT(put(queue, Event::make(0, i)), ClaimOutcome::Full);
        queue.close();
        QCOMPARE(take(queue)->sequence, i);
        if (i % 2)
            QVERIFY(queue.tryIdle());
    }
}

void tst_EventQueue::tellsTheFirstClaimThatItWoke()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();

    QCOMPARE(put(queue, Event::make(0, 0)), ClaimOutcome::ClaimedAndWoke);
    QCOMPARE(put(queue, Event::make(0, 1)), ClaimOutcome::Claimed);
    QVERIFY(!queue.isAsleep());
}

void tst_EventQueue::staysAwakeWhileAnEventIsOut()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();
    const SmallQueue::Claim claim = queue.claim();

    const bool sleptUnpublished = queue.tryIdle();
    fill(claim.slot, Event::make(0, 0));
    const bool sleptPublished = queue.tryIdle();
    take(queue);
    const bool sleptEmpty = queue.tryIdle();

    QVERIFY(!sleptUnpublished);
    QVERIFY(!sleptPublished);
    QVERIFY(sleptEmpty);
    QVERIFY(queue.isAsleep());
}

void tst_EventQueue::wakesOncePerSleep()
{
    SmallQueue::Pools pools;
    SmallQueue queue(7, pools);
    queue.open();

    for (std::uint32_t round = 0; round < 40; ++round) {
        QCOMPARE(put(queue, Event::make(round, 0)), ClaimOutcome::ClaimedAndWoke);
        for (std::uint32_t i = 0; i < round % 7; ++i)
            QCOMPARE(put(queue, Event::make(round, i + 1)), ClaimOutcome::Claimed);
        while (take(queue)) { }
        QVERIFY(queue.tryIdle());
        QVERIFY(queue.tryIdle());
    }
}

void tst_EventQueue::closesAndOpensWithoutWaking()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();
    put(queue, Event::make(0, 0));
    take(queue);

    queue.close();
    const bool slept = queue.tryIdle();
    queue.open();

    QVERIFY(slept);
    QCOMPARE(put(queue, Event::make(0, 1)), ClaimOutcome::ClaimedAndWoke);
}

void tst_EventQueue::isSmall()
{
    QCOMPARE_LE(sizeof(Queue), std::size_t{ 256 });
    QVERIFY(std::atomic<std::uint64_t>::is_always_lock_free);
    QVERIFY(std::atomic<void *>::is_always_lock_free);
}

void tst_EventQueue::holdsNothingWhileAsleep()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    queue.open();

    for (std::uint32_t round = 0; round < 20; ++round) {
        for (std::uint32_t i = 0; i < 1 + round % 6; ++i)
            put(queue, Event::make(round, i));
        QCOMPARE_LT(pools.segments.blocksFree(), pools.segments.blocksAllocated());
        while (take(queue)) { }
        QVERIFY(queue.tryIdle());
        QCOMPARE(pools.segments.blocksFree(), pools.segments.blocksAllocated());
        QCOMPARE(pools.directories.blocksFree(), pools.directories.blocksAllocated());
    }
}

void tst_EventQueue::usesTheSameBlocksAgain()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    QVERIFY(pools.segments.reserve(4));
    QVERIFY(pools.directories.reserve(1));
    queue.open();

    for (std::uint32_t i = 0; i < 1000; ++i) {
        put(queue, Event::make(0, i));
        if (i % 6 == 5) {
            while (take(queue)) { }
        }
    }

    QCOMPARE(pools.segments.blocksAllocated(), std::size_t{ 4 });
    QCOMPARE(pools.directories.blocksAllocated(), std::size_t{ 2 });
}

// Producers find them in place: they need not ask the pool.
void tst_EventQueue::keepsItsSegmentsWhileAwake()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    queue.open();
    for (std::uint32_t i = 0; i < 4; ++i)
        put(queue, Event::make(0, i));
    while (take(queue)) { }
    const std::size_t free = pools.segments.blocksFree();

    for (std::uint32_t i = 4; i < 100; ++i) {
        put(queue, Event::make(0, i));
        QCOMPARE(pools.segments.blocksFree(), free);
        take(queue);
    }
}

// One that held many events once may be awake for long.
void tst_EventQueue::keepsNoMoreSegmentsThanItMay()
{
    SmallQueue::Pools pools;
    SmallQueue queue(100, pools);
    queue.open();
    for (std::uint32_t i = 0; i < 100; ++i)
        put(queue, Event::make(0, i));

    while (take(queue)) { }

    const std::size_t kept = pools.segments.blocksAllocated() - pools.segments.blocksFree();
    QCOMPARE(kept, SmallTraits::maxSpareSegments);
}

void tst_EventQueue::keepsItsOwnDirectoriesIfItIsLarge()
{
    SmallQueue::Pools pools;
    SmallQueue queue(100, pools);
    queue.open();

    for (std::uint32_t round = 0; round < 10; ++round) {
        for (std::uint32_t i = 0; i < 100; ++i)
            QCOMPARE_LT(put(queue, Event::make(round, i)), ClaimOutcome::Full);
        QCOMPARE(put(queue, Event::make(round, 100)), ClaimOutcome::Full);
        while (take(queue)) { }
        QVERIFY(queue.tryIdle());
    }

    QCOMPARE(pools.directories.blocksAllocated(), std::size_t{ 0 });
    QCOMPARE(pools.segments.blocksFree(), pools.segments.blocksAllocated());
}

void tst_EventQueue::refusesWithoutMemoryAndRecovers()
{
    ScarceQueue::Pools pools;
    ScarceQueue queue(6, pools);
    queue.open();
    for (std::uint32_t i = 0; i < 4; ++i)
        QCOMPARE_LT(put(queue, Event::make(0, i)), ClaimOutcome::Full);

    const ClaimOutcome outcome = put(queue, Event::make(0, 4));
    take(queue);
    take(queue);
    const ClaimOutcome later = put(queue, Event::make(0, 4));

    QCOMPARE(outcome, ClaimOutcome::NoMemory);
    QCOMPARE(later, ClaimOutcome::Claimed);
    QCOMPARE(queue.ticket(), std::uint64_t{ 5 });
}

void tst_EventQueue::givesEverythingBackWhenDestroyed()
{
    SmallQueue::Pools pools;
    {
        SmallQueue pooled(6, pools);
        SmallQueue large(100, pools);
        for (SmallQueue *queue : { &pooled, &large }) {
            queue->open();
            for (std::uint32_t i = 0; i < 5; ++i)
                put(*queue, Event::make(0, i));
            take(*queue);
            queue->close();
        }
    }

    QCOMPARE(pools.segments.blocksFree(), pools.segments.blocksAllocated());
    QCOMPARE(pools.directories.blocksFree(), pools.directories.blocksAllocated());
    SmallQueue queue(6, pools);
    QVERIFY(!queue.front());
}

void tst_EventQueue::countsAcceptedAndHandled()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();
    for (std::uint32_t i = 0; i < 5; ++i)
        put(queue, Event::make(0, i));

    take(queue);

    QCOMPARE(queue.counts().accepted, std::uint64_t{ 3 });
    QCOMPARE(queue.counts().handled, std::uint64_t{ 1 });
    QCOMPARE(queue.ticket(), std::uint64_t{ 3 });
}

namespace {

// A stress test ends after so many events, or after some time on a machine that is busy; what it
// asserts holds for any number.
class Workload
{
public:
    Workload(std::uint32_t producers, std::chrono::milliseconds time)
        : m_deadline(std::chrono::steady_clock::now() + time)
        , m_producers(producers)
    {
    }
    bool isOver() const { return std::chrono::steady_clock::now() > m_deadline; }
    void finish(std::uint32_t accepted)
    {
        m_accepted.fetch_add(accepted, std::memory_order_relaxed);
        m_producers.fetch_sub(1, std::memory_order_release);
    }
    bool isFinished() const { return m_producers.load(std::memory_order_acquire) == 0; }
    std::uint64_t accepted() const { return m_accepted.load(std::memory_order_relaxed); }

private:
    const std::chrono::steady_clock::time_point m_deadline;
    std::atomic<std::uint32_t> m_producers;
    std::atomic<std::uint64_t> m_accepted = 0;
};

template <typename Queue>
void produce(Queue &queue, Workload &workload, std::uint32_t producer, Jitter jitter)
{
    std::uint32_t next = 0;
    while (next < std::uint32_t(scaled(20'000))) {
        if (put(queue, Event::make(producer, next)) < ClaimOutcome::Full) {
            ++next;
        } else {
            std::this_thread::yield();
        }
        if (jitter.oneIn(64)) {
            if (workload.isOver())
                break;
            jitter.pause();
        }
    }
    workload.finish(next);
}

template <typename Queue>
void consume(Queue &queue, const Workload &workload, Ledger &ledger)
{
    while (!workload.isFinished() || !queue.isEmpty()) {
        if (const auto event = take(queue))
            ledger.note(*event);
        else if (!queue.isEmpty() || !queue.tryIdle())
            std::this_thread::yield();
    }
}

template <typename Queue>
void stress(std::size_t maxPending, std::uint32_t producers)
{
    const std::uint32_t seed = newSeed();
    typename Queue::Pools pools;
    Queue queue(maxPending, pools);
    queue.open();
    Workload workload(producers, std::chrono::milliseconds(scaled(100)));
    Ledger ledger;

    std::vector<std::thread> threads;
    for (std::uint32_t p = 0; p < producers; ++p)
        threads.emplace_back([&, p] { produce(queue, workload, p, Jitter(seed + p)); });
    consume(queue, workload, ledger);
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(ledger.total(), workload.accepted());
    QCOMPARE(queue.ticket(), workload.accepted());
    QCOMPARE(ledger.broken(), 0);
    QCOMPARE(ledger.misplaced(), 0);
}

} // namespace

void tst_EventQueue::losesNothing_data()
{
    QTest::addColumn<bool>("isSmall");
    QTest::addColumn<std::size_t>("maxPending");
    QTest::addColumn<std::uint32_t>("producers");

    for (const bool isSmall : { true, false }) {
        for (const std::size_t maxPending : { 1, 2, 7, 1000 }) {
            for (const std::uint32_t producers : { 1U, 2U, 4U }) {
                QTest::addRow("%s segments, at most %zu, %u producers", isSmall ? "small" : "real",
                              maxPending, producers)
                        << isSmall << maxPending << producers;
            }
        }
    }
}

void tst_EventQueue::losesNothing()
{
    QFETCH(const bool, isSmall);
    QFETCH(const std::size_t, maxPending);
    QFETCH(const std::uint32_t, producers);

    if (isSmall)
        stress<SmallQueue>(maxPending, producers);
    else
        stress<Queue>(maxPending, producers);
}

// Two threads pass a token to and fro; who has it registers the next number. So the numbers come
// from both, and happens-before orders them all.
void tst_EventQueue::keepsTheOrderAcrossThreads()
{
    SmallQueue::Pools pools;
    SmallQueue queue(1'000'000, pools);
    queue.open();
    std::atomic<std::uint32_t> token = 0;
    Workload workload(2, std::chrono::milliseconds(scaled(300)));

    const auto play = [&](std::uint32_t parity) {
        std::uint32_t i = parity;
        for (; i < std::uint32_t(scaled(20'000)) && !workload.isOver(); i += 2) {
            while (token.load(std::memory_order_acquire) != i) {
                if (workload.isOver())
                    return workload.finish(i / 2);
                std::this_thread::yield();
            }
            put(queue, Event::make(0, i));
            token.store(i + 1, std::memory_order_release);
        }
        workload.finish(i / 2);
    };
    std::thread even(play, 0);
    std::thread odd(play, 1);
    Ledger ledger;
    consume(queue, workload, ledger);
    even.join();
    odd.join();

    QCOMPARE(ledger.total(), workload.accepted());
    QCOMPARE(ledger.misplaced(), 0);
}

void tst_EventQueue::neverHoldsMoreThanItMay()
{
    constexpr int maxPending = 3;
    SmallQueue::Pools pools;
    SmallQueue queue(maxPending, pools);
    queue.open();
    Workload workload(2, std::chrono::milliseconds(scaled(300)));
    const std::uint32_t seed = newSeed();
    std::atomic<int> pending = 0; // less than the truth: counted late, uncounted early
    std::atomic<int> worst = 0;

    const auto produceAndCount = [&](std::uint32_t p) {
        Jitter jitter(seed + p);
        std::uint32_t i = 0;
        while (!workload.isOver()) {
            const SmallQueue::Claim claim = queue.claim();
            if (!claim.slot) {
                std::this_thread::yield();
                continue;
            }
            const int now = pending.fetch_add(1, std::memory_order_relaxed) + 1;
            if (now > worst.load(std::memory_order_relaxed))
                worst.store(now, std::memory_order_relaxed);
            jitter.pause();
            fill(claim.slot, Event::make(p, i++));
        }
        workload.finish(i);
    };
    std::thread first(produceAndCount, 0);
    std::thread second(produceAndCount, 1);
    Ledger ledger;
    while (!workload.isFinished() || !queue.isEmpty()) {
        if (!queue.front()) {
            std::this_thread::yield();
            continue;
        }
        pending.fetch_sub(1, std::memory_order_relaxed);
        ledger.note(*take(queue));
    }
    first.join();
    second.join();

    QCOMPARE_LE(worst.load(), maxPending);
    QCOMPARE(ledger.total(), workload.accepted());
    QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
}

void tst_EventQueue::showsConsistentCounts()
{
    SmallQueue::Pools pools;
    SmallQueue queue(5, pools);
    queue.open();
    Workload workload(1, std::chrono::milliseconds(scaled(300)));
    std::atomic<bool> isDone = false;
    int inconsistent = 0;

    std::thread reader([&] {
        SmallQueue::Counts last{};
        while (!isDone.load(std::memory_order_acquire)) {
            const SmallQueue::Counts now = queue.counts();
            inconsistent += now.handled > now.accepted || now.handled < last.handled
                    || now.accepted < last.accepted;
            last = now;
            std::this_thread::yield();
        }
    });
    std::thread writer([&, seed = newSeed()] { produce(queue, workload, 0, Jitter(seed)); });
    Ledger ledger;
    consume(queue, workload, ledger);
    writer.join();
    isDone.store(true, std::memory_order_release);
    reader.join();

    QCOMPARE(inconsistent, 0);
    QCOMPARE(queue.counts().handled, workload.accepted());
}

// The owner closes the queue in the middle of a flood, drains it, and then frees what producers
// use while they hold a ticket. Sanitizers see who comes late.
void tst_EventQueue::losesNothingWhenClosed()
{
    SmallQueue::Pools pools;
    SmallQueue queue(8, pools);
    Jitter jitter(newSeed());

    for (std::uint32_t round = 0; round < std::uint32_t(scaled(30)); ++round) {
        auto owner = std::make_unique<std::uint32_t>(round);
        queue.open();
        const std::uint64_t before = queue.counts().handled;
        std::atomic<std::uint64_t> accepted = 0;
        const auto produceUntilClosed = [&, ownerOfRound = owner.get()](std::uint32_t p) {
            for (std::uint32_t i = 0;;) {
                const SmallQueue::Claim claim = queue.claim();
                if (claim.outcome == ClaimOutcome::Closed)
                    return;
                if (!claim.slot) {
                    std::this_thread::yield();
                    continue;
                }
                accepted.fetch_add(1, std::memory_order_relaxed);
                fill(claim.slot, Event::make(p + *ownerOfRound, i++));
            }
        };
        std::thread first(produceUntilClosed, 0);
        std::thread second(produceUntilClosed, 1'000'000);
        Ledger ledger;
        while (ledger.total() < 5 + round % 50) {
            if (const auto event = take(queue))
                ledger.note(*event);
            else
                std::this_thread::yield();
        }
        jitter.pause();
        QVERIFY(queue.close());
        while (!queue.isEmpty()) {
            if (const auto event = take(queue))
                ledger.note(*event);
        }
        owner.reset();
        first.join();
        second.join();
        QCOMPARE(ledger.total(), accepted.load());
        QCOMPARE(queue.counts().handled - before, accepted.load());
        QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
    }
}

namespace {

struct Node
{
    explicit Node(SmallQueue::Pools &pools)
        : queue(4, pools)
    {
        queue.open();
    }
    SmallQueue queue;
    Node *nextReady = nullptr;
};

// An event loop that has nothing but its waker: one lost wake-up, and it sleeps until the test fails.
class Loop
{
public:
    void wake()
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_wakeUps;
        }
        m_woken.notify_one();
    }
    bool waitForWakeUp()
    {
        std::unique_lock lock(m_mutex);
        if (!m_woken.wait_for(lock, std::chrono::seconds(20), [this] { return m_wakeUps > 0; }))
            return false;
        --m_wakeUps;
        return true;
    }

    ReadyList<Node> list;

private:
    std::mutex m_mutex; // guards m_wakeUps
    std::condition_variable m_woken;
    int m_wakeUps = 0;
};

void post(Loop &loop, Node &node, const Event &event)
{
    for (;;) {
        const SmallQueue::Claim claim = node.queue.claim();
        if (!claim.slot) {
            std::this_thread::yield();
            continue;
        }
        if (claim.outcome == ClaimOutcome::ClaimedAndWoke && loop.list.push(node))
            loop.wake();
        fill(claim.slot, event);
        return;
    }
}

void drainAndSleep(Node &node, Ledger &ledger)
{
    while (!node.queue.tryIdle()) {
        if (const auto event = take(node.queue))
            ledger.note(*event);
    }
}

} // namespace

void tst_EventQueue::losesNoWakeUp()
{
    SmallQueue::Pools pools;
    Node nodes[3]{ Node(pools), Node(pools), Node(pools) };
    Loop loop;
    const std::uint32_t seed = newSeed();
    std::atomic<std::uint32_t> accepted = 0;
    constexpr std::uint32_t last = UINT32_MAX; // the producer that ends the test

    std::vector<std::thread> threads;
    for (std::uint32_t p = 0; p < 2; ++p) {
        threads.emplace_back([&, p] {
            Jitter jitter(seed + p);
            std::uint32_t next[3] = {};
            std::uint32_t i = 0;
            const auto deadline =
                    std::chrono::steady_clock::now() + std::chrono::milliseconds(scaled(400));
            while (i < std::uint32_t(scaled(10'000))
                   && std::chrono::steady_clock::now() < deadline) {
                post(loop, nodes[i % 3], Event::make(p * 3 + i % 3, next[i % 3]++));
                ++i;
                if (jitter.oneIn(4))
                    jitter.pause();
            }
            accepted.fetch_add(i, std::memory_order_relaxed);
        });
    }
    std::thread closer([&] {
        for (std::thread &thread : threads)
            thread.join();
        post(loop, nodes[0], Event::make(last, 0));
    });
    Ledger ledger;
    bool wasRung = true;
    while (wasRung && !ledger.hasSeen(last)) {
        wasRung = loop.waitForWakeUp();
        do {
            for (Node *next = loop.list.takeAll(); next;) {
                Node &node = *next;
                next = node.nextReady;
                drainAndSleep(node, ledger);
            }
        } while (!loop.list.tryIdle());
    }
    closer.join();

    QVERIFY2(wasRung, "a wake-up was lost");
    QCOMPARE(ledger.total(), std::uint64_t{ accepted.load() } + 1);
    QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
}

QTEST_APPLESS_MAIN(tst_EventQueue)
#include "tst_eventqueue.moc"

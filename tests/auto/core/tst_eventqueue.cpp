// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/queue/eventqueue_p.h"
#include "core/queue/readylist_p.h"
#include "eventqueuefixture.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>

using namespace Recorders::Internal;
using namespace Testing;

namespace {

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

    // Memory
    void isSmall();
    void holdsNothingWhileAsleep();
    void takesNoSegmentForOneEvent();
    void usesTheSameBlocksAgain();
    void keepsItsSegmentsWhileAwake();
    void keepsNoMoreSegmentsThanItMay();
    void keepsItsOwnDirectoriesIfItIsLarge();
    void refusesWithoutMemoryAndRecovers();
    void givesEverythingBackWhenDestroyed();

    // Counts
    void countsAcceptedAndHandled();
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
    const bool wasVisible = bool(queue.front());
    const bool wasEmpty = queue.isEmpty();
    fill(claim.slot, Event::make(1, 2));

    QVERIFY(!wasVisible);
    QVERIFY(!wasEmpty);
    QCOMPARE(queue.front().slot, claim.slot);
}

void tst_EventQueue::holdsBackLaterEventsUntilTheFirstIsPublished()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    queue.open();

    const SmallQueue::Claim first = queue.claim();
    put(queue, Event::make(0, 1));
    const bool wasVisible = bool(queue.front());
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
        for (std::uint32_t i = 0; i < 2 + round % 5; ++i)
            put(queue, Event::make(round, i));
        QCOMPARE_LT(pools.segments.blocksFree(), pools.segments.blocksAllocated());
        while (take(queue)) { }
        QVERIFY(queue.tryIdle());
        QCOMPARE(pools.segments.blocksFree(), pools.segments.blocksAllocated());
        QCOMPARE(pools.directories.blocksFree(), pools.directories.blocksAllocated());
    }
}

// One that comes now and then, on whatever ticket.
void tst_EventQueue::takesNoSegmentForOneEvent()
{
    SmallQueue::Pools pools;
    SmallQueue queue(6, pools);
    queue.open();

    for (std::uint32_t round = 0; round < 20; ++round) {
        QCOMPARE(put(queue, Event::make(round, 0)), ClaimOutcome::ClaimedAndWoke);
        const auto event = take(queue);
        QVERIFY(event);
        QCOMPARE(event->producer, round);
        QVERIFY(queue.tryIdle());
    }

    QCOMPARE(pools.segments.blocksAllocated(), std::size_t{ 0 });
    QCOMPARE(pools.directories.blocksAllocated(), std::size_t{ 0 });
    QCOMPARE(pools.firstSlots.blocksAllocated() - pools.firstSlots.blocksFree(), std::size_t{ 1 });
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

QTEST_APPLESS_MAIN(tst_EventQueue)
#include "tst_eventqueue.moc"

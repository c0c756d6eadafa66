// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/queue/eventqueue_p.h"
#include "eventqueuefixture.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <functional>
#include <numeric>
#include <thread>
#include <vector>

using namespace Recorders::Internal;
using namespace Testing;

namespace {

// No more than two blocks for lanes, ever.
struct ScarceLaneTraits : SmallLaneTraits
{
    struct LaneBlockPoolTraits : BlockPoolTraits
    {
        static constexpr std::uint32_t blocksPerChunk = 2;
        static constexpr std::uint32_t maxChunks = 1;
    };
};

using ScarceLaneQueue = EventQueue<Slot, ScarceLaneTraits>;

// Hands events to the queue, as many as it takes to get a lane, and handles them.
template <typename Queue>
void getLane(Queue &queue)
{
    for (int i = 0; i < 3; ++i)
        put(queue, Event::make(0, 0));
    while (take(queue)) { }
}

void inAnotherThread(const std::function<void()> &work)
{
    std::thread(work).join();
}

template <typename Queue>
std::vector<std::uint32_t> takeAll(Queue &queue)
{
    std::vector<std::uint32_t> sequences;
    while (const auto event = take(queue))
        sequences.push_back(event->isWhole() ? event->sequence : UINT32_MAX);
    return sequences;
}

std::vector<std::uint32_t> upTo(std::uint32_t count)
{
    std::vector<std::uint32_t> sequences(count);
    std::iota(sequences.begin(), sequences.end(), 0);
    return sequences;
}

// A queue, and this thread has it to itself.
struct OwnQueue
{
    explicit OwnQueue(std::size_t maxPending = 100)
        : queue(maxPending, pools)
    {
        queue.open();
        getLane(queue);
    }

    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue;
};

} // namespace

// A thread that has the queue to itself, and those who take that from it.
class tst_EventQueue_Lanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // Grant
    void grantsALaneToWhoComesAgainAndAgain();
    void grantsNoneToThreadsThatTakeTurns();
    void grantsNoneWithoutAFence();
    void grantsOneToTheNextThread();
    void grantsNoMoreThanItCanTellApart();
    void grantsTheLessTheMoreOthersInterfere();

    // Order and bound
    void keepsTheOrderAcrossTheLane();
    void admitsExactlyAsManyAsItMayHold();
    void goesOnInASlotWithinAnEvent();
    void knowsWhatIsPublished();

    // The end of a lane
    void refusesWhenClosed();
    void fallsAsleepWithALane();
    void fallsAsleepWithoutAFenceOfItsOwn();
    void admitsWhatWasAnnouncedBeforeTheSeal();

    // Memory
    void goesRoundItsBlocks();
    void keepsNoMoreBlocksThanItMay();
    void givesItsBlocksBack();
    void takesASlotWithoutMemoryForALane();
};

void tst_EventQueue_Lanes::initTestCase()
{
    if (!AsymmetricFence::isAvailable())
        QSKIP("There is no asymmetric fence, and therefore no lane.");
}

void tst_EventQueue_Lanes::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_EventQueue_Lanes::grantsALaneToWhoComesAgainAndAgain()
{
    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue(10, pools);
    queue.open();

    for (std::uint32_t i = 0; i <= SmallLaneTraits::grantAfter; ++i) {
        QVERIFY(!putIntoLane(queue, Event::make(0, 0)));
        put(queue, Event::make(0, i));
    }

    QVERIFY(putIntoLane(queue, Event::make(0, SmallLaneTraits::grantAfter + 1)));
    QCOMPARE(takeAll(queue), upTo(SmallLaneTraits::grantAfter + 2));
}

void tst_EventQueue_Lanes::grantsNoneToThreadsThatTakeTurns()
{
    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue(100, pools);
    queue.open();
    int entered = 0;

    for (int i = 0; i < 20; ++i) {
        put(queue, Event::make(0, 0));
        inAnotherThread([&] {
            put(queue, Event::make(0, 0));
            entered += putIntoLane(queue, Event::make(0, 0));
        });
    }

    QCOMPARE(entered, 0);
}

void tst_EventQueue_Lanes::grantsNoneWithoutAFence()
{
    SmallQueue::Pools pools;
    SmallQueue queue(100, pools);
    queue.open();

    for (int i = 0; i < 100; ++i)
        put(queue, Event::make(0, 0));

    QVERIFY(!putIntoLane(queue, Event::make(0, 0)));
    QCOMPARE(pools.laneBlocks.blocksAllocated(), std::size_t{ 0 });
}

void tst_EventQueue_Lanes::grantsOneToTheNextThread()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;
    bool hasEntered = false;

    inAnotherThread([&] {
        for (int i = 0; i < 100; ++i) { // the first thread interferes no more
            put(queue, Event::make(0, 0));
            take(queue);
        }
        hasEntered = putIntoLane(queue, Event::make(0, 0));
    });

    QVERIFY(hasEntered);
    QVERIFY(!putIntoLane(queue, Event::make(0, 0)));
}

void tst_EventQueue_Lanes::grantsNoMoreThanItCanTellApart()
{
    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue(100, pools);
    queue.open();
    std::uint64_t count = 0;
    std::vector<std::thread> threads; // all at once: so each has an identity of its own
    std::atomic<int> turn = 0;

    for (int number = 0; number < 20; ++number) {
        threads.emplace_back([&, number] {
            while (turn.load() != number)
                std::this_thread::yield();
            for (int i = 0; i < 200; ++i) {
                put(queue, Event::make(0, 0));
                count += take(queue).has_value();
            }
            while (!queue.tryIdle()) // and forgets how often they have interfered
                count += take(queue).has_value();
            turn.store(number + 1);
            while (turn.load() < 20)
                std::this_thread::yield();
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(count, std::uint64_t{ 20 * 200 });
    QCOMPARE(queue.counts().handled, count);
}

void tst_EventQueue_Lanes::grantsTheLessTheMoreOthersInterfere()
{
    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue(100, pools);
    queue.open();

    std::vector<int> neededForALane;
    for (int round = 0; round < 4; ++round) {
        int needed = 0;
        while (!putIntoLane(queue, Event::make(0, 0))) {
            put(queue, Event::make(0, 0));
            take(queue);
            ++needed;
        }
        neededForALane.push_back(needed);
        inAnotherThread([&] { put(queue, Event::make(0, 0)); });
        takeAll(queue);
    }

    for (std::size_t i = 1; i < neededForALane.size(); ++i)
        QCOMPARE_GE(neededForALane[i], 3 * neededForALane[i - 1]);
}

void tst_EventQueue_Lanes::keepsTheOrderAcrossTheLane()
{
    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue(1000, pools);
    queue.open();
    std::uint32_t next = 0;
    std::vector<std::uint32_t> seen;

    for (std::uint32_t round = 0; round < 30; ++round) {
        for (std::uint32_t i = 0; i < 7 + round; ++i)
            put(queue, Event::make(0, next++));
        inAnotherThread([&] { put(queue, Event::make(0, next++)); });
        if (round % 3 == 2) {
            for (const std::uint32_t sequence : takeAll(queue))
                seen.push_back(sequence);
        }
    }

    QCOMPARE(seen, upTo(next));
}

void tst_EventQueue_Lanes::admitsExactlyAsManyAsItMayHold()
{
    OwnQueue own(10);
    SmallLaneQueue &queue = own.queue;

    for (std::uint32_t lap = 0; lap < 5; ++lap) {
        for (std::uint32_t i = 0; i < 10; ++i)
            QVERIFY(putIntoLane(queue, Event::make(0, i)));
        QVERIFY(!putIntoLane(queue, Event::make(0, 10)));
        QCOMPARE(put(queue, Event::make(0, 10)), ClaimOutcome::Full);
        inAnotherThread([&] { QCOMPARE(put(queue, Event::make(0, 10)), ClaimOutcome::Full); });
        QCOMPARE(queue.counts().accepted - queue.counts().handled, std::uint64_t{ 10 });
        QCOMPARE(takeAll(queue), upTo(10));
    }
}

// The payload of an event registers an event itself.
void tst_EventQueue_Lanes::goesOnInASlotWithinAnEvent()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;

    const SmallLaneQueue::Entry entry = queue.tryEnter(recordSize);
    QVERIFY(entry);
    const ClaimOutcome inner = put(queue, Event::make(0, 1));
    const bool isHeldUp = !queue.front();
    fillRecord(entry, Event::make(0, 0));

    QCOMPARE(inner, ClaimOutcome::Claimed);
    QVERIFY(isHeldUp);
    QCOMPARE(takeAll(queue), upTo(2));
}

void tst_EventQueue_Lanes::knowsWhatIsPublished()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;
    putIntoLane(queue, Event::make(0, 0));

    const SmallLaneQueue::Entry entry = queue.tryEnter(recordSize);
    QVERIFY(entry);
    queue.close();
    const bool wasPublished = queue.isPublished();
    const std::uint64_t ticket = queue.ticket();
    fillRecord(entry, Event::make(0, 1));

    QVERIFY(!wasPublished);
    QVERIFY(queue.isPublished());
    QCOMPARE(queue.ticket(), ticket);
    QCOMPARE(takeAll(queue), upTo(2));
    QVERIFY(queue.isEmpty());
}

void tst_EventQueue_Lanes::refusesWhenClosed()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;
    putIntoLane(queue, Event::make(0, 0));

    QVERIFY(queue.close());
    const bool hasEntered = putIntoLane(queue, Event::make(0, 1));
    const ClaimOutcome outcome = put(queue, Event::make(0, 1));
    const std::vector<std::uint32_t> handled = takeAll(queue);
    queue.open();

    QVERIFY(!hasEntered);
    QCOMPARE(outcome, ClaimOutcome::Closed);
    QCOMPARE(handled, upTo(1));
    QVERIFY(!putIntoLane(queue, Event::make(0, 0)));
    QCOMPARE(put(queue, Event::make(0, 0)), ClaimOutcome::Claimed);
    QCOMPARE(takeAll(queue), upTo(1));
}

void tst_EventQueue_Lanes::fallsAsleepWithALane()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;
    putIntoLane(queue, Event::make(0, 0));

    const bool sleptEarly = queue.tryIdle();
    takeAll(queue);

    QVERIFY(!sleptEarly);
    QVERIFY(queue.tryIdle());
    QVERIFY(!putIntoLane(queue, Event::make(0, 0)));
    QCOMPARE(put(queue, Event::make(0, 0)), ClaimOutcome::ClaimedAndWoke);
}

void tst_EventQueue_Lanes::fallsAsleepWithoutAFenceOfItsOwn()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;

    const bool needsFence = queue.prepareIdle();
    AsymmetricFence::heavy();
    const bool needsAnother = queue.prepareIdle();

    QVERIFY(needsFence);
    QVERIFY(!needsAnother);
    QVERIFY(queue.tryIdle());
}

// Its thread may have stopped just before it looks whether it is too late.
void tst_EventQueue_Lanes::admitsWhatWasAnnouncedBeforeTheSeal()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;
    SmallLaneQueue::Lane *const lane = queue.laneOfThisThread();
    QVERIFY(lane);

    lane->announced.store(lane->nextTicket() + 1); // what announce() begins with
    inAnotherThread([&] { put(queue, Event::make(0, 1)); });
    const bool isHeldUp = !queue.front();
    const SmallLaneQueue::Entry entry(lane->withdraw());
    const bool isWithdrawn = !entry;
    fillRecord(SmallLaneQueue::Entry(lane), Event::make(0, 0));

    QVERIFY(isHeldUp);
    QVERIFY(!isWithdrawn);
    QCOMPARE(takeAll(queue), upTo(2));
}

void tst_EventQueue_Lanes::goesRoundItsBlocks()
{
    OwnQueue own;
    SmallLaneQueue &queue = own.queue;

    for (int i = 0; i < 1000; ++i) {
        for (std::uint32_t n = 0; n < 5; ++n)
            QVERIFY(putIntoLane(queue, Event::make(0, n)));
        QCOMPARE(takeAll(queue), upTo(5));
    }

    QCOMPARE_LE(own.pools.laneBlocks.blocksAllocated() - own.pools.laneBlocks.blocksFree(),
                std::size_t{ 4 });
}

// One that held many events once may be awake for long.
void tst_EventQueue_Lanes::keepsNoMoreBlocksThanItMay()
{
    OwnQueue own(1000);
    SmallLaneQueue &queue = own.queue;
    for (std::uint32_t i = 0; i < 1000; ++i)
        putIntoLane(queue, Event::make(0, i));
    takeAll(queue);
    const std::size_t most =
            own.pools.laneBlocks.blocksAllocated() - own.pools.laneBlocks.blocksFree();

    for (std::uint32_t i = 0; i < 2000; ++i) {
        QVERIFY(putIntoLane(queue, Event::make(0, 0)));
        take(queue);
    }

    const std::size_t kept =
            own.pools.laneBlocks.blocksAllocated() - own.pools.laneBlocks.blocksFree();
    QCOMPARE_GT(most, std::size_t{ 300 });
    QCOMPARE(kept, SmallLaneTraits::maxSpareBlocks);
}

void tst_EventQueue_Lanes::givesItsBlocksBack()
{
    SmallLaneQueue::Pools pools;
    {
        SmallLaneQueue queue(100, pools);
        queue.open();
        for (int round = 0; round < 3; ++round) {
            getLane(queue);
            for (std::uint32_t i = 0; i < 20; ++i)
                putIntoLane(queue, Event::make(0, i));
            QCOMPARE_LT(pools.laneBlocks.blocksFree(), pools.laneBlocks.blocksAllocated());
            takeAll(queue);
            QVERIFY(queue.tryIdle());
            QCOMPARE(pools.laneBlocks.blocksFree(), pools.laneBlocks.blocksAllocated());
            QCOMPARE(pools.segments.blocksFree(), pools.segments.blocksAllocated());
            QCOMPARE(pools.directories.blocksFree(), pools.directories.blocksAllocated());
        }
        getLane(queue);
        putIntoLane(queue, Event::make(0, 0));
        queue.close();
    }

    QCOMPARE(pools.laneBlocks.blocksFree(), pools.laneBlocks.blocksAllocated());
    QCOMPARE(pools.segments.blocksFree(), pools.segments.blocksAllocated());
}

void tst_EventQueue_Lanes::takesASlotWithoutMemoryForALane()
{
    ScarceLaneQueue::Pools pools;
    ScarceLaneQueue queue(100, pools);
    queue.open();

    for (std::uint32_t i = 0; i < 40; ++i)
        QCOMPARE_LT(put(queue, Event::make(0, i)), ClaimOutcome::Full);

    QCOMPARE(takeAll(queue), upTo(40));
    QVERIFY(queue.tryIdle());
    QCOMPARE(pools.laneBlocks.blocksFree(), pools.laneBlocks.blocksAllocated());
}

QTEST_APPLESS_MAIN(tst_EventQueue_Lanes)
#include "tst_eventqueue_lanes.moc"

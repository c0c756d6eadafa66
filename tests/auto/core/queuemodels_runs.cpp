// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Models of what lanes do in the neighbourhood of others: several runs, threads, queues and owners.

#include "queuemodels.h"

#include <cstdint>
#include <memory>
#include <set>
#include <utility>

namespace Recorders::QueueModels {

namespace {

// In the end each block of a lane is in the pool once, too.
std::string memoryVerdict(World &world)
{
    const std::string verdict = world.poolsVerdict();
    if (!verdict.empty())
        return verdict;
    std::set<void *> blocks;
    while (auto *block = world.pools.laneBlocks.tryAcquire()) {
        if (!blocks.insert(block).second)
            return "a block of a lane is there twice";
    }
    using Traits = ModelTraits::LaneBlockPoolTraits;
    return blocks.size() < Traits::blocksPerChunk * Traits::maxChunks ? "a block of a lane is lost"
                                                                      : "";
}

} // namespace

// A thread that is granted a lane again fails, as the queue is closed meanwhile. Nobody may be told
// of the ticket that it would have had.
Scenario aTicketIsNotForetold()
{
    auto world = worldWithLanes(8);
    auto isOpenAgain = std::make_shared<bool>(false);
    auto told = std::make_shared<std::uint64_t>(0);
    auto user = [world, isOpenAgain] {
        for (int event = 11; event < 15; ++event)
            world->produce(event);
        ModelCheck::waitUntil([isOpenAgain] { return *isOpenAgain; });
        world->produce(15);
        world->produce(16); // comes with a lane, or not at all
    };
    auto closer = [world, isOpenAgain] {
        Recorder &recorder = world->recorder();
        ModelCheck::waitUntil([&recorder] { return recorder.published == 4; });
        recorder.queue.close();
        world->drain(recorder);
        world->handleOne(recorder); // there is none, and the lane has ended
        recorder.queue.open();
        *isOpenAgain = true;
        ModelCheck::waitUntil([&recorder] { return recorder.published >= 5; });
        recorder.queue.close();
    };
    auto reader = [world, told] {
        *told = world->recorder().queue.ticket();
    };
    return { { user, closer, reader }, [world, told] {
                if (*told > world->recorder().queue.ticket())
                    return std::string("a ticket was told that is not out");
                return world->drainedVerdict();
            } };
}

// The constructor of a payload registers another event, while others take the lane away.
Scenario aLaneNests()
{
    auto world = worldWithLanes(8);
    auto user = [world] {
        Recorder &recorder = world->recorder();
        for (int event = 11; event < 14; ++event)
            world->produce(event); // the last one comes with the lane
        if (const auto entry = recorder.queue.tryEnter(1)) {
            ++recorder.accepted;
            ++recorder.pending;
            world->produce(31); // comes later
            world->produce(32);
            entry.record()->type.set(&modelType);
            entry.record()->payload.set(14);
            entry.publish(1);
            ++recorder.published;
        }
        world->produce(15);
    };
    return drained(world, { user, producer(world, 21, 1), sleepyConsumer(world, 3) });
}

// A stranger, the consumer that wants to sleep, and who closes the queue, all at once.
Scenario aLaneIsTakenFromAllSides()
{
    auto world = worldWithLanes(4);
    auto closer = [world] {
        world->recorder().queue.close();
        const std::uint64_t last = world->recorder().queue.ticket();
        ModelCheck::require(last == world->recorder().queue.ticket(), "admitted after the end");
    };
    return { { producer(world, 11, 3), producer(world, 21, 1), sleepyConsumer(world, 3), closer },
             [world] {
                 return world->recorder().queue.isOpen() ? "it was opened"
                                                         : world->drainedVerdict();
             } };
}

// What is left over when the queue is closed is handled when it is open again. The bound is small: the
// entries of the directory come round, also those that a run has passed by.
Scenario aLeftOverLaneGoesOn()
{
    auto world = worldWithLanes(4);
    auto reopener = [world] {
        Recorder &recorder = world->recorder();
        ModelCheck::waitUntil([&recorder] { return recorder.published >= 4; });
        world->handleOne(recorder);
        recorder.queue.close();
        while (!recorder.queue.isPublished())
            ModelCheck::yield();
        recorder.queue.open();
        ModelCheck::waitUntil([world] { return world->producers == 0; });
        world->drain(recorder);
    };
    return { { producer(world, 11, 6), producer(world, 21, 2), reopener }, [world] {
                return memoryVerdict(*world);
            } };
}

// Two queues share the blocks, and a thread has lanes of both.
Scenario lanesShareBlocks()
{
    auto world = worldWithLanes(4, 2);
    auto user = [world] {
        for (int event = 11; event < 15; ++event) {
            world->produce(event, 0);
            world->produce(event, 1);
        }
        --world->producers;
    };
    world->producers = 1;
    auto consumer = [world] {
        for (std::size_t i = 0; world->producers > 0; i = 1 - i) {
            if (!world->handleOne(world->recorder(i)) && !world->tryIdle(world->recorder(i)))
                ModelCheck::yield();
            else if (world->recorder(0).queue.isAsleep() && world->recorder(1).queue.isAsleep())
                ModelCheck::yield();
        }
    };
    return { { user, consumer }, [world] {
                return memoryVerdict(*world);
            } };
}

// Free blocks are discarded while a thread that has lost its lane may still look at them.
Scenario lanesAreDiscarded()
{
    auto world = worldWithLanes(8);
    world->producers = 1;
    auto user = [world] {
        for (int event = 11; event < 17; ++event)
            world->produce(event);
        --world->producers;
    };
    auto consumer = [world] {
        for (int i = 0; i < 4; ++i)
            world->handleOrYield(world->recorder());
        if (world->tryIdle(world->recorder()))
            world->discardAll();
    };
    return { { user, consumer }, [world] {
                return memoryVerdict(*world);
            } };
}

} // namespace Recorders::QueueModels

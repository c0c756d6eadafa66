// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Models of the segments and directories that are passed on, used again and discarded.

#include "queuemodels.h"

#include <memory>
#include <utility>

namespace Recorders::QueueModels {

namespace {

// Hands events to a recorder and handles them, in this thread, and lets it sleep.
void useAlone(World &world, std::size_t index, std::initializer_list<std::vector<int>> rounds)
{
    for (const std::vector<int> &events : rounds) {
        for (const int event : events)
            world.produce(event, index);
        while (world.handleOne(world.recorder(index))) { }
    }
    ModelCheck::require(world.recorder(index).queue.tryIdle(), "it is empty");
}

// Two events later it is awake, and the next one begins a segment, without a directory.
void useUpTheFirstSlot(World &world, std::size_t index)
{
    useAlone(world, index, { { 41 } });
    world.produce(42, index);
    world.handleOne(world.recorder(index));
}

} // namespace

// A producer uses the limit that another has refreshed, in an entry that was used before.
Scenario limitIsPassedOn()
{
    auto world = std::make_shared<World>(1, 2);
    auto first = [world] {
        for (int event = 11; event < 16;) {
            if (world->produce(event) == ClaimOutcome::Full)
                ModelCheck::yield();
            else
                ++event;
        }
    };
    auto second = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted >= 4; });
        world->produce(21);
    };
    auto consumer = [world] {
        while (world->recorder().handled.size() < 5)
            world->handleOrYield(world->recorder());
    };
    return { { first, second, consumer }, [world] {
                return world->drainedVerdict();
            } };
}

// Blocks that another recorder gave back are installed by one producer and used by another, who
// knows nothing of their former user.
Scenario blocksArePassedOn()
{
    auto world = std::make_shared<World>(2, 4);
    for (std::size_t recorder : { 0, 1 })
        useUpTheFirstSlot(*world, recorder);
    auto formerUser = [world] {
        useAlone(*world, 1, { { 31 } });
        world->produce(11);
    };
    return scenario(world, { formerUser, [world] { world->produce(21); }, consumerOf(world, 4) });
}

namespace {

// Its slot is in the pool after that.
void useAQueueOfOnesOwn(World &world)
{
    Queue queue(2, world.pools);
    queue.open();
    ModelSlot *const slot = queue.claim().slot;
    slot->payload.set(1);
    slot->type.store(&modelType, std::memory_order_relaxed);
    ModelCheck::require(queue.front().slot == slot, "it was woken by the first event");
    slot->payload.set(0);
    queue.pop(queue.front(), 1);
}

} // namespace

// The first slot of a queue that is gone is installed by one producer and used by another.
Scenario aFirstSlotIsPassedOn()
{
    auto world = std::make_shared<World>(1, 2);
    auto formerUser = [world] {
        useAQueueOfOnesOwn(*world);
        world->produce(11);
    };
    return scenario(world, { formerUser, [world] { world->produce(21); }, consumerOf(world, 2) });
}

// The same, in a queue that ends.
Scenario aFirstSlotIsLeftOver()
{
    auto world = std::make_shared<World>(1, 2);
    auto formerUser = [world] {
        useAQueueOfOnesOwn(*world);
        world->produce(11);
    };
    return drained(world, { formerUser, endingOwner(world) });
}

// The consumer gives a segment back, one producer installs it again, and another uses it who knows
// nothing of that but the entry.
Scenario aSegmentIsPassedOn()
{
    auto world = std::make_shared<World>(1, 4);
    auto installer = [world] {
        world->produce(11);
        world->produce(12);
        ModelCheck::waitUntil([world] { return world->recorder().handled.size() == 2; });
        world->produce(13);
    };
    auto user = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted == 3; });
        world->produce(21);
    };
    auto consumer = [world] {
        while (world->recorder().handled.size() < 4)
            world->handleOrYield(world->recorder());
    };
    return scenario(world, { installer, user, consumer });
}

// Another recorder gave a directory back, whose entries had other segments there. It is used by a
// producer who knows nothing of that but the directory's place.
Scenario aDirectoryIsPassedOn()
{
    auto world = std::make_shared<World>(2, 6);
    auto installer = [world] {
        useAlone(*world, 1, { { 31 }, { 32, 33 } });
        world->produce(11);
        world->produce(12);
    };
    auto user = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted == 2; });
        world->produce(21);
    };
    return { { installer, user }, [world] {
                return world->drainedVerdict();
            } };
}

// The same, on the side that a sleep leads to.
Scenario aDirectoryIsPassedOnToTheOtherSide()
{
    auto world = std::make_shared<World>(2, 6);
    auto installer = [world] {
        useAlone(*world, 0, { { 11, 12 } });
        useAlone(*world, 1, { { 31 }, { 32, 33 }, { 34, 35 } });
        world->produce(13);
        world->produce(14);
    };
    auto user = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted == 4; });
        world->produce(21);
    };
    return { { installer, user }, [world] {
                return world->drainedVerdict();
            } };
}

// The queue was asleep twice, so that it is back on its first side; the directory of that time
// serves another recorder by now, and must not be seen any more.
Scenario anOldDirectoryIsForgotten()
{
    auto world = std::make_shared<World>(2, 6);
    auto installer = [world] {
        useAlone(*world, 0, { { 11, 12 } });
        useAlone(*world, 0, { { 13 } });
        world->produce(31, 1);
        world->handleOne(world->recorder(1));
        for (int event = 32; event <= 35; ++event) // the last is in the entry of 21
            world->produce(event, 1);
        world->produce(14);
    };
    auto user = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted == 4; });
        world->produce(21);
    };
    return { { installer, user }, [world] {
                return world->drainedVerdict();
            } };
}

// A producer is overtaken, while it looks for its slot, by a sleep after which all is discarded and
// used again by others.
Scenario anOldDirectoryIsDiscarded(std::size_t next)
{
    auto world = std::make_shared<World>(2, 2);
    auto consumer = [world, next] {
        world->produce(11);
        world->putToSleep(world->recorder());
        world->discardAll();
        world->produce(12, next);
        world->produce(13, next);
        world->handleOne(world->recorder(next));
    };
    return { { [world] { world->produce(21); }, consumer }, [world] {
                return world->poolsVerdict();
            } };
}

// A producer that was overtaken long ago installs a segment that was used in a directory that is
// being discarded.
Scenario aLateSegmentIsFound()
{
    auto world = std::make_shared<World>(0, 2);
    auto *const directory = world->pools.directories.tryAcquire();
    world->pools.directories.release(directory);
    auto late = [world, directory] {
        auto *const segment = world->pools.segments.tryAcquire();
        segment->slots[0].payload.set(1);
        segment->slots[0].payload.set(0);
        directory->entries[0].store(segment, std::memory_order_release); // finds it empty
    };
    return { { late,
               [world] {
                   world->discardAll();
               } },
             [world] {
                 return world->poolsVerdict();
             } };
}

// Events come and go while a third thread discards what is free.
Scenario freeBlocksAreDiscarded()
{
    auto world = std::make_shared<World>(1, 2);
    auto consumer = [world] {
        while (world->recorder().handled.size() < 2) {
            world->handleOrYield(world->recorder());
            (void)world->recorder().queue.tryIdle();
        }
    };
    auto discarder = [world] {
        for (int i = 0; i < 2; ++i)
            (void)world->pools.discardOne();
    };
    return { { producer(world, 11, 2), consumer, discarder }, [world] {
                return world->poolsVerdict();
            } };
}

} // namespace Recorders::QueueModels

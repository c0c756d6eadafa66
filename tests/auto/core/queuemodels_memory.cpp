// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Models of the segments and directories that are passed on, used again and discarded.

#include "queuemodels.h"

#include <memory>
#include <utility>

namespace Recorders::QueueModels {

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
    auto world = std::make_shared<World>(2, 2);
    auto formerUser = [world] {
        world->produce(31, 1);
        while (!world->handleOne(world->recorder(1))) { }
        ModelCheck::require(world->recorder(1).queue.tryIdle(), "it is empty");
        world->produce(11);
    };
    auto consumer = [world] {
        while (world->recorder().handled.size() < 2)
            world->handleOrYield(world->recorder());
    };
    return scenario(world, { formerUser, [world] { world->produce(21); }, consumer });
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

} // namespace

// Another recorder gave a directory back, whose entries had other segments there. It is used by a
// producer who knows nothing of that but the directory's place.
Scenario aDirectoryIsPassedOn()
{
    auto world = std::make_shared<World>(2, 4);
    auto installer = [world] {
        useAlone(*world, 1, { { 31 }, { 32, 33 } });
        world->produce(11);
    };
    auto user = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted == 1; });
        world->produce(21);
    };
    return { { installer, user }, [world] {
                return world->drainedVerdict();
            } };
}

// The same, on the side that a sleep leads to.
Scenario aDirectoryIsPassedOnToTheOtherSide()
{
    auto world = std::make_shared<World>(2, 4);
    auto installer = [world] {
        useAlone(*world, 0, { { 11, 12 } });
        useAlone(*world, 1, { { 31 }, { 32, 33 }, { 34, 35 } });
        world->produce(13);
    };
    auto user = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted == 3; });
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
    auto world = std::make_shared<World>(2, 4);
    auto installer = [world] {
        useAlone(*world, 0, { { 11 } });
        useAlone(*world, 0, { { 12 } });
        world->produce(31, 1);
        world->handleOne(world->recorder(1));
        world->produce(32, 1);
        world->produce(33, 1); // in the entry of 13 and 21
        world->produce(13);
    };
    auto user = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().accepted == 3; });
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

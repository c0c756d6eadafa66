// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Models of the lane that a thread has to itself: how it gets it, loses it, and what others see.

#include "queuemodels.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace Recorders::QueueModels {

namespace {

// Until all producers have ended, and all that they left is handled.
std::function<void()> patientConsumer(const std::shared_ptr<World> &world)
{
    return [world] {
        while (world->producers > 0 || !world->recorder().queue.isEmpty())
            world->handleOrYield(world->recorder());
    };
}

} // namespace

// The thread that has the lane goes on while others, once each, want to have a slot.
Scenario aStrangerComes(int strangers)
{
    auto world = worldWithLanes(4);
    std::vector<std::function<void()>> threads{ producer(world, 11, 4) };
    for (int i = 0; i < strangers; ++i)
        threads.push_back(producer(world, 21 + 10 * i, 1));
    return drained(world, std::move(threads));
}

// Another one wants a slot while the thread is on its way into its lane: both may seal it.
Scenario aStrangerMeetsTheOwner()
{
    auto world = worldWithLanes(8);
    auto isThere = std::make_shared<bool>(false);
    auto owner = [world, isThere] {
        for (int event = 11; event < 14; ++event)
            world->produce(event);
        ModelCheck::waitUntil([isThere] { return *isThere; });
        world->produce(14);
        world->produce(15);
    };
    auto stranger = [world, isThere] {
        ModelCheck::waitUntil([world] { return world->recorder().published == 3; });
        *isThere = true;
        world->produce(21);
    };
    return drained(world, { owner, stranger });
}

// The consumer takes the lane to be able to sleep.
Scenario aLaneSleeps(Misuse misuse)
{
    auto world = worldWithLanes(4, 1, misuse);
    return scenario(world, { producer(world, 11, 4), [world] {
                                world->runEventLoop();
                            } });
}

// Once the queue is closed and drained, its owner is not reached any more, and what it changes is seen
// by those who come after it was opened again.
Scenario aLaneIsClosed()
{
    auto world = worldWithLanes(4);
    auto stopper = [world] {
        Recorder &recorder = world->recorder();
        ModelCheck::require(recorder.queue.close(), "it was open");
        world->drain(recorder);
        recorder.owner.set(0);
        recorder.owner.set(1);
        recorder.queue.open();
        world->drain(recorder);
    };
    return drained(world, { producer(world, 11, 4), stopper });
}

// A thread fills the queue again and again, while another one looks at the counts.
Scenario aLaneKeepsTheBound()
{
    auto world = worldWithLanes(2);
    auto consumer = [world] {
        for (int i = 0; i < 3; ++i)
            world->handleOrYield(world->recorder());
    };
    return drained(world, { producer(world, 11, 5), consumer, boundReader(world) });
}

// What another thread registers, knowing of an event in the lane, comes after it.
Scenario aLaneKeepsTheOrder()
{
    auto world = worldWithLanes(4);
    auto second = [world] {
        ModelCheck::waitUntil([world] { return world->recorder().published >= 3; });
        world->produce(21);
    };
    return { { producer(world, 11, 4), second }, [world] {
                const std::string verdict = world->drainedVerdict();
                const auto &handled = world->recorder().handled;
                const auto earlier = std::find(handled.begin(), handled.end(), 13);
                const auto later = std::find(handled.begin(), handled.end(), 21);
                if (later != handled.end() && later < earlier)
                    return std::string("an event overtook one that it knew of");
                return verdict;
            } };
}

// A lane goes round its blocks, as far as the consumer has left them. The limit has nothing to do with
// it: there is room for all.
Scenario aLaneReusesItsMemory()
{
    auto world = worldWithLanes(16);
    auto followedProducer = [world] {
        for (int event = 11; event < 20; ++event) {
            ModelCheck::waitUntil([world, event] {
                return world->recorder().handled.size() + 3 >= std::size_t(event - 11);
            });
            world->produce(event);
        }
    };
    return drained(world, { followedProducer, consumerOf(world, 9) });
}

// The lane's memory goes back when the queue sleeps, and the lane is granted once more: as soon as the
// queue is asleep, or when the consumer has done all that.
Scenario aLaneIsGrantedAgain(bool isAtOnce)
{
    auto world = worldWithLanes(16);
    auto isDone = std::make_shared<bool>(false);
    auto user = [world, isDone, isAtOnce] {
        for (int event = 11; event < 15; ++event)
            world->produce(event);
        while (isAtOnce && !world->recorder().queue.isAsleep())
            ModelCheck::yield();
        ModelCheck::waitUntil([isDone, isAtOnce] { return *isDone || isAtOnce; });
        for (int event = 15; event < 19; ++event)
            world->produce(event);
    };
    auto consumer = [world, isDone] {
        while (!world->tryIdle(world->recorder()) || world->recorder().handled.size() < 4)
            world->handleOrYield(world->recorder());
        *isDone = true;
    };
    return drained(world, { user, consumer });
}

// One thread wants a slot while another closes the queue. It stays closed.
Scenario aLaneIsClosedWhileAStrangerComes()
{
    auto world = worldWithLanes(4);
    auto closer = [world] {
        ModelCheck::require(world->recorder().queue.close(), "it was open");
        world->drain(world->recorder());
    };
    return { { producer(world, 11, 3), producer(world, 21, 1), closer }, [world] {
                return world->recorder().queue.isOpen() ? "it was opened" : world->drainedVerdict();
            } };
}

// The consumer wants to sleep, and another thread wants a slot.
Scenario aLaneSleepsWhileAStrangerComes()
{
    auto world = worldWithLanes(4);
    return drained(world,
                   { producer(world, 11, 3), producer(world, 21, 1), sleepyConsumer(world, 4) });
}

// Each of two threads has the queue to itself for a while.
Scenario aLaneChangesHands()
{
    auto world = worldWithLanes(8);
    return drained(world,
                   { producer(world, 11, 4), producer(world, 21, 4), patientConsumer(world) });
}

// The consumer gives up before the queue is empty, and its owner ends.
Scenario aLaneIsLeftOver()
{
    auto world = worldWithLanes(4);
    return drained(world, { producer(world, 11, 4), endingOwner(world) });
}

// A thread that reads the counts sees no event handled before it was accepted.
Scenario aLaneIsCounted()
{
    auto world = worldWithLanes(4);
    auto reader = [world] {
        std::uint64_t lastAccepted = 0;
        for (int i = 0; i < 2; ++i)
            lastAccepted = world->consistentCounts(lastAccepted).accepted;
    };
    return drained(world, { producer(world, 11, 3), patientConsumer(world), reader });
}

} // namespace Recorders::QueueModels

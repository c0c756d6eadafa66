// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Models of events that come, wake up the consumer, are counted, and find the queue closed or full.

#include "queuemodels.h"

#include <memory>
#include <utility>

namespace Recorders::QueueModels {

// Two producers wake the event loop, again and again.
Scenario wakeUp(Misuse misuse)
{
    auto world = std::make_shared<World>(1, 2, misuse);
    return scenario(world, { producer(world, 11, 1), producer(world, 21, 1), [world] {
                                world->runEventLoop();
                            } });
}

// One producer; many sleeps, each of which gives the blocks back.
Scenario sleepAndWake(Misuse misuse)
{
    auto world = std::make_shared<World>(1, 2, misuse);
    return scenario(world, { producer(world, 11, 3), [world] {
                                world->runEventLoop();
                            } });
}

// Two recorders share the event loop and the pools: blocks of one become blocks of the other.
Scenario twoRecorders(Misuse misuse)
{
    auto world = std::make_shared<World>(2, 2, misuse);
    world->producers = 2;
    return scenario(world,
                    { [world] {
                         world->produce(11, 0);
                         world->produce(12, 1);
                         --world->producers;
                     },
                      [world] {
                          world->produce(21, 0);
                          --world->producers;
                      },
                      [world] {
                          world->runEventLoop();
                      } });
}

// Many laps round the directory and through the pool, with the consumer always awake.
Scenario laps(std::size_t maxPending, int producers, int each)
{
    auto world = std::make_shared<World>(1, maxPending);
    std::vector<std::function<void()>> threads;
    for (int i = 1; i <= producers; ++i)
        threads.push_back(producer(world, 10 * i + 1, each));
    threads.push_back([world] {
        while (world->producers > 0)
            world->handleOrYield(world->recorder());
    });
    return drained(world, std::move(threads));
}

// The consumer keeps up with the producer, so that entries and segments are used many times.
Scenario keepingUp()
{
    auto world = std::make_shared<World>(1, 2);
    return scenario(world, { patientProducer(world, 11, 6), consumerOf(world, 6) });
}

// A producer that knows that there is room gets it.
Scenario roomIsGranted()
{
    auto world = std::make_shared<World>(1, 1);
    auto handled = std::make_shared<ModelCheck::Atomic<int>>(0);
    return scenario(world,
                    { [world, handled] {
                         for (int event = 11; event < 14; ++event) {
                             const ClaimOutcome outcome = world->produce(event);
                             ModelCheck::require(outcome != ClaimOutcome::Full,
                                                 "refused though there was room");
                             while (handled->load(std::memory_order_acquire) != event)
                                 ModelCheck::yield();
                         }
                     },
                      [world, handled] {
                          for (int event = 11; event < 14; ++event) {
                              while (!world->handleOne(world->recorder()))
                                  ModelCheck::yield();
                              handled->store(event, std::memory_order_release);
                          }
                      } });
}

// Once the queue is closed and drained nobody reaches its owner; what the owner then changes is
// seen by those who are admitted after it has opened the queue again.
Scenario closeAndReopen(Misuse misuse)
{
    auto world = std::make_shared<World>(1, 2, misuse);
    auto generation = std::make_shared<ModelCheck::Plain<int>>(0);
    const auto registerEvent = [world, generation](int event) {
        const ClaimOutcome outcome = world->produce(event);
        if (outcome == ClaimOutcome::Closed)
            ModelCheck::require(generation->get() > 0, "refused, and does not see why");
    };
    auto stopper = [world, generation, misuse] {
        Recorder &recorder = world->recorder();
        generation->set(1);
        if (misuse == Misuse::FlagInsteadOfGate)
            world->isStopped.store(true, std::memory_order_release);
        else
            ModelCheck::require(recorder.queue.close(), "it was open");
        world->drain(recorder);
        recorder.owner.set(0);
        if (misuse == Misuse::None) {
            recorder.owner.set(1);
            recorder.queue.open();
            world->drain(recorder);
        }
    };
    return drained(world,
                   { [registerEvent] { registerEvent(11); }, [registerEvent] { registerEvent(21); },
                     stopper });
}

// A producer that is refused sees the reason.
Scenario aClosedQueueTellsWhy()
{
    auto world = std::make_shared<World>(1, 2);
    auto reason = std::make_shared<ModelCheck::Plain<int>>(0);
    auto closer = [world, reason] {
        reason->set(1);
        world->recorder().queue.close();
    };
    auto user = [world, reason] {
        if (world->produce(11) == ClaimOutcome::Closed)
            ModelCheck::require(reason->get() == 1, "refused, and does not see why");
    };
    return drained(world, { closer, user });
}

// A thread that reads the counts sees no event handled before it was accepted.
Scenario countsAreConsistent()
{
    auto world = std::make_shared<World>(1, 2);
    auto work = std::make_shared<ModelCheck::Plain<int>>(0);
    auto reader = [world, work] {
        std::uint64_t lastAccepted = 0;
        for (int i = 0; i < 2; ++i) {
            const auto [accepted, handled] = world->consistentCounts(lastAccepted);
            lastAccepted = accepted;
            if (handled == 2)
                ModelCheck::require(work->get() == 2, "handled and not seen");
        }
    };
    auto consumer = [world, work] {
        for (int i = 1; i <= 2; ++i) {
            while (!world->recorder().queue.front())
                ModelCheck::yield();
            work->set(i);
            world->handleOne(world->recorder());
        }
    };
    return scenario(world, { producer(world, 11, 2), consumer, reader });
}

// A thread that reads the counts never sees more pending than the bound allows.
Scenario countsKeepTheBound()
{
    auto world = std::make_shared<World>(1, 1);
    return scenario(world,
                    { patientProducer(world, 11, 2), consumerOf(world, 2), boundReader(world) });
}

// The consumer gives up before the queue is empty, and its owner ends.
Scenario leftOverIsPublished()
{
    auto world = std::make_shared<World>(1, 2);
    return drained(world, { producer(world, 11, 1), producer(world, 21, 1), endingOwner(world) });
}

} // namespace Recorders::QueueModels

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// What the models of event queues are made of: a world of recorders, producers and an event loop.

#include "queuemodels.h"

#include <map>
#include <set>
#include <utility>

namespace Recorders::QueueModels {

// Discarding is not one step: what others do may come in between.
bool SegmentMemory::discard(void *segment, std::size_t)
{
    for (ModelSlot &slot : static_cast<EventSegment<ModelSlot, ModelTraits> *>(segment)->slots) {
        slot.payload.set(0);
        slot.type.store(nullptr, std::memory_order_relaxed); // published by the pool
    }
    return true;
}

bool DirectoryMemory::discard(void *directory, std::size_t)
{
    for (auto &entry : static_cast<EventDirectory<ModelSlot, ModelTraits> *>(directory)->entries)
        entry.store(nullptr, std::memory_order_relaxed); // published by the pool
    return true;
}

// Its content counts for nothing, but a thread that is late may see it change.
bool LaneMemory::discard(void *block, std::size_t)
{
    auto &discarded = *static_cast<LaneBlock<ModelTraits> *>(block);
    discarded.next.store(nullptr, std::memory_order_relaxed); // published by the pool
    for (ModelRecord &record : discarded.units) {
        record.type.set(nullptr);
        record.payload.set(0);
    }
    return true;
}

const void *ModelLaneTraits::currentThread()
{
    static constexpr char threads[ModelCheck::maxThreads + 1] = {};
    const auto &engine = ModelCheck::Internal::Engine::instance();
    return engine.isModelling() ? &threads[engine.self()] : &threads[ModelCheck::maxThreads];
}

bool World::produceIntoLane(int event, Recorder &target)
{
    auto entry = target.queue.tryEnter(1);
    if (!entry)
        entry = Queue::Entry(target.queue.enterSlowly(1));
    if (!entry)
        return false;
    ++target.accepted;
    ++target.pending;
    ModelCheck::require(target.pending <= int(target.queue.maxPending()), "bound exceeded");
    ModelCheck::require(target.owner.get() == 1, "the owner was reached after it had ended");
    entry.record()->type.set(&modelType);
    entry.record()->payload.set(event);
    entry.publish(1);
    ++target.published;
    return true;
}

ClaimOutcome World::produce(int event, std::size_t index)
{
    Recorder &target = recorder(index);
    if (misuse == Misuse::FlagInsteadOfGate && isStopped.load(std::memory_order_acquire))
        return ClaimOutcome::Closed;

    if (produceIntoLane(event, target))
        return ClaimOutcome::Claimed;
    const Queue::Claim claim = target.queue.claim();
    if (!claim.slot) {
        ++(claim.outcome == ClaimOutcome::Full ? target.full : target.refused);
        return claim.outcome;
    }
    ++target.accepted;
    ++target.pending;
    ModelCheck::require(target.pending <= int(target.queue.maxPending()), "bound exceeded");

    claim.slot->payload.set(event);
    const bool mustWake =
            claim.outcome == ClaimOutcome::ClaimedAndWoke || misuse == Misuse::PushEveryTime;
    if (mustWake && misuse != Misuse::PublishBeforeWaking)
        wake(target);
    claim.slot->type.store(&modelType, std::memory_order_release);
    ++target.published;
    if (mustWake && misuse == Misuse::PublishBeforeWaking)
        wake(target);
    return claim.outcome;
}

void World::wake(Recorder &recorder)
{
    ModelCheck::require(recorder.owner.get() == 1, "the owner was reached after it had ended");
    if (list.push(recorder))
        ++bells;
}

bool World::handleOne(Recorder &recorder)
{
    const Queue::Front front = recorder.queue.front();
    if (!front)
        return false;
    auto &payload = front.record ? front.record->payload : front.slot->payload;
    recorder.handled.push_back(payload.get());
    payload.set(0);
    --recorder.pending;
    recorder.queue.pop(front, 1);
    return true;
}

void World::handleOrYield(Recorder &recorder)
{
    if (!handleOne(recorder))
        ModelCheck::yield();
}

void World::drain(Recorder &recorder)
{
    if (misuse == Misuse::DrainUntilNullFront) {
        while (handleOne(recorder)) { }
        return;
    }
    while (!recorder.queue.isEmpty())
        handleOrYield(recorder);
}

void World::putToSleep(Recorder &recorder)
{
    switch (misuse) {
    case Misuse::SleepThoughQueueRefuses:
        drain(recorder);
        (void)recorder.queue.tryIdle();
        break;
    case Misuse::SleepOnNullFront:
        while (handleOne(recorder)) { }
        (void)recorder.queue.tryIdle();
        break;
    default:
        while (!tryIdle(recorder))
            handleOrYield(recorder);
    }
}

bool World::tryIdle(Recorder &recorder)
{
    if (recorder.queue.prepareIdle() && misuse != Misuse::SleepWithoutFence)
        ModelFence::heavy();
    return recorder.queue.tryIdle();
}

void World::runEventLoop()
{
    for (;;) {
        ModelCheck::waitUntil([this] { return bells > 0 || producers == 0; });
        if (bells == 0)
            return;
        --bells;
        do {
            for (Recorder *next = list.takeAll(); next;) {
                Recorder &taken = *next;
                next = taken.nextReady; // before the recorder may be pushed again
                putToSleep(taken);
            }
        } while (!list.tryIdle() && misuse != Misuse::SleepThoughListRefuses);
    }
}

Queue::Counts World::consistentCounts(std::uint64_t leastAccepted)
{
    const Queue::Counts counts = recorder().queue.counts();
    ModelCheck::require(counts.handled <= counts.accepted, "handled before it was accepted");
    ModelCheck::require(leastAccepted <= counts.accepted, "accepted fell");
    return counts;
}

std::string World::verdict() const
{
    for (const auto &recorder : recorders) {
        const auto [accepted, handled] = recorder->queue.counts();
        if (int(accepted) != recorder->accepted || handled != recorder->handled.size())
            return "the queue's counts are wrong";
        if (accepted != handled)
            return "accepted and never handled";
        if (std::set<int>(recorder->handled.begin(), recorder->handled.end()).size() != handled)
            return "handled twice";
        std::map<int, int> last; // events of producer p are numbered 10 p + 1, 10 p + 2, …
        for (const int event : recorder->handled) {
            if (event <= last[event / 10])
                return "a producer's events were reordered";
            last[event / 10] = event;
        }
    }
    return {};
}

// For models in which the consumer ends without knowing of the last events.
std::string World::drainedVerdict()
{
    for (const auto &recorder : recorders) {
        while (handleOne(*recorder)) { }
    }
    return verdict();
}

// For models in which blocks are discarded: in the end each is in the pools once, and clean.
std::string World::poolsVerdict()
{
    const std::string verdict = drainedVerdict();
    if (!verdict.empty())
        return verdict;
    for (const auto &recorder : recorders) {
        if (!recorder->queue.tryIdle())
            return "it is empty and does not fall asleep";
    }
    std::set<void *> segments;
    const auto isNew = [&segments](const auto *segment) {
        const bool isClean = !segment->slots[0].type.load() && !segment->slots[1].type.load();
        return isClean
                && segments.insert(const_cast<void *>(static_cast<const void *>(segment))).second;
    };
    while (const auto *segment = pools.segments.tryAcquire()) {
        if (!isNew(segment))
            return "a segment is there twice, or not clean";
    }
    std::set<void *> directories;
    while (auto *directory = pools.directories.tryAcquire()) {
        if (!directories.insert(directory).second)
            return "a directory is there twice";
        for (const auto &entry : directory->entries) {
            if (entry.load() && !isNew(entry.load()))
                return "a segment belongs to two, or is not clean";
        }
    }
    return {};
}

void World::discardAll()
{
    while (pools.discardOne() > 0) { }
}

std::shared_ptr<World> worldWithLanes(std::size_t maxPending, std::size_t recorders, Misuse misuse)
{
    return std::make_shared<World>(recorders, maxPending, misuse, Lanes::Yes);
}

std::function<void()> producer(const std::shared_ptr<World> &world, int first, int count,
                               std::size_t recorder)
{
    ++world->producers;
    return [world, first, count, recorder] {
        for (int i = 0; i < count; ++i)
            world->produce(first + i, recorder);
        --world->producers;
    };
}

// Waits for room.
std::function<void()> patientProducer(const std::shared_ptr<World> &world, int first, int count)
{
    return [world, first, count] {
        for (int event = first; event < first + count;) {
            if (world->produce(event) == ClaimOutcome::Full)
                ModelCheck::yield();
            else
                ++event;
        }
    };
}

// Until so many events are handled.
std::function<void()> consumerOf(const std::shared_ptr<World> &world, std::size_t count)
{
    return [world, count] {
        while (world->recorder().handled.size() < count)
            world->handleOrYield(world->recorder());
    };
}

// Looks for events, and wants to sleep then.
std::function<void()> sleepyConsumer(const std::shared_ptr<World> &world, int looks)
{
    return [world, looks] {
        for (int i = 0; i < looks; ++i)
            world->handleOne(world->recorder());
        static_cast<void>(world->tryIdle(world->recorder()));
    };
}

// Gives up before the queue is empty, and ends.
std::function<void()> endingOwner(const std::shared_ptr<World> &world)
{
    return [world] {
        Recorder &recorder = world->recorder();
        recorder.queue.close();
        while (!recorder.queue.isPublished())
            ModelCheck::yield();
        recorder.owner.set(0);
    };
}

std::function<void()> boundReader(const std::shared_ptr<World> &world)
{
    return [world] {
        const Queue &queue = world->recorder().queue;
        const auto [accepted, handled] = queue.counts();
        ModelCheck::require(accepted - handled <= queue.maxPending(),
                            "more pending than the bound allows");
    };
}

Scenario scenario(const std::shared_ptr<World> &world, std::vector<std::function<void()>> threads)
{
    return { std::move(threads), [world] {
                return world->verdict();
            } };
}

Scenario drained(const std::shared_ptr<World> &world, std::vector<std::function<void()>> threads)
{
    return { std::move(threads), [world] {
                return world->drainedVerdict();
            } };
}

} // namespace Recorders::QueueModels

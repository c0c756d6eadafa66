// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/blockpool_p.h"
#include "core/queue/eventqueue_p.h"
#include "core/queue/readylist_p.h"
#include "shared/modelchecker.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <vector>

// Models of the event queue, of the list of ready ones and of the pools, for the model checker.
namespace Recorders::QueueModels {

using namespace Internal;
using ModelCheck::Limits;
using ModelCheck::Scenario;

// Memory that is there from the beginning, and stays.
struct ModelMemory
{
    static constexpr bool canDiscard = true;
    static constexpr auto alignment = std::align_val_t{ 64 };

    static std::size_t maxReservation() { return SIZE_MAX; }
    static std::size_t pageSize() { return 1; }
    static void *reserve(std::size_t bytes) { return ::operator new(bytes, alignment); }
    static void release(void *begin, std::size_t) { ::operator delete(begin, alignment); }
    static bool commit(void *, std::size_t) { return true; }
};

struct SegmentMemory : ModelMemory
{
    static bool discard(void *segment, std::size_t bytes);
};

struct DirectoryMemory : ModelMemory
{
    static bool discard(void *directory, std::size_t bytes);
};

template <typename PoolMemory>
struct ModelPoolTraits
{
    template <typename T>
    using Atomic = ModelCheck::Atomic<T>;

    using Memory = PoolMemory;

    static constexpr std::uint32_t blocksPerChunk = 2;
    static constexpr std::uint32_t maxChunks = 8;
};

// Segments of two slots: every third event starts a new one. Of a directory, a queue for two events
// uses two entries: every fifth event uses an entry again. A queue for four uses all, which leaves
// a model without refreshed limits, and what they pass on.
struct ModelTraits
{
    template <typename T>
    using Atomic = ModelCheck::Atomic<T>;

    static constexpr std::size_t segmentSlots = 2;
    static constexpr std::size_t directoryEntries = 4;
    static constexpr std::size_t maxSpareSegments = 1;

    using SegmentPoolTraits = ModelPoolTraits<SegmentMemory>;
    using DirectoryPoolTraits = ModelPoolTraits<DirectoryMemory>;
};

struct ModelSlot
{
    ModelCheck::Plain<int> payload;
    ModelCheck::Atomic<const int *> type{ nullptr };
};

inline constexpr int modelType = 0;

using Queue = EventQueue<ModelSlot, ModelTraits>;
using Pools = Queue::Pools;

// What users of the classes can do wrong, each of which must be found.
enum class Misuse {
    None,
    PublishBeforeWaking,
    SleepThoughListRefuses,
    SleepThoughQueueRefuses,
    SleepOnNullFront,
    DrainUntilNullFront,
    FlagInsteadOfGate,
    PushEveryTime,
};

struct Recorder
{
    explicit Recorder(std::size_t maxPending, Pools &pools)
        : queue(maxPending, pools)
    {
    }

    Queue queue;
    Recorder *nextReady = nullptr;
    ModelCheck::Plain<int> owner{ 1 }; // written by the owner only while nobody is at work
    int accepted = 0;
    int full = 0;
    int refused = 0;
    int pending = 0; // never more than there are
    std::vector<int> handled;
};

// A recorder's world: an event loop with a waker, and what the scenario counts.
struct World
{
    Pools pools;
    ReadyList<Recorder, ModelCheck::Atomic> list;
    std::vector<std::unique_ptr<Recorder>> recorders;
    int producers = 0; // still at work
    int bells = 0; // rung and not answered
    ModelCheck::Atomic<bool> isStopped{ false }; // the flag beside the queue
    Misuse misuse = Misuse::None;

    World(std::size_t count, std::size_t maxPending, Misuse mistake = Misuse::None)
        : misuse(mistake)
    {
        for (std::size_t i = 0; i < count; ++i) {
            recorders.push_back(std::make_unique<Recorder>(maxPending, pools));
            recorders.back()->queue.open();
        }
    }

    Recorder &recorder(std::size_t i = 0) { return *recorders[i]; }
    ClaimOutcome produce(int event, std::size_t recorder = 0);
    void wake(Recorder &recorder);
    bool handleOne(Recorder &recorder);
    void drain(Recorder &recorder);
    void handleOrYield(Recorder &recorder);
    void putToSleep(Recorder &recorder);
    void runEventLoop();
    std::string verdict() const;
    std::string drainedVerdict();
    std::string poolsVerdict();
    void discardAll();
};

std::function<void()> producer(const std::shared_ptr<World> &world, int first, int count,
                               std::size_t recorder = 0);
Scenario scenario(const std::shared_ptr<World> &world, std::vector<std::function<void()>> threads);

// queuemodels_events.cpp
Scenario wakeUp(Misuse misuse);
Scenario sleepAndWake(Misuse misuse);
Scenario twoRecorders(Misuse misuse);
Scenario laps(std::size_t maxPending, int producers, int each);
Scenario keepingUp();
Scenario roomIsGranted();
Scenario closeAndReopen(Misuse misuse);
Scenario aClosedQueueTellsWhy();
Scenario countsAreConsistent();
Scenario countsKeepTheBound();
Scenario leftOverIsPublished();

// queuemodels_memory.cpp
Scenario limitIsPassedOn();
Scenario blocksArePassedOn();
Scenario aSegmentIsPassedOn();
Scenario aDirectoryIsPassedOn();
Scenario aDirectoryIsPassedOnToTheOtherSide();
Scenario anOldDirectoryIsForgotten();
Scenario anOldDirectoryIsDiscarded(std::size_t next);
Scenario aLateSegmentIsFound();
Scenario freeBlocksAreDiscarded();

// queuemodels_pool.cpp
struct DiscardedPool;
using Step = std::function<void(DiscardedPool &)>;
Scenario poolLendsExclusively();
Scenario poolGrows();
Scenario discarding(std::size_t allocated, std::size_t discarded, std::vector<Step> steps);
void borrowTwice(DiscardedPool &shared);
void discardTwo(DiscardedPool &shared);

} // namespace Recorders::QueueModels

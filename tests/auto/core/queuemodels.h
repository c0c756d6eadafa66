// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/blockpool_p.h"
#include "core/queue/eventqueue_p.h"
#include "core/queue/readylist_p.h"
#include "modelsearch.h"
#include "shared/modelchecker.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <source_location>
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

struct LaneMemory : ModelMemory
{
    static bool discard(void *block, std::size_t bytes);
};

// An event of a lane. A null type: the next one is in another block.
struct ModelRecord
{
    ModelCheck::Plain<const int *> type{ nullptr };
    ModelCheck::Plain<int> payload;
};

struct ModelLaneTraits
{
    template <typename T>
    using Atomic = ModelCheck::Atomic<T>;
    using Unit = ModelRecord;

    static const void *currentThread(); // a fibre
    static constexpr std::size_t prefetchDistance = 0;
    static void prefetch(const Unit *, std::size_t) { }
    static void lightFence() { } // the model checker keeps to the order of the program
};

struct ModelFence
{
    static bool isAvailable() { return s_isAvailable; }
    static void heavy(std::source_location at = std::source_location::current())
    {
        ModelCheck::heavyFence(at);
    }

    static inline bool s_isAvailable = false;
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

    // A lane comes with the second event in a row, and has blocks of two.
    using Lane = ModelLaneTraits;
    using Fence = ModelFence;
    using LaneBlockPoolTraits = ModelPoolTraits<LaneMemory>;
    using LanePoolTraits = ModelPoolTraits<ModelMemory>;
    using FirstSlotPoolTraits = ModelPoolTraits<ModelMemory>;
    static constexpr std::size_t laneBlockUnits = 2;
    static constexpr std::size_t maxSpareBlocks = 2;
    static constexpr std::uint32_t grantAfter = 1;

    static void fetch(const void *) { }
    static void markEnd(ModelRecord *place) { place->type.set(nullptr); }
    static bool isEnd(const ModelRecord *place) { return !place->type.get(); }
};

struct ModelSlot
{
    ModelCheck::Plain<int> payload;
    ModelCheck::Atomic<const int *> type{ nullptr };
    std::uint8_t lane = 0;
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
    SleepWithoutFence,
};

enum class Lanes { No, Yes };

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
    int published = 0;
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

    World(std::size_t count, std::size_t maxPending, Misuse mistake = Misuse::None,
          Lanes lanes = Lanes::No)
        : misuse(mistake)
    {
        ModelFence::s_isAvailable = lanes == Lanes::Yes;
        for (std::size_t i = 0; i < count; ++i) {
            recorders.push_back(std::make_unique<Recorder>(maxPending, pools));
            recorders.back()->queue.open();
        }
    }

    Recorder &recorder(std::size_t i = 0) { return *recorders[i]; }
    ClaimOutcome produce(int event, std::size_t recorder = 0);
    bool produceIntoLane(int event, Recorder &recorder);
    void wake(Recorder &recorder);
    bool handleOne(Recorder &recorder);
    void drain(Recorder &recorder);
    void handleOrYield(Recorder &recorder);
    void putToSleep(Recorder &recorder);
    bool tryIdle(Recorder &recorder);
    void runEventLoop();
    Queue::Counts consistentCounts(std::uint64_t leastAccepted);
    std::string verdict() const;
    std::string drainedVerdict();
    std::string poolsVerdict();
    void discardAll();
};

std::shared_ptr<World> worldWithLanes(std::size_t maxPending, std::size_t recorders = 1,
                                      Misuse misuse = Misuse::None);

// What threads do. All but the first are at work on the first recorder.
std::function<void()> producer(const std::shared_ptr<World> &world, int first, int count,
                               std::size_t recorder = 0);
std::function<void()> patientProducer(const std::shared_ptr<World> &world, int first, int count);
std::function<void()> consumerOf(const std::shared_ptr<World> &world, std::size_t count);
std::function<void()> sleepyConsumer(const std::shared_ptr<World> &world, int looks);
std::function<void()> endingOwner(const std::shared_ptr<World> &world);
std::function<void()> boundReader(const std::shared_ptr<World> &world);

// In the end everything is handled; or what is left is handled then.
Scenario scenario(const std::shared_ptr<World> &world, std::vector<std::function<void()>> threads);
Scenario drained(const std::shared_ptr<World> &world, std::vector<std::function<void()>> threads);

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

// queuemodels_lanes.cpp
Scenario aStrangerComes(int strangers);
Scenario aStrangerMeetsTheOwner();
Scenario aLaneSleeps(Misuse misuse);
Scenario aLaneIsClosed();
Scenario aLaneKeepsTheBound();
Scenario aLaneKeepsTheOrder();
Scenario aLaneReusesItsMemory();
Scenario aLaneChangesHands();
Scenario aLaneIsGrantedAgain(bool isAtOnce);
Scenario aLaneIsClosedWhileAStrangerComes();
Scenario aLaneSleepsWhileAStrangerComes();
Scenario aLaneIsLeftOver();
Scenario aLaneIsCounted();

// queuemodels_runs.cpp
Scenario aTicketIsNotForetold();
Scenario aLaneNests();
Scenario aLaneIsTakenFromAllSides();
Scenario aLeftOverLaneGoesOn();
Scenario lanesShareBlocks();
Scenario lanesAreDiscarded();

// queuemodels_memory.cpp
Scenario limitIsPassedOn();
Scenario blocksArePassedOn();
Scenario aFirstSlotIsPassedOn();
Scenario aFirstSlotIsLeftOver();
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

// queuemodels_list.cpp
const std::vector<ModelSearch::Model> &slotModels(); // queues without lanes, and pools
const std::vector<ModelSearch::Model> &laneModels();

} // namespace Recorders::QueueModels

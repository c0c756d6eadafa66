// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/queue/blockpool_p.h"
#include "core/queue/eventqueue_p.h"
#include "core/queue/readylist_p.h"
#include "shared/modelchecker.h"

#include <QRegularExpression>
#include <QTest>

#include <memory>
#include <set>
#include <utility>
#include <vector>

using namespace Recorders;
using namespace Recorders::Internal;
using ModelCheck::Limits;
using ModelCheck::MutationKind;
using ModelCheck::Result;
using ModelCheck::Scenario;

namespace {

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

constexpr int modelType = 0;

using Queue = EventQueue<ModelSlot, ModelTraits>;
using Pools = Queue::Pools;

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

ClaimOutcome World::produce(int event, std::size_t index)
{
    Recorder &target = recorder(index);
    if (misuse == Misuse::FlagInsteadOfGate && isStopped.load(std::memory_order_acquire))
        return ClaimOutcome::Closed;

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
    ModelSlot *slot = recorder.queue.front();
    if (!slot)
        return false;
    recorder.handled.push_back(slot->payload.get());
    slot->payload.set(0);
    --recorder.pending;
    recorder.queue.pop();
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
        while (!recorder.queue.tryIdle())
            handleOrYield(recorder);
    }
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

std::function<void()> producer(const std::shared_ptr<World> &world, int first, int count,
                               std::size_t recorder = 0)
{
    ++world->producers;
    return [world, first, count, recorder] {
        for (int i = 0; i < count; ++i)
            world->produce(first + i, recorder);
        --world->producers;
    };
}

Scenario scenario(const std::shared_ptr<World> &world, std::vector<std::function<void()>> threads)
{
    return { std::move(threads), [world] {
                return world->verdict();
            } };
}

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
    return { std::move(threads), [world] {
                return world->drainedVerdict();
            } };
}

// The consumer keeps up with the producer, so that entries and segments are used many times.
Scenario keepingUp()
{
    auto world = std::make_shared<World>(1, 2);
    auto patientProducer = [world] {
        for (int event = 11; event < 17;) {
            if (world->produce(event) == ClaimOutcome::Full)
                ModelCheck::yield();
            else
                ++event;
        }
    };
    auto consumer = [world] {
        while (world->recorder().handled.size() < 6)
            world->handleOrYield(world->recorder());
    };
    return scenario(world, { patientProducer, consumer });
}

// Whoever knows that there is room gets it.
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
    return { { [registerEvent] { registerEvent(11); }, [registerEvent] { registerEvent(21); },
               stopper },
             [world] {
                 return world->drainedVerdict();
             } };
}

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
// used again by whoever needs it.
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

// Whoever is refused sees why.
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
    return { { closer, user }, [world] {
                return world->drainedVerdict();
            } };
}

// Whoever reads the counts sees no event handled before it was accepted.
Scenario countsAreConsistent()
{
    auto world = std::make_shared<World>(1, 2);
    auto work = std::make_shared<ModelCheck::Plain<int>>(0);
    auto reader = [world, work] {
        std::uint64_t lastAccepted = 0;
        for (int i = 0; i < 2; ++i) {
            const auto [accepted, handled] = world->recorder().queue.counts();
            ModelCheck::require(handled <= accepted, "handled before it was accepted");
            ModelCheck::require(lastAccepted <= accepted, "accepted fell");
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

// Whoever reads the counts never sees more pending than the bound allows.
Scenario countsKeepTheBound()
{
    auto world = std::make_shared<World>(1, 1);
    auto patientProducer = [world] {
        for (int event = 11; event < 13;) {
            if (world->produce(event) == ClaimOutcome::Full)
                ModelCheck::yield();
            else
                ++event;
        }
    };
    auto consumer = [world] {
        while (world->recorder().handled.size() < 2)
            world->handleOrYield(world->recorder());
    };
    auto reader = [world] {
        const auto [accepted, handled] = world->recorder().queue.counts();
        ModelCheck::require(accepted - handled <= 1, "more pending than the bound allows");
    };
    return scenario(world, { patientProducer, consumer, reader });
}

// The consumer gives up before the queue is empty, and its owner ends.
Scenario leftOverIsPublished()
{
    auto world = std::make_shared<World>(1, 2);
    auto consumer = [world] {
        Recorder &recorder = world->recorder();
        recorder.queue.close();
        while (!recorder.queue.isPublished())
            ModelCheck::yield();
        recorder.owner.set(0);
    };
    return { { producer(world, 11, 1), producer(world, 21, 1), consumer }, [world] {
                return world->drainedVerdict();
            } };
}

struct PoolBlock
{
    ModelCheck::Plain<int> payload;
};

struct PoolBlockMemory : ModelMemory
{
    static bool discard(void *block, std::size_t)
    {
        static_cast<PoolBlock *>(block)->payload.set(0);
        return true;
    }
};

using ModelPool = BlockPool<PoolBlock, ModelPoolTraits<PoolBlockMemory>>;

// Three threads borrow the same two blocks; each has what it borrowed for itself.
Scenario poolLendsExclusively()
{
    struct Lender
    {
        ModelPool pool;
    };
    auto lender = std::make_shared<Lender>();
    (void)lender->pool.reserve(2);
    const auto borrow = [lender](int value) {
        PoolBlock *block = lender->pool.tryAcquire();
        block->payload.set(value);
        ModelCheck::require(block->payload.get() == value, "lent twice");
        lender->pool.release(block);
    };
    const auto borrowTwo = [lender] {
        PoolBlock *first = lender->pool.tryAcquire();
        PoolBlock *second = lender->pool.tryAcquire();
        first->payload.set(1);
        second->payload.set(2);
        lender->pool.release(first);
        lender->pool.release(second);
    };
    auto check = [lender]() -> std::string {
        const bool all = lender->pool.blocksFree() == lender->pool.blocksAllocated();
        return all ? "" : "a block was lost";
    };
    return { { borrowTwo, [borrow] { borrow(3); },
               [borrow] {
                   borrow(4), borrow(5);
               } },
             check };
}

void keepForever(std::shared_ptr<void> broken)
{
    static auto *const kept = new std::vector<std::shared_ptr<void>>; // never destroyed
    kept->push_back(std::move(broken));
}

// Two threads find the pool empty and add a chunk each.
Scenario poolGrows()
{
    struct Lender
    {
        ModelPool pool;
        std::array<PoolBlock *, 2> lent{};
    };
    auto lender = std::make_shared<Lender>();
    const auto borrow = [lender](std::size_t i) {
        lender->lent[i] = lender->pool.tryAcquire();
        lender->lent[i]->payload.set(int(i));
    };
    auto check = [lender]() -> std::string {
        auto &[pool, lent] = *lender;
        if (lent[0] == lent[1])
            return "lent twice";
        if (std::abs(lent[0] - lent[1]) > 16) {
            keepForever(lender); // it would destroy what it did not make
            return "two regions";
        }
        if (pool.blocksFree() + 2 != pool.blocksAllocated())
            return "a block was lost";
        pool.release(lent[0]);
        pool.release(lent[1]);
        return pool.blocksFree() == pool.blocksAllocated() ? "" : "two blocks have one number";
    };
    return { { [borrow] { borrow(0); },
               [borrow] {
                   borrow(1);
               } },
             check };
}

// Blocks of which some are discarded. Users release them clean.
struct DiscardedPool
{
    ModelPool pool;

    void borrow()
    {
        PoolBlock *const block = pool.tryAcquire();
        ModelCheck::require(block->payload.get() == 0, "lent twice, or not clean");
        block->payload.set(1);
        ModelCheck::require(block->payload.get() == 1, "lent twice, or discarded");
        block->payload.set(0);
        pool.release(block);
    }

    std::string verdict()
    {
        if (pool.blocksFree() != pool.blocksAllocated())
            return "a block was lost, or miscounted";
        std::set<PoolBlock *> lent;
        while (PoolBlock *const block = pool.tryAcquire()) {
            if (block->payload.get() != 0 || !lent.insert(block).second)
                return "lent twice, or not clean";
        }
        return lent.size() == 16 ? "" : "a block was lost";
    }
};

using Step = std::function<void(DiscardedPool &)>;

Scenario discarding(std::size_t allocated, std::size_t discarded, std::vector<Step> steps)
{
    auto shared = std::make_shared<DiscardedPool>();
    (void)shared->pool.reserve(allocated);
    for (std::size_t i = 0; i < discarded; ++i)
        (void)shared->pool.discardOne();
    std::vector<std::function<void()>> threads;
    for (const Step &step : steps) {
        threads.emplace_back([shared, step] { step(*shared); });
    }
    return { std::move(threads), [shared] {
                return shared->verdict();
            } };
}

void borrowTwice(DiscardedPool &shared)
{
    shared.borrow();
    shared.borrow();
}

void discardTwo(DiscardedPool &shared)
{
    (void)shared.pool.discardOne();
    (void)shared.pool.discardOne();
}

// The whole search takes half a minute with -O2, and five times as long without. Without, the tests
// look at the beginning only.
#ifdef __OPTIMIZE__
constexpr bool isThorough = true;
constexpr std::uint64_t firstLook = 2000;
#else
constexpr bool isThorough = false;
constexpr std::uint64_t firstLook = 500;
#endif

struct Model
{
    const char *name;
    std::function<Scenario()> make;
    Limits limits;
};

const std::vector<Model> &models()
{
    using std::bind_front;
    static const std::vector<Model> all{
        { "pool lends exclusively", poolLendsExclusively, { 2, 2 } },
        { "pool grows", poolGrows, { 3, 3 } },
        { "blocks are discarded",
          bind_front(discarding, 2, 0, std::vector<Step>{ borrowTwice, discardTwo }),
          { 3, 2 } },
        { "two threads discard blocks",
          bind_front(discarding, 4, 0, std::vector<Step>{ discardTwo, discardTwo }),
          { 2, 2 } },
        { "discarded blocks are used again",
          bind_front(discarding, 2, 2, std::vector<Step>{ borrowTwice, borrowTwice }),
          { 2, 2 } },
        { "blocks are discarded and used again",
          bind_front(discarding, 2, 1, std::vector<Step>{ borrowTwice, borrowTwice, discardTwo }),
          { 2, 1 } },
        { "consistent counts", countsAreConsistent, { 2, 3 } },
        { "counts keep the bound", countsKeepTheBound, { 2, 2 } },
        { "left over is published", leftOverIsPublished, { 2, 2 } },
        { "sleep and wake", bind_front(sleepAndWake, Misuse::None), { 2, 3 } },
        { "close and reopen", bind_front(closeAndReopen, Misuse::None), { 2, 2 } },
        { "room is granted", roomIsGranted, { 2, 2 } },
        { "keeping up with a producer", keepingUp, { 2, 2 } },
        { "limit is passed on", limitIsPassedOn, { 1, 1 } },
        { "blocks are passed on", blocksArePassedOn, { 2, 1 } },
        { "a segment is passed on", aSegmentIsPassedOn, { 1, 1 } },
        { "a directory is passed on", aDirectoryIsPassedOn, { 1, 1 } },
        { "a directory is passed on to the other side",
          aDirectoryIsPassedOnToTheOtherSide,
          { 1, 1 } },
        { "an old directory is forgotten", anOldDirectoryIsForgotten, { 1, 1 } },
        { "an old directory is discarded",
          bind_front(anOldDirectoryIsDiscarded, std::size_t{ 0 }),
          { 2, 1 } },
        { "an old directory is discarded and serves another",
          bind_front(anOldDirectoryIsDiscarded, std::size_t{ 1 }),
          { 2, 1 } },
        { "a late segment is found", aLateSegmentIsFound, { 2, 2 } },
        { "free blocks are discarded", freeBlocksAreDiscarded, { 2, 1 } },
        { "a closed queue tells why", aClosedQueueTellsWhy, { 2, 2 } },
        { "wake-up", bind_front(wakeUp, Misuse::None), { 2, 1 } },
        { "bound of one", bind_front(laps, 1, 2, 2), { 2, 1 } },
        { "bound of two", bind_front(laps, 2, 2, 2), { 1, 2 } },
        { "two recorders share blocks", bind_front(twoRecorders, Misuse::None), { 2, 1 } },
    };
    return all;
}

} // namespace

class tst_EventQueueModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // The checker itself.
    void findsMissingOrders();
    void findsDeadlocks();

    // The shipped algorithms.
    void isCorrectInEveryExecution_data();
    void isCorrectInEveryExecution();

    // Nothing in them is superfluous.
    void needsEveryOrderAndEveryExchange_data();
    void needsEveryOrderAndEveryExchange();

    // Rules for their users.
    void findsMisuse_data();
    void findsMisuse();
};

void tst_EventQueueModels::initTestCase()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("The checker changes stacks, which sanitizers take for a mistake.");
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    QSKIP("The checker changes stacks, which sanitizers take for a mistake.");
#  endif
#endif
}

void tst_EventQueueModels::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    ModelCheck::Internal::Engine::instance().mutation = {};
}

void tst_EventQueueModels::findsMissingOrders()
{
    const auto handOver = [](std::memory_order publish, std::memory_order look) {
        struct State
        {
            ModelCheck::Plain<int> value;
            ModelCheck::Atomic<bool> isReady{ false };
        };
        auto state = std::make_shared<State>();
        return Scenario{ { [state, publish] {
                              state->value.set(1);
                              state->isReady.store(true, publish);
                          },
                           [state, look] {
                               if (state->isReady.load(look))
                                   (void)state->value.get();
                           } },
                         {} };
    };
    using enum std::memory_order;

    const Result right = ModelCheck::explore([&] { return handOver(release, acquire); });
    const Result noRelease = ModelCheck::explore([&] { return handOver(relaxed, acquire); });
    const Result noAcquire = ModelCheck::explore([&] { return handOver(release, relaxed); });

    QVERIFY(right.isComplete && right.error.empty());
    QCOMPARE(noRelease.error, "data race: write and read");
    QCOMPARE(noAcquire.error, "data race: write and read");
}

void tst_EventQueueModels::findsDeadlocks()
{
    const auto waitForEver = [] {
        return Scenario{ { [] {
                             ModelCheck::waitUntil([] { return false; });
                         } },
                         {} };
    };
    const auto spinForEver = [] {
        auto word = std::make_shared<ModelCheck::Atomic<int>>(0);
        return Scenario{ { [word] {
                             while (word->load(std::memory_order_relaxed) == 0)
                                 ModelCheck::yield();
                         } },
                         {} };
    };

    const Result deadlock = ModelCheck::explore(waitForEver);
    const Result spinning = ModelCheck::explore(spinForEver);

    QCOMPARE(deadlock.error, "deadlock: every thread that is left waits");
    QCOMPARE(spinning.error, "deadlock: every thread that is left waits");
}

void tst_EventQueueModels::isCorrectInEveryExecution_data()
{
    QTest::addColumn<std::function<Scenario()>>("make");
    QTest::addColumn<Limits>("limits");

    for (const Model &model : models())
        QTest::newRow(model.name) << model.make << model.limits;
}

void tst_EventQueueModels::isCorrectInEveryExecution()
{
    QFETCH(const std::function<Scenario()>, make);
    QFETCH(Limits, limits);
    if (!isThorough)
        limits.executions = firstLook;

    const Result result = ModelCheck::explore(make, limits);

    QCOMPARE(QString::fromStdString(result.error), QString());
    QVERIFY(result.isComplete || !isThorough);
    qInfo("%llu executions, at most %d preemptions and %d stale loads",
          static_cast<unsigned long long>(result.executions), limits.preemptions,
          limits.staleLoads);
}

namespace {

// What the source of a mutation is called: class::function(), without its template arguments.
QByteArray shortName(const std::string &function)
{
    const QByteArray text = QByteArray::fromStdString(function);
    const auto end = text.indexOf('(');
    const auto start = text.lastIndexOf(':', end) + 1;
    return text.mid(start, end - start);
}

std::map<ModelCheck::Site, ModelCheck::Operation> recordedOperations()
{
    std::map<ModelCheck::Site, ModelCheck::Operation> operations;
    auto &engine = ModelCheck::Internal::Engine::instance();
    engine.recording = &operations;
    for (const Model &model : models())
        (void)ModelCheck::explore(model.make, { .executions = 3000 });
    engine.recording = nullptr;
    return operations;
}

std::vector<std::pair<MutationKind, const char *>>
mutationsOf(const ModelCheck::Operation &operation)
{
    using namespace ModelCheck::Internal;
    std::vector<std::pair<MutationKind, const char *>> kinds;
    if (acquires(operation.success))
        kinds.emplace_back(MutationKind::DropAcquire, "without acquire");
    if (releases(operation.success))
        kinds.emplace_back(MutationKind::DropRelease, "without release");
    if (acquires(operation.failure))
        kinds.emplace_back(MutationKind::DropFailureAcquire, "without acquire when it fails");
    if (operation.isExchange)
        kinds.emplace_back(MutationKind::Split, "in two steps");
    return kinds;
}

} // namespace

namespace {

// What no model can need, and why it is there all the same.
bool isNeededOtherwise(const QByteArray &function, MutationKind kind)
{
    // The checker does not watch that a region was mapped, or a block constructed, before somebody
    // else uses it.
    if (function == "provideRegion" && kind != MutationKind::Split)
        return true;
    if (kind == MutationKind::DropAcquire) {
        return function == "takeSegment" || function == "giveBackSide"
                || function == "provideSegment";
    }
    // A tail that is closed is changed by close() only, to what it is. Being one step keeps the
    // release sequence simple (P5).
    return kind == MutationKind::Split && function == "open";
}

} // namespace

void tst_EventQueueModels::needsEveryOrderAndEveryExchange_data()
{
    QTest::addColumn<ModelCheck::Mutation>("mutation");

    for (const auto &[site, operation] : recordedOperations()) {
        for (const auto &[kind, what] : mutationsOf(operation)) {
            const QByteArray function = shortName(operation.function);
            if (isNeededOtherwise(function, kind))
                continue;
            const QByteArray file = QByteArray::fromStdString(site.file);
            QTest::addRow("%s, line %u: %s in %s() %s",
                          file.mid(file.lastIndexOf('/') + 1).constData(), site.line,
                          operation.name, function.constData(), what)
                    << ModelCheck::Mutation{ kind, site };
        }
    }
}

void tst_EventQueueModels::needsEveryOrderAndEveryExchange()
{
    QFETCH(const ModelCheck::Mutation, mutation);

    ModelCheck::Internal::Engine::instance().mutation = mutation;
    // First a short look at every model: most of what is wrong shows early.
    for (const std::uint64_t executions :
         { firstLook, isThorough ? Limits{}.executions : firstLook }) {
        for (const Model &model : models()) {
            Limits limits = model.limits;
            limits.executions = executions;
            const Result result = ModelCheck::explore(model.make, limits);
            if (!result.error.empty()) {
                qInfo("found by \"%s\" in execution %llu: %s", model.name,
                      static_cast<unsigned long long>(result.executions), result.error.c_str());
                return;
            }
        }
    }
    if (!isThorough)
        QSKIP("Not found at the beginning of the search; the rest needs an optimized build.");
    QFAIL("no model needs this");
}

void tst_EventQueueModels::findsMisuse_data()
{
    QTest::addColumn<std::function<Scenario()>>("make");

    using std::bind_front;
    using Make = std::function<Scenario()>;
    QTest::newRow("publishing before waking")
            << Make(bind_front(closeAndReopen, Misuse::PublishBeforeWaking));
    QTest::newRow("sleeping though the list refuses")
            << Make(bind_front(twoRecorders, Misuse::SleepThoughListRefuses));
    QTest::newRow("sleeping though the queue refuses")
            << Make(bind_front(sleepAndWake, Misuse::SleepThoughQueueRefuses));
    QTest::newRow("sleeping when the front is null")
            << Make(bind_front(sleepAndWake, Misuse::SleepOnNullFront));
    QTest::newRow("stopping when the front is null")
            << Make(bind_front(closeAndReopen, Misuse::DrainUntilNullFront));
    QTest::newRow("stopping with a flag beside the queue")
            << Make(bind_front(closeAndReopen, Misuse::FlagInsteadOfGate));
    QTest::newRow("pushing a recorder that was not asleep")
            << Make(bind_front(sleepAndWake, Misuse::PushEveryTime));
}

void tst_EventQueueModels::findsMisuse()
{
    QFETCH(const std::function<Scenario()>, make);

    const Result result = ModelCheck::explore(make);

    QVERIFY(!result.error.empty());
    qInfo("found in execution %llu: %s", static_cast<unsigned long long>(result.executions),
          result.error.c_str());
}

QTEST_APPLESS_MAIN(tst_EventQueueModels)
#include "tst_eventqueue_models.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Models of the pool of blocks.

#include "queuemodels.h"

#include <array>
#include <memory>
#include <set>
#include <utility>

namespace Recorders::QueueModels {

namespace {

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

} // namespace

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

namespace {

void keepForever(std::shared_ptr<void> broken)
{
    static auto *const kept = new std::vector<std::shared_ptr<void>>; // never destroyed
    kept->push_back(std::move(broken));
}

} // namespace

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

} // namespace Recorders::QueueModels

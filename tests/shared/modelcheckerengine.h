// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/modelcheckertypes.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include <setjmp.h>
#include <signal.h>
#include <ucontext.h>

// Runs the threads of a scenario as fibres, one schedule after the other; see modelchecker.h.
namespace Recorders::ModelCheck {

namespace Internal {

struct Fibre
{
    ucontext_t context;
    std::vector<char> stack;
    std::function<void()> body;
    std::function<bool()> mayRun; // empty: always
    const void *sleepsAt = nullptr; // until another wakes it
    bool isDone = true;
    bool hasStored = false; // since it was last asked whether another goes on
    std::uint64_t stores = 0; // of this fibre
    std::uint64_t foreignStoresSeen = 0; // of others, when it last yielded
    std::uint64_t freshUpTo = 0; // loads return no store that was overwritten before this one
    std::function<void()> postponed; // a store that the next load overtakes
    VectorClock now; // what happens-before the fibre's next step
    VectorClock releaseFence; // what its relaxed stores release
    VectorClock acquireFence; // what its relaxed loads would have acquired
};

constexpr bool acquires(std::memory_order order)
{
    return order == std::memory_order_acquire || order == std::memory_order_acq_rel
            || order == std::memory_order_seq_cst;
}

constexpr bool releases(std::memory_order order)
{
    return order == std::memory_order_release || order == std::memory_order_acq_rel
            || order == std::memory_order_seq_cst;
}

class Engine
{
public:
    static Engine &instance()
    {
        static Engine engine;
        return engine;
    }

    Result explore(const std::function<Scenario()> &make, Limits limits)
    {
        const CrashTrap trap;
        m_trail.clear();
        m_limits = limits;
        Result result;
        do {
            auto scenario = std::make_unique<Scenario>(make());
            result.error = runOnce(*scenario);
            if (!result.error.empty())
                static_cast<void>(scenario.release()); // a world that is broken is left alone
            ++result.executions;
            result.isComplete = !advanceTrail();
        } while (result.error.empty() && !result.isComplete
                 && result.executions < limits.executions);
        return result;
    }

    bool isModelling() const { return m_current >= 0; }
    std::size_t self() const { return std::size_t(m_current); }
    Fibre &fibre() { return m_fibres[self()]; }
    std::uint32_t tick() { return ++fibre().now.times[self()]; }
    std::uint64_t countStore()
    {
        ++fibre().stores;
        fibre().hasStored = true;
        return ++m_stores;
    }

    // Picks one of n ways to go on; the search will try them all, 0 first.
    unsigned choose(std::size_t n)
    {
        if (n <= 1)
            return 0;
        if (m_position == m_trail.size())
            m_trail.push_back({ 0, unsigned(n) });
        return m_trail[m_position++].picked;
    }

    // Picks one of the newest n values; returns by how many it is out of date.
    std::size_t chooseAge(std::size_t n)
    {
        if (m_staleLoads == m_limits.staleLoads)
            return 0;
        const unsigned age = choose(n);
        if (age > 0)
            ++m_staleLoads;
        return age;
    }

    void step()
    {
        if (++m_steps > stepLimit)
            fail("livelock");
        if (std::exchange(fibre().hasStored, false))
            reschedule();
    }

    // Goes on, and then sees the newest values, if others have stored since the last time.
    void yield()
    {
        if (++m_steps > stepLimit)
            fail("livelock");
        Fibre &spinning = fibre();
        const auto foreignStores = [this, &spinning] {
            return m_stores - spinning.stores;
        };
        waitUntil([&] { return foreignStores() != spinning.foreignStoresSeen; });
        spinning.foreignStoresSeen = foreignStores();
        spinning.freshUpTo = m_stores;
    }

    void waitUntil(std::function<bool()> condition)
    {
        fibre().mayRun = std::move(condition);
        reschedule();
        fibre().mayRun = nullptr;
    }

    void sleep(const void *place)
    {
        Fibre &sleeper = fibre();
        sleeper.sleepsAt = place;
        waitUntil([&sleeper] { return !sleeper.sleepsAt; });
    }

    // One of those that sleep there, the search will try each. Orders nothing.
    void wakeOne(const void *place)
    {
        std::array<Fibre *, maxThreads> sleepers;
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_count; ++i) {
            if (m_fibres[i].sleepsAt == place)
                sleepers[count++] = &m_fibres[i];
        }
        if (count > 0)
            sleepers[choose(count)]->sleepsAt = nullptr;
        fibre().hasStored = true; // others may go on
    }

    void fail(const std::string &error)
    {
        if (m_error.empty())
            m_error = error;
        if (isModelling())
            swapcontext(&fibre().context, &m_home); // and never back
    }

    // Where it happened cannot be gone on.
    void crash(const char *error)
    {
        fail(error);
        siglongjmp(m_verdictEnd, 1);
    }

    void synchronizeSequentially()
    {
        fibre().now.join(m_sequential);
        m_sequential.join(fibre().now);
    }

    // What any fibre has stored by now is seen by all that they load from now on. Orders nothing else.
    void interruptAll()
    {
        for (Fibre &each : m_fibres)
            each.freshUpTo = m_stores;
        fibre().hasStored = true;
    }

    // Executes a store that was to come before the load that has just been executed.
    void executePostponed()
    {
        if (const auto store = std::exchange(fibre().postponed, nullptr)) {
            fibre().hasStored = true; // others may come in between
            store();
        }
    }

    Mutation mutation;
    std::map<Site, Operation> *recording = nullptr;

private:
    // What is wrong may follow a null pointer or fail an assertion; that ends the run, not the
    // program.
    class CrashTrap
    {
    public:
        CrashTrap()
        {
            struct sigaction action = {};
            action.sa_handler = [](int signal) {
                instance().crash(signal == SIGABRT ? "an assertion failed"
                                                   : "a wild pointer was followed");
            };
            sigaction(SIGSEGV, &action, &m_formerSegv);
            sigaction(SIGABRT, &action, &m_formerAbort);
        }
        ~CrashTrap()
        {
            sigaction(SIGSEGV, &m_formerSegv, nullptr);
            sigaction(SIGABRT, &m_formerAbort, nullptr);
        }
        CrashTrap(const CrashTrap &) = delete;
        CrashTrap &operator=(const CrashTrap &) = delete;

    private:
        struct sigaction m_formerSegv = {};
        struct sigaction m_formerAbort = {};
    };

    struct Choice
    {
        unsigned picked;
        unsigned count;
    };

    static constexpr std::uint64_t stepLimit = 5'000;
    static constexpr std::size_t stackSize = 64 * 1024;

    std::string runOnce(const Scenario &scenario)
    {
        m_position = 0;
        m_preemptions = 0;
        m_staleLoads = 0;
        m_steps = 0;
        m_stores = 0;
        m_error.clear();
        m_sequential = {};
        m_count = scenario.threads.size();
        for (std::size_t i = 0; i < m_count; ++i)
            prepare(i, scenario.threads[i]);
        reschedule();
        m_current = -1;
        return m_error.empty() && scenario.verdict ? verdictOf(scenario) : m_error;
    }

    // It may follow a wild pointer as well.
    std::string verdictOf(const Scenario &scenario)
    {
        if (sigsetjmp(m_verdictEnd, 1) != 0)
            return m_error;
        return scenario.verdict();
    }

    void prepare(std::size_t index, std::function<void()> body)
    {
        Fibre &fibre = m_fibres[index];
        std::vector<char> stack = std::move(fibre.stack);
        stack.resize(stackSize);
        fibre = {};
        fibre.stack = std::move(stack);
        fibre.body = std::move(body);
        fibre.isDone = false;
        fibre.now.times[index] = 1;
        getcontext(&fibre.context);
        fibre.context.uc_stack.ss_sp = fibre.stack.data();
        fibre.context.uc_stack.ss_size = fibre.stack.size();
        fibre.context.uc_link = &m_home;
        makecontext(&fibre.context, &Engine::enter, 0);
    }

    static void enter()
    {
        Engine &engine = instance();
        engine.fibre().body();
        engine.fibre().isDone = true;
        engine.reschedule();
    }

    // Drops the choices that are exhausted and takes the next way at the last that is not.
    bool advanceTrail()
    {
        while (!m_trail.empty() && m_trail.back().picked + 1 == m_trail.back().count)
            m_trail.pop_back();
        if (m_trail.empty())
            return false;
        ++m_trail.back().picked;
        return true;
    }

    bool canRun(std::size_t index) const
    {
        const Fibre &fibre = m_fibres[index];
        return !fibre.isDone && (!fibre.mayRun || fibre.mayRun());
    }

    void reschedule()
    {
        const bool canStay = isModelling() && canRun(self());
        std::array<std::size_t, maxThreads> candidates;
        std::size_t count = 0;
        if (canStay)
            candidates[count++] = self();
        if (!canStay || m_preemptions < m_limits.preemptions) {
            for (std::size_t i = 0; i < m_count; ++i) {
                if (int(i) != m_current && canRun(i))
                    candidates[count++] = i;
            }
        }
        if (count == 0)
            return stop();
        const std::size_t next = candidates[choose(count)];
        if (int(next) == m_current)
            return;
        if (canStay)
            ++m_preemptions;
        ucontext_t *from = isModelling() ? &fibre().context : &m_home;
        m_current = int(next);
        swapcontext(from, &m_fibres[next].context);
    }

    void stop()
    {
        for (std::size_t i = 0; i < m_count; ++i) {
            if (!m_fibres[i].isDone)
                fail("deadlock: every thread that is left waits");
        }
        if (isModelling())
            swapcontext(&fibre().context, &m_home);
    }

    std::array<Fibre, maxThreads> m_fibres;
    std::size_t m_count = 0;
    int m_current = -1; // -1: outside of all fibres
    ucontext_t m_home;
    std::vector<Choice> m_trail;
    std::size_t m_position = 0;
    int m_preemptions = 0;
    int m_staleLoads = 0;
    Limits m_limits;
    std::uint64_t m_steps = 0;
    std::uint64_t m_stores = 0;
    std::string m_error;
    sigjmp_buf m_verdictEnd{};
    VectorClock m_sequential;
};

inline bool isMutated(MutationKind kind, const std::source_location &at)
{
    const Mutation &mutation = Engine::instance().mutation;
    return mutation.kind == kind && mutation.site.line == at.line()
            && mutation.site.column == at.column() && mutation.site.file == at.file_name();
}

inline std::memory_order weakened(std::memory_order order, const std::source_location &at)
{
    if (Engine::instance().mutation.kind == MutationKind::None)
        return order;
    bool acquire = acquires(order);
    bool release = releases(order);
    if (isMutated(MutationKind::DropAcquire, at))
        acquire = false;
    else if (isMutated(MutationKind::DropRelease, at))
        release = false;
    else
        return order;
    if (acquire)
        return std::memory_order_acquire;
    return release ? std::memory_order_release : std::memory_order_relaxed;
}

inline void record(const Operation &operation, const std::source_location &at)
{
    if (auto *recording = Engine::instance().recording) {
        Operation named = operation;
        named.function = at.function_name();
        recording->try_emplace({ at.file_name(), at.line(), at.column() }, named);
    }
}

} // namespace Internal

} // namespace Recorders::ModelCheck

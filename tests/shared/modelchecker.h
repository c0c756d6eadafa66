// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include <signal.h>
#include <ucontext.h>

/*
    A stateless model checker for code that takes its atomics as a template parameter.

    explore() runs a scenario again and again, each time with another schedule, until it has seen
    all schedules with at most so many preemptions, and in each of them all values that the C++20
    memory model lets loads return, at most so many of which are not the newest; or until one goes
    wrong: a failed require(), a data race on a Plain, a deadlock, a livelock, a wild pointer,
    a failed assertion, or a verdict that is not empty.

    Threads are fibres. Each store keeps its place in the modification order, what it released,
    and who has seen it since when. A load may return the newest store or any older one, down to
    the last that happens-before it or that something that happens-before it has seen
    (coherence). Depth-first search: the choices of a run form a trail, the next run repeats it
    but for its last open choice.

    The scheduler may switch between a thread's store, exchange or fence and its next operation.
    That is enough: a switch after a load is the same as one before it, since what others store
    meanwhile never keeps the load from returning the value that it would have returned earlier.

    A mutation changes one operation, named by its place in the source, in an otherwise untouched
    program: it loses an order, or its atomicity. So tests can ask for every order whether
    anything depends on it.

    Limits: seq_cst is modelled slightly too strong; a compare-exchange neither fails without
    reason nor, when it fails, returns an old value; at most maxThreads threads. Not for programs
    built with a sanitizer: those must be told of a switch of stacks, and are not.
*/
namespace Recorders::ModelCheck {

inline constexpr std::size_t maxThreads = 4;

struct Scenario
{
    std::vector<std::function<void()>> threads;
    std::function<std::string()> verdict; // after all threads have ended; empty: as it should be
};

struct Limits
{
    int preemptions = 2; // a thread that could go on does not
    int staleLoads = 2; // a load does not return the newest value
    std::uint64_t executions = 3'000'000;
};

struct Result
{
    std::string error; // empty: nothing found
    std::uint64_t executions = 0;
    bool isComplete = false; // the search ended by itself
};

enum class MutationKind { None, DropAcquire, DropRelease, DropFailureAcquire, Split };

struct Site
{
    std::string file;
    unsigned line = 0;
    unsigned column = 0;
    auto operator<=>(const Site &) const = default;
};

struct Mutation
{
    MutationKind kind = MutationKind::None;
    Site site;
};

struct Operation
{
    const char *name;
    std::string function;
    std::memory_order success;
    std::memory_order failure;
    bool isExchange;
};

namespace Internal {

struct VectorClock
{
    std::array<std::uint32_t, maxThreads> times{};

    void join(const VectorClock &other)
    {
        for (std::size_t i = 0; i < maxThreads; ++i)
            times[i] = std::max(times[i], other.times[i]);
    }
    bool meets(const VectorClock &other) const // one of our (non-zero) times is known to other
    {
        for (std::size_t i = 0; i < maxThreads; ++i) {
            if (times[i] != 0 && times[i] <= other.times[i])
                return true;
        }
        return false;
    }
    bool isWithin(const VectorClock &other) const // all our times are known to other
    {
        for (std::size_t i = 0; i < maxThreads; ++i) {
            if (times[i] > other.times[i])
                return false;
        }
        return true;
    }
};

struct Fibre
{
    ucontext_t context;
    std::vector<char> stack;
    std::function<void()> body;
    std::function<bool()> mayRun; // empty: always
    bool isDone = true;
    bool hasStored = false; // since it was last asked whether another goes on
    std::uint64_t stores = 0; // of this fibre
    std::uint64_t foreignStoresSeen = 0; // of others, when it last yielded
    std::uint64_t freshUpTo = 0; // loads return no store that was overwritten before this one
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
            result.error = runOnce(make());
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

    void fail(const std::string &error)
    {
        if (m_error.empty())
            m_error = error;
        if (isModelling())
            swapcontext(&fibre().context, &m_home); // and never back
    }

    void synchronizeSequentially()
    {
        fibre().now.join(m_sequential);
        m_sequential.join(fibre().now);
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
                instance().fail(signal == SIGABRT ? "an assertion failed"
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
        return m_error.empty() && scenario.verdict ? scenario.verdict() : m_error;
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

inline Result explore(const std::function<Scenario()> &make, Limits limits = {})
{
    return Internal::Engine::instance().explore(make, limits);
}

// The functions below are for the threads of a scenario.

inline void require(bool condition, const char *whatElse)
{
    if (!condition)
        Internal::Engine::instance().fail(whatElse);
}

inline void yield()
{
    Internal::Engine::instance().yield();
}

// The condition may look at plain variables of the scenario. Waiting orders nothing.
inline void waitUntil(std::function<bool()> condition)
{
    Internal::Engine::instance().waitUntil(std::move(condition));
}

inline void fence(std::memory_order order)
{
    auto &engine = Internal::Engine::instance();
    engine.step();
    Internal::Fibre &fibre = engine.fibre();
    if (Internal::acquires(order))
        fibre.now.join(fibre.acquireFence);
    if (order == std::memory_order_seq_cst)
        engine.synchronizeSequentially();
    if (Internal::releases(order))
        fibre.releaseFence = fibre.now;
    fibre.hasStored = true;
    engine.tick();
}

template <typename T>
class Atomic
{
    using Order = std::memory_order;
    using Location = std::source_location;
    using Engine = Internal::Engine;
    using Kind = MutationKind;

public:
    Atomic(T value = T())
        : m_first{ value, {}, {}, 0 }
    {
    }
    Atomic(const Atomic &) = delete;
    Atomic &operator=(const Atomic &) = delete;

    T load(Order order = std::memory_order_seq_cst, Location at = Location::current()) const
    {
        auto &engine = Engine::instance();
        if (!engine.isModelling())
            return newest().value;
        Internal::record({ "load", {}, order, std::memory_order_relaxed, false }, at);
        order = Internal::weakened(order, at);
        begin(order);
        const std::size_t oldest = oldestVisible();
        const Store &store =
                storeAt(m_later.size() - engine.chooseAge(m_later.size() + 1 - oldest));
        see(store, order);
        return store.value;
    }

    void store(T value, Order order = std::memory_order_seq_cst, Location at = Location::current())
    {
        if (!Engine::instance().isModelling()) {
            newest().value = value;
            return;
        }
        Internal::record({ "store", {}, order, std::memory_order_relaxed, false }, at);
        order = Internal::weakened(order, at);
        begin(order);
        append(value, order, nullptr);
    }

    T exchange(T value, Order order = std::memory_order_seq_cst, Location at = Location::current())
    {
        return change(
                "exchange", [value](T) { return value; }, order, at);
    }
    T fetch_add(T value, Order order = std::memory_order_seq_cst, Location at = Location::current())
    {
        return change(
                "fetch_add", [value](T old) { return T(old + value); }, order, at);
    }
    T fetch_sub(T value, Order order = std::memory_order_seq_cst, Location at = Location::current())
    {
        return change(
                "fetch_sub", [value](T old) { return T(old - value); }, order, at);
    }
    T fetch_or(T value, Order order = std::memory_order_seq_cst, Location at = Location::current())
    {
        return change(
                "fetch_or", [value](T old) { return T(old | value); }, order, at);
    }
    T fetch_and(T value, Order order = std::memory_order_seq_cst, Location at = Location::current())
    {
        return change(
                "fetch_and", [value](T old) { return T(old & value); }, order, at);
    }

    bool compare_exchange_weak(T &expected, T desired, Order success, Order failure,
                               Location at = Location::current())
    {
        return compareExchange("compare_exchange_weak", expected, desired, success, failure, at);
    }
    bool compare_exchange_strong(T &expected, T desired, Order success, Order failure,
                                 Location at = Location::current())
    {
        return compareExchange("compare_exchange_strong", expected, desired, success, failure, at);
    }

private:
    struct Store
    {
        T value;
        Internal::VectorClock released; // what an acquire of this store synchronizes with
        mutable Internal::VectorClock seen; // since when which thread knows of this store
        std::uint64_t number; // among all stores of the run
    };

    Store &storeAt(std::size_t i) { return i == 0 ? m_first : m_later[i - 1]; }
    const Store &storeAt(std::size_t i) const { return i == 0 ? m_first : m_later[i - 1]; }
    Store &newest() { return storeAt(m_later.size()); }
    const Store &newest() const { return storeAt(m_later.size()); }

    static void begin(Order order)
    {
        Engine::instance().step();
        Engine::instance().tick();
        if (order == std::memory_order_seq_cst)
            Engine::instance().synchronizeSequentially();
    }

    std::size_t oldestVisible() const
    {
        const Internal::Fibre &fibre = Engine::instance().fibre();
        for (std::size_t i = m_later.size(); i > 0; --i) {
            const Store &store = m_later[i - 1];
            if (store.seen.meets(fibre.now) || store.number <= fibre.freshUpTo)
                return i;
        }
        return 0;
    }

    static void see(const Store &store, Order order)
    {
        auto &engine = Engine::instance();
        Internal::Fibre &fibre = engine.fibre();
        (Internal::acquires(order) ? fibre.now : fibre.acquireFence).join(store.released);
        std::uint32_t &since = store.seen.times[engine.self()];
        if (since == 0)
            since = fibre.now.times[engine.self()];
    }

    void append(T value, Order order, const Internal::VectorClock *releaseSequence)
    {
        auto &engine = Engine::instance();
        const Internal::Fibre &fibre = engine.fibre();
        Internal::VectorClock released = Internal::releases(order) ? fibre.now : fibre.releaseFence;
        if (releaseSequence)
            released.join(*releaseSequence);
        Internal::VectorClock seen;
        seen.times[engine.self()] = fibre.now.times[engine.self()];
        if (order == std::memory_order_seq_cst)
            engine.synchronizeSequentially();
        m_later.push_back({ value, released, seen, engine.countStore() });
    }

    // Stores after a look at the newest value; in between, if mutated, others may come.
    void complete(T value, Order order, Location at)
    {
        if (Internal::isMutated(Kind::Split, at)) {
            Engine::instance().fibre().hasStored = true;
            begin(order);
            append(value, order, nullptr);
        } else {
            const Internal::VectorClock carried = newest().released;
            append(value, order, &carried);
        }
    }

    template <typename Function>
    T change(const char *name, Function function, Order order, Location at)
    {
        if (!Engine::instance().isModelling())
            return std::exchange(newest().value, function(newest().value));
        Internal::record({ name, {}, order, std::memory_order_relaxed, true }, at);
        order = Internal::weakened(order, at);
        begin(order);
        const T old = newest().value;
        see(newest(), order);
        complete(function(old), order, at);
        return old;
    }

    bool compareExchange(const char *name, T &expected, T desired, Order success, Order failure,
                         Location at)
    {
        if (!Engine::instance().isModelling()) {
            if (newest().value == expected) {
                newest().value = desired;
                return true;
            }
            expected = newest().value;
            return false;
        }
        Internal::record({ name, {}, success, failure, true }, at);
        success = Internal::weakened(success, at);
        if (Internal::isMutated(Kind::DropFailureAcquire, at))
            failure = std::memory_order_relaxed;
        begin(success);
        if (newest().value == expected) {
            see(newest(), success);
            complete(desired, success, at);
            return true;
        }
        see(newest(), failure);
        Engine::instance().fibre().hasStored = true; // no load: it must see the newest value
        expected = newest().value;
        return false;
    }

    Store m_first;
    std::vector<Store> m_later;
};

// A variable that is not atomic: threads must take turns, ordered by happens-before.
template <typename T>
class Plain
{
public:
    Plain(T value = T())
        : m_value(value)
    {
    }
    Plain(const Plain &) = delete;
    Plain &operator=(const Plain &) = delete;

    void set(T value)
    {
        auto &engine = Internal::Engine::instance();
        if (engine.isModelling()) {
            engine.tick();
            if (!m_written.isWithin(engine.fibre().now))
                engine.fail("data race: write and write");
            if (!m_read.isWithin(engine.fibre().now))
                engine.fail("data race: read and write");
            m_written = {};
            m_written.times[engine.self()] = engine.fibre().now.times[engine.self()];
        }
        m_value = value;
    }

    T get() const
    {
        auto &engine = Internal::Engine::instance();
        if (engine.isModelling()) {
            m_read.times[engine.self()] = engine.tick();
            if (!m_written.isWithin(engine.fibre().now))
                engine.fail("data race: write and read");
        }
        return m_value;
    }

private:
    T m_value;
    Internal::VectorClock m_written;
    mutable Internal::VectorClock m_read;
};

} // namespace Recorders::ModelCheck

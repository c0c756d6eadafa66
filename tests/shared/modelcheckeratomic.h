// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/modelcheckerengine.h"

#include <atomic>
#include <cstdint>
#include <source_location>
#include <utility>
#include <vector>

// The variables of a scenario, as the C++20 memory model has them; see modelchecker.h.
namespace Recorders::ModelCheck {

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
        if (!Engine::instance().isModelling())
            return newest().value;
        Internal::record({ "load", {}, order, std::memory_order_relaxed, false }, at);
        return look(Internal::weakened(order, at));
    }

    void store(T value, Order order = std::memory_order_seq_cst, Location at = Location::current())
    {
        if (!Engine::instance().isModelling()) {
            newest().value = value;
            return;
        }
        Internal::record({ "store", {}, order, std::memory_order_relaxed, false }, at);
        order = Internal::weakened(order, at);
        if (Internal::isMutated(Kind::Postpone, at)) {
            Engine::instance().fibre().postponed = [this, value, order] {
                begin(order);
                append(value, order, nullptr);
            };
            return;
        }
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

    // Like a futex: compares with the newest value and sleeps in one step.
    void wait(T old, Order order = std::memory_order_seq_cst,
              Location at = Location::current()) const
    {
        if (!Engine::instance().isModelling())
            return;
        Internal::record({ "wait", {}, order, std::memory_order_relaxed, false }, at);
        order = Internal::weakened(order, at);
        while (look(order) == old) {
            if (newest().value == old)
                Engine::instance().sleep(this);
        }
    }

    void notify_one(Location at = Location::current())
    {
        auto &engine = Engine::instance();
        if (!engine.isModelling())
            return;
        Internal::record({ "notify_one", {}, {}, {}, false, true }, at);
        engine.step();
        if (!Internal::isMutated(Kind::Omit, at))
            engine.wakeOne(this);
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

    T look(Order order) const
    {
        begin(order);
        auto &engine = Engine::instance();
        const std::size_t count = m_later.size() + 1 - oldestVisible();
        const Store &store = storeAt(m_later.size() - engine.chooseAge(count));
        see(store, order);
        const T value = store.value;
        engine.executePostponed();
        return value;
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

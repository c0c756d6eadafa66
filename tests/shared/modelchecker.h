// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/modelcheckeratomic.h"
#include "shared/modelcheckerengine.h"

#include <atomic>
#include <functional>
#include <source_location>
#include <utility>

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

    The scheduler may switch between a thread's store, exchange, fence or wake-up and its next
    operation. That is enough: a switch after a load is the same as one before it, since what others
    store meanwhile never keeps the load from returning the value that it would have returned earlier.

    A mutation changes one operation, named by its place in the source, in an otherwise untouched
    program: it loses an order, or its atomicity, or is left out. So tests can ask for every order
    whether anything depends on it.

    A thread that waits for an atomic to change sleeps until it is woken; then it looks again. Which of
    several sleepers is woken is a choice of the search. A wake-up that is lost shows as a deadlock.

    An asymmetric fence is modelled by what it does to loads: after the heavy half no thread, wherever
    it is, loads what was overwritten before. It makes nothing happen-before anything. The light half
    is the order of the program; without it the compiler may move a load up before a store, which is
    another mutation.

    Limits: seq_cst is modelled slightly too strong; a compare-exchange neither fails without
    reason nor, when it fails, returns an old value; at most maxThreads threads. Not for programs
    built with a sanitizer: those must be told of a switch of stacks, and are not.
*/
namespace Recorders::ModelCheck {

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

// The heavy half of an asymmetric fence.
inline void heavyFence(std::source_location at = std::source_location::current())
{
    auto &engine = Internal::Engine::instance();
    if (!engine.isModelling())
        return;
    Internal::record({ "heavy fence", {}, {}, {}, false, true }, at);
    engine.step();
    if (!Internal::isMutated(MutationKind::Omit, at))
        engine.interruptAll();
}

} // namespace Recorders::ModelCheck

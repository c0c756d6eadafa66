// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/processwide_p.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace Recorders::Internal {

class ForkClient;

/*
    A child process made by fork() has a copy of its parent's memory, but of the parent's threads
    only the one that called. There, what was started waits endlessly for a thread that does not
    exist, a mutex may be held by such a thread, and what it guards may be half changed.

    So what was started belongs to the process that started it. In a child, its functions look at
    nothing but this, and answer; what would be deleted is kept. Registering events costs nothing
    more: the gates of all queues are closed in the child before fork() returns there.
*/
class ProcessFork final
{
public:
    static ProcessFork &instance();
    // Forks between the first process that made a client and this one.
    static unsigned generation() noexcept { return s_generation.load(std::memory_order_relaxed); }

    // any thread
    void add(ForkClient &client);
    void remove(ForkClient &client);
    void keep(std::shared_ptr<void> object); // never released

    // What a process has one of. Locked in this order, and before the mutex of a client. A
    // child finds them free, and what they guard whole.
    std::mutex threadRegistryMutex;
    std::mutex applicationExitMutex;
    std::mutex retiredThreadsMutex;
    std::mutex sharedStringsMutex;
    std::mutex metricShapesMutex;

private:
    friend class ProcessWide<ProcessFork>;

    ProcessFork();

    static void prepare();
    static void continueParent();
    static void continueChild();

    // Relaxed: it changes only while there is one thread.
    static inline constinit std::atomic<unsigned> s_generation = 1;

    std::mutex m_mutex; // guards all below; locked after the mutexes above
    std::vector<ForkClient *> m_clients;
    std::vector<std::shared_ptr<void>> m_kept;
};

// The process that an object belongs to.
class ProcessBinding final
{
public:
    // Relaxed, both: another process has this value since before fork() returned.
    void bind() noexcept
    {
        m_generation.store(ProcessFork::generation(), std::memory_order_relaxed);
    }
    bool isForeign() const noexcept
    {
        const unsigned generation = m_generation.load(std::memory_order_relaxed);
        return generation != unbound && generation != ProcessFork::generation();
    }

private:
    static constexpr unsigned unbound = 0;

    std::atomic<unsigned> m_generation = unbound;
};

} // namespace Recorders::Internal

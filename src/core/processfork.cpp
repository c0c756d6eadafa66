// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/processfork_p.h"

#include "core/dispatcher_p.h"

#include <algorithm>

#ifdef Q_OS_UNIX
#  include <pthread.h>
#endif

namespace Recorders::Internal {

ProcessFork &ProcessFork::instance()
{
    static auto *const instance = new ProcessFork; // static objects may use it in any order
    return *instance;
}

ProcessFork::ProcessFork()
{
#ifdef Q_OS_UNIX
    // It fails for want of memory only. Then a child hangs where it would have been refused.
    static_cast<void>(pthread_atfork(prepare, continueParent, continueChild));
#endif
}

void ProcessFork::add(Dispatcher &dispatcher)
{
    const std::lock_guard lock(m_mutex);
    m_dispatchers.push_back(&dispatcher);
}

void ProcessFork::remove(Dispatcher &dispatcher)
{
    const std::lock_guard lock(m_mutex);
    m_dispatchers.erase(std::remove(m_dispatchers.begin(), m_dispatchers.end(), &dispatcher),
                        m_dispatchers.end());
}

void ProcessFork::keep(std::shared_ptr<void> object)
{
    const std::lock_guard lock(m_mutex);
    m_kept.push_back(std::move(object));
}

// The thread that forks holds the mutexes of all dispatchers meanwhile, so that the child finds
// their lists of recorders whole, and can close their gates.
void ProcessFork::prepare()
{
    ProcessFork &self = instance();
    self.m_mutex.lock();
    for (Dispatcher *dispatcher : self.m_dispatchers)
        dispatcher->holdForFork();
}

void ProcessFork::continueParent()
{
    ProcessFork &self = instance();
    for (Dispatcher *dispatcher : self.m_dispatchers)
        dispatcher->releaseAfterFork();
    self.m_mutex.unlock();
}

void ProcessFork::continueChild()
{
    ProcessFork &self = instance();
    s_generation.fetch_add(1, std::memory_order_relaxed);
    for (Dispatcher *dispatcher : self.m_dispatchers)
        dispatcher->abandon();
    continueParent();
}

} // namespace Recorders::Internal

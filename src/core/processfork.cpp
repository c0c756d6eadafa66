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
    return ProcessWide<ProcessFork>::instance();
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

// The thread that forks holds the mutexes of the process and of all dispatchers meanwhile, so that
// the child finds the lists of recorders whole, can close their gates, and can make its own.
void ProcessFork::prepare()
{
    ProcessFork &self = instance();
    self.threadRegistryMutex.lock();
    self.applicationExitMutex.lock();
    self.retiredThreadsMutex.lock();
    self.sharedStringsMutex.lock();
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
    self.sharedStringsMutex.unlock();
    self.retiredThreadsMutex.unlock();
    self.applicationExitMutex.unlock();
    self.threadRegistryMutex.unlock();
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

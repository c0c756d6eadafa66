// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/processfork_p.h"

#include "core/platform/forkclient_p.h"

#include <QtGlobal>

#include <algorithm>
#include <utility>

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

void ProcessFork::add(ForkClient &client)
{
    const std::lock_guard lock(m_mutex);
    m_clients.push_back(&client);
}

void ProcessFork::remove(ForkClient &client)
{
    const std::lock_guard lock(m_mutex);
    m_clients.erase(std::remove(m_clients.begin(), m_clients.end(), &client), m_clients.end());
}

void ProcessFork::keep(std::shared_ptr<void> object)
{
    const std::lock_guard lock(m_mutex);
    m_kept.push_back(std::move(object));
}

// The thread that forks holds the mutexes of the process and of all clients meanwhile, so that
// the child finds the lists of recorders whole, can close their gates, and can make its own.
void ProcessFork::prepare()
{
    ProcessFork &self = instance();
    self.threadRegistryMutex.lock();
    self.applicationExitMutex.lock();
    self.retiredThreadsMutex.lock();
    self.sharedStringsMutex.lock();
    self.metricShapesMutex.lock();
    self.m_mutex.lock();
    for (ForkClient *client : self.m_clients)
        client->holdForFork();
}

void ProcessFork::continueParent()
{
    ProcessFork &self = instance();
    for (ForkClient *client : self.m_clients)
        client->releaseAfterFork();
    self.m_mutex.unlock();
    self.metricShapesMutex.unlock();
    self.sharedStringsMutex.unlock();
    self.retiredThreadsMutex.unlock();
    self.applicationExitMutex.unlock();
    self.threadRegistryMutex.unlock();
}

void ProcessFork::continueChild()
{
    ProcessFork &self = instance();
    s_generation.fetch_add(1, std::memory_order_relaxed);
    for (ForkClient *client : self.m_clients)
        client->abandon();
    continueParent();
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/runtimethread_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/processfork_p.h"
#include "core/platform/processwide_p.h"

#include <recorders/core/recorder.h>

#include <algorithm>
#include <vector>

namespace Recorders::Internal {

namespace {

// Threads that were stuck when their runtime went. A process may exit with them still running.
struct RetiredThreads
{
    std::mutex &mutex = ProcessFork::instance().retiredThreadsMutex;
    std::vector<RuntimeThread *> threads;

    void add(RuntimeThread *thread);
    void endBeforeExit();
};

void RetiredThreads::add(RuntimeThread *thread)
{
    retryUntilAllocated([this, thread] {
        const std::lock_guard lock(mutex);
        threads.push_back(thread);
    });
    retryUntilAllocated([this] {
        ApplicationExit::instance().callAtProcessExit(this, [this] { endBeforeExit(); });
    });
}

void RetiredThreads::endBeforeExit()
{
    const Clock::time_point deadline = Clock::now() + RuntimeThread::exitGrace;
    std::vector<RuntimeThread *> ending; // taken out: others delete those that have ended
    {
        const std::lock_guard lock(mutex);
        ending.swap(threads);
    }
    for (RuntimeThread *thread : ending) {
        thread->endBeforeExit(deadline);
        add(thread);
    }
}

RetiredThreads &retiredThreads()
{
    return ProcessWide<RetiredThreads>::instance();
}

// Null: there is none.
RuntimeThread *takeOneThatEnded()
{
    RetiredThreads &retired = retiredThreads();
    const std::lock_guard lock(retired.mutex);
    const auto ended = std::find_if(retired.threads.begin(), retired.threads.end(),
                                    [](RuntimeThread *thread) { return thread->isFinished(); });
    if (ended == retired.threads.end())
        return nullptr;
    RuntimeThread *const thread = *ended;
    retired.threads.erase(ended);
    return thread;
}

// Without the lock: with the thread go recorders and metrics, which may make a runtime.
void deleteThoseThatEnded()
{
    while (RuntimeThread *const thread = takeOneThatEnded()) {
        thread->wait();
        delete thread;
    }
}

} // namespace

void RuntimeThread::Retire::operator()(RuntimeThread *thread) const
{
    deleteThoseThatEnded();
    const bool isItself = thread->m_dispatcher->isCurrentThread();
    if (!isItself && (!thread->isRunning() || thread->waitFor(Phase::Ended, {}))) {
        thread->wait();
        delete thread;
        return;
    }
    thread->quit();
    if (ApplicationExit::isProcessExiting())
        thread->endBeforeExit(Clock::now() + exitGrace);
    retiredThreads().add(thread);
}

RuntimeThread::Pointer RuntimeThread::create(const QString &name,
                                             std::chrono::milliseconds drainInterval)
{
    deleteThoseThatEnded();
    Pointer thread(new RuntimeThread(drainInterval));
    thread->setObjectName(name);
    return thread;
}

RuntimeThread::RuntimeThread(std::chrono::milliseconds drainInterval)
    : m_dispatcher(std::make_shared<Dispatcher>(this, drainInterval))
{
}

bool RuntimeThread::launch(std::chrono::milliseconds timeout)
{
    start();
    return isRunning() && waitFor(Phase::Running, timeout);
}

bool RuntimeThread::finishWithin(Clock::duration timeout)
{
    quit();
    return waitFor(Phase::Ended, timeout) && wait();
}

void RuntimeThread::endBeforeExit(Clock::time_point deadline)
{
    const bool isTheOneThatExits = m_dispatcher->isCurrentThread();
    if (!isTheOneThatExits && !finishWithin(deadline - Clock::now()))
        m_dispatcher->strand();
}

void RuntimeThread::keepUntilEnd(std::vector<std::shared_ptr<Recorder>> recorders) noexcept
{
    m_kept = std::move(recorders);
}

void RuntimeThread::run()
{
    retryUntilAllocated([this] { m_dispatcher->enter(); });
    reach(Phase::Running);
    retryUntilAllocated([this] { exec(); }); // it remembers when it was told to quit
    m_dispatcher->finish();
    m_dispatcher->stayIfStranded();
    m_dispatcher->leave();
    reach(Phase::Ended);
}

bool RuntimeThread::waitFor(Phase phase, Clock::duration timeout)
{
    std::unique_lock lock(m_mutex);
    return m_phaseChanged.wait_for(lock, timeout, [this, phase] { return m_phase >= phase; });
}

void RuntimeThread::reach(Phase phase)
{
    const std::lock_guard lock(m_mutex);
    m_phase = phase;
    m_phaseChanged.notify_all();
}

} // namespace Recorders::Internal

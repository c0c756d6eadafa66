// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/applicationexit_p.h"

#include "core/platform/outofmemory_p.h"

#include <QAbstractEventDispatcher>
#include <QBasicTimer>
#include <QCoreApplication>
#include <QThread>

#include <algorithm>

namespace Recorders::Internal {

ApplicationExit &ApplicationExit::instance()
{
    return ProcessWide<ApplicationExit>::instance();
}

const bool ApplicationExit::s_isListening = [] {
    qAddPreRoutine(&ApplicationExit::applicationStarts);
    return true;
}();

std::atomic<bool> ApplicationExit::s_isProcessExiting = false;

bool ApplicationExit::callAtEnd(const void *owner, Call call)
{
    const std::lock_guard lock(m_mutex);
    watchProcess();
    if (m_isOver)
        return false;
    if (!m_isInstalled)
        qAddPostRoutine(&ApplicationExit::applicationExits);
    m_isInstalled = true; // not if there was no memory
    add(owner, std::move(call));
    return true;
}

void ApplicationExit::callAtProcessExit(const void *owner, std::function<void()> call)
{
    const std::lock_guard lock(m_mutex);
    watchProcess();
    add(owner, [call = std::move(call)](Occasion occasion) {
        if (occasion == Occasion::ProcessExits)
            call();
    });
}

void ApplicationExit::watchProcess()
{
    static const ProcessExit processExit; // under the mutex: see ProcessWide
}

void ApplicationExit::add(const void *owner, Call call)
{
    if (find(owner) != m_entries.end())
        return;
    m_entries.push_back(std::make_shared<Entry>(
            Entry{ owner, std::move(call), QCoreApplication::applicationPid() }));
}

// In a child process there may be another object where one of its parent's was.
ApplicationExit::Entries::iterator ApplicationExit::find(const void *owner)
{
    const qint64 process = QCoreApplication::applicationPid();
    return std::find_if(m_entries.begin(), m_entries.end(),
                        [owner, process](const std::shared_ptr<Entry> &entry) {
                            return entry->owner == owner && entry->process == process;
                        });
}

void ApplicationExit::forget(const void *owner)
{
    std::unique_lock lock(m_mutex);
    const auto found = find(owner);
    if (found == m_entries.end())
        return;
    const std::shared_ptr<Entry> entry = *found;
    m_entries.erase(found);
    entry->owner = nullptr;
    m_called.wait(lock, [&entry, self = std::this_thread::get_id()] {
        return std::all_of(entry->callers.begin(), entry->callers.end(),
                           [self](std::thread::id caller) { return caller == self; });
    });
}

void ApplicationExit::end(Occasion occasion)
{
    std::unique_lock lock(m_mutex);
    m_isOver = true;
    if (occasion == Occasion::ApplicationGoes)
        m_isInstalled = false; // there may be another application object later
    Entries entries;
    retryUntilAllocated([this, &entries] { entries = m_entries; });
    for (const std::shared_ptr<Entry> &entry : entries) {
        const bool isForgotten = !entry->owner; // meanwhile
        if (isForgotten || entry->process != QCoreApplication::applicationPid())
            continue;
        retryUntilAllocated([&entry] { entry->callers.push_back(std::this_thread::get_id()); });
        lock.unlock();
        entry->call(occasion);
        lock.lock();
        entry->callers.erase(std::find(entry->callers.begin(), entry->callers.end(),
                                       std::this_thread::get_id()));
        m_called.notify_all();
    }
}

void ApplicationExit::applicationStarts()
{
    ApplicationExit &self = instance();
    const std::lock_guard lock(self.m_mutex);
    self.m_isOver = false;
}

void ApplicationExit::applicationExits()
{
    instance().end(Occasion::ApplicationGoes);
}

/*
    What static objects of Qt a thread needs to the end has to be destroyed after this. One is made
    for the first timer of the process: the list of ids. It does not look whether that is still
    there.
*/
ApplicationExit::ProcessExit::ProcessExit()
{
    const auto startTimer = [] {
        QObject object;
        QBasicTimer().start(1, &object);
    };
    if (QAbstractEventDispatcher::instance()) {
        startTimer();
        return;
    }
    const std::unique_ptr<QThread> thread(QThread::create(startTimer));
    thread->start();
    thread->wait();
}

ApplicationExit::ProcessExit::~ProcessExit()
{
    s_isProcessExiting.store(true, std::memory_order_relaxed); // see isProcessExiting()
    instance().end(Occasion::ProcessExits);
    qRemovePostRoutine(&ApplicationExit::applicationExits);
}

} // namespace Recorders::Internal

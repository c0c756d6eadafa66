// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/dispatcher_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/processfork_p.h"
#include "core/queue/backoff_p.h"

#include <QAbstractEventDispatcher>
#include <QThread>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

// life

Dispatcher::Dispatcher(QThread *thread, std::chrono::milliseconds drainInterval)
    : m_thread(thread)
    , m_active(TurnPacer::quietTime())
    , m_own(TurnPacer(drainInterval))
{
    ProcessFork::instance().add(*this);
}

Dispatcher::~Dispatcher()
{
    ApplicationExit::instance().forget(this);
    ProcessFork::instance().remove(*this);
}

void Dispatcher::enter()
{
    auto waker = std::make_unique<EventLoopWaker>(*this);
    if (!isCurrentThread())
        waker->moveToThread(m_thread);
    // Last: until then it is ours.
    if (QAbstractEventDispatcher::instance(m_thread))
        waker->listen();
    else
        QMetaObject::invokeMethod(waker.get(), &EventLoopWaker::listen, Qt::QueuedConnection);
    m_waker = std::move(waker);
}

/*
    Called within a metric or hook, this can stop all recorders but that one's, whose event is not
    done yet: it is closed, and stops when the call has returned. That may be never, if the process
    exits; what is pending stays counted then.
*/
void Dispatcher::finish()
{
    if (isClosed())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_isFinishing = true; // no recorder may start any more
    }
    m_record.noteDue(Clock::now());
    const bool isWithinCall = isEntered();
    for (Patience patience;; patience.wait()) { // a recorder may be in the making
        // A stop that finds no memory is asked for again.
        for (std::size_t i = 0; const std::shared_ptr<DispatchClient> client = attached(i); ++i)
            client->stopLater();
        if (isWithinCall) {
            m_waker->stopTicking(); // there may be no timers any more when the call returns
            stopOthers();
            return;
        }
        finishAllOperations();
        if (close())
            break;
    }

    m_tasks.runAll();
    m_waker.reset();
    EventMemoryReturn::giveBackAll();
}

void Dispatcher::finishAllOperations()
{
    for (Patience patience;;) {
        const bool hasHandled = work(Clock::now()).handled > 0;
        if (m_scheduled.isEmpty())
            return;
        if (hasHandled)
            patience.renew();
        else
            patience.wait(); // another thread has not published yet
    }
}

void Dispatcher::finishIfDue()
{
    if (m_isFinishing && !isEntered())
        finish();
}

void Dispatcher::rememberThread() noexcept
{
    m_threadId.store(std::this_thread::get_id(), std::memory_order_relaxed); // isCurrentThread()
    m_own.enter();
}

void Dispatcher::leave() noexcept
{
    m_own.leave();
    m_threadId.store({}, std::memory_order_relaxed);
}

// A call of a metric, hook or slot is under way further up the stack.
bool Dispatcher::isEntered() const
{
    const std::lock_guard lock(m_mutex);
    return m_own->isInTurn
            || std::any_of(m_attached.begin(), m_attached.end(),
                           [](const DispatchClient *client) { return client->isEntered(); });
}

void Dispatcher::stopOthers()
{
    Patience patience;
    for (std::size_t handled = 0; advanceOthers(handled); handled = 0) {
        if (handled > 0)
            patience.renew();
        else
            patience.wait(); // another thread has not published yet
    }
}

// Lets each of them drain once, and stop if it can. Adds what was handled. False: no other is left.
bool Dispatcher::advanceOthers(std::size_t &handled)
{
    bool isAnyLeft = false;
    for (std::size_t i = 0; const std::shared_ptr<DispatchClient> client = attached(i);) {
        if (client->isEntered() || client->isBeingMade()) {
            ++i;
            continue;
        }
        TurnProgress progress;
        handled += ActiveClients::drain(*client, Clock::now() + sliceTime, progress);
        const bool isSettled = ScheduledClients::advance(*client, progress);
        if (attached(i) != client)
            continue; // it has stopped, and another one is in its place
        if (isSettled) // its stop found no memory
            client->stopLater();
        isAnyLeft = true;
        ++i;
    }
    return isAnyLeft;
}

// Fails as long as recorders are attached. Takes over the tasks that are left.
bool Dispatcher::close()
{
    ScheduledClients::Entries settled; // destroyed without the lock
    const std::lock_guard lock(m_mutex);
    if (!m_attached.empty())
        return false;
    retryUntilAllocated([this] { m_tasks.takePosted(); });
    m_isClosed.store(true, std::memory_order_release);
    settled = m_scheduled.dropPosted();
    return true;
}

// The thread and its recorders are another process's: nothing is served here, or waited for.
void Dispatcher::abandon() noexcept
{
    m_isClosed.store(true, std::memory_order_release);
    for (DispatchClient *client : m_attached)
        client->abandon();
}

/*
    While a thread is within exit(), Qt 6.8 does not know any more that it is a QThread: what it knew
    was local to the thread, and is destroyed first. The id is set by its own thread, which alone is
    equal to it: nothing has to be ordered.
*/
bool Dispatcher::isCurrentThread() const noexcept
{
    return QThread::currentThread() == m_thread
            || m_threadId.load(std::memory_order_relaxed) == std::this_thread::get_id();
}

bool Dispatcher::attach(DispatchClient &client)
{
    const std::lock_guard lock(m_mutex);
    if (m_isFinishing || isClosed())
        return false;
    client.attachedAt = m_attached.size();
    m_attached.push_back(&client);
    return true;
}

void Dispatcher::forget(DispatchClient &client) noexcept
{
    m_active.forget(client);

    const std::lock_guard lock(m_mutex);
    m_attached.back()->attachedAt = client.attachedAt;
    m_attached[client.attachedAt] = m_attached.back();
    m_attached.pop_back();
}

std::shared_ptr<DispatchClient> Dispatcher::attached(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    return index < m_attached.size() ? m_attached[index]->share() : nullptr;
}

// calls from any thread

// For who has waited for this thread in vain: there may be many recorders to look at.
QString Dispatcher::occupation() const
{
    QString call = callUnderWay();
    for (std::size_t i = 0; call.isEmpty(); ++i) {
        const std::shared_ptr<DispatchClient> client = attached(i);
        if (!client)
            return QStringLiteral("busy");
        call = client->callUnderWay();
    }
    return QStringLiteral("busy with %1").arg(call);
}

Dispatcher::Whereabouts Dispatcher::whereabouts() const
{
    Whereabouts here;
    here.turn = m_record.turn();
    if (const auto client = attached(m_record.workedAt())) {
        here.client = client.get();
        here.handled = client->handled();
        here.calls = client->callCount();
    }
    return here;
}

QString Dispatcher::callUnderWay() const
{
    const auto client = attached(m_record.workedAt());
    return client ? client->callUnderWay() : QString();
}

void Dispatcher::activate(DispatchClient &client) noexcept
{
    if (m_active.push(client)) {
        m_record.noteDue(Clock::now());
        m_waker->wake();
    }
}

void Dispatcher::requestDrain() noexcept
{
    // Relaxed: a missed look costs a tick, a superfluous wake-up a turn.
    if (!m_isPatient.load(std::memory_order_relaxed)
        || !m_isPatient.exchange(false, std::memory_order_relaxed))
        return;
    const std::lock_guard lock(m_mutex); // keeps the waker alive
    if (!isClosed())
        m_waker->wake();
}

bool Dispatcher::post(Task task, std::shared_ptr<DispatchClient> client, quint64 fence)
{
    const std::lock_guard lock(m_mutex);
    if (isClosed())
        return false;
    m_tasks.post({ std::move(task), std::move(client), fence });
    wakeOnce();
    return true;
}

bool Dispatcher::scheduleOperations(std::shared_ptr<DispatchClient> client,
                                    std::shared_ptr<void> handle)
{
    const std::lock_guard lock(m_mutex);
    if (isClosed())
        return false;
    if (m_scheduled.schedule({ std::move(client), std::move(handle) }))
        wakeOnce();
    return true;
}

void Dispatcher::wakeOnce() noexcept
{
    // Relaxed: it is written under the mutex, and who reads it without locks that before it acts.
    if (m_hasMessages.exchange(true, std::memory_order_relaxed) || m_willLook)
        return;
    if (!turnDueSince())
        m_record.noteDue(Clock::now());
    m_waker->wake();
}

} // namespace Recorders::Internal

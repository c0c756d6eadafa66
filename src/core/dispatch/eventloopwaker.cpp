// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/eventloopwaker_p.h"

#include "core/platform/cancellationguard_p.h"
#include "core/platform/outofmemory_p.h"

#include <QAbstractEventDispatcher>
#include <QThread>
#include <QTimerEvent>

#include <new>

namespace Recorders::Internal {

EventLoopWaker::EventLoopWaker(Client &client)
    : m_client(client)
{
    connect(this, &EventLoopWaker::wakeRequested, this, &EventLoopWaker::processTurn,
            Qt::QueuedConnection);
}

/*
    The flag of a missed wake-up and m_eventDispatcher are a store-load pair on both sides, so all four
    are sequentially consistent: either the thread that calls wake() sees the event dispatcher, or this
    sees that a wake-up was missed.
*/
void EventLoopWaker::listen()
{
    QAbstractEventDispatcher *const eventDispatcher = QAbstractEventDispatcher::instance(thread());
    retryUntilAllocated([this, eventDispatcher] {
        connect(eventDispatcher, &QAbstractEventDispatcher::awake, this,
                &EventLoopWaker::turnIfMissed, Qt::DirectConnection);
    });
    m_eventDispatcher.store(eventDispatcher, std::memory_order_seq_cst); // see above
    if (thread() != QThread::currentThread())
        return;
    m_client.rememberThread();
    turnIfMissed();
}

void EventLoopWaker::wake() noexcept
{
    const CancellationGuard guard;
    try {
        Q_EMIT wakeRequested();
    } catch (...) {
        wakeWithoutMemory();
    }
}

// Waking the thread allocates nothing; it will look at the flag.
void EventLoopWaker::wakeWithoutMemory() noexcept
{
    m_hasMissed.store(true, std::memory_order_seq_cst); // see listen()
    // Null: its thread was started a moment ago, and looks at the flag when it listens.
    if (auto *const eventDispatcher = m_eventDispatcher.load(std::memory_order_seq_cst))
        eventDispatcher->wakeUp();
}

void EventLoopWaker::processTurn()
{
    m_client.processTurn();
}

void EventLoopWaker::turnIfMissed()
{
    // Relaxed would do when the event dispatcher is awake: wakeUp() comes after the store. It is
    // sequentially consistent for listen().
    if (m_hasMissed.load(std::memory_order_seq_cst)
        && m_hasMissed.exchange(false, std::memory_order_seq_cst))
        m_client.processTurn();
}

void EventLoopWaker::tickEvery(std::chrono::milliseconds interval)
{
    if (m_timer.isActive() && m_interval == interval)
        return;
    m_interval = interval;
    try {
        m_timer.start(static_cast<int>(interval.count()), Qt::PreciseTimer, this);
    } catch (const std::bad_alloc &) {
        wakeWithoutMemory(); // sooner than it has to be
    }
}

void EventLoopWaker::stopTicking()
{
    m_timer.stop();
}

// Without memory for a timer it does not happen.
void EventLoopWaker::turnLater(std::chrono::milliseconds delay)
{
    m_interval = delay;
    try {
        m_timer.start(static_cast<int>(delay.count()), Qt::CoarseTimer, this);
    } catch (const std::bad_alloc &) {
        m_timer.stop();
    }
}

void EventLoopWaker::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        m_client.processTurn();
}

} // namespace Recorders::Internal

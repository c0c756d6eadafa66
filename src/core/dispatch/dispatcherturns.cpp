// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/dispatcher_p.h"

#include "core/dispatch/shortlook_p.h"

#include <QScopedValueRollback>

#include <new>
#include <thread>

// The turns that a dispatcher takes in its thread.

namespace Recorders::Internal {

void Dispatcher::processTurn()
{
    if (m_own->isInTurn)
        return; // a metric runs an event loop of its own: the turn goes on when that returns
    if (isClosed())
        return; // by a fork: the event loop is that of another process
    rememberThread();
    const std::shared_ptr<Dispatcher> self = shared_from_this();
    const Clock::time_point began = Clock::now();
    m_record.noteDue(began);
    TurnProgress progress = work(began);
    if (progress.hasAnswered && m_own->lookout.begin(began))
        answerMore(progress, began);
    const bool hasMessages = endTurn();
    if (!m_isFinishing)
        schedule(progress, began, hasMessages);
    else if (hasMessages)
        m_waker->wake();
    finishIfDue();
}

TurnProgress Dispatcher::work(Clock::time_point began, Clock::duration slice)
{
    const QScopedValueRollback<bool> scope(m_own->isInTurn, true);
    m_isPatient.store(false, std::memory_order_relaxed);
    if (!m_isAwake.load(std::memory_order_relaxed)) // only this thread writes it
        wakeUp(began);

    try {
        return workFrom(began, slice);
    } catch (const std::bad_alloc &) {
        TurnProgress progress;
        progress.isStarved = true;
        return progress;
    }
}

void Dispatcher::wakeUp(Clock::time_point began)
{
    m_own->pacer.wakeUp(began);
    // Sequentially consistent, both: see StallWatch.
    m_isAwake.store(true, std::memory_order_seq_cst);
    if (m_wakeListener && !m_isWatched.exchange(true, std::memory_order_seq_cst))
        m_wakeListener();
}

TurnProgress Dispatcher::workFrom(Clock::time_point began, Clock::duration slice)
{
    const bool hasMessages = takeMessages();
    bool isStarved = !m_scheduled.advance(); // what starts is to be drained in this turn,
    m_active.collect();
    TurnProgress progress = m_active.drain(began, Clock::now() + slice);
    stayIfStranded();
    progress.hasAnswered = hasMessages;
    progress.isCut |= m_active.collect(); // what these events set off is not worth a tick,
    isStarved |= !m_scheduled.advance(); // and what stops may be drained by now
    isStarved |= !m_tasks.runDue(*this);
    stayIfStranded();
    progress.isStarved |= isStarved;
    return progress;
}

void Dispatcher::stayIfStranded() const noexcept
{
    while (m_isStranded.load(std::memory_order_relaxed))
        std::this_thread::sleep_for(std::chrono::hours(1));
}

bool Dispatcher::takeMessages()
{
    m_record.begin();
    const std::lock_guard lock(m_mutex);
    m_willLook = true;
    m_tasks.takePosted();
    m_scheduled.takePosted();
    return m_hasMessages.exchange(false, std::memory_order_relaxed); // see wakeOnce()
}

// Until none comes any more, or the slice is over.
void Dispatcher::answerMore(TurnProgress &progress, Clock::time_point turnBegan)
{
    constexpr Clock::duration none{};
    const Clock::time_point end = turnBegan + sliceTime;
    for (auto left = end - Clock::now(); left > none && awaitMessages(progress);
         left = end - Clock::now())
        progress += work(turnBegan, left);
}

// False: none has come, or there is something else to do.
bool Dispatcher::awaitMessages(const TurnProgress &progress)
{
    if (progress.isCut || progress.isStarved || m_isFinishing || !m_tasks.isEmpty()
        || !m_scheduled.isEmpty())
        return false;
    m_isPatient.store(true, std::memory_order_relaxed); // nobody makes room meanwhile
    const bool hasFound = ShortLook::finds(
            [this] { return m_hasMessages.load(std::memory_order_relaxed); }); // see wakeOnce()
    m_own->lookout.noteLook(hasFound);
    return hasFound;
}

// The last look: who posts from now on wakes the thread. What has come in during the turn wakes
// nobody, also in an event loop that a metric runs.
bool Dispatcher::endTurn()
{
    const std::lock_guard lock(m_mutex);
    m_willLook = false;
    return m_hasMessages.load(std::memory_order_relaxed); // see wakeOnce()
}

void Dispatcher::schedule(const TurnProgress &progress, Clock::time_point turnBegan,
                          bool hasMessages)
{
    TurnPacer::Turn turn{ turnBegan };
    turn.hasHandled = progress.handled > 0;
    turn.hasWork = progress.isCut || !m_tasks.isEmpty() || !m_scheduled.isEmpty() || hasMessages;
    turn.isStarved = progress.isStarved;
    turn.load = progress.load;
    const std::chrono::milliseconds next = m_own->pacer.next(turn);
    using Use = EventMemoryReturn::Use;
    const Use use = turn.hasHandled ? Use::Handled : m_active.isEmpty() ? Use::None : Use::Kept;
    const bool isGivingBack = m_own->memory.giveBack(use, turnBegan);
    const bool isQuiet = use == Use::None && !turn.hasWork && !turn.isStarved && !isGivingBack;
    if (isQuiet && m_own->pacer.maySleep(turnBegan) && tryIdle()) {
        if (const auto delay = m_own->memory.nextTurn(turnBegan))
            m_waker->turnLater(*delay);
        return;
    }
    m_isPatient.store(next > std::chrono::milliseconds::zero(), std::memory_order_relaxed);
    m_record.noteDue(turnBegan + next);
    m_waker->tickEvery(next);
}

bool Dispatcher::tryIdle()
{
    const std::lock_guard lock(m_mutex);
    m_record.noteDue({}); // before somebody wakes it
    if (m_hasMessages.load(std::memory_order_relaxed) || !m_active.tryIdle())
        return false;
    m_isAwake.store(false, std::memory_order_seq_cst); // see StallWatch
    m_waker->stopTicking();
    return true;
}

} // namespace Recorders::Internal

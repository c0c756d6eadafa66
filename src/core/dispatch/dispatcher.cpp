// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/dispatcher_p.h"

#include "core/dispatch/eventmemory_p.h"
#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/processfork_p.h"
#include "core/queue/backoff_p.h"

#include <QAbstractEventDispatcher>
#include <QScopedValueRollback>
#include <QThread>

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr int maxYields = 16;
constexpr std::size_t drainBatch = 512; // events of one client, before the next one has a turn

// Leaves both as they are if there is no memory.
template <typename T>
void moveAll(std::vector<T> &from, std::vector<T> &to)
{
    static_assert(std::is_nothrow_move_constructible_v<T>);
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    from.clear();
}

} // namespace

// life

Dispatcher::Dispatcher(QThread *thread, std::chrono::milliseconds drainInterval)
    : m_thread(thread)
    , m_pacer(drainInterval)
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
    noteTurnDue(Clock::now());
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

    for (FencedTask &task : std::exchange(m_tasks, {}))
        retryUntilAllocated(task.run);
    m_waker.reset();
    giveMemoryBackAtOnce();
}

void Dispatcher::finishAllOperations()
{
    for (Patience patience;;) {
        const bool hasHandled = work(Clock::now()).handled > 0;
        if (m_scheduled.empty())
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
}

void Dispatcher::leave() noexcept
{
    m_threadId.store({}, std::memory_order_relaxed);
}

// A call of a metric, hook or slot is under way further up the stack.
bool Dispatcher::isEntered() const
{
    const std::lock_guard lock(m_mutex);
    return m_isInTurn
            || std::any_of(m_attached.begin(), m_attached.end(),
                           [](const DispatchClient *client) { return client->isEntered(); });
}

void Dispatcher::stopOthers()
{
    Patience patience;
    for (bool isDone = false; !isDone;) {
        isDone = true;
        std::size_t handled = 0;
        for (std::size_t i = 0; const std::shared_ptr<DispatchClient> client = attached(i);) {
            if (client->isEntered() || client->isBeingMade()) {
                ++i;
                continue;
            }
            Progress progress;
            handled += drain(*client, Clock::now() + sliceTime, progress);
            const bool isSettled = advance(*client, progress);
            if (attached(i) != client)
                continue; // it has stopped, and another one is in its place
            if (isSettled) // its stop found no memory
                client->stopLater();
            isDone = false;
            ++i;
        }
        if (handled > 0)
            patience.renew();
        else if (!isDone)
            patience.wait(); // another thread has not published yet
    }
}

// Fails as long as recorders are attached. Takes over the tasks that are left.
bool Dispatcher::close()
{
    std::vector<ScheduledClient> settled; // destroyed without the lock
    const std::lock_guard lock(m_mutex);
    if (!m_attached.empty())
        return false;
    retryUntilAllocated([this] { moveAll(m_newTasks, m_tasks); });
    m_isClosed.store(true, std::memory_order_release);
    settled.swap(m_newScheduled);
    for (const ScheduledClient &each : settled)
        each.client->setScheduled(false);
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
    if (client.activeAt != DispatchClient::notActive)
        m_active[std::exchange(client.activeAt, DispatchClient::notActive)] = nullptr;
    else
        forgetTaken(client);

    const std::lock_guard lock(m_mutex);
    m_attached.back()->attachedAt = client.attachedAt;
    m_attached[client.attachedAt] = m_attached.back();
    m_attached.pop_back();
}

void Dispatcher::forgetTaken(DispatchClient &client) noexcept
{
    takeActive();
    for (DispatchClient **place = &m_taken; *place; place = &(*place)->nextReady) {
        if (*place == &client) {
            *place = client.nextReady;
            return;
        }
    }
}

std::shared_ptr<DispatchClient> Dispatcher::attached(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    return index < m_attached.size() ? m_attached[index]->share() : nullptr;
}

// Dispatcher: calls from any thread

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

// Relaxed, here and below: see the members.
std::optional<Clock::time_point> Dispatcher::turnDueSince() const noexcept
{
    const Clock::rep due = m_turnDue.load(std::memory_order_relaxed);
    if (due == 0 || due > Clock::now().time_since_epoch().count())
        return std::nullopt;
    return Clock::time_point(Clock::duration(due));
}

Dispatcher::Whereabouts Dispatcher::whereabouts() const
{
    Whereabouts here;
    here.turn = m_turn.load(std::memory_order_relaxed);
    if (const auto client = attached(m_workedAt.load(std::memory_order_relaxed))) {
        here.client = client.get();
        here.handled = client->handled();
        here.calls = client->callCount();
    }
    return here;
}

QString Dispatcher::callUnderWay() const
{
    const auto client = attached(m_workedAt.load(std::memory_order_relaxed));
    return client ? client->callUnderWay() : QString();
}

void Dispatcher::noteWork(const DispatchClient &client) noexcept
{
    m_workedAt.store(client.attachedAt, std::memory_order_relaxed);
}

void Dispatcher::noteTurnDue(Clock::time_point when) noexcept
{
    m_turnDue.store(when.time_since_epoch().count(), std::memory_order_relaxed);
}

void Dispatcher::noteHeldUp() noexcept
{
    m_heldUpTurn.store(m_turn.load(std::memory_order_relaxed), std::memory_order_relaxed);
}

bool Dispatcher::isHeldUp() const noexcept
{
    return m_heldUpTurn.load(std::memory_order_relaxed) == m_turn.load(std::memory_order_relaxed);
}

void Dispatcher::activate(DispatchClient &client) noexcept
{
    if (m_readyList.push(client)) {
        noteTurnDue(Clock::now());
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
    m_newTasks.push_back({ std::move(task), std::move(client), fence });
    wakeOnce();
    return true;
}

bool Dispatcher::scheduleOperations(std::shared_ptr<DispatchClient> client,
                                    std::shared_ptr<void> handle)
{
    const std::lock_guard lock(m_mutex);
    if (isClosed())
        return false;
    m_newScheduled.emplace_back(); // from here on nothing fails
    if (client->setScheduled(true)) { // it is listed already
        m_newScheduled.pop_back();
        return true;
    }
    m_newScheduled.back() = { std::move(client), std::move(handle) };
    wakeOnce();
    return true;
}

void Dispatcher::wakeOnce() noexcept
{
    if (std::exchange(m_hasWoken, true))
        return;
    if (!turnDueSince())
        noteTurnDue(Clock::now());
    m_waker->wake();
}

// Dispatcher: turns

void Dispatcher::processTurn()
{
    if (m_isInTurn)
        return; // a metric runs an event loop of its own: the turn goes on when that returns
    if (isClosed())
        return; // by a fork: the event loop is that of another process
    rememberThread();
    const std::shared_ptr<Dispatcher> self = shared_from_this();
    const Clock::time_point began = Clock::now();
    noteTurnDue(began);
    const Progress progress = work(began);
    if (!m_isFinishing)
        schedule(progress, began);
    finishIfDue();
}

Dispatcher::Progress Dispatcher::work(Clock::time_point began)
{
    const QScopedValueRollback<bool> scope(m_isInTurn, true);
    m_isPatient.store(false, std::memory_order_relaxed);
    if (!m_isAwake.load(std::memory_order_relaxed)) // only this thread writes it
        wakeUp(began);

    try {
        return work();
    } catch (const std::bad_alloc &) {
        Progress progress;
        progress.isStarved = true;
        return progress;
    }
}

void Dispatcher::wakeUp(Clock::time_point began)
{
    m_pacer.wakeUp(began);
    // Sequentially consistent, both: see StallWatch.
    m_isAwake.store(true, std::memory_order_seq_cst);
    if (m_wakeListener && !m_isWatched.exchange(true, std::memory_order_seq_cst))
        m_wakeListener();
}

Dispatcher::Progress Dispatcher::work()
{
    takeMessages();
    bool isStarved = !advanceScheduled(); // what starts is to be drained in this turn,
    collectActive();
    Progress progress = drainActive();
    progress.isCut |= collectActive(); // what these events set off is not worth a tick,
    isStarved |= !advanceScheduled(); // and what stops may be drained by now
    isStarved |= !runTasks();
    progress.isStarved |= isStarved;
    return progress;
}

void Dispatcher::takeMessages()
{
    m_turn.fetch_add(1, std::memory_order_relaxed); // see the member
    const std::lock_guard lock(m_mutex);
    moveAll(m_newTasks, m_tasks);
    moveAll(m_newScheduled, m_scheduled);
    m_hasWoken = false;
}

// False: some have to run again.
bool Dispatcher::runTasks()
{
    const auto waits = [](const FencedTask &task) {
        return task.client && (task.client->isInCall() || task.client->handled() < task.fence)
                && task.client->canProgress();
    };
    const auto split = std::stable_partition(m_tasks.begin(), m_tasks.end(), waits);
    std::vector<FencedTask> due(std::make_move_iterator(split),
                                std::make_move_iterator(m_tasks.end()));
    m_tasks.erase(split, m_tasks.end());
    bool isStarved = false;
    for (FencedTask &task : due) {
        try {
            task.run();
        } catch (const std::bad_alloc &) {
            isStarved = true;
            m_tasks.push_back(std::move(task)); // there is room, it was there before
        }
    }
    return !isStarved;
}

// False: some have to be tried again.
bool Dispatcher::advanceScheduled()
{
    Progress progress;
    const auto isSettled = [&progress](const ScheduledClient &each) {
        each.client->setScheduled(false); // what is asked for from now on comes as a new message
        return advance(*each.client, progress) || each.client->setScheduled(true);
    };
    // In place: what an operation asks for goes to m_newScheduled.
    m_scheduled.erase(std::remove_if(m_scheduled.begin(), m_scheduled.end(), isSettled),
                      m_scheduled.end());
    return !progress.isStarved;
}

// Returns whether it has settled.
bool Dispatcher::advance(DispatchClient &client, Progress &progress)
{
    try {
        return client.advance();
    } catch (const std::bad_alloc &) {
        progress.isStarved = true;
        return false;
    }
}

// Producers let go of a node once it was taken, and it must not get lost.
void Dispatcher::takeActive() noexcept
{
    DispatchClient **end = &m_taken;
    while (*end)
        end = &(*end)->nextReady;
    *end = m_readyList.takeAll();
}

// Returns whether there are new ones.
bool Dispatcher::collectActive()
{
    takeActive();
    const bool hasNew = m_taken;
    for (; m_taken; m_taken = m_taken->nextReady) {
        m_active.push_back(m_taken);
        m_taken->activeAt = m_active.size() - 1;
    }
    return hasNew;
}

Dispatcher::Progress Dispatcher::drainActive()
{
    Progress progress;
    const Clock::time_point until = Clock::now() + sliceTime;
    m_handledInTurn.assign(m_active.size(), 0);
    for (bool isDone = false; !isDone && !progress.isCut;) {
        isDone = true;
        for (std::size_t n = 0; n < m_handledInTurn.size() && !progress.isCut; ++n) {
            // Where the last slice was cut: otherwise the first client would starve the others.
            const std::size_t i = m_drainFrom++ % m_handledInTurn.size();
            if (!m_active[i])
                continue;
            const std::size_t count = drain(*m_active[i], until, progress);
            m_handledInTurn[i] += count;
            isDone = isDone && count == 0; // an event may set off others, in any recorder
            progress.isCut = count > 0 && Clock::now() >= until;
        }
    }
    retireSilent(progress);
    return progress;
}

// One recorder for which there is no memory does not hold up the others.
std::size_t Dispatcher::drain(DispatchClient &client, Clock::time_point until, Progress &progress)
{
    try {
        return client.drain(drainBatch, until);
    } catch (const std::bad_alloc &) {
        progress.isStarved = true;
        return 0;
    }
}

// A recorder that fell silent since the last turn goes to sleep, and out of the list.
void Dispatcher::retireSilent(Progress &progress)
{
    const bool wasCut = progress.isCut;
    for (std::size_t i = 0; i < m_handledInTurn.size(); ++i) {
        DispatchClient *client = m_active[i];
        if (!client)
            continue;
        const std::size_t handled = m_handledInTurn[i];
        progress.handled += handled;
        progress.load = std::max(progress.load, double(handled) / client->quarterOfQueue());
        if (handled > 0 || wasCut)
            continue;
        if (client->tryIdle())
            m_active[std::exchange(client->activeAt, DispatchClient::notActive)] = nullptr;
        else if (client->awaitsPublication())
            progress.isCut = true; // in a moment: not worth a tick
    }
    // The producer that woke this thread may have lost its processor to it.
    for (int i = 0; i < maxYields && progress.isCut && !wasCut; ++i)
        QThread::yieldCurrentThread();
    closeGaps();
}

void Dispatcher::closeGaps() noexcept
{
    auto end = std::find(m_active.begin(), m_active.end(), nullptr);
    for (auto each = end; each != m_active.end(); ++each) {
        if (!*each)
            continue;
        (*each)->activeAt = static_cast<std::size_t>(end - m_active.begin());
        *end++ = *each;
    }
    m_active.erase(end, m_active.end());
}

void Dispatcher::schedule(const Progress &progress, Clock::time_point turnBegan)
{
    TurnPacer::Turn turn{ turnBegan };
    turn.hasHandled = progress.handled > 0;
    turn.hasWork = progress.isCut || !m_tasks.empty() || !m_scheduled.empty() || hasMessages();
    turn.isStarved = progress.isStarved;
    turn.load = progress.load;
    const std::chrono::milliseconds next = m_pacer.next(turn);

    const bool isGivingBack = giveMemoryBack(progress, turnBegan);
    const bool isQuiet = !turn.hasWork && !turn.hasHandled && !turn.isStarved && m_active.empty()
            && !m_taken && !isGivingBack;
    if (isQuiet && m_pacer.hasBeenUpLong(turnBegan) && tryIdle()) {
        if (m_owesMemory && EventMemory::excess() > 0)
            m_waker->turnLater(EventMemory::interval());
        return;
    }
    m_isPatient.store(next > std::chrono::milliseconds::zero(), std::memory_order_relaxed);
    noteTurnDue(turnBegan + next);
    m_waker->tickEvery(next);
}

// A little in each turn, as long as it returns true.
bool Dispatcher::giveMemoryBack(const Progress &progress, Clock::time_point now)
{
    if (progress.handled > 0) {
        m_owesMemory = true;
        m_lastHandled = now;
    }
    const std::chrono::milliseconds interval = EventMemory::interval();
    const std::chrono::milliseconds earliest = interval - interval / 8; // a timer may be early
    if (m_owesMemory && now - m_lastHandled >= earliest) {
        m_owesMemory = false;
        m_memoryToGiveBack = EventMemory::excess();
    } else if (m_memoryToGiveBack == 0 && EventMemory::isDue(now)) {
        m_memoryToGiveBack = EventMemory::mostOfExcess();
    }
    EventMemory::giveBack(m_memoryToGiveBack);
    return m_memoryToGiveBack > 0;
}

// At the end, and also if there are others: they may all be asleep. A quarter of a gigabyte takes
// about 0.15 s.
void Dispatcher::giveMemoryBackAtOnce() noexcept
{
    if (ApplicationExit::isProcessExiting())
        return; // all goes in a moment
    std::size_t bytes = EventMemory::excess();
    while (bytes > 0)
        EventMemory::giveBack(bytes);
}

// Messages can have come in during a turn, in an event loop that a metric runs: their wake-up was
// answered by a turn that did nothing.
bool Dispatcher::hasMessages() const
{
    const std::lock_guard lock(m_mutex);
    return m_hasWoken;
}

bool Dispatcher::tryIdle()
{
    const std::lock_guard lock(m_mutex);
    noteTurnDue({}); // before somebody wakes it
    if (m_hasWoken || !m_readyList.tryIdle())
        return false;
    m_isAwake.store(false, std::memory_order_seq_cst); // see StallWatch
    m_waker->stopTicking();
    return true;
}

} // namespace Recorders::Internal

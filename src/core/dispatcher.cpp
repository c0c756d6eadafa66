// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatcher_p.h"

#include "core/applicationexit_p.h"
#include "core/cancellationguard_p.h"
#include "core/eventmemory_p.h"
#include "core/outofmemory_p.h"
#include "core/processfork_p.h"
#include "core/processor_p.h"
#include "core/processwide_p.h"
#include "core/recordercore_p.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QLoggingCategory>
#include <QScopedValueRollback>
#include <QThread>
#include <QTimerEvent>

#include <algorithm>
#include <bit>
#include <future>
#include <map>

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcDispatcher, "recorders.core.dispatcher", QtWarningMsg)

namespace {

// A power of two, so that a steady load does not change the timer at every turn.
std::chrono::milliseconds wholeTick(std::chrono::duration<double, std::nano> time)
{
    const double count = std::min(time.count() / 1e6, 1e6);
    return std::chrono::milliseconds(std::bit_floor(static_cast<unsigned>(count)));
}

constexpr int maxYields = 16;
// Work that cannot be done, because a producer was suspended between claim and publication, must
// not keep a processor busy.
constexpr int maxFruitlessTurns = 64;
constexpr std::size_t drainBatch = 512; // events of one recorder, before the next one has a turn
// What a dispatcher finds when it was woken came in about this time.
constexpr std::chrono::microseconds wakeLatency{ 50 };
// What other threads get to stop their recorders when the application object is destroyed, and
// when the process exits: then their event loops may wait for the thread that exits.
constexpr std::chrono::seconds applicationExitTimeout{ 6 };
constexpr std::chrono::seconds processExitTimeout{ 1 };

// The dispatchers of threads that the application runs.
struct ThreadRegistry
{
    std::mutex &mutex = ProcessFork::instance().threadRegistryMutex;
    std::map<QThread *, std::shared_ptr<Dispatcher>> dispatchers;
};

ThreadRegistry &threadRegistry()
{
    return ProcessWide<ThreadRegistry>::instance();
}

// Leaves both as they are if there is no memory.
template <typename T>
void moveAll(std::vector<T> &from, std::vector<T> &to)
{
    static_assert(std::is_nothrow_move_constructible_v<T>);
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    from.clear();
}

// Whether the thread delivers what is posted to it, or will in a moment: a QThread that was started
// just now makes its event dispatcher before anything else. A thread that Qt did not start has
// none unless it has one already; the object that stands for it lives in that thread. (So does a
// QThread that was moved to itself: it is known for what it is once it has its event dispatcher.)
bool hasEventDispatcher(QThread &thread)
{
    if (QAbstractEventDispatcher::instance(&thread))
        return true;
    const bool isOfQt = thread.thread() != &thread;
    return isOfQt && thread.isRunning() && &thread != QThread::currentThread();
}

// Runs call in the event loop of another thread, and waits for its end, but not for ever.
void callInEventLoop(QThread *thread, const std::function<void()> &call,
                     std::chrono::milliseconds timeout)
{
    std::shared_ptr<std::promise<void>> done;
    insist([&] {
        done = std::make_shared<std::promise<void>>();
        auto owned = std::make_unique<QObject>();
        QObject *const agent = owned.get();
        agent->moveToThread(thread);
        QMetaObject::invokeMethod(
                agent,
                [agent, call, done] {
                    call();
                    delete agent; // later may be after the end of the application object: never
                    done->set_value();
                },
                Qt::QueuedConnection);
        static_cast<void>(owned.release()); // it may be gone already
    });
    done->get_future().wait_for(timeout);
}

} // namespace

// Doorbell

Doorbell::Doorbell(Dispatcher &dispatcher)
    : m_dispatcher(dispatcher)
{
    connect(this, &Doorbell::rung, this, &Doorbell::answer, Qt::QueuedConnection);
}

/*
    The flag of a missed ring and m_eventDispatcher are a store-load pair on both sides, so all four
    are sequentially consistent: either whoever rings sees the event dispatcher, or this sees
    that a ring was missed.
*/
void Doorbell::listen()
{
    QAbstractEventDispatcher *const eventDispatcher = QAbstractEventDispatcher::instance(thread());
    insist([this, eventDispatcher] {
        connect(eventDispatcher, &QAbstractEventDispatcher::awake, this,
                &Doorbell::answerMissedRing, Qt::DirectConnection);
    });
    m_eventDispatcher.store(eventDispatcher, std::memory_order_seq_cst); // see above
    if (thread() != QThread::currentThread())
        return;
    m_dispatcher.rememberThread();
    answerMissedRing();
}

void Doorbell::ring() noexcept
{
    const CancellationGuard guard;
    try {
        Q_EMIT rung();
    } catch (...) {
        ringWithoutMemory();
    }
}

// Waking the thread allocates nothing; it will look at the flag.
void Doorbell::ringWithoutMemory() noexcept
{
    m_missedRing.store(true, std::memory_order_seq_cst); // see listen()
    // Null: its thread was started a moment ago, and looks at the flag when it listens.
    if (auto *const eventDispatcher = m_eventDispatcher.load(std::memory_order_seq_cst))
        eventDispatcher->wakeUp();
}

void Doorbell::answer()
{
    m_dispatcher.turn();
}

void Doorbell::answerMissedRing()
{
    // Relaxed would do when the event dispatcher is awake: wakeUp() comes after the store. It is
    // sequentially consistent for listen().
    if (m_missedRing.load(std::memory_order_seq_cst)
        && m_missedRing.exchange(false, std::memory_order_seq_cst))
        m_dispatcher.turn();
}

void Doorbell::tickEvery(std::chrono::milliseconds interval)
{
    if (m_timer.isActive() && m_interval == interval)
        return;
    m_interval = interval;
    try {
        m_timer.start(static_cast<int>(interval.count()), Qt::PreciseTimer, this);
    } catch (const std::bad_alloc &) {
        ringWithoutMemory(); // sooner than it has to be
    }
}

void Doorbell::stopTicking()
{
    m_timer.stop();
}

// Without memory for a timer it does not happen.
void Doorbell::turnLater(std::chrono::milliseconds delay)
{
    m_interval = delay;
    try {
        m_timer.start(static_cast<int>(delay.count()), Qt::CoarseTimer, this);
    } catch (const std::bad_alloc &) {
        m_timer.stop();
    }
}

void Doorbell::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        m_dispatcher.turn();
}

// Dispatcher: life

std::shared_ptr<Dispatcher> Dispatcher::ofThread(QThread *thread, Error *error)
{
    if (!QCoreApplication::instance()) {
        *error = Error(ErrorCode::NoApplication,
                       QStringLiteral("there is no QCoreApplication object"));
        return nullptr;
    }
    if (!thread || !hasEventDispatcher(*thread)) {
        *error = Error(ErrorCode::NoEventDispatcher,
                       QStringLiteral("its thread has no event dispatcher; it needs one with a "
                                      "running event loop, such as a QThread or the main thread"));
        return nullptr;
    }

    ThreadRegistry &registry = threadRegistry();
    const std::lock_guard lock(registry.mutex);
    std::shared_ptr<Dispatcher> &known = registry.dispatchers[thread];
    if (known && !known->isClosed())
        return known;
    auto dispatcher = std::make_shared<Dispatcher>(thread, defaultDrainInterval);
    if (!dispatcher->watchThread(error)) {
        registry.dispatchers.erase(thread);
        return nullptr;
    }
    dispatcher->enter(); // from here on nothing fails
    known = dispatcher;
    return dispatcher;
}

Dispatcher::Dispatcher(QThread *thread, std::chrono::milliseconds drainInterval)
    : m_thread(thread)
    , m_drainInterval(drainInterval)
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
    auto doorbell = std::make_unique<Doorbell>(*this);
    if (!isCurrentThread())
        doorbell->moveToThread(m_thread);
    // Last: until then it is ours.
    if (QAbstractEventDispatcher::instance(m_thread))
        doorbell->listen();
    else
        QMetaObject::invokeMethod(doorbell.get(), &Doorbell::listen, Qt::QueuedConnection);
    m_doorbell = std::move(doorbell);
}

/*
    The thread is not ours and may end at any time. That is seen by QThread::finished(), which is
    emitted in that thread while it still can work, or, for the main thread, by the end of the
    application object.

    A thread that is finishing may have emitted the signal already. That it is not finishing after
    the connection was made tells that the signal is still to come; and the end then waits for the
    mutex that ofThread() holds until the dispatcher has entered the thread.
*/
bool Dispatcher::watchThread(Error *error)
{
    const auto end = [weak = weak_from_this(), thread = m_thread] {
        const std::shared_ptr<Dispatcher> self = weak.lock();
        if (!self)
            return;
        {
            ThreadRegistry &registry = threadRegistry();
            const std::lock_guard lock(registry.mutex);
            const auto entry = registry.dispatchers.find(thread);
            if (entry != registry.dispatchers.end() && entry->second == self)
                registry.dispatchers.erase(entry);
        }
        self->finish();
        if (self->isClosed()) // else it is within a call of a metric or hook, and goes on
            self->leave();
    };
    const QMetaObject::Connection connection = QObject::connect(m_thread, &QThread::finished, end);
    if (!m_thread->isRunning()) {
        QObject::disconnect(connection);
        *error = Error(ErrorCode::NoEventDispatcher, QStringLiteral("its thread has ended"));
        return false;
    }
    const bool isInTime = ApplicationExit::instance().callAtEnd(
            this, [weak = weak_from_this(), end](ApplicationExit::Occasion occasion) {
                const bool isPatient = occasion == ApplicationExit::Occasion::ApplicationGoes;
                if (const std::shared_ptr<Dispatcher> self = weak.lock())
                    self->endWithin(isPatient ? applicationExitTimeout : processExitTimeout, end);
            });
    if (!isInTime) {
        QObject::disconnect(connection);
        *error = Error(ErrorCode::NoApplication,
                       QStringLiteral("the QCoreApplication object is being destroyed"));
    }
    return isInTime;
}

// In the thread that destroys the application object or exits.
void Dispatcher::endWithin(std::chrono::milliseconds timeout, const std::function<void()> &end)
{
    if (isClosed())
        return;
    if (isCurrentThread())
        end();
    else if (QCoreApplication::instance() && attached(0))
        callInEventLoop(m_thread, end, timeout);
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
        for (std::size_t i = 0; const std::shared_ptr<RecorderCore> core = attached(i); ++i)
            core->stop(RecorderCore::Execution::Queued);
        if (isWithinCall) {
            m_doorbell->stopTicking(); // there may be no timers any more when the call returns
            stopOthers();
            return;
        }
        settleAll();
        if (close())
            break;
    }

    for (FencedTask &task : std::exchange(m_tasks, {}))
        insist(task.run);
    m_doorbell.reset();
    giveMemoryBackAtOnce();
}

void Dispatcher::settleAll()
{
    for (Patience patience;;) {
        const bool hasHandled = work(Clock::now()).handled > 0;
        if (m_settling.empty())
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
                           [](const RecorderCore *core) { return core->isEntered(); });
}

void Dispatcher::stopOthers()
{
    Patience patience;
    for (bool isDone = false; !isDone;) {
        isDone = true;
        std::size_t handled = 0;
        for (std::size_t i = 0; const std::shared_ptr<RecorderCore> core = attached(i);) {
            if (core->isEntered() || core->isBeingMade()) {
                ++i;
                continue;
            }
            Progress progress;
            handled += drain(*core, Clock::now() + sliceTime, progress);
            const bool isSettled = advance(*core, progress);
            if (attached(i) != core)
                continue; // it has stopped, and another one is in its place
            if (isSettled) // its stop found no memory
                core->stop(RecorderCore::Execution::Queued);
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
    std::vector<Settling> settled; // destroyed without the lock
    const std::lock_guard lock(m_mutex);
    if (!m_attached.empty())
        return false;
    insist([this] { moveAll(m_newTasks, m_tasks); });
    m_isClosed.store(true, std::memory_order_release);
    settled.swap(m_newSettling);
    for (const Settling &each : settled)
        each.core->setSettling(false);
    return true;
}

// The thread and its recorders are another process's: nothing is served here, or waited for.
void Dispatcher::abandon() noexcept
{
    m_isClosed.store(true, std::memory_order_release);
    for (RecorderCore *core : m_attached)
        core->abandon();
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

bool Dispatcher::attach(RecorderCore &core)
{
    const std::lock_guard lock(m_mutex);
    if (m_isFinishing || isClosed())
        return false;
    core.attachedAt = m_attached.size();
    m_attached.push_back(&core);
    return true;
}

void Dispatcher::forget(RecorderCore &core) noexcept
{
    if (core.activeAt != RecorderCore::notActive)
        m_active[std::exchange(core.activeAt, RecorderCore::notActive)] = nullptr;
    else
        forgetTaken(core);

    const std::lock_guard lock(m_mutex);
    m_attached.back()->attachedAt = core.attachedAt;
    m_attached[core.attachedAt] = m_attached.back();
    m_attached.pop_back();
}

void Dispatcher::forgetTaken(RecorderCore &core) noexcept
{
    takeActive();
    for (RecorderCore **place = &m_taken; *place; place = &(*place)->nextActive) {
        if (*place == &core) {
            *place = core.nextActive;
            return;
        }
    }
}

std::shared_ptr<RecorderCore> Dispatcher::attached(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    return index < m_attached.size() ? m_attached[index]->shared_from_this() : nullptr;
}

// Dispatcher: calls from any thread

// For who has waited for this thread in vain: there may be many recorders to look at.
QString Dispatcher::occupation() const
{
    QString call = callUnderWay();
    for (std::size_t i = 0; call.isEmpty(); ++i) {
        const std::shared_ptr<RecorderCore> core = attached(i);
        if (!core)
            return QStringLiteral("busy");
        call = core->callUnderWay();
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
    if (const auto core = attached(m_workedAt.load(std::memory_order_relaxed))) {
        here.core = core.get();
        here.handled = core->handled();
        here.calls = core->callCount();
    }
    return here;
}

QString Dispatcher::callUnderWay() const
{
    const auto core = attached(m_workedAt.load(std::memory_order_relaxed));
    return core ? core->callUnderWay() : QString();
}

void Dispatcher::noteWork(const RecorderCore &core) noexcept
{
    m_workedAt.store(core.attachedAt, std::memory_order_relaxed);
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

void Dispatcher::activate(RecorderCore &core) noexcept
{
    if (m_activeList.push(core)) {
        noteTurnDue(Clock::now());
        m_doorbell->ring();
    }
}

void Dispatcher::hurry() noexcept
{
    // Relaxed: a missed look costs a tick, a superfluous ring a turn.
    if (!m_isPatient.load(std::memory_order_relaxed)
        || !m_isPatient.exchange(false, std::memory_order_relaxed))
        return;
    const std::lock_guard lock(m_mutex); // keeps the doorbell alive
    if (!isClosed())
        m_doorbell->ring();
}

bool Dispatcher::post(Task task, std::shared_ptr<RecorderCore> core, quint64 fence)
{
    const std::lock_guard lock(m_mutex);
    if (isClosed())
        return false;
    m_newTasks.push_back({ std::move(task), std::move(core), fence });
    ringOnce();
    return true;
}

bool Dispatcher::settle(std::shared_ptr<RecorderCore> core, std::shared_ptr<void> handle)
{
    const std::lock_guard lock(m_mutex);
    if (isClosed())
        return false;
    m_newSettling.emplace_back(); // from here on nothing fails
    if (core->setSettling(true)) { // it is listed already
        m_newSettling.pop_back();
        return true;
    }
    m_newSettling.back() = { std::move(core), std::move(handle) };
    ringOnce();
    return true;
}

void Dispatcher::ringOnce() noexcept
{
    if (std::exchange(m_hasRung, true))
        return;
    if (!turnDueSince())
        noteTurnDue(Clock::now());
    m_doorbell->ring();
}

// Dispatcher: turns

void Dispatcher::turn()
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
    m_wokeAt = began;
    m_lastTurn = began - wakeLatency;
    // Sequentially consistent, both: see StallWatch.
    m_isAwake.store(true, std::memory_order_seq_cst);
    if (m_wakeListener && !m_isWatched.exchange(true, std::memory_order_seq_cst))
        m_wakeListener();
}

Dispatcher::Progress Dispatcher::work()
{
    takeMessages();
    bool isStarved = !advanceSettling(); // what starts is to be drained in this turn,
    collectActive();
    Progress progress = drainActive();
    progress.isCut |= collectActive(); // what these events set off is not worth a tick,
    isStarved |= !advanceSettling(); // and what stops may be drained by now
    isStarved |= !runTasks();
    progress.isStarved |= isStarved;
    return progress;
}

void Dispatcher::takeMessages()
{
    m_turn.fetch_add(1, std::memory_order_relaxed); // see the member
    const std::lock_guard lock(m_mutex);
    moveAll(m_newTasks, m_tasks);
    moveAll(m_newSettling, m_settling);
    m_hasRung = false;
}

// False: some have to run again.
bool Dispatcher::runTasks()
{
    const auto waits = [](const FencedTask &task) {
        return task.core && (task.core->isInCall() || task.core->handled() < task.fence)
                && task.core->canProgress();
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
bool Dispatcher::advanceSettling()
{
    Progress progress;
    const auto isSettled = [&progress](const Settling &each) {
        each.core->setSettling(false); // what is asked for from now on comes as a new message
        return advance(*each.core, progress) || each.core->setSettling(true);
    };
    // In place: what an operation asks for goes to m_newSettling.
    m_settling.erase(std::remove_if(m_settling.begin(), m_settling.end(), isSettled),
                     m_settling.end());
    return !progress.isStarved;
}

// Returns whether it has settled.
bool Dispatcher::advance(RecorderCore &core, Progress &progress)
{
    try {
        return core.advance();
    } catch (const std::bad_alloc &) {
        progress.isStarved = true;
        return false;
    }
}

// Producers let go of a node once it was taken, and it must not get lost.
void Dispatcher::takeActive() noexcept
{
    RecorderCore **end = &m_taken;
    while (*end)
        end = &(*end)->nextActive;
    *end = m_activeList.takeAll();
}

// Returns whether there are new ones.
bool Dispatcher::collectActive()
{
    takeActive();
    const bool hasNew = m_taken;
    for (; m_taken; m_taken = m_taken->nextActive) {
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
            // Where the last slice was cut: whoever comes first would starve the others.
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
std::size_t Dispatcher::drain(RecorderCore &core, Clock::time_point until, Progress &progress)
{
    try {
        return core.drain(drainBatch, until);
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
        RecorderCore *core = m_active[i];
        if (!core)
            continue;
        const std::size_t handled = m_handledInTurn[i];
        progress.handled += handled;
        progress.load = std::max(progress.load, double(handled) / core->quarterOfQueue());
        if (handled > 0 || wasCut)
            continue;
        if (core->trySleep())
            m_active[std::exchange(core->activeAt, RecorderCore::notActive)] = nullptr;
        else if (core->awaitsPublication())
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

/*
    The next turn comes when a quarter of the fullest queue may have filled, judged by what came
    since the last one, and at the drain interval at the latest.
*/
void Dispatcher::schedule(const Progress &progress, Clock::time_point turnBegan)
{
    using std::chrono::milliseconds;
    const auto elapsed = turnBegan - std::exchange(m_lastTurn, turnBegan);
    const bool hasWork = progress.isCut || !m_tasks.empty() || !m_settling.empty() || hasMessages();
    m_fruitlessTurns = progress.handled > 0 ? 0 : m_fruitlessTurns + 1;
    milliseconds next = m_drainInterval;
    if (hasWork && !progress.isStarved)
        next = m_fruitlessTurns < maxFruitlessTurns ? milliseconds::zero() : milliseconds(1);
    else if (progress.load > 0)
        next = std::min(next, wholeTick(elapsed / progress.load));

    const bool isGivingBack = giveMemoryBack(progress, turnBegan);
    const bool isQuiet = !hasWork && progress.handled == 0 && m_active.empty() && !m_taken
            && !progress.isStarved && !isGivingBack;
    if (isQuiet && turnBegan - m_wokeAt >= m_drainInterval && trySleep()) {
        if (m_owesMemory && EventMemory::excess() > 0)
            m_doorbell->turnLater(EventMemory::interval());
        return;
    }
    m_isPatient.store(next > milliseconds::zero(), std::memory_order_relaxed);
    noteTurnDue(turnBegan + next);
    m_doorbell->tickEvery(next);
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

// Messages can have come in during a turn, in an event loop that a metric runs: their ring was
// answered by a turn that did nothing.
bool Dispatcher::hasMessages() const
{
    const std::lock_guard lock(m_mutex);
    return m_hasRung;
}

bool Dispatcher::trySleep()
{
    const std::lock_guard lock(m_mutex);
    noteTurnDue({}); // before somebody rings
    if (m_hasRung || !m_activeList.trySleep())
        return false;
    m_isAwake.store(false, std::memory_order_seq_cst); // see StallWatch
    m_doorbell->stopTicking();
    return true;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>

#include "core/dispatch/eventmemory_p.h"
#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/processfork_p.h"
#include "core/recorder/recordercore_p.h"
#include "core/runtime/metricsruntime_p.h"
#include "core/snapshot/metatypes_p.h"
#include "core/value/outofmemoryerror_p.h"

#include <QMetaMethod>
#include <QThread>

#include <algorithm>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

/*!
    \class Recorders::RuntimeTotals
    \inheaderfile recorders/core/metricsruntime.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The RuntimeTotals struct is what a runtime's recorders count, added up.

    It is a RecorderStatistics, of all recorders that the runtime has and had, with how many there
    are now. What is counted never falls: an event that was lost stays lost when its recorder goes.

    \sa MetricsRuntime::totals
*/

/*!
    \variable Recorders::RuntimeTotals::recorders
    \brief how many there are now
*/

/*!
    \variable Recorders::RuntimeTotals::failed
    \brief how many of them have failed
*/

/*!
    \class Recorders::MetricsRuntime
    \inheaderfile recorders/core/metricsruntime.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The MetricsRuntime class owns a thread with an event loop, and the recorders that live
    there.

    An application has one runtime, or one for each part that is to be measured apart. It may be
    used from any thread. start() and shutdown() wait; all other functions do not wait for the
    runtime's thread, but for removeRecorder(), for createRecorder() of a class of one's own, which
    waits for its hooks, and for createRecorder() with the id of a recorder whose last handle has
    just gone.

    Destroying the runtime shuts it down. When the application object is destroyed first, the
    runtime shuts down then; and when the process exits, by exit() or a return from main(), it
    shuts down if it is still there. While the process exits no signal is emitted and no model is
    updated, as the objects that would be called may be gone: only metrics and hooks are called, for
    the events that are left. A metric or hook that calls exit() does so in the middle of an
    event: the other recorders are drained, its own keeps the rest as pending. One that had been stuck
    in its call before is waited for half a second; if it returns later, its thread stays where it
    is, as parts of Qt are gone. Recorders stay usable as handles: they take no more events, and
    their last snapshots can be read.

    Without enough memory a function changes nothing, and says so by ErrorCode::OutOfMemory; only
    shutdown() goes on.

    A runtime that was started belongs to its process. In a child process made by \c fork() it is
    \c Stopped and has no recorders, and shutdown() and the destructor return at once.
*/

/*!
    Constructs a runtime called \a name, with the given \a parent. The name is that of its thread.
*/
MetricsRuntime::MetricsRuntime(QString name, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<MetricsRuntimePrivate>(this, std::move(name)))
{
    registerMetaTypes<RuntimeTotals>();
}

MetricsRuntime::~MetricsRuntime()
{
    if (d->context.isForeign()) {
        ProcessFork::instance().keep(std::shared_ptr<MetricsRuntimePrivate>(std::move(d)));
        return;
    }
    Error error;
    if (!shutdown(&error) && error.code() == ErrorCode::WrongThread)
        d->leaveThread();
    d->detach();
    ApplicationExit::instance().forget(this);
    if (ApplicationExit::isProcessExiting())
        disconnect(); // what watches it would be told that it goes
}

/*!
    \property MetricsRuntime::name
    \brief the name, for people
*/
QString MetricsRuntime::name() const
{
    return d->context.runtimeName();
}

/*!
    \property MetricsRuntime::state
    \brief where the runtime is in its life
*/
RuntimeState MetricsRuntime::state() const
{
    return d->context.state();
}

/*!
    Returns the error of the last call that failed.

    \threadsafe
*/
Error MetricsRuntime::lastError() const
{
    if (d->context.isForeign())
        return d->context.foreignError();
    const std::lock_guard lock(d->mutex);
    return d->lastError;
}

/*!
    Returns the time between two drains while events flow, 10 ms by default.

    \threadsafe
    \sa setDrainInterval()
*/
std::chrono::milliseconds MetricsRuntime::drainInterval() const
{
    const std::lock_guard lock(d->mutex);
    return d->drainInterval;
}

/*!
    Sets the time between two drains to \a interval, at least 1 ms. An event is handled within that
    time; the runtime's thread wakes up that often while there are events and for a quarter of a
    second after the last one, and more often if a queue is about to overflow. It is a day at most.
    Has no effect on a runtime that was started.

    \threadsafe
*/
void MetricsRuntime::setDrainInterval(std::chrono::milliseconds interval)
{
    if (interval < 1ms) {
        warn(lcRuntime, [&] {
            return QStringLiteral(
                           "MetricsRuntime \"%1\": interval is %2 ms, but must be at least 1")
                    .arg(d->context.runtimeName())
                    .arg(interval.count());
        });
        return;
    }
    const std::lock_guard lock(d->mutex);
    d->drainInterval = std::min<std::chrono::milliseconds>(interval, 24h);
}

/*!
    Returns how long a metric or hook may keep the runtime's thread until there is a warning. The
    default is 5 s; 0 is never.

    \threadsafe
    \sa setStallWarningTime()
*/
std::chrono::milliseconds MetricsRuntime::stallWarningTime() const
{
    return d->stallAlarm.time();
}

/*!
    Warns, once each time, of a metric or hook that keeps the runtime's thread for longer than \a time:
    nothing else is handled meanwhile, and queues overflow. The warning names the metric or hook and
    its recorder, in the category \c recorders.core.runtime; it names none if something else keeps the
    thread, such as a slot. 0 is for no warnings; what is below is refused with one.

    The thread in which this object lives looks for that, so it takes an event loop there. It does
    so a few times in \a time while there are events, and never while there are none.

    \threadsafe
    \sa SnapshotSource::stall()
*/
void MetricsRuntime::setStallWarningTime(std::chrono::milliseconds time)
{
    if (time < 0ms) {
        warn(lcRuntime, [&] {
            return QStringLiteral("MetricsRuntime \"%1\": time is %2 ms, but must not be below 0")
                    .arg(d->context.runtimeName())
                    .arg(time.count());
        });
        return;
    }
    d->stallAlarm.setTime(time);
}

/*!
    Returns how many bytes the process keeps for pending events although none need them, 1 MiB by
    default.

    \threadsafe

    \sa setIdleEventMemory()
*/
qsizetype MetricsRuntime::idleEventMemory()
{
    return static_cast<qsizetype>(EventMemory::floor());
}

/*!
    Lets the process keep \a bytes for pending events although none need them; at least 0. All
    recorders of the process share that memory, in runtimes and made by hand.

    Memory for pending events is allocated as they come. What is no longer needed, and exceeds
    \a bytes, is given back to the operating system: by a runtime's thread that has handled no event
    for 20 seconds, and when a runtime shuts down. While events come in, it is given back every 20
    seconds, but for a quarter, so that a load that comes and goes finds some of its memory in place.
    A burst that fits into \a bytes never needs new memory. Where events are large, the memory that
    each allocates for itself is freed with the event.

    A runtime's thread that has nothing to do is woken up for that once, 20 seconds after its last
    event, and works for a few seconds at most, a fraction of a millisecond at a time. It is not
    woken up if there is nothing to give back.

    A lower number takes effect when memory is given back the next time: within 20 seconds while
    events come in, and otherwise after the next one.

    \note On Windows, and where pages of memory are larger than 4 KiB, it is kept until the process
    ends.

    \threadsafe

    \sa RecorderOptions
*/
void MetricsRuntime::setIdleEventMemory(qsizetype bytes)
{
    if (bytes < 0) {
        warn(lcRuntime, [&] {
            return QStringLiteral("MetricsRuntime::setIdleEventMemory: bytes is %1, but must be at "
                                  "least 0")
                    .arg(bytes);
        });
        return;
    }
    EventMemory::setFloor(static_cast<std::size_t>(bytes));
}

/*!
    Starts the runtime, joins a start that is under way, or does nothing if it runs. Returns \c true
    if it runs then; otherwise \a error gives the reason: there is no QCoreApplication, the thread cannot
    start, the name is blank, or the runtime was shut down, which is for good.

    \note A thread with an event loop needs a file descriptor. If there is none left Qt ends the
    process.

    \note A process should have one copy of this library. Where a plugin brings its own, each has
    threads of its own, and start() logs a warning.

    \threadsafe
*/
bool MetricsRuntime::start(Error *error)
{
    if (const std::optional<Error> known = d->beginStart())
        return d->report(*known, error);
    d->announce(RuntimeState::Starting);
    const Error failure = d->tryLaunch();
    d->reach(failure ? RuntimeState::Failed : RuntimeState::Running, failure);
    return d->report(failure, error);
}

/*!
    Stops all recorders side by side, each within its RecorderOptions::stopTimeout, and ends the
    thread; or joins a shutdown that is under way; or does nothing if it is over. All callers get
    the same outcome: \c true, or \c false and an \a error that says, by recorder, what was left
    undone. A metric or hook that does not return is waited for until its own recorder's time is up,
    and that of all others with events or hooks.

    A runtime that is shut down cannot start again. On the runtime's own thread, in metrics and
    hooks, this does nothing but return ErrorCode::WrongThread.

    \threadsafe
*/
bool MetricsRuntime::shutdown(Error *error)
{
    const std::shared_ptr<Dispatcher> dispatcher = d->context.dispatcher();
    if (dispatcher && dispatcher->isCurrentThread()) {
        return d->report(
                d->context.error(ErrorCode::WrongThread,
                                 QStringLiteral("shutdown() would wait for the thread that calls "
                                                "it; call it from another thread")),
                error);
    }
    if (const std::optional<Error> known = d->beginShutdown())
        return d->report(*known, error);
    d->announce(RuntimeState::Stopping);
    const Error failure = d->stopAll();
    d->reach(RuntimeState::Stopped, failure);
    return d->report(failure, error);
}

/*!
    Makes a recorder for the entity \a id, with the given \a options, and starts it. Returns null,
    and sets \a error, if the runtime does not run, the id is blank or in use, or an option
    is wrong.

    The runtime keeps the recorder until removeRecorder(). With RecorderLifetime::UntilLastHandle as
    RecorderOptions::lifetime it is removed, too, when the last copy of the pointer that this returns
    goes. To use its id again, this function then waits until it has stopped, as removeRecorder()
    would; on the runtime's own thread it returns null instead, with ErrorCode::AlreadyExists, until
    it has stopped. The default policy for overflow is OverflowPolicy::Drop.

    \threadsafe
*/
std::shared_ptr<Recorder> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options,
                                                         Error *error)
{
    return createRecorder<Recorder>(id, std::move(options), error);
}

/*!
    \fn template <class R, class... Args> std::shared_ptr<R> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options, Args &&...args)

    Makes a recorder of class \c R, a subclass of Recorder, by the constructor
    \c {R(id, options, args...)}, and starts it: Recorder::onStarting() has returned then, unless
    this is called on the runtime's own thread. Events that the constructor registers are held
    until then. Returns null if that is not possible, or the constructor or the hook throws;
    lastError() gives the reason.

    This function takes part in overload resolution only if \c R has that constructor. An argument
    of type \c {Error *} that comes first is that of the other overload, if \c R can be made without
    it. A literal \c nullptr that comes first is given to the constructor if that takes it, such as
    one with a \c {QObject *parent}; otherwise it means that no error is wanted.

    \threadsafe
*/

/*!
    \fn template <class R, class... Args> std::shared_ptr<R> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options, Error *error, Args &&...args)
    \overload

    Says in \a error, unless that is null, why it returned null: the runtime does not run, the id is
    blank or in use, an option is wrong, there is not enough memory, or what threw, and that is
    ErrorCode::HookFailed. After success there is no error in it.

    \threadsafe
*/

bool MetricsRuntime::admits(const QString &id, const RecorderOptions &options, Error *error)
{
    if (d->context.isForeign())
        return d->report(d->context.foreignError(), error);
    Error refusal;
    try {
        refusal = d->owner.refusal(id, options);
    } catch (const std::bad_alloc &) {
        refusal = outOfMemory();
    }
    RecorderCore::expectMaking(refusal ? nullptr : &d->owner.parts());
    return d->report(refusal, error);
}

// Called where the exception is handled.
void MetricsRuntime::constructorFailed(const QString &id, Error *error)
{
    RecorderCore::expectMaking(nullptr);
    try {
        throw;
    } catch (const std::bad_alloc &) {
        d->report(outOfMemory(), error);
    } catch (...) {
        d->report(d->context.error(ErrorCode::HookFailed, textOf([&id] {
                                       return QStringLiteral(
                                                      "the constructor of recorder \"%1\" threw")
                                               .arg(id);
                                   })),
                  error);
    }
}

std::shared_ptr<RuntimeLink> MetricsRuntime::link() const
{
    return d->link;
}

bool MetricsRuntime::adopt(const Made<Recorder> &made, Error *error)
{
    Error refusal;
    try {
        refusal = d->owner.adopt(made.owned, made.handle);
    } catch (const std::bad_alloc &) {
        refusal = outOfMemory();
    }
    if (!d->report(refusal, error))
        return false;
    d->announceBy([this, &made] { Q_EMIT recorderAdded(made.owned->entityId()); });
    tellIdsChanged();
    return true;
}

// At most one message is on its way, so that a thread that is busy is not flooded.
void MetricsRuntime::tellIdsChanged()
{
    static const QMetaMethod changed = QMetaMethod::fromSignal(&MetricsRuntime::recorderIdsChanged);
    if (ApplicationExit::isProcessExiting() || !isSignalConnected(changed)
        || d->isTellingIds.exchange(true, std::memory_order_acq_rel))
        return;
    try {
        QMetaObject::invokeMethod(
                this,
                [this] {
                    // First: who comes now is told of again. Pairs with the exchange above: who
                    // came before is in the table.
                    d->isTellingIds.exchange(false, std::memory_order_acq_rel);
                    if (!ApplicationExit::isProcessExiting())
                        Q_EMIT recorderIdsChanged();
                },
                Qt::QueuedConnection);
    } catch (const std::bad_alloc &) {
        d->isTellingIds.store(false, std::memory_order_release); // nobody was told
    }
}

/*!
    Returns the recorder for the entity \a id, or null if there is none. As any copy of the pointer
    that createRecorder() returned, this one is a handle in the sense of RecorderLifetime.

    \threadsafe
*/
std::shared_ptr<Recorder> MetricsRuntime::recorder(const QString &id) const
{
    if (d->context.isForeign())
        return nullptr;
    return d->owner.table().find(id);
}

/*!
    \property MetricsRuntime::recorderIds
    \brief the ids of all recorders, sorted
*/
QStringList MetricsRuntime::recorderIds() const
{
    if (d->context.isForeign())
        return {};
    return d->owner.table().ids();
}

/*!
    \property MetricsRuntime::totals
    \brief what the recorders count, added up, and how many there are

    What recorders counted that were removed since is in it, too, as of their removal. Only how many
    recorders there are and how many of them have failed is said of those that there are now.

    As long as something is connected to totalsChanged(), such as a binding of QML, it is looked for
    a change five times per second, or less often with very many recorders. The property is then
    what was seen last, and at other times, as this function is always, what the recorders count
    now.
*/
RuntimeTotals MetricsRuntime::totals() const
{
    return d->context.isForeign() ? RuntimeTotals() : d->owner.table().totals();
}

/*!
    Returns what all recorders counted that this runtime has and had. Each number but \c pending only
    grows, as long as the runtime lives.

    \threadsafe
    \sa totals
*/
RecorderStatistics MetricsRuntime::statistics() const
{
    const RuntimeTotals all = totals();
    const RecorderStatistics &statistics = all;
    return statistics;
}

RuntimeTotals MetricsRuntime::shownTotals() const
{
    const bool isHere = QThread::currentThread() == thread();
    return isHere ? d->watchOfTotals().shown(isTotalsSignalConnected()) : totals();
}

void MetricsRuntime::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&MetricsRuntime::totalsChanged))
        watchTotals();
}

void MetricsRuntime::disconnectNotify(const QMetaMethod &signal)
{
    if (!signal.isValid() || signal == QMetaMethod::fromSignal(&MetricsRuntime::totalsChanged))
        watchTotals();
}

bool MetricsRuntime::isTotalsSignalConnected() const
{
    static const QMetaMethod changed = QMetaMethod::fromSignal(&MetricsRuntime::totalsChanged);
    return isSignalConnected(changed);
}

// From any thread, also while the runtime goes: what it has may have gone already. Later: Qt may hold
// a lock here that it takes to ask who is connected.
void MetricsRuntime::watchTotals()
{
    if (ApplicationExit::isProcessExiting())
        return;
    const auto watch = [this] {
        d->watchOfTotals().setWatched(isTotalsSignalConnected());
    };
    try {
        QMetaObject::invokeMethod(this, watch, Qt::QueuedConnection);
    } catch (const std::bad_alloc &) {
        // Totals stay as they are until somebody else connects or disconnects.
    }
}

/*!
    Stops the recorder for the entity \a id and removes it; the id may be used again. Handles stay
    valid, but the recorder cannot start again. Returns \c false, and sets \a error, if there
    is no such recorder, or if events were left over when its RecorderOptions::stopTimeout ended.

    Called by a metric or hook of that recorder, this returns before the recorder has stopped.

    \threadsafe
*/
bool MetricsRuntime::removeRecorder(const QString &id, Error *error)
{
    std::optional<Error> outcome;
    try {
        outcome = d->owner.remove(id);
    } catch (const std::bad_alloc &) {
        return d->report(outOfMemory(), error);
    }
    if (!outcome) {
        return d->report(d->context.error(ErrorCode::NotFound, textOf([&id] {
                                              return QStringLiteral(
                                                             "there is no recorder with the id "
                                                             "\"%1\"")
                                                      .arg(id);
                                          })),
                         error);
    }
    d->announceBy([this, &id] { Q_EMIT recorderRemoved(id); });
    tellIdsChanged();
    return d->report(*outcome, error);
}

/*!
    \property MetricsRuntime::snapshotSource
    \brief where models and the inspector get the snapshots of this runtime's recorders

    The runtime owns it.
*/
SnapshotSource *MetricsRuntime::snapshotSource() const
{
    return &d->source;
}

/*!
    \fn void MetricsRuntime::recorderAdded(const QString &id)

    This signal is emitted, by the thread that called createRecorder(), when the recorder \a id
    has been made.
*/

/*!
    \fn void MetricsRuntime::recorderRemoved(const QString &id)

    This signal is emitted, by the thread that called removeRecorder(), when the recorder \a id
    has been removed. If it was removed because its last handle went, see RecorderLifetime, the signal
    is emitted in the thread in which this object lives, by its event loop.
*/

/*!
    \fn void MetricsRuntime::recorderIdsChanged()

    This signal is emitted in the thread in which this object lives, by its event loop, when
    recorders have come or gone: once for all that did since it was emitted last.
*/

/*!
    \fn void MetricsRuntime::totalsChanged()

    This signal is emitted in the thread in which this object lives, by its event loop, when \l
    totals are others than when it was emitted last.
*/

/*!
    \fn void MetricsRuntime::stateChanged(Recorders::RuntimeState state)

    This signal is emitted, by the thread that called start() or shutdown(), when \a state is
    reached.
*/

} // namespace Recorders

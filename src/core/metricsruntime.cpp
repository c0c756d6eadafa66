// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>

#include "core/applicationexit_p.h"
#include "core/recordercore_p.h"
#include "core/runtimethread_p.h"
#include "core/snapshotjournal_p.h"

#include <QCoreApplication>
#include <QHash>
#include <QLoggingCategory>
#include <QSet>

#include <algorithm>
#include <thread>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcRuntime, "recorders.core.runtime", QtWarningMsg)

namespace {

constexpr std::chrono::seconds launchTimeout = 10s;
// What stopping may take beyond the recorders' own time: hooks, and a call that is under way.
constexpr std::chrono::milliseconds stopGrace = 500ms;

// The outcome, or nothing if there is none in time.
std::optional<Error> outcomeWithin(const QFuture<Error> &future, std::chrono::milliseconds timeout)
{
    struct Reply
    {
        std::mutex mutex;
        std::condition_variable done;
        std::optional<Error> outcome;
    };
    const auto reply = std::make_shared<Reply>();
    QFuture<Error>(future).then(QtFuture::Launch::Sync, [reply](const Error &outcome) {
        const std::lock_guard lock(reply->mutex);
        reply->outcome = outcome;
        reply->done.notify_all();
    });
    std::unique_lock lock(reply->mutex);
    reply->done.wait_for(lock, timeout, [&reply] { return reply->outcome.has_value(); });
    return reply->outcome;
}

} // namespace

class MetricsRuntimePrivate : public SnapshotSource
{
public:
    MetricsRuntimePrivate(MetricsRuntime *runtime, QString name)
        : q(runtime)
        , runtimeName(std::move(name))
    {
    }

    // SnapshotSource
    QString name() const override { return runtimeName; }
    RuntimeState state() const override { return runtimeState.load(std::memory_order_acquire); }
    quint64 version() const override { return journal->version(); }
    QFuture<SnapshotUpdate> changesSince(quint64 version) override;

    Error error(ErrorCode code, const QString &what) const;
    bool report(const Error &result, Error *error);
    void reach(RuntimeState reached, const Error &result = {});
    void announce(RuntimeState reached);
    std::optional<Error> beginStart(); // nothing: the caller is to launch()
    std::optional<Error> beginShutdown(); // nothing: the caller is to stopAll()
    bool isPassing() const; // between two states that last
    Error passingError(const QString &call) const;
    void leaveThread();
    Error launch();
    Error stopAll();
    Error refusal(const QString &id) const; // of a new recorder; needs mutex
    bool insert(const std::shared_ptr<Recorder> &recorder, bool starts); // needs mutex
    std::optional<Error> remove(const QString &id); // nothing: there is no such recorder
    Error awaitStart(Recorder &recorder) const;
    Error awaitRemoval(const Recorder &recorder) const;
    std::shared_ptr<Dispatcher> dispatcher() const;
    void waitWhile(std::unique_lock<std::mutex> &lock, RuntimeState passing);

    MetricsRuntime *const q;
    const QString runtimeName;
    const std::shared_ptr<SnapshotJournal> journal = std::make_shared<SnapshotJournal>();
    std::atomic<RuntimeState> runtimeState = RuntimeState::Created;

    // guarded by mutex
    mutable std::mutex mutex;
    std::condition_variable stateReached;
    QHash<QString, std::shared_ptr<Recorder>> recorders;
    QSet<QString> leaving; // being removed: the id is not free yet
    Error lastError;
    std::thread::id passingThread; // that starts it or shuts it down
    Error outcome; // of the start or shutdown that others wait for
    std::chrono::milliseconds drainInterval = Dispatcher::defaultDrainInterval;
    RuntimeThread::Pointer thread;
    std::shared_ptr<MetricsRuntimePrivate *> aliveToken; // what the exit of the application calls
};

/*!
    \class Recorders::MetricsRuntime
    \inheaderfile recorders/core/metricsruntime.h
    \inmodule Recorders
    \brief The MetricsRuntime class owns a thread with an event loop, and the recorders that live
    there.

    An application has one runtime, or one for each part that is to be measured apart. It may be
    used from any thread. start() and shutdown() wait; all other functions do not wait for the
    runtime's thread, but for removeRecorder() and for createRecorder() of a class of one's own,
    which wait for its hooks.

    Destroying the runtime shuts it down. When the application object is destroyed first, the
    runtime shuts down then. Recorders stay usable as handles: they take no more events, and their
    last snapshots can be read.
*/

/*!
    Constructs a runtime called \a name, with the given \a parent. The name is that of its thread.
*/
MetricsRuntime::MetricsRuntime(QString name, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<MetricsRuntimePrivate>(this, std::move(name)))
{
}

MetricsRuntime::~MetricsRuntime()
{
    Error error;
    if (!shutdown(&error) && error.code() == ErrorCode::WrongThread)
        d->leaveThread();
}

/*!
    \property MetricsRuntime::name
    \brief the name, for people
*/
QString MetricsRuntime::name() const
{
    return d->runtimeName;
}

/*!
    \property MetricsRuntime::state
    \brief where the runtime is in its life
*/
RuntimeState MetricsRuntime::state() const
{
    return d->state();
}

/*!
    Returns the error of the last call that failed.
*/
Error MetricsRuntime::lastError() const
{
    const std::lock_guard lock(d->mutex);
    return d->lastError;
}

/*!
    Returns the time between two drains while events flow, 10 ms by default.

    \sa setDrainInterval()
*/
std::chrono::milliseconds MetricsRuntime::drainInterval() const
{
    const std::lock_guard lock(d->mutex);
    return d->drainInterval;
}

/*!
    Sets the time between two drains to \a interval, at least 1 ms. An event is handled within that
    time; the runtime's thread wakes up that often while there are events, and oftener if a queue
    would overflow. Has no effect on a runtime that was started.
*/
void MetricsRuntime::setDrainInterval(std::chrono::milliseconds interval)
{
    if (interval < 1ms) {
        qCWarning(lcRuntime).noquote()
                << QStringLiteral(
                           "MetricsRuntime \"%1\": interval is %2 ms, but must be at least 1")
                           .arg(d->runtimeName)
                           .arg(interval.count());
        return;
    }
    const std::lock_guard lock(d->mutex);
    d->drainInterval = interval;
}

Error MetricsRuntimePrivate::error(ErrorCode code, const QString &what) const
{
    return Error(code, QStringLiteral("MetricsRuntime \"%1\": %2").arg(runtimeName, what));
}

// Passes a result on to the caller, and keeps it. Returns whether all went well.
bool MetricsRuntimePrivate::report(const Error &result, Error *error)
{
    if (error)
        *error = result;
    if (!result)
        return true;
    const std::lock_guard lock(mutex);
    lastError = result;
    return false;
}

void MetricsRuntimePrivate::reach(RuntimeState reached, const Error &result)
{
    {
        const std::lock_guard lock(mutex);
        outcome = result;
        runtimeState.store(reached, std::memory_order_release);
        stateReached.notify_all();
    }
    announce(reached);
}

void MetricsRuntimePrivate::announce(RuntimeState reached)
{
    Q_EMIT q->stateChanged(reached);
    Q_EMIT stateChanged(reached);
}

void MetricsRuntimePrivate::waitWhile(std::unique_lock<std::mutex> &lock, RuntimeState passing)
{
    stateReached.wait(lock, [this, passing] { return state() != passing; });
}

std::shared_ptr<Dispatcher> MetricsRuntimePrivate::dispatcher() const
{
    const std::lock_guard lock(mutex);
    return thread ? thread->dispatcher() : nullptr;
}

/*!
    Starts the runtime, joins a start that is under way, or does nothing if it runs. Returns \c true
    if it runs then; otherwise \a error says why not: there is no QCoreApplication, the thread cannot
    start, the name is blank, or the runtime was shut down, which is for good.
*/
bool MetricsRuntime::start(Error *error)
{
    if (const std::optional<Error> known = d->beginStart())
        return d->report(*known, error);
    d->announce(RuntimeState::Starting);
    const Error failure = d->launch();
    d->reach(failure ? RuntimeState::Failed : RuntimeState::Running, failure);
    return d->report(failure, error);
}

std::optional<Error> MetricsRuntimePrivate::beginStart()
{
    std::unique_lock lock(mutex);
    if (isPassing() && passingThread == std::this_thread::get_id())
        return passingError(QStringLiteral("start()"));
    const bool joins = state() == RuntimeState::Starting;
    waitWhile(lock, RuntimeState::Starting);
    if (state() == RuntimeState::Running)
        return Error();
    if (state() == RuntimeState::Failed && joins)
        return outcome;
    if (state() == RuntimeState::Stopping || state() == RuntimeState::Stopped) {
        return error(ErrorCode::InvalidState,
                     QStringLiteral("it was shut down and cannot start again"));
    }
    if (runtimeName.trimmed().isEmpty())
        return error(ErrorCode::InvalidArgument, QStringLiteral("name is blank"));
    passingThread = std::this_thread::get_id();
    runtimeState.store(RuntimeState::Starting, std::memory_order_release);
    return std::nullopt;
}

Error MetricsRuntimePrivate::launch()
{
    if (!QCoreApplication::instance()) {
        return error(ErrorCode::NoApplication,
                     QStringLiteral("it cannot start, there is no QCoreApplication object"));
    }
    RuntimeThread::Pointer launched = RuntimeThread::create(runtimeName, drainInterval);
    if (!launched->launch(launchTimeout))
        return error(ErrorCode::ThreadFailed, QStringLiteral("its thread could not be started"));

    aliveToken = std::make_shared<MetricsRuntimePrivate *>(this);
    ApplicationExit::instance().callWhileAlive(aliveToken, [this] { q->shutdown(); });
    const std::lock_guard lock(mutex);
    thread = std::move(launched);
    return {};
}

/*!
    Stops all recorders side by side, each within its RecorderOptions::stopTimeout, and ends the
    thread; or joins a shutdown that is under way; or does nothing if it is over. All callers get
    the same outcome: \c true, or \c false and an \a error that says, by recorder, what was left
    undone.

    A runtime that is shut down cannot start again. On the runtime's own thread, in metrics and
    hooks, this does nothing but return ErrorCode::WrongThread.
*/
bool MetricsRuntime::shutdown(Error *error)
{
    const std::shared_ptr<Dispatcher> home = d->dispatcher();
    if (home && home->isCurrentThread()) {
        return d->report(d->error(ErrorCode::WrongThread,
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

std::optional<Error> MetricsRuntimePrivate::beginShutdown()
{
    std::unique_lock lock(mutex);
    if (isPassing() && passingThread == std::this_thread::get_id())
        return passingError(QStringLiteral("shutdown()"));
    waitWhile(lock, RuntimeState::Starting);
    waitWhile(lock, RuntimeState::Stopping);
    if (state() == RuntimeState::Stopped)
        return outcome;
    passingThread = std::this_thread::get_id();
    runtimeState.store(RuntimeState::Stopping, std::memory_order_release);
    return std::nullopt;
}

bool MetricsRuntimePrivate::isPassing() const
{
    return state() == RuntimeState::Starting || state() == RuntimeState::Stopping;
}

Error MetricsRuntimePrivate::passingError(const QString &call) const
{
    return error(ErrorCode::InvalidState,
                 QStringLiteral("%1 would wait for the start or shutdown that makes this call, by "
                                "a direct connection to stateChanged()")
                         .arg(call));
}

// For a runtime that one of its own metrics or hooks destroys: its thread ends later.
void MetricsRuntimePrivate::leaveThread()
{
    const QList<std::shared_ptr<Recorder>> stopping = recorders.values();
    for (const std::shared_ptr<Recorder> &recorder : stopping)
        recorder->m_core->stop(RecorderCore::Execution::Queued);
    thread->keepUntilEnd({ stopping.begin(), stopping.end() });
}

Error MetricsRuntimePrivate::stopAll()
{
    if (!thread)
        return {};
    QList<std::shared_ptr<Recorder>> stopping; // no more are added in this state
    {
        const std::lock_guard lock(mutex);
        stopping = recorders.values();
    }
    std::vector<std::pair<std::shared_ptr<Recorder>, QFuture<Error>>> stops;
    stops.reserve(static_cast<std::size_t>(stopping.size()));
    std::chrono::milliseconds longest{};
    for (const std::shared_ptr<Recorder> &recorder : stopping) {
        longest = std::max(longest, recorder->options().stopTimeout);
        stops.emplace_back(recorder, recorder->m_core->stop(RecorderCore::Execution::Queued));
    }

    const bool hasEnded = thread->finishWithin(longest + stopGrace);
    QStringList undone;
    for (const auto &[recorder, future] : stops) {
        const quint64 pending = recorder->statistics().pending;
        if (!hasEnded && !future.isFinished()) {
            undone.append(QStringLiteral("recorder \"%1\" has not stopped, %2 events are pending")
                                  .arg(recorder->entityId())
                                  .arg(pending));
        } else if (future.isFinished() && future.result()) {
            undone.append(future.result().message());
        }
    }
    if (!hasEnded) {
        thread->keepUntilEnd({ stopping.begin(), stopping.end() });
        undone.prepend(QStringLiteral("its thread is busy and ends later"));
    }
    if (undone.isEmpty())
        return {};
    return error(ErrorCode::Timeout,
                 QStringLiteral("it was shut down, but %1").arg(undone.join(QStringLiteral("; "))));
}

Error MetricsRuntimePrivate::refusal(const QString &id) const
{
    if (state() != RuntimeState::Running) {
        const bool isOver = state() == RuntimeState::Stopping || state() == RuntimeState::Stopped;
        return error(
                ErrorCode::InvalidState,
                isOver ? QStringLiteral("it was shut down, recorder \"%1\" is not made").arg(id)
                       : QStringLiteral("start() it before it can make recorder \"%1\"").arg(id));
    }
    if (recorders.contains(id) || leaving.contains(id)) {
        return error(ErrorCode::AlreadyExists,
                     QStringLiteral("there is a recorder with the id \"%1\" already").arg(id));
    }
    return {};
}

/*!
    Makes a recorder for the entity \a id, with the given \a options, and starts it. Returns null,
    and says why in \a error, if the runtime does not run, the id is blank or in use, or an option
    is wrong.

    The runtime keeps the recorder until removeRecorder(). Its default policy for overflow is
    OverflowPolicy::Drop.
*/
std::shared_ptr<Recorder> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options,
                                                         Error *error)
{
    if (!admits(id, options, error))
        return nullptr;
    const auto recorder = std::make_shared<Recorder>(id, std::move(options));
    return adopt(recorder, error) ? recorder : nullptr;
}

/*!
    \fn template <class R, class... Args> std::shared_ptr<R> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options, Args &&...args)

    Makes a recorder of class \c R, a subclass of Recorder, by the constructor
    \c {R(id, options, args...)}, and starts it: Recorder::onStarting() has returned then, unless
    this is called on the runtime's own thread. Returns null if that is not possible, or the
    constructor or the hook throws; lastError() says why.
*/

bool MetricsRuntime::admits(const QString &id, const RecorderOptions &options, Error *error)
{
    if (id.trimmed().isEmpty()) {
        return d->report(d->error(ErrorCode::InvalidArgument,
                                  QStringLiteral("the id of a recorder is blank: \"%1\"").arg(id)),
                         error);
    }
    Error refusal;
    {
        const std::lock_guard lock(d->mutex);
        refusal = d->refusal(id);
    }
    if (!refusal)
        refusal = RecorderCore::configurationError(id, options);
    RecorderCore::expectMaking(!refusal);
    return d->report(refusal, error);
}

void MetricsRuntime::constructorFailed(const QString &id)
{
    RecorderCore::expectMaking(false);
    d->report(d->error(ErrorCode::HookFailed,
                       QStringLiteral("the constructor of recorder \"%1\" threw").arg(id)),
              nullptr);
}

bool MetricsRuntime::adopt(const std::shared_ptr<Recorder> &recorder, Error *error)
{
    const QString id = recorder->entityId();
    const Recorder &object = *recorder;
    const bool isPlain = typeid(object) == typeid(Recorder);
    recorder->setParent(nullptr); // it is owned by its handles
    recorder->moveToThread(d->thread.get());
    Error refusal;
    {
        const std::lock_guard lock(d->mutex);
        refusal = d->refusal(id);
        if (!refusal && !d->insert(recorder, isPlain)) {
            refusal = d->error(
                    ErrorCode::ThreadFailed,
                    QStringLiteral("its thread has ended, recorder \"%1\" is not made").arg(id));
        }
    }
    if (!refusal && !isPlain) {
        refusal = d->awaitStart(*recorder);
        if (refusal)
            d->remove(id);
    }
    if (!d->report(refusal, error))
        return false;
    Q_EMIT recorderAdded(id);
    return true;
}

bool MetricsRuntimePrivate::insert(const std::shared_ptr<Recorder> &recorder, bool starts)
{
    RecorderCore &core = *recorder->m_core;
    core.joinRuntime(thread->dispatcher(), journal, recorder);
    if (starts && !core.startQuietly())
        return false;
    recorders.insert(recorder->entityId(), recorder);
    journal->add(core);
    return true;
}

Error MetricsRuntimePrivate::awaitStart(Recorder &recorder) const
{
    const QFuture<Error> start = recorder.start();
    if (start.isFinished())
        return start.result();
    if (dispatcher()->isCurrentThread())
        return {}; // a metric or hook of this recorder made the call: it starts later
    const std::chrono::milliseconds timeout = recorder.options().stopTimeout + stopGrace;
    return outcomeWithin(start, timeout)
            .value_or(error(ErrorCode::Timeout,
                            QStringLiteral("recorder \"%1\" has not started within %2 ms")
                                    .arg(recorder.entityId())
                                    .arg(timeout.count())));
}

/*!
    Returns the recorder for the entity \a id, or null if there is none.
*/
std::shared_ptr<Recorder> MetricsRuntime::recorder(const QString &id) const
{
    const std::lock_guard lock(d->mutex);
    return d->recorders.value(id);
}

/*!
    Returns the ids of all recorders, sorted.
*/
QStringList MetricsRuntime::recorderIds() const
{
    QStringList ids;
    {
        const std::lock_guard lock(d->mutex);
        ids = d->recorders.keys();
    }
    ids.sort();
    return ids;
}

/*!
    Stops the recorder for the entity \a id and removes it; the id may be used again. Handles stay
    valid, but the recorder cannot start again. Returns \c false, and says why in \a error, if there
    is no such recorder, or if events were left over when its RecorderOptions::stopTimeout ended.

    Called by a metric or hook of that recorder, this returns before the recorder has stopped.
*/
bool MetricsRuntime::removeRecorder(const QString &id, Error *error)
{
    const std::optional<Error> outcome = d->remove(id);
    if (!outcome) {
        return d->report(
                d->error(ErrorCode::NotFound,
                         QStringLiteral("there is no recorder with the id \"%1\"").arg(id)),
                error);
    }
    Q_EMIT recorderRemoved(id);
    return d->report(*outcome, error);
}

std::optional<Error> MetricsRuntimePrivate::remove(const QString &id)
{
    std::shared_ptr<Recorder> recorder;
    {
        const std::lock_guard lock(mutex);
        recorder = recorders.take(id);
        if (!recorder)
            return std::nullopt;
        leaving.insert(id);
    }
    const Error failure = awaitRemoval(*recorder);
    journal->remove(*recorder->m_core);
    const std::lock_guard lock(mutex);
    leaving.remove(id);
    return failure;
}

Error MetricsRuntimePrivate::awaitRemoval(const Recorder &recorder) const
{
    const QFuture<Error> stop = recorder.m_core->remove();
    if (stop.isFinished())
        return stop.result();
    if (dispatcher()->isCurrentThread())
        return {}; // one of its metrics or hooks made the call: it stops later
    const std::chrono::milliseconds timeout = recorder.options().stopTimeout + stopGrace;
    return outcomeWithin(stop, timeout)
            .value_or(error(ErrorCode::Timeout,
                            QStringLiteral("recorder \"%1\" was removed, but has not stopped "
                                           "within %2 ms")
                                    .arg(recorder.entityId())
                                    .arg(timeout.count())));
}

/*!
    Returns where models and the inspector get the snapshots of this runtime's recorders. The
    runtime owns it.
*/
SnapshotSource *MetricsRuntime::snapshotSource() const
{
    return d.get();
}

QFuture<SnapshotUpdate> MetricsRuntimePrivate::changesSince(quint64 version)
{
    const auto promise = std::make_shared<QPromise<SnapshotUpdate>>();
    promise->start();
    QFuture<SnapshotUpdate> future = promise->future();
    const auto answer = [promise, version, from = journal] {
        promise->addResult(from->changesSince(version));
        promise->finish();
    };
    const std::shared_ptr<Dispatcher> home = dispatcher();
    if (!home || !home->post(answer))
        answer(); // nothing runs yet, or any more
    return future;
}

/*!
    \fn void MetricsRuntime::recorderAdded(const QString &id)

    This signal is emitted, by the thread that called createRecorder(), when the recorder \a id
    has been made.
*/

/*!
    \fn void MetricsRuntime::recorderRemoved(const QString &id)

    This signal is emitted, by the thread that called removeRecorder(), when the recorder \a id
    has been removed.
*/

/*!
    \fn void MetricsRuntime::stateChanged(Recorders::RuntimeState state)

    This signal is emitted, by the thread that called start() or shutdown(), when \a state is
    reached.
*/

} // namespace Recorders

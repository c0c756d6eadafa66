// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>

#include "core/applicationexit_p.h"
#include "core/outofmemory_p.h"
#include "core/processfork_p.h"
#include "core/recordercore_p.h"
#include "core/runtimethread_p.h"
#include "core/snapshotjournal_p.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <algorithm>
#include <thread>
#include <unordered_map>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcRuntime, "recorders.core.runtime", QtWarningMsg)

namespace {

constexpr std::chrono::seconds launchTimeout = 10s;
// What stopping may take beyond the recorders' own time: hooks, and a call that is under way.
constexpr std::chrono::milliseconds stopGrace = 500ms;
constexpr std::chrono::milliseconds longestWait = 20ms; // for a call that may get lost

// The outcome, or nothing if there is none in time.
std::optional<Error> outcomeWithin(const QFuture<Error> &future, std::chrono::milliseconds timeout)
{
    struct Reply
    {
        std::mutex mutex;
        std::condition_variable done;
        std::optional<Error> outcome;
    };
    std::shared_ptr<Reply> reply;
    insist([&] {
        reply = std::make_shared<Reply>();
        QFuture<Error>(future).then(QtFuture::Launch::Sync, [reply](const Error &outcome) {
            const std::lock_guard lock(reply->mutex);
            reply->outcome = outcome;
            reply->done.notify_all();
        });
    });
    const Clock::time_point deadline = Clock::now() + timeout;
    std::unique_lock lock(reply->mutex);
    // A continuation is not called if there is no memory for it.
    while (!reply->outcome && !future.isFinished() && Clock::now() < deadline) {
        reply->done.wait_until(lock, std::min(deadline, Clock::now() + longestWait));
    }
    return future.isFinished() ? future.result() : reply->outcome;
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
    RuntimeState state() const override;
    quint64 version() const override { return journal->version(); }
    QFuture<SnapshotUpdate> changesSince(quint64 version) override;
    QFuture<SnapshotUpdate> tryChangesSince(quint64 version);

    Error error(ErrorCode code, const QString &what) const;
    Error foreignError() const;
    bool report(const Error &result, Error *error);
    void reach(RuntimeState reached, const Error &result = {});
    void announce(RuntimeState reached);
    template <typename Emit>
    void announceBy(Emit emitSignal);
    std::optional<Error> beginStart(); // nothing: the caller is to launch()
    std::optional<Error> beginShutdown(); // nothing: the caller is to stopAll()
    bool isPassing() const; // between two states that last
    Error passingError(const QString &call) const;
    void leaveThread();
    void endWithApplication();
    Error launch();
    Error tryLaunch();
    Error stopAll();
    using Stops = std::vector<std::pair<std::shared_ptr<Recorder>, QFuture<Error>>>;
    Stops stopRecorders();
    std::vector<std::shared_ptr<Recorder>> allRecorders() const;
    std::chrono::milliseconds longestStopTimeout() const;
    QStringList leftUndone(const Stops &stops, bool hasEnded) const;
    Error refusal(const QString &id) const; // of a new recorder; needs mutex
    Error refusalOf(const QString &id, const RecorderOptions &options) const;
    Error tryAdopt(const std::shared_ptr<Recorder> &recorder);
    bool insert(const std::shared_ptr<Recorder> &recorder, bool starts); // needs mutex
    std::optional<Error> remove(const QString &id); // nothing: there is no such recorder
    Error awaitStart(Recorder &recorder) const;
    Error awaitRemoval(const Recorder &recorder, const QFuture<Error> &stop) const;
    std::shared_ptr<Dispatcher> dispatcher() const;
    void waitWhile(std::unique_lock<std::mutex> &lock, RuntimeState passing);

    MetricsRuntime *const q;
    const QString runtimeName;
    const QFuture<SnapshotUpdate> canceled; // the answer when there is no memory
    const std::shared_ptr<SnapshotJournal> journal = std::make_shared<SnapshotJournal>();
    std::atomic<RuntimeState> runtimeState = RuntimeState::Created;
    ProcessBinding process; // from its start on

    // guarded by mutex
    mutable std::mutex mutex;
    std::condition_variable stateReached;
    // Not QHash: it ends the process when there is no memory for one more.
    using RecorderMap = std::unordered_map<QString, std::shared_ptr<Recorder>>;
    RecorderMap recorders;
    RecorderMap leaving; // being removed: the id is not free yet
    Error lastError;
    std::thread::id passingThread; // that starts it or shuts it down
    Error outcome; // of the start or shutdown that others wait for
    std::chrono::milliseconds drainInterval = Dispatcher::defaultDrainInterval;
    RuntimeThread::Pointer thread;
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
    runtime shuts down then; and when the process exits, by exit() or a return from main(), it
    shuts down if it is still there. A metric or hook that calls exit() does so in the middle of an
    event: the other recorders are drained, its own keeps the rest as pending. Recorders stay usable
    as handles: they take no more events, and their last snapshots can be read.

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
}

MetricsRuntime::~MetricsRuntime()
{
    if (d->process.isForeign()) {
        ProcessFork::instance().keep(std::shared_ptr<MetricsRuntimePrivate>(std::move(d)));
        return;
    }
    Error error;
    if (!shutdown(&error) && error.code() == ErrorCode::WrongThread)
        d->leaveThread();
    ApplicationExit::instance().forget(this);
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

RuntimeState MetricsRuntimePrivate::state() const
{
    return process.isForeign() ? RuntimeState::Stopped
                               : runtimeState.load(std::memory_order_acquire);
}

/*!
    Returns the error of the last call that failed.
*/
Error MetricsRuntime::lastError() const
{
    if (d->process.isForeign())
        return d->foreignError();
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
        warn(lcRuntime, [&] {
            return QStringLiteral(
                           "MetricsRuntime \"%1\": interval is %2 ms, but must be at least 1")
                    .arg(d->runtimeName)
                    .arg(interval.count());
        });
        return;
    }
    const std::lock_guard lock(d->mutex);
    d->drainInterval = interval;
}

Error MetricsRuntimePrivate::error(ErrorCode code, const QString &what) const
{
    return Error(code, textOf([&] {
                     return QStringLiteral("MetricsRuntime \"%1\": %2").arg(runtimeName, what);
                 }));
}

Error MetricsRuntimePrivate::foreignError() const
{
    return error(ErrorCode::InvalidState,
                 QStringLiteral("it belongs to the process that this one was forked from"));
}

// Passes a result on to the caller, and keeps it. Returns whether all went well.
bool MetricsRuntimePrivate::report(const Error &result, Error *error)
{
    if (error)
        *error = result;
    if (!result)
        return true;
    if (process.isForeign())
        return false;
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
    announceBy([this, reached] { Q_EMIT q->stateChanged(reached); });
    announceBy([this, reached] { Q_EMIT stateChanged(reached); });
}

// What a slot throws must not leave the runtime between two states.
template <typename Emit>
void MetricsRuntimePrivate::announceBy(Emit emitSignal)
{
    try {
        emitSignal();
    } catch (...) {
        warn(lcRuntime, [this] {
            return QStringLiteral("MetricsRuntime \"%1\": a slot connected to its signal threw")
                    .arg(runtimeName);
        });
    }
}

void MetricsRuntimePrivate::waitWhile(std::unique_lock<std::mutex> &lock, RuntimeState passing)
{
    stateReached.wait(lock, [this, passing] { return state() != passing; });
}

std::shared_ptr<Dispatcher> MetricsRuntimePrivate::dispatcher() const
{
    if (process.isForeign())
        return nullptr;
    const std::lock_guard lock(mutex);
    return thread ? thread->dispatcher() : nullptr;
}

/*!
    Starts the runtime, joins a start that is under way, or does nothing if it runs. Returns \c true
    if it runs then; otherwise \a error says why not: there is no QCoreApplication, the thread cannot
    start, the name is blank, or the runtime was shut down, which is for good.

    \note A thread with an event loop needs a file descriptor. If there is none left Qt ends the
    process.
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

std::optional<Error> MetricsRuntimePrivate::beginStart()
{
    if (process.isForeign())
        return foreignError();
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

Error MetricsRuntimePrivate::tryLaunch()
{
    try {
        return launch();
    } catch (const std::bad_alloc &) {
        return outOfMemory();
    }
}

Error MetricsRuntimePrivate::launch()
{
    if (!QCoreApplication::instance()) {
        return error(ErrorCode::NoApplication,
                     QStringLiteral("it cannot start, there is no QCoreApplication object"));
    }
    process.bind();
    // First, as nothing is accepted before that is sure. It stays so if the start fails.
    if (!ApplicationExit::instance().callAtEnd(q, [this](auto) { endWithApplication(); })) {
        return error(ErrorCode::NoApplication,
                     QStringLiteral("it cannot start, the QCoreApplication object is being "
                                    "destroyed"));
    }
    RuntimeThread::Pointer launched = RuntimeThread::create(runtimeName, drainInterval);
    if (!launched->launch(launchTimeout))
        return error(ErrorCode::ThreadFailed, QStringLiteral("its thread could not be started"));
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
    if (process.isForeign())
        return Error();
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
    return error(ErrorCode::InvalidState, textOf([&call] {
                     return QStringLiteral("%1 would wait for the start or shutdown that makes "
                                           "this call, by a direct connection to stateChanged()")
                             .arg(call);
                 }));
}

// When a metric or hook ends the application, or exits, its thread cannot be waited for.
void MetricsRuntimePrivate::endWithApplication()
{
    Error error;
    if (!q->shutdown(&error) && error.code() == ErrorCode::WrongThread)
        dispatcher()->finish();
}

// For a runtime that one of its own metrics or hooks destroys: its thread ends later.
void MetricsRuntimePrivate::leaveThread()
{
    insist([this] {
        for (const std::shared_ptr<Recorder> &recorder : allRecorders())
            recorder->m_core->stop(RecorderCore::Execution::Queued);
        thread->keepUntilEnd(allRecorders());
    });
}

std::vector<std::shared_ptr<Recorder>> MetricsRuntimePrivate::allRecorders() const
{
    std::vector<std::shared_ptr<Recorder>> all;
    const std::lock_guard lock(mutex);
    all.reserve(recorders.size());
    for (const auto &[id, recorder] : recorders)
        all.push_back(recorder);
    return all;
}

// Without memory nothing is known about the stops, but the thread stops all recorders as it ends.
MetricsRuntimePrivate::Stops MetricsRuntimePrivate::stopRecorders()
{
    Stops stops;
    try {
        const std::vector<std::shared_ptr<Recorder>> stopping = allRecorders();
        stops.reserve(stopping.size());
        for (const std::shared_ptr<Recorder> &recorder : stopping) {
            stops.emplace_back(recorder,
                               recorder->m_core->tryRequest(RecorderCore::Kind::Stop,
                                                            RecorderCore::Execution::Queued));
        }
    } catch (const std::bad_alloc &) {
        stops.clear();
    }
    return stops;
}

std::chrono::milliseconds MetricsRuntimePrivate::longestStopTimeout() const
{
    std::chrono::milliseconds longest{};
    const std::lock_guard lock(mutex);
    for (const auto &[id, recorder] : recorders)
        longest = std::max(longest, recorder->options().stopTimeout);
    return longest;
}

Error MetricsRuntimePrivate::stopAll()
{
    if (!thread)
        return {};
    const Stops stops = stopRecorders(); // no more are added in this state
    const bool hasEnded = thread->finishWithin(longestStopTimeout() + stopGrace);
    if (!hasEnded)
        insist([this] { thread->keepUntilEnd(allRecorders()); });
    try {
        const QStringList undone = leftUndone(stops, hasEnded);
        if (undone.isEmpty())
            return {};
        return error(
                ErrorCode::Timeout,
                QStringLiteral("it was shut down, but %1").arg(undone.join(QStringLiteral("; "))));
    } catch (const std::bad_alloc &) {
        return error(ErrorCode::Timeout, QStringLiteral("it was shut down, but something is left"));
    }
}

QStringList MetricsRuntimePrivate::leftUndone(const Stops &stops, bool hasEnded) const
{
    QStringList undone;
    if (!hasEnded)
        undone.append(QStringLiteral("its thread is busy and ends later"));
    for (const auto &[recorder, future] : stops) {
        if (!hasEnded && !future.isFinished()) {
            undone.append(QStringLiteral("recorder \"%1\" has not stopped, %2 events are pending")
                                  .arg(recorder->entityId())
                                  .arg(recorder->statistics().pending));
        } else if (future.isFinished() && future.result()) {
            undone.append(future.result().message());
        }
    }
    return undone;
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
    std::shared_ptr<Recorder> recorder;
    try {
        recorder = std::make_shared<Recorder>(id, std::move(options));
    } catch (const std::bad_alloc &) {
        RecorderCore::expectMaking(nullptr);
        d->report(outOfMemory(), error);
        return nullptr;
    }
    return adopt(recorder, error) ? recorder : nullptr;
}

/*!
    \fn template <class R, class... Args> std::shared_ptr<R> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options, Args &&...args)

    Makes a recorder of class \c R, a subclass of Recorder, by the constructor
    \c {R(id, options, args...)}, and starts it: Recorder::onStarting() has returned then, unless
    this is called on the runtime's own thread. Events that the constructor registers are held
    until then. Returns null if that is not possible, or the constructor or the hook throws;
    lastError() says why.
*/

bool MetricsRuntime::admits(const QString &id, const RecorderOptions &options, Error *error)
{
    if (d->process.isForeign())
        return d->report(d->foreignError(), error);
    Error refusal;
    try {
        refusal = d->refusalOf(id, options);
    } catch (const std::bad_alloc &) {
        refusal = outOfMemory();
    }
    // Which lives as long as the runtime.
    RecorderCore::expectMaking(refusal ? nullptr : &d->thread->dispatcher());
    return d->report(refusal, error);
}

Error MetricsRuntimePrivate::refusalOf(const QString &id, const RecorderOptions &options) const
{
    if (id.trimmed().isEmpty()) {
        return error(ErrorCode::InvalidArgument,
                     QStringLiteral("the id of a recorder is blank: \"%1\"").arg(id));
    }
    {
        const std::lock_guard lock(mutex);
        if (const Error refused = refusal(id))
            return refused;
    }
    return RecorderCore::configurationError(id, options);
}

// Called where the exception is handled.
void MetricsRuntime::constructorFailed(const QString &id)
{
    RecorderCore::expectMaking(nullptr);
    try {
        throw;
    } catch (const std::bad_alloc &) {
        d->report(outOfMemory(), nullptr);
    } catch (...) {
        d->report(d->error(ErrorCode::HookFailed, textOf([&id] {
                               return QStringLiteral("the constructor of recorder \"%1\" threw")
                                       .arg(id);
                           })),
                  nullptr);
    }
}

bool MetricsRuntime::adopt(const std::shared_ptr<Recorder> &recorder, Error *error)
{
    Error refusal;
    try {
        refusal = d->tryAdopt(recorder);
    } catch (const std::bad_alloc &) {
        refusal = outOfMemory();
    }
    if (!d->report(refusal, error))
        return false;
    d->announceBy([this, &recorder] { Q_EMIT recorderAdded(recorder->entityId()); });
    return true;
}

Error MetricsRuntimePrivate::tryAdopt(const std::shared_ptr<Recorder> &recorder)
{
    const QString id = recorder->entityId();
    const Recorder &object = *recorder;
    const bool isPlain = typeid(object) == typeid(Recorder);
    recorder->setParent(nullptr); // it is owned by its handles
    recorder->moveToThread(thread.get());
    {
        const std::lock_guard lock(mutex);
        if (const Error refused = refusal(id))
            return refused;
        if (!insert(recorder, isPlain)) {
            return error(
                    ErrorCode::ThreadFailed,
                    QStringLiteral("its thread has ended, recorder \"%1\" is not made").arg(id));
        }
    }
    Error failure;
    if (!isPlain)
        failure = awaitStart(*recorder);
    if (failure)
        insist([&] { remove(id); });
    return failure;
}

// All or nothing. False: its thread has ended.
bool MetricsRuntimePrivate::insert(const std::shared_ptr<Recorder> &recorder, bool starts)
{
    RecorderCore &core = *recorder->m_core;
    const auto place = recorders.emplace(recorder->entityId(), recorder).first;
    core.joinRuntime(thread->dispatcher(), journal, recorder);
    try {
        if (!starts || core.startQuietly()) {
            journal->add(core);
            return true;
        }
    } catch (const std::bad_alloc &) {
        recorders.erase(place);
        throw;
    }
    recorders.erase(place);
    return false;
}

Error MetricsRuntimePrivate::awaitStart(Recorder &recorder) const
{
    const QFuture<Error> start = recorder.start();
    if (start.isFinished())
        return start.result();
    if (dispatcher()->isCurrentThread())
        return {}; // a metric or hook of this recorder made the call: it starts later
    const std::chrono::milliseconds timeout = recorder.options().stopTimeout + stopGrace;
    if (const std::optional<Error> started = outcomeWithin(start, timeout))
        return *started;
    return error(ErrorCode::Timeout, textOf([&] {
                     return QStringLiteral("recorder \"%1\" has not started within %2 ms")
                             .arg(recorder.entityId())
                             .arg(timeout.count());
                 }));
}

/*!
    Returns the recorder for the entity \a id, or null if there is none.
*/
std::shared_ptr<Recorder> MetricsRuntime::recorder(const QString &id) const
{
    if (d->process.isForeign())
        return nullptr;
    const std::lock_guard lock(d->mutex);
    const auto found = d->recorders.find(id);
    return found == d->recorders.end() ? nullptr : found->second;
}

/*!
    Returns the ids of all recorders, sorted.
*/
QStringList MetricsRuntime::recorderIds() const
{
    if (d->process.isForeign())
        return {};
    QStringList ids;
    {
        const std::lock_guard lock(d->mutex);
        ids.reserve(static_cast<qsizetype>(d->recorders.size()));
        for (const auto &[id, recorder] : d->recorders)
            ids.append(id);
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
    std::optional<Error> outcome;
    try {
        outcome = d->remove(id);
    } catch (const std::bad_alloc &) {
        return d->report(outOfMemory(), error);
    }
    if (!outcome) {
        return d->report(d->error(ErrorCode::NotFound, textOf([&id] {
                                      return QStringLiteral("there is no recorder with the id "
                                                            "\"%1\"")
                                              .arg(id);
                                  })),
                         error);
    }
    d->announceBy([this, &id] { Q_EMIT recorderRemoved(id); });
    return d->report(*outcome, error);
}

// Throws std::bad_alloc before anything is changed, or not at all.
std::optional<Error> MetricsRuntimePrivate::remove(const QString &id)
{
    if (process.isForeign())
        return std::nullopt;
    std::shared_ptr<Recorder> recorder;
    {
        const std::lock_guard lock(mutex);
        leaving.reserve(leaving.size() + 1); // from here on nothing allocates
        RecorderMap::node_type entry = recorders.extract(id);
        if (!entry)
            return std::nullopt;
        recorder = entry.mapped();
        leaving.insert(std::move(entry));
    }
    const std::optional<QFuture<Error>> stop = recorder->m_core->remove();
    if (!stop) {
        const std::lock_guard lock(mutex);
        insist([this] { recorders.reserve(recorders.size() + 1); });
        recorders.insert(leaving.extract(id));
        throw std::bad_alloc();
    }
    const Error failure = awaitRemoval(*recorder, *stop);
    journal->remove(*recorder->m_core);
    const std::lock_guard lock(mutex);
    leaving.erase(id);
    return failure;
}

Error MetricsRuntimePrivate::awaitRemoval(const Recorder &recorder,
                                          const QFuture<Error> &stop) const
{
    if (stop.isFinished())
        return stop.result();
    if (dispatcher()->isCurrentThread())
        return {}; // one of its metrics or hooks made the call: it stops later
    const std::chrono::milliseconds timeout = recorder.options().stopTimeout + stopGrace;
    if (const std::optional<Error> stopped = outcomeWithin(stop, timeout))
        return *stopped;
    return error(ErrorCode::Timeout, textOf([&] {
                     return QStringLiteral(
                                    "recorder \"%1\" was removed, but has not stopped within "
                                    "%2 ms")
                             .arg(recorder.entityId())
                             .arg(timeout.count());
                 }));
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
    try {
        return tryChangesSince(version);
    } catch (const std::bad_alloc &) {
        return canceled;
    }
}

QFuture<SnapshotUpdate> MetricsRuntimePrivate::tryChangesSince(quint64 version)
{
    if (process.isForeign())
        return QtFuture::makeReadyFuture(SnapshotUpdate());
    const auto promise = std::make_shared<QPromise<SnapshotUpdate>>();
    promise->start();
    QFuture<SnapshotUpdate> future = promise->future();
    const auto answer = [promise, version, from = journal] {
        promise->addResult(from->changesSince(version), 0); // it may be the second try
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

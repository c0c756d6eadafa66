// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/metricsruntime_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/recorder/recordercore_p.h"
#include "core/snapshot/readyfuture_p.h"
#include "core/value/outofmemoryerror_p.h"

#include <QCoreApplication>
#include <QPromise>

#include <algorithm>
#include <typeinfo>

// A runtime's life, its thread, and the snapshots that it hands out.

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcRuntime, "recorders.core.runtime", QtWarningMsg)

namespace {

constexpr std::chrono::seconds launchTimeout = 10s;
constexpr int maxLookups = 256; // of recorders, with the mutex held

/*
    Qt keeps the first of all metatypes of one name. This one is of this file only: where Qt knows
    another in its place there is another copy of this library in the process, such as one that is
    linked into a plugin. Each has its own threads, and what it does when the application object
    goes; and a recorder of one must not be used by the other unless they are of one version.
*/
struct LibraryCopy
{
};

bool isFirstCopy()
{
    const QMetaType own = QMetaType::fromType<LibraryCopy>();
    return QMetaType(own.id()).iface() == own.iface();
}

void warnOfAnotherCopy()
{
    static std::atomic<bool> isKnown = false;
    if (isFirstCopy() || isKnown.exchange(true, std::memory_order_relaxed)) // of a message only
        return;
    warn(lcRuntime, [] {
        return QStringLiteral("MetricsRuntime: there is another copy of this library in the "
                              "process; link all parts of it to one shared library");
    });
}

} // namespace

RuntimeState MetricsRuntimePrivate::state() const
{
    return process.isForeign() ? RuntimeState::Stopped
                               : runtimeState.load(std::memory_order_acquire);
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

std::optional<Error> MetricsRuntimePrivate::beginStart()
{
    if (process.isForeign())
        return foreignError();
    std::unique_lock<std::mutex> lock(mutex);
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
    warnOfAnotherCopy();
    RuntimeThread::Pointer launched = RuntimeThread::create(runtimeName, q->drainInterval());
    launched->dispatcher()->setWakeListener([link = link] { watchForStalls(link); });
    if (!launched->launch(launchTimeout))
        return error(ErrorCode::ThreadFailed, QStringLiteral("its thread could not be started"));
    const std::lock_guard lock(mutex);
    thread = std::move(launched);
    parts = { thread->dispatcher(), journal };
    return {};
}

std::optional<Error> MetricsRuntimePrivate::beginShutdown()
{
    if (process.isForeign())
        return Error();
    std::unique_lock<std::mutex> lock(mutex);
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
    retryUntilAllocated([this] {
        for (const std::shared_ptr<Recorder> &recorder : allRecorders())
            recorder->m_core->stopLater();
        thread->keepUntilEnd(allRecorders());
    });
}

void MetricsRuntimePrivate::watchForStalls(const Link &link) noexcept
{
    const std::lock_guard lock(link->mutex);
    if (link->runtime)
        link->runtime->watchForStalls();
}

// Without memory it is tried again when the dispatcher wakes up the next time.
void MetricsRuntimePrivate::watchForStalls() noexcept
{
    const std::shared_ptr<Dispatcher> dispatcher = this->dispatcher();
    if (!dispatcher || ApplicationExit::isProcessExiting())
        return;
    try {
        QMetaObject::invokeMethod(
                q, [this] { lookForStalls(); }, Qt::QueuedConnection);
    } catch (const std::bad_alloc &) {
        dispatcher->setWatched(false);
    }
}

void MetricsRuntimePrivate::lookForStalls()
{
    const std::shared_ptr<Dispatcher> dispatcher = this->dispatcher();
    if (!dispatcher)
        return;
    if (!stallWatch) {
        stallWatch.reset(new StallWatch(stallProbe, dispatcher, runtimeName));
        q->installEventFilter(stallWatch.get());
        QObject::connect(stallWatch.get(), &StallWatch::runtimeMoves, stallWatch.get(), [this] {
            q->removeEventFilter(stallWatch.get());
            stallWatch.release()->deleteLater();
            watchForStalls(); // in the other thread
        });
    }
    stallWatch->begin(q->stallWarningTime());
}

TotalsWatch &MetricsRuntimePrivate::watchOfTotals()
{
    if (!totalsWatch)
        totalsWatch = new TotalsWatch(q, [this] { Q_EMIT q->totalsChanged(); });
    return *totalsWatch;
}

std::vector<std::shared_ptr<Recorder>> MetricsRuntimePrivate::allRecorders() const
{
    std::vector<std::shared_ptr<Recorder>> all;
    const std::lock_guard lock(mutex);
    all.reserve(recorders.size() + leaving.size());
    for (const RecorderMap *each : { &recorders, &leaving }) {
        for (const auto &[id, recorder] : *each)
            all.push_back(recorder);
    }
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
            stops.emplace_back(
                    recorder,
                    recorder->m_core->lifecycle().tryRequest(Operation::Kind::Stop,
                                                             RecorderLifecycle::Execution::Queued));
        }
    } catch (const std::bad_alloc &) {
        stops.clear();
    }
    return stops;
}

/*
    What is still needed changes while the recorders stop; so it is looked at again, and again
    after the grace time if no end is in sight.
*/
bool MetricsRuntimePrivate::awaitEnd() const
{
    const Clock::time_point began = Clock::now();
    std::chrono::milliseconds timeout = stopGrace;
    for (;;) {
        if (thread->finishWithin(timeout))
            return true;
        const auto left = began + stopTimeNeeded() + stopGrace - Clock::now();
        if (left <= Clock::duration::zero())
            return false;
        timeout = std::min(stopGrace, std::chrono::ceil<std::chrono::milliseconds>(left));
    }
}

// The longest stopTimeout of the recorders that have not stopped. While the thread is in a call,
// which may never return, only of those that have more to do there than to be told so.
std::chrono::milliseconds MetricsRuntimePrivate::stopTimeNeeded() const
{
    const auto isInCall = [](const auto &entry) {
        return entry.second->m_core->isUserCallUnderWay();
    };
    std::chrono::milliseconds longest{};
    const std::lock_guard lock(mutex);
    const auto isAnyInCall = [&isInCall](const RecorderMap &map) {
        return std::any_of(map.begin(), map.end(), isInCall);
    };
    const bool isHeld = isAnyInCall(recorders) || isAnyInCall(leaving);
    for (const RecorderMap *each : { &recorders, &leaving }) {
        for (const auto &entry : *each) {
            const Recorder &recorder = *entry.second;
            if (recorder.m_core->lifecycle().status().hasStopped())
                continue;
            const bool hasHooks = typeid(recorder) != typeid(Recorder);
            if (!isHeld || hasHooks || recorder.statistics().pending > 0 || isInCall(entry))
                longest = std::max(longest, recorder.options().stopTimeout);
        }
    }
    return longest;
}

Error MetricsRuntimePrivate::stopAll()
{
    if (!thread)
        return {};
    const Stops stops = stopRecorders(); // no more are added in this state
    const bool hasEnded = awaitEnd();
    if (!hasEnded)
        retryUntilAllocated([this] { thread->keepUntilEnd(allRecorders()); });
    try {
        const QStringList undone = leftUndone(stops, hasEnded);
        if (undone.isEmpty())
            return {};
        return error(
                ErrorCode::Timeout,
                QStringLiteral("it was shut down, but %1").arg(undone.join(QStringLiteral("; "))));
    } catch (const std::bad_alloc &) {
        return error(ErrorCode::Timeout,
                     QStringLiteral("it was shut down, but some recorders did not stop in time"));
    }
}

QStringList MetricsRuntimePrivate::leftUndone(const Stops &stops, bool hasEnded) const
{
    QStringList undone;
    if (!hasEnded)
        undone.append(QStringLiteral("its thread is %1 and ends later")
                              .arg(thread->dispatcher()->occupation()));
    for (const auto &[recorder, reply] : stops) {
        const std::optional<Error> stopped = reply->outcome();
        if (!hasEnded && !stopped) {
            undone.append(QStringLiteral("recorder \"%1\" has not stopped, %2 events are pending")
                                  .arg(recorder->entityId())
                                  .arg(recorder->statistics().pending));
        } else if (stopped && *stopped) {
            undone.append(stopped->message());
        }
    }
    return undone;
}

QFuture<SnapshotUpdate> MetricsRuntimePrivate::changesSince(const SnapshotRequest &request)
{
    try {
        return tryChangesSince(request);
    } catch (const std::bad_alloc &) {
        return canceled;
    }
}

QFuture<SnapshotUpdate> MetricsRuntimePrivate::tryChangesSince(const SnapshotRequest &request)
{
    if (process.isForeign())
        return readyFuture(SnapshotUpdate());
    const auto promise = std::make_shared<QPromise<SnapshotUpdate>>();
    promise->start();
    QFuture<SnapshotUpdate> future = promise->future();
    const auto answer = [promise, update = answerTo(request)] {
        promise->addResult(update(), 0); // it may be the second try
        promise->finish();
    };
    const std::shared_ptr<Dispatcher> dispatcher = this->dispatcher();
    if (!dispatcher || !dispatcher->post(answer))
        answer(); // nothing runs yet, or any more
    return future;
}

std::optional<SourceStall> MetricsRuntimePrivate::stall() const
{
    const std::shared_ptr<Dispatcher> dispatcher = this->dispatcher();
    return dispatcher ? stallProbe->look(*dispatcher) : std::nullopt;
}

// The runtime may be gone when it is called.
MetricsRuntimePrivate::Answer MetricsRuntimePrivate::answerTo(const SnapshotRequest &request) const
{
    if (request.entityIds.isEmpty())
        return [request, from = journal] {
            return from->changesSince(request);
        };
    const quint64 version = journal->version(); // before the recorders are looked for
    return [request, version, entries = entriesOf(request.entityIds), from = journal] {
        return from->changesOf(entries, version, request);
    };
}

// Of the ids that are in use. Those who make recorders may come in between.
SnapshotJournal::Entries MetricsRuntimePrivate::entriesOf(const QSet<QString> &ids) const
{
    SnapshotJournal::Entries entries;
    entries.reserve(std::size_t(ids.size()));
    for (auto id = ids.cbegin(); id != ids.cend();) {
        const std::lock_guard lock(mutex);
        for (int i = 0; i < maxLookups && id != ids.cend(); ++i, ++id) {
            if (const auto found = recorders.find(*id); found != recorders.end())
                entries.push_back(found->second->m_core);
        }
    }
    return entries;
}

} // namespace Recorders

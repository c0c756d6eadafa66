// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/metricsruntime_p.h"

#include "core/value/outofmemoryerror_p.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QPointer>

#include <algorithm>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds launchTimeout = 10s;

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

MetricsRuntimePrivate::MetricsRuntimePrivate(MetricsRuntime *runtime, QString name)
    : q(runtime)
    , context(std::move(name))
    , owner(context, link, [this](const QString &id) { tellUnownedRemoved(id); })
    , stallAlarm(*runtime, context)
    , source(context, owner.table(), stallAlarm)
{
    link->owner = &owner;
    link->stallAlarm = &stallAlarm;
}

void MetricsRuntimePrivate::detach()
{
    const std::lock_guard lock(link->mutex);
    link->owner = nullptr;
    link->stallAlarm = nullptr;
}

// Passes a result on to the caller, and keeps it. Returns whether all went well.
bool MetricsRuntimePrivate::report(const Error &result, Error *error)
{
    if (error)
        *error = result;
    if (!result)
        return true;
    if (context.isForeign())
        return false;
    const std::lock_guard lock(mutex);
    lastError = result;
    return false;
}

void MetricsRuntimePrivate::reach(RuntimeState reached, const Error &result)
{
    {
        const std::lock_guard lock(mutex);
        m_outcome = result;
        context.setState(reached);
        m_stateReached.notify_all();
    }
    announce(reached);
}

void MetricsRuntimePrivate::announce(RuntimeState reached)
{
    announceBy([this, reached] { Q_EMIT q->stateChanged(reached); });
    announceBy([this, reached] { Q_EMIT source.stateChanged(reached); });
}

void MetricsRuntimePrivate::waitWhile(std::unique_lock<std::mutex> &lock, RuntimeState passing)
{
    m_stateReached.wait(lock, [this, passing] { return context.state() != passing; });
}

std::optional<Error> MetricsRuntimePrivate::beginStart()
{
    if (context.isForeign())
        return context.foreignError();
    std::unique_lock<std::mutex> lock(mutex);
    if (isPassing() && m_passingThread == std::this_thread::get_id())
        return passingError(QStringLiteral("start()"));
    const bool joins = context.state() == RuntimeState::Starting;
    waitWhile(lock, RuntimeState::Starting);
    if (context.state() == RuntimeState::Running)
        return Error();
    if (context.state() == RuntimeState::Failed && joins)
        return m_outcome;
    if (context.state() == RuntimeState::Stopping || context.state() == RuntimeState::Stopped) {
        return context.error(ErrorCode::InvalidState,
                             QStringLiteral("it was shut down and cannot start again"));
    }
    if (context.runtimeName().trimmed().isEmpty())
        return context.error(ErrorCode::InvalidArgument, QStringLiteral("name is blank"));
    m_passingThread = std::this_thread::get_id();
    context.setState(RuntimeState::Starting);
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
        return context.error(
                ErrorCode::NoApplication,
                QStringLiteral("it cannot start, there is no QCoreApplication object"));
    }
    context.bindToProcess();
    // First, as nothing is accepted before that is sure. It stays so if the start fails.
    if (!ApplicationExit::instance().callAtEnd(q, [this](auto occasion) { end(occasion); })) {
        return context.error(ErrorCode::NoApplication,
                             QStringLiteral("it cannot start, the QCoreApplication object is being "
                                            "destroyed"));
    }
    warnOfAnotherCopy();
    RuntimeThread::Pointer launched =
            RuntimeThread::create(context.runtimeName(), q->drainInterval());
    launched->dispatcher()->setWakeListener([link = link] {
        const std::lock_guard lock(link->mutex);
        if (link->stallAlarm)
            link->stallAlarm->watch();
    });
    if (!launched->launch(launchTimeout))
        return context.error(ErrorCode::ThreadFailed,
                             QStringLiteral("its thread could not be started"));
    m_thread = std::move(launched);
    context.setDispatcher(m_thread->dispatcher());
    owner.setThread(m_thread.get());
    return {};
}

std::optional<Error> MetricsRuntimePrivate::beginShutdown()
{
    if (context.isForeign())
        return Error();
    std::unique_lock<std::mutex> lock(mutex);
    if (isPassing() && m_passingThread == std::this_thread::get_id())
        return passingError(QStringLiteral("shutdown()"));
    waitWhile(lock, RuntimeState::Starting);
    waitWhile(lock, RuntimeState::Stopping);
    if (context.state() == RuntimeState::Stopped)
        return m_outcome;
    m_passingThread = std::this_thread::get_id();
    context.setState(RuntimeState::Stopping);
    return std::nullopt;
}

bool MetricsRuntimePrivate::isPassing() const
{
    return context.state() == RuntimeState::Starting || context.state() == RuntimeState::Stopping;
}

Error MetricsRuntimePrivate::passingError(const QString &call) const
{
    return context.error(ErrorCode::InvalidState, textOf([&call] {
                             return QStringLiteral(
                                            "%1 would wait for the start or shutdown that makes "
                                            "this call, by a direct connection to stateChanged()")
                                     .arg(call);
                         }));
}

// When a metric or hook ends the application, or exits, its thread cannot be waited for.
void MetricsRuntimePrivate::end(ApplicationExit::Occasion occasion)
{
    Error error;
    if (!q->shutdown(&error) && error.code() == ErrorCode::WrongThread)
        context.dispatcher()->finish();
    else if (m_thread && occasion == ApplicationExit::Occasion::ProcessExits)
        m_thread->endBeforeExit(Clock::now() + RuntimeThread::exitGrace);
}

// For a runtime that one of its own metrics or hooks destroys: its thread ends later.
void MetricsRuntimePrivate::leaveThread()
{
    retryUntilAllocated([this] {
        for (const std::shared_ptr<Recorder> &recorder : owner.table().all())
            RecorderTable::coreOf(*recorder).stopLater();
        m_thread->keepUntilEnd(owner.table().all());
    });
}

TotalsWatch &MetricsRuntimePrivate::watchOfTotals()
{
    if (!m_totalsWatch)
        m_totalsWatch = new TotalsWatch(q, [this] { Q_EMIT q->totalsChanged(); });
    return *m_totalsWatch;
}

// Later, in the runtime's own thread: here the runtime must not be destroyed. To nobody it is not told:
// that thread may run no event loop for long.
void MetricsRuntimePrivate::tellUnownedRemoved(const QString &id)
{
    static const QMetaMethod removed = QMetaMethod::fromSignal(&MetricsRuntime::recorderRemoved);
    if (ApplicationExit::isProcessExiting())
        return;
    if (!q->isSignalConnected(removed)) {
        q->tellIdsChanged();
        return;
    }
    retryUntilAllocated([this, &id] {
        const auto tell = [this, id, runtime = QPointer<MetricsRuntime>(q)] {
            announceBy([this, &id] { Q_EMIT q->recorderRemoved(id); });
            if (runtime)
                runtime->tellIdsChanged();
        };
        QMetaObject::invokeMethod(q, tell, Qt::QueuedConnection);
    });
}

// Without memory nothing is known about the stops, but the thread stops all recorders as it ends.
MetricsRuntimePrivate::Stops MetricsRuntimePrivate::requestStops()
{
    Stops stops;
    try {
        const std::vector<std::shared_ptr<Recorder>> stopping = owner.table().all();
        stops.reserve(stopping.size());
        for (const std::shared_ptr<Recorder> &recorder : stopping) {
            stops.emplace_back(
                    recorder,
                    RecorderTable::coreOf(*recorder).lifecycle().tryRequest(
                            Operation::Kind::Stop, RecorderLifecycle::Execution::Queued));
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
    std::chrono::milliseconds timeout = RecorderOwner::stopGrace;
    for (;;) {
        if (m_thread->finishWithin(timeout))
            return true;
        const auto left =
                began + owner.table().stopTimeNeeded() + RecorderOwner::stopGrace - Clock::now();
        if (left <= Clock::duration::zero())
            return false;
        timeout = std::min(RecorderOwner::stopGrace,
                           std::chrono::ceil<std::chrono::milliseconds>(left));
    }
}

Error MetricsRuntimePrivate::stopAll()
{
    if (!m_thread)
        return {};
    const Stops stops = requestStops(); // no more are added in this state
    const bool hasEnded = awaitEnd();
    if (!hasEnded)
        retryUntilAllocated([this] { m_thread->keepUntilEnd(owner.table().all()); });
    try {
        const QStringList undone = leftUndone(stops, hasEnded);
        if (undone.isEmpty())
            return {};
        return context.error(
                ErrorCode::Timeout,
                QStringLiteral("it was shut down, but %1").arg(undone.join(QStringLiteral("; "))));
    } catch (const std::bad_alloc &) {
        return context.error(
                ErrorCode::Timeout,
                QStringLiteral("it was shut down, but some recorders did not stop in time"));
    }
}

QStringList MetricsRuntimePrivate::leftUndone(const Stops &stops, bool hasEnded) const
{
    QStringList undone;
    if (!hasEnded)
        undone.append(QStringLiteral("its thread is %1 and ends later")
                              .arg(m_thread->dispatcher()->occupation()));
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

} // namespace Recorders

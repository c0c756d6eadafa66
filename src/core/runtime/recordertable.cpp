// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/metricsruntime_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/recorder/recorderconfiguration_p.h"
#include "core/recorder/recordercore_p.h"
#include "core/value/outofmemoryerror_p.h"

#include <QMetaMethod>
#include <QPointer>

#include <typeinfo>

// How a runtime's recorders come and go: the second half of MetricsRuntimePrivate.

namespace Recorders {

using namespace Internal;

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
                     QStringLiteral("a recorder with the id \"%1\" already exists").arg(id));
    }
    return {};
}

Error MetricsRuntimePrivate::refusalOf(const QString &id, const RecorderOptions &options)
{
    if (id.trimmed().isEmpty()) {
        return error(ErrorCode::InvalidArgument,
                     QStringLiteral("the id of a recorder is blank: \"%1\"").arg(id));
    }
    {
        std::unique_lock<std::mutex> lock(mutex);
        awaitUnowned(lock, id);
        if (const Error refused = refusal(id))
            return refused;
    }
    return configurationError(id, options);
}

Error MetricsRuntimePrivate::tryAdopt(const std::shared_ptr<Recorder> &recorder,
                                      const std::shared_ptr<Recorder> &handle)
{
    const QString id = recorder->entityId();
    const Recorder &object = *recorder;
    const bool hasHooks = typeid(object) != typeid(Recorder);
    recorder->setParent(nullptr); // it is owned by its handles
    recorder->moveToThread(thread.get());
    {
        const std::lock_guard lock(mutex);
        if (const Error refused = refusal(id))
            return refused;
        if (!insert(recorder, handle, hasHooks)) {
            return error(
                    ErrorCode::ThreadFailed,
                    QStringLiteral("its thread has ended, recorder \"%1\" is not made").arg(id));
        }
    }
    Error failure;
    if (hasHooks)
        failure = awaitStart(*recorder);
    if (failure)
        retryUntilAllocated([&] { remove(id); });
    return failure;
}

// All or nothing. False: its thread has ended.
bool MetricsRuntimePrivate::insert(const std::shared_ptr<Recorder> &recorder,
                                   const std::shared_ptr<Recorder> &handle, bool hasHooks)
{
    const QString id = recorder->entityId();
    bool isInserted = false;
    try {
        recorders.emplace(id, recorder);
        if (recorder->options().lifetime == RecorderLifetime::UntilLastHandle)
            handles.emplace(id, handle);
        isInserted = recorder->m_core->lifecycle().endMaking(recorder, hasHooks);
    } catch (const std::bad_alloc &) {
        recorders.erase(id);
        handles.erase(id);
        throw;
    }
    if (!isInserted) {
        recorders.erase(id);
        handles.erase(id);
    }
    return isInserted;
}

Error MetricsRuntimePrivate::awaitStart(const Recorder &recorder) const
{
    try {
        const Reply start = recorder.m_core->lifecycle().tryRequest(
                Operation::Kind::Start, RecorderLifecycle::Execution::AtOnceIfPossible);
        return awaitReply(recorder, *start, QLatin1StringView("has not started"));
    } catch (const std::bad_alloc &) {
        return outOfMemory();
    }
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
    const Reply stop = recorder->m_core->lifecycle().remove();
    if (!stop) {
        bool hasLostHandles = false;
        {
            const std::lock_guard lock(mutex);
            retryUntilAllocated([this] { recorders.reserve(recorders.size() + 1); });
            recorders.insert(leaving.extract(id));
            hasLostHandles = isUnowned(id); // meanwhile, when it could not be found
        }
        if (hasLostHandles)
            removeUnowned(link, recorder);
        throw std::bad_alloc();
    }
    const Error failure =
            awaitReply(*recorder, *stop, QLatin1StringView("was removed, but has not stopped"));
    endLeaving(*recorder);
    return failure;
}

/*
    The handles of a recorder that lives until the last of them goes have a reference count of their
    own: the runtime's reference, and those of what is under way, are no handles. When the last one
    goes its recorder is moved to those that are leaving: by that thread, or by one that calls
    removeRecorder() before. It stops as any other, and is forgotten by the thread that
    finishes its stop.
*/
LastHandle::LastHandle(std::shared_ptr<Recorder> recorder,
                       std::shared_ptr<RuntimeLink> runtime) noexcept
    : m_recorder(std::move(recorder))
    , m_runtime(std::move(runtime))
{
}

void LastHandle::operator()(Recorder *recorder) noexcept
{
    Q_UNUSED(recorder)
    const std::shared_ptr<Recorder> owned = std::exchange(m_recorder, nullptr);
    const std::shared_ptr<RuntimeLink> runtime = std::exchange(m_runtime, nullptr);
    MetricsRuntimePrivate::removeUnowned(runtime, owned);
}

void MetricsRuntimePrivate::removeUnowned(const Link &link,
                                          const std::shared_ptr<Recorder> &recorder) noexcept
{
    // At the exit of the process its runtime stops it, and in a child process nothing is served.
    if (ApplicationExit::isProcessExiting() || recorder->m_core->lifecycle().status().isForeign())
        return;
    {
        const std::lock_guard lock(link->mutex);
        if (!link->runtime || !link->runtime->beginLeaving(recorder))
            return;
    }
    Reply done;
    retryUntilAllocated([&] {
        done = std::make_shared<OperationReply>([link, recorder](const Error &outcome) {
            concludeUnowned(link, *recorder, outcome);
        });
    });
    recorder->m_core->lifecycle().removeLater(done);
}

void MetricsRuntimePrivate::concludeUnowned(const Link &link, const Recorder &recorder,
                                            const Error &outcome) noexcept
{
    if (outcome) // there is nobody else to tell
        warn(lcRuntime, [&outcome] { return outcome.message(); });
    const std::lock_guard lock(link->mutex);
    if (!link->runtime)
        return;
    link->runtime->endLeaving(recorder);
    link->runtime->tellUnownedRemoved(recorder.entityId());
}

bool MetricsRuntimePrivate::beginLeaving(const std::shared_ptr<Recorder> &recorder)
{
    const std::lock_guard lock(mutex);
    const auto found = recorders.find(recorder->entityId());
    if (found == recorders.end() || found->second != recorder)
        return false;
    retryUntilAllocated([this] { leaving.reserve(leaving.size() + 1); });
    leaving.insert(recorders.extract(found));
    return true;
}

void MetricsRuntimePrivate::endLeaving(const Recorder &recorder)
{
    RecorderMap::node_type left; // destroyed without the lock
    const std::lock_guard lock(mutex); // see MetricsRuntime::totals()
    journal->remove(*recorder.m_core);
    left = leaving.extract(recorder.entityId());
    handles.erase(recorder.entityId());
    hasLeft.notify_all();
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
    const auto tell = [this, id, runtime = QPointer<MetricsRuntime>(q)] {
        announceBy([this, &id] { Q_EMIT q->recorderRemoved(id); });
        if (runtime)
            runtime->tellIdsChanged();
    };
    retryUntilAllocated(
            [this, &tell] { QMetaObject::invokeMethod(q, tell, Qt::QueuedConnection); });
}

bool MetricsRuntimePrivate::isUnowned(const QString &id) const
{
    const auto handle = handles.find(id);
    return handle != handles.end() && handle->second.expired();
}

// Its id is about to be free. The thread that frees it cannot wait for that.
void MetricsRuntimePrivate::awaitUnowned(std::unique_lock<std::mutex> &lock, const QString &id)
{
    if (!thread || thread->dispatcher()->isCurrentThread() || !isUnowned(id))
        return;
    const auto found = recorders.find(id);
    const Recorder &recorder = found == recorders.end() ? *leaving.at(id) : *found->second;
    const auto deadline = Clock::now() + recorder.options().stopTimeout + stopGrace;
    hasLeft.wait_until(lock, deadline, [this, &id] { return !isUnowned(id); });
}

Error MetricsRuntimePrivate::awaitReply(const Recorder &recorder, const OperationReply &reply,
                                        QLatin1StringView notDone) const
{
    // On its thread, a metric or hook of this recorder may have made the call: it is done later.
    if (dispatcher()->isCurrentThread())
        return reply.outcome().value_or(Error());
    const std::chrono::milliseconds timeout = recorder.options().stopTimeout + stopGrace;
    if (const std::optional<Error> answer = reply.waitUntil(Clock::now() + timeout))
        return *answer;
    return error(ErrorCode::Timeout, textOf([&] {
                     return QStringLiteral("recorder \"%1\" %2 within %3 ms, its thread is %4")
                             .arg(recorder.entityId(), notDone, QString::number(timeout.count()),
                                  dispatcher()->occupation());
                 }));
}

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/metricsruntime_p.h"

#include "core/recordercore_p.h"

#include <algorithm>
#include <typeinfo>

// How a runtime's recorders come and go: the second half of MetricsRuntimePrivate.

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

namespace {

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
                     return QStringLiteral(
                                    "recorder \"%1\" has not started within %2 ms, its thread "
                                    "is %3")
                             .arg(recorder.entityId(), QString::number(timeout.count()),
                                  dispatcher()->occupation());
                 }));
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
                                    "%2 ms, its thread is %3")
                             .arg(recorder.entityId(), QString::number(timeout.count()),
                                  dispatcher()->occupation());
                 }));
}

} // namespace Recorders

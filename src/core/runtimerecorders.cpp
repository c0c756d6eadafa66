// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/metricsruntime_p.h"

#include "core/recordercore_p.h"

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
    const bool hasHooks = typeid(object) != typeid(Recorder);
    recorder->setParent(nullptr); // it is owned by its handles
    recorder->moveToThread(thread.get());
    {
        const std::lock_guard lock(mutex);
        if (const Error refused = refusal(id))
            return refused;
        if (!insert(recorder, hasHooks)) {
            return error(
                    ErrorCode::ThreadFailed,
                    QStringLiteral("its thread has ended, recorder \"%1\" is not made").arg(id));
        }
    }
    Error failure;
    if (hasHooks)
        failure = awaitStart(*recorder);
    if (failure)
        insist([&] { remove(id); });
    return failure;
}

// All or nothing. False: its thread has ended.
bool MetricsRuntimePrivate::insert(const std::shared_ptr<Recorder> &recorder, bool hasHooks)
{
    const auto place = recorders.emplace(recorder->entityId(), recorder).first;
    bool isInserted = false;
    try {
        isInserted = recorder->m_core->endMaking(recorder, hasHooks);
    } catch (const std::bad_alloc &) {
        recorders.erase(place);
        throw;
    }
    if (!isInserted)
        recorders.erase(place);
    return isInserted;
}

Error MetricsRuntimePrivate::awaitStart(const Recorder &recorder) const
{
    try {
        const Reply start = recorder.m_core->tryRequest(RecorderCore::Kind::Start,
                                                        RecorderCore::Execution::AtOnceIfPossible);
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
    const Reply stop = recorder->m_core->remove();
    if (!stop) {
        const std::lock_guard lock(mutex);
        insist([this] { recorders.reserve(recorders.size() + 1); });
        recorders.insert(leaving.extract(id));
        throw std::bad_alloc();
    }
    const Error failure =
            awaitReply(*recorder, *stop, QLatin1StringView("was removed, but has not stopped"));
    const std::lock_guard lock(mutex); // see totals()
    journal->remove(*recorder->m_core);
    leaving.erase(id);
    return failure;
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

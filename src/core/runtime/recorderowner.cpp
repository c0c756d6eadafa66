// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/recorderowner_p.h"

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/recorder/recorderconfiguration_p.h"
#include "core/value/outofmemoryerror_p.h"

#include <typeinfo>
#include <utility>

namespace Recorders::Internal {

RecorderOwner::RecorderOwner(const RuntimeContext &context, Link link,
                             TellRemoved tellUnownedRemoved)
    : m_context(context)
    , m_link(std::move(link))
    , m_tellUnownedRemoved(std::move(tellUnownedRemoved))
    , m_table(context)
{
}

void RecorderOwner::setThread(QThread *thread)
{
    m_thread = thread;
    m_parts = { m_context.dispatcher(), m_context.journal() };
}

Error RecorderOwner::refusal(const QString &id, const RecorderOptions &options)
{
    if (id.trimmed().isEmpty()) {
        return m_context.error(ErrorCode::InvalidArgument,
                               QStringLiteral("the id of a recorder is blank: \"%1\"").arg(id));
    }
    // The thread that frees the id cannot wait for that.
    const std::shared_ptr<Dispatcher> dispatcher = m_context.dispatcher();
    if (dispatcher && !dispatcher->isCurrentThread())
        m_table.awaitUnowned(id, stopGrace);
    if (Error refused = m_table.refusal(id))
        return refused;
    return configurationError(id, options);
}

Error RecorderOwner::adopt(const std::shared_ptr<Recorder> &recorder,
                           const std::shared_ptr<Recorder> &handle)
{
    const Recorder &object = *recorder;
    const bool hasHooks = typeid(object) != typeid(Recorder);
    recorder->setParent(nullptr); // it is owned by its handles
    recorder->moveToThread(m_thread);
    if (Error refused = m_table.insert(recorder, handle, hasHooks))
        return refused;
    if (!hasHooks)
        return {};
    Error failure = awaitStart(*recorder);
    if (failure)
        retryUntilAllocated([&] { remove(recorder->entityId()); });
    return failure;
}

Error RecorderOwner::awaitStart(const Recorder &recorder) const
{
    try {
        const Reply start = RecorderTable::coreOf(recorder).lifecycle().tryRequest(
                Operation::Kind::Start, RecorderLifecycle::Execution::AtOnceIfPossible);
        return awaitReply(recorder, *start, QLatin1StringView("has not started"));
    } catch (const std::bad_alloc &) {
        return outOfMemory();
    }
}

// Throws std::bad_alloc before anything is changed, or not at all.
std::optional<Error> RecorderOwner::remove(const QString &id)
{
    if (m_context.isForeign())
        return std::nullopt;
    const std::shared_ptr<Recorder> recorder = m_table.beginLeaving(id);
    if (!recorder)
        return std::nullopt;
    const Reply stop = RecorderTable::coreOf(*recorder).lifecycle().remove();
    if (!stop) {
        if (m_table.undoLeaving(*recorder))
            removeUnowned(m_link, recorder);
        throw std::bad_alloc();
    }
    Error failure =
            awaitReply(*recorder, *stop, QLatin1StringView("was removed, but has not stopped"));
    m_table.endLeaving(*recorder);
    return failure;
}

void RecorderOwner::removeUnowned(const Link &link,
                                  const std::shared_ptr<Recorder> &recorder) noexcept
{
    RecorderLifecycle &lifecycle = RecorderTable::coreOf(*recorder).lifecycle();
    // At the exit of the process its runtime stops it, and in a child process nothing is served.
    if (ApplicationExit::isProcessExiting() || lifecycle.status().isForeign())
        return;
    {
        const std::lock_guard lock(link->mutex);
        if (!link->owner || !link->owner->m_table.beginLeaving(recorder))
            return;
    }
    Reply done;
    retryUntilAllocated([&] {
        done = std::make_shared<OperationReply>([link, recorder](const Error &outcome) noexcept {
            if (outcome) // there is nobody else to tell
                warn(lcRuntime, [&outcome] { return outcome.message(); });
            const std::lock_guard lock(link->mutex);
            if (link->owner)
                link->owner->concludeUnowned(*recorder);
        });
    });
    lifecycle.removeLater(done);
}

void RecorderOwner::concludeUnowned(const Recorder &recorder)
{
    m_table.endLeaving(recorder);
    m_tellUnownedRemoved(recorder.entityId());
}

Error RecorderOwner::awaitReply(const Recorder &recorder, const OperationReply &reply,
                                QLatin1StringView notDone) const
{
    const std::shared_ptr<Dispatcher> dispatcher = m_context.dispatcher();
    // On its thread, a metric or hook of this recorder may have made the call: it is done later.
    if (dispatcher->isCurrentThread())
        return reply.outcome().value_or(Error());
    const std::chrono::milliseconds timeout = recorder.options().stopTimeout + stopGrace;
    if (const std::optional<Error> answer = reply.waitUntil(Clock::now() + timeout))
        return *answer;
    return m_context.error(
            ErrorCode::Timeout, textOf([&] {
                return QStringLiteral("recorder \"%1\" %2 within %3 ms, its thread is %4")
                        .arg(recorder.entityId(), notDone, QString::number(timeout.count()),
                             dispatcher->occupation());
            }));
}

// the handles

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
    RecorderOwner::removeUnowned(runtime, owned);
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/operationreply_p.h"

#include "core/platform/outofmemory_p.h"

namespace Recorders::Internal {

OperationReply::OperationReply(Continuation continuation)
    : m_continuation(std::move(continuation))
{
}

QFuture<Error> OperationReply::future()
{
    m_promise.emplace();
    m_promise->start();
    return m_promise->future();
}

void OperationReply::finish(const Error &outcome)
{
    {
        const std::lock_guard lock(m_mutex);
        m_outcome = outcome;
        m_finished.notify_all();
    }
    if (m_continuation)
        m_continuation(outcome);
    if (!m_promise)
        return;
    retryUntilAllocated(
            [&] { m_promise->addResult(outcome, 0); }); // at 0: a failure may have moved the end
    try {
        m_promise->finish();
    } catch (...) {
        // A caller's continuation threw. The other callers must hear of the outcome all the same.
    }
}

bool OperationReply::isFinished() const
{
    const std::lock_guard lock(m_mutex);
    return m_outcome.has_value();
}

std::optional<Error> OperationReply::outcome() const
{
    const std::lock_guard lock(m_mutex);
    return m_outcome;
}

Error OperationReply::wait() const
{
    std::unique_lock lock(m_mutex);
    m_finished.wait(lock, [this] { return m_outcome.has_value(); });
    return *m_outcome;
}

std::optional<Error> OperationReply::waitUntil(std::chrono::steady_clock::time_point deadline) const
{
    std::unique_lock lock(m_mutex);
    m_finished.wait_until(lock, deadline, [this] { return m_outcome.has_value(); });
    return m_outcome;
}

} // namespace Recorders::Internal

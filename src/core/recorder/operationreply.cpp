// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/operationreply_p.h"

#include "core/dispatch/shortlook_p.h"
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
        m_isFinished.store(true, std::memory_order_release); // pairs with isFinished()
        m_hasFinished.notify_all();
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

bool OperationReply::isFinished() const noexcept
{
    return m_isFinished.load(std::memory_order_acquire); // pairs with finish()
}

std::optional<Error> OperationReply::outcome() const
{
    return isFinished() ? m_outcome : std::nullopt;
}

Error OperationReply::wait() const
{
    if (!finishesSoon()) {
        std::unique_lock lock(m_mutex);
        m_hasFinished.wait(lock, [this] { return isFinished(); });
    }
    return *m_outcome;
}

std::optional<Error> OperationReply::waitUntil(std::chrono::steady_clock::time_point deadline) const
{
    if (!finishesSoon()) {
        std::unique_lock lock(m_mutex);
        m_hasFinished.wait_until(lock, deadline, [this] { return isFinished(); });
    }
    return outcome();
}

bool OperationReply::finishesSoon() const
{
    return ShortLook::finds([this] { return isFinished(); });
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>

#include <QFuture>
#include <QPromise>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

namespace Recorders::Internal {

/*
    Tells one caller what became of an operation: a thread of the library that waits for it with a
    deadline, or, by a future, the caller of a public function. Nothing is attached to that future
    here: on Qt 6.4 and 6.8, QFuture::then() races with the thread that finishes it.

    Thread-safe, but for future().
*/
class OperationReply
{
public:
    using Continuation = std::function<void(const Error &outcome)>;

    OperationReply() = default;
    // Called by the thread that finishes it. Must not throw.
    explicit OperationReply(Continuation continuation);

    // Before the operation can finish. Throws std::bad_alloc.
    QFuture<Error> future();
    // Once. Waits for memory if the future needs it.
    void finish(const Error &outcome);

    bool isFinished() const;
    std::optional<Error> outcome() const; // nothing: it has not finished
    Error wait() const;
    // Nothing: it had not finished at the deadline.
    std::optional<Error> waitUntil(std::chrono::steady_clock::time_point deadline) const;

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_finished;
    std::optional<Error> m_outcome; // guarded by m_mutex
    std::optional<QPromise<Error>> m_promise; // if somebody has its future
    const Continuation m_continuation;
};

} // namespace Recorders::Internal

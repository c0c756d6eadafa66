// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>

#include <QFuture>
#include <QPromise>

#include <atomic>
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

    The outcome is written once, before m_isFinished is set, and read only by who has seen that: the
    release there pairs with the acquire. Who waits looks for it for some microseconds, and then
    sleeps. It is set with the mutex held, so that no notification is missed.

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

    bool isFinished() const noexcept;
    std::optional<Error> outcome() const; // nothing: it has not finished
    Error wait() const;
    // Nothing: it had not finished at the deadline.
    std::optional<Error> waitUntil(std::chrono::steady_clock::time_point deadline) const;

private:
    bool finishesSoon() const; // so that it is not worth to sleep

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_hasFinished;
    std::optional<Error> m_outcome; // constant once m_isFinished
    std::atomic<bool> m_isFinished = false; // written by who finishes it, see above
    std::optional<QPromise<Error>> m_promise; // if somebody has its future
    const Continuation m_continuation;
};

} // namespace Recorders::Internal

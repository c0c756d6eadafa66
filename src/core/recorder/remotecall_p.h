// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatcher_p.h"

#include <QDeadlineTimer>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace Recorders::Internal {

// Clamped, so that adding it to a time cannot overflow, also for QDeadlineTimer::Forever.
std::chrono::nanoseconds timeLeft(QDeadlineTimer deadline);

// A call of a function in a dispatcher's thread that another thread waits for, with a deadline: that
// one looks for the answer for some microseconds, and then sleeps.
class RemoteCall final
{
public:
    enum class Result { Done, Late, NoThread, NoMemory };

    // May throw std::bad_alloc. What the function refers to must outlive the call, also one that is
    // late.
    explicit RemoteCall(std::function<void()> function);

    // Once. It runs when the client has handled as many events as the fence says. False: no thread
    // will answer.
    bool postTo(Dispatcher &dispatcher, std::shared_ptr<DispatchClient> client, quint64 fence);
    Result wait(QDeadlineTimer deadline);

    // Makes a call, posts it and waits for it. NoMemory: also if there is none for the call.
    static Result perform(Dispatcher &dispatcher, std::shared_ptr<DispatchClient> client,
                          quint64 fence, std::function<void()> function, QDeadlineTimer deadline);

private:
    // The thread that answers writes the result with the mutex held, so that no notification is
    // missed. It is read without, too, for a while before one waits for that; the release pairs with
    // the acquires in wait(): who sees it sees what the function has done.
    struct Reply
    {
        std::mutex mutex;
        std::condition_variable done;
        std::atomic<Result> result = Result::Late;
    };

    const std::shared_ptr<Reply> m_reply;
    Dispatcher::Task m_task;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/remotecall_p.h"

#include "core/dispatch/shortlook_p.h"
#include "core/recorder/recorderconfiguration_p.h"

#include <algorithm>
#include <new>
#include <utility>

namespace Recorders::Internal {

std::chrono::nanoseconds timeLeft(QDeadlineTimer deadline)
{
    const std::chrono::nanoseconds longest = longestTime;
    return deadline.isForever()
            ? longest
            : std::min(longest, std::chrono::nanoseconds(deadline.remainingTimeNSecs()));
}

RemoteCall::RemoteCall(std::function<void()> function)
    : m_reply(std::make_shared<Reply>())
    , m_task([reply = m_reply, function = std::move(function)] {
        Result result = Result::Done;
        try {
            function();
        } catch (const std::bad_alloc &) {
            result = Result::NoMemory;
        }
        const std::lock_guard lock(reply->mutex);
        reply->result.store(result, std::memory_order_release); // pairs with wait()
        reply->done.notify_all();
    })
{
}

bool RemoteCall::postTo(Dispatcher &dispatcher, std::shared_ptr<DispatchClient> client,
                        quint64 fence)
{
    return dispatcher.post(std::move(m_task), std::move(client), fence);
}

RemoteCall::Result RemoteCall::wait(QDeadlineTimer deadline)
{
    const auto isAnswered = [this] {
        return m_reply->result.load(std::memory_order_acquire) != Result::Late;
    };
    if (!ShortLook::finds(isAnswered)) {
        std::unique_lock lock(m_reply->mutex);
        m_reply->done.wait_for(lock, timeLeft(deadline), isAnswered);
    }
    return m_reply->result.load(std::memory_order_acquire);
}

RemoteCall::Result RemoteCall::perform(Dispatcher &dispatcher,
                                       std::shared_ptr<DispatchClient> client, quint64 fence,
                                       std::function<void()> function, QDeadlineTimer deadline)
{
    try {
        RemoteCall call(std::move(function));
        return call.postTo(dispatcher, std::move(client), fence) ? call.wait(deadline)
                                                                 : Result::NoThread;
    } catch (const std::bad_alloc &) {
        return Result::NoMemory;
    }
}

} // namespace Recorders::Internal

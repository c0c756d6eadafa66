// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <utility>

namespace Recorders::Internal {

// The time at which the present thread handles events: what drains a queue reads the clock anyway,
// and shares it with the metrics. Nested, when a metric flushes its recorder.
class HandlingTime
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit HandlingTime(TimePoint time) noexcept
        : m_outer(std::exchange(s_current, time))
    {
    }
    ~HandlingTime() { s_current = m_outer; }

    HandlingTime(const HandlingTime &) = delete;
    HandlingTime &operator=(const HandlingTime &) = delete;

    void set(TimePoint time) noexcept { s_current = time; }

    static TimePoint now() noexcept
    {
        const TimePoint time = s_current;
        return time == TimePoint() ? std::chrono::steady_clock::now() : time;
    }

private:
    inline static thread_local TimePoint s_current{}; // the epoch: no event is being handled

    const TimePoint m_outer;
};

} // namespace Recorders::Internal

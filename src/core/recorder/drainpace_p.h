// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace Recorders::Internal {

// When to read the clock while events are handled. Reading it costs as much as some events: it is
// read less often while events are cheap, and after each one while they are slow.
class DrainPace final
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit DrainPace(TimePoint began) noexcept
        : m_lastReading(began)
    {
    }

    bool isReadingDue(std::size_t handled) const noexcept { return handled == m_nextReading; }

    // Returns whether the events since the last reading were slow.
    bool read(TimePoint now) noexcept
    {
        const bool isSlow = now - std::exchange(m_lastReading, now) > slowBatch;
        m_eventsPerReading = isSlow ? 1 : std::min(2 * m_eventsPerReading, maxEventsPerReading);
        m_nextReading += m_eventsPerReading;
        return isSlow;
    }

private:
    static constexpr std::size_t maxEventsPerReading = 64;
    static constexpr std::chrono::microseconds slowBatch{ 20 };

    TimePoint m_lastReading;
    std::size_t m_nextReading = 1; // number of the event after which it is due
    std::size_t m_eventsPerReading = 1;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/stallprobe_p.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace Recorders::Internal {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longCall = 100ms; // shorter ones are nobody's concern

} // namespace

std::optional<SourceStall> StallProbe::look(const Dispatcher &dispatcher)
{
    const std::optional<Clock::time_point> due = dispatcher.turnDueSince();
    if (!due || dispatcher.isClosed())
        return {};
    const Dispatcher::Whereabouts where = dispatcher.whereabouts();
    const Clock::time_point now = Clock::now();
    Clock::time_point since;
    {
        const std::lock_guard lock(m_mutex);
        const Clock::time_point lookedAt = std::exchange(m_lookedAt, now);
        if (std::exchange(m_where, where) != where)
            m_since = lookedAt; // at the earliest
        m_since = std::max(m_since, *due);
        since = m_since;
    }
    if (now - since < longCall)
        return {};
    return SourceStall{ since.time_since_epoch(), dispatcher.callUnderWay() };
}

} // namespace Recorders::Internal

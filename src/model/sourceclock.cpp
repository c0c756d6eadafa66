// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/sourceclock_p.h"

#include "core/platform/steadytime_p.h"

#include <atomic>

namespace Recorders::Internal {

namespace {

// Models of any thread read it. Relaxed: nothing else is published with it.
constinit std::atomic<SourceClock::SteadyClock> replacement = nullptr;

SourceClock::Time steadyNow()
{
    const SourceClock::SteadyClock clock = replacement.load(std::memory_order_relaxed);
    return clock ? clock() : steadyTime();
}

} // namespace

void SourceClock::setTime(Time now)
{
    m_offset = steadyNow() - now;
}

SourceClock::Time SourceClock::now() const
{
    return steadyNow() - m_offset;
}

void SourceClock::setSteadyClock(SteadyClock clock) noexcept
{
    replacement.store(clock, std::memory_order_relaxed);
}

} // namespace Recorders::Internal

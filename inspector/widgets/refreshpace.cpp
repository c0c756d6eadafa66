// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/refreshpace_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

// Before it is tried to be faster.
constexpr int calmTicksBefore = 5;

} // namespace

void RefreshPace::setWanted(std::chrono::milliseconds interval)
{
    m_wanted = interval;
    m_interval = interval;
    m_calmTicks = 0;
}

void RefreshPace::restart(Duration now, Duration work)
{
    m_lastTick = now;
    m_lastWork = work;
    m_calmTicks = 0;
}

// That a tick comes an interval late says the same as its work: the thread is busy, if by others.
void RefreshPace::tick(Duration now, Duration work)
{
    const Duration took = work - m_lastWork;
    const Duration late = now - m_lastTick - m_interval;
    m_lastTick = now;
    m_lastWork = work;
    if (took > m_interval || late > m_interval) {
        slowDown();
        return;
    }
    const bool isCalm = took < m_interval / 4 && late < m_interval / 4;
    m_calmTicks = isCalm ? m_calmTicks + 1 : 0;
    if (isSlowed() && m_calmTicks >= calmTicksBefore)
        speedUp();
}

void RefreshPace::slowDown()
{
    m_interval = std::max(m_wanted, std::min(2 * m_interval, slowest));
    m_calmTicks = 0;
}

void RefreshPace::speedUp()
{
    m_interval = std::max(m_wanted, m_interval / 2);
    m_calmTicks = 0;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <chrono>

namespace Recorders::Internal {

// Events that are handled slowly, one after the other. Only then does it matter who takes the time,
// and costs nothing to look at the clock for it.
class SlowRun final
{
public:
    void suspect() noexcept { m_isMeasured = true; } // it may begin with the next event
    void judge(bool isSlow) noexcept
    {
        m_isMeasured = isSlow;
        m_number += isSlow ? 0 : 1; // what is slow later belongs to another one
    }

    bool isMeasured() const noexcept { return m_isMeasured; }
    quint64 number() const noexcept { return m_number; }

private:
    quint64 m_number = 1;
    bool m_isMeasured = false;
};

// What the calls of one metric or hook took of a run.
class SlowCalls final
{
public:
    void add(const SlowRun &run, std::chrono::nanoseconds time) noexcept
    {
        m_time = timeOf(run) + time;
        m_run = run.number();
    }

    std::chrono::nanoseconds timeOf(const SlowRun &run) const noexcept
    {
        return m_run == run.number() ? m_time : std::chrono::nanoseconds::zero();
    }

private:
    std::chrono::nanoseconds m_time{};
    quint64 m_run = 0; // none
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <algorithm>
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
    quint32 number() const noexcept { return m_number; }

private:
    quint32 m_number = 1;
    bool m_isMeasured = false;
};

// What the calls of one metric or hook took of a run. Every metric has one: in eight bytes.
class SlowCalls final
{
public:
    void add(SlowRun run, std::chrono::nanoseconds time) noexcept
    {
        constexpr std::chrono::nanoseconds most = Time::max(); // more than an hour
        m_time = std::chrono::round<Time>(std::min(timeOf(run) + time, most));
        m_run = run.number();
    }

    std::chrono::nanoseconds timeOf(SlowRun run) const noexcept
    {
        return m_run == run.number() ? m_time : Time::zero();
    }

private:
    using Time = std::chrono::duration<quint32, std::micro>;

    Time m_time{};
    quint32 m_run = 0; // none
};

} // namespace Recorders::Internal

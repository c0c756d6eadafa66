// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <utility>

namespace Recorders::Internal {

/*
    Tells whether what looks at another thread by a timer comes late. Then the whole process may have
    been stopped, as by a debugger: the other thread gets time to move on before it counts as stuck.
*/
class LateLook final
{
public:
    // Of two looks that are due within the interval.
    bool isLate(std::chrono::nanoseconds now, std::chrono::milliseconds interval) noexcept
    {
        return now - std::exchange(m_last, now) > interval + tolerance;
    }
    void begin(std::chrono::nanoseconds now) noexcept { m_last = now; }

private:
    static constexpr std::chrono::milliseconds tolerance{ 500 }; // of a timer

    std::chrono::nanoseconds m_last{}; // 0: the first look is late
};

} // namespace Recorders::Internal

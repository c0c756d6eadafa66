// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <utility>

namespace Recorders::Internal {

/*
    Whether a dispatcher's thread that has answered calls of other threads looks for the next one
    before it goes back to its event loop. Whoever makes calls in a row is answered several times
    faster then, as nobody has to be woken. A call now and then must not cost that look each time: it
    is given up once it was in vain a few times in a row, and tried again, once, when two calls come
    so soon after each other that they may be the first of many. Arithmetic only.
*/
class CallLookout final
{
public:
    using Time = std::chrono::steady_clock::time_point;

    // Of the turn that has answered calls: whether to look for more at its end.
    bool begin(Time turnBegan) noexcept
    {
        const bool isSoon = turnBegan - std::exchange(m_lastTurn, turnBegan) < inARow;
        if (isSoon && m_looksInVain == maxLooksInVain)
            m_looksInVain = maxLooksInVain - 1;
        return m_looksInVain < maxLooksInVain;
    }
    void noteLook(bool hasFound) noexcept { m_looksInVain = hasFound ? 0 : m_looksInVain + 1; }

private:
    static constexpr int maxLooksInVain = 3;
    static constexpr std::chrono::microseconds inARow{ 100 }; // twice what two wake-ups take

    Time m_lastTurn{};
    int m_looksInVain = 0; // in a row
};

} // namespace Recorders::Internal

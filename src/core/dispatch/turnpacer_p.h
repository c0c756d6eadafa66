// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace Recorders::Internal {

/*
    When a dispatcher takes its next turn: when a quarter of the fullest queue may have filled, judged
    by what came since the last turn, and after the interval at the latest. Arithmetic only: the times
    are the caller's.
*/
class TurnPacer final
{
public:
    using Time = std::chrono::steady_clock::time_point;
    using Milliseconds = std::chrono::milliseconds;

    // What a turn was like.
    struct Turn
    {
        Time began;
        bool hasHandled = false; // any event
        bool hasWork = false; // that it left
        bool isStarved = false; // because there was no memory for it
        double load = 0; // of the fullest queue: events handled, as a multiple of a quarter of it
    };

    explicit TurnPacer(Milliseconds interval);

    Milliseconds interval() const noexcept { return m_interval; }

    void wakeUp(Time now); // the turn that begins is the first one after a sleep
    Milliseconds next(const Turn &turn); // 0: at once
    bool hasBeenUpLong(Time now) const; // for the interval at least: it may sleep

private:
    const Milliseconds m_interval;
    Time m_wokeAt{};
    Time m_lastTurn{};
    int m_fruitlessTurns = 0; // in a row, with nothing handled
};

} // namespace Recorders::Internal

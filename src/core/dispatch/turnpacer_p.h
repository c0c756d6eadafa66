// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <chrono>
#include <optional>

namespace Recorders::Internal {

/*
    When a dispatcher takes its next turn: when a quarter of the fullest queue may have filled, judged
    by what came since the last turn, and after the interval at the latest. Arithmetic only: the times
    are the caller's.

    It also says when the dispatcher may sleep. To wake it costs the thread that records more than
    its event does, so one that records several times per second must not find it asleep: it ticks on
    for the quiet time after its last event. Ticks do not get rarer meanwhile, as the next event is to
    be seen within an interval. Turns without events, for calls of other threads, prolong nothing.
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

    static constexpr Milliseconds defaultQuietTime{ 250 };
    static Milliseconds quietTime() noexcept; // of new ones
    RECORDERS_EXPORT static void setQuietTime(Milliseconds time) noexcept; // for tests

    explicit TurnPacer(Milliseconds interval);

    Milliseconds interval() const noexcept { return m_interval; }

    void wakeUp(Time now); // the turn that begins is the first one after a sleep
    Milliseconds next(const Turn &turn); // 0: at once
    // In a turn that has found nothing to do: nothing came for the quiet time, and for the interval
    // since it was woken.
    bool maySleep(Time now) const;

private:
    const Milliseconds m_interval;
    const Milliseconds m_quietTime;
    Time m_wokeAt{};
    std::optional<Time> m_lastHandled; // the clock may have begun a moment ago
    Time m_lastTurn{};
    int m_fruitlessTurns = 0; // in a row, with nothing handled
};

} // namespace Recorders::Internal

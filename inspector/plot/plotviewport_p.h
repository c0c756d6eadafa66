// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <optional>

namespace Recorders::Internal {

// Which part of time a plot shows: up to now, or a part of the past that stays where it is.
class PlotViewport
{
public:
    using Time = std::chrono::nanoseconds;

    static constexpr Time shortest = std::chrono::seconds(10);
    static constexpr Time longest = std::chrono::hours(1);

    Time now() const { return m_frozen.value_or(m_now); }
    void setNow(Time now) { m_now = now; }
    void setOldest(Time oldest) { m_oldest = oldest; } // there is nothing before
    bool isFrozen() const { return m_frozen.has_value(); }
    void setFrozen(bool frozen);

    Time window() const { return m_window; }
    void setWindow(Time window); // from the shortest to the longest
    Time begin() const { return end() - m_window; }
    Time end() const { return m_end.value_or(now()); }
    bool isFollowing() const { return !m_end; }

    void zoom(double factor, Time anchor); // what is at the anchor stays there, but for now
    void pan(Time by);
    void follow() { m_end.reset(); }

private:
    void moveEnd(Time end);

    Time m_now{};
    Time m_oldest = Time::min();
    Time m_window = std::chrono::minutes(1);
    std::optional<Time> m_end; // none: now
    std::optional<Time> m_frozen; // what now was when it was frozen
};

} // namespace Recorders::Internal

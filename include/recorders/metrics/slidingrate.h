// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QtGlobal>

#include <array>
#include <chrono>

namespace Recorders::Internal {

/*
    How much there is per second: over a window that slides, and weighted exponentially.

    The window is kept in slots of a sixtieth of its length, the oldest of which counts by the part
    that is still inside. The weighted averages begin at zero, as the load averages of Unix do: of a
    constant rate they show 63 % after their time constant. What came within a quarter of a second
    counts as if it had come at its beginning, so that the averages are too low by 0.4 % at most.

    Time is that of a steady clock. Should it stand still or go back, nothing grows old meanwhile.
*/
class RECORDERS_EXPORT SlidingRate final
{
public:
    using Time = std::chrono::nanoseconds;
    enum Average { OneMinute, FiveMinutes, FifteenMinutes };

    static constexpr Time shortestWindow = std::chrono::milliseconds(1);
    static constexpr Time longestWindow = std::chrono::hours(24 * 365);

    explicit SlidingRate(Time window = std::chrono::seconds(10)); // at least the shortest one

    Time window() const noexcept { return m_window; }

    void add(Time now, double amount) noexcept; // finite and not negative
    void merge(const SlidingRate &other) noexcept; // of the same window and clock

    double perSecond(Time now) const noexcept; // what came within the window, by its length
    double average(Average average, Time now) const noexcept; // per second
    bool isSilent(Time now) const noexcept; // all rates are below a millionth per second

private:
    static constexpr int slotsInWindow = 60;
    static constexpr int slotCount = 64; // at least one more than these

    double &slot(qint64 number) noexcept
    {
        return m_slots[static_cast<quint64>(number) % slotCount];
    }
    double slotAt(qint64 number) const noexcept; // of the last slotCount; 0 if it is to come
    void advanceTo(qint64 number) noexcept;
    void settle(Time now) noexcept;

    Time m_window;
    Time m_slotLength;
    qint64 m_newest = 0; // number of a slot: its time by its length
    bool m_isEmpty = true; // nothing was added yet
    std::array<double, slotCount> m_slots{};
    std::array<double, 3> m_averages{}; // as of m_settled
    double m_pending = 0; // came since m_settled
    Time m_settled{};
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/slidingrate.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Recorders::Internal {

namespace {

constexpr std::array<double, 3> timeConstants{ 60, 5 * 60, 15 * 60 }; // seconds
constexpr std::chrono::milliseconds settlingTime{ 250 };
constexpr double silence = 1e-6;

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

// Rounds down, before the epoch, too.
qint64 slotNumber(std::chrono::nanoseconds time, std::chrono::nanoseconds slotLength)
{
    const qint64 number = time / slotLength;
    return number * slotLength > time ? number - 1 : number;
}

// Infinity would become NaN where it is weighted by 0.
double finite(double rate)
{
    return std::min(rate, std::numeric_limits<double>::max());
}

} // namespace

SlidingRate::SlidingRate(Time window)
    : m_window(std::max(window, shortestWindow))
    , m_slotLength(m_window / slotsInWindow)
{
}

void SlidingRate::add(Time now, double amount) noexcept
{
    if (m_isEmpty) {
        m_newest = slotNumber(now, m_slotLength);
        m_settled = now;
        m_isEmpty = false;
    }
    advanceTo(slotNumber(now, m_slotLength));
    double &current = slot(m_newest);
    current = finite(current + amount);
    if (now - m_settled >= settlingTime)
        settle(now);
    m_pending = finite(m_pending + amount);
}

void SlidingRate::advanceTo(qint64 number) noexcept
{
    if (number <= m_newest)
        return;
    const qint64 first = std::max(m_newest + 1, number - (slotCount - 1));
    for (qint64 emptied = first; emptied <= number; ++emptied)
        slot(emptied) = 0;
    m_newest = number;
}

void SlidingRate::settle(Time now) noexcept
{
    for (std::size_t i = 0; i < m_averages.size(); ++i)
        m_averages[i] = average(static_cast<Average>(i), now);
    m_pending = 0;
    m_settled = std::max(m_settled, now);
}

void SlidingRate::merge(const SlidingRate &other) noexcept
{
    if (other.m_isEmpty)
        return;
    if (m_isEmpty) {
        *this = other;
        return;
    }
    advanceTo(other.m_newest);
    for (qint64 number = m_newest - (slotCount - 1); number <= m_newest; ++number)
        slot(number) = finite(slot(number) + other.slotAt(number));
    const Time later = std::max(m_settled, other.m_settled);
    settle(later);
    for (std::size_t i = 0; i < m_averages.size(); ++i)
        m_averages[i] = finite(m_averages[i] + other.average(static_cast<Average>(i), later));
}

double SlidingRate::slotAt(qint64 number) const noexcept
{
    if (m_isEmpty || number > m_newest)
        return 0;
    return m_slots[static_cast<quint64>(number) % slotCount];
}

double SlidingRate::perSecond(Time now) const noexcept
{
    const qint64 newest = m_isEmpty ? 0 : std::max(slotNumber(now, m_slotLength), m_newest);
    const Time elapsed = std::clamp<Time>(now - newest * m_slotLength, Time(0), m_slotLength);
    const double inside = 1 - seconds(elapsed) / seconds(m_slotLength);
    double sum = slotAt(newest - slotsInWindow) * inside;
    for (qint64 number = newest - slotsInWindow + 1; number <= newest; ++number)
        sum += slotAt(number);
    return finite(sum / seconds(m_window));
}

double SlidingRate::average(Average average, Time now) const noexcept
{
    const double constant = timeConstants[average];
    const double age = seconds(std::max(now - m_settled, Time(0)));
    return finite(m_averages[average] + m_pending / constant) * std::exp(-age / constant);
}

bool SlidingRate::isSilent(Time now) const noexcept
{
    return perSecond(now) < silence && average(OneMinute, now) < silence
            && average(FiveMinutes, now) < silence && average(FifteenMinutes, now) < silence;
}

} // namespace Recorders::Internal

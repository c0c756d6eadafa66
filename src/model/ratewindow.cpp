// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/ratewindow_p.h"

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

namespace {

// Samples that are closer than this are one, which bounds their number however fast updates come.
constexpr RateWindow::Time resolution = RateWindow::length / 10;

} // namespace

RateWindow::RateWindow(Time time, bool isWhole)
    : m_samples{ { time, isWhole ? Sum{ .whole = 0 } : Sum{ .real = 0 } } }
    , m_isWhole(isWhole)
{
}

void RateWindow::add(Time time, const Growth &growth)
{
    Sample next{ time, m_samples.back().sum };
    if (m_isWhole)
        next.sum.whole += growth.whole();
    else
        next.sum.real += growth.real();
    const qsizetype count = std::ssize(m_samples);
    const bool isClose =
            count > 1 && m_samples[count - 1].time - m_samples[count - 2].time < resolution;
    if (isClose)
        m_samples.back() = next;
    else
        m_samples.push_back(next);
    const Sample *first = &reference(time);
    m_samples.erase(m_samples.cbegin(), first);
}

// The newest sample that the window has left behind, or the oldest.
const RateWindow::Sample &RateWindow::reference(Time now) const
{
    const auto isInside = [now](const Sample &sample) {
        return sample.time > now - length;
    };
    const Sample *const inside = std::find_if(m_samples.cbegin(), m_samples.cend(), isInside);
    return inside == m_samples.cbegin() ? *inside : *std::prev(inside);
}

double RateWindow::perSecond(Time now) const
{
    const Sample &from = reference(now);
    const Time span = std::max(now - from.time, resolution);
    const Sum &last = m_samples.back().sum;
    const double growth =
            m_isWhole ? double(last.whole - from.sum.whole) : last.real - from.sum.real;
    return growth / std::chrono::duration<double>(span).count();
}

bool RateWindow::isSettled(Time now) const
{
    return m_samples.back().time <= now - length;
}

} // namespace Recorders::Internal

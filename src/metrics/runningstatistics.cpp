// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/runningstatistics.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Recorders::Internal {

void RunningStatistics::merge(const RunningStatistics &other) noexcept
{
    if (other.m_count == 0)
        return;
    const auto ours = static_cast<double>(m_count);
    const auto theirs = static_cast<double>(other.m_count);
    const double distance = other.m_mean - m_mean;
    m_count += other.m_count;
    const double share = theirs / (ours + theirs);
    m_mean += distance * share;
    if (ours > 0) // else the distance is from a mean that there is not
        m_squares += distance * distance * ours * share;
    m_squares += other.m_squares;
    m_extremes.merge(other.m_extremes);
    m_sum.merge(other.m_sum);
}

double RunningStatistics::mean() const noexcept
{
    if (m_count == 0)
        return std::numeric_limits<double>::quiet_NaN();
    return std::clamp(m_mean, m_extremes.min(), m_extremes.max()); // which rounding may leave
}

double RunningStatistics::standardDeviation() const noexcept
{
    if (m_count == 0)
        return std::numeric_limits<double>::quiet_NaN();
    return std::sqrt(std::max(m_squares, 0.0) / static_cast<double>(m_count));
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/extremes.h>
#include <recorders/core/sum.h>
#include <recorders/recorders_export.h>

#include <QtGlobal>

namespace Recorders::Internal {

/*
    Mean and variance by the recurrence of Welford (Technometrics 4, 1962), which subtracts the mean
    before it squares: sums of squares lose all digits when the deviation is small beside the mean.
    Merging is that of Chan, Golub and LeVeque (1983).
*/
class RECORDERS_EXPORT RunningStatistics final
{
public:
    void add(Number value) noexcept; // finite
    void merge(const RunningStatistics &other) noexcept;

    quint64 count() const noexcept { return m_count; }
    const Sum &sum() const noexcept { return m_sum; }
    const Extremes &extremes() const noexcept { return m_extremes; }
    double mean() const noexcept; // NaN without values
    // Of these values, not estimated for others like them: divided by their number. NaN without
    // values, infinite if its square is more than a double holds.
    double standardDeviation() const noexcept;

private:
    quint64 m_count = 0;
    double m_mean = 0;
    double m_squares = 0; // sum of the squared distances from the mean
    Extremes m_extremes;
    Sum m_sum;
};

inline void RunningStatistics::add(Number value) noexcept
{
    const double number = value.toDouble();
    // The reciprocal does not wait for the last event's mean, as a quotient would.
    const double weight = 1 / static_cast<double>(static_cast<qint64>(++m_count));
    const double distance = number - m_mean;
    m_mean += distance * weight;
    m_squares += distance * (number - m_mean);
    m_extremes.add(value);
    m_sum.add(value);
}

} // namespace Recorders::Internal

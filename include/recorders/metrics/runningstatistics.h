// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/sum.h>

#include <QtGlobal>

#include <limits>

namespace Recorders::Internal {

// The least and the greatest of the numbers that were added.
class RECORDERS_EXPORT Extremes final
{
public:
    void add(Number value) noexcept // finite
    {
        const double number = value.toDouble();
        m_min = number < m_min ? number : m_min;
        m_max = number > m_max ? number : m_max;
        m_isWhole &= value.isWhole();
    }
    void merge(const Extremes &other) noexcept
    {
        m_min = other.m_min < m_min ? other.m_min : m_min;
        m_max = other.m_max > m_max ? other.m_max : m_max;
        m_isWhole &= other.m_isWhole;
    }

    bool isEmpty() const noexcept { return m_min > m_max; }
    double min() const noexcept { return m_min; } // infinity if it is empty
    double max() const noexcept { return m_max; } // - infinity if it is empty
    QVariant minVariant() const; // qint64 or double; invalid if it is empty
    QVariant maxVariant() const;

private:
    QVariant toVariant(double value) const;

    double m_min = std::numeric_limits<double>::infinity();
    double m_max = -std::numeric_limits<double>::infinity();
    bool m_isWhole = true;
};

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

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/number.h>
#include <recorders/recorders_export.h>

#include <QVariant>

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

} // namespace Recorders::Internal

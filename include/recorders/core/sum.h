// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/number.h>
#include <recorders/recorders_export.h>

#include <QtNumeric>
#include <QVariant>

#include <limits>

namespace Recorders::Internal {

// A sum that is exact as long as it is whole, and else is kept with twice the digits of a double, so
// that its double does not depend on the order of what was added unless that differs by more digits.
// It saturates: where it would overflow it stays at the greatest or least number.
class RECORDERS_EXPORT Sum final
{
public:
    void add(Number value) noexcept // finite
    {
        if (value.isWhole())
            addWhole(value.whole());
        else
            addReal(value.toDouble());
    }
    void merge(const Sum &other) noexcept;

    bool isWhole() const noexcept { return m_isWhole; } // nothing real was added
    double toDouble() const noexcept;
    QVariant toVariant() const; // qint64 if it is whole, else double

private:
    void addWhole(qint64 value) noexcept
    {
        if (Q_UNLIKELY(qAddOverflow(m_whole, value, &m_whole)))
            m_whole = value < 0 ? std::numeric_limits<qint64>::min()
                                : std::numeric_limits<qint64>::max();
    }
    void addReal(double value) noexcept;

    qint64 m_whole = 0;
    double m_real = 0;
    double m_lost = 0; // by rounding: added to m_real it is lost again
    bool m_isWhole = true;
};

// Knuth's TwoSum: what rounding takes from the sum is the exact difference of doubles. The two are
// made a double and half the rounding error of it at most, so that what was lost keeps its digits.
inline void Sum::addReal(double value) noexcept
{
    const double sum = m_real + value;
    const double taken = sum - m_real;
    const double lost = m_lost + ((m_real - (sum - taken)) + (value - taken));
    m_real = sum + lost;
    m_lost = lost - (m_real - sum);
    m_isWhole = false;
    constexpr double most = std::numeric_limits<double>::max();
    if (Q_UNLIKELY(!(m_real >= -most && m_real <= most))) {
        m_real = value < 0 ? -most : most;
        m_lost = 0;
    }
}

} // namespace Recorders::Internal

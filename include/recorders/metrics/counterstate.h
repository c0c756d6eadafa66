// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/sum.h>
#include <recorders/metrics/figurewriter.h>

namespace Recorders::Internal {

class RECORDERS_EXPORT CounterState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = true;
    static constexpr bool remembersLastEvent = false;
    static constexpr bool goesDown = false;

    bool add(Number amount, const Occasion &) noexcept
    {
        if (Q_UNLIKELY(!amount.isFinite() || amount.isNegative())) {
            ++m_invalid;
            return true;
        }
        m_sum.add(amount);
        return !amount.isZero();
    }
    void merge(const CounterState &other) noexcept;
    void write(FigureWriter &writer, const Occasion &occasion) const;
    CounterState emptied() const { return {}; }
    bool isFading(const Occasion &) const { return false; }

private:
    Sum m_sum;
    quint64 m_invalid = 0;
};

} // namespace Recorders::Internal

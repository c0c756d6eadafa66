// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/sum.h>
#include <recorders/metrics/figurewriter.h>

namespace Recorders::Internal {

class RECORDERS_EXPORT UpDownCounterState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = true;
    static constexpr bool remembersLastEvent = false;
    static constexpr bool goesDown = true;

    bool add(Number amount, const Occasion &) noexcept
    {
        if (Q_UNLIKELY(!amount.isFinite())) {
            ++m_invalid;
            return true;
        }
        m_sum.add(amount);
        return !amount.isZero();
    }
    void merge(const UpDownCounterState &other) noexcept;
    void write(FigureWriter &writer, const Occasion &occasion) const;
    UpDownCounterState emptied() const { return {}; }
    bool isFading(const Occasion &) const { return false; }

private:
    Sum m_sum;
    quint64 m_invalid = 0;
};

} // namespace Recorders::Internal

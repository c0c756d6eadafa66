// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/sum.h>
#include <recorders/metrics/standardmetric.h>

namespace Recorders {

namespace Internal {

class RECORDERS_EXPORT UpDownCounterState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = true;
    static constexpr bool onlyFirstTypeAdds = true;

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

} // namespace Internal

// Goes up by events of the first type, and down by those of the others.
template <typename... Events>
class UpDownCounterMetric final
    : public Internal::StandardMetric<UpDownCounterMetric<Events...>, Internal::UpDownCounterState,
                                      Events...>
{
    using Base =
            Internal::StandardMetric<UpDownCounterMetric, Internal::UpDownCounterState, Events...>;

public:
    using Base::Base;
};
template <typename Reader, typename... Readers>
UpDownCounterMetric(QString, Reader, Readers...)
        -> UpDownCounterMetric<Internal::EventOf<Reader>, Internal::EventOf<Readers>...>;

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/figurewriter.h>
#include <recorders/metrics/slidingrate.h>

namespace Recorders::Internal {

class RECORDERS_EXPORT RateState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = true;
    static constexpr bool remembersLastEvent = false;
    static constexpr bool goesDown = false;

    RateState() = default;
    explicit RateState(std::chrono::nanoseconds window)
        : m_rate(window)
    {
    }

    bool add(Number amount, const Occasion &occasion) noexcept;
    void merge(const RateState &other) noexcept;
    void write(FigureWriter &writer, const Occasion &occasion) const;
    RateState emptied() const { return RateState(m_rate.window()); }
    bool isFading(const Occasion &occasion) const noexcept;

private:
    SlidingRate m_rate;
    quint64 m_invalid = 0;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/figurewriter.h>
#include <recorders/metrics/runningstatistics.h>

namespace Recorders::Internal {

class RECORDERS_EXPORT StatisticsState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = false;
    static constexpr bool remembersLastEvent = false;
    static constexpr bool goesDown = false;

    bool add(Number value, const Occasion &) noexcept
    {
        if (Q_LIKELY(value.isFinite()))
            m_statistics.add(value);
        else
            ++m_invalid;
        return true;
    }
    void merge(const StatisticsState &other) noexcept;
    void write(FigureWriter &writer, const Occasion &occasion) const;
    StatisticsState emptied() const { return {}; }
    bool isFading(const Occasion &) const { return false; }

private:
    RunningStatistics m_statistics;
    quint64 m_invalid = 0;
};

} // namespace Recorders::Internal

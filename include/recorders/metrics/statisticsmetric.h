// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/runningstatistics.h>
#include <recorders/metrics/standardmetric.h>

namespace Recorders {

namespace Internal {

class RECORDERS_EXPORT StatisticsState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = false;
    static constexpr bool onlyFirstTypeAdds = false;

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

} // namespace Internal

// Count, sum, mean, standard deviation, least and greatest of what a member of events says.
template <typename... Events>
class StatisticsMetric final : public Internal::StandardMetric<StatisticsMetric<Events...>,
                                                               Internal::StatisticsState, Events...>
{
    using Base = Internal::StandardMetric<StatisticsMetric, Internal::StatisticsState, Events...>;

public:
    using Base::Base;
};
template <typename Reader, typename... Readers>
StatisticsMetric(QString, Reader, Readers...)
        -> StatisticsMetric<Internal::EventOf<Reader>, Internal::EventOf<Readers>...>;

} // namespace Recorders

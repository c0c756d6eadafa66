// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/exponentialhistogram.h>
#include <recorders/metrics/standardmetric.h>

namespace Recorders {

namespace Internal {

class RECORDERS_EXPORT HistogramState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = false;
    static constexpr bool onlyFirstTypeAdds = false;

    HistogramState() = default;
    explicit HistogramState(bool hasBuckets)
        : m_hasBuckets(hasBuckets)
    {
    }

    bool add(Number value, const Occasion &)
    {
        if (Q_LIKELY(value.isFinite() && !value.isNegative()))
            m_histogram.add(value);
        else
            addInvalid();
        return true;
    }
    void merge(const HistogramState &other);
    void write(FigureWriter &writer, const Occasion &occasion) const;
    HistogramState emptied() const { return HistogramState(m_hasBuckets); }
    bool isFading(const Occasion &) const { return false; }

private:
    void addInvalid();
    QVariantMap buckets() const;

    ExponentialHistogram m_histogram;
    quint64 m_invalid = 0;
    bool m_hasBuckets = false; // in all snapshots
};

} // namespace Internal

// The distribution of what a member of events says: its percentiles, to some percent.
template <typename... Events>
class HistogramMetric final : public Internal::StandardMetric<HistogramMetric<Events...>,
                                                              Internal::HistogramState, Events...>
{
    using Base = Internal::StandardMetric<HistogramMetric, Internal::HistogramState, Events...>;

public:
    using Base::Base;

    HistogramMetric &&withBuckets() // in all snapshots, for those who merge or export them
    {
        this->settings() = Internal::HistogramState(true);
        return this->self();
    }
};
template <typename Reader, typename... Readers>
HistogramMetric(QString, Reader, Readers...)
        -> HistogramMetric<Internal::EventOf<Reader>, Internal::EventOf<Readers>...>;

} // namespace Recorders

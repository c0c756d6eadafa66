// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/distribution.h>
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
        if (Q_UNLIKELY(!m_isPrepared))
            prepare();
        if (Q_LIKELY(value.isFinite() && !value.isNegative()))
            DistributionAccess::add(m_distribution, value);
        else
            ++m_invalid;
        return true;
    }
    void merge(const HistogramState &other);
    void write(FigureWriter &writer, const Occasion &occasion) const;
    HistogramState emptied() const { return HistogramState(m_hasBuckets); }
    bool isFading(const Occasion &) const { return false; }

private:
    void prepare();
    QVariantMap buckets() const;

    Distribution m_distribution;
    quint64 m_invalid = 0;
    bool m_isPrepared = false;
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

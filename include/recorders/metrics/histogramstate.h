// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/distribution.h>
#include <recorders/metrics/figurewriter.h>

namespace Recorders::Internal {

class RECORDERS_EXPORT HistogramState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = false;
    static constexpr bool remembersLastEvent = false;
    static constexpr bool goesDown = false;

    bool add(Number value, const Occasion &)
    {
        if (Q_UNLIKELY(m_isTold))
            beginChange();
        if (Q_LIKELY(value.isFinite()))
            DistributionAccess::add(m_distribution, value);
        else
            DistributionAccess::addInvalid(m_distribution);
        return true;
    }
    void merge(const HistogramState &other);
    void write(FigureWriter &writer, const Occasion &occasion) const;
    HistogramState emptied() const { return {}; }
    bool isFading(const Occasion &) const { return false; }

private:
    void beginChange();

    Distribution m_distribution;
    mutable QVariant m_told; // what snapshots share: a copy of the distribution
    mutable bool m_isTold = true; // it has not changed since, or since it was made
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/standardmetric.h>

namespace Recorders {

namespace Internal {

class RECORDERS_EXPORT GaugeState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = false;
    static constexpr bool onlyFirstTypeAdds = false;

    bool add(Number value, const Occasion &occasion);
    void merge(const GaugeState &other);
    void write(FigureWriter &writer, const Occasion &occasion) const;
    GaugeState emptied() const { return {}; }
    bool isFading(const Occasion &) const { return false; }

private:
    Number m_last;
    quint64 m_lastEvent = 0; // its number; 0: there was none
    std::chrono::nanoseconds m_changed{}; // wall clock
    Number m_least;
    Number m_greatest;
    quint64 m_invalid = 0;
};

} // namespace Internal

// The last value, the least and the greatest one, and when it last changed.
template <typename... Events>
class GaugeMetric final
    : public Internal::StandardMetric<GaugeMetric<Events...>, Internal::GaugeState, Events...>
{
    using Base = Internal::StandardMetric<GaugeMetric, Internal::GaugeState, Events...>;

public:
    using Base::Base;
};
template <typename Reader, typename... Readers>
GaugeMetric(QString, Reader, Readers...)
        -> GaugeMetric<Internal::EventOf<Reader>, Internal::EventOf<Readers>...>;

} // namespace Recorders

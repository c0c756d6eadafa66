// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/figurewriter.h>

namespace Recorders::Internal {

class RECORDERS_EXPORT GaugeState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = false;
    static constexpr bool remembersLastEvent = true;
    static constexpr bool goesDown = false;

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

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/growth_p.h"
#include "model/prefetch_p.h"

#include <QVarLengthArray>

#include <chrono>

namespace Recorders::Internal {

// How fast a value grew during the last second. Exists only while it does.
class RateWindow
{
public:
    using Time = std::chrono::nanoseconds;

    static constexpr Time length = std::chrono::seconds(1);

    // The value of integers, or of real numbers, stood still from then until it grows.
    RateWindow(Time time, bool isWhole);

    bool isWhole() const { return m_isWhole; }
    void add(Time time, const Growth &growth); // as whole as it is
    double perSecond(Time now) const;
    bool isSettled(Time now) const; // nothing was added for a whole window
    void fetch() const { prefetch(&m_samples.back()); } // it may be elsewhere

private:
    union Sum { // of all growth until then; integers modulo 2^64
        quint64 whole;
        double real;
    };
    struct Sample
    {
        Time time;
        Sum sum;
    };

    const Sample &reference(Time now) const;

    QVarLengthArray<Sample, 2> m_samples; // ascending in time, never empty; most have no more
    bool m_isWhole;
};

} // namespace Recorders::Internal

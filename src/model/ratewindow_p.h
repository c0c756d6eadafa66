// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QVarLengthArray>

#include <chrono>

namespace Recorders::Internal {

// How fast a value grew during the last second. Exists only while it does.
class RateWindow
{
public:
    using Time = std::chrono::nanoseconds;

    static constexpr Time length = std::chrono::seconds(1);

    RateWindow(Time time, double value);

    void add(Time time, double value);
    double perSecond(Time now) const;
    bool isSettled(Time now) const; // nothing was added for a whole window

private:
    struct Sample
    {
        Time time;
        double value;
    };

    const Sample &reference(Time now) const;

    QVarLengthArray<Sample, 2> m_samples; // ascending in time, never empty; most have no more
};

} // namespace Recorders::Internal

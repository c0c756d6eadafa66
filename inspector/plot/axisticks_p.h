// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>
#include <recorders/core/unit.h>

#include <QString>

#include <chrono>
#include <vector>

namespace Recorders::Internal {

struct Tick
{
    double value = 0; // of time: seconds before now
    QString label;
};

struct ValueAxis
{
    double min = 0;
    double max = 1;
    std::vector<Tick> ticks; // from min to max
};

// An axis from at most min to at least max, with round ticks. It begins at 0 if that costs
// little room, and has some height for a single value, too.
ValueAxis valueAxis(double min, double max, int maxTicks, const Unit &unit,
                    BytePrefix bytes = BytePrefix::Binary);

// Round values from min to max, above 0, for an axis on which each factor has the same length.
std::vector<Tick> logTicks(double min, double max, int maxTicks, const Unit &unit,
                           BytePrefix bytes = BytePrefix::Binary);

// Round times from oldest to newest, both before now.
std::vector<Tick> timeTicks(std::chrono::nanoseconds oldest, std::chrono::nanoseconds newest,
                            int maxTicks);

// "-1 min 30 s", or "now"
QString timeBefore(double seconds);

} // namespace Recorders::Internal

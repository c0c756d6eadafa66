// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/plotseries_p.h"

#include <recorders/core/namespace.h>

namespace Recorders::Internal {

// For those who do not see the plot: "bytes received: minimum 1.20 MiB, maximum ..., rising".
QString plotSummary(const PlotSeries &series, std::chrono::nanoseconds begin,
                    std::chrono::nanoseconds end, BytePrefix bytes = BytePrefix::Binary);

} // namespace Recorders::Internal

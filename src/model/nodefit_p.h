// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/rowpattern_p.h"

#include <vector>

namespace Recorders::Internal {

struct MetricNode;
struct RecorderNode;

// Whether a node meets all terms together with what it belongs to.
bool fits(const RecorderNode &recorder, const RowPattern &pattern);
bool fits(const MetricNode &metric, const RowPattern &pattern);

// What is to be shown below a node: all if it fits, else what fits or has something that does.
std::vector<int> fittingMetrics(const RecorderNode &recorder, const RowPattern &pattern);
std::vector<int> fittingDimensions(const MetricNode &metric, const RowPattern &pattern);

} // namespace Recorders::Internal

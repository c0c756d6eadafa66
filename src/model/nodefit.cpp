// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/nodefit_p.h"

#include "model/shownrows_p.h"
#include "model/snapshotnodes_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

Terms termsOf(const RecorderNode &recorder, const RowPattern &pattern)
{
    return pattern.ofRecorder(recorder.entityId, recorder.state);
}

Terms termsOf(const MetricNode &metric, const RowPattern &pattern)
{
    return pattern.ofMetric(metric.name(), metric.description(), metric.state());
}

Terms termsOf(const MetricNode &metric, int row, const RowPattern &pattern)
{
    const DimensionView dimension = metric.dimensions.at(row);
    const QString unit = dimension.unit.code();
    const Terms terms = pattern.ofDimension(dimension.name, unit, dimension.kind);
    const bool isUnknown = metric.recorder->isRemoved && metric.recorder->isBehind;
    if (!pattern.looksAtValues() || isUnknown)
        return terms;
    return terms | pattern.ofValue(dimension.value, pattern.boundsIn(unit));
}

} // namespace

bool fits(const RecorderNode &recorder, const RowPattern &pattern)
{
    return pattern.isMet(termsOf(recorder, pattern));
}

bool fits(const MetricNode &metric, const RowPattern &pattern)
{
    return pattern.isMet(termsOf(*metric.recorder, pattern) | termsOf(metric, pattern));
}

bool hasFittingDimension(const MetricNode &metric, Terms above, const RowPattern &pattern)
{
    for (int row = 0; row < metric.dimensions.size(); ++row) {
        if (pattern.isMet(above | termsOf(metric, row, pattern)))
            return true;
    }
    return false;
}

std::vector<int> fittingMetrics(const RecorderNode &recorder, const RowPattern &pattern)
{
    const Terms above = termsOf(recorder, pattern);
    std::vector<int> rows = allRows(int(recorder.metrics.size()));
    if (pattern.isMet(above))
        return rows;
    std::erase_if(rows, [&](int row) {
        const MetricNode &metric = *recorder.metrics[std::size_t(row)];
        const Terms terms = above | termsOf(metric, pattern);
        return !pattern.isMet(terms) && !hasFittingDimension(metric, terms, pattern);
    });
    return rows;
}

std::vector<int> fittingDimensions(const MetricNode &metric, const RowPattern &pattern)
{
    const Terms above = termsOf(*metric.recorder, pattern) | termsOf(metric, pattern);
    std::vector<int> rows = allRows(int(metric.dimensions.size()));
    if (pattern.isMet(above))
        return rows;
    std::erase_if(rows,
                  [&](int row) { return !pattern.isMet(above | termsOf(metric, row, pattern)); });
    return rows;
}

} // namespace Recorders::Internal

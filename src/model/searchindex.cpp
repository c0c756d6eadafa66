// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/searchindex_p.h"

#include "core/value/numericvalue_p.h"
#include "model/snapshotnodes_p.h"

#include <utility>

namespace Recorders::Internal {

namespace {

// Nothing of what is no number: it is not compared, and would be shared with the other thread.
QVariant numberOf(const DimensionView &dimension)
{
    return isNumber(dimension.value) ? dimension.value : QVariant();
}

} // namespace

void SearchIndex::resize(int numbers)
{
    rows.resize(std::size_t(numbers));
}

// What was there is given back last, so that a metric that has not changed keeps its entry.
void SearchIndex::set(int number, const MetricNode &metric, int dimension)
{
    SearchedRow &row = rows[std::size_t(number)];
    const int before = std::exchange(row.metric, pool.take(metric));
    if (before != SearchedRow::none)
        pool.release(before);
    row.entityId = metric.recorder->entityId;
    row.state = metric.recorder->state;
    row.dimension = dimension;
    if (m_comparesValues) {
        compared.resize(rows.size());
        compared[std::size_t(number)] = numberOf(metric.dimensions.at(dimension));
    }
}

void SearchIndex::set(int number, const RecorderNode &recorder)
{
    SearchedRow &row = rows[std::size_t(number)];
    row.entityId = recorder.entityId;
    row.state = recorder.state;
    metrics.resize(rows.size());
    std::vector<int> entries;
    entries.reserve(recorder.metrics.size());
    for (const auto &metric : recorder.metrics)
        entries.push_back(pool.take(*metric));
    for (const int before : std::exchange(metrics[std::size_t(number)], std::move(entries)))
        pool.release(before);
    if (m_comparesValues)
        setComparedBelow(number, recorder);
}

void SearchIndex::setComparedBelow(int number, const RecorderNode &recorder)
{
    comparedBelow.resize(rows.size());
    std::vector<QVariant> &below = comparedBelow[std::size_t(number)];
    below.clear();
    for (const auto &metric : recorder.metrics) {
        for (int row = 0; row < metric->dimensions.size(); ++row)
            below.push_back(numberOf(metric->dimensions.at(row)));
    }
}

void SearchIndex::setComparesValues(bool compares)
{
    m_comparesValues = compares;
    compared = {};
    comparedBelow = {};
}

void SearchIndex::setValue(int number, SortValue value)
{
    values.resize(rows.size());
    values[std::size_t(number)] = std::move(value);
}

} // namespace Recorders::Internal

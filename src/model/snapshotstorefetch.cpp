// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/prefetch_p.h"
#include "model/snapshotstore_p.h"

#include <algorithm>

namespace Recorders::Internal {

/*
    An update goes through its recorders several times. Each time it asks for the memory that the
    next time looks at: for the recorder and what is told of it; then step by step for what that tells
    of metrics; then for the places of these in the recorder; then for these; and a few recorders ahead
    for what hangs on them.
*/

namespace {

constexpr qsizetype idsAhead = 16;
constexpr std::size_t recordersAhead = 4;
constexpr std::size_t metricsAhead = 8;
constexpr qsizetype metricsAtMost = 8; // of one recorder: then the processor sees a pattern

// Calls for the metrics that the snapshot tells of, as far as they are where they are expected.
template <typename Call>
void forLikelyMetrics(const RecorderNode &recorder, const RecorderSnapshot &snapshot,
                      const RowGuess &rows, Call call)
{
    const qsizetype count = std::min(metricsAtMost, snapshot.metrics.size());
    std::size_t next = 0;
    for (qsizetype i = 0; i < count; ++i) {
        const MetricSnapshotData &metric = SnapshotAccess::data(snapshot.metrics.at(i));
        const std::size_t row = rows.rowOf(metric.name(), next);
        if (row < recorder.metrics.size())
            call(recorder.metrics.data() + row);
        next = row + 1;
    }
}

} // namespace

// The id is looked for.
void SnapshotStore::fetchIdsAhead(const QList<RecorderSnapshot> &recorders, qsizetype index)
{
    if (index + idsAhead < recorders.size())
        prefetch(recorders.at(index + idsAhead).entityId.constData());
}

void SnapshotStore::fetch(const RecorderNode &recorder)
{
    prefetchAll(&recorder);
}

// Of what is told, in three steps: the recorder, the list of its metrics, these.
void SnapshotStore::fetchToldRecorders(std::span<const RecorderUpdate> updates) const
{
    for (const RecorderUpdate &update : updates)
        prefetchAll(update.snapshot);
    for (const RecorderUpdate &update : updates) {
        prefetch(update.snapshot->metrics.constData());
        m_movingRecorders.fetchPlace(*update.recorder);
        update.recorder->rate.fetch();
    }
    for (const RecorderUpdate &update : updates) {
        const QList<MetricSnapshot> &metrics = update.snapshot->metrics;
        std::for_each_n(metrics.cbegin(), std::min(metricsAtMost, metrics.size()),
                        [](const auto &metric) { prefetchAll(&SnapshotAccess::data(metric)); });
    }
}

// To sort them.
void SnapshotStore::fetchRecordersOf(const std::vector<MetricNode *> &metrics)
{
    for (const MetricNode *metric : metrics)
        prefetch(&metric->recorder->rowHint);
}

// In two steps, as the rates hang on the metric.
void SnapshotStore::fetchForSettling(std::span<MetricNode *const> next)
{
    if (next.size() > 2 * metricsAhead)
        prefetchAll(next[2 * metricsAhead]);
    if (next.size() > metricsAhead && !next[metricsAhead]->rates.empty())
        prefetchAll(next[metricsAhead]->rates.data());
}

void SnapshotStore::fetchForSettling(std::span<RecorderNode *const> next)
{
    if (next.size() > 2 * recordersAhead)
        prefetchAll(next[2 * recordersAhead]);
    if (next.size() > recordersAhead)
        next[recordersAhead]->rate.fetch();
}

void SnapshotStore::fetchPlacesOfMetrics(const RecorderUpdate &update) const
{
    forLikelyMetrics(*update.recorder, *update.snapshot, m_metricRows,
                     [](const auto *place) { prefetch(place); });
}

void SnapshotStore::fetchMetrics(const RecorderUpdate &update) const
{
    forLikelyMetrics(*update.recorder, *update.snapshot, m_metricRows,
                     [](const auto *place) { prefetchAll(place->get()); });
}

void SnapshotStore::fetchValuesAhead(std::span<const RecorderUpdate> updates,
                                     std::size_t index) const
{
    if (index + recordersAhead >= updates.size())
        return;
    const RecorderUpdate &update = updates[index + recordersAhead];
    forLikelyMetrics(*update.recorder, *update.snapshot, m_metricRows, [this](const auto *place) {
        const MetricNode &metric = **place;
        prefetchAll(&metric.dimensions.data());
        if (!metric.rates.empty())
            prefetchAll(metric.rates.data());
        m_movingMetrics.fetchPlace(metric);
    });
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/prefetch_p.h"
#include "model/snapshotstore_p.h"

#include <algorithm>

namespace Recorders::Internal {

/*
    An update goes through its recorders several times. Each time it asks for the memory that the
    next time looks at: of a recorder that was found, for all of it; then for the place of its
    metrics; then for these; and a few recorders ahead for what hangs on them.
*/

namespace {

constexpr std::size_t recordersAhead = 4;

// Calls for the metrics that the snapshot tells of, as far as they are where they are expected.
template <typename Call>
void forLikelyMetrics(const RecorderNode &recorder, const RecorderSnapshot &snapshot,
                      const RowGuess &rows, Call call)
{
    constexpr qsizetype enough = 8; // of one recorder: then the processor sees a pattern
    const qsizetype count = std::min(enough, snapshot.metrics.size());
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

void SnapshotStore::fetch(const RecorderNode &recorder)
{
    prefetchAll(&recorder);
}

void SnapshotStore::fetchForSettling(const std::vector<MetricNode *> &metrics)
{
    for (const MetricNode *metric : metrics) {
        prefetch(&metric->recorder->rowHint);
        prefetch(metric->rates.data());
    }
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
    forLikelyMetrics(*update.recorder, *update.snapshot, m_metricRows, [](const auto *place) {
        const MetricNode &metric = **place;
        prefetchAll(&metric.dimensions.data());
        prefetch(metric.rates.data());
    });
}

} // namespace Recorders::Internal

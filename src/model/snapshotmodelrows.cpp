// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/noderoles_p.h"
#include "model/snapshotmodel_p.h"

namespace Recorders {

using namespace Internal;

const RecorderNode *SnapshotModelPrivate::recorderOf(const QModelIndex &index) const
{
    return index.model() == q ? store.nodes().recorder(keyOf(index.internalId())) : nullptr;
}

const MetricNode *SnapshotModelPrivate::metricOf(const QModelIndex &index) const
{
    return index.model() == q ? store.nodes().metric(keyOf(index.internalId())) : nullptr;
}

std::optional<NodeData> SnapshotModelPrivate::nodeData(const QModelIndex &index) const
{
    if (const RecorderNode *const recorder = recorderOf(index))
        return NodeData::ofRecorder(*recorder, store);
    const MetricNode *const metric = metricOf(index);
    if (!metric)
        return std::nullopt;
    if (tagOf(index.internalId()) == MetricTag)
        return NodeData::ofMetric(*metric, store);
    if (index.row() >= metric->dimensions.size())
        return std::nullopt;
    return NodeData::ofDimension(*metric, index.row(), store);
}

/*
    From top to bottom, and adjacent rows at once: a QTreeView searches for a changed index from
    where it found the last one. For an index that it does not show, because its parent is
    collapsed, it searches through all that it shows, a thousand times for a thousand changes. So
    nothing is said of values in rows that nobody has ever asked for an index of: nobody can know
    them. What metrics mean changes rarely, and proxies may know it by what they found there.
*/
void SnapshotModelPrivate::changed(const std::vector<NodeChange> &changes)
{
    emitRecorders(changes);
    for (const NodeChange &change : changes) {
        if (change.metric && (change.recorder->isLookedInto || change.isInWords()))
            emitMetric(change);
    }
}

void SnapshotModelPrivate::emitRecorders(const std::vector<NodeChange> &changes) const
{
    NodeChange range; // from its recorder to the last one
    const RecorderNode *last = nullptr;
    const auto publish = [&] {
        if (last) {
            Q_EMIT q->dataChanged(recorderIndex(*range.recorder),
                                  recorderIndex(*last, SnapshotModel::RateColumn),
                                  recorderRoles(range, store));
        }
    };
    for (const NodeChange &change : changes) {
        if (change.metric)
            continue;
        if (last && store.rowOf(*change.recorder) == store.rowOf(*last) + 1) {
            range.isState = range.isState || change.isState;
            range.isRateOnly = range.isRateOnly && change.isRateOnly;
        } else {
            publish();
            range = change;
        }
        last = change.recorder;
    }
    publish();
}

// A recorder says in words that it ended. What is old has no rate any more.
void SnapshotModelPrivate::freshnessChanged()
{
    emitEverywhere(recorderRoles({ .isState = true }, store), rateRoles());
}

void SnapshotModelPrivate::markChanged()
{
    emitEverywhere(comparisonRoles(), comparisonRoles());
}

void SnapshotModelPrivate::bytePrefixChanged()
{
    emitEverywhere(textRoles(), textRoles());
}

void SnapshotModelPrivate::emitEverywhere(const QList<int> &ofRecorders,
                                          const QList<int> &ofValues) const
{
    const int count = store.recorderCount();
    if (count == 0)
        return;
    Q_EMIT q->dataChanged(recorderIndex(*store.recorderAt(0)),
                          recorderIndex(*store.recorderAt(count - 1), SnapshotModel::RateColumn),
                          ofRecorders);
    for (int row = 0; row < count; ++row) {
        const auto &metrics = store.recorderAt(row)->metrics;
        if (!store.recorderAt(row)->isLookedInto || metrics.empty())
            continue;
        Q_EMIT q->dataChanged(metricIndex(*metrics.front()),
                              metricIndex(*metrics.back(), SnapshotModel::RateColumn), ofValues);
        for (const auto &metric : metrics) {
            if (metric->isLookedInto)
                emitDimensions(*metric, 0, int(metric->dimensions.size()) - 1, ofValues);
        }
    }
}

void SnapshotModelPrivate::emitMetric(const NodeChange &change) const
{
    const QList<int> roles = valueRoles(change, store);
    Q_EMIT q->dataChanged(metricIndex(*change.metric),
                          metricIndex(*change.metric, SnapshotModel::RateColumn), roles);
    // When it changed, and its state, show in all rows of a metric.
    const int first = change.isRateOnly ? change.firstDimension : 0;
    const int last =
            change.isRateOnly ? change.lastDimension : int(change.metric->dimensions.size()) - 1;
    if (change.metric->isLookedInto || change.isInWords())
        emitDimensions(*change.metric, first, last, roles);
}

void SnapshotModelPrivate::emitDimensions(const MetricNode &metric, int first, int last,
                                          const QList<int> &roles) const
{
    if (last < first)
        return;
    const quintptr id = idOf(metric.key, DimensionTag);
    Q_EMIT q->dataChanged(q->createIndex(first, 0, id),
                          q->createIndex(last, SnapshotModel::RateColumn, id), roles);
}

} // namespace Recorders

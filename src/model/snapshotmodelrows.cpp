// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/noderoles_p.h"
#include "model/snapshotmodel_p.h"

#include <algorithm>
#include <utility>

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

std::optional<NodeData> SnapshotModelPrivate::nodeData(const QModelIndex &index, int role)
{
    const bool isRead = isReading(role);
    if (const RecorderNode *const recorder = recorderOf(index)) {
        if (isRead)
            recorder->announced = NoChange;
        return NodeData::ofRecorder(*recorder, store);
    }
    const MetricNode *const metric = metricOf(index);
    const bool isOfMetric = tagOf(index.internalId()) == MetricTag;
    if (!metric || (!isOfMetric && index.row() >= metric->dimensions.size()))
        return std::nullopt;
    if (isRead) {
        metric->announced = NoChange;
        metric->isLookedInto = metric->isLookedInto || !isOfMetric;
        metric->recorder->isLookedInto = true; // also by an index that a signal had
        metric->recorder->isReadBelow = true;
        content.demand().noteRead(*metric->recorder);
        if (isOfStatistics(role))
            metric->recorder->areStatisticsRead = true;
    }
    return isOfMetric ? NodeData::ofMetric(*metric, store)
                      : NodeData::ofDimension(*metric, index.row(), store);
}

void SnapshotModelPrivate::beginRemoveRecorders(int first, int last)
{
    for (int row = first; row <= last; ++row)
        content.demand().forget(*store.recorderAt(row));
    q->beginRemoveRows({}, first, last);
}

std::vector<int> SnapshotModelPrivate::heldRecorders()
{
    std::vector<int> rows;
    Q_EMIT content.heldRowsWanted(&rows);
    const QModelIndexList held = q->persistentIndexList();
    for (const QModelIndex &index : held)
        rows.push_back(topRowOf(index));
    return rows;
}

void SnapshotModelPrivate::endReorderRecorders(const std::vector<int> &newRows)
{
    QModelIndexList before = q->persistentIndexList();
    before.removeIf([](const auto &index) { return tagOf(index.internalId()) != RecorderTag; });
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index : std::as_const(before)) {
        const int row = newRows[std::size_t(index.row())];
        after.append(q->createIndex(row, index.column(), index.internalId()));
    }
    q->changePersistentIndexList(before, after);
    Q_EMIT content.rowsReordered(newRows);
    Q_EMIT q->layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

/*
    From top to bottom, and adjacent rows at once: a QTreeView searches for a changed index from
    where it found the last one. For an index that is out of sight it searches through all that it
    shows, a thousand times for a thousand changes. So a change is announced of a row that somebody
    has read since it was announced last: who has not can hold nothing that is out of date, and who
    was told and did not look will look when he needs it. Of the other rows that somebody has an
    index of, the first few that change in an update are announced, too, for those who only listen.

    A metric and its dimensions share a note of what was announced of all of them. A rate that is
    announced of some of its dimensions leaves no note.
*/
void SnapshotModelPrivate::changed(const std::vector<NodeChange> &changes)
{
    if (content.isFiltered())
        tellFilters(changes);
    emitRecorders(changes);
    for (const NodeChange &change : changes) {
        if (!change.metric) {
            emitStatisticsBelow(*change.recorder);
            continue;
        }
        if (content.demand().noteChange(*change.recorder, store.now()))
            askWhoReads(*change.recorder);
        const ChangeKinds kinds = kindsOf(change, store);
        if (gate.isDue(change.metric->announced, kinds, change.recorder->isLookedInto))
            emitMetric(change, kinds);
    }
}

// By announcing what was read and has not changed since.
void SnapshotModelPrivate::askWhoReads(const RecorderNode &recorder)
{
    bool isAsked = false;
    for (const auto &metric : recorder.metrics) {
        if ((metric->announced & ValueChange) != 0)
            continue;
        emitMetric({ .recorder = metric->recorder, .metric = metric.get() }, ValueChange);
        isAsked = true;
    }
    if (isAsked)
        content.demand().waitAgain(recorder, store.now());
    else
        content.demand().forget(recorder);
}

// Rows below a recorder are sorted only where somebody has looked, but searched everywhere.
void SnapshotModelPrivate::tellFilters(const std::vector<NodeChange> &changes)
{
    for (const NodeChange &change : changes) {
        const bool isBelow = change.metric != nullptr;
        if (isBelow && !change.recorder->isLookedInto && !change.isInWords())
            continue;
        const int row = store.rowOf(*change.recorder);
        Q_EMIT content.rowsChanged({ .first = row,
                                     .last = row,
                                     .kinds = kindsOf(change, store),
                                     .isOfRecorders = !isBelow,
                                     .isBelow = isBelow });
    }
}

void SnapshotModelPrivate::emitRecorders(const std::vector<NodeChange> &changes)
{
    const RecorderNode *first = nullptr;
    const RecorderNode *last = nullptr;
    ChangeKinds kinds = NoChange; // of the range
    const auto publish = [&] {
        if (first) {
            Q_EMIT q->dataChanged(recorderIndex(*first),
                                  recorderIndex(*last, SnapshotModel::RateColumn),
                                  recorderRoles(kinds));
        }
    };
    for (const NodeChange &change : changes) {
        if (change.metric)
            continue;
        const RecorderNode *const next = change.recorder;
        const ChangeKinds kindsOfNext = kindsOf(change, store);
        if (!gate.isDue(next->announced, kindsOfNext))
            continue;
        next->announced |= kindsOfNext; // before anybody reads it
        if (last && store.rowOf(*next) == store.rowOf(*last) + 1) {
            kinds |= kindsOfNext;
        } else {
            publish();
            first = next;
            kinds = kindsOfNext;
        }
        last = next;
    }
    publish();
}

// All rows of a recorder know its statistics, but few views ask these for them.
void SnapshotModelPrivate::emitStatisticsBelow(const RecorderNode &recorder) const
{
    if (!std::exchange(recorder.areStatisticsRead, false) || recorder.metrics.empty())
        return;
    const QList<int> roles = statisticsRoles();
    Q_EMIT q->dataChanged(metricIndex(*recorder.metrics.front()),
                          metricIndex(*recorder.metrics.back(), SnapshotModel::RateColumn), roles);
    for (const auto &metric : recorder.metrics) {
        if (metric->isLookedInto)
            emitDimensions(*metric, 0, int(metric->dimensions.size()) - 1, roles);
    }
}

// A recorder says in words that it ended. What is old has no rate any more, and what nobody has seen
// before the end has no value.
void SnapshotModelPrivate::freshnessChanged()
{
    const ChangeKinds ofRecorders = kindsOf({ .isState = true }, store);
    const ChangeKinds ofValues = store.isPartial() ? RateChange | ValueChange : RateChange;
    emitEverywhere({ ofRecorders, recorderRoles(ofRecorders), ofValues, valueRoles(ofValues) });
}

void SnapshotModelPrivate::markChanged()
{
    emitEverywhere({ ComparisonChange, comparisonRoles(), ComparisonChange, comparisonRoles() });
}

void SnapshotModelPrivate::bytePrefixChanged()
{
    emitEverywhere({ TextChange, textRoles(), TextChange, textRoles() });
}

// All recorders at once: that is one range. Below them, what somebody has read.
void SnapshotModelPrivate::emitEverywhere(const Everywhere &change)
{
    const int last = store.recorderCount() - 1;
    if (last < 0)
        return;
    if (content.isFiltered())
        Q_EMIT content.rowsChanged(
                { .first = 0, .last = last, .kinds = change.ofRecorders, .isOfRecorders = true });
    gate.beginUpdate();
    Q_EMIT q->dataChanged(recorderIndex(*store.recorderAt(0)),
                          recorderIndex(*store.recorderAt(last), SnapshotModel::RateColumn),
                          change.recorderRoles);
    for (int row = 0; row <= last; ++row)
        emitBelow(*store.recorderAt(row), change);
}

void SnapshotModelPrivate::emitBelow(const RecorderNode &recorder, const Everywhere &change)
{
    if (!recorder.isLookedInto || recorder.metrics.empty()
        || (gate.isForReadRowsOnly() && !recorder.isReadBelow))
        return;
    const ChangeKinds kinds = change.ofValues;
    const bool isRead =
            std::any_of(recorder.metrics.cbegin(), recorder.metrics.cend(),
                        [kinds](const auto &metric) { return (kinds & ~metric->announced) != 0; });
    if (!gate.isDue(isRead ? NoChange : AnyChange, kinds))
        return;
    std::vector<const MetricNode *> due;
    for (const auto &metric : recorder.metrics) {
        if (metric->isLookedInto && gate.isDue(metric->announced, kinds))
            due.push_back(metric.get());
        metric->announced |= kinds; // before anybody reads it
    }
    Q_EMIT q->dataChanged(metricIndex(*recorder.metrics.front()),
                          metricIndex(*recorder.metrics.back(), SnapshotModel::RateColumn),
                          change.valueRoles);
    for (const MetricNode *metric : due)
        emitDimensions(*metric, 0, int(metric->dimensions.size()) - 1, change.valueRoles);
}

void SnapshotModelPrivate::emitMetric(const NodeChange &change, ChangeKinds kinds) const
{
    const MetricNode &metric = *change.metric;
    // When it changed, and its state, show in all rows of a metric.
    const int end = int(metric.dimensions.size()) - 1;
    const int first = change.isRateOnly ? change.firstDimension : 0;
    const int last = change.isRateOnly ? change.lastDimension : end;
    if (!metric.isLookedInto || (first == 0 && last == end))
        metric.announced |= kinds; // before anybody reads it
    const QList<int> roles = valueRoles(kinds);
    Q_EMIT q->dataChanged(metricIndex(metric), metricIndex(metric, SnapshotModel::RateColumn),
                          roles);
    if (metric.isLookedInto)
        emitDimensions(metric, first, last, roles);
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

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/flatsnapshotmodel_p.h"

#include "model/noderoles_p.h"

#include <recorders/model/snapshotmodel.h>

namespace Recorders {

using namespace Internal;

// A metric without dimensions has no row.
int FlatSnapshotModelPrivate::rowsBefore(const RecorderNode &recorder, int metric)
{
    int rows = 0;
    for (int i = 0; i < metric; ++i)
        rows += int(recorder.metrics[size_t(i)]->dimensions.size());
    return rows;
}

NodeData FlatSnapshotModelPrivate::nodeData(int row, int role) const
{
    const RowCounts::Place place = rows.placeOf(row);
    auto metric = store.recorderAt(place.block)->metrics.cbegin();
    int dimension = place.offset;
    while (dimension >= int((*metric)->dimensions.size()))
        dimension -= int((*metric++)->dimensions.size());
    if (isReading(role)) {
        (*metric)->announced = NoChange;
        (*metric)->recorder->announced = NoChange;
    }
    return NodeData::ofDimension(**metric, dimension, store);
}

void FlatSnapshotModelPrivate::beginInsert(const RecorderNode &recorder, int first, int added)
{
    block = store.rowOf(recorder);
    count = added;
    if (count > 0)
        q->beginInsertRows({}, first, first + count - 1);
}

void FlatSnapshotModelPrivate::endInsert()
{
    if (count == 0)
        return;
    rows.add(block, count);
    q->endInsertRows();
}

void FlatSnapshotModelPrivate::beginRemove(const RecorderNode &recorder, int first, int removed)
{
    block = store.rowOf(recorder);
    count = removed;
    if (count > 0)
        q->beginRemoveRows({}, first, first + count - 1);
}

void FlatSnapshotModelPrivate::endRemove()
{
    if (count == 0)
        return;
    rows.add(block, -count);
    q->endRemoveRows();
}

/*
    How many rows recorders have that come is known only once they are there. They are announced
    then: as blocks without rows first, so that the rows behind them are found already.
*/
void FlatSnapshotModelPrivate::beginInsertRecorders(int first, int last)
{
    block = first;
    lastBlock = last;
}

void FlatSnapshotModelPrivate::endInsertRecorders()
{
    std::vector<int> counts(size_t(lastBlock - block + 1), 0);
    rows.insert(block, counts);
    count = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        const RecorderNode *added = store.recorderAt(block + int(i));
        counts[i] = rowsBefore(*added, int(added->metrics.size()));
        count += counts[i];
    }
    const int first = rows.firstRowOf(block);
    if (count > 0)
        q->beginInsertRows({}, first, first + count - 1);
    rows.remove(block, lastBlock);
    rows.insert(block, counts);
    if (count > 0)
        q->endInsertRows();
}

void FlatSnapshotModelPrivate::beginRemoveRecorders(int first, int last)
{
    block = first;
    lastBlock = last;
    const int firstRow = rows.firstRowOf(first);
    count = rows.firstRowOf(last) + rows.rowsOf(last) - firstRow;
    if (count > 0)
        q->beginRemoveRows({}, firstRow, firstRow + count - 1);
}

void FlatSnapshotModelPrivate::endRemoveRecorders()
{
    rows.remove(block, lastBlock);
    if (count > 0)
        q->endRemoveRows();
}

std::vector<int> FlatSnapshotModelPrivate::heldRecorders()
{
    std::vector<int> held;
    Q_EMIT content.heldRowsWanted(&held);
    const QModelIndexList indexes = q->persistentIndexList();
    for (const QModelIndex &index : indexes)
        held.push_back(index.row());
    for (int &row : held)
        row = rows.placeOf(row).block;
    return held;
}

void FlatSnapshotModelPrivate::endReorderRecorders(const std::vector<int> &newBlocks)
{
    const std::vector<int> newRows = rows.reorder(newBlocks);
    const QModelIndexList before = q->persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index : before)
        after.append(q->createIndex(newRows[std::size_t(index.row())], index.column()));
    q->changePersistentIndexList(before, after);
    Q_EMIT content.rowsReordered(newRows);
    Q_EMIT q->layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void FlatSnapshotModelPrivate::beginInsertMetric(const RecorderNode &recorder, int row,
                                                 int dimensions)
{
    beginInsert(recorder, rowOf(recorder) + rowsBefore(recorder, row), dimensions);
}

void FlatSnapshotModelPrivate::beginRemoveMetric(const RecorderNode &recorder, int row)
{
    beginRemove(recorder, rowOf(recorder) + rowsBefore(recorder, row),
                int(recorder.metrics[size_t(row)]->dimensions.size()));
}

void FlatSnapshotModelPrivate::beginInsertDimensions(const MetricNode &metric, int first, int last)
{
    beginInsert(*metric.recorder, rowOf(metric) + first, last - first + 1);
}

void FlatSnapshotModelPrivate::beginRemoveDimensions(const MetricNode &metric, int first, int last)
{
    beginRemove(*metric.recorder, rowOf(metric) + first, last - first + 1);
}

void FlatSnapshotModelPrivate::publish(int first, int last, const QList<int> &roles) const
{
    if (first <= last)
        Q_EMIT q->dataChanged(q->index(first, 0), q->index(last, q->columnCount() - 1), roles);
}

void FlatSnapshotModelPrivate::publishEverywhere(ChangeKinds kinds, const QList<int> &roles)
{
    const int last = rows.total() - 1;
    tellFilters({ .first = 0, .last = last, .kinds = kinds });
    publish(0, last, roles);
}

void FlatSnapshotModelPrivate::tellFilters(const ChangedRows &changed)
{
    if (changed.first <= changed.last && content.isFiltered())
        Q_EMIT content.rowsChanged(changed);
}

/*
    Of rows that somebody has read since they were announced last, and of the first others. What is
    noted of a recorder or a metric was announced of all rows of theirs, as their states show there.
*/
void FlatSnapshotModelPrivate::changed(const std::vector<NodeChange> &changes)
{
    for (const NodeChange &change : changes)
        change.metric ? changeMetric(change) : changeRecorder(change);
}

void FlatSnapshotModelPrivate::changeRecorder(const NodeChange &change)
{
    static const QList<int> recorderOnly = statisticsRoles();
    static const QList<int> recorderState = recorderOnly + QList<int>{ SnapshotModel::StateRole };
    const ChangeKinds kinds = kindsOf(change, store);
    const bool isDue = recorderGate.isDue(change.recorder->announced, kinds);
    if (!isDue && !change.isState)
        return;
    const int recorder = store.rowOf(*change.recorder);
    const int first = rows.firstRowOf(recorder);
    const int last = first + rows.rowsOf(recorder) - 1;
    if (change.isState)
        tellFilters({ .first = first, .last = last, .kinds = StateChange, .isOfRecorders = true });
    if (!isDue)
        return;
    change.recorder->announced |= kinds; // before anybody reads it
    publish(first, last, change.isState ? recorderState : recorderOnly);
}

void FlatSnapshotModelPrivate::changeMetric(const NodeChange &change)
{
    const ChangeKinds kinds = kindsOf(change, store);
    const bool isDue = metricGate.isDue(change.metric->announced, kinds);
    if (!isDue && !content.isFiltered())
        return;
    const int end = int(change.metric->dimensions.size()) - 1;
    const int first = change.isRateOnly ? change.firstDimension : 0;
    const int last = change.isRateOnly ? change.lastDimension : end;
    const int firstRow = rowOf(*change.metric);
    tellFilters({ .first = firstRow + first, .last = firstRow + last, .kinds = kinds });
    if (!isDue)
        return;
    if (first == 0 && last == end)
        change.metric->announced |= kinds; // before anybody reads it
    publish(firstRow + first, firstRow + last, valueRoles(kinds));
}

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowsearch_p.h"

#include <recorders/model/snapshotmodel.h>

namespace Recorders::Internal {

namespace {

// A flat row has a dimension always: that of a metric is its first one.
bool isRowOf(const QModelIndex &row, const ValueKey &key)
{
    return row.data(SnapshotModel::MetricRole).toString() == key.metric
            && (key.dimension.isEmpty()
                || row.data(SnapshotModel::DimensionRole).toString() == key.dimension);
}

QModelIndex findBelow(const QAbstractItemModel &model, const QModelIndex &parent,
                      const ValueKey &key)
{
    for (int i = 0; i < model.rowCount(parent); ++i) {
        const QModelIndex row = model.index(i, 0, parent);
        if (isRowOf(row, key))
            return row;
        if (row.data(SnapshotModel::MetricRole).toString() == key.metric)
            return findBelow(model, row, key);
    }
    return {};
}

} // namespace

ValueKey keyOf(const QModelIndex &index)
{
    return { index.data(SnapshotModel::EntityIdRole).toString(),
             index.data(SnapshotModel::MetricRole).toString(),
             index.data(SnapshotModel::DimensionRole).toString() };
}

QModelIndex findRow(const QAbstractItemModel &model, const ValueKey &key)
{
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex row = model.index(i, 0);
        if (row.data(SnapshotModel::EntityIdRole).toString() != key.entityId)
            continue;
        const bool isRecorder = row.data(SnapshotModel::MetricRole).toString().isEmpty();
        const QModelIndex found = isRecorder ? findBelow(model, row, key) : row;
        if (isRowOf(found, key))
            return found;
    }
    return {};
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshotrow_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QItemSelectionModel>
#include <QMetaEnum>

#include <algorithm>
#include <compare>
#include <vector>

namespace Recorders::Internal {

namespace {

// The rows from the root to an index.
std::vector<int> path(QModelIndex index)
{
    std::vector<int> rows;
    for (; index.isValid(); index = index.parent())
        rows.insert(rows.begin(), index.row());
    return rows;
}

// Not to be translated: other programs read it.
QString wordOf(SnapshotModel::Change change)
{
    if (change == SnapshotModel::Change::NotCompared)
        return {};
    return QString::fromLatin1(QMetaEnum::fromType<SnapshotModel::Change>().valueToKey(int(change)))
            .toLower();
}

} // namespace

SnapshotRow SnapshotRow::of(const QModelIndex &index)
{
    const auto type = index.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>();
    const bool isText = index.data(SnapshotModel::IsMessageRole).toBool()
            || type == SnapshotModel::NodeType::Recorder;
    SnapshotRow row;
    row.recorder = index.data(SnapshotModel::EntityIdRole).toString();
    row.metric = index.data(SnapshotModel::MetricRole).toString();
    row.dimension = index.data(SnapshotModel::DimensionRole).toString();
    row.rate = index.data(SnapshotModel::RateRole);
    row.change = wordOf(index.data(SnapshotModel::ChangeRole).value<SnapshotModel::Change>());
    if (!row.change.isEmpty())
        row.delta = index.data(SnapshotModel::DeltaRole);
    if (isText) {
        row.text = index.data(SnapshotModel::TextRole).toString();
    } else {
        row.value = index.data(SnapshotModel::ValueRole);
        row.unit = index.data(SnapshotModel::UnitRole).toString();
    }
    return row;
}

QList<SnapshotRow> selectedRows(const QItemSelectionModel &selection)
{
    std::vector<std::pair<std::vector<int>, QModelIndex>> places;
    const QModelIndexList selected = selection.selectedRows();
    for (const QModelIndex &index : selected)
        places.emplace_back(path(index), index);
    std::sort(places.begin(), places.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<SnapshotRow> rows;
    for (const auto &place : places)
        rows.append(SnapshotRow::of(place.second));
    return rows;
}

} // namespace Recorders::Internal

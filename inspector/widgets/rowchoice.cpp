// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowchoice_p.h"

#include "plot/plottable_p.h"

#include <recorders/core/namespace.h>
#include <recorders/model/snapshotmodel.h>

#include <QItemSelectionModel>

#include <algorithm>
#include <iterator>
#include <vector>

namespace Recorders::Internal {

namespace {

// Of a large selection without numbers, no more rows than that are looked at.
constexpr qsizetype maxVisited = 1000;

qsizetype rowCount(const QItemSelection &selection)
{
    qsizetype rows = 0;
    for (const QItemSelectionRange &range : selection)
        rows += range.height();
    return rows;
}

// The rows from the root to an index.
std::vector<int> path(QModelIndex index)
{
    std::vector<int> rows;
    for (; index.isValid(); index = index.parent())
        rows.insert(rows.begin(), index.row());
    return rows;
}

bool isAbove(const QModelIndex &a, const QModelIndex &b)
{
    return path(a) < path(b);
}

} // namespace

bool hasNumber(const QModelIndex &index)
{
    const auto type = index.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>();
    if (type == SnapshotModel::NodeType::Recorder
        || index.data(SnapshotModel::KindRole).value<MetricKind>() == MetricKind::Text)
        return false;
    return isPlottable(index.data(SnapshotModel::ValueRole));
}

RowChoice chooseRows(const QItemSelectionModel &selection, qsizetype maxPlotted)
{
    const QItemSelection ranges = selection.selection();
    QModelIndexList selected;
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom() && selected.size() < maxVisited; ++row)
            selected.append(range.model()->index(row, 0, range.parent()));
    }
    std::sort(selected.begin(), selected.end(), isAbove);
    const QModelIndex current = selection.currentIndex().siblingAtColumn(0);
    const bool isCurrent = current.isValid() && selection.isSelected(current);

    RowChoice choice;
    if (isCurrent)
        choice.main = current;
    else if (!selected.isEmpty())
        choice.main = selected.first();
    std::copy_if(selected.cbegin(), selected.cend(), std::back_inserter(choice.plotted), hasNumber);
    choice.leftOut = rowCount(ranges) - selected.size();
    if (choice.plotted.size() > maxPlotted) {
        const bool isBelow = choice.plotted.indexOf(choice.main) >= maxPlotted;
        choice.leftOut += choice.plotted.size() - maxPlotted;
        choice.plotted.resize(maxPlotted);
        if (isBelow)
            choice.plotted.last() = choice.main;
    }
    return choice;
}

} // namespace Recorders::Internal

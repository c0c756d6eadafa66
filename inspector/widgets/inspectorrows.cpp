// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorrows_p.h"

#include "widgets/valuecolumns_p.h"

namespace Recorders::Internal {

InspectorRows::InspectorRows(QObject *parent)
    : SnapshotFilterModel(parent)
{
    // Before any view, so that it is known when a selection shrinks.
    connect(this, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this] { m_isLosingRows = true; });
    connect(this, &QAbstractItemModel::rowsRemoved, this, [this] { m_isLosingRows = false; });
    setMovesRows(false);
    setExtraColumns({ TrendRole, SnapshotModel::DeltaRole, SnapshotModel::DeltaRatioRole,
                      SnapshotModel::CountRole, SnapshotModel::MinimumRole, SnapshotModel::MeanRole,
                      SnapshotModel::MaximumRole, SnapshotModel::P50Role, SnapshotModel::P90Role,
                      SnapshotModel::P99Role, SnapshotModel::P999Role,
                      SnapshotModel::LastChangedRole, FillerRole });
}

int InspectorRows::roleOf(int column) const
{
    return extraColumns().value(column - ValueColumns(*this).extra);
}

int InspectorRows::columnOf(int role) const
{
    return ValueColumns(*this).extra + int(extraColumns().indexOf(role));
}

QVariant InspectorRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && roleOf(section) == TrendRole) {
        if (role == Qt::DisplayRole)
            return tr("Trend");
        if (role == Qt::ToolTipRole)
            return tr("The last minute, as far as the row was in sight:\n"
                      "the rate, or of what has none the value");
    }
    return SnapshotFilterModel::headerData(section, orientation, role);
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/columnrole_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QCoreApplication>

namespace Recorders::Internal {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Recorders::SnapshotFilterModel", text);
}

QString title(int role)
{
    switch (role) {
    case SnapshotModel::DeltaRole:
        return tr("\u0394 since mark");
    case SnapshotModel::DeltaRatioRole:
        return tr("\u0394 %");
    case SnapshotModel::CountRole:
        return tr("Count");
    case SnapshotModel::MinimumRole:
        return tr("Min");
    case SnapshotModel::MeanRole:
        return tr("Mean");
    case SnapshotModel::MaximumRole:
        return tr("Max");
    case SnapshotModel::P50Role:
        return tr("p50");
    case SnapshotModel::P90Role:
        return tr("p90");
    case SnapshotModel::P99Role:
        return tr("p99");
    case SnapshotModel::P999Role:
        return tr("p99.9");
    case SnapshotModel::LastChangedRole:
        return tr("Last change");
    default:
        return {};
    }
}

QString toolTip(int role)
{
    switch (role) {
    case SnapshotModel::DeltaRole:
        return tr("What was added since the mark.\nOf a recorder: how many metrics changed.");
    case SnapshotModel::DeltaRatioRole:
        return tr("What was added since the mark, of what it was then");
    case SnapshotModel::P50Role:
        return tr("Half of all values are below this");
    case SnapshotModel::P90Role:
        return tr("90 % of all values are below this");
    case SnapshotModel::P99Role:
        return tr("99 % of all values are below this");
    case SnapshotModel::P999Role:
        return tr("99.9 % of all values are below this");
    case SnapshotModel::LastChangedRole:
        return tr("When the last update came that changed it");
    default:
        return {};
    }
}

} // namespace

QVariant columnHeader(int shownRole, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return title(shownRole);
    case Qt::ToolTipRole:
        return toolTip(shownRole);
    case Qt::TextAlignmentRole:
        return columnAlignment();
    default:
        return {};
    }
}

QVariant columnAlignment()
{
    return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace Recorders::Internal

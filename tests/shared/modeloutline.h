// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmodel.h>

#include <QAbstractItemModel>
#include <QString>
#include <QStringList>

namespace Testing {

inline QString nameOf(const QModelIndex &index)
{
    QStringList parts;
    for (const int role :
         { Recorders::SnapshotModel::EntityIdRole, Recorders::SnapshotModel::MetricRole,
           Recorders::SnapshotModel::DimensionRole }) {
        if (const QString part = index.data(role).toString(); !part.isEmpty())
            parts += part;
    }
    return parts.join(u'/');
}

// All rows of a model by their full names, from top to bottom.
inline QStringList outline(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList names;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        names += nameOf(index);
        names += outline(model, index);
    }
    return names;
}

} // namespace Testing

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/flatsnapshotmodel.h>

namespace Recorders {

// The values of all recorders, live: a row for each dimension of each metric.
class RECORDERS_EXPORT SnapshotTableModel
    : public Recorders::FlatSnapshotModel // in full, for QML's tools
{
    Q_OBJECT

public:
    enum Column {
        EntityColumn,
        MetricColumn,
        DimensionColumn,
        ValueColumn,
        UnitColumn,
        RateColumn,
        ColumnCount
    };
    Q_ENUM(Column)

    explicit SnapshotTableModel(QObject *parent = nullptr);
    ~SnapshotTableModel() override;

private:
    Q_DISABLE_COPY_MOVE(SnapshotTableModel)
};

} // namespace Recorders

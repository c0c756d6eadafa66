// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

namespace Recorders::Internal {

// The rows of a view, with all the columns that it can show.
class InspectorRows : public SnapshotFilterModel
{
    Q_OBJECT

public:
    // Columns that are drawn, beside those that show a role of SnapshotModel.
    enum ColumnRole {
        TrendRole = Qt::UserRole + 1000, // what the value was lately
        FillerRole, // what is left of the width
    };

    explicit InspectorRows(QObject *parent = nullptr);

    int roleOf(int column) const; // 0: one of the source's columns
    int columnOf(int role) const;
    bool isLosingRows() const { return m_isLosingRows; } // what changes now is not by hand

    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    bool m_isLosingRows = false;
};

} // namespace Recorders::Internal

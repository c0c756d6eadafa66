// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshottablemodel.h>

namespace Recorders {

/*!
    \class Recorders::SnapshotTableModel
    \inheaderfile recorders/model/snapshottablemodel.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotTableModel class is the values of all recorders, live: a row for each
    dimension of each metric.

    It shows what SnapshotModel shows, but flat, for table views and for sorting by any column.
    Changes are announced of rows that somebody has read, as FlatSnapshotModel says.

    \sa RecorderSnapshotModel, SnapshotModel, SnapshotFilterModel
*/

/*!
    \enum SnapshotTableModel::Column

    \value EntityColumn     The entity id of the recorder.
    \value MetricColumn     The name of the metric.
    \value DimensionColumn  The name of the dimension.
    \value ValueColumn      The value in its scaled unit.
    \value UnitColumn       The scaled unit.
    \value RateColumn       The growth per second.
    \omitvalue ColumnCount
*/

/*!
    Constructs a model without a source, with the given \a parent.
*/
SnapshotTableModel::SnapshotTableModel(QObject *parent)
    : FlatSnapshotModel(Scope::AllRecorders, parent)
{
}

SnapshotTableModel::~SnapshotTableModel() = default;

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QModelIndex>
#include <QPersistentModelIndex>

class QItemSelectionModel;

namespace Recorders::Internal {

// What of a selection is told in detail: a few rows, however many are selected.
struct RowChoice
{
    QModelIndex main; // the current row if it is selected, else the first one; may be invalid
    QModelIndexList plotted; // those with values on an axis, in their order
    qsizetype leftOut = 0; // selected rows that are not plotted for want of room
};

RowChoice chooseRows(const QItemSelectionModel &selection, qsizetype maxPlotted);

// Whether the row has a number that can be plotted.
bool hasNumber(const QModelIndex &index);

} // namespace Recorders::Internal

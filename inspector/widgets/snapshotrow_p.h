// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QModelIndex>
#include <QString>
#include <QVariant>

class QItemSelectionModel;

namespace Recorders::Internal {

// A row of a model of snapshots as it is at this moment, not rounded, for other programs.
struct SnapshotRow
{
    static SnapshotRow of(const QModelIndex &index);

    QString recorder;
    QString metric;
    QString dimension;
    QString text; // instead of a value: a state in words
    QVariant value;
    QString unit;
    QVariant rate; // per second
    QString change; // since the mark, in a word of English; empty: nothing is compared
    QVariant delta; // what was added since then; invalid if that is no number
};

QList<SnapshotRow> selectedRows(const QItemSelectionModel &selection); // from top to bottom

} // namespace Recorders::Internal

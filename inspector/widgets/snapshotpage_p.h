// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/inspectorrows_p.h"
#include "widgets/snapshottreeview_p.h"

#include <QStringList>

namespace Recorders::Internal {

// A view of snapshots, and what it is filtered and sorted by.
class SnapshotPage : public QObject
{
    Q_OBJECT

public:
    SnapshotPage(QAbstractItemModel *model, SnapshotTreeView::Shape shape, QWidget *parent);

    InspectorRows *filter() { return &m_filter; }
    SnapshotTreeView *view() const { return m_view; }

    QList<QStringList> selectedPaths() const; // recorder, metric, dimension
    void selectPaths(const QList<QStringList> &paths); // as soon as their rows are here

private:
    void select();
    QModelIndexList indexesOf(const QList<QStringList> &paths) const;

    InspectorRows m_filter;
    SnapshotTreeView *const m_view;
    QList<QStringList> m_wanted;
};

} // namespace Recorders::Internal

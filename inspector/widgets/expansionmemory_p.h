// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QPersistentModelIndex>
#include <QSet>

class QTreeView;

namespace Recorders {
class SnapshotFilterModel;
}

namespace Recorders::Internal {

// Knows what was expanded, also of rows that a search has hidden, and opens the first rows.
class ExpansionMemory : public QObject
{
    Q_OBJECT

public:
    ExpansionMemory(QTreeView *view, SnapshotFilterModel *filter);

    void expandHits(); // opens what a search found, without remembering it
    void restore();

private:
    void remember(const QModelIndex &index);
    void forget(const QModelIndex &index);
    void expandFirst();
    void expandHit(const QModelIndex &index);

    QTreeView *const m_view;
    SnapshotFilterModel *const m_filter;
    QSet<QPersistentModelIndex> m_expanded; // in the filter's source
    int m_firstCount = 0; // how many rows were expanded because they came first
    bool m_isAutomatic = false;
};

} // namespace Recorders::Internal

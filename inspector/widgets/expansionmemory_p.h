// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/rememberedrows_p.h"

#include <QSet>

namespace Recorders {
class SnapshotFilterModel;
}

namespace Recorders::Internal {

class SnapshotTreeView;

// Knows what was expanded, also of rows that a search has hidden and of those that have gone, and
// opens the first rows.
class ExpansionMemory : public QObject
{
    Q_OBJECT

public:
    ExpansionMemory(SnapshotTreeView *view, SnapshotFilterModel *filter);

    void expandHits(); // opens what a search found, without remembering it
    void restore();
    void forgetGone();

private:
    void remember(const QModelIndex &index);
    void forget(const QModelIndex &index);
    void noteArrival(const QModelIndex &parent, int first, int last);
    void schedule();
    void expandNew();
    void expandFirst();
    void expandReturned();
    void expandArrived();
    void findHits(const QModelIndex &index, QModelIndexList *rows) const;

    SnapshotTreeView *const m_view;
    SnapshotFilterModel *const m_filter;
    RememberedRows m_expanded;
    RememberedRows m_closed; // what somebody has collapsed during this search
    QList<QPersistentModelIndex> m_arrived; // during this search; no more than are opened at once
    QSet<QString> m_firstIds; // of recorders that were expanded because they came first
    int m_firstCount = 0; // how many of them since the last reset
    bool m_isAutomatic = false;
    bool m_isScheduled = false;
};

} // namespace Recorders::Internal

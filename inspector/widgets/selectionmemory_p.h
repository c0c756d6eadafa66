// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/rememberedrows_p.h"

class QAbstractItemView;
class QItemSelection;
class QMouseEvent;

namespace Recorders {
class SnapshotFilterModel;
}

namespace Recorders::Internal {

// Selects rows again that come back, and makes the current one current, unless somebody has
// selected something else meanwhile, pressed Escape or clicked where there is no row.
class SelectionMemory : public QObject
{
    Q_OBJECT

public:
    // Before the view is given the filter, so that it is told first of rows that go.
    SelectionMemory(QAbstractItemView *view, SnapshotFilterModel *filter);

    void start(); // the view has the filter
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool clearsSelection(const QMouseEvent &press) const;
    void forget();
    void beginLoss();
    void endLoss();
    void noteChange(bool isOfSelection, bool isOfCurrent);
    void remember();
    void schedule();
    void restore();
    bool restoreCurrent(); // whether it is there
    bool restoreSelected(); // whether all are
    qsizetype selectedCount() const;
    QModelIndexList shown(const RememberedRows &rows) const;

    QAbstractItemView *const m_view;
    SnapshotFilterModel *const m_filter;
    RememberedRows m_selected; // all that was, since rows went for the first time
    RememberedRows m_current;
    bool m_isSelectionKnown = false; // nobody has changed it since it was remembered
    bool m_isCurrentKnown = false;
    bool m_isOfRows = false; // what changes now is not what somebody selects
    bool m_hasLost = false; // something that is known is not there
    bool m_isScheduled = false;
};

} // namespace Recorders::Internal

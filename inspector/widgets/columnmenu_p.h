// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

class QHeaderView;

namespace Recorders::Internal {

class ColumnChoice;
class SnapshotViews;

// Shows and hides columns.
class ColumnMenu : public QMenu
{
    Q_OBJECT

public:
    ColumnMenu(ColumnChoice *choice, QAction *delta, QWidget *parent);

    void setViews(const SnapshotViews *views);

private:
    void openOver(QHeaderView *header);
    void fill();

    ColumnChoice *const m_choice;
    QAction *const m_delta; // all of what is compared at once
    const SnapshotViews *m_views = nullptr;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

class QHeaderView;

namespace Recorders::Internal {

class SnapshotViews;

// What a click on a title does, for the keyboard.
class SortMenu : public QMenu
{
    Q_OBJECT

public:
    explicit SortMenu(QWidget *parent = nullptr);

    void setViews(const SnapshotViews *views);

private:
    void fill();
    void addColumn(QHeaderView *header, int column, const QString &title);

    const SnapshotViews *m_views = nullptr;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QObject>
#include <QPersistentModelIndex>

class QAbstractItemModel;

namespace Recorders::Internal {

class SnapshotTreeView;

// Keeps the first row in sight where it is while rows come, go and move. At the very top there is
// nothing to keep: what comes there is seen.
class ScrollAnchor : public QObject
{
    Q_OBJECT

public:
    explicit ScrollAnchor(SnapshotTreeView *view);

    void watch(const QAbstractItemModel *model); // before the view does
    void hold(); // until the next layout
    void beginLayout();
    void release(); // after a layout

private:
    void leave(const QModelIndex &parent, int first, int last);

    SnapshotTreeView *const m_view;
    QList<QPersistentModelIndex> m_rows; // in sight, and what comes after them if they go
    int m_top = 0; // of the first one, in the viewport
    int m_value = 0; // of the scroll bar
};

} // namespace Recorders::Internal

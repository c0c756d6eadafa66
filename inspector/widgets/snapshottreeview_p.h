// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/pacedcall_p.h"

#include <QTreeView>

namespace Recorders::Internal {

class ColumnChoice;
class QuietHeader;
class ScrollAnchor;
class SnapshotDelegate;
class ThresholdWatch;
class TrendHistory;

// A tree or table of snapshots that stays fast however many of its values change.
class SnapshotTreeView : public QTreeView
{
    Q_OBJECT

public:
    enum class Shape { Tree, Table };

    explicit SnapshotTreeView(Shape shape, QWidget *parent = nullptr);

    Shape shape() const { return m_shape; }
    void setDimmed(bool dimmed);
    void setAlerts(const ThresholdWatch *watch); // marks what is beyond a threshold
    void expandRecorders();
    void expandRows(const QModelIndexList &rows); // all at once
    bool hasSelection() const;
    QModelIndexList rowsInSight() const; // the first column, from top to bottom
    void setTrends(const TrendHistory *trends); // does not take ownership
    void showColumns(const ColumnChoice &choice);
    QList<int> columnWidths() const; // empty: not set by hand
    QuietHeader *quietHeader() const { return m_header; }
    void setColumnWidths(const QList<int> &widths); // one for each column, else as it likes

    void setModel(QAbstractItemModel *model) override;
    void doItemsLayout() override;

public Q_SLOTS:
    void copySelection() const; // as text and as HTML
    void copySelectionAsJson() const;

protected:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyMetrics();
    void layoutColumns();
    int usualWidth(int column) const; // of all but names

    const Shape m_shape;
    QuietHeader *const m_header;
    SnapshotDelegate *const m_delegate;
    ScrollAnchor *const m_anchor;
    PacedCall m_repaint; // when something changed
    bool m_isLayingOut = false;
    bool m_isLaidOutByHand = false;
};

} // namespace Recorders::Internal

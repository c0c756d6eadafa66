// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTreeView>

namespace Recorders::Internal {

class QuietHeader;
class SnapshotDelegate;

// A tree of a SnapshotModel that stays fast however many of its values change.
class SnapshotTreeView : public QTreeView
{
    Q_OBJECT

public:
    explicit SnapshotTreeView(QWidget *parent = nullptr);

    void setDimmed(bool dimmed);
    void expandRecorders();
    bool hasSelection() const;

public Q_SLOTS:
    void copySelection() const;

protected:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyMetrics();
    void layoutColumns();

    QuietHeader *const m_header;
    SnapshotDelegate *const m_delegate;
    bool m_isLayingOut = false;
    bool m_isLaidOutByHand = false;
};

} // namespace Recorders::Internal

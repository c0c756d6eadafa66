// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

class QAbstractItemView;

namespace Recorders::Internal {

// Whether rows are to stay where they are: while the pointer is over them, or somebody walks in
// them by keyboard.
class RowHold : public QObject
{
    Q_OBJECT

public:
    explicit RowHold(QAbstractItemView *view, QObject *parent = nullptr);

    bool isHeld() const { return m_isPointedAt || m_isWalked; }

Q_SIGNALS:
    void changed(bool isHeld);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void watchRows(QEvent *event);
    void watchKeys(QEvent *event);
    void set(bool *reason, bool is);

    QAbstractItemView *const m_view;
    bool m_isPointedAt = false;
    bool m_isWalked = false; // from the first key until the focus or Esc leaves
};

} // namespace Recorders::Internal

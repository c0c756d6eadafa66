// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QAction;
class QToolButton;

namespace Recorders::Internal {

enum class Symbol;

// Tree or table: what is one action for the keyboard is a choice of two for the mouse.
class ViewSwitch : public QWidget
{
    Q_OBJECT

public:
    explicit ViewSwitch(QAction *table, QWidget *parent = nullptr);

    void setIconSize(const QSize &size);

private:
    QToolButton *newButton(const QString &name, Symbol symbol);

    QToolButton *const m_tree;
    QToolButton *const m_table;
};

} // namespace Recorders::Internal

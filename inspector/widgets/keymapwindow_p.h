// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>
#include <QList>

class QMenu;
class QTreeWidget;
class QTreeWidgetItem;

namespace Recorders::Internal {

// All keys: those of the menus, and those that are in no menu.
class KeyMapWindow : public QDialog
{
    Q_OBJECT

public:
    KeyMapWindow(const QList<QMenu *> &menus, QWidget *parent);

    static void open(const QList<QMenu *> &menus, QWidget *parent); // or brings it to the front

private:
    void addMenu(const QMenu &menu);
    static void addActions(QTreeWidgetItem *group, const QMenu &menu);
    void addKeysOfRows();
    void addKeysOfPlot();
    QTreeWidgetItem *addGroup(const QString &title);
    static void addKey(QTreeWidgetItem *group, const QString &key, const QString &text);

    QTreeWidget *const m_keys;
};

} // namespace Recorders::Internal

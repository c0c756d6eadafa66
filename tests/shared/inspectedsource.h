// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <recorders/inspector/inspectorwidget.h>
#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QTest>
#include <QTreeView>

namespace Testing {

// An inspector on a source that a test writes, with settings of its own.
class InspectedSource
{
public:
    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(rows()->rowCount(), source.recorderIds().size());
        tree()->setFocus();
    }

    QTreeView *view(const char *name) const
    {
        return window.findChild<QTreeView *>(QLatin1String(name));
    }
    QTreeView *tree() const { return view("tree"); }
    Recorders::SnapshotFilterModel *rows() const
    {
        return qobject_cast<Recorders::SnapshotFilterModel *>(tree()->model());
    }
    QAction *action(const char *name) const
    {
        return window.findChild<QAction *>(QLatin1String(name));
    }

    // A row of the tree, by the names that lead to it.
    QModelIndex row(const QStringList &path) const
    {
        QModelIndex index;
        for (const QString &name : path) {
            int row = 0;
            while (rows()->index(row, 0, index).data().toString() != name) {
                if (++row > rows()->rowCount(index))
                    return {};
            }
            index = rows()->index(row, 0, index);
        }
        return index;
    }

    // -1: there is no such title.
    static int columnOf(const QTreeView *view, const QString &title)
    {
        for (int column = 0; column < view->header()->count(); ++column) {
            if (view->model()->headerData(column, Qt::Horizontal).toString() == title)
                return column;
        }
        return -1;
    }
    bool isShown(const QString &title, const char *ofView = "tree") const
    {
        return !view(ofView)->header()->isSectionHidden(columnOf(view(ofView), title));
    }
    QString text(const QStringList &path, const QString &title) const
    {
        return row(path).siblingAtColumn(columnOf(tree(), title)).data().toString();
    }

    // What is in a menu now, after it was about to be shown.
    static QAction *entry(QMenu *menu, const QString &text)
    {
        Q_EMIT menu->aboutToShow();
        const auto actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text().remove(u'&').section(u'\t', 0, 0) == text)
                return action;
        }
        return nullptr;
    }
    QMenu *menu(const QString &title) const
    {
        const auto menus = window.findChildren<QMenu *>();
        for (QMenu *menu : menus) {
            if (menu->title().remove(u'&') == title)
                return menu;
        }
        return nullptr;
    }

    OwnSettings settings; // before the window, which reads them
    FakeSnapshotSource source;
    Recorders::InspectorWindow window{ &source };
    Recorders::InspectorWidget *const widget = window.findChild<Recorders::InspectorWidget *>();
};

} // namespace Testing

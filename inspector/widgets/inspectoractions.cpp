// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectoractions.h"

#include "widgets/symbolicon.h"

#include <QMainWindow>
#include <QMenuBar>

namespace Recorders::Internal {

namespace {

QString tr(const char *text)
{
    return QMainWindow::tr(text);
}

QAction *newAction(QMainWindow *window, const char *name, const QString &text,
                   const QKeySequence &shortcut)
{
    auto *action = new QAction(text, window);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    QString title = text;
    title.remove(u'&');
    action->setToolTip(
            QStringLiteral("%1 (%2)").arg(title, shortcut.toString(QKeySequence::NativeText)));
    window->addAction(action); // the shortcut works although the menu is closed
    return action;
}

} // namespace

InspectorActions::InspectorActions(QMainWindow *window)
    : close(newAction(window, "close", tr("&Close"), Qt::CTRL | Qt::Key_W))
    , copy(newAction(window, "copy", tr("&Copy"), QKeySequence::Copy))
    , selectAll(newAction(window, "selectAll", tr("Select &All"), QKeySequence::SelectAll))
    , find(newAction(window, "find", tr("&Find"), QKeySequence::Find))
    , pause(newAction(window, "pause", tr("&Pause"), Qt::Key_Space))
    , refresh(newAction(window, "refresh", tr("&Refresh Now"), Qt::Key_F5))
    , expand(newAction(window, "expand", tr("&Expand Recorders"), Qt::CTRL | Qt::Key_Plus))
    , collapse(newAction(window, "collapse", tr("C&ollapse All"), Qt::CTRL | Qt::Key_Minus))
{
    pause->setCheckable(true);
    refresh->setIcon(symbolIcon(Symbol::Refresh, window));
    expand->setIcon(symbolIcon(Symbol::Expand, window));
    collapse->setIcon(symbolIcon(Symbol::Collapse, window));
    pause->setIcon(symbolIcon(Symbol::Pause, window));
    find->setIcon(symbolIcon(Symbol::Search, window));
}

void InspectorActions::fillMenus(QMainWindow *window) const
{
    QMenu *file = window->menuBar()->addMenu(tr("&File"));
    file->addAction(close);
    QMenu *edit = window->menuBar()->addMenu(tr("&Edit"));
    edit->addActions({ copy, selectAll });
    edit->addSeparator();
    edit->addAction(find);
    QMenu *view = window->menuBar()->addMenu(tr("&View"));
    view->addActions({ pause, refresh });
    view->addSeparator();
    view->addActions({ expand, collapse });
    // Drawings of our own in menus would stand out among those of the application.
    const QList<QAction *> all{ close, copy, selectAll, find, pause, refresh, expand, collapse };
    for (QAction *action : all)
        action->setIconVisibleInMenu(false);
}

void InspectorActions::setPaused(bool paused)
{
    pause->setChecked(paused);
    pause->setText(paused ? tr("&Resume") : tr("&Pause"));
    pause->setToolTip(paused ? tr("Resume (Space)") : tr("Pause (Space)"));
    pause->setIcon(symbolIcon(paused ? Symbol::Resume : Symbol::Pause,
                              qobject_cast<QWidget *>(pause->parent())));
}

} // namespace Recorders::Internal

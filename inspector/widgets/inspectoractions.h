// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAction>

class QMainWindow;
class QToolBar;

namespace Recorders::Internal {

class SearchField;

// All that can be done in the window, in its menus and in part in its toolbar.
struct InspectorActions
{
    explicit InspectorActions(QMainWindow *window);

    void fillMenus(QMainWindow *window) const;
    void setPaused(bool paused);

    QAction *close;
    QAction *copy;
    QAction *selectAll;
    QAction *find;
    QAction *pause;
    QAction *refresh;
    QAction *expand;
    QAction *collapse;
};

} // namespace Recorders::Internal

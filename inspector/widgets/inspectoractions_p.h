// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAction>
#include <QCoreApplication>
#include <QList>

class QMenu;
class QWidget;

namespace Recorders::Internal {

// All that can be done in the inspector, in its menus and in part in its toolbar. The shortcuts
// work while the keyboard is in the widget: in a dock they leave those of the application alone.
struct InspectorActions
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::InspectorActions)

public:
    explicit InspectorActions(QWidget *widget);

    QList<QMenu *> newMenus(const QList<QMenu *> &ofView, QWidget *widget) const;
    void setPaused(bool paused);
    static QStringList pauseTexts(); // of both states

    QAction *exportShown;
    QAction *exportAll;
    QAction *copy;
    QAction *copyJson;
    QAction *selectAll;
    QAction *find;
    QAction *pin;
    QAction *alert;
    QAction *alerts;
    QAction *pause;
    QAction *refresh;
    QAction *table;
    QAction *compare;
    QAction *expand;
    QAction *collapse;
    QAction *setMark;
    QAction *setNamedMark;
    QAction *clearMark;
    QAction *delta;
    QAction *clearEnded;
    QAction *decimalBytes;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *zoomReset;
    QAction *resetLayout;
    QAction *keys;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/spacekey_p.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>

namespace Recorders::Internal {

// What a focused child leaves alone comes to its parents.
SpaceKey::SpaceKey(QWidget *widget)
    : QObject(widget)
{
    widget->installEventFilter(this);
}

bool SpaceKey::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride
        || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Space)
        return QObject::eventFilter(watched, event);
    const QWidget *focused = QApplication::focusWidget();
    if (!qobject_cast<const QAbstractButton *>(focused)
        && !qobject_cast<const QComboBox *>(focused))
        return QObject::eventFilter(watched, event);
    event->accept();
    return true;
}

} // namespace Recorders::Internal

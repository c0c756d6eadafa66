// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowhold_p.h"

#include <QAbstractItemView>
#include <QKeyEvent>

namespace Recorders::Internal {

namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt
            || key == Qt::Key_Meta || key == Qt::Key_AltGr;
}

} // namespace

RowHold::RowHold(QAbstractItemView *view, QObject *parent)
    : QObject(parent)
    , m_view(view)
{
    view->installEventFilter(this);
    view->viewport()->installEventFilter(this);
}

bool RowHold::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view)
        watchKeys(event);
    else
        watchRows(event);
    return QObject::eventFilter(watched, event);
}

void RowHold::watchRows(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::MouseMove:
        set(&m_isPointedAt, true);
        break;
    case QEvent::Leave:
    case QEvent::Hide:
        set(&m_isPointedAt, false);
        break;
    default:
        break;
    }
}

// The focus alone says little: it is here from the beginning.
void RowHold::watchKeys(QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress: {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (!isModifier(key))
            set(&m_isWalked, key != Qt::Key_Escape);
        break;
    }
    case QEvent::FocusOut:
    case QEvent::Hide:
        set(&m_isWalked, false);
        break;
    default:
        break;
    }
}

void RowHold::set(bool *reason, bool is)
{
    const bool wasHeld = isHeld();
    *reason = is;
    if (isHeld() != wasHeld)
        Q_EMIT changed(isHeld());
}

} // namespace Recorders::Internal

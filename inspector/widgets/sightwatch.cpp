// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/sightwatch_p.h"

#include <QEvent>

namespace Recorders::Internal {

SightWatch::SightWatch(QWidget *widget)
    : QObject(widget)
    , m_widget(widget)
{
    widget->installEventFilter(this);
}

bool SightWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
        watchWindow();
        update(m_widget->isVisible() && !m_widget->window()->isMinimized());
        break;
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        update(m_widget->isVisible() && !m_widget->window()->isMinimized());
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void SightWatch::watchWindow()
{
    if (m_window == m_widget->window())
        return;
    if (m_window && m_window != m_widget)
        m_window->removeEventFilter(this);
    m_window = m_widget->window();
    m_window->installEventFilter(this);
}

void SightWatch::update(bool isSeen)
{
    if (m_isSeen == isSeen)
        return;
    m_isSeen = isSeen;
    Q_EMIT seenChanged(isSeen);
}

} // namespace Recorders::Internal

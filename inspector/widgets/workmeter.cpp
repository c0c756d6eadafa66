// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/workmeter_p.h"

#include <QChildEvent>
#include <QCoreApplication>
#include <QScopedValueRollback>
#include <QWidget>

#include <utility>

namespace Recorders::Internal {

WorkMeter::WorkMeter(QObject *parent)
    : WorkMeter([] { return std::chrono::steady_clock::now().time_since_epoch(); }, parent)
{
}

WorkMeter::WorkMeter(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
    , m_measuredAt(m_clock())
{
}

void WorkMeter::watchPainting(QWidget *widget)
{
    widget->installEventFilter(this);
    const QList<QWidget *> children = widget->findChildren<QWidget *>();
    for (QWidget *child : children)
        child->installEventFilter(this); // once only, however often it is said
}

void WorkMeter::begin()
{
    if (m_depth++ == 0)
        m_begin = m_clock();
}

void WorkMeter::end()
{
    if (m_depth > 0 && --m_depth == 0)
        m_total += m_clock() - m_begin;
}

void WorkMeter::measure()
{
    const std::chrono::duration<double> work = m_total - m_measuredTotal;
    const std::chrono::duration<double> time = m_clock() - m_measuredAt;
    m_share = time.count() > 0 ? qMin(work / time, 1.0) : 0;
    m_measuredTotal = m_total;
    m_measuredAt = m_clock();
}

// Sends the paint event on by itself, through all other filters, so that it sees the end of it, too.
bool WorkMeter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ChildPolished) { // all of its constructors have run
        QObject *const child = static_cast<QChildEvent *>(event)->child();
        if (auto *widget = qobject_cast<QWidget *>(child)) // clazy:exclude=child-event-qobject-cast
            watchPainting(widget);
    }
    if (event->type() != QEvent::Paint || m_isPainting)
        return QObject::eventFilter(watched, event);
    const QScopedValueRollback painting(m_isPainting, true);
    begin();
    QCoreApplication::sendEvent(watched, event);
    end();
    return true;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/fontzoom_p.h"

#include "widgets/inspectoractions_p.h"
#include "widgets/scaledfont_p.h"

#include <QApplication>
#include <QWheelEvent>
#include <QWidget>

#include <cmath>

namespace Recorders::Internal {

namespace {

constexpr double step = 1.1;
constexpr int smallest = -4; // 0.68 times the usual size
constexpr int largest = 12; // 3.1 times

} // namespace

FontZoom::FontZoom(const InspectorActions &actions, QWidget *widget)
    : m_widget(widget)
{
    connect(actions.zoomIn, &QAction::triggered, this, [this] { setLevel(m_level + 1); });
    connect(actions.zoomOut, &QAction::triggered, this, [this] { setLevel(m_level - 1); });
    connect(actions.zoomReset, &QAction::triggered, this, [this] { setLevel(0); });
    qApp->installEventFilter(this); // what scrolls takes the wheel for itself
}

void FontZoom::setLevel(int level)
{
    level = qBound(smallest, level, largest);
    if (m_level == level)
        return;
    if (m_level == 0)
        m_usual = m_widget->font();
    m_level = level;
    m_widget->setFont(level == 0 ? m_usual : scaled(m_usual, std::pow(step, level)));
}

bool FontZoom::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Wheel || !isWithin(watched))
        return QObject::eventFilter(watched, event);
    const auto *wheelEvent = static_cast<QWheelEvent *>(event);
    if (wheelEvent->modifiers() != Qt::ControlModifier)
        return QObject::eventFilter(watched, event);
    turn(*wheelEvent);
    event->accept();
    return true;
}

bool FontZoom::isWithin(const QObject *object) const
{
    const auto *widget = qobject_cast<const QWidget *>(object);
    return widget && (widget == m_widget || m_widget->isAncestorOf(widget));
}

void FontZoom::turn(const QWheelEvent &event)
{
    constexpr int notch = 120;
    m_turned += event.angleDelta().y();
    setLevel(m_level + m_turned / notch);
    m_turned %= notch;
}

} // namespace Recorders::Internal

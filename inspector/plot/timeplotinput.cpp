// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/timeplot_p.h"

#include "plot/livedescription_p.h"

#include <QKeyEvent>

#include <cmath>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr double zoomStep = 1.5;

} // namespace

// By the samples of the first series. The first step goes to the newest one.
void TimePlot::moveCursor(int samples)
{
    if (m_content.series.isEmpty() || m_content.series.first().history->isEmpty())
        return;
    const SampleHistory &history = *m_content.series.first().history;
    const qsizetype at = history.nearest(m_content.cursor.value_or(m_content.viewport.end()));
    const qsizetype step = m_content.cursor ? samples : 0;
    const auto time = history.at(qBound(qsizetype(0), at + step, history.size() - 1)).time;
    m_hovered.reset();
    setCursorTime(time);
    changeView([time](PlotViewport &viewport) {
        if (time < viewport.begin())
            viewport.pan(time - viewport.begin());
        else if (time > viewport.end())
            viewport.pan(time - viewport.end());
    });
    m_description->tell();
}

bool TimePlot::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_content.cursor) {
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
            event->accept();
    }
    return QWidget::event(event);
}

bool TimePlot::pressKey(int key, bool isShifted)
{
    const auto page = m_content.viewport.window() / 10;
    const auto anchor = m_content.cursor.value_or(m_content.viewport.end());
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1 / zoomStep, anchor);
        return true;
    case Qt::Key_Minus:
        zoom(zoomStep, anchor);
        return true;
    case Qt::Key_0:
        reset();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = key == Qt::Key_Left ? -1 : 1;
        if (isShifted)
            changeView([=](PlotViewport &viewport) { viewport.pan(direction * page); });
        else
            moveCursor(direction);
        return true;
    }
    case Qt::Key_Home:
        changeView([](PlotViewport &viewport) { viewport.pan(-PlotViewport::longest); });
        return true;
    case Qt::Key_End:
        follow();
        return true;
    default:
        return false;
    }
}

void TimePlot::keyPressEvent(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    const bool isShifted = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->key() == Qt::Key_Escape && m_content.cursor)
        setCursorTime({});
    else if (modifiers != Qt::NoModifier || !pressKey(event->key(), isShifted))
        QWidget::keyPressEvent(event);
}

void TimePlot::wheelEvent(QWheelEvent *event)
{
    constexpr double notch = 120;
    const QPoint turned = event->angleDelta();
    const PlotLayout layout = layoutNow();
    if (layout.panels.isEmpty()) {
        event->ignore();
        return;
    }
    const bool isSideways = std::abs(turned.x()) > std::abs(turned.y());
    if (isSideways) {
        const double share = -turned.x() / notch / 10;
        const double window = double(m_content.viewport.window().count());
        changeView([=](PlotViewport &viewport) {
            viewport.pan(std::chrono::nanoseconds(qint64(share * window)));
        });
    } else {
        zoom(std::pow(zoomStep, -turned.y() / notch), layout.timeAt(event->position().x()));
    }
    event->accept();
}

void TimePlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_dragged = event->position().toPoint().x();
}

void TimePlot::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const PlotLayout layout = layoutNow();
    if (m_dragged) {
        const auto by = layout.timeAt(*m_dragged) - layout.timeAt(at.x());
        m_dragged = at.x();
        changeView([by](PlotViewport &viewport) { viewport.pan(by); });
    }
    const bool isInside = layout.plot.contains(at) && !m_content.series.isEmpty();
    if (isInside)
        m_hovered = at.x();
    else if (std::exchange(m_hovered, std::nullopt))
        setCursorTime({});
    hover();
}

void TimePlot::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_dragged.reset();
}

void TimePlot::mouseDoubleClickEvent(QMouseEvent *)
{
    reset();
}

void TimePlot::leaveEvent(QEvent *event)
{
    if (std::exchange(m_hovered, std::nullopt))
        setCursorTime({});
    QWidget::leaveEvent(event);
}

} // namespace Recorders::Internal

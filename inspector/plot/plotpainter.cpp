// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/plotpainter_p.h"

#include "plot/seriescolors_p.h"
#include "widgets/quietcolor_p.h"

#include <QPainter>
#include <QPalette>
#include <QPolygonF>

#include <cmath>
#include <limits>

namespace Recorders::Internal {

namespace {

// A pen of one device pixel: Qt has a fast way to draw with it, 40 times that of others.
QPen thinPen(const QColor &color)
{
    return QPen(color, 0);
}

QPolygonF polygonOf(const PlotLayout &layout, const PlotPanel &panel, const PlotLine &line,
                    double ratio)
{
    // In the middle of a pixel a level line is sharp.
    const auto yOf = [&panel, ratio](double value) {
        return (std::floor(panel.yOf(value) * ratio) + 0.5) / ratio;
    };
    QPolygonF polygon;
    polygon.reserve(qsizetype(line.size()) * 4);
    for (const PlotColumn &column : line) {
        const double x = layout.xOf(column.time);
        polygon.append({ x, yOf(column.first) });
        if (column.min != column.max) {
            polygon.append({ x, yOf(column.min) });
            polygon.append({ x, yOf(column.max) });
            polygon.append({ x, yOf(column.last) });
        }
    }
    return polygon;
}

} // namespace

PlotPainter::PlotPainter(QPainter *painter, const QPalette &palette)
    : m_painter(painter)
    , m_palette(palette)
{
}

void PlotPainter::paint(const PlotLayout &layout, const PlotContent &content)
{
    paintTimes(layout, content);
    for (const PlotPanel &panel : layout.panels)
        paintPanel(layout, panel);
    if (content.cursor)
        paintCursor(layout, content);
}

void PlotPainter::paintPanel(const PlotLayout &layout, const PlotPanel &panel)
{
    paintLegend(panel);
    paintAxis(panel);
    m_painter->save();
    m_painter->setClipRect(panel.plot.adjusted(0, -1, 0, 1));
    m_painter->setRenderHint(QPainter::Antialiasing);
    for (const PlotCurve &curve : panel.curves)
        paintCurve(layout, panel, curve);
    m_painter->restore();
}

void PlotPainter::paintAxis(const PlotPanel &panel)
{
    const QFontMetrics metrics = m_painter->fontMetrics();
    const int right = panel.plot.left() - metrics.height() / 2;
    int free = std::numeric_limits<int>::max(); // labels of a low panel would overlap
    for (const Tick &tick : panel.axis.ticks) {
        const int y = qRound(panel.yOf(tick.value));
        m_painter->setPen(thinPen(hairline(m_palette)));
        m_painter->drawLine(panel.plot.left(), y, panel.plot.right(), y);
        m_painter->setPen(quietText(m_palette));
        const QRect label(0, y - metrics.height() / 2, right, metrics.height());
        if (label.bottom() > free)
            continue;
        m_painter->drawText(label, Qt::AlignRight | Qt::AlignVCenter,
                            metrics.elidedText(tick.label, Qt::ElideMiddle, right));
        free = label.top();
    }
}

void PlotPainter::paintTimes(const PlotLayout &layout, const PlotContent &content)
{
    const QFontMetrics metrics = m_painter->fontMetrics();
    const std::chrono::nanoseconds now = content.viewport.now();
    QRect cursor;
    if (content.cursor) {
        const std::chrono::duration<double> before = now - *content.cursor;
        m_painter->setPen(m_palette.color(QPalette::Text));
        cursor = paintTime(layout, qRound(layout.xOf(*content.cursor)), timeBefore(before.count()),
                           {});
    }
    const int widest = metrics.horizontalAdvance(timeBefore(3599)) * 3 / 2;
    const auto ticks = timeTicks(now - layout.begin, now - layout.end,
                                 layout.plot.width() / std::max(1, widest));
    for (const Tick &tick : ticks) {
        const std::chrono::duration<double> before(tick.value);
        const auto time = now - std::chrono::duration_cast<std::chrono::nanoseconds>(before);
        const int x = std::min(qRound(layout.xOf(time)), layout.plot.right());
        m_painter->setPen(thinPen(hairline(m_palette)));
        for (const PlotPanel &panel : layout.panels)
            m_painter->drawLine(x, panel.plot.top(), x, panel.plot.bottom());
        m_painter->setPen(quietText(m_palette));
        paintTime(layout, x, tick.label, cursor);
    }
}

// Below the plot, unless that place is taken. Returns where.
QRect PlotPainter::paintTime(const PlotLayout &layout, int x, const QString &text,
                             const QRect &taken)
{
    const QFontMetrics metrics = m_painter->fontMetrics();
    const int width = metrics.horizontalAdvance(text);
    const int rightmost = layout.plot.right() + metrics.height() - width;
    const int left = std::clamp(x - width / 2, 0, std::max(0, rightmost));
    const QRect place(left, layout.timeBaseline - metrics.ascent(), width, metrics.height());
    const int space = metrics.height() / 2;
    if (!place.intersects(taken.adjusted(-space, 0, space, 0)))
        m_painter->drawText(place.left(), layout.timeBaseline, text);
    return place;
}

void PlotPainter::paintLegend(const PlotPanel &panel)
{
    const QFontMetrics metrics = m_painter->fontMetrics();
    const int line = metrics.height();
    const QList<QRect> entries = legendEntries(panel.curves, panel.legend.width(), metrics);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QRect entry = entries[i].translated(panel.legend.topLeft());
        if (entry.bottom() > panel.legend.bottom())
            break;
        const int thickness = std::max(2, line / 5);
        const QRect swatch(entry.left(), entry.center().y() - thickness / 2, line * 4 / 3,
                           thickness);
        m_painter->fillRect(swatch, colorOf(panel.curves[i]));
        const QRect place = entry.adjusted(line * 7 / 4, 0, 0, 0);
        m_painter->setPen(m_palette.color(QPalette::Text));
        m_painter->drawText(
                place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                metrics.elidedText(panel.curves[i].text, Qt::ElideMiddle, place.width()));
    }
}

void PlotPainter::paintCurve(const PlotLayout &layout, const PlotPanel &panel,
                             const PlotCurve &curve)
{
    const QColor color = colorOf(curve);
    const double ratio = m_painter->device()->devicePixelRatioF();
    const int thickness = std::max(1, qRound(ratio));
    const double dot = m_painter->fontMetrics().height() / 6.0;
    for (const PlotLine &line : curve.lines) {
        const QPolygonF polygon = polygonOf(layout, panel, line, ratio);
        m_painter->setPen(thinPen(color));
        m_painter->setBrush(Qt::NoBrush);
        // As thick on screens of any resolution, at the price of thin lines.
        for (int i = 0; i < thickness; ++i)
            m_painter->drawPolyline(polygon.translated(0, i / ratio));
        if (polygon.size() == 1) { // a line of one point is not seen
            m_painter->setBrush(color);
            m_painter->drawEllipse(polygon.first(), dot, dot);
        }
    }
    if (curve.marked) {
        m_painter->setPen(thinPen(m_palette.color(QPalette::Base)));
        m_painter->setBrush(color);
        const QPointF at(layout.xOf(curve.marked->time), panel.yOf(curve.marked->value));
        m_painter->drawEllipse(at, dot * 3 / 2, dot * 3 / 2);
    }
}

void PlotPainter::paintCursor(const PlotLayout &layout, const PlotContent &content)
{
    const int x = qRound(layout.xOf(*content.cursor));
    m_painter->setPen(thinPen(quietText(m_palette)));
    for (const PlotPanel &panel : layout.panels)
        m_painter->drawLine(x, panel.plot.top(), x, panel.plot.bottom());
}

QColor PlotPainter::colorOf(const PlotCurve &curve) const
{
    return seriesColor(curve.color, m_palette.color(QPalette::Base));
}

} // namespace Recorders::Internal

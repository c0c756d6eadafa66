// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/histogrampainter_p.h"

#include "plot/plottexts_p.h"
#include "plot/seriescolors_p.h"
#include "widgets/quietcolor_p.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

QPen thinPen(const QColor &color, Qt::PenStyle style = Qt::SolidLine)
{
    return QPen(color, 0, style);
}

// Neighbors are told apart by a gap, where there is room for one.
QRectF withGap(const HistogramBar &bar)
{
    constexpr double narrow = 4;
    QRectF rect = bar.rect;
    rect.setLeft(std::round(rect.left()));
    rect.setRight(std::round(rect.right()) - (rect.width() > narrow ? 1 : 0));
    return rect;
}

} // namespace

HistogramPainter::HistogramPainter(QPainter *painter, QPalette palette, int color)
    : m_painter(painter)
    , m_palette(std::move(palette))
    , m_color(color)
{
}

void HistogramPainter::paint(const HistogramLayout &layout, const DistributionFigures &distribution,
                             int cursor)
{
    if (!distribution.hasBuckets() && distribution.percentiles.empty())
        return;
    paintAxes(layout);
    paintBars(layout, cursor);
    paintCumulative(layout);
    paintMarks(layout);
    if (cursor >= 0) {
        const HistogramBar &bar = layout.bars[size_t(cursor)];
        paintReadOut(layout, bar, barText(bar, distribution));
    }
}

// Counts on the left, values below, shares on the right.
void HistogramPainter::paintAxes(const HistogramLayout &layout)
{
    const QFontMetrics metrics = m_painter->fontMetrics();
    const QRect &plot = layout.plot;
    const int space = metrics.height() / 2;
    const auto row = [&](double share) {
        const int y = qRound(plot.bottom() + 1 - share * plot.height());
        return QRect(0, y - metrics.height() / 2, 0, metrics.height());
    };
    for (const Tick &tick : layout.counts.ticks) {
        if (layout.counts.max <= 0 || tick.label.isEmpty())
            continue;
        QRect label = row(tick.value / layout.counts.max);
        label.setRight(plot.left() - space);
        m_painter->setPen(thinPen(hairline(m_palette)));
        m_painter->drawLine(plot.left(), label.center().y(), plot.right(), label.center().y());
        m_painter->setPen(quietText(m_palette));
        m_painter->drawText(label, Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    m_painter->setPen(quietText(m_palette));
    for (const int percent : { 0, 50, 100 }) {
        QRect label = row(percent / 100.0);
        label.setLeft(plot.right() + space);
        label.setWidth(metrics.horizontalAdvance(QStringLiteral("100 %")) + 1);
        m_painter->drawText(label, Qt::AlignLeft | Qt::AlignVCenter,
                            PlotTexts::tr("%1 %").arg(percent));
    }
    m_painter->setPen(thinPen(hairline(m_palette)));
    m_painter->drawLine(plot.left(), plot.bottom() + 1, plot.right(), plot.bottom() + 1);
    m_painter->setPen(quietText(m_palette));
    if (layout.hasZeros())
        paintValue(layout, layout.xOf(0), QStringLiteral("0"));
    for (const Tick &tick : layout.ticks)
        paintValue(layout, layout.xOf(tick.value), tick.label);
}

void HistogramPainter::paintValue(const HistogramLayout &layout, double x, const QString &text)
{
    const QFontMetrics metrics = m_painter->fontMetrics();
    const int line = metrics.height();
    const int width = metrics.horizontalAdvance(text) + 1;
    const int left = std::clamp(qRound(x) - width / 2, 0,
                                std::max(0, layout.plot.right() + 3 * line - width));
    m_painter->drawLine(qRound(x), layout.plot.bottom() + 1, qRound(x),
                        layout.plot.bottom() + 1 + line / 4);
    m_painter->drawText(QRect(left, layout.plot.bottom() + line / 3, width, line), Qt::AlignCenter,
                        text);
}

void HistogramPainter::paintBars(const HistogramLayout &layout, int cursor)
{
    const QColor color = seriesColor(m_color, m_palette.color(QPalette::Base));
    QColor quiet = color;
    constexpr float share = 0.55F; // the lines on top of them are to be seen
    quiet.setAlphaF(share);
    for (size_t i = 0; i < layout.bars.size(); ++i)
        m_painter->fillRect(withGap(layout.bars[i]), int(i) == cursor ? color : quiet);
}

void HistogramPainter::paintCumulative(const HistogramLayout &layout)
{
    m_painter->save();
    m_painter->setRenderHint(QPainter::Antialiasing);
    const double ratio = m_painter->device()->devicePixelRatioF();
    m_painter->setPen(thinPen(quietText(m_palette)));
    for (int i = 0; i < std::max(1, qRound(ratio)); ++i)
        m_painter->drawPolyline(layout.cumulative.translated(0, i / ratio));
    m_painter->restore();
}

void HistogramPainter::paintMarks(const HistogramLayout &layout)
{
    for (const PercentileMark &mark : layout.marks) {
        const int x = qRound(mark.x);
        m_painter->setPen(thinPen(quietText(m_palette), Qt::DashLine));
        m_painter->drawLine(x, mark.label.bottom() + 1, x, layout.plot.bottom());
        m_painter->fillRect(mark.label, m_palette.color(QPalette::Base));
        m_painter->setPen(m_palette.color(QPalette::Text));
        m_painter->drawText(mark.label, Qt::AlignCenter | Qt::TextSingleLine, mark.text);
    }
}

// Beside the bar, where there is more room.
void HistogramPainter::paintReadOut(const HistogramLayout &layout, const HistogramBar &bar,
                                    const QStringList &lines)
{
    const QFontMetrics metrics = m_painter->fontMetrics();
    const int space = metrics.height() / 2;
    int width = 0;
    for (const QString &line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    QRect box(0, layout.plot.top() + space, width + 2 * space,
              int(lines.size()) * metrics.height() + space);
    const bool isLeft = bar.rect.center().x() < layout.plot.center().x();
    if (isLeft)
        box.moveLeft(qRound(bar.rect.right()) + space);
    else
        box.moveRight(qRound(bar.rect.left()) - space);
    m_painter->fillRect(box, m_palette.color(QPalette::ToolTipBase));
    m_painter->setPen(m_palette.color(QPalette::ToolTipText));
    m_painter->drawText(box.adjusted(space, space / 2, -space, -space / 2), Qt::AlignLeft,
                        lines.join(u'\n'));
}

} // namespace Recorders::Internal

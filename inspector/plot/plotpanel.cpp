// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/plotpanel_p.h"

#include <recorders/model/formattedvalue.h>

#include <QFontMetrics>

#include <algorithm>

namespace Recorders::Internal {

namespace {

// What is nearest to that time. While a value stays the same, that is anywhere.
std::optional<Sample> sampleAt(const SampleHistory &history, std::chrono::nanoseconds time)
{
    const qsizetype index = history.nearest(time);
    if (index < 0 || history.at(index).isGap())
        return {};
    const double value = history.at(index).value;
    const qsizetype after = history.lowerBound(time);
    const bool isHeld = after > 0 && after < history.size() && history.at(after - 1).value == value
            && history.at(after).value == value;
    return Sample{ isHeld ? time : history.at(index).time, value };
}

PlotCurve curveOf(const PlotSeries &series, const PlotContent &content, int columns)
{
    const PlotViewport &viewport = content.viewport;
    PlotCurve curve;
    curve.color = series.color;
    const auto perColumn = std::max(std::chrono::nanoseconds(1), viewport.window() / columns);
    curve.lines = decimate(*series.history, viewport.begin(), viewport.end(), perColumn);
    const auto shown = sampleAt(*series.history, content.cursor.value_or(viewport.end()));
    if (content.cursor)
        curve.marked = shown;
    const QVariant value = shown ? QVariant(shown->value) : QVariant();
    curve.text = series.name + QStringLiteral("  ")
            + FormattedValue(value, series.unit, content.bytes).text();
    return curve;
}

QList<PlotPanel> panelsOf(const PlotContent &content, int columns)
{
    QList<PlotPanel> panels;
    for (const PlotSeries &series : content.series) {
        auto panel = std::find_if(panels.begin(), panels.end(), [&series](const PlotPanel &other) {
            return other.unit == series.unit;
        });
        if (panel == panels.end())
            panel = panels.insert(panels.cend(), PlotPanel{ series.unit, {}, {}, {}, {} });
        panel->curves.append(curveOf(series, content, columns));
    }
    return panels;
}

ValueSpan spanOf(const PlotPanel &panel)
{
    ValueSpan span;
    for (const PlotCurve &curve : panel.curves) {
        for (const PlotLine &line : curve.lines) {
            for (const PlotColumn &column : line)
                span.include(column.min, column.max);
        }
    }
    return span;
}

void placePanels(PlotLayout *layout, const QFontMetrics &metrics)
{
    const int count = int(layout->panels.size());
    const int line = metrics.height();
    int top = layout->plot.top();
    for (int i = 0; i < count; ++i) {
        PlotPanel &panel = layout->panels[i];
        const int bottom =
                layout->plot.top() + (layout->plot.height() * (i + 1) - (count - 1 - i)) / count;
        const QList<QRect> entries = legendEntries(panel.curves, layout->plot.width(), metrics);
        // Some of the plot is seen in any case.
        const int legend = std::clamp(bottom - top - 3 * line, line, entries.last().bottom() + 1);
        panel.legend = QRect(layout->plot.left(), top, layout->plot.width(), legend);
        panel.plot = QRect(layout->plot.left(), top + legend + line / 2, layout->plot.width(),
                           std::max(1, bottom - top - legend - line / 2));
        top = bottom + line / 2;
    }
}

void scalePanels(PlotLayout *layout, const PlotContent &content, int line)
{
    const bool isPinned = content.pinned.size() == layout->panels.size();
    for (int i = 0; i < layout->panels.size(); ++i) {
        PlotPanel &panel = layout->panels[i];
        if (isPinned) {
            panel.axis = content.pinned[i];
            continue;
        }
        const ValueSpan span = spanOf(panel);
        if (span.isEmpty)
            continue; // nothing that ticks would tell
        const int ticks = std::clamp(panel.plot.height() / (2 * line), 2, 8);
        panel.axis = valueAxis(span.min, span.max, ticks, panel.unit, content.bytes);
    }
}

int labelWidth(const PlotLayout &layout, const QFontMetrics &metrics)
{
    // As wide as most labels, so that the plot does not jump when they change.
    int width = metrics.horizontalAdvance(QStringLiteral("0000 MiB"));
    for (const PlotPanel &panel : layout.panels) {
        for (const Tick &tick : panel.axis.ticks)
            width = std::max(width, metrics.horizontalAdvance(tick.label));
    }
    return std::min(width, layout.plot.width() / 3);
}

} // namespace

double PlotPanel::yOf(double value) const
{
    const double share = (value - axis.min) / (axis.max - axis.min);
    // What is far outside of a pinned range is drawn outside, but where numbers still add up.
    return plot.bottom() - std::clamp(share, -10.0, 10.0) * (plot.height() - 1);
}

double PlotLayout::xOf(std::chrono::nanoseconds time) const
{
    const double share = double((time - begin).count()) / double((end - begin).count());
    return plot.left() + share * plot.width();
}

std::chrono::nanoseconds PlotLayout::timeAt(double x) const
{
    const double share = (x - plot.left()) / std::max(1, plot.width());
    return begin + std::chrono::nanoseconds(qint64(share * double((end - begin).count())));
}

PlotLayout layoutPlot(const PlotContent &content, const QRect &area, const QFontMetrics &metrics,
                      double devicePixelRatio)
{
    PlotLayout layout;
    layout.begin = content.viewport.begin();
    layout.end = content.viewport.end();
    const int columns = std::max(1, int(area.width() * devicePixelRatio));
    layout.panels = panelsOf(content, columns);
    if (layout.panels.isEmpty())
        return layout;
    const int line = metrics.height();
    layout.timeBaseline = area.bottom() - metrics.descent();
    layout.plot = area.adjusted(0, 0, -line, -line * 3 / 2);
    placePanels(&layout, metrics);
    scalePanels(&layout, content, line);
    layout.plot.setLeft(area.left() + labelWidth(layout, metrics) + line / 2);
    placePanels(&layout, metrics);
    return layout;
}

// In columns, as wide as the widest of them.
QList<QRect> legendEntries(const QList<PlotCurve> &curves, int width, const QFontMetrics &metrics)
{
    const int line = metrics.height();
    int widest = 1;
    for (const PlotCurve &curve : curves)
        widest = std::max(widest, metrics.horizontalAdvance(curve.text) + line * 9 / 4 + 1);
    const int columns = std::clamp(width / widest, 1, std::max(1, int(curves.size())));
    QList<QRect> entries;
    for (int i = 0; i < curves.size(); ++i) {
        const QPoint position((i % columns) * (width / columns), (i / columns) * line);
        entries.append(QRect(position, QSize(width / columns - line / 2, line)));
    }
    return entries;
}

} // namespace Recorders::Internal

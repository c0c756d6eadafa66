// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/timeplot_p.h"

#include "plot/livedescription_p.h"
#include "plot/plotpainter_p.h"
#include "plot/plotsummary_p.h"

#include <QPainter>
#include <QStringList>
#include <QStyleOptionFocusRect>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds defaultWindow = 1min;

} // namespace

TimePlot::TimePlot(QWidget *parent)
    : QWidget(parent)
    , m_description(new LiveDescription(this, [this] { return description(); }))
{
    setObjectName(QStringLiteral("plot"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setAccessibleName(tr("Plot"));
    setToolTip({});
}

void TimePlot::setSeries(const QList<PlotSeries> &series)
{
    if (m_content.series == series)
        return;
    m_content.series = series;
    updateGeometry();
    setCursorTime({});
    follow();
    setPinned(false);
    m_description->restart();
    update();
}

void TimePlot::setNow(std::chrono::nanoseconds now)
{
    auto oldest = now;
    for (const PlotSeries &series : std::as_const(m_content.series)) {
        if (!series.history->isEmpty())
            oldest = std::min(oldest, series.history->first().time);
    }
    m_content.viewport.setOldest(oldest);
    m_content.viewport.setNow(now);
    hover();
    m_description->change();
    update();
}

void TimePlot::setFrozen(bool frozen)
{
    changeView([frozen](PlotViewport &viewport) {
        viewport.setFrozen(frozen);
        if (!frozen)
            viewport.follow();
    });
}

// A range that is pinned has labels of its own.
void TimePlot::setBytePrefix(BytePrefix bytes)
{
    if (m_content.bytes == bytes)
        return;
    m_content.bytes = bytes;
    setPinned(false);
    update();
}

void TimePlot::setWindow(std::chrono::nanoseconds window)
{
    changeView([window](PlotViewport &viewport) { viewport.setWindow(window); });
}

void TimePlot::follow()
{
    changeView([](PlotViewport &viewport) { viewport.follow(); });
}

void TimePlot::setPinned(bool pinned)
{
    if (pinned == isPinned())
        return;
    QList<ValueAxis> axes;
    if (pinned) {
        const PlotLayout layout = layoutNow();
        for (const PlotPanel &panel : layout.panels)
            axes.append(panel.axis);
    }
    m_content.pinned = axes;
    update();
    Q_EMIT pinnedChanged(isPinned());
}

QSize TimePlot::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(u'0') * 48, fontMetrics().height() * 16 };
}

QSize TimePlot::minimumSizeHint() const
{
    QList<Unit> units; // each has a panel
    for (const PlotSeries &series : m_content.series) {
        if (!units.contains(series.unit))
            units.append(series.unit);
    }
    const int lines = 2 + (5 + m_legendLines) * qMax(1, int(units.size()));
    return { fontMetrics().horizontalAdvance(u'0') * 24, fontMetrics().height() * lines };
}

PlotLayout TimePlot::layoutNow() const
{
    const int margin = fontMetrics().height() / 4;
    return layoutPlot(m_content, rect().adjusted(margin, margin, -margin, -margin), fontMetrics(),
                      devicePixelRatioF());
}

void TimePlot::changeView(const std::function<void(PlotViewport &)> &change)
{
    const auto window = m_content.viewport.window();
    const bool wasFollowing = m_content.viewport.isFollowing();
    change(m_content.viewport);
    update();
    if (m_content.viewport.window() != window)
        Q_EMIT windowChanged(m_content.viewport.window());
    if (m_content.viewport.isFollowing() != wasFollowing)
        Q_EMIT followingChanged(!wasFollowing);
}

void TimePlot::zoom(double factor, std::chrono::nanoseconds anchor)
{
    changeView([factor, anchor](PlotViewport &viewport) { viewport.zoom(factor, anchor); });
}

void TimePlot::reset()
{
    setCursorTime({});
    setPinned(false);
    changeView([](PlotViewport &viewport) {
        viewport.follow();
        viewport.setWindow(defaultWindow);
    });
}

void TimePlot::setCursorTime(std::optional<std::chrono::nanoseconds> time)
{
    if (m_content.cursor == time)
        return;
    m_content.cursor = time;
    update();
}

// The cursor stays under the mouse while the plot moves on.
void TimePlot::hover()
{
    if (m_hovered)
        setCursorTime(layoutNow().timeAt(*m_hovered));
}

void TimePlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as its time, and so its numbers
    const PlotLayout layout = layoutNow();
    PlotPainter(&painter, palette()).paint(layout, m_content);
    noteLegends(layout);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.backgroundColor = palette().color(QPalette::Base);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

// How many lines a legend has depends on its texts and on the width.
void TimePlot::noteLegends(const PlotLayout &layout)
{
    int lines = 1;
    for (const PlotPanel &panel : layout.panels) {
        const QRect last =
                legendEntries(panel.curves, layout.plot.width(), fontMetrics()).constLast();
        lines = std::max(lines, (last.bottom() + 1) / fontMetrics().height());
    }
    if (std::exchange(m_legendLines, lines) != lines)
        updateGeometry();
}

// What is at the cursor that was moved by hand, else what the plot looks like.
QString TimePlot::description() const
{
    const PlotViewport &viewport = m_content.viewport;
    QStringList texts;
    if (m_content.cursor && !m_hovered) {
        const std::chrono::duration<double> before = viewport.now() - *m_content.cursor;
        texts.append(timeBefore(before.count()));
        const PlotLayout layout = layoutNow();
        for (const PlotPanel &panel : layout.panels) {
            for (const PlotCurve &curve : panel.curves)
                texts.append(curve.text.simplified());
        }
    } else {
        for (const PlotSeries &series : std::as_const(m_content.series))
            texts.append(plotSummary(series, viewport.begin(), viewport.end(), m_content.bytes));
    }
    return texts.join(u'\n');
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/histogramlayout_p.h"

#include "plot/plottexts_p.h"

#include <recorders/model/formattedvalue.h>

#include <QFontMetrics>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

// What all values are within, above 0. A single value gets some room around it.
void setRange(HistogramLayout *layout, const DistributionFigures &distribution)
{
    constexpr double shortest = 0.25; // octaves
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const auto include = [&](double value) {
        if (value <= 0 || !std::isfinite(value))
            return;
        low = std::min(low, std::log2(value));
        high = std::max(high, std::log2(value));
    };
    if (!distribution.counts.empty()) {
        const int first = distribution.firstBucket;
        include(distribution.lowerBoundary(first));
        include(distribution.lowerBoundary(first + int(distribution.counts.size())));
    } else {
        include(distribution.min.toDouble());
        include(distribution.max.toDouble());
    }
    for (const Percentile &percentile : distribution.percentiles)
        include(percentile.value);
    if (low > high)
        low = high = 0;
    const double missing = std::max(0.0, shortest - (high - low));
    layout->low = low - missing / 2;
    layout->high = high + missing / 2;
}

bool tellsZeros(const DistributionFigures &distribution)
{
    const auto isZeroOrLess = [](const Percentile &percentile) {
        return percentile.value <= 0;
    };
    return distribution.zeroCount > 0
            || std::any_of(distribution.percentiles.begin(), distribution.percentiles.end(),
                           isZeroOrLess);
}

// How many scales coarser than it was measured it is shown, so that bars can be told apart.
int coarserBy(const HistogramLayout &layout, const DistributionFigures &distribution,
              double narrowest)
{
    const double octaves = layout.high - layout.low;
    const double perOctave = (layout.plot.right() - layout.left) / octaves;
    int coarser = 0;
    while (perOctave * std::ldexp(1.0, coarser - distribution.scale) < narrowest
           && std::ldexp(1.0, coarser - distribution.scale) < octaves)
        ++coarser;
    return coarser;
}

void addBars(HistogramLayout *layout, const DistributionFigures &distribution, double narrowest)
{
    if (!distribution.hasBuckets())
        return;
    if (distribution.zeroCount > 0)
        layout->bars.push_back({ 0, 0, distribution.zeroCount, distribution.zeroCount, {} });
    const int coarser = coarserBy(*layout, distribution, narrowest);
    double passed = distribution.zeroCount;
    for (size_t i = 0; i < distribution.counts.size(); ++i) {
        const int index = (distribution.firstBucket + int(i)) >> coarser;
        const double from = distribution.lowerBoundary(index, coarser);
        passed += distribution.counts[i];
        if (layout->bars.empty() || layout->bars.back().to <= from)
            layout->bars.push_back(
                    { from, distribution.lowerBoundary(index + 1, coarser), 0, 0, {} });
        layout->bars.back().count += distribution.counts[i];
        layout->bars.back().upTo = passed;
    }
}

void placeBars(HistogramLayout *layout, int line)
{
    const QRect &plot = layout->plot;
    for (HistogramBar &bar : layout->bars) {
        const double height = bar.count / layout->counts.max * plot.height();
        double from = bar.to > 0 ? std::max(layout->xOf(bar.from), layout->left) : plot.left();
        double to = bar.to > 0 ? std::min(layout->xOf(bar.to), double(plot.right() + 1))
                               : plot.left() + line;
        constexpr double thinnest = 3;
        if (to - from < thinnest) {
            from = (from + to - thinnest) / 2;
            to = from + thinnest;
        }
        // What is there is seen, however little it is.
        const double seen = bar.count > 0 ? std::max(1.0, height) : 0;
        bar.rect = QRectF(from, plot.bottom() + 1 - seen, to - from, seen);
    }
}

QPointF cumulativePoint(const HistogramLayout &layout, double x, double share)
{
    return { x, layout.plot.bottom() + 1 - share * layout.plot.height() };
}

// With buckets it is known at each boundary, else at the percentiles.
void addCumulative(HistogramLayout *layout, const DistributionFigures &distribution)
{
    const double total = distribution.total();
    for (const HistogramBar &bar : layout->bars) {
        if (layout->cumulative.isEmpty() && bar.to > 0)
            layout->cumulative.append(cumulativePoint(*layout, bar.rect.left(), 0));
        layout->cumulative.append(cumulativePoint(*layout, bar.rect.right(), bar.upTo / total));
    }
    if (!layout->bars.empty())
        return;
    for (const Percentile &percentile : distribution.percentiles) {
        layout->cumulative.append(
                cumulativePoint(*layout, layout->xOf(percentile.value), percentile.share));
    }
}

// Each label is in the first row in which it does not meet another one. Returns how many there are.
int placeMarks(HistogramLayout *layout, const QRect &area, const QFontMetrics &metrics)
{
    const int space = metrics.height() / 2;
    std::vector<int> ends; // of the rows
    for (PercentileMark &mark : layout->marks) {
        const int width = metrics.horizontalAdvance(mark.text);
        mark.x = layout->xOf(mark.percentile.value);
        const int left = std::clamp(int(mark.x) - width / 2, area.left(),
                                    std::max(area.left(), area.right() - width));
        auto row = std::find_if(ends.begin(), ends.end(), [&](int end) { return end < left; });
        if (row == ends.end())
            row = ends.insert(row, 0);
        *row = left + width + space;
        mark.label = QRect(left, area.top() + int(row - ends.begin()) * metrics.height(), width,
                           metrics.height());
    }
    return int(ends.size());
}

void addMarks(HistogramLayout *layout, const DistributionFigures &distribution)
{
    for (const Percentile &percentile : distribution.percentiles) {
        const QString text =
                percentile.name + QStringLiteral("  ") + distribution.text(percentile.value);
        layout->marks.push_back({ percentile, text, 0, {} });
    }
}

QString percent(double share)
{
    return PlotTexts::tr("%1 %").arg(FormattedValue(share * 100).text());
}

} // namespace

double HistogramLayout::xOf(double value) const
{
    if (value <= 0)
        return (plot.left() + left) / 2 - (left - plot.left()) / 6;
    return left + (std::log2(value) - low) / (high - low) * (plot.right() + 1 - left);
}

// Anywhere above or below a bar is at that bar.
int HistogramLayout::barAt(const QPoint &position) const
{
    for (size_t i = 0; i < bars.size() && plot.contains(position); ++i) {
        if (position.x() >= bars[i].rect.left() && position.x() < bars[i].rect.right())
            return int(i);
    }
    return -1;
}

HistogramLayout layoutHistogram(const DistributionFigures &distribution, const QRect &area,
                                const QFontMetrics &metrics)
{
    const int line = metrics.height();
    HistogramLayout layout;
    const int countWidth = metrics.horizontalAdvance(QStringLiteral("0000 MiB")); // of a time plot
    const int shareWidth = metrics.horizontalAdvance(PlotTexts::tr("%1 %").arg(100));
    layout.plot = area.adjusted(countWidth + line / 2, 0, -shareWidth - line / 2, -line * 3 / 2);
    layout.left = layout.plot.left() + (tellsZeros(distribution) ? line * 3 / 2 : 0);
    setRange(&layout, distribution);
    addMarks(&layout, distribution);
    const int rows = placeMarks(&layout, area, metrics);
    layout.plot.setTop(area.top() + rows * line + line / 2);
    addBars(&layout, distribution, line / 4.0);
    double most = 0;
    for (const HistogramBar &bar : layout.bars)
        most = std::max(most, bar.count);
    if (most > 0) {
        layout.counts = valueAxis(0, most, std::clamp(layout.plot.height() / (2 * line), 2, 5), {});
        placeBars(&layout, line);
    }
    addCumulative(&layout, distribution);
    const int widest = metrics.horizontalAdvance(QStringLiteral("00.0 MiB")) * 3 / 2;
    layout.ticks = logTicks(std::exp2(layout.low), std::exp2(layout.high),
                            int(layout.plot.right() - layout.left) / widest, distribution.unit,
                            distribution.bytes);
    return layout;
}

QStringList barText(const HistogramBar &bar, const DistributionFigures &distribution)
{
    const double total = distribution.total();
    const QString where = bar.to == 0
            ? distribution.text(0)
            : PlotTexts::tr("%1 to %2").arg(distribution.text(bar.from), distribution.text(bar.to));
    const QString count = bar.count == 1
            ? PlotTexts::tr("1 value, %2").arg(percent(bar.count / total))
            : PlotTexts::tr("%1 values, %2")
                      .arg(FormattedValue(bar.count).text(), percent(bar.count / total));
    return { where, count, PlotTexts::tr("%1 up to here").arg(percent(bar.upTo / total)) };
}

} // namespace Recorders::Internal

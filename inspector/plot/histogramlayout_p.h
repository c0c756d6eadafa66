// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/axisticks_p.h"
#include "plot/distributionfigures_p.h"

#include <QPolygonF>
#include <QRect>

class QFontMetrics;

namespace Recorders::Internal {

// One bucket, or some that are too narrow to be seen on their own.
struct HistogramBar
{
    double from = 0; // not included; the bucket of zeros has both at 0
    double to = 0;
    double count = 0;
    double upTo = 0; // values up to its end
    QRectF rect;
};

struct PercentileMark
{
    Percentile percentile;
    QString text;
    double x = 0;
    QRect label;
};

// Where everything in the picture of a distribution is.
struct HistogramLayout
{
    QRect plot; // bars, and on its left the one of zeros
    double left = 0; // where the values above 0 begin
    double low = 0; // logarithms, to base 2, of the values at the left and the right end
    double high = 0;
    ValueAxis counts; // empty: there are no buckets
    std::vector<Tick> ticks;
    std::vector<HistogramBar> bars;
    std::vector<PercentileMark> marks;
    QPolygonF cumulative; // the line of the share of values up to there

    bool hasZeros() const { return left > plot.left(); }
    double xOf(double value) const; // 0 has a place of its own
    int barAt(const QPoint &position) const; // -1: none
};

HistogramLayout layoutHistogram(const DistributionFigures &distribution, const QRect &area,
                                const QFontMetrics &metrics);

// "2.83 ms to 3.08 ms" and so on, a line for each fact
QStringList barText(const HistogramBar &bar, const DistributionFigures &distribution);

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/axisticks_p.h"
#include "plot/decimation_p.h"
#include "plot/plotseries_p.h"
#include "plot/plotviewport_p.h"

#include <QList>
#include <QRect>

#include <optional>

class QFontMetrics;

namespace Recorders::Internal {

// What is seen of one series.
struct PlotCurve
{
    QString text; // for the legend: name and value
    int color = 0;
    std::vector<PlotLine> lines;
    std::optional<Sample> marked; // under the cursor
};

// The series of one unit, one below the other with those of other units.
struct PlotPanel
{
    Unit unit;
    ValueAxis axis;
    QList<PlotCurve> curves;
    QRect legend;
    QRect plot;

    double yOf(double value) const;
};

// Where everything in a plot is.
struct PlotLayout
{
    QList<PlotPanel> panels;
    QRect plot; // all panels together
    int timeBaseline = 0;
    std::chrono::nanoseconds begin{};
    std::chrono::nanoseconds end{};

    double xOf(std::chrono::nanoseconds time) const;
    std::chrono::nanoseconds timeAt(double x) const;
};

struct PlotContent
{
    QList<PlotSeries> series;
    PlotViewport viewport;
    std::optional<std::chrono::nanoseconds> cursor;
    QList<ValueAxis> pinned; // by panel; empty: each shows all of its values
    BytePrefix bytes = BytePrefix::Binary;
};

PlotLayout layoutPlot(const PlotContent &content, const QRect &area, const QFontMetrics &metrics,
                      double devicePixelRatio);

// Where the entries of a legend are, relative to its top left.
QList<QRect> legendEntries(const QList<PlotCurve> &curves, int width, const QFontMetrics &metrics);

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/histogramlayout_p.h"

#include <QPalette>

class QPainter;

namespace Recorders::Internal {

class HistogramPainter
{
public:
    HistogramPainter(QPainter *painter, QPalette palette, int color);

    void paint(const HistogramLayout &layout, const DistributionFigures &distribution, int cursor);

private:
    void paintAxes(const HistogramLayout &layout);
    void paintBars(const HistogramLayout &layout, int cursor);
    void paintCumulative(const HistogramLayout &layout);
    void paintMarks(const HistogramLayout &layout);
    void paintReadOut(const HistogramLayout &layout, const HistogramBar &bar,
                      const QStringList &lines);
    void paintValue(const HistogramLayout &layout, double x, const QString &text);

    QPainter *const m_painter;
    const QPalette m_palette;
    const int m_color; // of the series
};

} // namespace Recorders::Internal

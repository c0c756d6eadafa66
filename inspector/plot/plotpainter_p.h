// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/plotpanel_p.h"

class QPainter;
class QPalette;

namespace Recorders::Internal {

// Draws a plot in the colors of a palette.
class PlotPainter
{
public:
    PlotPainter(QPainter *painter, const QPalette &palette);

    void paint(const PlotLayout &layout, const PlotContent &content);

private:
    void paintPanel(const PlotLayout &layout, const PlotPanel &panel);
    void paintAxis(const PlotPanel &panel);
    void paintTimes(const PlotLayout &layout, const PlotContent &content);
    QRect paintTime(const PlotLayout &layout, int x, const QString &text, const QRect &taken);
    void paintLegend(const PlotPanel &panel);
    void paintCurve(const PlotLayout &layout, const PlotPanel &panel, const PlotCurve &curve);
    void paintCursor(const PlotLayout &layout, const PlotContent &content);
    QColor colorOf(const PlotCurve &curve) const;

    QPainter *const m_painter;
    const QPalette &m_palette;
};

} // namespace Recorders::Internal

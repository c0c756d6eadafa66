// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/trendhistory_p.h"

class QColor;
class QPainter;
class QPointF;
class QRectF;

namespace Recorders::Internal {

// Draws a line through points, of which x is a share of the width and y a value, as high as these
// differ. Where two are further apart than the gap, it is broken.
void paintTrendLine(QPainter *painter, const QRectF &rect, const QColor &color,
                    const std::vector<QPointF> &points, double gap = 1);

// The same of samples, up to now. Where some are missing, the line is broken.
void paintTrendLine(QPainter *painter, const QRectF &rect, const QColor &color,
                    const std::vector<TrendHistory::Sample> &samples, TrendHistory::Time now);

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/trendline_p.h"

#include <QColor>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Recorders::Internal {

void paintTrendLine(QPainter *painter, const QRectF &rect, const QColor &color,
                    const std::vector<QPointF> &points, double gap)
{
    if (points.size() < 2)
        return;
    const auto byValue = [](const QPointF &a, const QPointF &b) {
        return a.y() < b.y();
    };
    const auto [least, greatest] = std::minmax_element(points.begin(), points.end(), byValue);
    const double low = least->y();
    const double range = greatest->y() - low;
    const auto place = [&](const QPointF &point) {
        const double height = range > 0 ? (point.y() - low) / range : 0.5;
        return QPointF(rect.left() + point.x() * rect.width(),
                       rect.bottom() - height * rect.height());
    };
    QPainterPath line(place(points.front()));
    for (size_t i = 1; i < points.size(); ++i) {
        if (points[i].x() - points[i - 1].x() > gap)
            line.moveTo(place(points[i]));
        else
            line.lineTo(place(points[i]));
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 0));
    painter->drawPath(line);
    painter->restore();
}

void paintTrendLine(QPainter *painter, const QRectF &rect, const QColor &color,
                    const std::vector<TrendHistory::Sample> &samples, TrendHistory::Time now)
{
    const auto length = double(TrendHistory::length.count());
    std::vector<QPointF> points;
    points.reserve(samples.size());
    for (const auto &[time, value] : samples)
        points.emplace_back(1 - double((now - time).count()) / length, value);
    paintTrendLine(painter, rect, color, points, 3 * double(TrendHistory::step.count()) / length);
}

} // namespace Recorders::Internal

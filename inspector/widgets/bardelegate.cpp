// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/bardelegate_p.h"

#include "plot/seriescolors_p.h"
#include "widgets/barlistmodel_p.h"
#include "widgets/quietcolor_p.h"
#include "widgets/trendline_p.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

bool isSelected(const QStyleOptionViewItem &option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

QColor barColor(const QStyleOptionViewItem &option)
{
    return isSelected(option) ? option.palette.color(QPalette::HighlightedText)
                              : seriesColor(0, option.palette.color(QPalette::Base));
}

} // namespace

void BarDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->text = option->text.simplified(); // a row is one line
    option->state &= ~QStyle::State_HasFocus; // the highlight shows where the keyboard is
    const bool isQuiet = index.data(BarListModel::IsQuietRole).toBool()
            || index.column() == BarListModel::ShareColumn;
    if (isQuiet)
        option->palette.setColor(QPalette::Text, quietText(option->palette));
}

void BarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    painter->save();
    if (index.column() == BarListModel::BarColumn)
        paintBar(painter, option, index.data(BarListModel::LengthRole).toDouble());
    else if (index.column() == BarListModel::TrendColumn)
        paintTrend(painter, option,
                   index.data(BarListModel::TrendRole).value<std::vector<double>>());
    painter->restore();
}

// Bars begin where the text does: on the right if that is read from there.
void BarDelegate::paintBar(QPainter *painter, const QStyleOptionViewItem &option, double length)
{
    const int line = option.fontMetrics.height();
    const QRect room = option.rect.adjusted(line / 4, 0, -line / 4, 0);
    if (!(length > 0))
        return;
    QRect bar(0, 0, std::max(1, qRound(room.width() * std::min(length, 1.0))), line * 2 / 3);
    bar.moveCenter(room.center());
    bar.moveLeft(room.left());
    QColor color = barColor(option);
    constexpr float share = 0.75F;
    color.setAlphaF(share);
    painter->fillRect(QStyle::visualRect(option.direction, room, bar), color);
}

void BarDelegate::paintTrend(QPainter *painter, const QStyleOptionViewItem &option,
                             const std::vector<double> &trend)
{
    const int line = option.fontMetrics.height();
    const QRectF room =
            QRectF(option.rect).adjusted(line / 2.0, line / 3.0, -line / 4.0, -line / 3.0);
    std::vector<QPointF> points;
    for (size_t i = 0; i < trend.size(); ++i) {
        if (std::isfinite(trend[i]))
            points.emplace_back(double(i) / double(trend.size() - 1), trend[i]);
    }
    paintTrendLine(painter, room, barColor(option), points);
}

QSize BarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return { QStyledItemDelegate::sizeHint(option, index).width(),
             option.fontMetrics.height() * 3 / 2 };
}

} // namespace Recorders::Internal

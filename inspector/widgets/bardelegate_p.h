// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStyledItemDelegate>

namespace Recorders::Internal {

// Draws the bars and trends of a BarListModel.
class BarDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    static void paintBar(QPainter *painter, const QStyleOptionViewItem &option, double length);
    static void paintTrend(QPainter *painter, const QStyleOptionViewItem &option,
                           const std::vector<double> &trend);
};

} // namespace Recorders::Internal

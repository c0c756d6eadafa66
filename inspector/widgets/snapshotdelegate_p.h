// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStyledItemDelegate>

namespace Recorders::Internal {

class ThresholdWatch;
class TrendHistory;

// Draws what matters strongly and the rest quietly.
class SnapshotDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setAlerts(const ThresholdWatch *watch) { m_alerts = watch; }
    bool isDimmed() const { return m_isDimmed; }
    void setDimmed(bool dimmed) { m_isDimmed = dimmed; } // nothing shown is live any more
    void setTrends(const TrendHistory *trends) { m_trends = trends; } // does not take ownership

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    bool isQuiet(const QModelIndex &index) const;
    void paintAlertMargin(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const;
    void markAlert(QStyleOptionViewItem *option, const QModelIndex &index) const;
    bool isOver(const QModelIndex &index) const;
    void paintTrend(QPainter *painter, const QStyleOptionViewItem &option,
                    const QModelIndex &index) const;
    void paintMessage(QPainter *painter, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const;

    static QColor textColor(const QStyleOptionViewItem &option);
    static void paintText(QPainter *painter, const QStyleOptionViewItem &option,
                          const QString &text, Qt::Alignment alignment);

    const ThresholdWatch *m_alerts = nullptr;
    const TrendHistory *m_trends = nullptr;
    bool m_isDimmed = false;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStyledItemDelegate>

namespace Recorders::Internal {

// Draws what matters strongly and the rest quietly.
class SnapshotDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static int rateWidth(const QFontMetrics &metrics); // of the text in the last column

    void setDimmed(bool dimmed) { m_isDimmed = dimmed; } // nothing shown is live any more

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    bool isQuiet(const QModelIndex &index) const;
    void paintMessage(QPainter *painter, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const;

    static void paintText(QPainter *painter, const QStyleOptionViewItem &option,
                          const QString &text, Qt::Alignment alignment);

    bool m_isDimmed = false;
};

} // namespace Recorders::Internal

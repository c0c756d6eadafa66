// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/quietheader.h"

#include "widgets/quietcolor.h"
#include "widgets/snapshotdelegate.h"

#include <recorders/model/snapshotmodel.h>

#include <QPainter>

namespace Recorders::Internal {

QuietHeader::QuietHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(false);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setAccessibleName(tr("Columns"));
}

QSize QuietHeader::sizeHint() const
{
    return { QHeaderView::sizeHint().width(), fontMetrics().height() * 8 / 5 };
}

// The style would draw buttons, and one more behind the last column.
void QuietHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    for (int section = 0; section < count(); ++section) {
        const QRect rect(sectionViewportPosition(section), 0, sectionSize(section),
                         viewport()->height());
        if (rect.intersects(event->rect()))
            paintSection(&painter, rect, section);
    }
    painter.setPen(QPen(hairline(palette()), 0));
    const int bottom = viewport()->height() - 1;
    painter.drawLine(0, bottom, viewport()->width(), bottom);
}

void QuietHeader::setNameIndent(int indent)
{
    m_nameIndent = indent;
    viewport()->update();
}

// Each title stands where the texts below it do.
void QuietHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const QVariant wanted = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
    const auto alignment = wanted.isValid() ? Qt::Alignment(wanted.toInt()) : defaultAlignment();
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const int margin = style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1;
    QRect inner = rect.adjusted(margin, 0, -margin, 0);
    if (section == SnapshotModel::NameColumn)
        inner.adjust(m_nameIndent, 0, 0, 0);
    if (section == SnapshotModel::RateColumn)
        inner.setWidth(
                qMin(inner.width(), SnapshotDelegate::rateWidth(fontMetrics()) - 2 * margin));
    painter->setPen(quietText(palette()));
    painter->drawText(inner, int(QStyle::visualAlignment(layoutDirection(), alignment)),
                      fontMetrics().elidedText(title, Qt::ElideRight, inner.width()));
}

} // namespace Recorders::Internal

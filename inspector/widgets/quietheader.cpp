// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/quietheader_p.h"

#include "widgets/inspectorrows_p.h"
#include "widgets/quietcolor_p.h"
#include "widgets/valuecolumns_p.h"

#include <QPainter>
#include <QPaintEvent>

#include <algorithm>

namespace Recorders::Internal {

QuietHeader::QuietHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(true);
    setFirstSectionMovable(false);
    setHighlightSections(false);
    setSortIndicatorClearable(true);
    setSortIndicator(-1, Qt::AscendingOrder);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setAccessibleName(tr("Columns"));
    connect(this, &QHeaderView::sectionMoved, this, &QuietHeader::keepEnds);
}

// Names are at the left, and what is left of the width is at the right.
void QuietHeader::keepEnds()
{
    const int last = count() - 1;
    if (visualIndex(0) != 0)
        moveSection(visualIndex(0), 0);
    else if (visualIndex(last) != last)
        moveSection(visualIndex(last), last);
}

QList<int> QuietHeader::order() const
{
    QList<int> sections;
    for (int place = 0; place < count(); ++place)
        sections.append(logicalIndex(place));
    return sections;
}

void QuietHeader::setOrder(const QList<int> &sections)
{
    QList<int> sorted = sections;
    std::sort(sorted.begin(), sorted.end());
    for (int section = 0; section < count(); ++section) {
        if (sorted.value(section, -1) != section || sorted.size() != count())
            return;
    }
    for (int place = 0; place < count(); ++place)
        moveSection(visualIndex(sections.at(place)), place);
}

void QuietHeader::resetOrder()
{
    for (int section = 0; section < count(); ++section)
        moveSection(visualIndex(section), section);
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
    const bool isNumber = isRightAligned(section);
    const Qt::Alignment alignment = isNumber ? Qt::AlignRight : Qt::AlignLeft;
    const int margin = style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1;
    QRect inner = rect.adjusted(margin, 0, -margin, 0);
    if (section == 0)
        inner.adjust(m_nameIndent, 0, 0, 0);
    inner = QStyle::visualRect(layoutDirection(), rect, inner);

    const bool isSorted = section == sortIndicatorSection();
    const int room = inner.width() - (isSorted ? arrowRoom() : 0);
    const QString title = fontMetrics().elidedText(
            model()->headerData(section, Qt::Horizontal).toString(), Qt::ElideRight, room);
    const QRect line = QStyle::alignedRect(
            layoutDirection(), alignment | Qt::AlignVCenter,
            { fontMetrics().horizontalAdvance(title), fontMetrics().height() }, inner);
    painter->setPen(isSorted ? palette().color(QPalette::Text) : quietText(palette()));
    painter->drawText(line, Qt::AlignCenter | Qt::TextDontClip, title);
    if (isSorted)
        paintArrow(painter, line, isNumber != (layoutDirection() == Qt::RightToLeft));
}

bool QuietHeader::isRightAligned(int section) const
{
    const ValueColumns columns(*model());
    if (section < columns.extra)
        return section == columns.value || section == columns.rate;
    const auto *rows = qobject_cast<const InspectorRows *>(model());
    return !rows || rows->roleOf(section) != InspectorRows::TrendRole;
}

int QuietHeader::arrowRoom() const
{
    return fontMetrics().xHeight() * 9 / 4;
}

// Beside the title, on the side where it does not push it out of line.
void QuietHeader::paintArrow(QPainter *painter, const QRect &title, bool isAtLeft) const
{
    const int size = fontMetrics().xHeight();
    const qreal half = size / 2.0;
    const qreal depth = sortIndicatorOrder() == Qt::AscendingOrder ? -half / 2 : half / 2;
    const QPointF center(isAtLeft ? title.left() - size * 5 / 4 : title.right() + size * 5 / 4,
                         title.center().y() + 1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(painter->pen().color(), qMax(1.0, size / 6.0)));
    painter->drawPolyline(QPolygonF{ center + QPointF(-half, -depth), center + QPointF(0, depth),
                                     center + QPointF(half, -depth) });
    painter->restore();
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshotdelegate_p.h"

#include "widgets/inspectorrows_p.h"
#include "widgets/quietcolor_p.h"
#include "widgets/thresholdwatch_p.h"
#include "widgets/trendline_p.h"
#include "widgets/valuecolumns_p.h"

#include <recorders/core/namespace.h>
#include <recorders/model/snapshotmodel.h>

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTreeView>

namespace Recorders::Internal {

namespace {

SnapshotModel::NodeType typeOf(const QModelIndex &index)
{
    return index.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>();
}

bool isStopped(const QModelIndex &index)
{
    return typeOf(index) == SnapshotModel::NodeType::Recorder
            && index.data(SnapshotModel::StateRole).value<RecorderState>()
            != RecorderState::Running;
}

bool isFailed(const QModelIndex &index)
{
    return index.data(SnapshotModel::StateRole).value<RecorderState>() == RecorderState::Failed;
}

int roleOf(const QModelIndex &index)
{
    const auto *rows = qobject_cast<const InspectorRows *>(index.model());
    return rows ? rows->roleOf(index.column()) : 0;
}

bool isOfDelta(int role)
{
    return role == SnapshotModel::DeltaRole || role == SnapshotModel::DeltaRatioRole;
}

// What became of it since the mark is said beside the message.
bool isMessage(const QModelIndex &index)
{
    return index.column() >= ValueColumns(*index.model()).value && !isOfDelta(roleOf(index))
            && index.data(SnapshotModel::IsMessageRole).toBool();
}

// The message takes the room of all columns up to this one.
int lastColumnOfMessage(const QHeaderView &header)
{
    const ValueColumns columns(*header.model());
    int last = columns.value;
    for (int place = header.visualIndex(columns.value); place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        if (header.isSectionHidden(column))
            continue;
        if (isOfDelta(roleOf(header.model()->index(0, column))))
            break;
        last = column;
    }
    return last;
}

// A row is one line, whatever is in the text.
QString singleLine(QString text)
{
    for (QChar &c : text) {
        if (c == u'\n' || c == u'\r' || c == u'\t' || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator)
            c = u' ';
    }
    return text;
}

// Numbers with sign and unit run to the right, whatever the text around them does.
QString technical(const QString &text, Qt::LayoutDirection direction)
{
    return direction == Qt::RightToLeft && !text.isEmpty() ? QChar(0x200e) + text : text;
}

} // namespace

// Nothing in it is live any more.
bool SnapshotDelegate::isOver(const QModelIndex &index) const
{
    return m_isDimmed || index.data(SnapshotModel::RemovedRole).toBool()
            || (isStopped(index) && !isFailed(index));
}

bool SnapshotDelegate::isQuiet(const QModelIndex &index) const
{
    if (isOver(index))
        return true;
    const ValueColumns columns(*index.model());
    if (index.column() == columns.value)
        return typeOf(index) == SnapshotModel::NodeType::Recorder;
    if (index.column() == columns.rate)
        return index.data(SnapshotModel::RateRole).toDouble() == 0;
    if (isOfDelta(roleOf(index)))
        return index.data(SnapshotModel::ChangeRole).value<SnapshotModel::Change>()
                == SnapshotModel::Change::Unchanged;
    return index.column() == columns.unit || roleOf(index) == SnapshotModel::LastChangedRole;
}

// A tint, a sign and a word: colour alone would not be seen by all.
void SnapshotDelegate::markAlert(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    const QString text = m_alerts ? m_alerts->alertText(index) : QString();
    if (text.isEmpty())
        return;
    option->backgroundBrush = alertTint(option->palette);
    const bool isLastName = index.column() == ValueColumns(*index.model()).value - 1;
    if (!isLastName)
        return;
    const QString sign = QStringLiteral("\u26a0 ") + text;
    option->text = option->text.isEmpty() ? sign : option->text + QStringLiteral("   ") + sign;
    option->textElideMode = Qt::ElideLeft; // the sign stays
}

// The tint begins where the row does, before the indentation.
void SnapshotDelegate::paintAlertMargin(QPainter *painter, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const
{
    const bool isMarked = option.widget && index.column() == 0
            && !(option.state & QStyle::State_Selected) && m_alerts
            && !m_alerts->alertText(index).isEmpty();
    if (!isMarked)
        return;
    const bool isToTheRight = option.direction == Qt::LeftToRight;
    const int begin = isToTheRight ? 0 : option.rect.right() + 1;
    const int end = isToTheRight ? option.rect.left() : option.widget->width();
    painter->fillRect(begin, option.rect.top(), end - begin, option.rect.height(),
                      alertTint(option.palette));
}

void SnapshotDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const ValueColumns columns(*index.model());
    option->text = isMessage(index) ? QString() : singleLine(option->text);
    if (index.column() >= columns.value)
        option->text = technical(option->text, option->direction);
    option->textElideMode = index.column() < columns.value ? Qt::ElideMiddle : Qt::ElideRight;
    if (isQuiet(index))
        option->palette.setColor(QPalette::Text, quietText(option->palette));
    const bool isRecorder = typeOf(index) == SnapshotModel::NodeType::Recorder;
    if (isRecorder && index.column() < columns.value)
        option->font.setWeight(QFont::DemiBold);
    markAlert(option, index);
    // The highlight shows where the keyboard is; a dotted box within it says nothing more.
    if (option->state & QStyle::State_Selected)
        option->state &= ~QStyle::State_HasFocus;
}

void SnapshotDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    paintAlertMargin(painter, option, index);
    QStyledItemDelegate::paint(painter, option, index);
    if (isMessage(index))
        paintMessage(painter, option, index);
    else if (roleOf(index) == InspectorRows::TrendRole)
        paintTrend(painter, option, index);
}

// A message takes the room of all values. The last cell draws it, when the others are done.
void SnapshotDelegate::paintMessage(QPainter *painter, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QTreeView *>(option.widget);
    if (!view || index.column() != lastColumnOfMessage(*view->header()))
        return;
    QStyleOptionViewItem message = option;
    const int column = ValueColumns(*index.model()).value;
    message.rect |= QRect(view->header()->sectionViewportPosition(column), option.rect.top(),
                          view->header()->sectionSize(column), option.rect.height());
    if (isOver(index))
        message.palette.setColor(QPalette::Text, quietText(message.palette));
    paintText(painter, message, singleLine(index.data(SnapshotModel::TextRole).toString()),
              Qt::AlignLeft);
}

void SnapshotDelegate::paintTrend(QPainter *painter, const QStyleOptionViewItem &option,
                                  const QModelIndex &index) const
{
    if (!m_trends)
        return;
    const int margin = option.fontMetrics.height() / 4;
    const QRectF rect = QRectF(option.rect).adjusted(2 * margin, margin, -margin, -margin);
    paintTrendLine(painter, rect, textColor(option), m_trends->samples(index.siblingAtColumn(0)),
                   m_trends->now());
}

QColor SnapshotDelegate::textColor(const QStyleOptionViewItem &option)
{
    const bool isSelected = option.state & QStyle::State_Selected;
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
}

void SnapshotDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QString &text, Qt::Alignment alignment)
{
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
    const QRect rect = option.rect.adjusted(margin, 0, -margin, 0);
    painter->save();
    painter->setPen(textColor(option));
    painter->setFont(option.font);
    // Rounded as the style does it, so that all texts of a row stand on one line.
    const QRect line = QStyle::alignedRect(option.direction, alignment | Qt::AlignVCenter,
                                           { rect.width(), option.fontMetrics.height() }, rect);
    painter->drawText(line, int(QStyle::visualAlignment(option.direction, alignment)),
                      option.fontMetrics.elidedText(text, Qt::ElideRight, rect.width()));
    painter->restore();
}

QSize SnapshotDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return { QStyledItemDelegate::sizeHint(option, index).width(),
             option.fontMetrics.height() * 3 / 2 };
}

} // namespace Recorders::Internal

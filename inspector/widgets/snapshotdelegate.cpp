// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshotdelegate.h"

#include "widgets/quietcolor.h"

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

bool isMessage(const QModelIndex &index)
{
    return index.column() != SnapshotModel::NameColumn
            && index.data(SnapshotModel::IsMessageRole).toBool();
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

} // namespace

int SnapshotDelegate::rateWidth(const QFontMetrics &metrics)
{
    constexpr int characters = 15;
    return characters * metrics.horizontalAdvance(u'0');
}

bool SnapshotDelegate::isQuiet(const QModelIndex &index) const
{
    if (m_isDimmed || (isStopped(index) && !isFailed(index)))
        return true;
    switch (index.column()) {
    case SnapshotModel::UnitColumn:
        return true;
    case SnapshotModel::ValueColumn:
        return typeOf(index) == SnapshotModel::NodeType::Recorder;
    case SnapshotModel::RateColumn:
        return index.data(SnapshotModel::RateRole).toDouble() == 0;
    default:
        return false;
    }
}

void SnapshotDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isPaintedHere = index.column() == SnapshotModel::RateColumn;
    option->text = isPaintedHere || isMessage(index) ? QString() : singleLine(option->text);
    option->textElideMode =
            index.column() == SnapshotModel::NameColumn ? Qt::ElideMiddle : Qt::ElideRight;
    if (isQuiet(index))
        option->palette.setColor(QPalette::Text, quietText(option->palette));
    const bool isRecorder = typeOf(index) == SnapshotModel::NodeType::Recorder;
    if (isRecorder && index.column() == SnapshotModel::NameColumn)
        option->font.setWeight(QFont::DemiBold);
    // The highlight shows where the keyboard is; a dotted box within it says nothing more.
    if (option->state & QStyle::State_Selected)
        option->state &= ~QStyle::State_HasFocus;
}

// The last column takes all the room that is left, so that rows are marked to the edge of the
// view. Its text stays close to the other values.
void SnapshotDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != SnapshotModel::RateColumn)
        return;
    if (isMessage(index)) {
        paintMessage(painter, option, index);
        return;
    }
    QStyleOptionViewItem rate = option;
    initStyleOption(&rate, index);
    rate.rect.setWidth(qMin(rate.rect.width(), rateWidth(rate.fontMetrics)));
    paintText(painter, rate, singleLine(index.data().toString()), Qt::AlignRight);
}

// A message takes the room of all values. The last cell draws it, when the others are done.
void SnapshotDelegate::paintMessage(QPainter *painter, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QTreeView *>(option.widget);
    if (!view)
        return;
    QStyleOptionViewItem message = option;
    const int value = view->header()->sectionViewportPosition(SnapshotModel::ValueColumn);
    message.rect |= QRect(value, option.rect.top(), 1, option.rect.height());
    if (m_isDimmed || (isStopped(index) && !isFailed(index)))
        message.palette.setColor(QPalette::Text, quietText(message.palette));
    paintText(painter, message, singleLine(index.data(SnapshotModel::TextRole).toString()),
              Qt::AlignLeft);
}

void SnapshotDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QString &text, Qt::Alignment alignment)
{
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
    const QRect rect = option.rect.adjusted(margin, 0, -margin, 0);
    const bool isSelected = option.state & QStyle::State_Selected;
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    painter->save();
    painter->setPen(
            option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text));
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

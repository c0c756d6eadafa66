// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/barlistview_p.h"

#include "widgets/bardelegate_p.h"
#include "widgets/barlistmodel_p.h"
#include "widgets/quietheader_p.h"

#include <QEvent>

#include <algorithm>

namespace Recorders::Internal {

BarListView::BarListView(QWidget *parent)
    : QTreeView(parent)
{
    setHeader(new QuietHeader(this));
    setItemDelegate(new BarDelegate(this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(1);
    header()->setSectionsMovable(false);
}

void BarListView::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    for (int column = 0; column < model->columnCount(); ++column)
        header()->setSectionResizeMode(column, QHeaderView::Fixed);
    const auto resize = [this] {
        updateGeometry();
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, resize);
    connect(model, &QAbstractItemModel::rowsRemoved, this, resize);
    connect(model, &QAbstractItemModel::modelReset, this, resize);
}

void BarListView::setShownColumns(const QList<int> &columns)
{
    for (int column = 0; column < BarListModel::ColumnCount; ++column)
        setColumnHidden(column, !columns.contains(column));
    fitColumns();
}

int BarListView::lineHeight() const
{
    return fontMetrics().height() * 3 / 2;
}

QSize BarListView::sizeHint() const
{
    const int lines = std::clamp(model() ? model()->rowCount() : 0, 1, m_maxLines);
    const int head = header()->isHidden() ? 0 : header()->sizeHint().height();
    return { fontMetrics().horizontalAdvance(u'0') * 48, head + lines * lineHeight() + 2 };
}

QSize BarListView::minimumSizeHint() const
{
    return { fontMetrics().horizontalAdvance(u'0') * 24,
             std::min(sizeHint().height(), 4 * lineHeight()) };
}

void BarListView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

void BarListView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

// Values have the room that they need; names and bars share the rest.
void BarListView::fitColumns()
{
    const auto text = [this](int digits) {
        return fontMetrics().horizontalAdvance(u'0') * digits;
    };
    int rest = viewport()->width();
    for (const auto &[column, width] : { std::pair(int(BarListModel::ValueColumn), text(13)),
                                         std::pair(int(BarListModel::ShareColumn), text(9)),
                                         std::pair(int(BarListModel::TrendColumn), text(14)) }) {
        header()->resizeSection(column, width);
        if (!isColumnHidden(column))
            rest -= width;
    }
    const int name = std::max(text(8), rest / 2);
    header()->resizeSection(BarListModel::NameColumn, name);
    header()->resizeSection(BarListModel::BarColumn, std::max(1, rest - name));
}

} // namespace Recorders::Internal

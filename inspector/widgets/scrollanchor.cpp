// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/scrollanchor_p.h"

#include "widgets/snapshottreeview_p.h"

#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

bool isWithin(QModelIndex index, const QModelIndex &parent, int first, int last)
{
    while (index.isValid() && index.parent() != parent)
        index = index.parent();
    return index.isValid() && index.row() >= first && index.row() <= last;
}

// On top of what follows a row and all that is below it; invalid if nothing does.
QModelIndex rowAfter(const QAbstractItemModel &model, QModelIndex parent, int row)
{
    while (parent.isValid() && row + 1 >= model.rowCount(parent)) {
        row = parent.row();
        parent = parent.parent();
    }
    return model.index(row + 1, 0, parent);
}

} // namespace

/*
    Rows are noted before the first change since the last layout. The view lays out all its rows
    once after an update, however many changes there were, and only then the first of the noted rows
    that is left is looked for: a search, but less than the layout, which is of all rows, too.
*/

ScrollAnchor::ScrollAnchor(SnapshotTreeView *view)
    : QObject(view)
    , m_view(view)
{
}

void ScrollAnchor::watch(const QAbstractItemModel *model)
{
    m_rows.clear();
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &ScrollAnchor::hold);
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, &ScrollAnchor::hold);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &ScrollAnchor::leave);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_rows.clear(); });
}

void ScrollAnchor::hold()
{
    const QScrollBar *bar = m_view->verticalScrollBar();
    if (!m_rows.isEmpty() || bar->value() == bar->minimum())
        return;
    const QModelIndexList inSight = m_view->rowsInSight();
    if (inSight.isEmpty())
        return;
    m_rows = { inSight.cbegin(), inSight.cend() };
    m_top = m_view->visualRect(inSight.first()).top();
    m_value = bar->value();
}

void ScrollAnchor::leave(const QModelIndex &parent, int first, int last)
{
    hold();
    const auto left = std::find_if(m_rows.crbegin(), m_rows.crend(),
                                   [](const auto &row) { return row.isValid(); });
    if (left == m_rows.crend() || !isWithin(*left, parent, first, last))
        return;
    const QAbstractItemModel &model = *m_view->model();
    if (const QModelIndex after = rowAfter(model, parent, last); after.isValid())
        m_rows.append(after);
}

// What the user has scrolled since then, counts.
void ScrollAnchor::beginLayout()
{
    m_top -= m_view->verticalScrollBar()->value() - m_value;
    m_value = m_view->verticalScrollBar()->value();
}

void ScrollAnchor::release()
{
    const QList<QPersistentModelIndex> rows = std::exchange(m_rows, {});
    for (const QPersistentModelIndex &row : rows) {
        const QRect place = row.isValid() ? m_view->visualRect(row) : QRect();
        if (!place.isValid())
            continue;
        QScrollBar *bar = m_view->verticalScrollBar();
        bar->setValue(bar->value() + place.top() - m_top);
        return;
    }
}

} // namespace Recorders::Internal

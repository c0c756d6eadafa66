// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/expansionmemory_p.h"

#include "widgets/snapshottreeview_p.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QScopedValueRollback>

#include <utility>

namespace Recorders::Internal {

namespace {

constexpr int expandedAtFirst = 3;
constexpr int hitsExpandedAtMost = 200;

} // namespace

ExpansionMemory::ExpansionMemory(SnapshotTreeView *view, SnapshotFilterModel *filter)
    : QObject(view)
    , m_view(view)
    , m_filter(filter)
    , m_expanded(filter->sourceModel())
    , m_closed(filter->sourceModel())
{
    connect(view, &QTreeView::expanded, this, &ExpansionMemory::remember);
    connect(view, &QTreeView::collapsed, this, &ExpansionMemory::forget);
    connect(filter, &QAbstractItemModel::rowsInserted, this, &ExpansionMemory::noteArrival);
    connect(filter, &SnapshotFilterModel::filterTextChanged, this, [this] {
        m_closed.clear();
        m_arrived.clear();
    });
    connect(filter->sourceModel(), &QAbstractItemModel::rowsInserted, this,
            &ExpansionMemory::schedule);
    connect(filter->sourceModel(), &QAbstractItemModel::rowsRemoved, this,
            &ExpansionMemory::schedule);
    connect(filter, &QAbstractItemModel::modelReset, this, [this] {
        m_firstCount = 0;
        schedule();
    });
}

void ExpansionMemory::remember(const QModelIndex &index)
{
    if (m_isAutomatic)
        return;
    const QModelIndex row = m_filter->mapToSource(index);
    m_expanded.insert(row);
    m_closed.remove(row);
}

void ExpansionMemory::forget(const QModelIndex &index)
{
    if (m_isAutomatic)
        return;
    const QModelIndex row = m_filter->mapToSource(index);
    m_expanded.remove(row);
    if (!m_filter->filterText().isEmpty())
        m_closed.insert(row);
}

// What is gone, too, when somebody collapses all.
void ExpansionMemory::forgetGone()
{
    m_expanded.forgetGone();
}

void ExpansionMemory::noteArrival(const QModelIndex &parent, int first, int last)
{
    const bool isSearch = !m_filter->filterText().isEmpty();
    for (int row = first; isSearch && row <= last && m_arrived.size() < hitsExpandedAtMost; ++row)
        m_arrived.append(m_filter->index(row, 0, parent));
    schedule();
}

// Thousands of rows may come one by one, and the view does not know them yet.
void ExpansionMemory::schedule()
{
    if (!std::exchange(m_isScheduled, true))
        QMetaObject::invokeMethod(this, &ExpansionMemory::expandNew, Qt::QueuedConnection);
}

void ExpansionMemory::expandNew()
{
    m_isScheduled = false;
    m_expanded.update();
    m_closed.update();
    if (!m_filter->filterText().isEmpty()) {
        expandArrived();
        return;
    }
    expandReturned();
    expandFirst();
}

// What is remembered of a recorder counts for more than that it comes first.
void ExpansionMemory::expandFirst()
{
    constexpr qsizetype idsAtMost = RememberedRows::goneAtMost;
    QModelIndexList rows;
    while (m_firstCount < expandedAtFirst && m_firstCount < m_filter->rowCount()) {
        const QModelIndex index = m_filter->index(m_firstCount++, 0);
        const QString id = index.data(SnapshotModel::EntityIdRole).toString();
        if (m_firstIds.contains(id))
            continue;
        if (m_firstIds.size() >= idsAtMost)
            m_firstIds.clear();
        m_firstIds.insert(id);
        rows.append(index);
    }
    m_view->expandRows(rows);
}

void ExpansionMemory::expandReturned()
{
    const QScopedValueRollback automatic(m_isAutomatic, true);
    QModelIndexList rows;
    const QModelIndexList remembered = m_expanded.here();
    for (const QModelIndex &row : remembered) {
        const QModelIndex index = m_filter->mapFromSource(row);
        if (index.isValid() && !m_view->isExpanded(index))
            rows.append(index);
    }
    m_view->expandRows(rows);
}

void ExpansionMemory::expandHits()
{
    const QScopedValueRollback automatic(m_isAutomatic, true);
    m_arrived.clear(); // with the search
    QModelIndexList rows;
    const int count = qMin(m_filter->rowCount(), hitsExpandedAtMost);
    for (int row = 0; row < count; ++row)
        findHits(m_filter->index(row, 0), &rows);
    m_view->expandRows(rows);
}

// What comes later is opened as well, and what comes back is as it was.
void ExpansionMemory::expandArrived()
{
    const QScopedValueRollback automatic(m_isAutomatic, true);
    QModelIndexList rows;
    const auto arrived = std::exchange(m_arrived, {});
    for (const QPersistentModelIndex &index : arrived) {
        if (!index.isValid())
            continue;
        if (m_expanded.contains(m_filter->mapToSource(index)))
            rows.append(index);
        findHits(index, &rows);
    }
    m_view->expandRows(rows);
}

// Rows that are here only for what is below them, unless somebody has closed them.
void ExpansionMemory::findHits(const QModelIndex &index, QModelIndexList *rows) const
{
    if (m_filter->isHit(index) || m_closed.contains(m_filter->mapToSource(index)))
        return;
    rows->append(index);
    for (int row = 0; row < m_filter->rowCount(index); ++row)
        findHits(m_filter->index(row, 0, index), rows);
}

void ExpansionMemory::restore()
{
    {
        const QScopedValueRollback automatic(m_isAutomatic, true);
        m_view->collapseAll();
    }
    m_expanded.update();
    expandReturned();
    m_view->scrollTo(m_view->currentIndex());
}

} // namespace Recorders::Internal

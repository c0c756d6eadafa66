// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/expansionmemory_p.h"

#include <recorders/model/snapshotfiltermodel.h>

#include <QScopedValueRollback>
#include <QTreeView>

namespace Recorders::Internal {

namespace {

constexpr int expandedAtFirst = 3;
constexpr int hitsExpandedAtMost = 200;

} // namespace

ExpansionMemory::ExpansionMemory(QTreeView *view, SnapshotFilterModel *filter)
    : QObject(view)
    , m_view(view)
    , m_filter(filter)
{
    connect(view, &QTreeView::expanded, this, &ExpansionMemory::remember);
    connect(view, &QTreeView::collapsed, this, &ExpansionMemory::forget);
    // The view does not know the rows yet when the filter says that they have come.
    connect(filter, &QAbstractItemModel::rowsInserted, this, &ExpansionMemory::expandFirst,
            Qt::QueuedConnection);
    connect(filter, &QAbstractItemModel::modelReset, this, [this] { m_firstCount = 0; });
}

void ExpansionMemory::remember(const QModelIndex &index)
{
    if (!m_isAutomatic)
        m_expanded.insert(m_filter->mapToSource(index));
}

void ExpansionMemory::forget(const QModelIndex &index)
{
    if (!m_isAutomatic)
        m_expanded.remove(m_filter->mapToSource(index));
}

void ExpansionMemory::expandFirst()
{
    if (!m_filter->filterText().isEmpty())
        return;
    while (m_firstCount < expandedAtFirst && m_firstCount < m_filter->rowCount())
        m_view->expand(m_filter->index(m_firstCount++, 0));
}

void ExpansionMemory::expandHits()
{
    const QScopedValueRollback automatic(m_isAutomatic, true);
    const int count = qMin(m_filter->rowCount(), hitsExpandedAtMost);
    for (int row = 0; row < count; ++row)
        expandHit(m_filter->index(row, 0));
}

// Of a row that is here only for what is below it.
void ExpansionMemory::expandHit(const QModelIndex &index)
{
    if (m_filter->isHit(index))
        return;
    m_view->expand(index);
    for (int row = 0; row < m_filter->rowCount(index); ++row)
        expandHit(m_filter->index(row, 0, index));
}

void ExpansionMemory::restore()
{
    const QScopedValueRollback automatic(m_isAutomatic, true);
    m_view->collapseAll();
    m_expanded.removeIf([](const QPersistentModelIndex &index) { return !index.isValid(); });
    for (const QPersistentModelIndex &index : std::as_const(m_expanded))
        m_view->expand(m_filter->mapFromSource(index));
    m_view->scrollTo(m_view->currentIndex());
}

} // namespace Recorders::Internal

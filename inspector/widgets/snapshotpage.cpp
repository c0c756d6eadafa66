// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshotpage_p.h"

#include "widgets/orderhold_p.h"
#include "widgets/selectionmemory_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QHeaderView>
#include <QSet>

namespace Recorders::Internal {

namespace {

// More would take longer than a person waits for a key.
constexpr qsizetype carriedAtMost = 200;

QStringList pathOf(const QModelIndex &index)
{
    QStringList path{ index.data(SnapshotModel::EntityIdRole).toString(),
                      index.data(SnapshotModel::MetricRole).toString(),
                      index.data(SnapshotModel::DimensionRole).toString() };
    while (!path.isEmpty() && path.last().isEmpty())
        path.removeLast();
    return path;
}

// Of a recorder or metric, all that is in it.
bool isWanted(QStringList path, const QSet<QStringList> &wanted)
{
    for (; !path.isEmpty(); path.removeLast()) {
        if (wanted.contains(path))
            return true;
    }
    return false;
}

// All in one pass: those that are wanted, in the order of the rows.
void findRows(const QAbstractItemModel &model, const QModelIndex &parent, QSet<QStringList> &wanted,
              const QSet<QStringList> &above, QModelIndexList *found)
{
    for (int row = 0; row < model.rowCount(parent) && !wanted.isEmpty(); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QStringList path = pathOf(index);
        if (wanted.remove(path))
            found->append(index);
        if (above.contains(path))
            findRows(model, index, wanted, above, found);
    }
}

} // namespace

SnapshotPage::SnapshotPage(QAbstractItemModel *model, SnapshotTreeView::Shape shape,
                           QWidget *parent)
    : m_view(new SnapshotTreeView(shape, parent))
{
    m_filter.setSourceModel(model);
    auto *memory = new SelectionMemory(m_view, &m_filter);
    m_view->setModel(&m_filter);
    memory->start();
    new OrderHold(m_view, &m_filter);
    QHeaderView *header = m_view->header();
    connect(header, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) {
                if (m_filter.sortColumn() != column || m_filter.sortOrder() != order)
                    m_filter.sort(column, order);
            });
    connect(&m_filter, &SnapshotFilterModel::sortingChanged, header,
            &QHeaderView::setSortIndicator);
    connect(&m_filter, &SnapshotFilterModel::busyChanged, this, &SnapshotPage::select);
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, &SnapshotPage::select,
            Qt::QueuedConnection);
}

// By the ranges: QItemSelectionModel::selectedRows() takes seconds for thousands of them.
QList<QStringList> SnapshotPage::selectedPaths() const
{
    QList<QStringList> paths;
    const QItemSelection ranges = m_view->selectionModel()->selection();
    for (const QItemSelectionRange &range : ranges) {
        const QModelIndex parent = range.parent();
        for (int row = range.top(); row <= range.bottom() && paths.size() < carriedAtMost; ++row)
            paths.append(pathOf(m_filter.index(row, 0, parent)));
    }
    return paths;
}

void SnapshotPage::selectPaths(const QList<QStringList> &paths)
{
    m_wanted = paths;
    select();
}

void SnapshotPage::select()
{
    if (m_wanted.isEmpty() || m_filter.isBusy())
        return;
    const QModelIndexList indexes = indexesOf(m_wanted);
    if (indexes.isEmpty())
        return;
    m_wanted.clear();
    m_view->selectionModel()->setCurrentIndex(indexes.first(), QItemSelectionModel::NoUpdate);
    QItemSelection selection;
    for (const QModelIndex &index : indexes)
        selection.select(index, index);
    m_view->selectionModel()->select(
            selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(indexes.first());
}

QModelIndexList SnapshotPage::indexesOf(const QList<QStringList> &paths) const
{
    QModelIndexList indexes;
    QSet<QStringList> wanted(paths.begin(), paths.end());
    if (m_view->shape() == SnapshotTreeView::Shape::Tree) {
        QSet<QStringList> above;
        for (QStringList path : paths) {
            for (path.removeLast(); !path.isEmpty(); path.removeLast())
                above.insert(path);
        }
        findRows(m_filter, {}, wanted, above, &indexes);
        return indexes;
    }
    for (int row = 0; row < m_filter.rowCount() && indexes.size() < carriedAtMost; ++row) {
        const QModelIndex index = m_filter.index(row, 0);
        if (isWanted(pathOf(index), wanted))
            indexes.append(index);
    }
    return indexes;
}

} // namespace Recorders::Internal

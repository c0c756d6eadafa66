// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshotfilter.h"

#include <recorders/model/snapshotmodel.h>

namespace Recorders::Internal {

SnapshotFilter::SnapshotFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_matcher(QString(), Qt::CaseInsensitive)
{
    setAutoAcceptChildRows(true);
}

// Names never change, so changed values never change what is shown. To map thousands of ranges
// ten times a second, for a view that just paints again, would cost more than to apply them.
void SnapshotFilter::setSourceModel(QAbstractItemModel *model)
{
    QSortFilterProxyModel::setSourceModel(model);
    disconnect(model, &QAbstractItemModel::dataChanged, this, nullptr);
    connect(model, &QAbstractItemModel::dataChanged, this, &SnapshotFilter::valuesChanged);
}

void SnapshotFilter::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    m_matcher.setPattern(text);
    // A recursive filter keeps a mapping of everything that changes, also of what nobody has
    // expanded. So it is one only while there is something to find.
    if (isRecursiveFilteringEnabled() != isActive())
        setRecursiveFilteringEnabled(isActive());
    else
        invalidateFilter();
}

bool SnapshotFilter::matches(const QModelIndex &sourceIndex) const
{
    return m_matcher.indexIn(sourceIndex.data(Qt::DisplayRole).toString()) >= 0;
}

int SnapshotFilter::hitCount() const
{
    return isActive() ? hitsBelow({}) : 0;
}

int SnapshotFilter::hitsBelow(const QModelIndex &sourceParent) const
{
    int hits = 0;
    for (int row = 0; row < sourceModel()->rowCount(sourceParent); ++row) {
        const QModelIndex index =
                sourceModel()->index(row, SnapshotModel::NameColumn, sourceParent);
        hits += matches(index) ? 1 : 0;
        hits += hitsBelow(index);
    }
    return hits;
}

bool SnapshotFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    return m_text.isEmpty()
            || matches(sourceModel()->index(sourceRow, SnapshotModel::NameColumn, sourceParent));
}

} // namespace Recorders::Internal

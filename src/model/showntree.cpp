// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/showntree_p.h"

#include "model/nodefit_p.h"
#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotfiltermodel.h>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

ShownTree::ShownTree(SnapshotFilterModel *model)
    : q(model)
{
}

void ShownTree::reset(const FilterSource *source, RowCriteria criteria)
{
    m_source = source;
    m_criteria = std::move(criteria);
    m_isPassedThrough = m_criteria.areMetByAll();
    m_isInHandMeanwhile = false;
    m_below.clear();
    m_top.reset(m_isPassedThrough ? 0 : sourceCount(top), {});
}

// ---- Indexes

const RecorderNode &ShownTree::recorderOf(Id id) const
{
    return *m_source->store().nodes().recorder(keyOf(id));
}

const MetricNode &ShownTree::metricOf(Id id) const
{
    return *m_source->store().nodes().metric(keyOf(id));
}

bool ShownTree::isThere(Id id) const
{
    if (id == top)
        return true;
    const NodeTable &nodes = m_source->store().nodes();
    return tagOf(id) == RecorderTag ? nodes.recorder(keyOf(id)) != nullptr
                                    : nodes.metric(keyOf(id)) != nullptr;
}

int ShownTree::shownCount(Id id) const
{
    if (m_isPassedThrough)
        return sourceCount(id);
    return isLookedInto(id) ? rows(id).count() : 0;
}

// Anybody may keep an index for longer than there is its row.
bool ShownTree::isKnown(const QModelIndex &index) const
{
    return m_source && index.model() == q && isThere(index.internalId())
            && index.row() < shownCount(index.internalId());
}

bool ShownTree::isLeaf(const QModelIndex &index) const
{
    const Id id = index.internalId();
    return id == top ? !m_source->isTree() : tagOf(id) == MetricTag;
}

bool ShownTree::canHaveChildren(const QModelIndex &index) const
{
    if (!index.isValid())
        return m_source;
    return isKnown(index) && index.column() == 0 && !isLeaf(index);
}

ShownTree::Id ShownTree::idBelow(const QModelIndex &index) const
{
    if (!index.isValid())
        return top;
    const Id id = index.internalId();
    const int row = m_isPassedThrough ? index.row() : rows(id).sourceRow(index.row());
    if (id == top)
        return idOf(m_source->recorderAt(row)->key, RecorderTag);
    return idOf(recorderOf(id).metrics[size_t(row)]->key, MetricTag);
}

ShownTree::Id ShownTree::idBelowSource(const QModelIndex &sourceIndex)
{
    return sourceIndex.isValid() ? sourceIndex.internalId() : top;
}

ShownTree::Id ShownTree::idAbove(Id id) const
{
    return tagOf(id) == RecorderTag ? top : idOf(metricOf(id).recorder->key, RecorderTag);
}

int ShownTree::sourceRowOf(Id id) const
{
    return tagOf(id) == RecorderTag ? m_source->rowOf(recorderOf(id)) : metricOf(id).row;
}

QModelIndex ShownTree::indexOf(Id id) const
{
    if (id == top)
        return {};
    const Id above = idAbove(id);
    const int row = m_isPassedThrough ? sourceRowOf(id) : rows(above).place(sourceRowOf(id));
    return row == ShownRows::nowhere ? QModelIndex() : q->createIndex(row, 0, above);
}

QModelIndex ShownTree::sourceIndexOf(Id id) const
{
    if (id == top)
        return {};
    return q->sourceModel()->index(sourceRowOf(id), 0, sourceIndexOf(idAbove(id)));
}

int ShownTree::sourceCount(Id id) const
{
    if (id == top)
        return m_source ? m_source->rowCount() : 0;
    return tagOf(id) == RecorderTag ? int(recorderOf(id).metrics.size())
                                    : int(metricOf(id).dimensions.size());
}

// From now on, somebody may know them, and the source has to tell of changes.
ShownRows &ShownTree::rows(Id id) const
{
    if (id == top)
        return m_top;
    const auto [below, isNew] = m_below.try_emplace(id);
    if (!isNew)
        return below->second;
    if (tagOf(id) == RecorderTag)
        recorderOf(id).isLookedInto = true;
    else
        metricOf(id).isLookedInto = true;
    if (!m_isPassedThrough)
        below->second.reset(sourceCount(id), wantedRows(id));
    return below->second;
}

// Dimensions keep the order that their metric gave them: percentiles are not better sorted by
// their values.
std::vector<int> ShownTree::wantedRows(Id id) const
{
    return tagOf(id) == RecorderTag ? m_source->wantedMetrics(recorderOf(id), m_criteria)
                                    : fittingDimensions(metricOf(id), m_criteria.pattern);
}

// Who is told that there are none has looked, and wants to be told when some come.
int ShownTree::rowCount(const QModelIndex &parent) const
{
    if (!canHaveChildren(parent))
        return 0;
    const Id id = idBelow(parent);
    const int count = rows(id).count();
    return m_isPassedThrough ? sourceCount(id) : count;
}

// What is shown of a tree has something to show below it, if there is anything at all. So nobody
// has to look there for that.
bool ShownTree::hasChildren(const QModelIndex &parent) const
{
    if (!canHaveChildren(parent))
        return false;
    const Id id = idBelow(parent);
    const bool isCounted = !m_isPassedThrough && isLookedInto(id);
    return (isCounted ? rows(id).count() : sourceCount(id)) > 0;
}

// As in the source. A QTreeView asks for those of all rows when some come: to look for each of a million
// rows of the source would take it twice as long.
Qt::ItemFlags ShownTree::flags(const QModelIndex &index) const
{
    if (!isKnown(index))
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return isLeaf(index) ? flags | Qt::ItemNeverHasChildren : flags;
}

bool ShownTree::isHit(const QModelIndex &index) const
{
    if (!isKnown(index))
        return false;
    if (m_isPassedThrough || isLeaf(index))
        return true;
    const Id id = idBelow(index);
    return tagOf(id) == RecorderTag ? fits(recorderOf(id), m_criteria.pattern)
                                    : fits(metricOf(id), m_criteria.pattern);
}

QModelIndex ShownTree::index(int row, int column, const QModelIndex &parent) const
{
    const Id id = idBelow(parent);
    rows(id);
    return q->createIndex(row, column, id);
}

QModelIndex ShownTree::parent(const QModelIndex &index) const
{
    const bool isOfThis = m_source && index.model() == q && isThere(index.internalId());
    return isOfThis ? indexOf(index.internalId()) : QModelIndex();
}

QModelIndex ShownTree::toSource(const QModelIndex &index) const
{
    if (!isKnown(index))
        return {};
    const Id id = index.internalId();
    const int row = m_isPassedThrough ? index.row() : rows(id).sourceRow(index.row());
    const int column = std::min(index.column(), q->sourceModel()->columnCount() - 1);
    return q->sourceModel()->index(row, column, sourceIndexOf(id));
}

QModelIndex ShownTree::fromSource(const QModelIndex &sourceIndex) const
{
    if (!m_source || !sourceIndex.isValid() || sourceIndex.model() != q->sourceModel())
        return {};
    const QModelIndex above = sourceIndex.parent();
    if (q->sourceModel()->index(sourceIndex.row(), sourceIndex.column(), above) != sourceIndex)
        return {}; // of a row that has gone
    const Id id = idBelowSource(above);
    if (id != top && !indexOf(id).isValid())
        return {};
    const ShownRows &known = rows(id);
    const int row = m_isPassedThrough ? sourceIndex.row() : known.place(sourceIndex.row());
    return row == ShownRows::nowhere ? QModelIndex()
                                     : q->createIndex(row, sourceIndex.column(), id);
}

} // namespace Recorders::Internal

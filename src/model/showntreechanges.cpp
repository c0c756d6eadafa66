// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/showntree_p.h"

#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotfiltermodel.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Recorders::Internal {

// ---- Results

/*
    Rows that do not fit any more go on all levels, from the top, and take with them what is below;
    then come those that fit now, and all are put in their order. What is selected, current or
    expanded keeps its persistent index.
*/
void ShownTree::apply(std::vector<int> wantedRows, RowCriteria criteria)
{
    if (m_isPassedThrough)
        takeInHand();
    m_criteria = std::move(criteria);
    std::vector<Level> levels{ { top, std::move(wantedRows) } };
    hide(levels);
    for (const NodeTag tag : { RecorderTag, MetricTag }) {
        std::vector<Level> below = wantedLevels(tag);
        hide(below);
        std::move(below.begin(), below.end(), std::back_inserter(levels));
    }
    if (m_movesRows) {
        for (const Level &level : levels) {
            move(level);
            insert(level);
        }
    } else {
        show(levels);
        reorder(std::move(levels));
    }
}

namespace {

std::vector<int> withMissing(std::vector<int> order, const ShownRows &shown,
                             const std::vector<int> &wanted)
{
    std::copy_if(wanted.cbegin(), wanted.cend(), std::back_inserter(order),
                 [&shown](int row) { return shown.place(row) == ShownRows::nowhere; });
    return order;
}

} // namespace

// By the same criteria: what is wanted and not shown yet comes below, on all levels.
void ShownTree::applyBelow(const std::vector<int> &wantedRows)
{
    if (m_isPassedThrough)
        return;
    std::vector<Level> levels{ { top, wantedRows } };
    for (const NodeTag tag : { RecorderTag, MetricTag }) {
        std::vector<Level> below = wantedLevels(tag);
        std::move(below.begin(), below.end(), std::back_inserter(levels));
    }
    for (Level &level : levels)
        level.target = withMissing(rows(level.id).order(), rows(level.id), level.target);
    show(levels);
}

void ShownTree::passThrough(RowCriteria criteria)
{
    if (m_isPassedThrough)
        return;
    apply(allRows(sourceCount(top)), std::move(criteria));
    m_isPassedThrough = true;
    m_top = {};
    for (auto &[id, rows] : m_below)
        rows = {};
}

void ShownTree::takeInHand()
{
    m_isPassedThrough = false;
    m_top.resetToAll(sourceCount(top));
    for (auto &[id, rows] : m_below)
        rows.resetToAll(sourceCount(id));
}

// Below recorders or below metrics.
std::vector<ShownTree::Level> ShownTree::wantedLevels(NodeTag tag) const
{
    std::vector<Level> levels;
    for (const auto &[id, rows] : m_below) {
        if (tagOf(id) == tag)
            levels.push_back({ id, wantedRows(id) });
    }
    return levels;
}

void ShownTree::hide(const std::vector<Level> &levels)
{
    if (m_movesRows) {
        for (const Level &level : levels)
            remove(level);
        return;
    }
    std::vector<RowChange> changes;
    std::vector<Level> gathered;
    changes.reserve(levels.size());
    gathered.reserve(levels.size());
    for (const Level &level : levels) {
        changes.push_back(hiding(rows(level.id), level.target));
        gathered.push_back({ level.id, changes.back().orderBefore });
    }
    reorder(std::move(gathered));
    for (size_t i = 0; i < levels.size(); ++i) {
        auto &[orderBefore, range, orderAfter] = changes[i];
        if (range.isEmpty())
            continue;
        const Id id = levels[i].id;
        q->beginRemoveRows(indexOf(id), range.first, range.last);
        for (int place = range.first; place <= range.last; ++place)
            forgetBelow(id, orderBefore[size_t(place)]);
        rows(id).setOrder(std::move(orderAfter));
        q->endRemoveRows();
    }
}

void ShownTree::show(const std::vector<Level> &levels)
{
    for (const auto &[id, target] : levels) {
        RowChange change = showing(rows(id), target);
        if (change.range.isEmpty())
            continue;
        q->beginInsertRows(indexOf(id), change.range.first, change.range.last);
        rows(id).setOrder(std::move(change.orderAfter));
        q->endInsertRows();
    }
}

// The same rows on each level.
void ShownTree::reorder(std::vector<Level> levels)
{
    std::erase_if(levels,
                  [this](const Level &level) { return rows(level.id).order() == level.target; });
    if (levels.empty())
        return;
    Q_EMIT q->layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = q->persistentIndexList();
    std::vector<int> sourceRows;
    sourceRows.reserve(std::size_t(before.size()));
    for (const QModelIndex &index : before)
        sourceRows.push_back(rows(index.internalId()).sourceRow(index.row()));
    for (Level &level : levels)
        rows(level.id).setOrder(std::move(level.target));
    QModelIndexList after;
    after.reserve(before.size());
    for (size_t i = 0; i < sourceRows.size(); ++i) {
        const QModelIndex &index = before.at(qsizetype(i));
        const int row = rows(index.internalId()).place(sourceRows[i]);
        after += q->createIndex(row, index.column(), index.internalId());
    }
    q->changePersistentIndexList(before, after);
    Q_EMIT q->layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

// Nobody can know any more what is below a row that has gone.
void ShownTree::forgetBelow(Id id, int sourceRow)
{
    if (m_below.empty() || tagOf(id) == MetricTag)
        return;
    if (id != top) {
        const auto &metrics = recorderOf(id).metrics;
        m_below.erase(idOf(metrics[size_t(sourceRow)]->key, MetricTag));
        return;
    }
    const RecorderNode *recorder = m_source->recorderAt(sourceRow);
    m_below.erase(idOf(recorder->key, RecorderTag));
    for (const auto &metric : recorder->metrics) // also if only they are known
        m_below.erase(idOf(metric->key, MetricTag));
}

// ---- Changes of the source

// Of a table, recorders that have no rows may have gone since: no end of that was told.
void ShownTree::beginInsert(const QModelIndex &sourceParent, int first, int last)
{
    if (m_source->store().scattering() == Scattering::None)
        passThroughAgain();
    if (m_isPassedThrough && !takeInHandDuring(Scattering::Coming))
        q->beginInsertRows(indexOf(idBelowSource(sourceParent)), first, last);
}

void ShownTree::endInsert(const QModelIndex &sourceParent, int first, int last)
{
    if (m_isPassedThrough) {
        q->endInsertRows();
        return;
    }
    const Id id = idBelowSource(sourceParent);
    if (isLookedInto(id))
        rows(id).insertSource(first, last);
}

// The rows are still there, and must not be shown any more when they have gone.
void ShownTree::beginRemove(const QModelIndex &sourceParent, int first, int last)
{
    const Id id = idBelowSource(sourceParent);
    if (m_isPassedThrough) {
        q->beginRemoveRows(indexOf(id), first, last);
        for (int row = first; row <= last; ++row)
            forgetBelow(id, row);
        return;
    }
    if (!isLookedInto(id) || placesOf(id, first, last).empty())
        return;
    std::vector<int> left = rows(id).order();
    std::erase_if(left, [first, last](int row) { return row >= first && row <= last; });
    hide({ { id, std::move(left) } });
}

void ShownTree::endRemove(const QModelIndex &sourceParent, int first, int last)
{
    if (m_isPassedThrough) {
        q->endRemoveRows();
        return;
    }
    const Id id = idBelowSource(sourceParent);
    if (isLookedInto(id))
        rows(id).removeSource(first, last);
    passThroughAgain();
}

void ShownTree::beginReorder()
{
    if (m_isPassedThrough && !takeInHandDuring(Scattering::Going))
        Q_EMIT q->layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
}

// What is filtered or sorted stays as it is: rows that come are not shown yet, and those that go
// still are.
void ShownTree::endReorder(const std::vector<int> &newRows)
{
    if (!m_isPassedThrough) {
        m_top.reorderSource(newRows);
        if (m_source->store().scattering() == Scattering::Coming)
            passThroughAgain();
        return;
    }
    QModelIndexList before = q->persistentIndexList();
    before.removeIf([](const auto &index) { return index.internalId() != top; });
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index : std::as_const(before))
        after += q->createIndex(newRows[size_t(index.row())], index.column(), top);
    q->changePersistentIndexList(before, after);
    Q_EMIT q->layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

// So that views are told of each range as it comes or goes.
bool ShownTree::takeInHandDuring(Scattering scattering)
{
    if (!m_movesRows || m_source->store().scattering() != scattering)
        return false;
    takeInHand();
    m_isInHandMeanwhile = true;
    return true;
}

void ShownTree::passThroughAgain()
{
    if (std::exchange(m_isInHandMeanwhile, false) && m_criteria.areMetByAll())
        passThrough(m_criteria);
}

// What is not displayed is told of at once: it would be ten ranges for each recorder that handled
// an event, in a table that is sorted by values.
void ShownTree::publish(const QModelIndex &sourceTopLeft, const QModelIndex &sourceBottomRight,
                        const QList<int> &roles)
{
    const Id id = idBelowSource(sourceTopLeft.parent());
    if (!isLookedInto(id))
        return;
    std::vector<RowRange> ranges = placesOf(id, sourceTopLeft.row(), sourceBottomRight.row());
    const bool isDisplayed = roles.isEmpty() || roles.contains(Qt::DisplayRole);
    if (ranges.size() > 1 && !isDisplayed)
        ranges = { { ranges.front().first, ranges.back().last } };
    const bool isWholeRow = sourceBottomRight.column() == q->sourceModel()->columnCount() - 1;
    const int lastColumn = isWholeRow ? q->columnCount() - 1 : sourceBottomRight.column();
    for (const auto &[first, last] : ranges) {
        Q_EMIT q->dataChanged(q->createIndex(first, sourceTopLeft.column(), id),
                              q->createIndex(last, lastColumn, id), roles);
    }
}

// Where rows of the source are shown, from top to bottom.
std::vector<RowRange> ShownTree::placesOf(Id id, int first, int last) const
{
    if (m_isPassedThrough)
        return { { first, last } };
    std::vector<int> places;
    for (int row = first; row <= last; ++row) {
        if (const int place = rows(id).place(row); place != ShownRows::nowhere)
            places.push_back(place);
    }
    std::sort(places.begin(), places.end());
    std::vector<RowRange> ranges;
    for (const int place : places) {
        if (!ranges.empty() && ranges.back().last + 1 == place)
            ranges.back().last = place;
        else
            ranges.push_back({ place, place });
    }
    return ranges;
}

} // namespace Recorders::Internal

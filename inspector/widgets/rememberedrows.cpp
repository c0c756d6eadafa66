// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rememberedrows_p.h"

#include <recorders/model/snapshotmodel.h>

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

/*
    While rows come, only their numbers are noted: thousands may come one by one in one update, and
    each persistent index makes each of these insertions slower. They are looked up by path
    afterwards, all at once. Below a recorder of which nothing is remembered, nobody looks.
*/

RememberedRows::RememberedRows(const QAbstractItemModel *model)
    : m_model(model)
{
    connect(model, &QAbstractItemModel::rowsInserted, this, &RememberedRows::noteInserted);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &RememberedRows::noteRemoved);
    connect(model, &QAbstractItemModel::modelReset, this, &RememberedRows::noteReset);
    // Their numbers say nothing afterwards.
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, &RememberedRows::update);
}

bool RememberedRows::contains(const QModelIndex &index) const
{
    if (isEmpty())
        return false;
    const Path path = pathOf(index);
    return m_here.contains(path) || m_gone.contains(path);
}

void RememberedRows::insert(const QModelIndex &index)
{
    const Path path = pathOf(index);
    if (path.isEmpty())
        return;
    if (!m_here.contains(path) && !m_gone.contains(path))
        countAbove(path, 1);
    m_byAge.remove(m_gone.take(path));
    m_here.insert(path, index.siblingAtColumn(0));
}

void RememberedRows::remove(const QModelIndex &index)
{
    forget(pathOf(index));
}

void RememberedRows::clear()
{
    m_here.clear();
    m_gone.clear();
    m_byAge.clear();
    m_above.clear();
    m_came.clear();
    m_cameBelow.clear();
    m_hasLost = false;
}

void RememberedRows::forgetGone()
{
    settleGone();
    const auto gone = std::exchange(m_byAge, {});
    for (const Path &path : gone)
        forget(path);
}

QModelIndexList RememberedRows::here() const
{
    QModelIndexList rows;
    rows.reserve(m_here.size());
    std::copy(m_here.cbegin(), m_here.cend(), std::back_inserter(rows));
    return rows;
}

void RememberedRows::update()
{
    settleGone();
    const auto came = std::exchange(m_came, {});
    const auto cameBelow = std::exchange(m_cameBelow, {});
    if (m_gone.isEmpty())
        return;
    for (const auto &[first, last] : came) {
        for (int row = first; row <= last && row < m_model->rowCount(); ++row)
            find(m_model->index(row, 0));
    }
    for (const QPersistentModelIndex &index : cameBelow) {
        if (index.isValid())
            find(index);
    }
}

// ---- What the model says

void RememberedRows::noteInserted(const QModelIndex &parent, int first, int last)
{
    settleGone();
    if (m_gone.isEmpty())
        return; // there is nothing to find
    if (parent.isValid()) {
        if (!m_above.contains(pathOf(parent)))
            return;
        for (int row = first; row <= last; ++row)
            m_cameBelow.append(m_model->index(row, 0, parent));
        return;
    }
    const auto isAbove = [](const std::pair<int, int> &range, int row) {
        return range.second < row;
    };
    const auto next = std::lower_bound(m_came.begin(), m_came.end(), first, isAbove);
    const int count = last - first + 1;
    const bool isWithin = next != m_came.end() && next->first <= first;
    for (auto range = next; range != m_came.end(); ++range) {
        range->first += isWithin && range == next ? 0 : count;
        range->second += count;
    }
    if (!isWithin)
        m_came.insert(next - m_came.begin(), { first, last });
}

void RememberedRows::noteRemoved(const QModelIndex &parent, int first, int last)
{
    m_hasLost = !isEmpty();
    if (parent.isValid())
        return;
    const int count = last - first + 1;
    for (auto &[top, bottom] : m_came) {
        top -= std::clamp(top - first, 0, count);
        bottom -= std::clamp(bottom - first + 1, 0, count);
    }
    m_came.removeIf([](const auto &range) { return range.second < range.first; });
}

// A reset is that all rows go and others come.
void RememberedRows::noteReset()
{
    m_hasLost = !isEmpty();
    m_cameBelow.clear();
    m_came.clear();
    if (m_hasLost && m_model->rowCount() > 0)
        m_came.append({ 0, m_model->rowCount() - 1 });
}

// ---- Paths

RememberedRows::Path RememberedRows::pathOf(const QModelIndex &index)
{
    Path path;
    if (!index.isValid())
        return path;
    const auto type = index.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>();
    path.append(index.data(SnapshotModel::EntityIdRole).toString());
    if (type != SnapshotModel::NodeType::Recorder)
        path.append(index.data(SnapshotModel::MetricRole).toString());
    if (type == SnapshotModel::NodeType::Dimension)
        path.append(index.data(SnapshotModel::DimensionRole).toString());
    return path;
}

void RememberedRows::settleGone()
{
    if (!std::exchange(m_hasLost, false))
        return;
    m_here.removeIf([this](std::pair<const Path &, QPersistentModelIndex &> row) {
        if (row.second.isValid())
            return false;
        m_gone.insert(row.first, ++m_lastGone);
        m_byAge.insert(m_lastGone, row.first);
        return true;
    });
    while (m_byAge.size() > goneAtMost)
        forget(Path(m_byAge.first()));
}

void RememberedRows::find(const QModelIndex &index)
{
    const Path path = pathOf(index);
    if (const auto gone = m_gone.constFind(path); gone != m_gone.cend()) {
        m_byAge.remove(*gone);
        m_gone.erase(gone);
        m_here.insert(path, index);
    }
    if (!m_above.contains(path))
        return;
    for (int row = 0; row < m_model->rowCount(index); ++row)
        find(m_model->index(row, 0, index));
}

void RememberedRows::forget(const Path &path)
{
    const bool isHere = m_here.remove(path) > 0;
    const auto gone = m_gone.constFind(path);
    if (gone == m_gone.cend()) {
        countAbove(path, isHere ? -1 : 0);
        return;
    }
    m_byAge.remove(*gone);
    m_gone.erase(gone);
    countAbove(path, -1);
}

void RememberedRows::countAbove(Path path, int difference)
{
    while (difference != 0 && path.size() > 1) {
        path.removeLast();
        if ((m_above[path] += difference) == 0)
            m_above.remove(path);
    }
}

} // namespace Recorders::Internal

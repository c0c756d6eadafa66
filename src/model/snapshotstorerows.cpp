// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotstore_p.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Recorders::Internal {

/*
    Recorders that come or go between others are told of range by range, as long as there are few
    ranges: a view of Qt Quick keeps its place only then. Each range costs as much as there are
    rows, here and in a QTableView: a thousand of them among 100 000 recorders take half a second. So
    many are told of in two steps: those that come are inserted as the last rows, and then all rows
    are reordered; those that go are made the last rows, and then removed.
*/

namespace {

constexpr std::ptrdiff_t rangesAtMost = 32;

using Rows = std::vector<int>;

Rows::const_iterator endOfRange(Rows::const_iterator first, Rows::const_iterator end)
{
    const auto last = std::adjacent_find(first, end, [](int a, int b) { return b != a + 1; });
    return last == end ? end : std::next(last);
}

std::ptrdiff_t rangeCount(const Rows &rows)
{
    std::ptrdiff_t ranges = 0;
    for (auto next = rows.cbegin(); next != rows.cend(); next = endOfRange(next, rows.cend()))
        ++ranges;
    return ranges;
}

} // namespace

// Those that belong between the same two rows are inserted at once.
void SnapshotStore::insertRecorders(RecorderRows::Nodes added)
{
    RecorderRows::sort(added);
    const std::vector<RecorderRows::Place> places = m_recorders.placesOf(added);
    if (std::ssize(places) > rangesAtMost) {
        insertScattered(std::move(added), places);
        return;
    }
    auto next = added.begin();
    for (const auto &[place, count] : places) {
        const int first = place + int(next - added.begin());
        const auto end = next + count;
        m_observer->beginInsertRecorders(first, first + int(count) - 1);
        addToTotals({ next, end });
        m_recorders.insert(first, next, end);
        m_observer->endInsertRecorders();
        next = end;
    }
}

void SnapshotStore::insertScattered(RecorderRows::Nodes added,
                                    const std::vector<RecorderRows::Place> &places)
{
    const QScopedValueRollback scattering(m_scattering, Scattering::Coming);
    const int first = recorderCount();
    m_observer->beginInsertRecorders(first, first + int(added.size()) - 1);
    addToTotals(added);
    m_recorders.append(std::move(added));
    m_observer->endInsertRecorders();
    reorder(mergingOrder(first, places), 0);
}

void SnapshotStore::addToTotals(std::span<const RecorderRows::Nodes::value_type> added)
{
    for (const auto &recorder : added) {
        m_totals.add(*recorder);
        m_totals.quarantined += quarantinedOf(*recorder);
        m_behind += recorder->isBehind ? 1 : 0;
    }
}

// From the last row to the first, so that the others keep their numbers until it is their turn.
void SnapshotStore::removeRows(std::vector<int> rows)
{
    if (rangeCount(rows) > rangesAtMost) {
        removeScattered(removeHeld(std::move(rows)));
        return;
    }
    while (!rows.empty()) {
        const int last = rows.back();
        int first = last;
        rows.pop_back();
        while (!rows.empty() && rows.back() == first - 1) {
            first = rows.back();
            rows.pop_back();
        }
        removeRange(first, last);
    }
}

// A view whose current row goes turns to the row below or above. At the end that would be the last one
// that is left, far away. Returns the rows that are to be removed yet.
std::vector<int> SnapshotStore::removeHeld(std::vector<int> rows)
{
    const std::vector<int> heldByAny = sortedRows(m_observer->heldRecorders());
    std::vector<int> held;
    std::vector<int> others;
    for (auto first = rows.cbegin(); first != rows.cend();) {
        const auto end = endOfRange(first, rows.cend());
        const auto next = std::lower_bound(heldByAny.cbegin(), heldByAny.cend(), *first);
        const bool isHeld = next != heldByAny.cend() && *next <= *std::prev(end);
        std::copy(first, end, std::back_inserter(isHeld ? held : others));
        first = end;
    }
    if (rangeCount(held) > rangesAtMost)
        return rows;
    for (int &row : others)
        row -= int(std::lower_bound(held.cbegin(), held.cend(), row) - held.cbegin());
    removeRows(std::move(held));
    return others;
}

void SnapshotStore::removeScattered(const std::vector<int> &rows)
{
    const QScopedValueRollback scattering(m_scattering, Scattering::Going);
    if (rows.empty())
        return;
    const int left = recorderCount() - int(rows.size());
    reorder(gatheringOrder(recorderCount(), rows), left);
    removeRange(left, recorderCount() - 1);
}

void SnapshotStore::removeRange(int first, int last)
{
    m_observer->beginRemoveRecorders(first, last);
    for (int row = first; row <= last; ++row)
        forget(*recorderAt(row));
    m_recorders.remove(first, last);
    m_observer->endRemoveRecorders();
}

void SnapshotStore::reorder(const std::vector<int> &newRows, int tail)
{
    m_observer->beginReorderRecorders();
    m_recorders.reorder(newRows, tail);
    m_observer->endReorderRecorders(newRows);
}

} // namespace Recorders::Internal

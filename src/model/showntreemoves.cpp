// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/showntree_p.h"

#include <recorders/model/snapshotfiltermodel.h>

#include <span>

namespace Recorders::Internal {

/*
    A view of Qt Quick makes all its delegates anew, and loses its place, when a new layout is
    announced. So it is told of each range that goes, moves and comes.
*/
void ShownTree::remove(const Level &level)
{
    ShownRows &shown = rows(level.id);
    for (const RowRange &range : unwantedRanges(shown, level.target)) {
        q->beginRemoveRows(indexOf(level.id), range.first, range.last);
        for (int place = range.first; place <= range.last; ++place)
            forgetBelow(level.id, shown.sourceRow(place));
        shown.remove(range);
        q->endRemoveRows();
    }
}

// What is not wanted any more has gone, and what is new comes afterwards.
void ShownTree::move(const Level &level)
{
    ShownRows &shown = rows(level.id);
    std::vector<int> newPlaces(size_t(shown.count()));
    int newPlace = 0;
    for (const int row : level.target) {
        if (const int place = shown.place(row); place != ShownRows::nowhere)
            newPlaces[size_t(place)] = newPlace++;
    }
    for (const RowMove &move : rowMoves(newPlaces)) {
        const QModelIndex above = indexOf(level.id);
        q->beginMoveRows(above, move.first, move.last, above, move.destination);
        shown.move(move);
        q->endMoveRows();
    }
}

void ShownTree::insert(const Level &level)
{
    ShownRows &shown = rows(level.id);
    const std::span target(level.target);
    for (const auto &[first, last] : newRanges(shown, level.target)) {
        q->beginInsertRows(indexOf(level.id), first, last);
        shown.insert(first, target.subspan(size_t(first), size_t(last - first) + 1));
        q->endInsertRows();
    }
}

} // namespace Recorders::Internal

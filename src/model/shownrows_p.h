// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/rowmoves_p.h"

#include <span>
#include <vector>

namespace Recorders::Internal {

std::vector<int> allRows(int count); // 0, 1, ...

// Adjacent rows: empty if last < first.
struct RowRange
{
    int first = 0;
    int last = -1;

    bool isEmpty() const { return last < first; }
};

// Which rows of a source are shown below one parent, and where.
class ShownRows
{
public:
    static constexpr int nowhere = -1;

    int count() const { return int(m_shown.size()); }
    int sourceRow(int place) const { return m_shown[std::size_t(place)]; }
    int place(int sourceRow) const; // or nowhere
    int sourceCount() const { return int(m_places.size()); }
    const std::vector<int> &order() const { return m_shown; }

    void reset(int sourceCount, std::vector<int> order);
    void resetToAll(int sourceCount);
    void setOrder(std::vector<int> order); // of rows of the source as it is
    void insert(int place, std::span<const int> sourceRows);
    void move(const RowMove &move);
    void remove(RowRange places);

    void insertSource(int first, int last); // not shown yet
    void removeSource(int first, int last); // not shown any more
    void reorderSource(const std::vector<int> &newRows); // by the former ones; all are still there

private:
    void markStale(RowRange places);
    void renewPlaces() const;

    std::vector<int> m_shown; // source rows
    mutable std::vector<int> m_places; // by source row
    mutable RowRange m_stale; // places of which m_places does not know yet
};

/*
    However many rows come, go and move here and there, views are told of one range that goes, one
    that comes, and of a new order or two: rows that go are moved to the end first, and rows that
    come are put there, unless they are adjacent anyway.
*/
struct RowChange
{
    std::vector<int> orderBefore; // the new order in which the range is adjacent
    RowRange range;
    std::vector<int> orderAfter; // without or with the range
};

RowChange hiding(const ShownRows &rows, const std::vector<int> &target);
RowChange showing(const ShownRows &rows, const std::vector<int> &target);

// Or of every range: of those that are shown and not wanted, from bottom to top, so that the others
// stay where they are; of those that are wanted and not shown, from top to bottom, so that each
// comes where it is in the target.
std::vector<RowRange> unwantedRanges(const ShownRows &rows, const std::vector<int> &target);
std::vector<RowRange> newRanges(const ShownRows &rows, const std::vector<int> &target);

} // namespace Recorders::Internal

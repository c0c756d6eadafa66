// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <vector>

namespace Recorders::Internal {

std::vector<int> allRows(int count); // 0, 1, ...

// Which rows of a source are shown below one parent, and where.
class ShownRows
{
public:
    static constexpr int nowhere = -1;

    int count() const { return int(m_shown.size()); }
    int sourceRow(int place) const { return m_shown[std::size_t(place)]; }
    int place(int sourceRow) const { return m_places[std::size_t(sourceRow)]; } // or nowhere
    int sourceCount() const { return int(m_places.size()); }
    const std::vector<int> &order() const { return m_shown; }

    void reset(int sourceCount, std::vector<int> order);
    void resetToAll(int sourceCount);
    void setOrder(std::vector<int> order); // of rows of the source as it is

    void insertSource(int first, int last); // not shown yet
    void removeSource(int first, int last); // not shown any more

private:
    std::vector<int> m_shown; // source rows
    std::vector<int> m_places; // by source row
};

// Adjacent rows: empty if last < first.
struct RowRange
{
    int first = 0;
    int last = -1;

    bool isEmpty() const { return last < first; }
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

} // namespace Recorders::Internal

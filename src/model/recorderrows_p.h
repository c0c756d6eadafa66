// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotnodes_p.h"

#include <QHash>
#include <QString>

#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace Recorders::Internal {

/*
    Recorders by row and by id: the rows are in the natural order of the ids.

    A recorder's row number is not stored, since inserting one would renumber all behind it. Each
    node remembers where it was seen last; if another one is there now, a binary search finds it.

    While many come or go, the last rows may be in an order of their own: those that do not have
    their places among the others yet, or have them no more.
*/
class RecorderRows
{
public:
    using Nodes = std::vector<std::unique_ptr<RecorderNode>>;

    int count() const { return int(m_rows.size()); }
    RecorderNode *at(int row) const { return m_rows[std::size_t(row)].get(); }
    RecorderNode *find(const QString &entityId) const { return m_byId.value(entityId); }
    int rowOf(const RecorderNode &recorder) const;
    // In the order of the rows.
    template <typename Recorders>
    std::vector<int> rowsOf(const Recorders &recorders) const;

    // In the order of the rows, each id once: the first of them.
    static void sort(Nodes &nodes);
    // Before which row some of the sorted nodes belong, and how many of them.
    struct Place
    {
        int row;
        std::ptrdiff_t count;
    };
    std::vector<Place> placesOf(const Nodes &nodes) const;
    void insert(int row, Nodes::iterator first, Nodes::iterator end);
    void remove(int first, int last);
    void clear();

    void append(Nodes nodes); // that do not have their places yet
    void reorder(const std::vector<int> &newRows, int tail = 0); // by the rows as they are

private:
    Nodes m_rows;
    int m_tail = 0; // where their order begins anew
    QHash<QString, RecorderNode *> m_byId;
};

std::vector<int> sortedRows(std::vector<int> rows); // each once

// New numbers of rows: of those at the end, which get their places among the others, or of some
// that are in their order, which are put at the end.
std::vector<int> mergingOrder(int others, const std::vector<RecorderRows::Place> &places);
std::vector<int> gatheringOrder(int count, const std::vector<int> &rows);

template <typename Recorders>
std::vector<int> RecorderRows::rowsOf(const Recorders &recorders) const
{
    std::vector<int> rows;
    rows.reserve(std::size(recorders));
    for (const RecorderNode *recorder : recorders)
        rows.push_back(rowOf(*recorder));
    return sortedRows(std::move(rows));
}

} // namespace Recorders::Internal

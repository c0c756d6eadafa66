// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <vector>

namespace Recorders::Internal {

// The rows of a table that come in blocks: which block a row is in, and where a block begins, in
// logarithmic time, also when blocks grow and shrink. (A Fenwick tree.) Blocks that come or go
// elsewhere than at the end cost as much as there are blocks.
class RowCounts
{
public:
    struct Place
    {
        int block;
        int offset; // in the block
    };

    int total() const { return m_total; }
    int rowsOf(int block) const { return m_counts[std::size_t(block)]; }
    int firstRowOf(int block) const;
    Place placeOf(int row) const;

    void clear();
    void insert(int block, const std::vector<int> &counts);
    void remove(int first, int last);
    void add(int block, int rows); // or takes some away
    std::vector<int> reorder(const std::vector<int> &newBlocks); // returns new numbers of all rows

private:
    void rebuild(std::size_t first);

    std::vector<int> m_counts;
    std::vector<int> m_sums; // at i: of the blocks from i - (the lowest bit of i) up to i, 1-based
    int m_total = 0;
};

} // namespace Recorders::Internal

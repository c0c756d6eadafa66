// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/rowcounts_p.h"

#include <bit>
#include <numeric>

namespace Recorders::Internal {

namespace {

constexpr std::size_t lowestBit(std::size_t number)
{
    return number & (~number + 1);
}

} // namespace

int RowCounts::firstRowOf(int block) const
{
    int rows = 0;
    for (auto i = std::size_t(block); i > 0; i -= lowestBit(i))
        rows += m_sums[i - 1];
    return rows;
}

RowCounts::Place RowCounts::placeOf(int row) const
{
    std::size_t block = 0;
    for (std::size_t step = std::bit_floor(m_sums.size()); step > 0; step /= 2) {
        const std::size_t next = block + step;
        if (next <= m_sums.size() && m_sums[next - 1] <= row) {
            row -= m_sums[next - 1];
            block = next;
        }
    }
    return { int(block), row };
}

void RowCounts::clear()
{
    m_counts.clear();
    m_sums.clear();
    m_total = 0;
}

void RowCounts::insert(int block, const std::vector<int> &counts)
{
    m_counts.insert(m_counts.begin() + block, counts.begin(), counts.end());
    m_total += std::accumulate(counts.begin(), counts.end(), 0);
    rebuild(std::size_t(block));
}

void RowCounts::remove(int first, int last)
{
    const auto begin = m_counts.begin() + first;
    const auto end = m_counts.begin() + last + 1;
    m_total -= std::accumulate(begin, end, 0);
    m_counts.erase(begin, end);
    rebuild(std::size_t(first));
}

void RowCounts::add(int block, int rows)
{
    m_counts[std::size_t(block)] += rows;
    m_total += rows;
    for (auto i = std::size_t(block) + 1; i <= m_sums.size(); i += lowestBit(i))
        m_sums[i - 1] += rows;
}

std::vector<int> RowCounts::reorder(const std::vector<int> &newBlocks)
{
    const std::vector<int> counts = m_counts;
    for (std::size_t block = 0; block < counts.size(); ++block)
        m_counts[std::size_t(newBlocks[block])] = counts[block];
    rebuild(0);
    std::vector<int> newRows;
    newRows.reserve(std::size_t(m_total));
    for (std::size_t block = 0; block < counts.size(); ++block) {
        const int first = firstRowOf(newBlocks[block]);
        for (int row = 0; row < counts[block]; ++row)
            newRows.push_back(first + row);
    }
    return newRows;
}

// Sums of blocks before the first are right. A sum consists of its own block and the sums that
// end just before it.
void RowCounts::rebuild(std::size_t first)
{
    m_sums.resize(m_counts.size());
    for (std::size_t i = first + 1; i <= m_sums.size(); ++i) {
        int sum = m_counts[i - 1];
        for (std::size_t part = i - 1; part > i - lowestBit(i); part -= lowestBit(part))
            sum += m_sums[part - 1];
        m_sums[i - 1] = sum;
    }
}

} // namespace Recorders::Internal

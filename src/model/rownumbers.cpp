// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/rownumbers_p.h"

#include <algorithm>
#include <numeric>

namespace Recorders::Internal {

std::vector<int> RowNumbers::rowsByNumber() const
{
    std::vector<int> rows(std::size_t(m_limit), nowhere);
    for (int row = 0; row < rowCount(); ++row)
        rows[std::size_t(at(row))] = row;
    return rows;
}

void RowNumbers::assign(int rows)
{
    *this = {};
    m_limit = rows;
    m_numbers.resize(std::size_t(rows));
    std::iota(m_numbers.begin(), m_numbers.end(), 0);
}

void RowNumbers::insert(int first, int last)
{
    std::vector<int> added(std::size_t(last - first + 1));
    std::generate(added.begin(), added.end(), [this] { return newNumber(); });
    m_numbers.insert(m_numbers.begin() + first, added.cbegin(), added.cend());
}

int RowNumbers::newNumber()
{
    if (m_free.empty())
        return m_limit++;
    const int number = m_free.back();
    m_free.pop_back();
    return number;
}

void RowNumbers::remove(int first, int last)
{
    const auto begin = m_numbers.begin() + first;
    const auto end = m_numbers.begin() + last + 1;
    std::vector<int> &freed = m_isHeld ? m_held : m_free;
    freed.insert(freed.end(), begin, end);
    m_numbers.erase(begin, end);
}

void RowNumbers::reorder(const std::vector<int> &newRows)
{
    const std::vector<int> numbers = m_numbers;
    for (std::size_t row = 0; row < numbers.size(); ++row)
        m_numbers[std::size_t(newRows[row])] = numbers[row];
}

void RowNumbers::release()
{
    m_isHeld = false;
    m_free.insert(m_free.end(), m_held.cbegin(), m_held.cend());
    m_held.clear();
}

} // namespace Recorders::Internal

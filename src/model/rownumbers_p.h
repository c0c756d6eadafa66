// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <vector>

namespace Recorders::Internal {

// Numbers of rows, which these keep while others come and go.
class RowNumbers
{
public:
    static constexpr int nowhere = -1;

    int rowCount() const { return int(m_numbers.size()); }
    int limit() const { return m_limit; } // all numbers are below
    int at(int row) const { return m_numbers[std::size_t(row)]; }
    const std::vector<int> &byRow() const { return m_numbers; }
    std::vector<int> rowsByNumber() const; // nowhere: no row has it

    void assign(int rows);
    void insert(int first, int last);
    void remove(int first, int last);
    void reorder(const std::vector<int> &newRows);

    // While numbers are being looked at elsewhere, those of rows that go must not be used again.
    void hold() { m_isHeld = true; }
    void release();

private:
    int newNumber();

    std::vector<int> m_numbers;
    std::vector<int> m_free;
    std::vector<int> m_held; // free as soon as nobody looks
    int m_limit = 0;
    bool m_isHeld = false;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/searchindexer_p.h"

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr int rowsAtOnce = 512; // between two looks at the clock

} // namespace

void SearchIndexer::begin(int rows)
{
    end();
    m_isUsed = true;
    m_numbers.assign(rows);
    m_isUnread.assign(std::size_t(rows), true);
    m_unreadCount = rows;
}

// The old index may still belong to a search.
void SearchIndexer::end()
{
    *this = {};
}

void SearchIndexer::insertRows(int first, int last)
{
    m_numbers.insert(first, last);
    m_isUnread.resize(std::size_t(m_numbers.limit()));
    setUnread(first, last);
}

void SearchIndexer::removeRows(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const auto number = std::size_t(m_numbers.at(row));
        m_unreadCount -= m_isUnread[number] ? 1 : 0;
        m_isUnread[number] = false;
    }
    m_numbers.remove(first, last);
}

void SearchIndexer::changeRows(int first, int last)
{
    setUnread(first, last);
}

// Values are read only if they are needed, and then all of them.
void SearchIndexer::prepareFor(const RowCriteria &criteria)
{
    const SortKey keyBefore = std::exchange(m_key, criteria.key);
    const bool comparesValues = criteria.pattern.looksAtValues();
    const bool comparedValues = std::exchange(m_comparesValues, comparesValues);
    if (m_key != keyBefore)
        m_index->values = {};
    if (comparesValues != comparedValues)
        m_index->setComparesValues(comparesValues);
    if ((m_key != keyBefore && isLive(m_key)) || (comparesValues && !comparedValues))
        setUnread(0, m_numbers.rowCount() - 1);
}

void SearchIndexer::setUnread(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const auto number = std::size_t(m_numbers.at(row));
        m_unreadCount += m_isUnread[number] ? 0 : 1;
        m_isUnread[number] = true;
    }
}

// Where the rows end that are unread and follow this one.
int SearchIndexer::unreadEnd(int row) const
{
    const int limit = std::min(m_numbers.rowCount(), row + rowsAtOnce);
    while (row < limit && m_isUnread[std::size_t(m_numbers.at(row))])
        ++row;
    return row;
}

bool SearchIndexer::read(const FilterSource &source, QDeadlineTimer until)
{
    m_index->resize(m_numbers.limit());
    while (m_unreadCount > 0) {
        if (m_nextRow >= m_numbers.rowCount())
            m_nextRow = 0;
        const int end = unreadEnd(m_nextRow);
        if (end == m_nextRow) {
            ++m_nextRow;
            continue;
        }
        source.read(m_nextRow, end - 1, m_numbers.byRow(), m_key, *m_index);
        m_unreadCount -= end - m_nextRow;
        for (; m_nextRow < end; ++m_nextRow)
            m_isUnread[std::size_t(m_numbers.at(m_nextRow))] = false;
        if (until.hasExpired())
            return m_unreadCount == 0;
    }
    return true;
}

} // namespace Recorders::Internal

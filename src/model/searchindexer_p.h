// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/filtersource_p.h"
#include "model/rownumbers_p.h"

#include <QDeadlineTimer>

#include <memory>
#include <vector>

namespace Recorders::Internal {

/*
    Keeps an index in step with a source. Rows that come or change are only noted, and read before
    the next search: piece by piece, so that the thread has time for others however many there
    are. While a search runs, the index belongs to it.
*/
class SearchIndexer
{
public:
    bool isUsed() const { return m_isUsed; }
    const RowNumbers &numbers() const { return m_numbers; }
    const std::shared_ptr<SearchIndex> &index() const { return m_index; }

    void begin(int rows);
    void end(); // forgets everything

    void insertRows(int first, int last);
    void removeRows(int first, int last);
    void changeRows(int first, int last);
    void reorderRows(const std::vector<int> &newRows) { m_numbers.reorder(newRows); }
    void prepareFor(const RowCriteria &criteria);

    // Reads rows until all are read or time is over. Returns true if they are.
    bool read(const FilterSource &source, QDeadlineTimer until);

    void lend() { m_numbers.hold(); } // the index, to a search
    void takeBack() { m_numbers.release(); }

private:
    void setUnread(int first, int last);
    int unreadEnd(int row) const;

    std::shared_ptr<SearchIndex> m_index = std::make_shared<SearchIndex>();
    RowNumbers m_numbers;
    std::vector<bool> m_isUnread; // by number
    int m_unreadCount = 0;
    int m_nextRow = 0; // where reading goes on
    SortKey m_key = SortKey::None;
    bool m_comparesValues = false;
    bool m_isUsed = false;
};

} // namespace Recorders::Internal

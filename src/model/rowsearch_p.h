// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/rowpattern_p.h"
#include "model/searchindex_p.h"

#include <atomic>
#include <memory>
#include <vector>

namespace Recorders::Internal {

// Which rows are wanted, and in which order.
struct RowCriteria
{
    RowPattern pattern;
    SortKey key = SortKey::None;
    Qt::SortOrder order = Qt::AscendingOrder;

    bool areMetByAll() const { return pattern.isEmpty() && key == SortKey::None; }
};

// One search, in whichever thread.
struct RowSearch
{
    struct Result
    {
        std::vector<int> numbers; // of the rows that fit, in their order
        int hits = 0; // those not counted that are below one that fits itself
        int searched = 0; // rows on all levels
    };

    std::shared_ptr<SearchIndex> index;
    std::shared_ptr<std::atomic<bool>> isCanceled;
    std::vector<int> numbers; // of the rows, in the order of the source
    RowCriteria criteria;

    Result run() const;
};

} // namespace Recorders::Internal

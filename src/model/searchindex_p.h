// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/metricpool_p.h"
#include "model/sortvalue_p.h"

#include <QVariant>

#include <mutex>
#include <vector>

namespace Recorders::Internal {

struct MetricNode;
struct RecorderNode;

// A row as the search sees it: a dimension of a table, or a recorder of a tree.
struct SearchedRow
{
    static constexpr int none = -1;

    QString entityId;
    RecorderState state = RecorderState::Created;
    int metric = none; // in the pool; none: a recorder
    int dimension = none;
};

// All rows as the search sees them, each at a number that it keeps.
class SearchIndex
{
public:
    void resize(int numbers);
    void set(int number, const MetricNode &metric, int dimension);
    void set(int number, const RecorderNode &recorder);
    void setValue(int number, SortValue value); // of the column that is sorted by
    void setComparesValues(bool compares); // forgets them; what was set before has none

    std::mutex mutex; // held by the search; others may write when none runs
    std::vector<SearchedRow> rows;
    std::vector<std::vector<int>> metrics; // of a tree: those of the recorders, in the pool
    std::vector<SortValue> values; // if they are needed
    std::vector<QVariant> compared; // of dimensions in a table, if they are needed
    std::vector<std::vector<QVariant>> comparedBelow; // of all dimensions of recorders, likewise
    MetricPool pool;

private:
    void setComparedBelow(int number, const RecorderNode &recorder);

    bool m_comparesValues = false;
};

} // namespace Recorders::Internal

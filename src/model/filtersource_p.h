// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/modelcontent_p.h"
#include "model/rowsearch_p.h"

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
class QModelIndex;
QT_END_NAMESPACE

namespace Recorders {
class FlatSnapshotModel;
class SnapshotModel;
} // namespace Recorders

namespace Recorders::Internal {

// A model that is filtered, as the filter needs to see it.
class FilterSource
{
public:
    static std::unique_ptr<FilterSource> of(const QAbstractItemModel *model); // null: cannot be

    FilterSource() = default;
    virtual ~FilterSource() = default;

    virtual ModelContent &content() const = 0; // of the model
    const SnapshotStore &store() const { return content().store(); }
    virtual bool isTree() const = 0;
    virtual int rowCount() const = 0;
    virtual SortKey sortKey(int column) const = 0; // of -1: None

    // Notes what the search is to see of adjacent rows.
    virtual void read(int first, int last, const std::vector<int> &numbers, SortKey key,
                      SearchIndex &index) const = 0;

    // Of a role of the source's that is shown in a column of its own.
    virtual QString columnText(const QModelIndex &index, int role) const = 0;

    // Of a tree.
    virtual const RecorderNode *recorderAt(int row) const = 0;
    virtual int rowOf(const RecorderNode &recorder) const = 0;
    virtual std::vector<int> wantedMetrics(const RecorderNode &recorder,
                                           const RowCriteria &criteria) const = 0;

private:
    Q_DISABLE_COPY_MOVE(FilterSource)
};

} // namespace Recorders::Internal

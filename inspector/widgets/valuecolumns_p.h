// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotfiltermodel.h>

namespace Recorders::Internal {

// The columns of a model of snapshots: names, three for the value, and those that a filter adds.
struct ValueColumns
{
    explicit ValueColumns(const QAbstractItemModel &model)
        : ValueColumns(model.columnCount() - extraColumns(model))
    {
    }

    int value;
    int unit;
    int rate;
    int extra; // the first of them

private:
    explicit ValueColumns(int count)
        : value(count - 3)
        , unit(count - 2)
        , rate(count - 1)
        , extra(count)
    {
    }

    static int extraColumns(const QAbstractItemModel &model)
    {
        const auto *filter = qobject_cast<const SnapshotFilterModel *>(&model);
        return filter ? int(filter->extraColumns().size()) : 0;
    }
};

} // namespace Recorders::Internal

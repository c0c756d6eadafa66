// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/rowhold_p.h"

namespace Recorders {
class SnapshotFilterModel;
}

namespace Recorders::Internal {

// Holds the order of a filter's rows as long as they are not to move.
class OrderHold : public QObject
{
    Q_OBJECT

public:
    OrderHold(QAbstractItemView *view, SnapshotFilterModel *filter);

private:
    void update();

    RowHold m_hold;
    SnapshotFilterModel *const m_filter;
};

} // namespace Recorders::Internal

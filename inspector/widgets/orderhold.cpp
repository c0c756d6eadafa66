// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/orderhold_p.h"

#include <recorders/model/snapshotfiltermodel.h>

#include <QAbstractItemView>

namespace Recorders::Internal {

OrderHold::OrderHold(QAbstractItemView *view, SnapshotFilterModel *filter)
    : QObject(view)
    , m_hold(view)
    , m_filter(filter)
{
    connect(&m_hold, &RowHold::changed, this, &OrderHold::update);
    connect(filter, &SnapshotFilterModel::sortingChanged, this, &OrderHold::update);
    connect(filter, &SnapshotFilterModel::filterTextChanged, this, &OrderHold::update);
}

// Without an order or a search, no row goes anywhere.
void OrderHold::update()
{
    const bool mayMove = m_filter->sortColumn() >= 0 || !m_filter->filterText().isEmpty();
    m_filter->setHoldOrder(mayMove && m_hold.isHeld());
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/nodedimensions_p.h"

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

int NodeDimensions::indexOf(QStringView name) const
{
    if (!m_passage)
        return data().indexOf(name);
    for (int row = 0; row < size(); ++row) {
        if (at(row).name == name)
            return row;
    }
    return -1;
}

int NodeDimensions::Passage::placeOf(int row) const
{
    const auto behind =
            std::upper_bound(added.begin(), added.end(), row, [](int wanted, const Added &range) {
                return wanted < range.rows.first;
            });
    if (behind == added.begin())
        return row;
    const Added &last = *std::prev(behind);
    return row <= last.rows.last ? -1 : row - last.countUntil;
}

NodeDimensions::Passage &NodeDimensions::passage()
{
    if (!m_passage)
        m_passage = std::make_unique<Passage>(Passage{ m_snapshot.dimensions() });
    return *m_passage;
}

void NodeDimensions::remove(DimensionRows rows)
{
    Q_ASSERT(passage().added.empty());
    passage().known.remove(rows.first, rows.count());
}

void NodeDimensions::insert(DimensionRows rows, const QList<Dimension> &coming)
{
    std::vector<Added> &added = passage().added;
    Q_ASSERT(added.empty() || added.back().rows.last < rows.first);
    passage().coming = coming;
    added.push_back({ rows, passage().addedCount() + rows.count() });
}

void NodeDimensions::set(const MetricSnapshot &snapshot)
{
    m_snapshot = SnapshotAccess::squeezed(snapshot, data().shape());
    m_passage.reset();
}

} // namespace Recorders::Internal

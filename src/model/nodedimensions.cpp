// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/nodedimensions_p.h"

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

int NodeDimensions::indexOf(QStringView name) const
{
    for (int row = 0; row < size(); ++row) {
        if (at(row).name == name)
            return row;
    }
    return -1;
}

int NodeDimensions::Coming::placeOf(int row) const
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

void NodeDimensions::remove(DimensionRows rows)
{
    Q_ASSERT(!m_coming);
    m_known.remove(rows.first, rows.count());
}

void NodeDimensions::insert(DimensionRows rows, const QList<Dimension> &coming)
{
    if (!m_coming)
        m_coming = std::make_unique<Coming>(Coming{ coming });
    Q_ASSERT(m_coming->added.empty() || m_coming->added.back().rows.last < rows.first);
    m_coming->added.push_back({ rows, m_coming->count() + rows.count() });
}

void NodeDimensions::set(const QList<Dimension> &dimensions)
{
    m_known = dimensions;
    m_coming.reset();
}

} // namespace Recorders::Internal

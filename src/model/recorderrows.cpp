// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/recorderrows_p.h"

#include "model/naturalorder_p.h"

#include <QStringView>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Recorders::Internal {

namespace {

bool isBefore(const std::unique_ptr<RecorderNode> &node, QStringView entityId)
{
    return compareNaturally(node->entityId, entityId) < 0;
}

} // namespace

std::vector<int> sortedRows(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

int RecorderRows::rowOf(const RecorderNode &recorder) const
{
    const bool isThere = recorder.rowHint < count() && at(recorder.rowHint) == &recorder;
    if (!isThere) {
        const auto found = std::lower_bound(m_rows.cbegin(), m_rows.cend(),
                                            QStringView(recorder.entityId), isBefore);
        recorder.rowHint = int(found - m_rows.cbegin());
    }
    return recorder.rowHint;
}

void RecorderRows::sort(Nodes &nodes)
{
    const auto order = [](const auto &a, const auto &b) {
        return isBefore(a, b->entityId);
    };
    if (!std::is_sorted(nodes.begin(), nodes.end(), order))
        std::sort(nodes.begin(), nodes.end(), order);
    const auto isSame = [](const auto &a, const auto &b) {
        return a->entityId == b->entityId;
    };
    nodes.erase(std::unique(nodes.begin(), nodes.end(), isSame), nodes.end());
}

RecorderRows::Place RecorderRows::placeOf(Nodes::iterator first, Nodes::iterator end) const
{
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(),
                                        QStringView((*first)->entityId), isBefore);
    if (place != m_rows.end())
        end = std::lower_bound(first, end, QStringView((*place)->entityId), isBefore);
    return { int(place - m_rows.begin()), end - first };
}

void RecorderRows::insert(int row, Nodes::iterator first, Nodes::iterator end)
{
    for (auto node = first; node != end; ++node) {
        (*node)->rowHint = row + int(node - first);
        m_byId.insert((*node)->entityId, node->get());
    }
    m_rows.insert(m_rows.begin() + row, std::make_move_iterator(first),
                  std::make_move_iterator(end));
}

void RecorderRows::remove(int first, int last)
{
    const auto begin = m_rows.begin() + first;
    const auto end = m_rows.begin() + last + 1;
    std::for_each(begin, end, [this](const auto &recorder) { m_byId.remove(recorder->entityId); });
    m_rows.erase(begin, end);
}

void RecorderRows::clear()
{
    m_byId.clear();
    m_rows.clear();
}

} // namespace Recorders::Internal

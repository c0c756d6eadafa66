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
        const QStringView id(recorder.entityId);
        const auto tail = m_rows.cbegin() + m_tail;
        auto found = std::lower_bound(m_rows.cbegin(), tail, id, isBefore);
        if (found == tail || found->get() != &recorder)
            found = std::lower_bound(tail, m_rows.cend(), id, isBefore);
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

std::vector<RecorderRows::Place> RecorderRows::placesOf(const Nodes &nodes) const
{
    std::vector<Place> places;
    auto row = m_rows.cbegin();
    for (auto next = nodes.cbegin(); next != nodes.cend();) {
        const auto first = next;
        row = std::lower_bound(row, m_rows.cend(), QStringView((*first)->entityId), isBefore);
        next = row == m_rows.cend()
                ? nodes.cend()
                : std::lower_bound(first, nodes.cend(), QStringView((*row)->entityId), isBefore);
        places.push_back({ int(row - m_rows.cbegin()), next - first });
    }
    return places;
}

void RecorderRows::insert(int row, Nodes::iterator first, Nodes::iterator end)
{
    for (auto node = first; node != end; ++node) {
        (*node)->rowHint = row + int(node - first);
        m_byId.insert((*node)->entityId, node->get());
    }
    m_rows.insert(m_rows.begin() + row, std::make_move_iterator(first),
                  std::make_move_iterator(end));
    m_tail = 0;
}

void RecorderRows::append(Nodes nodes)
{
    const int tail = count();
    insert(tail, nodes.begin(), nodes.end());
    m_tail = tail;
}

void RecorderRows::remove(int first, int last)
{
    const auto begin = m_rows.begin() + first;
    const auto end = m_rows.begin() + last + 1;
    std::for_each(begin, end, [this](const auto &recorder) { m_byId.remove(recorder->entityId); });
    m_rows.erase(begin, end);
    m_tail = 0;
}

void RecorderRows::reorder(const std::vector<int> &newRows, int tail)
{
    Nodes rows(m_rows.size());
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        rows[std::size_t(newRows[row])] = std::move(m_rows[row]);
    m_rows = std::move(rows);
    m_tail = tail;
}

void RecorderRows::clear()
{
    m_byId.clear();
    m_rows.clear();
    m_tail = 0;
}

std::vector<int> mergingOrder(int others, const std::vector<RecorderRows::Place> &places)
{
    std::vector<int> newRows;
    std::vector<int> newRowsOfTail;
    int added = 0;
    for (const auto &[row, count] : places) {
        while (std::ssize(newRows) < row)
            newRows.push_back(int(newRows.size()) + added);
        for (const int end = added + int(count); added < end; ++added)
            newRowsOfTail.push_back(row + added);
    }
    while (std::ssize(newRows) < others)
        newRows.push_back(int(newRows.size()) + added);
    newRows.insert(newRows.end(), newRowsOfTail.cbegin(), newRowsOfTail.cend());
    return newRows;
}

std::vector<int> gatheringOrder(int count, const std::vector<int> &rows)
{
    std::vector<int> newRows;
    newRows.reserve(std::size_t(count));
    int gathered = 0;
    for (int row = 0; row < count; ++row) {
        const bool isNext = gathered < std::ssize(rows) && rows[std::size_t(gathered)] == row;
        newRows.push_back(isNext ? count - int(rows.size()) + gathered : row - gathered);
        gathered += isNext ? 1 : 0;
    }
    return newRows;
}

} // namespace Recorders::Internal

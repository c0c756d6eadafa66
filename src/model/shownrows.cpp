// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/shownrows_p.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace Recorders::Internal {

std::vector<int> allRows(int count)
{
    std::vector<int> rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

void ShownRows::reset(int sourceCount, std::vector<int> order)
{
    m_places.resize(std::size_t(sourceCount));
    setOrder(std::move(order));
}

void ShownRows::resetToAll(int sourceCount)
{
    reset(sourceCount, allRows(sourceCount));
}

void ShownRows::setOrder(std::vector<int> order)
{
    m_shown = std::move(order);
    std::fill(m_places.begin(), m_places.end(), nowhere);
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        m_places[std::size_t(m_shown[i])] = int(i);
}

void ShownRows::insertSource(int first, int last)
{
    const int count = last - first + 1;
    for (int &row : m_shown)
        row += row >= first ? count : 0;
    m_places.insert(m_places.begin() + first, std::size_t(count), nowhere);
}

void ShownRows::removeSource(int first, int last)
{
    const int count = last - first + 1;
    for (int &row : m_shown)
        row -= row > last ? count : 0;
    m_places.erase(m_places.begin() + first, m_places.begin() + last + 1);
}

RowChange hiding(const ShownRows &rows, const std::vector<int> &target)
{
    std::vector<bool> isWanted(std::size_t(rows.sourceCount()), false);
    for (const int row : target)
        isWanted[std::size_t(row)] = true;
    const auto isKept = [&isWanted](int row) {
        return isWanted[std::size_t(row)];
    };

    RowChange change{ rows.order(), {}, {} };
    std::vector<int> &order = change.orderBefore;
    const auto first = std::find_if_not(order.begin(), order.end(), isKept);
    const auto end = std::find_if(first, order.end(), isKept);
    const bool isAdjacent =
            std::none_of(end, order.end(), [&isKept](int row) { return !isKept(row); });
    const auto begin = isAdjacent ? first : std::stable_partition(first, order.end(), isKept);
    const auto last = isAdjacent ? end : order.end();
    change.range = { int(begin - order.begin()), int(last - order.begin()) - 1 };
    change.orderAfter.reserve(order.size());
    change.orderAfter.assign(order.begin(), begin);
    change.orderAfter.insert(change.orderAfter.end(), last, order.end());
    return change;
}

RowChange showing(const ShownRows &rows, const std::vector<int> &target)
{
    const auto isNew = [&rows](int row) {
        return rows.place(row) == ShownRows::nowhere;
    };
    const std::vector<int> &shown = rows.order();
    std::vector<int> added;
    std::copy_if(target.cbegin(), target.cend(), std::back_inserter(added), isNew);
    const auto begin = std::find_if(target.cbegin(), target.cend(), isNew);
    auto first = begin - target.cbegin();
    const bool isAdjacent = first <= std::ssize(shown)
            && std::equal(target.cbegin(), begin, shown.cbegin())
            && std::equal(added.cbegin(), added.cend(), begin)
            && std::equal(begin + std::ssize(added), target.cend(), shown.cbegin() + first,
                          shown.cend());
    if (!isAdjacent)
        first = std::ssize(shown);

    RowChange change{ shown, { int(first), int(first + std::ssize(added)) - 1 }, shown };
    change.orderAfter.insert(change.orderAfter.begin() + first, added.cbegin(), added.cend());
    return change;
}

} // namespace Recorders::Internal

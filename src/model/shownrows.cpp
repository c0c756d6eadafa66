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
    m_stale = { 0, count() - 1 };
    renewPlaces();
}

/*
    Of a thousand ranges, each shifts what is below it. Places are worked out when somebody asks for
    one, which a view of a list does not do in between.
*/
int ShownRows::place(int sourceRow) const
{
    if (!m_stale.isEmpty())
        renewPlaces();
    return m_places[std::size_t(sourceRow)];
}

void ShownRows::renewPlaces() const
{
    for (int place = m_stale.first; place <= m_stale.last; ++place)
        m_places[std::size_t(m_shown[std::size_t(place)])] = place;
    m_stale = {};
}

void ShownRows::markStale(RowRange places)
{
    if (m_stale.isEmpty())
        m_stale = places;
    else
        m_stale = { std::min(m_stale.first, places.first), std::max(m_stale.last, places.last) };
    m_stale.last = std::min(m_stale.last, count() - 1);
}

void ShownRows::insert(int place, std::span<const int> sourceRows)
{
    m_shown.insert(m_shown.begin() + place, sourceRows.begin(), sourceRows.end());
    markStale({ place, count() - 1 });
}

void ShownRows::move(const RowMove &move)
{
    const auto first = m_shown.begin() + std::min(move.first, move.destination);
    const auto last = m_shown.begin() + std::max(move.last + 1, move.destination);
    const bool isUpwards = move.destination < move.first;
    std::rotate(first, m_shown.begin() + (isUpwards ? move.first : move.last + 1), last);
    markStale({ int(first - m_shown.begin()), int(last - m_shown.begin()) - 1 });
}

void ShownRows::remove(RowRange places)
{
    const auto first = m_shown.begin() + places.first;
    const auto end = m_shown.begin() + places.last + 1;
    std::for_each(first, end, [this](int row) { m_places[std::size_t(row)] = nowhere; });
    m_shown.erase(first, end);
    markStale({ places.first, count() - 1 });
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

void ShownRows::reorderSource(const std::vector<int> &newRows)
{
    for (int &row : m_shown)
        row = newRows[std::size_t(row)];
    std::fill(m_places.begin(), m_places.end(), nowhere);
    m_stale = { 0, count() - 1 };
}

namespace {

std::vector<bool> wantedOf(const ShownRows &rows, const std::vector<int> &target)
{
    std::vector<bool> isWanted(std::size_t(rows.sourceCount()), false);
    for (const int row : target)
        isWanted[std::size_t(row)] = true;
    return isWanted;
}

template <typename IsPart>
std::vector<RowRange> rangesOf(const std::vector<int> &rows, IsPart isPart)
{
    std::vector<RowRange> ranges;
    for (auto first = rows.cbegin();;) {
        first = std::find_if(first, rows.cend(), isPart);
        if (first == rows.cend())
            return ranges;
        const auto end = std::find_if_not(first, rows.cend(), isPart);
        ranges.push_back({ int(first - rows.cbegin()), int(end - rows.cbegin()) - 1 });
        first = end;
    }
}

} // namespace

std::vector<RowRange> unwantedRanges(const ShownRows &rows, const std::vector<int> &target)
{
    const std::vector<bool> isWanted = wantedOf(rows, target);
    std::vector<RowRange> ranges =
            rangesOf(rows.order(), [&isWanted](int row) { return !isWanted[std::size_t(row)]; });
    std::reverse(ranges.begin(), ranges.end());
    return ranges;
}

std::vector<RowRange> newRanges(const ShownRows &rows, const std::vector<int> &target)
{
    return rangesOf(target, [&rows](int row) { return rows.place(row) == ShownRows::nowhere; });
}

RowChange hiding(const ShownRows &rows, const std::vector<int> &target)
{
    const std::vector<bool> isWanted = wantedOf(rows, target);
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

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/rowmoves_p.h"

#include <algorithm>
#include <cstddef>

namespace Recorders::Internal {

namespace {

/*
    The rows of a longest ascending subsequence of the new places stay, so that as few as possible
    move. The others are taken in the new order, and each is put right behind the row that it
    follows there: one that stays, or one that has moved already. So whatever has been dealt with is
    in the right order among itself, and in the end that is everything.

    A row that moves is never there yet: it would be between the same two rows that stay, and the
    subsequence would have been longer with it.

    While they move, rows are counted by the places that they had at first. A row that has moved
    counts where the last row is that stays before it. The rows that count before another are where
    it is now; a Fenwick tree (Fenwick 1994) adds them up in O(log n).
*/
class RowCount
{
public:
    explicit RowCount(int places)
        : m_sums(std::size_t(places) + 1)
    {
        for (int place = 0; place < places; ++place)
            add(place, 1);
    }

    void add(int place, int rows)
    {
        for (auto i = std::size_t(place) + 1; i < m_sums.size(); i += lowestBit(i))
            m_sums[i] += rows;
    }

    int before(int place) const
    {
        int sum = 0;
        for (auto i = std::size_t(place); i > 0; i -= lowestBit(i))
            sum += m_sums[i];
        return sum;
    }

private:
    static std::size_t lowestBit(std::size_t i) { return i & (~i + 1); }

    std::vector<int> m_sums; // of as many places before as the lowest bit says
};

class RowMover
{
public:
    explicit RowMover(const std::vector<int> &newPlaces);

    std::vector<RowMove> moves();

private:
    bool isEnd() const { return m_next == std::ssize(m_formerPlaces); }
    int formerPlace() const { return m_formerPlaces[std::size_t(m_next)]; }
    bool isMoving() const { return !m_stays[std::size_t(formerPlace())]; }
    int place() const { return m_count.before(formerPlace() + 1); }
    RowMove takeMove();

    std::vector<int> m_formerPlaces; // by new place
    std::vector<bool> m_stays; // by former place
    RowCount m_count; // by former place; the first is that of what moves to the top
    int m_anchor = -1; // where the last row was that stays
    int m_next = 0; // new place of the row that is dealt with next
};

// By patience sorting, in O(n log n).
std::vector<bool> longestAscending(const std::vector<int> &values)
{
    std::vector<int> ends; // of the best subsequence of each length
    std::vector<int> previous(values.size(), -1);
    for (int i = 0; i < std::ssize(values); ++i) {
        const int value = values[std::size_t(i)];
        const auto end =
                std::lower_bound(ends.begin(), ends.end(), value, [&values](int index, int other) {
                    return values[std::size_t(index)] < other;
                });
        if (end != ends.begin())
            previous[std::size_t(i)] = *(end - 1);
        if (end == ends.end())
            ends.push_back(i);
        else
            *end = i;
    }
    std::vector<bool> isPart(values.size());
    for (int i = ends.empty() ? -1 : ends.back(); i >= 0; i = previous[std::size_t(i)])
        isPart[std::size_t(i)] = true;
    return isPart;
}

RowMover::RowMover(const std::vector<int> &newPlaces)
    : m_formerPlaces(newPlaces.size())
    , m_stays(longestAscending(newPlaces))
    , m_count(int(newPlaces.size()) + 1)
{
    for (int place = 0; place < std::ssize(newPlaces); ++place)
        m_formerPlaces[std::size_t(newPlaces[std::size_t(place)])] = place;
    m_count.add(0, -1);
}

std::vector<RowMove> RowMover::moves()
{
    std::vector<RowMove> result;
    while (!isEnd()) {
        if (isMoving())
            result.push_back(takeMove());
        else
            m_anchor = m_formerPlaces[std::size_t(m_next++)];
    }
    return result;
}

// Takes along those that are adjacent, and are to be.
RowMove RowMover::takeMove()
{
    const int destination = m_count.before(m_anchor + 2);
    const int first = place();
    const int begin = m_next;
    do {
        ++m_next;
    } while (!isEnd() && isMoving() && place() == first + m_next - begin);
    for (int i = begin; i < m_next; ++i)
        m_count.add(m_formerPlaces[std::size_t(i)] + 1, -1);
    m_count.add(m_anchor + 1, m_next - begin);
    return { first, first + m_next - begin - 1, destination };
}

} // namespace

std::vector<RowMove> rowMoves(const std::vector<int> &newPlaces)
{
    if (std::is_sorted(newPlaces.cbegin(), newPlaces.cend()))
        return {};
    return RowMover(newPlaces).moves();
}

} // namespace Recorders::Internal

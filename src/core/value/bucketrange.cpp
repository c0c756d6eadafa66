// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/bucketrange.h>

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

namespace {

// Each step makes one bucket of two, those of an even index and the next.
int coarseIndex(int index, int steps, int lowest) noexcept
{
    return std::max(index >> steps, lowest);
}

} // namespace

IndexSpan IndexSpan::united(IndexSpan other) const noexcept
{
    if (isEmpty())
        return other;
    if (other.isEmpty())
        return *this;
    return { std::min(first, other.first), std::max(last, other.last) };
}

IndexSpan IndexSpan::coarser(int steps, int lowest) const noexcept
{
    if (isEmpty())
        return *this;
    return { coarseIndex(first, steps, lowest), coarseIndex(last, steps, lowest) };
}

BucketRange::BucketRange(const BucketRange &other)
    : m_counts(other.isAllocated() ? new quint64[other.m_size] : nullptr)
    , m_size(other.m_size)
    , m_offset(other.m_offset)
{
    std::copy_n(other.m_counts.get(), m_size, m_counts.get());
}

void BucketRange::allocate(int size)
{
    m_counts = std::make_unique<quint64[]>(static_cast<std::size_t>(size));
    m_size = static_cast<quint32>(size);
}

IndexSpan BucketRange::used() const noexcept
{
    const quint64 *const begin = m_counts.get();
    const quint64 *const end = begin + m_size;
    const auto isUsed = [](quint64 count) {
        return count != 0;
    };
    const quint64 *const first = std::find_if(begin, end, isUsed);
    if (first == end)
        return {};
    const auto last = std::find_if(std::make_reverse_iterator(end),
                                   std::make_reverse_iterator(first), isUsed);
    return { m_offset + static_cast<int>(first - begin),
             m_offset + static_cast<int>(last.base() - begin) - 1 };
}

QList<quint64> BucketRange::counts() const
{
    const IndexSpan present = used();
    if (present.isEmpty())
        return {};
    const quint64 *const first = m_counts.get() + (present.first - m_offset);
    return QList<quint64>(first, first + present.width());
}

// In place: a count goes to its own place, or to one before it. Where that is the lowest index, it
// can also be the next place, which then goes there with what it has got.
void BucketRange::coarsen(int steps, int lowest) noexcept
{
    const int offset = m_offset >> steps;
    for (quint32 i = 0; i < m_size; ++i) {
        const quint64 count = std::exchange(m_counts[i], 0);
        if (count == 0)
            continue;
        const int index = coarseIndex(m_offset + static_cast<int>(i), steps, lowest);
        m_counts[static_cast<quint32>(index - offset)] += count;
    }
    m_offset = offset;
}

// Room is left on both sides, so that a distribution that widens is not moved again at once.
void BucketRange::makePlaceFor(IndexSpan span) noexcept
{
    if (span.isEmpty() || (contains(span.first) && contains(span.last)))
        return;
    const int room = static_cast<int>(m_size - span.width());
    moveTo(span.first - room / 2, used());
}

void BucketRange::moveTo(int offset, IndexSpan present) noexcept
{
    quint64 *const begin = m_counts.get();
    if (!present.isEmpty()) {
        quint64 *const from = begin + (present.first - m_offset);
        quint64 *const fromEnd = from + present.width();
        quint64 *const to = begin + (present.first - offset);
        if (to < from)
            std::fill(std::move(from, fromEnd, to), fromEnd, 0);
        else
            std::fill(from, std::move_backward(from, fromEnd, to + present.width()), 0);
    }
    m_offset = offset;
}

void BucketRange::add(const BucketRange &other, int steps, int lowest) noexcept
{
    const IndexSpan theirs = other.used();
    for (int index = theirs.first; index <= theirs.last; ++index)
        (*this)[coarseIndex(index, steps, lowest)] += other.at(index);
}

bool BucketRange::equals(const BucketRange &other) const noexcept
{
    const IndexSpan ours = used();
    const IndexSpan theirs = other.used();
    if (ours.first != theirs.first || ours.last != theirs.last)
        return false;
    if (ours.isEmpty())
        return true;
    return std::equal(&m_counts[static_cast<quint32>(ours.first - m_offset)],
                      &m_counts[static_cast<quint32>(ours.last - m_offset)] + 1,
                      &other.m_counts[static_cast<quint32>(theirs.first - other.m_offset)]);
}

} // namespace Recorders::Internal

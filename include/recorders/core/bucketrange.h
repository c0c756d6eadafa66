// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QList>
#include <QtGlobal>

#include <memory>
#include <utility>

namespace Recorders::Internal {

// From the first to the last index; empty: last < first.
struct IndexSpan
{
    bool isEmpty() const noexcept { return last < first; }
    qint64 width() const noexcept { return static_cast<qint64>(last) - first + 1; }
    IndexSpan united(IndexSpan other) const noexcept;
    IndexSpan coarser(int steps, int lowest) const noexcept;

    int first = 0;
    int last = -1;
};

// Counts of buckets whose indices follow each other. It has no places until it is allocated.
class RECORDERS_EXPORT BucketRange final
{
public:
    BucketRange() noexcept = default;
    BucketRange(const BucketRange &other);
    BucketRange(BucketRange &&other) noexcept { swap(other); }
    BucketRange &operator=(BucketRange other) noexcept
    {
        swap(other);
        return *this;
    }
    ~BucketRange() = default;
    void swap(BucketRange &other) noexcept
    {
        m_counts.swap(other.m_counts);
        std::swap(m_size, other.m_size);
        std::swap(m_offset, other.m_offset);
    }

    bool isAllocated() const noexcept { return m_size > 0; }
    void allocate(int size); // nothing but this and a copy allocates

    bool contains(int index) const noexcept
    {
        // Below the offset it is a large number, too.
        return static_cast<quint32>(index) - static_cast<quint32>(m_offset) < m_size;
    }
    // Of an index that it contains.
    quint64 &operator[](int index) noexcept
    {
        return m_counts[static_cast<quint32>(index - m_offset)];
    }
    quint64 at(int index) const noexcept
    {
        return m_counts[static_cast<quint32>(index - m_offset)];
    }

    IndexSpan used() const noexcept; // from the first to the last count that is not 0
    QList<quint64> counts() const; // of those
    void coarsen(int steps, int lowest) noexcept; // lower indices become that one
    void makePlaceFor(IndexSpan span) noexcept; // which has all that is used
    void add(const BucketRange &other, int steps, int lowest) noexcept; // of which each has a place

    friend bool operator==(const BucketRange &a, const BucketRange &b) noexcept
    {
        return a.equals(b);
    }

private:
    bool equals(const BucketRange &other) const noexcept;
    void moveTo(int offset, IndexSpan present) noexcept;

    std::unique_ptr<quint64[]> m_counts;
    quint32 m_size = 0;
    int m_offset = 0; // index of the first place
};

} // namespace Recorders::Internal

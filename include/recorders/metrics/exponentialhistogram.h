// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/runningstatistics.h>
#include <recorders/recorders_export.h>

#include <QList>

#include <array>
#include <memory>

namespace Recorders {

namespace Internal {
struct BoundaryTable;
}

// A distribution of numbers that are not negative, in 160 buckets at most.
class RECORDERS_EXPORT ExponentialHistogram
{
public:
    static constexpr int maxBucketCount = 160;
    static constexpr int maxScale = 20;

    ExponentialHistogram() noexcept = default;
    ExponentialHistogram(const ExponentialHistogram &other);
    ExponentialHistogram(ExponentialHistogram &&other) noexcept = default;
    ExponentialHistogram &operator=(const ExponentialHistogram &other);
    ExponentialHistogram &operator=(ExponentialHistogram &&other) noexcept = default;
    ~ExponentialHistogram() = default;

    void prepare(); // allocates all that it needs, if add() has not yet
    void add(Internal::Number value); // finite and not negative; the first one prepares
    void add(double value) { add(Internal::Number::of(value)); }
    void merge(const ExponentialHistogram &other);

    quint64 count() const noexcept { return m_count; }
    quint64 zeroCount() const noexcept { return m_zeroCount; }
    const Internal::Sum &sum() const noexcept { return m_sum; }
    const Internal::Extremes &extremes() const noexcept { return m_extremes; }

    int scale() const noexcept { return m_scale; }
    int firstBucket() const noexcept; // index of the first one that is not empty
    QList<quint64> bucketCounts() const; // from firstBucket() on, to the last one that is not empty

    double quantile(double q) const; // 0 <= q <= 1; NaN without values
    double relativeError() const noexcept; // at most, of quantile()

    static int bucketIndex(double value, int scale) noexcept; // of a finite value above 0
    static double lowerBoundary(int index, int scale) noexcept; // does not belong to the bucket

private:
    using Buckets = std::array<quint64, maxBucketCount>;

    struct Range // of indices; empty: last < first
    {
        int first = 0;
        int last = -1;
    };

    int indexOf(double value) const noexcept;
    void makeRoom(Range range) noexcept;
    Range used() const noexcept;
    double estimate(int index) const noexcept;
    void coarsen(int steps) noexcept;
    void moveTo(int offset) noexcept;

    std::unique_ptr<Buckets> m_buckets; // null: it is not prepared
    const Internal::BoundaryTable *m_table = nullptr; // set with m_buckets
    int m_offset = 0; // index of the first place in m_buckets
    int m_scale = maxScale;
    quint64 m_count = 0;
    quint64 m_zeroCount = 0;
    Internal::Extremes m_extremes;
    Internal::Sum m_sum;
};

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/bucketrange.h>
#include <recorders/core/extremes.h>
#include <recorders/core/sum.h>
#include <recorders/recorders_export.h>

#include <QList>
#include <QMetaType>

namespace Recorders {

namespace Internal {
struct BoundaryTable;
struct DistributionAccess;
} // namespace Internal

// How numbers are distributed: an exponential histogram of OpenTelemetry.
class RECORDERS_EXPORT Distribution
{
    Q_GADGET
    Q_PROPERTY(bool empty READ isEmpty CONSTANT)
    Q_PROPERTY(quint64 count READ count CONSTANT)
    Q_PROPERTY(double sum READ sum CONSTANT)
    Q_PROPERTY(double min READ min CONSTANT)
    Q_PROPERTY(double max READ max CONSTANT)
    Q_PROPERTY(quint64 zeroCount READ zeroCount CONSTANT)
    Q_PROPERTY(quint64 invalidCount READ invalidCount CONSTANT)
    Q_PROPERTY(int scale READ scale CONSTANT)
    Q_PROPERTY(int maxBuckets READ maxBuckets CONSTANT)
    Q_PROPERTY(double relativeError READ relativeError CONSTANT)

public:
    static constexpr int maxScale = 20;
    static constexpr int minScale = -10;

    explicit Distribution(int maxBuckets = 160); // for each sign; from 2 to 65536
    Distribution(const Distribution &other) = default;
    Distribution(Distribution &&other) noexcept;
    Distribution &operator=(const Distribution &other);
    Distribution &operator=(Distribution &&other) noexcept;
    ~Distribution() = default;
    void swap(Distribution &other) noexcept;

    void record(double value);
    void merge(const Distribution &other);

    bool isEmpty() const noexcept { return m_count == 0; }
    quint64 count() const noexcept { return m_count; }
    double sum() const noexcept { return m_sum.toDouble(); }
    double min() const noexcept; // NaN if it is empty
    double max() const noexcept; // NaN if it is empty
    quint64 zeroCount() const noexcept { return m_zeroCount; }
    quint64 invalidCount() const noexcept { return m_invalidCount; } // in no other count

    int maxBuckets() const noexcept { return m_maxBuckets; }
    int scale() const noexcept { return m_scale; }
    // From the first bucket that is not empty, which has the index offset, to the last one.
    qint32 offset() const noexcept { return m_positive.used().first; }
    QList<quint64> bucketCounts() const { return m_positive.counts(); }
    qint32 negativeOffset() const noexcept { return m_negative.used().first; }
    QList<quint64> negativeBucketCounts() const { return m_negative.counts(); }

    Q_INVOKABLE double quantile(double q) const; // 0 <= q <= 1; else, and without values, NaN
    double relativeError() const noexcept; // at most, of quantile()

    static int bucketIndex(double value, int scale) noexcept; // of a finite value above 0
    static double lowerBoundary(int index, int scale) noexcept; // does not belong to the bucket

    RECORDERS_EXPORT friend bool operator==(const Distribution &a, const Distribution &b) noexcept;
    friend bool operator!=(const Distribution &a, const Distribution &b) noexcept
    {
        return !(a == b);
    }

private:
    friend struct Internal::DistributionAccess;

    void add(Internal::Number value); // finite
    void addTo(Internal::BucketRange &range, double magnitude);
    void allocate(Internal::BucketRange &range);
    void reserve();
    int indexOf(double magnitude) const noexcept;
    int lowestIndex(int scale) const noexcept;
    int makeRoomFor(Internal::BucketRange &range, double magnitude);
    void makeRoom(Internal::IndexSpan positive, Internal::IndexSpan negative) noexcept;
    void coarsen(int steps) noexcept;
    double estimate(int index) const noexcept;

    Internal::BucketRange m_positive;
    Internal::BucketRange m_negative; // of the magnitudes
    const Internal::BoundaryTable *m_table = nullptr; // set with the first range
    int m_scale = maxScale;
    int m_maxBuckets;
    quint64 m_count = 0;
    quint64 m_zeroCount = 0;
    quint64 m_invalidCount = 0;
    Internal::Extremes m_extremes;
    Internal::Sum m_sum;
};

namespace Internal {

// What the metrics of this library know besides: whole numbers, and when memory is to be allocated.
struct DistributionAccess
{
    static void add(Distribution &distribution, Number finite) { distribution.add(finite); }
    static void addInvalid(Distribution &distribution) { ++distribution.m_invalidCount; }
    static void reserve(Distribution &distribution) { distribution.reserve(); } // if it has not
    static const Sum &sum(const Distribution &distribution) { return distribution.m_sum; }
    static const Extremes &extremes(const Distribution &distribution)
    {
        return distribution.m_extremes;
    }
};

} // namespace Internal

} // namespace Recorders

Q_DECLARE_TYPEINFO(Recorders::Distribution, Q_RELOCATABLE_TYPE);

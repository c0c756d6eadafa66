// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>
#include <recorders/core/namespace.h>

#include <QString>

#include <optional>
#include <vector>

namespace Recorders::Internal {

struct Percentile
{
    QString name; // "p99.9"
    double share = 0; // of all values that do not exceed it
    double value = 0;

    friend bool operator==(const Percentile &, const Percentile &) = default;
};

// The figures of a distribution, as a snapshot states them.
struct DistributionFigures
{
    // Of the part to which the dimension belongs, or of the whole; none if it tells no such thing.
    static std::optional<DistributionFigures> of(const MetricSnapshot &metric,
                                                 const QString &dimension);

    // Without them there are percentiles only: an axis of factors has no place below 0.
    bool hasBuckets() const { return !hasNegative && (!counts.empty() || zeroCount > 0); }
    double total() const; // values in buckets
    double lowerBoundary(int index, int coarser = 0) const; // of that many scales more coarse
    QString text(const QVariant &value) const; // in its unit
    QString summary() const;

    QString part; // empty: the whole
    Unit unit;
    BytePrefix bytes = BytePrefix::Binary; // of texts
    QVariant count;
    QVariant sum;
    QVariant min;
    QVariant max;
    QVariant invalid;
    std::vector<Percentile> percentiles; // ascending
    int scale = 0; // of the buckets: 2 to the power of 2^-scale is the base
    int firstBucket = 0; // index
    double zeroCount = 0;
    std::vector<double> counts; // of buckets above 0, without empty ones at both ends
    bool hasNegative = false; // there are values below 0

    friend bool operator==(const DistributionFigures &, const DistributionFigures &) = default;
};

} // namespace Recorders::Internal

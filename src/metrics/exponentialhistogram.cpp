// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/exponentialhistogram.h>

#include "core/processwide_p.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace Recorders {

namespace Internal {

namespace {

constexpr int mantissaBits = 52;
constexpr quint64 mantissaMask = (quint64(1) << mantissaBits) - 1;
constexpr int exponentBias = 1023;

quint64 bitsOf(double value) noexcept
{
    quint64 bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    return bits;
}

} // namespace

/*
    Where the 128 boundaries within an octave lie, for scale 7; the index at a coarser scale is that
    at scale 7, shifted. An octave is divided into 256 cells of equal width, which are narrower than
    the narrowest bucket: a cell meets one boundary at most, so that two look-ups and a comparison
    give the index, where a logarithm would take several times as long.
*/
struct BoundaryTable
{
    static constexpr int scale = 7;
    static constexpr int bucketCount = 1 << scale;
    static constexpr int cellBits = 8;

    BoundaryTable() noexcept;

    static const BoundaryTable &instance() noexcept
    {
        return ProcessWide<BoundaryTable>::instance();
    }

    // Of a normal number above 0. A power of two is the upper end of a bucket.
    int indexOf(double value) const noexcept
    {
        const quint64 bits = bitsOf(value);
        const quint64 mantissa = bits & mantissaMask;
        const std::size_t below = boundariesBelow[mantissa >> (mantissaBits - cellBits)];
        const int bucket = static_cast<int>(below) + (mantissa > upper[below] ? 1 : 0);
        const int exponent = static_cast<int>(bits >> mantissaBits) - exponentBias;
        return exponent * bucketCount + bucket - (mantissa == 0 ? 1 : 0);
    }

    std::array<quint64, bucketCount> upper; // mantissas of the upper boundaries, rounded down
    std::array<quint8, 1 << cellBits> boundariesBelow; // boundaries below the cell
};

BoundaryTable::BoundaryTable() noexcept
{
    for (std::size_t i = 0; i < upper.size(); ++i) {
        const long double part = static_cast<long double>(i + 1) / bucketCount;
        const long double fraction = std::exp2(part) - 1;
        upper[i] = static_cast<quint64>(std::ldexp(fraction, mantissaBits));
    }
    for (std::size_t cell = 0; cell < boundariesBelow.size(); ++cell) {
        const quint64 begin = quint64(cell) << (mantissaBits - cellBits);
        const auto end = std::lower_bound(upper.begin(), upper.end(), begin);
        boundariesBelow[cell] = static_cast<quint8>(end - upper.begin());
    }
}

} // namespace Internal

using Internal::BoundaryTable;
using Internal::Number;

/*!
    \class Recorders::ExponentialHistogram
    \inheaderfile recorders/metrics/exponentialhistogram.h
    \inmodule Recorders
    \brief The ExponentialHistogram class is the distribution of numbers that are not negative.

    \reentrant

    This is the exponential histogram of OpenTelemetry: at the scale \e s, the bucket \e i holds
    the numbers above b\sup{i} and up to b\sup{i+1}, where b is 2 to the power of 2\sup{-s}. It
    begins at scale 20, and where its 160 buckets do not reach, it makes one bucket of two, which is
    the next coarser scale. Zeros have a bucket of their own. All that a \c double holds fits
    at scale -4.

    quantile() is within relativeError() of the exact quantile, that is (b - 1) / (b + 1). The
    scale, and with it the error, follow from the ratio of the greatest and the least number above
    0:

    \table
    \header \li ratio \li scale \li relative error
    \row \li 2.3 \li 7 or finer \li 0.27 %
    \row \li 31 \li 5 \li 1.1 %
    \row \li 980 \li 4 \li 2.2 %
    \row \li 960 000 \li 3 \li 4.3 %
    \row \li 9 * 10\sup{11} \li 2 \li 8.6 %
    \row \li 8 * 10\sup{23} \li 1 \li 17 %
    \endtable

    A number that is so close to a boundary that a \c double cannot tell may count to either bucket;
    powers of two are told exactly.

    It allocates 1280 bytes in prepare(), or else with the first number that is added, whichever that
    is, and nothing after that.
*/

/*!
    \fn void ExponentialHistogram::add(double value)

    Adds \a value, which must be finite and not negative.
*/

ExponentialHistogram::ExponentialHistogram(const ExponentialHistogram &other)
    : m_buckets(other.m_buckets ? std::make_unique<Buckets>(*other.m_buckets) : nullptr)
    , m_table(other.m_table)
    , m_offset(other.m_offset)
    , m_scale(other.m_scale)
    , m_count(other.m_count)
    , m_zeroCount(other.m_zeroCount)
    , m_extremes(other.m_extremes)
    , m_sum(other.m_sum)
{
}

ExponentialHistogram &ExponentialHistogram::operator=(const ExponentialHistogram &other)
{
    if (this != &other)
        *this = ExponentialHistogram(other);
    return *this;
}

/*!
    Returns the index of the bucket to which \a value, finite and above 0, belongs at \a scale,
    from -10 to 20.
*/
int ExponentialHistogram::bucketIndex(double value, int scale) noexcept
{
    int exponent = 0;
    // In [1, 2), so that the logarithm is as exact as it can be.
    const double mantissa = 2 * std::frexp(value, &exponent);
    --exponent;
    if (scale <= BoundaryTable::scale) {
        const int index = BoundaryTable::instance().indexOf(mantissa);
        return (exponent * BoundaryTable::bucketCount + index) >> (BoundaryTable::scale - scale);
    }
    const int bucketCount = 1 << scale;
    if (mantissa == 1)
        return exponent * bucketCount - 1;
    const int bucket = static_cast<int>(std::ceil(std::ldexp(std::log2(mantissa), scale))) - 1;
    return exponent * bucketCount + std::clamp(bucket, 0, bucketCount - 1);
}

/*!
    Returns the lower boundary of the bucket \a index at \a scale. It belongs to the bucket below.
*/
double ExponentialHistogram::lowerBoundary(int index, int scale) noexcept
{
    return std::exp2(std::ldexp(static_cast<double>(index), -scale));
}

int ExponentialHistogram::indexOf(double value) const noexcept
{
    if (m_scale > BoundaryTable::scale || value < std::numeric_limits<double>::min())
        return bucketIndex(value, m_scale);
    return m_table->indexOf(value) >> (BoundaryTable::scale - m_scale);
}

void ExponentialHistogram::add(Number value)
{
    if (Q_UNLIKELY(!m_buckets))
        prepare();
    const double number = value.toDouble();
    if (number == 0) {
        ++m_zeroCount;
    } else {
        int index = indexOf(number);
        // Below the offset it is a large number, too.
        if (Q_UNLIKELY(static_cast<unsigned>(index) - static_cast<unsigned>(m_offset)
                       >= maxBucketCount)) {
            makeRoom({ index, index });
            index = indexOf(number);
        }
        ++(*m_buckets)[static_cast<std::size_t>(index - m_offset)];
    }
    ++m_count;
    m_extremes.add(value);
    m_sum.add(value);
}

/*!
    Allocates the buckets, so that add() does not. Does nothing if there are some.
*/
void ExponentialHistogram::prepare()
{
    if (m_buckets)
        return;
    m_buckets = std::make_unique<Buckets>();
    m_table = &BoundaryTable::instance();
}

ExponentialHistogram::Range ExponentialHistogram::used() const noexcept
{
    if (!m_buckets)
        return {};
    const auto isUsed = [](quint64 count) {
        return count != 0;
    };
    const auto first = std::find_if(m_buckets->begin(), m_buckets->end(), isUsed);
    if (first == m_buckets->end())
        return {};
    const auto last = std::find_if(m_buckets->rbegin(), m_buckets->rend(), isUsed);
    return { m_offset + static_cast<int>(first - m_buckets->begin()),
             m_offset + static_cast<int>(m_buckets->rend() - last) - 1 };
}

// Until these indices, of the present scale, have a place together with those that are used. Room
// is left on both sides, so that a distribution that widens is not moved again at once.
void ExponentialHistogram::makeRoom(Range range) noexcept
{
    const Range present = used();
    if (present.first <= present.last) {
        range.first = std::min(range.first, present.first);
        range.last = std::max(range.last, present.last);
    }
    int steps = 0;
    while (static_cast<qint64>(range.last >> steps) - (range.first >> steps) >= maxBucketCount)
        ++steps;
    coarsen(steps);
    const int length = (range.last >> steps) - (range.first >> steps) + 1;
    moveTo((range.first >> steps) - (maxBucketCount - length) / 2);
}

// Each step makes one bucket of two, those of an even index and the next.
void ExponentialHistogram::coarsen(int steps) noexcept
{
    if (steps == 0)
        return;
    const Buckets fine = *m_buckets;
    const int fineOffset = m_offset;
    m_buckets->fill(0);
    m_offset >>= steps;
    m_scale -= steps;
    for (int i = 0; i < maxBucketCount; ++i)
        (*m_buckets)[static_cast<std::size_t>(((fineOffset + i) >> steps) - m_offset)] +=
                fine[static_cast<std::size_t>(i)];
}

// What is used must have a place there.
void ExponentialHistogram::moveTo(int offset) noexcept
{
    const Range present = used();
    const Buckets old = *m_buckets;
    m_buckets->fill(0);
    for (int index = present.first; index <= present.last; ++index)
        (*m_buckets)[static_cast<std::size_t>(index - offset)] =
                old[static_cast<std::size_t>(index - m_offset)];
    m_offset = offset;
}

/*!
    Adds all that \a other holds, at the coarser one of the two scales or one that is coarser still.
*/
void ExponentialHistogram::merge(const ExponentialHistogram &other)
{
    const Range theirs = other.used();
    if (theirs.first <= theirs.last) {
        prepare();
        coarsen(std::max(0, m_scale - other.m_scale));
        const int coarser = other.m_scale - m_scale;
        makeRoom({ theirs.first >> coarser, theirs.last >> coarser });
        const int steps = other.m_scale - m_scale;
        for (int index = theirs.first; index <= theirs.last; ++index)
            (*m_buckets)[static_cast<std::size_t>((index >> steps) - m_offset)] +=
                    (*other.m_buckets)[static_cast<std::size_t>(index - other.m_offset)];
    }
    m_count += other.m_count;
    m_zeroCount += other.m_zeroCount;
    m_extremes.merge(other.m_extremes);
    m_sum.merge(other.m_sum);
}

int ExponentialHistogram::firstBucket() const noexcept
{
    return used().first;
}

QList<quint64> ExponentialHistogram::bucketCounts() const
{
    QList<quint64> counts;
    const Range present = used();
    for (int index = present.first; index <= present.last; ++index)
        counts.append((*m_buckets)[static_cast<std::size_t>(index - m_offset)]);
    return counts;
}

/*!
    Returns the number that the part \a q of all numbers, from 0 to 1, does not exceed: that of the
    rank q * count(), rounded up. It is off by the factor 1 + relativeError() at most; NaN without
    numbers, and exact for the least and the greatest one.
*/
double ExponentialHistogram::quantile(double q) const
{
    if (m_count == 0)
        return std::numeric_limits<double>::quiet_NaN();
    // What is whole but for rounding, 0.07 * 100, is not the next number.
    const double exactRank = q * static_cast<double>(m_count);
    const double rank = std::max(std::ceil(exactRank * (1 - 1e-15)), 1.0);
    if (rank <= 1)
        return m_extremes.min();
    if (rank >= static_cast<double>(m_count))
        return m_extremes.max();
    double passed = static_cast<double>(m_zeroCount);
    if (rank <= passed)
        return 0;
    const Range present = used();
    for (int index = present.first; index < present.last; ++index) {
        passed += static_cast<double>((*m_buckets)[static_cast<std::size_t>(index - m_offset)]);
        if (rank <= passed)
            return estimate(index);
    }
    return estimate(present.last);
}

// As far, in proportion, from the one end of the bucket as from the other.
double ExponentialHistogram::estimate(int index) const noexcept
{
    const double middle = lowerBoundary(index, m_scale) * (1 + relativeError());
    return std::clamp(middle, m_extremes.min(), m_extremes.max());
}

double ExponentialHistogram::relativeError() const noexcept
{
    const double base = std::exp2(std::ldexp(1.0, -m_scale));
    return (base - 1) / (base + 1);
}

} // namespace Recorders

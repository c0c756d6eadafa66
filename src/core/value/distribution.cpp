// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/distribution.h>

#include "core/value/boundarytable_p.h"

#include <QLoggingCategory>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Recorders {

using Internal::BoundaryTable;
using Internal::BucketRange;
using Internal::IndexSpan;
using Internal::Number;

namespace {

Q_LOGGING_CATEGORY(lcDistribution, "recorders.core.distribution", QtWarningMsg)

constexpr int fewestBuckets = 2;
constexpr int mostBuckets = 65'536;
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

int validBuckets(int maxBuckets)
{
    const int valid = std::clamp(maxBuckets, fewestBuckets, mostBuckets);
    if (valid != maxBuckets) {
        qCWarning(lcDistribution, "Distribution: maxBuckets must be from %d to %d, not %d",
                  fewestBuckets, mostBuckets, maxBuckets);
    }
    return valid;
}

} // namespace

/*!
    \class Recorders::Distribution
    \inheaderfile recorders/core/distribution.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The Distribution class tells how numbers are distributed.

    \reentrant

    This is the base-2 exponential histogram of OpenTelemetry: at the scale \e s, the bucket \e i
    holds the numbers above b\sup{i} and up to b\sup{i+1}, where b is 2 to the power of
    2\sup{-s}. Numbers below 0 have buckets of their own, by their magnitude, and zeros a count. It
    begins at scale 20, and where maxBuckets() of one sign do not reach, it makes one bucket of two
    of both signs, which is the next coarser scale. The scale is the finest one at which all numbers
    fit; after a merge() the finest at which they fit into the fewest buckets of those merged.

    \code
    Distribution latencies;
    latencies.record(12.5);
    latencies.merge(ofAnotherThread);
    const double p99 = latencies.quantile(0.99);
    \endcode

    quantile() is within relativeError() of the exact quantile, that is (b - 1) / (b + 1). The
    scale, and with it the error, follow from maxBuckets() and the ratio of the greatest and the
    least magnitude above 0. With 160 buckets:

    \table
    \header \li ratio \li scale \li relative error
    \row \li 2.3 \li 7 or finer \li 0.27 %
    \row \li 31 \li 5 \li 1.1 %
    \row \li 980 \li 4 \li 2.2 %
    \row \li 960 000 \li 3 \li 4.3 %
    \row \li 9 * 10\sup{11} \li 2 \li 8.6 %
    \row \li 8 * 10\sup{23} \li 1 \li 17 %
    \row \li all that a \c double holds \li -4 \li 100 %
    \endtable

    Twice the buckets halve the error. Whatever the number of buckets, all numbers fit at scale -10.

    At scale 7 and coarser ones, a number is in the bucket in which it is exactly. At finer ones, a
    number that is so close to a boundary that a \c double cannot tell may count to either side of
    it, but never differently at different scales: the index at a scale is half the one at the next
    finer scale, rounded down. So it does not matter in which order and in which groups numbers are
    recorded and merged, as long as maxBuckets() are equal: buckets, min() and max() are. sum() is
    as far as twice the digits of a \c double reach, and nothing saturates.

    NaN and infinities are counted by invalidCount(), and change nothing else. -0.0 is a zero.

    \section1 Memory

    The first number above 0 allocates \l{maxBuckets()}{maxBuckets} * 8 bytes, and so does the first
    one below 0. No other number allocates, also when the scale changes. merge() allocates for a
    sign that it has no number of yet. A copy is deep; a distribution that was moved from is empty,
    keeps its maxBuckets(), and can be used. In a QVariant, copies share one distribution.

    \section1 Equality

    Two distributions are equal if all that they tell is equal: maxBuckets(), scale(), the counts of
    buckets, zeros and invalid numbers, sum(), min() and max(). QVariants compare likewise.

    \sa MetricSnapshot::distribution(), histogram()
*/

/*!
    \property Distribution::empty
    \brief whether there is no number, except for invalid ones
*/

/*!
    \property Distribution::count
    \brief how many numbers were recorded, without invalid ones
*/

/*!
    \property Distribution::sum
    \brief the sum of all numbers, 0 without any

    It is kept with twice the digits of a \c double, so that the order in which numbers come does not
    matter unless they differ by more than that. Where it would be infinite, it stays at the greatest
    or least \c double.
*/

/*!
    \property Distribution::zeroCount
    \brief how many of the numbers are 0
*/

/*!
    \property Distribution::invalidCount
    \brief how many NaN and infinities were to be recorded; count() has none of them

    A histogram() counts all events here whose value is \e invalid, see \l {Standard Metrics}.
*/

/*!
    \property Distribution::scale
    \brief how fine the buckets are, from -10 to 20

    It is 20 as long as there are no numbers but 0.
*/

/*!
    \property Distribution::maxBuckets
    \brief how many buckets there are at most for each sign
*/

/*!
    \fn bool Distribution::operator==(const Distribution &a, const Distribution &b)

    Returns \c true if \a a and \a b tell the same.
*/

/*!
    \fn bool Distribution::operator!=(const Distribution &a, const Distribution &b)

    Returns \c true if \a a and \a b do not tell the same.
*/

/*!
    \fn qint32 Distribution::offset() const

    Returns the index of the first bucket above 0 that is not empty, or 0 if all are.
*/

/*!
    \fn QList<quint64> Distribution::bucketCounts() const

    Returns the counts of the buckets above 0: from offset() on, to the last one that is not empty.
*/

/*!
    \fn qint32 Distribution::negativeOffset() const

    Returns the index of the first bucket below 0 that is not empty, or 0 if all are. Its numbers are
    those nearest to 0.
*/

/*!
    \fn QList<quint64> Distribution::negativeBucketCounts() const

    Returns the counts of the buckets below 0: from negativeOffset() on, to the last one that is not
    empty. Indices are those of the magnitudes.
*/

/*!
    Constructs an empty distribution of \a maxBuckets buckets for each sign, from 2 to 65536. Of
    another number there is a warning, and the nearest valid one is used.
*/
Distribution::Distribution(int maxBuckets)
    : m_maxBuckets(validBuckets(maxBuckets))
{
}

Distribution::Distribution(Distribution &&other) noexcept
    : m_maxBuckets(other.m_maxBuckets)
{
    swap(other);
}

Distribution &Distribution::operator=(const Distribution &other)
{
    if (this != &other)
        *this = Distribution(other);
    return *this;
}

Distribution &Distribution::operator=(Distribution &&other) noexcept
{
    Distribution moved(std::move(other));
    swap(moved);
    return *this;
}

/*!
    Exchanges this distribution and \a other.
*/
void Distribution::swap(Distribution &other) noexcept
{
    using std::swap;
    m_positive.swap(other.m_positive);
    m_negative.swap(other.m_negative);
    swap(m_table, other.m_table);
    swap(m_scale, other.m_scale);
    swap(m_maxBuckets, other.m_maxBuckets);
    swap(m_count, other.m_count);
    swap(m_zeroCount, other.m_zeroCount);
    swap(m_invalidCount, other.m_invalidCount);
    swap(m_extremes, other.m_extremes);
    swap(m_sum, other.m_sum);
}

/*!
    Returns the index of the bucket to which \a value, finite and above 0, belongs at \a scale,
    from -10 to 20.
*/
int Distribution::bucketIndex(double value, int scale) noexcept
{
    Q_ASSERT_X(value > 0 && std::isfinite(value), "Distribution::bucketIndex",
               "value must be finite and above 0");
    Q_ASSERT_X(scale >= minScale && scale <= maxScale, "Distribution::bucketIndex",
               "scale must be from -10 to 20");
    int exponent = 0;
    // In [1, 2), so that the logarithm is as exact as it can be.
    const double mantissa = 2 * std::frexp(value, &exponent);
    --exponent;
    const int coarse = BoundaryTable::instance().indexOf(mantissa);
    if (scale <= BoundaryTable::scale)
        return (exponent * BoundaryTable::bucketCount + coarse) >> (BoundaryTable::scale - scale);
    constexpr int perOctave = 1 << maxScale;
    constexpr int perCoarse = perOctave / BoundaryTable::bucketCount;
    if (mantissa == 1)
        return (exponent * perOctave - 1) >> (maxScale - scale);
    // The logarithm is rounded, and must not leave the bucket that the table gives exactly.
    const int fine = static_cast<int>(std::ceil(std::log2(mantissa) * perOctave)) - 1;
    const int exact = std::clamp(fine, coarse * perCoarse, coarse * perCoarse + perCoarse - 1);
    return (exponent * perOctave + exact) >> (maxScale - scale);
}

/*!
    Returns the lower boundary of the bucket \a index at \a scale, from -10 to 20. It belongs to the
    bucket below. It is 0 or infinite where it lies beyond what a \c double can be.
*/
double Distribution::lowerBoundary(int index, int scale) noexcept
{
    return std::exp2(std::ldexp(static_cast<double>(index), -scale));
}

// At the coarsest scale all numbers are in three buckets. If there are but two, those below 2^-1024,
// which have lost digits anyway, count to the bucket above them.
int Distribution::lowestIndex(int scale) const noexcept
{
    const bool isNarrowed = m_maxBuckets == 2 && scale == minScale;
    return isNarrowed ? -1 : std::numeric_limits<int>::min();
}

int Distribution::indexOf(double magnitude) const noexcept
{
    if (m_scale > BoundaryTable::scale || magnitude < std::numeric_limits<double>::min())
        return std::max(bucketIndex(magnitude, m_scale), lowestIndex(m_scale));
    return m_table->indexOf(magnitude) >> (BoundaryTable::scale - m_scale);
}

/*!
    Records \a value. NaN and infinities are counted by invalidCount() only.
*/
void Distribution::record(double value)
{
    if (Q_UNLIKELY(!std::isfinite(value))) {
        ++m_invalidCount;
        return;
    }
    add(Number::of(value + 0.0)); // makes 0 of -0
}

void Distribution::add(Number value)
{
    const double number = value.toDouble();
    if (Q_LIKELY(number > 0))
        addTo(m_positive, number);
    else if (number == 0)
        ++m_zeroCount;
    else
        addTo(m_negative, -number);
    ++m_count;
    m_extremes.add(value);
    m_sum.add(value);
}

inline void Distribution::addTo(BucketRange &range, double magnitude)
{
    int index = indexOf(magnitude);
    if (Q_UNLIKELY(!range.contains(index)))
        index = makeRoomFor(range, magnitude);
    ++range[index];
}

void Distribution::allocate(BucketRange &range)
{
    if (range.isAllocated())
        return;
    range.allocate(m_maxBuckets);
    m_table = &BoundaryTable::instance();
}

// So that numbers that are not negative allocate no more.
void Distribution::reserve()
{
    allocate(m_positive);
}

// Returns the index that it has then.
Q_NEVER_INLINE int Distribution::makeRoomFor(BucketRange &range, double magnitude)
{
    allocate(range);
    const int index = indexOf(magnitude);
    const IndexSpan span{ index, index };
    if (&range == &m_positive)
        makeRoom(span, {});
    else
        makeRoom({}, span);
    return indexOf(magnitude);
}

// Until these indices, of the present scale, have a place together with those that are used.
void Distribution::makeRoom(IndexSpan positive, IndexSpan negative) noexcept
{
    positive = positive.united(m_positive.used());
    negative = negative.united(m_negative.used());
    const auto fits = [this](IndexSpan span, int steps) {
        return span.coarser(steps, lowestIndex(m_scale - steps)).width() <= m_maxBuckets;
    };
    int steps = 0;
    while (!fits(positive, steps) || !fits(negative, steps))
        ++steps;
    coarsen(steps);
    m_positive.makePlaceFor(positive.coarser(steps, lowestIndex(m_scale)));
    m_negative.makePlaceFor(negative.coarser(steps, lowestIndex(m_scale)));
}

void Distribution::coarsen(int steps) noexcept
{
    if (steps <= 0)
        return;
    m_scale -= steps;
    m_positive.coarsen(steps, lowestIndex(m_scale));
    m_negative.coarsen(steps, lowestIndex(m_scale));
}

/*!
    Adds all that \a other holds, which may be this distribution. The scale is then the finest one at
    which all numbers fit, but not finer than that of either one. This keeps its maxBuckets().
*/
void Distribution::merge(const Distribution &other)
{
    if (this == &other) {
        merge(Distribution(other));
        return;
    }
    const IndexSpan positive = other.m_positive.used();
    const IndexSpan negative = other.m_negative.used();
    if (!positive.isEmpty())
        allocate(m_positive);
    if (!negative.isEmpty())
        allocate(m_negative);
    coarsen(m_scale - other.m_scale);
    const int steps = other.m_scale - m_scale;
    makeRoom(positive.coarser(steps, lowestIndex(m_scale)),
             negative.coarser(steps, lowestIndex(m_scale)));
    const int allSteps = other.m_scale - m_scale;
    m_positive.add(other.m_positive, allSteps, lowestIndex(m_scale));
    m_negative.add(other.m_negative, allSteps, lowestIndex(m_scale));
    m_count += other.m_count;
    m_zeroCount += other.m_zeroCount;
    m_invalidCount += other.m_invalidCount;
    m_extremes.merge(other.m_extremes);
    m_sum.merge(other.m_sum);
}

/*!
    \property Distribution::min
    \brief the least number, NaN without any
*/
double Distribution::min() const noexcept
{
    return isEmpty() ? notANumber : m_extremes.min();
}

/*!
    \property Distribution::max
    \brief the greatest number, NaN without any
*/
double Distribution::max() const noexcept
{
    return isEmpty() ? notANumber : m_extremes.max();
}

/*!
    Returns the number that the part \a q of all numbers, from 0 to 1, does not exceed: that of the
    rank q * count(), rounded up. It differs from that by relativeError() at most, in proportion to
    the exact one, and is exact for the least and the greatest one. It is NaN without numbers, and if
    \a q is NaN or not from 0 to 1.
*/
double Distribution::quantile(double q) const
{
    if (isEmpty() || !(q >= 0 && q <= 1))
        return notANumber;
    if (q >= 1)
        return m_extremes.max();
    // What is whole but for rounding, 0.07 * 100, is not the next number.
    const double rank = std::ceil(q * static_cast<double>(m_count) * (1 - 1e-15));
    if (rank <= 1)
        return m_extremes.min();
    if (rank >= static_cast<double>(m_count))
        return m_extremes.max();
    auto left = static_cast<quint64>(rank);
    const IndexSpan negative = m_negative.used();
    for (int index = negative.last; index >= negative.first; --index) {
        if (left <= m_negative.at(index))
            return std::clamp(-estimate(index), m_extremes.min(), m_extremes.max());
        left -= m_negative.at(index);
    }
    if (left <= m_zeroCount)
        return 0;
    left -= m_zeroCount;
    const IndexSpan positive = m_positive.used();
    for (int index = positive.first; index < positive.last; ++index) {
        if (left <= m_positive.at(index))
            return std::clamp(estimate(index), m_extremes.min(), m_extremes.max());
        left -= m_positive.at(index);
    }
    return std::clamp(estimate(positive.last), m_extremes.min(), m_extremes.max());
}

// As far, in proportion, from the one end of the bucket as from the other.
double Distribution::estimate(int index) const noexcept
{
    return lowerBoundary(index, m_scale) * (1 + relativeError());
}

/*!
    \property Distribution::relativeError
    \brief how far quantile() is from the exact quantile at most, relative to that

    That is not so for numbers below 2\sup{-1024} if maxBuckets() is 2, and others are so large that
    the scale is -10.
*/
double Distribution::relativeError() const noexcept
{
    constexpr double halfLogarithm = 0.34657359027997265471; // of 2
    return std::tanh(std::ldexp(halfLogarithm, -m_scale)); // (b - 1) / (b + 1), also of large b
}

bool operator==(const Distribution &a, const Distribution &b) noexcept
{
    if (&a == &b)
        return true;
    return a.m_count == b.m_count && a.m_zeroCount == b.m_zeroCount
            && a.m_invalidCount == b.m_invalidCount && a.m_scale == b.m_scale
            && a.m_maxBuckets == b.m_maxBuckets && a.m_extremes.min() == b.m_extremes.min()
            && a.m_extremes.max() == b.m_extremes.max() && a.sum() == b.sum()
            && a.m_positive == b.m_positive && a.m_negative == b.m_negative;
}

} // namespace Recorders

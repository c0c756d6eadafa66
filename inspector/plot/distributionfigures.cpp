// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/distributionfigures.h"

#include "plot/plottexts.h"

#include <recorders/model/formattedvalue.h>

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Recorders::Internal {

namespace {

// What comes from a file or a socket may be anything.
constexpr qsizetype maxBuckets = 10'000;
constexpr int minScale = -10; // all doubles are in one bucket
constexpr int maxScale = 20;
constexpr int maxExponent = 1100; // beyond those of doubles

// "Success_" of "Success_p99", nothing of "p99".
QString prefixOf(const QString &dimension)
{
    return dimension.left(dimension.lastIndexOf(u'_') + 1);
}

bool isQuantile(const Dimension &dimension)
{
    return dimension.attributes.contains(QStringLiteral("quantile"));
}

bool isDistributed(const Dimension &dimension)
{
    return isQuantile(dimension) || dimension.name.endsWith(u"buckets");
}

std::optional<QString> prefixIn(const QList<Dimension> &dimensions, const QString &wanted)
{
    std::optional<QString> first;
    for (const Dimension &dimension : dimensions) {
        if (!isDistributed(dimension))
            continue;
        const QString prefix = prefixOf(dimension.name);
        if (prefix == wanted)
            return prefix;
        if (!first || prefix.isEmpty())
            first = prefix;
    }
    return first;
}

bool isCount(double number)
{
    return std::isfinite(number) && number >= 0;
}

// Leaves it without buckets if they make no sense.
void readBuckets(DistributionFigures *distribution, const QVariantMap &buckets)
{
    const QVariantList list = buckets.value(QStringLiteral("counts")).toList();
    const int scale = buckets.value(QStringLiteral("scale")).toInt();
    const double zeros = buckets.value(QStringLiteral("zeroCount")).toDouble();
    const int first = buckets.value(QStringLiteral("offset")).toInt();
    if (list.size() > maxBuckets || scale < minScale || scale > maxScale || !isCount(zeros))
        return;
    if (std::abs(std::ldexp(double(first), -scale)) > maxExponent)
        return;
    std::vector<double> counts;
    for (const QVariant &count : list)
        counts.push_back(count.toDouble());
    if (!std::all_of(counts.begin(), counts.end(), isCount))
        return;
    distribution->scale = scale;
    distribution->firstBucket = first;
    distribution->zeroCount = zeros;
    distribution->counts = std::move(counts);
}

void readFigure(DistributionFigures *distribution, const QString &figure,
                const Dimension &dimension)
{
    if (figure == u"count")
        distribution->count = dimension.value;
    else if (figure == u"sum")
        distribution->sum = dimension.value;
    else if (figure == u"min")
        distribution->min = dimension.value;
    else if (figure == u"max")
        distribution->max = dimension.value;
    else if (figure == u"invalid")
        distribution->invalid = dimension.value;
    else if (figure == u"buckets")
        readBuckets(distribution, dimension.value.toMap());
    if (isDistributed(dimension))
        distribution->unit = dimension.unit;
    if (isQuantile(dimension)) {
        const double share = dimension.attributes.value(QStringLiteral("quantile")).toDouble();
        const double value = dimension.value.isNull() ? std::nan("") : dimension.value.toDouble();
        if (std::isfinite(value) && share >= 0 && share <= 1)
            distribution->percentiles.push_back({ figure, share, value });
    }
}

// Empty ones at the ends would take room and say nothing.
void trim(DistributionFigures *distribution)
{
    std::vector<double> &counts = distribution->counts;
    const auto isUsed = [](double count) {
        return count > 0;
    };
    const auto first = std::find_if(counts.begin(), counts.end(), isUsed);
    distribution->firstBucket += int(first - counts.begin());
    counts.erase(counts.begin(), first);
    counts.erase(std::find_if(counts.rbegin(), counts.rend(), isUsed).base(), counts.end());
}

} // namespace

std::optional<DistributionFigures> DistributionFigures::of(const MetricSnapshot &metric,
                                                           const QString &dimension)
{
    const QList<Dimension> dimensions = metric.dimensions();
    const std::optional<QString> prefix = prefixIn(dimensions, prefixOf(dimension));
    if (!prefix)
        return {};
    DistributionFigures distribution;
    distribution.part = prefix->chopped(prefix->isEmpty() ? 0 : 1);
    for (const Dimension &each : dimensions) {
        if (prefixOf(each.name) == *prefix)
            readFigure(&distribution, each.name.mid(prefix->size()), each);
    }
    trim(&distribution);
    std::sort(distribution.percentiles.begin(), distribution.percentiles.end(),
              [](const Percentile &a, const Percentile &b) { return a.share < b.share; });
    return distribution;
}

double DistributionFigures::total() const
{
    return std::accumulate(counts.begin(), counts.end(), zeroCount);
}

double DistributionFigures::lowerBoundary(int index, int coarser) const
{
    return std::exp2(std::ldexp(double(index), coarser - scale));
}

QString DistributionFigures::text(const QVariant &value) const
{
    return FormattedValue(value, unit, bytes).text();
}

// "1200 values, on average 3.41 ms, from 1.02 ms to 91.4 ms. 12 of them are 0."
QString DistributionFigures::summary() const
{
    const double number = count.toDouble();
    if (!(number > 0))
        return PlotTexts::tr("No values yet.");
    if (number == 1)
        return PlotTexts::tr("1 value: %1.").arg(text(max));
    QStringList parts{ PlotTexts::tr("%1 values").arg(FormattedValue(count).text()) };
    if (sum.isValid() && !sum.isNull())
        parts.append(PlotTexts::tr("on average %1").arg(text(sum.toDouble() / number)));
    if (min.isValid() && max.isValid())
        parts.append(PlotTexts::tr("from %1 to %2").arg(text(min), text(max)));
    QString all = parts.join(PlotTexts::tr(", ")) + u'.';
    if (zeroCount > 0)
        all += (zeroCount == 1 ? PlotTexts::tr(" %1 of them is 0.")
                               : PlotTexts::tr(" %1 of them are 0."))
                       .arg(FormattedValue(zeroCount).text());
    if (invalid.toDouble() > 0)
        all += PlotTexts::tr(" %1 more are not counted: they are below 0 or not a number.")
                       .arg(FormattedValue(invalid).text());
    return all;
}

} // namespace Recorders::Internal

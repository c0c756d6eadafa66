// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/distributionfigures_p.h"

#include "plot/plottexts_p.h"

#include <recorders/model/formattedvalue.h>

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Recorders::Internal {

namespace {

// "Success_" of "Success_p99", nothing of "p99".
QString prefixOf(const QString &dimension)
{
    return dimension.left(dimension.lastIndexOf(u'_') + 1);
}

bool isQuantile(const Dimension &dimension)
{
    return dimension.attributes.contains(QStringLiteral("quantile"));
}

std::optional<QString> prefixIn(const MetricSnapshot &metric, const QString &wanted)
{
    QStringList prefixes;
    const QList<Dimension> distributions = metric.distributions();
    for (const Dimension &distribution : distributions)
        prefixes.append(distribution.name.isEmpty() ? QString() : distribution.name + u'_');
    const QList<Dimension> dimensions = metric.dimensions();
    for (const Dimension &dimension : dimensions) {
        if (isQuantile(dimension))
            prefixes.append(prefixOf(dimension.name));
    }
    if (prefixes.isEmpty())
        return {};
    if (prefixes.contains(wanted))
        return wanted;
    return prefixes.contains(QString()) ? QString() : prefixes.constFirst();
}

void readBuckets(DistributionFigures *figures, const Distribution &distribution)
{
    const QList<quint64> counts = distribution.bucketCounts();
    figures->scale = distribution.scale();
    figures->firstBucket = distribution.offset();
    figures->zeroCount = double(distribution.zeroCount());
    figures->counts.assign(counts.begin(), counts.end());
    figures->hasNegative = !distribution.negativeBucketCounts().isEmpty();
}

// What no dimension tells.
void complete(DistributionFigures *figures, const Distribution &distribution)
{
    const auto fill = [](QVariant *figure, const QVariant &value) {
        if (figure->isNull())
            *figure = value;
    };
    fill(&figures->count, distribution.count());
    if (distribution.invalidCount() > 0)
        fill(&figures->invalid, distribution.invalidCount());
    if (distribution.isEmpty())
        return;
    fill(&figures->sum, distribution.sum());
    fill(&figures->min, distribution.min());
    fill(&figures->max, distribution.max());
    if (!figures->percentiles.empty())
        return;
    for (const double share : { 0.5, 0.9, 0.99, 0.999 }) {
        const QString name = u'p' + QString::number(share * 100);
        figures->percentiles.push_back({ name, share, distribution.quantile(share) });
    }
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
    if (isQuantile(dimension)) {
        distribution->unit = dimension.unit;
        const double share = dimension.attributes.value(QStringLiteral("quantile")).toDouble();
        const double value = dimension.value.isNull() ? std::nan("") : dimension.value.toDouble();
        if (std::isfinite(value) && share >= 0 && share <= 1)
            distribution->percentiles.push_back({ figure, share, value });
    }
}

} // namespace

std::optional<DistributionFigures> DistributionFigures::of(const MetricSnapshot &metric,
                                                           const QString &dimension)
{
    const std::optional<QString> prefix = prefixIn(metric, prefixOf(dimension));
    if (!prefix)
        return {};
    DistributionFigures distribution;
    distribution.part = prefix->chopped(prefix->isEmpty() ? 0 : 1);
    const QList<Dimension> distributions = metric.distributions();
    for (const Dimension &each : distributions) {
        if (each.name == distribution.part)
            distribution.unit = each.unit;
    }
    const QList<Dimension> dimensions = metric.dimensions();
    for (const Dimension &each : dimensions) {
        if (prefixOf(each.name) == *prefix)
            readFigure(&distribution, each.name.mid(prefix->size()), each);
    }
    if (metric.hasDistribution(distribution.part)) {
        const Distribution known = metric.distribution(distribution.part);
        readBuckets(&distribution, known);
        complete(&distribution, known);
    }
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
        all += PlotTexts::tr(" %1 more are not counted: they are not finite, or too large.")
                       .arg(FormattedValue(invalid).text());
    return all;
}

} // namespace Recorders::Internal

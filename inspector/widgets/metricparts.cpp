// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/metricparts_p.h"

#include "plot/plottable_p.h"

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

// "total" of "Success_total": no figure has an underscore in its name.
QString figureOf(const QString &dimension)
{
    return dimension.mid(dimension.lastIndexOf(u'_') + 1);
}

// The attribute that tells the part; a quantile tells none.
QVariantMap::const_iterator partOf(const QVariantMap &attributes)
{
    auto attribute = attributes.cbegin();
    while (attribute != attributes.cend() && attribute.key() == u"quantile")
        ++attribute;
    return attribute;
}

bool isPart(const Dimension &dimension)
{
    return partOf(dimension.attributes) != dimension.attributes.cend();
}

bool addsUp(const Dimension &dimension)
{
    const bool isSum =
            dimension.kind == MetricKind::Counter || dimension.kind == MetricKind::UpDownCounter;
    return isSum && isPart(dimension) && isPlottable(dimension.value);
}

QString chooseFigure(const QList<Dimension> &dimensions, const QString &wanted)
{
    QString first;
    for (const Dimension &dimension : dimensions) {
        if (!addsUp(dimension))
            continue;
        QString figure = figureOf(dimension.name);
        if (figure == wanted)
            return figure;
        if (first.isEmpty())
            first = figure;
    }
    return first;
}

void setShares(QList<MetricPart> *parts)
{
    double sum = 0;
    for (const MetricPart &part : std::as_const(*parts)) {
        if (part.value.toDouble() < 0)
            return;
        sum += part.value.toDouble();
    }
    if (!(sum > 0) || !std::isfinite(sum))
        return;
    for (MetricPart &part : *parts)
        part.share = part.value.toDouble() / sum;
}

} // namespace

MetricParts MetricParts::of(const MetricSnapshot &metric, const QString &dimension)
{
    const QList<Dimension> dimensions = metric.dimensions();
    MetricParts result;
    result.figure = chooseFigure(dimensions, figureOf(dimension));
    for (const Dimension &each : dimensions) {
        if (!addsUp(each) || figureOf(each.name) != result.figure)
            continue;
        const auto attribute = partOf(each.attributes);
        result.attribute = attribute.key();
        result.unit = each.unit;
        const QString name = attribute.value().toString();
        result.parts.append({ name, each.value, {}, name == u"(other)" });
    }
    std::stable_sort(
            result.parts.begin(), result.parts.end(), [](const MetricPart &a, const MetricPart &b) {
                if (a.isRest != b.isRest)
                    return b.isRest;
                return std::isnan(b.value.toDouble()) ? !std::isnan(a.value.toDouble())
                                                      : a.value.toDouble() > b.value.toDouble();
            });
    setShares(&result.parts);
    return result;
}

} // namespace Recorders::Internal

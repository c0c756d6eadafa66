// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/snapshotjson_p.h"

#include "core/value/numericvalue_p.h"

#include <QJsonArray>
#include <QMetaEnum>

#include <algorithm>
#include <cmath>
#include <vector>

namespace Recorders::Internal {

namespace {

template <typename Enum>
QString keyOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

QJsonValue jsonValue(const QVariant &value);

// Most readers have no numbers but doubles, and JSON has no NaN: what these cannot be is a string.
QJsonValue jsonNumber(const QVariant &value)
{
    const bool isNumberOfJson =
            isFloatingPoint(value) ? std::isfinite(toDouble(value)) : isExactAsDouble(value);
    if (!isNumberOfJson)
        return exactNumber(value);
    return isFloatingPoint(value) ? QJsonValue(toDouble(value)) : QJsonValue(value.toLongLong());
}

template <typename Values>
QJsonArray jsonArray(const Values &values)
{
    QJsonArray array;
    for (const auto &value : values)
        array.append(jsonValue(value));
    return array;
}

template <typename Map>
QJsonObject jsonObject(const Map &map)
{
    QJsonObject json;
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        json.insert(it.key(), jsonValue(it.value()));
    return json;
}

QJsonValue jsonValue(const QVariant &value)
{
    if (isNumber(value))
        return jsonNumber(value);
    switch (value.typeId()) {
    case QMetaType::QVariantList:
        return jsonArray(value.toList());
    case QMetaType::QVariantMap:
        return jsonObject(value.toMap());
    case QMetaType::QVariantHash:
        return jsonObject(value.toHash());
    default:
        return QJsonValue::fromVariant(value);
    }
}

QJsonObject jsonObject(const Distribution &distribution)
{
    QJsonObject json{
        { QStringLiteral("count"), jsonValue(distribution.count()) },
        { QStringLiteral("sum"), jsonValue(DistributionAccess::sum(distribution).toVariant()) },
        { QStringLiteral("scale"), distribution.scale() },
        { QStringLiteral("zeroCount"), jsonValue(distribution.zeroCount()) },
        { QStringLiteral("offset"), distribution.offset() },
        { QStringLiteral("bucketCounts"), jsonArray(distribution.bucketCounts()) },
        { QStringLiteral("maxBuckets"), distribution.maxBuckets() },
    };
    if (!distribution.isEmpty()) {
        const Extremes &extremes = DistributionAccess::extremes(distribution);
        json.insert(QStringLiteral("min"), jsonValue(extremes.minVariant()));
        json.insert(QStringLiteral("max"), jsonValue(extremes.maxVariant()));
    }
    const QList<quint64> negative = distribution.negativeBucketCounts();
    if (!negative.isEmpty()) {
        json.insert(QStringLiteral("negativeOffset"), distribution.negativeOffset());
        json.insert(QStringLiteral("negativeBucketCounts"), jsonArray(negative));
    }
    if (distribution.invalidCount() > 0)
        json.insert(QStringLiteral("invalidCount"), jsonValue(distribution.invalidCount()));
    return json;
}

QJsonObject jsonDistribution(const Dimension &part)
{
    QJsonObject json = jsonObject(part.value.value<Distribution>());
    if (!part.name.isEmpty())
        json.insert(QStringLiteral("part"), part.name);
    if (!part.unit.isDimensionless())
        json.insert(QStringLiteral("unit"), part.unit.code());
    if (!part.attributes.isEmpty())
        json.insert(QStringLiteral("attributes"), jsonObject(part.attributes));
    return json;
}

// QJsonObject keeps its keys in order, and what comes in that order is put at its end.
std::vector<const Dimension *> inOrderOfNames(const QList<Dimension> &dimensions)
{
    std::vector<const Dimension *> sorted;
    sorted.reserve(size_t(dimensions.size()));
    for (const Dimension &dimension : dimensions)
        sorted.push_back(&dimension);
    std::sort(sorted.begin(), sorted.end(),
              [](const Dimension *a, const Dimension *b) { return a->name < b->name; });
    return sorted;
}

} // namespace

QJsonObject toJson(const MetricSnapshot &snapshot)
{
    QJsonObject values;
    QJsonObject units;
    QJsonObject kinds;
    QJsonObject attributes;
    const QList<Dimension> dimensions = snapshot.dimensions();
    for (const Dimension *dimension : inOrderOfNames(dimensions)) {
        values.insert(dimension->name, jsonValue(dimension->value));
        if (!dimension->unit.isDimensionless())
            units.insert(dimension->name, dimension->unit.code());
        if (dimension->kind != MetricKind::Unspecified)
            kinds.insert(dimension->name, keyOf(dimension->kind));
        if (!dimension->attributes.isEmpty())
            attributes.insert(dimension->name, jsonObject(dimension->attributes));
    }
    QJsonArray distributions;
    const QList<Dimension> parts = snapshot.distributions();
    for (const Dimension &part : parts)
        distributions.append(jsonDistribution(part));

    QJsonObject json{ { QStringLiteral("name"), snapshot.name() },
                      { QStringLiteral("values"), values } };
    const auto insertIfSaid = [&json](const QString &key, const auto &said) {
        if (!said.isEmpty())
            json.insert(key, said);
    };
    insertIfSaid(QStringLiteral("description"), snapshot.description());
    insertIfSaid(QStringLiteral("units"), units);
    insertIfSaid(QStringLiteral("kinds"), kinds);
    insertIfSaid(QStringLiteral("attributes"), attributes);
    insertIfSaid(QStringLiteral("distributions"), distributions);
    if (snapshot.state() != MetricState::Active)
        json.insert(QStringLiteral("state"), keyOf(snapshot.state()));
    insertIfSaid(QStringLiteral("error"), snapshot.errorString());
    return json;
}

} // namespace Recorders::Internal

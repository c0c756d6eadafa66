// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>

#include "core/ownedstring_p.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QMetaEnum>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Recorders {

using namespace Internal;

class MetricSnapshotData : public QSharedData
{
public:
    QString name;
    QString description;
    QString errorString;
    QList<Dimension> dimensions;
    QList<Dimension> distributions;
    MetricState state = MetricState::Active;
};

namespace {

Q_LOGGING_CATEGORY(lcSnapshot, "recorders.core.metricsnapshot", QtWarningMsg)

template <typename Enum>
QString keyOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

// JSON has neither NaN nor integers above 2^63: both are written as text, so that nothing is lost.
QJsonValue jsonValue(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::ULongLong: {
        const qulonglong number = value.toULongLong();
        if (number > static_cast<qulonglong>(std::numeric_limits<qint64>::max()))
            return QString::number(number);
        return static_cast<qint64>(number);
    }
    case QMetaType::Double:
        if (!std::isfinite(value.toDouble()))
            return value.toString();
        break;
    default:
        break;
    }
    return QJsonValue::fromVariant(value);
}

QJsonObject jsonObject(const QVariantMap &attributes)
{
    QJsonObject json;
    for (auto it = attributes.cbegin(); it != attributes.cend(); ++it)
        json.insert(it.key(), jsonValue(it.value()));
    return json;
}

QJsonArray jsonArray(const QList<quint64> &counts)
{
    QJsonArray array;
    for (const quint64 count : counts)
        array.append(jsonValue(count));
    return array;
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

QJsonArray jsonArray(const QList<Dimension> &distributions)
{
    QJsonArray array;
    for (const Dimension &each : distributions) {
        QJsonObject json = jsonObject(each.value.value<Distribution>());
        if (!each.name.isEmpty())
            json.insert(QStringLiteral("part"), each.name);
        if (!each.unit.isDimensionless())
            json.insert(QStringLiteral("unit"), each.unit.code());
        if (!each.attributes.isEmpty())
            json.insert(QStringLiteral("attributes"), jsonObject(each.attributes));
        array.append(json);
    }
    return array;
}

} // namespace

/*!
    \class Recorders::MetricSnapshot
    \inheaderfile recorders/core/metricsnapshot.h
    \inmodule Recorders
    \brief The MetricSnapshot class is the state of one metric at one moment.

    \reentrant

    A snapshot has a name and an ordered list of named values, its dimensions. It is a value:
    implicitly shared, cheap to copy, and independent of the metric that it was taken from. Its
    strings do not depend on the library that wrote them either, also if they are QStringLiterals: a
    plugin may be unloaded, and snapshots of its metrics stay valid. That is so for strings, bytes, and
    lists and maps of them. It is not for values of other types that have characters of the plugin
    within, or are the plugin's own.

    \code
    return MetricSnapshot(name())
            .add(QStringLiteral("total"), m_total, {}, MetricKind::Counter)
            .add(QStringLiteral("bytes"), m_bytes, Unit::bytes(), MetricKind::Counter)
            .add(QStringLiteral("longest"), m_longest); // a std::chrono::duration
    \endcode

    Beside its dimensions it can have distributions, of the whole and of parts, see
    addDistribution().
*/

/*!
    Constructs a snapshot, without dimensions, of the metric called \a name.
*/
MetricSnapshot::MetricSnapshot(QString name)
    : d(new MetricSnapshotData)
{
    d->name = owned(std::move(name));
}

MetricSnapshot::MetricSnapshot(const MetricSnapshot &other) = default;
MetricSnapshot::MetricSnapshot(MetricSnapshot &&other) noexcept = default;
MetricSnapshot &MetricSnapshot::operator=(const MetricSnapshot &other) = default;
MetricSnapshot &MetricSnapshot::operator=(MetricSnapshot &&other) noexcept = default;
MetricSnapshot::~MetricSnapshot() = default;

/*!
    \property MetricSnapshot::name
    \brief the name of the metric
*/
QString MetricSnapshot::name() const
{
    return d->name;
}

/*!
    \property MetricSnapshot::description
    \brief a sentence that says what the metric means
*/
QString MetricSnapshot::description() const
{
    return d->description;
}

/*!
    Sets the \a description, and returns this snapshot.
*/
MetricSnapshot &MetricSnapshot::setDescription(QString description)
{
    d->description = owned(std::move(description));
    return *this;
}

/*!
    \property MetricSnapshot::state
    \brief whether the metric still gets events
*/
MetricState MetricSnapshot::state() const
{
    return d->state;
}

/*!
    \property MetricSnapshot::errorString
    \brief what the last failure of the metric said, empty if it never failed
*/
QString MetricSnapshot::errorString() const
{
    return d->errorString;
}

/*!
    Sets the \a state and the \a errorString, and returns this snapshot. The recorder calls this
    for metrics that fail.
*/
MetricSnapshot &MetricSnapshot::setState(MetricState state, QString errorString)
{
    d->state = state;
    d->errorString = owned(std::move(errorString));
    return *this;
}

/*!
    Adds \a value as \a dimension, measured in \a unit and meant as \a kind, and returns this
    snapshot. A dimension of that name is replaced and keeps its place.
*/
MetricSnapshot &MetricSnapshot::add(QString dimension, QVariant value, Unit unit, MetricKind kind)
{
    return add(Dimension{ std::move(dimension), std::move(value), std::move(unit), kind, {} });
}

/*!
    Adds \a dimension, and returns this snapshot. A dimension of that name is replaced and keeps
    its place.

    The attributes of a dimension say which part of the whole it is, as those of OpenTelemetry and
    the labels of Prometheus do: "outcome" is "Success", "quantile" is 0.99. Dimensions without
    attributes are of the whole.
*/
MetricSnapshot &MetricSnapshot::add(Dimension dimension)
{
    dimension.name = owned(std::move(dimension.name));
    dimension.value = owned(std::move(dimension.value));
    dimension.attributes = owned(std::move(dimension.attributes));
    QList<Dimension> &all = d->dimensions;
    const auto sameName = [&dimension](const Dimension &other) {
        return other.name == dimension.name;
    };
    const auto existing = std::find_if(all.begin(), all.end(), sameName);
    if (existing == all.end())
        all.append(std::move(dimension));
    else
        *existing = std::move(dimension);
    return *this;
}

/*!
    Returns the value of \a dimension, or an invalid variant if there is none.
*/
QVariant MetricSnapshot::value(QStringView dimension) const
{
    for (const Dimension &candidate : d->dimensions) {
        if (candidate.name == dimension)
            return candidate.value;
    }
    return {};
}

/*!
    Returns \c true if there is a \a dimension of that name.
*/
bool MetricSnapshot::contains(QStringView dimension) const
{
    return std::any_of(d->dimensions.cbegin(), d->dimensions.cend(),
                       [dimension](const Dimension &other) { return other.name == dimension; });
}

/*!
    \property MetricSnapshot::dimensions
    \brief the values, in the order in which they were added
*/
QList<Dimension> MetricSnapshot::dimensions() const
{
    return d->dimensions;
}

/*!
    Adds \a distribution, of numbers in \a unit, and returns this snapshot. It is that of the
    \a part of that name, with \a attributes as Dimension::attributes are, or of the whole if there is
    no name. One of the same part is replaced and keeps its place.

    Distributions are told apart from dimensions(), and no model has rows for them.
*/
MetricSnapshot &MetricSnapshot::addDistribution(Distribution distribution, Unit unit, QString part,
                                                QVariantMap attributes)
{
    return addDistribution(QVariant::fromValue(std::move(distribution)), std::move(unit),
                           std::move(part), std::move(attributes));
}

/*!
    \overload

    The variant \a distribution must hold a Distribution; if it does not, there is a warning, and
    nothing is added. One that distributions() of another snapshot returned is shared; others are
    copied, as what describes their type may be unloaded with a plugin.
*/
MetricSnapshot &MetricSnapshot::addDistribution(QVariant distribution, Unit unit, QString part,
                                                QVariantMap attributes)
{
    if (distribution.metaType() != QMetaType::fromType<Distribution>()) {
        qCWarning(lcSnapshot, "MetricSnapshot::addDistribution: a %s is no distribution",
                  distribution.isValid() ? distribution.typeName() : "variant without a value");
        return *this;
    }
    // The type of a plugin's variant is described within the plugin.
    if (distribution.metaType().iface() != QMetaType::fromType<Distribution>().iface())
        distribution =
                QVariant::fromValue(*static_cast<const Distribution *>(distribution.constData()));
    Dimension added{ owned(std::move(part)), std::move(distribution), std::move(unit),
                     MetricKind::Histogram, owned(std::move(attributes)) };
    QList<Dimension> &all = d->distributions;
    const auto existing = std::find_if(all.begin(), all.end(), [&added](const Dimension &other) {
        return other.name == added.name;
    });
    if (existing == all.end())
        all.append(std::move(added));
    else
        *existing = std::move(added);
    return *this;
}

/*!
    Returns the distribution of \a part, or of the whole if that is empty. It is an empty one if
    there is none. This is a deep copy; distributions() shares them.
*/
Distribution MetricSnapshot::distribution(QStringView part) const
{
    for (const Dimension &candidate : d->distributions) {
        if (candidate.name == part)
            return candidate.value.value<Distribution>();
    }
    return Distribution();
}

/*!
    Returns \c true if there is a distribution of \a part, or of the whole if that is empty.
*/
bool MetricSnapshot::hasDistribution(QStringView part) const
{
    return std::any_of(d->distributions.cbegin(), d->distributions.cend(),
                       [part](const Dimension &other) { return other.name == part; });
}

/*!
    \property MetricSnapshot::distributions
    \brief the distributions, in the order in which they were added

    Each is the value of a Dimension that is named by the part, the whole by an empty name.
*/
QList<Dimension> MetricSnapshot::distributions() const
{
    return d->distributions;
}

/*!
    Returns the snapshot as JSON: \c name, and by dimension \c values, \c units, \c kinds and
    \c attributes. What was not said (a unit, a kind, a description, an error) is left out. Integers are exact;
    NaN, infinities and integers above 2^63 - 1 are written as strings.

    The array \c distributions has an object for each Distribution, with \c part, \c unit,
    \c attributes, \c count, \c sum, \c min, \c max, \c scale, \c zeroCount, \c offset,
    \c bucketCounts, \c negativeOffset, \c negativeBucketCounts, \c invalidCount and
    \c maxBuckets. What there is not (the part of the whole, extremes without values, buckets below
    0, invalid numbers) is left out.
*/
QJsonObject MetricSnapshot::toJson() const
{
    QJsonObject values;
    QJsonObject units;
    QJsonObject kinds;
    QJsonObject attributes;
    for (const Dimension &dimension : d->dimensions) {
        values.insert(dimension.name, jsonValue(dimension.value));
        if (!dimension.unit.isDimensionless())
            units.insert(dimension.name, dimension.unit.code());
        if (dimension.kind != MetricKind::Unspecified)
            kinds.insert(dimension.name, keyOf(dimension.kind));
        if (!dimension.attributes.isEmpty())
            attributes.insert(dimension.name, jsonObject(dimension.attributes));
    }

    QJsonObject json{ { QStringLiteral("name"), d->name }, { QStringLiteral("values"), values } };
    if (!d->description.isEmpty())
        json.insert(QStringLiteral("description"), d->description);
    if (!units.isEmpty())
        json.insert(QStringLiteral("units"), units);
    if (!kinds.isEmpty())
        json.insert(QStringLiteral("kinds"), kinds);
    if (!attributes.isEmpty())
        json.insert(QStringLiteral("attributes"), attributes);
    if (!d->distributions.isEmpty())
        json.insert(QStringLiteral("distributions"), jsonArray(d->distributions));
    if (d->state != MetricState::Active)
        json.insert(QStringLiteral("state"), keyOf(d->state));
    if (!d->errorString.isEmpty())
        json.insert(QStringLiteral("error"), d->errorString);
    return json;
}

bool operator==(const MetricSnapshot &a, const MetricSnapshot &b)
{
    return a.d == b.d
            || (a.d->dimensions == b.d->dimensions // first: values are what changes
                && a.d->distributions == b.d->distributions && a.d->name == b.d->name
                && a.d->state == b.d->state && a.d->description == b.d->description
                && a.d->errorString == b.d->errorString);
}

} // namespace Recorders

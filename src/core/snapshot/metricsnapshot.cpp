// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>

#include "core/platform/ownedstring_p.h"
#include "core/snapshot/metricsnapshotdata_p.h"
#include "core/snapshot/snapshotjson_p.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace Recorders {

using namespace Internal;

namespace {

Q_LOGGING_CATEGORY(lcSnapshot, "recorders.core.metricsnapshot", QtWarningMsg)

bool haveSameDimensions(const MetricSnapshotData &a, const MetricSnapshotData &b)
{
    if (a.size() != b.size())
        return false;
    int row = 0;
    while (row < a.size() && a.at(row).isSame(b.at(row)))
        ++row;
    return row == a.size();
}

} // namespace

/*!
    \class Recorders::MetricSnapshot
    \inheaderfile recorders/core/metricsnapshot.h
    \inmodule Recorders
    \since Recorders 0.1
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
    : d(new MetricSnapshotData(owned(std::move(name))))
{
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
    return d->name();
}

void MetricSnapshot::setName(const QString &name)
{
    d->setName(owned(name));
}

/*!
    \property MetricSnapshot::description
    \brief a sentence that says what the metric means
*/
QString MetricSnapshot::description() const
{
    return d->description();
}

/*!
    Sets the \a description, and returns this snapshot.
*/
MetricSnapshot &MetricSnapshot::setDescription(QString description)
{
    d->setDescription(owned(std::move(description)));
    return *this;
}

/*!
    \property MetricSnapshot::state
    \brief whether the metric still gets events
*/
MetricState MetricSnapshot::state() const
{
    return d->state();
}

/*!
    \property MetricSnapshot::errorString
    \brief what the last failure of the metric said, empty if it never failed
*/
QString MetricSnapshot::errorString() const
{
    return d->errorString();
}

/*!
    Sets the \a state and the \a errorString, and returns this snapshot. The recorder calls this
    for metrics that fail.
*/
MetricSnapshot &MetricSnapshot::setState(MetricState state, QString errorString)
{
    d->setState(state, owned(std::move(errorString)));
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
    d->put(std::move(dimension));
    return *this;
}

/*!
    Returns the value of \a dimension, or an invalid variant if there is none.
*/
QVariant MetricSnapshot::value(QStringView dimension) const
{
    const int row = d->indexOf(dimension);
    return row < 0 ? QVariant() : d->at(row).value;
}

/*!
    Returns \c true if there is a \a dimension of that name.
*/
bool MetricSnapshot::contains(QStringView dimension) const
{
    return d->indexOf(dimension) >= 0;
}

/*!
    Returns the dimension called \a name with all that was said of it, or nothing if there is none.
*/
std::optional<Dimension> MetricSnapshot::dimension(QStringView name) const
{
    const int row = d->indexOf(name);
    return row < 0 ? std::nullopt : std::optional(d->at(row).copy());
}

/*!
    \property MetricSnapshot::dimensions
    \brief the values, in the order in which they were added
*/
QList<Dimension> MetricSnapshot::dimensions() const
{
    return d->dimensions();
}

// NOLINTBEGIN(performance-move-const-arg, performance-unnecessary-value-param): fromValue() moves it
// from Qt 6.6 on.
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
// NOLINTEND(performance-move-const-arg, performance-unnecessary-value-param)

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
    d->putDistribution({ owned(std::move(part)), std::move(distribution), std::move(unit),
                         MetricKind::Histogram, owned(std::move(attributes)) });
    return *this;
}

/*!
    Returns the distribution of \a part, or of the whole if that is empty. It is an empty one if
    there is none. This is a deep copy; distributions() shares them.
*/
Distribution MetricSnapshot::distribution(QStringView part) const
{
    const Dimension *const found = d->distributions().find(part);
    return found ? found->value.value<Distribution>() : Distribution();
}

/*!
    Returns \c true if there is a distribution of \a part, or of the whole if that is empty.
*/
bool MetricSnapshot::hasDistribution(QStringView part) const
{
    return d->distributions().find(part) != nullptr;
}

/*!
    \property MetricSnapshot::distributions
    \brief the distributions, in the order in which they were added

    Each is the value of a Dimension that is named by the part, the whole by an empty name.
*/
QList<Dimension> MetricSnapshot::distributions() const
{
    return d->distributions().all();
}

/*!
    Returns the snapshot as JSON, as \l{Snapshots in JSON} describes it: \c name, and by dimension
    \c values, \c units, \c kinds and \c attributes; an array \c distributions. What was not said (a
    unit, a kind, a description, an error) is left out. Nothing is rounded: what JSON or its readers
    cannot have as a number is a string.
*/
QJsonObject MetricSnapshot::toJson() const
{
    return Internal::toJson(*this);
}

/*!
    Releases memory that the snapshot does not need while nothing is added to it. Names, units and
    kinds are shared then by all squeezed snapshots of the process that have the same; of one with one
    value some 80 bytes are left. Recorders squeeze theirs: do it with yours if you keep many.

    dimensions() makes its list anew then. A snapshot of more than 32 dimensions stays as it is, and
    so does one with attributes that are neither texts nor numbers, or for which there is no memory.
*/
void MetricSnapshot::squeeze() noexcept
{
    SnapshotAccess::squeeze(*this);
}

bool operator==(const MetricSnapshot &a, const MetricSnapshot &b)
{
    return a.d == b.d
            || (haveSameDimensions(*a.d, *b.d) // first: values are what changes
                && a.distributions() == b.distributions() && a.d->name() == b.d->name()
                && a.d->state() == b.d->state() && a.d->description() == b.d->description()
                && a.d->errorString() == b.d->errorString());
}

} // namespace Recorders

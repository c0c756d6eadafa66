// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/distribution.h>
#include <recorders/core/namespace.h>
#include <recorders/core/number.h>
#include <recorders/core/unit.h>
#include <recorders/recorders_export.h>

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QSharedDataPointer>
#include <QString>
#include <QVariant>
#include <QVariantMap>

#include <chrono>
#include <optional>
#include <type_traits>

namespace Recorders {

class MetricSnapshotData;

namespace Internal {

class MetricSet;
class SnapshotAccess;

// Of the same type and the same bits, where QVariant finds "1" and 1 equal, and no NaN.
RECORDERS_EXPORT bool isSameValue(const QVariant &a, const QVariant &b);

} // namespace Internal

// One named value of a metric.
struct Dimension
{
    Q_GADGET_EXPORT(RECORDERS_EXPORT)
    Q_PROPERTY(QString name MEMBER name CONSTANT)
    Q_PROPERTY(QVariant value MEMBER value CONSTANT)
    Q_PROPERTY(Recorders::Unit unit MEMBER unit CONSTANT)
    Q_PROPERTY(Recorders::MetricKind kind MEMBER kind CONSTANT)
    Q_PROPERTY(QVariantMap attributes MEMBER attributes CONSTANT)

public:
    QString name;
    QVariant value;
    Unit unit;
    MetricKind kind = MetricKind::Unspecified;
    QVariantMap attributes; // which part of the whole it is: "outcome" is "Success"

    RECORDERS_EXPORT friend bool operator==(const Dimension &a, const Dimension &b);
    friend bool operator!=(const Dimension &a, const Dimension &b) { return !(a == b); }
};

class RECORDERS_EXPORT MetricSnapshot
{
    Q_GADGET
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(QString description READ description CONSTANT)
    Q_PROPERTY(Recorders::MetricState state READ state CONSTANT)
    Q_PROPERTY(QString errorString READ errorString CONSTANT)
    Q_PROPERTY(QList<Recorders::Dimension> dimensions READ dimensions CONSTANT)
    Q_PROPERTY(QList<Recorders::Dimension> distributions READ distributions CONSTANT)

public:
    using Dimension = Recorders::Dimension;

    explicit MetricSnapshot(QString name = {});
    MetricSnapshot(const MetricSnapshot &other);
    MetricSnapshot(MetricSnapshot &&other) noexcept;
    MetricSnapshot &operator=(const MetricSnapshot &other);
    MetricSnapshot &operator=(MetricSnapshot &&other) noexcept;
    ~MetricSnapshot();

    QString name() const;

    QString description() const;
    MetricSnapshot &setDescription(QString description);

    MetricState state() const;
    QString errorString() const; // what the metric's last failure said
    MetricSnapshot &setState(MetricState state, QString errorString = {});

    // Adds a value, or replaces the dimension of that name.
    MetricSnapshot &add(Dimension dimension);
    MetricSnapshot &add(QString dimension, QVariant value, Unit unit = {},
                        MetricKind kind = MetricKind::Unspecified);
    template <typename T, std::enable_if_t<std::is_arithmetic_v<T>, bool> = true>
    MetricSnapshot &add(QString dimension, T value, Unit unit = {},
                        MetricKind kind = MetricKind::Unspecified);
    template <typename Rep, typename Period>
    MetricSnapshot &add(QString dimension, std::chrono::duration<Rep, Period> value,
                        MetricKind kind = MetricKind::Unspecified); // in nanoseconds, saturated

    QVariant value(QStringView dimension) const; // invalid if there is no such dimension
    bool contains(QStringView dimension) const;
    std::optional<Dimension> dimension(QStringView name) const; // null if there is none
    QList<Dimension> dimensions() const;

    // Adds the distribution of a part, or of the whole. They are no dimensions.
    MetricSnapshot &addDistribution(Distribution distribution, Unit unit = {}, QString part = {},
                                    QVariantMap attributes = {});
    MetricSnapshot &addDistribution(QVariant distribution, Unit unit = {}, QString part = {},
                                    QVariantMap attributes = {}); // which is shared
    Distribution distribution(QStringView part = {}) const; // an empty one if there is none
    bool hasDistribution(QStringView part = {}) const;
    QList<Dimension> distributions() const; // named by their parts; the whole: empty

    QJsonObject toJson() const;

    void squeeze() noexcept; // to as little memory as it needs; it stays equal

    RECORDERS_EXPORT friend bool operator==(const MetricSnapshot &a, const MetricSnapshot &b);
    friend bool operator!=(const MetricSnapshot &a, const MetricSnapshot &b) { return !(a == b); }

private:
    friend class Internal::MetricSet;
    friend class Internal::SnapshotAccess;

    void setName(const QString &name); // all or nothing

    QSharedDataPointer<MetricSnapshotData> d;
};

template <typename T, std::enable_if_t<std::is_arithmetic_v<T>, bool>>
MetricSnapshot &MetricSnapshot::add(QString dimension, T value, Unit unit, MetricKind kind)
{
    if constexpr (std::is_same_v<T, bool>)
        return add(std::move(dimension), QVariant(value), std::move(unit), kind);
    else if constexpr (std::is_floating_point_v<T>)
        return add(std::move(dimension), QVariant(static_cast<double>(value)), std::move(unit),
                   kind);
    else if constexpr (std::is_signed_v<T>)
        return add(std::move(dimension), QVariant(static_cast<qlonglong>(value)), std::move(unit),
                   kind);
    else
        return add(std::move(dimension), QVariant(static_cast<qulonglong>(value)), std::move(unit),
                   kind);
}

template <typename Rep, typename Period>
MetricSnapshot &MetricSnapshot::add(QString dimension, std::chrono::duration<Rep, Period> value,
                                    MetricKind kind)
{
    const Internal::Number time = Internal::Number::of(value);
    return time.isWhole()
            ? add(std::move(dimension), qlonglong(time.whole()), Unit::nanoseconds(), kind)
            : add(std::move(dimension), time.toDouble(), Unit::nanoseconds(), kind);
}

} // namespace Recorders

Q_DECLARE_TYPEINFO(Recorders::MetricSnapshot, Q_RELOCATABLE_TYPE);

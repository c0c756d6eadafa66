// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>

#include <QExplicitlySharedDataPointer>
#include <QList>
#include <QSharedData>
#include <QString>
#include <QStringView>
#include <QVariantMap>

#include <cstddef>
#include <vector>

namespace Recorders::Internal {

class MetricShape;
using MetricShapePointer = QExplicitlySharedDataPointer<const MetricShape>;

// What the snapshots of a kind have in common: all but their values. It never changes, so that
// threads share it.
class MetricShape : public QSharedData
{
public:
    struct Dimension
    {
        QString name;
        Unit unit;
        MetricKind kind;
        QVariantMap attributes;
    };
    using Dimensions = QList<Recorders::Dimension>;

    // Metrics with more of them often get another one, named by an address or an error text: the
    // next snapshot would have another shape.
    static constexpr qsizetype maxSize = 32;
    // Nor are there shapes of attributes whose type may be a plugin's: shapes stay when that goes.
    static bool canBeOf(const Dimensions &dimensions);

    // The one that the process has, or one of its own if there are too many like it. Any thread.
    static MetricShapePointer of(const QString &name, const QString &description,
                                 const Dimensions &dimensions);

    MetricShape(QString name, QString description, const Dimensions &dimensions);

    bool isOf(const QString &name, const QString &description, const Dimensions &dimensions) const;

    const QString &name() const noexcept { return m_name; }
    const QString &description() const noexcept { return m_description; }
    int size() const noexcept { return int(m_dimensions.size()); }
    const Dimension &at(int row) const { return m_dimensions[std::size_t(row)]; }
    int indexOf(QStringView dimension) const; // -1: there is none

private:
    const QString m_name;
    const QString m_description;
    std::vector<Dimension> m_dimensions;
};

// A dimension, wherever its parts are, and as long as they are there.
struct DimensionView
{
    DimensionView(const Dimension &dimension) // implicit: it is one
        : name(dimension.name)
        , value(dimension.value)
        , unit(dimension.unit)
        , kind(dimension.kind)
        , attributes(dimension.attributes)
    {
    }
    DimensionView(const MetricShape::Dimension &shape, const QVariant &valueOfIt)
        : name(shape.name)
        , value(valueOfIt)
        , unit(shape.unit)
        , kind(shape.kind)
        , attributes(shape.attributes)
    {
    }

    DimensionView(const DimensionView &other, const QVariant &valueOfIt)
        : name(other.name)
        , value(valueOfIt)
        , unit(other.unit)
        , kind(other.kind)
        , attributes(other.attributes)
    {
    }

    Dimension copy() const { return { name, value, unit, kind, attributes }; }
    bool isSame(const DimensionView &other) const; // as ==

    const QString &name;
    const QVariant &value;
    const Unit &unit;
    MetricKind kind;
    const QVariantMap &attributes;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/snapshot/metricshape_p.h"
#include "core/snapshot/nameddimensions_p.h"

#include <memory>

namespace Recorders {

/*
    A snapshot is open while it is made: it has a list of its dimensions. Once it is squeezed it has
    their values alone, and shares all else with its kind, as models and runtimes keep a million. What
    changes a squeezed one opens it again. One of too many dimensions stays open.
*/
class MetricSnapshotData : public QSharedData
{
public:
    using View = Internal::DimensionView;

    explicit MetricSnapshotData(QString name);
    MetricSnapshotData(const MetricSnapshotData &other);
    MetricSnapshotData &operator=(const MetricSnapshotData &) = delete;
    ~MetricSnapshotData() = default;

    const QString &name() const { return m_shape ? m_shape->name() : m_parts->name; }
    const QString &description() const
    {
        return m_shape ? m_shape->description() : m_parts->description;
    }
    MetricState state() const { return m_parts ? m_parts->state : MetricState::Active; }
    QString errorString() const { return m_parts ? m_parts->errorString : QString(); }
    const Internal::NamedDimensions &distributions() const;

    int size() const { return m_shape ? m_shape->size() : int(m_parts->dimensions.all().size()); }
    View at(int row) const
    {
        if (!m_shape)
            return m_parts->dimensions.all().at(row);
        return { m_shape->at(row), row == 0 ? m_first : m_others[std::size_t(row - 1)] };
    }
    int indexOf(QStringView dimension) const; // -1: there is none
    QList<Dimension> dimensions() const;

    const Internal::MetricShapePointer &shape() const { return m_shape; } // null: it is open
    bool canBeSqueezed() const
    {
        return !m_shape && Internal::MetricShape::canBeOf(m_parts->dimensions.all());
    }
    // If it can be. Most likely it is of that shape.
    void squeeze(const Internal::MetricShapePointer &expected);

    // Opens it.
    void setName(QString name);
    void setDescription(QString description);
    void put(Dimension dimension);

    void setState(MetricState state, QString errorString);
    void putDistribution(Dimension distribution);

private:
    // All of an open one; of a squeezed one what most do not have.
    struct Parts
    {
        QString name;
        QString description;
        MetricState state = MetricState::Active;
        QString errorString;
        Internal::NamedDimensions dimensions;
        std::shared_ptr<const Internal::NamedDimensions> distributions; // null: there are none
    };
    Parts &parts();
    Parts &open();

    Internal::MetricShapePointer m_shape;
    QVariant m_first; // value
    std::unique_ptr<QVariant[]> m_others;
    std::unique_ptr<Parts> m_parts;
};

namespace Internal {

// What the library sees of a snapshot, besides its public functions.
class SnapshotAccess
{
public:
    static const MetricSnapshotData &data(const MetricSnapshot &snapshot) { return *snapshot.d; }

    static void squeeze(MetricSnapshot &snapshot, const MetricShapePointer &expected = {}) noexcept;
    static MetricSnapshot squeezed(MetricSnapshot snapshot,
                                   const MetricShapePointer &expected = {}) noexcept
    {
        squeeze(snapshot, expected);
        return snapshot;
    }
};

} // namespace Internal

} // namespace Recorders

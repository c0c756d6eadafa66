// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/metricsnapshotdata_p.h"

#include <algorithm>
#include <new>
#include <utility>

namespace Recorders {

using namespace Internal;

MetricSnapshotData::MetricSnapshotData(QString name)
    : m_parts(std::make_unique<Parts>())
{
    m_parts->name = std::move(name);
}

MetricSnapshotData::MetricSnapshotData(const MetricSnapshotData &other)
    : QSharedData(other)
    , m_shape(other.m_shape)
    , m_first(other.m_first)
    , m_parts(other.m_parts ? std::make_unique<Parts>(*other.m_parts) : nullptr)
{
    if (!other.m_others)
        return;
    const auto count = std::size_t(m_shape->size() - 1);
    m_others = std::make_unique<QVariant[]>(count);
    std::copy_n(other.m_others.get(), count, m_others.get());
}

const NamedDimensions &MetricSnapshotData::distributions() const
{
    static const NamedDimensions none;
    return m_parts && m_parts->distributions ? *m_parts->distributions : none;
}

int MetricSnapshotData::indexOf(QStringView dimension) const
{
    return m_shape ? m_shape->indexOf(dimension) : m_parts->dimensions.indexOf(dimension);
}

QList<Dimension> MetricSnapshotData::dimensions() const
{
    if (!m_shape)
        return m_parts->dimensions.all();
    QList<Dimension> dimensions;
    dimensions.reserve(size());
    for (int row = 0; row < size(); ++row)
        dimensions.append(at(row).copy());
    return dimensions;
}

// All or nothing.
void MetricSnapshotData::squeeze(const MetricShapePointer &expected)
{
    Q_ASSERT(canBeSqueezed());
    const QList<Dimension> &dimensions = m_parts->dimensions.all();
    const bool isExpected =
            expected && expected->isOf(m_parts->name, m_parts->description, dimensions);
    MetricShapePointer shape = isExpected
            ? expected
            : MetricShape::of(m_parts->name, m_parts->description, dimensions);
    std::unique_ptr<QVariant[]> others;
    if (dimensions.size() > 1) {
        others = std::make_unique<QVariant[]>(std::size_t(dimensions.size() - 1));
        std::transform(dimensions.cbegin() + 1, dimensions.cend(), others.get(),
                       [](const Dimension &dimension) { return dimension.value; });
    }
    m_shape = std::move(shape);
    m_others = std::move(others);
    if (!dimensions.isEmpty())
        m_first = dimensions.first().value;

    const bool hasMore = m_parts->state != MetricState::Active || !m_parts->errorString.isEmpty()
            || m_parts->distributions;
    if (!hasMore) {
        m_parts.reset();
        return;
    }
    m_parts->name = QString();
    m_parts->description = QString();
    m_parts->dimensions = {};
}

MetricSnapshotData::Parts &MetricSnapshotData::parts()
{
    if (!m_parts)
        m_parts = std::make_unique<Parts>();
    return *m_parts;
}

MetricSnapshotData::Parts &MetricSnapshotData::open()
{
    if (!m_shape)
        return *m_parts;
    NamedDimensions opened;
    for (int row = 0; row < size(); ++row)
        opened.put(at(row).copy());
    Parts &opening = parts();
    opening.dimensions = std::move(opened);
    opening.name = m_shape->name();
    opening.description = m_shape->description();
    m_shape.reset();
    m_first = {};
    m_others.reset();
    return opening;
}

void MetricSnapshotData::setName(QString name)
{
    open().name.swap(name);
}

void MetricSnapshotData::setDescription(QString description)
{
    open().description.swap(description);
}

void MetricSnapshotData::put(Dimension dimension)
{
    open().dimensions.put(std::move(dimension));
}

void MetricSnapshotData::setState(MetricState state, QString errorString)
{
    Parts &changed = parts();
    changed.state = state;
    changed.errorString.swap(errorString);
}

void MetricSnapshotData::putDistribution(Dimension distribution)
{
    auto changed = std::make_shared<NamedDimensions>(distributions());
    changed->put(std::move(distribution));
    parts().distributions = std::move(changed);
}

namespace Internal {

// Without memory for it, it stays as it is.
void SnapshotAccess::squeeze(MetricSnapshot &snapshot, const MetricShapePointer &expected) noexcept
{
    if (!data(snapshot).canBeSqueezed())
        return; // nor is it detached from others
    try {
        snapshot.d->squeeze(expected);
    } catch (const std::bad_alloc &) {
    }
}

} // namespace Internal

} // namespace Recorders

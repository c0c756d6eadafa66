// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/metricshape_p.h"

#include "core/platform/ownedstring_p.h"
#include "core/platform/processfork_p.h"
#include "core/platform/processwide_p.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace Recorders::Internal {

namespace {

class MetricShapes
{
public:
    MetricShapePointer take(const QString &name, const QString &description,
                            const MetricShape::Dimensions &dimensions);

private:
    void forgetUnused();

    std::mutex &m_mutex = ProcessFork::instance().metricShapesMutex;
    std::unordered_multimap<std::size_t, MetricShapePointer> m_shapes; // by hash
    std::size_t m_limit = 256; // of shapes, before it looks for unused ones
};

// Without attributes, which make a difference to the names of dimensions, too, in most cases.
std::size_t hashOf(const QString &name, const QString &description,
                   const MetricShape::Dimensions &dimensions)
{
    std::size_t hash = qHash(description, qHash(name));
    for (const Dimension &dimension : dimensions)
        hash = qHash(dimension.unit.code(),
                     qHash(dimension.name, hash + std::size_t(dimension.kind)));
    return hash;
}

constexpr std::ptrdiff_t maxCandidates = 16; // of the same hash, so that a search is short

MetricShapePointer MetricShapes::take(const QString &name, const QString &description,
                                      const MetricShape::Dimensions &dimensions)
{
    const std::size_t hash = hashOf(name, description, dimensions);
    const std::lock_guard lock(m_mutex);
    const auto [begin, end] = m_shapes.equal_range(hash);
    const auto found = std::find_if(begin, end, [&](const auto &known) {
        return known.second->isOf(name, description, dimensions);
    });
    if (found != end)
        return found->second;
    if (m_shapes.size() >= m_limit)
        forgetUnused();
    MetricShapePointer shape(new MetricShape(name, description, dimensions));
    if (m_shapes.count(hash) < maxCandidates)
        m_shapes.emplace(hash, shape);
    return shape;
}

// Nobody but the list has them, and nobody else can get them now.
void MetricShapes::forgetUnused()
{
    std::erase_if(m_shapes, [](const auto &known) { return known.second->ref.loadRelaxed() == 1; });
    m_limit = std::max(m_limit, 2 * m_shapes.size());
}

bool isOurs(const QVariant &attribute)
{
    switch (attribute.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::QString:
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Double:
    case QMetaType::Float:
        return true;
    default:
        return false;
    }
}

bool areSame(const QVariantMap &a, const QVariantMap &b)
{
    return a.isSharedWith(b) || (a.isEmpty() && b.isEmpty()) || isSameValue(a, b);
}

} // namespace

bool MetricShape::canBeOf(const Dimensions &dimensions)
{
    return dimensions.size() <= maxSize
            && std::all_of(dimensions.cbegin(), dimensions.cend(),
                           [](const Recorders::Dimension &dimension) {
                               return std::all_of(dimension.attributes.cbegin(),
                                                  dimension.attributes.cend(), isOurs);
                           });
}

MetricShapePointer MetricShape::of(const QString &name, const QString &description,
                                   const Dimensions &dimensions)
{
    return ProcessWide<MetricShapes>::instance().take(name, description, dimensions);
}

MetricShape::MetricShape(QString name, QString description, const Dimensions &dimensions)
    : m_name(std::move(name))
    , m_description(std::move(description))
{
    m_dimensions.reserve(std::size_t(dimensions.size()));
    for (const auto &[dimension, value, unit, kind, attributes] : dimensions)
        m_dimensions.push_back({ dimension, unit, kind, attributes });
}

bool MetricShape::isOf(const QString &name, const QString &description,
                       const Dimensions &dimensions) const
{
    return isSameString(m_name, name) && isSameString(m_description, description)
            && std::equal(m_dimensions.cbegin(), m_dimensions.cend(), dimensions.cbegin(),
                          dimensions.cend(), [](const Dimension &a, const Recorders::Dimension &b) {
                              return a.kind == b.kind && isSameString(a.name, b.name)
                                      && a.unit == b.unit && areSame(a.attributes, b.attributes);
                          });
}

int MetricShape::indexOf(QStringView dimension) const
{
    const auto found =
            std::find_if(m_dimensions.cbegin(), m_dimensions.cend(),
                         [dimension](const Dimension &known) { return known.name == dimension; });
    return found == m_dimensions.cend() ? -1 : int(found - m_dimensions.cbegin());
}

bool DimensionView::isSame(const DimensionView &other) const
{
    return isSameValue(value, other.value) && kind == other.kind && isSameString(name, other.name)
            && unit == other.unit && areSame(attributes, other.attributes);
}

} // namespace Recorders::Internal

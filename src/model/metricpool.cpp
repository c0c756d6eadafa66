// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/metricpool_p.h"

#include "core/platform/ownedstring_p.h"
#include "model/snapshotnodes_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

// Without descriptions and units, which seldom make a difference.
std::size_t hashOf(const MetricNode &metric)
{
    std::size_t hash = qHash(metric.name(), std::size_t(metric.state()));
    for (int row = 0; row < metric.dimensions.size(); ++row)
        hash = qHash(metric.dimensions.at(row).name, hash);
    return hash;
}

bool isSame(const SearchedMetric::Dimension &a, const DimensionView &b)
{
    return a.kind == b.kind && isSameString(a.name, b.name) && isSameString(a.unit, b.unit.code());
}

bool haveSameDimensions(const SearchedMetric &searched, const MetricNode &metric)
{
    if (int(searched.dimensions.size()) != metric.dimensions.size())
        return false;
    for (int row = 0; row < metric.dimensions.size(); ++row) {
        if (!isSame(searched.dimensions[std::size_t(row)], metric.dimensions.at(row)))
            return false;
    }
    return true;
}

bool isSame(const SearchedMetric &searched, const MetricNode &metric)
{
    return isSameString(searched.name, metric.name()) && searched.state == metric.state()
            && isSameString(searched.description, metric.description())
            && haveSameDimensions(searched, metric);
}

SearchedMetric searchedMetric(const MetricNode &metric)
{
    SearchedMetric searched{ metric.name(), metric.description(), metric.state(), {} };
    searched.dimensions.reserve(std::size_t(metric.dimensions.size()));
    for (int row = 0; row < metric.dimensions.size(); ++row) {
        const DimensionView dimension = metric.dimensions.at(row);
        searched.dimensions.push_back({ dimension.name, dimension.unit.code(), dimension.kind });
    }
    return searched;
}

} // namespace

int MetricPool::take(const MetricNode &metric)
{
    const std::size_t hash = hashOf(metric);
    const auto [begin, end] = m_byHash.equal_range(hash);
    const auto found = std::find_if(begin, end, [&](const auto &candidate) {
        return isSame(at(candidate.second), metric);
    });
    if (found != end) {
        ++m_entries[std::size_t(found->second)].users;
        return found->second;
    }
    const int entry = newEntry();
    m_entries[std::size_t(entry)] = { searchedMetric(metric), hash, 1 };
    m_byHash.emplace(hash, entry);
    return entry;
}

int MetricPool::newEntry()
{
    if (m_free.empty()) {
        m_entries.emplace_back();
        return size() - 1;
    }
    const int entry = m_free.back();
    m_free.pop_back();
    return entry;
}

void MetricPool::release(int entry)
{
    Entry &released = m_entries[std::size_t(entry)];
    if (--released.users > 0)
        return;
    const auto [begin, end] = m_byHash.equal_range(released.hash);
    m_byHash.erase(std::find_if(
            begin, end, [entry](const auto &candidate) { return candidate.second == entry; }));
    released.metric = {};
    m_free.push_back(entry);
}

} // namespace Recorders::Internal

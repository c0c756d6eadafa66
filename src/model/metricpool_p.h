// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>

#include <QString>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace Recorders::Internal {

struct MetricNode;

// What a search looks at in a metric: everything but its values.
struct SearchedMetric
{
    struct Dimension
    {
        QString name;
        QString unit;
        MetricKind kind;
    };

    QString name;
    QString description;
    MetricState state = MetricState::Active;
    std::vector<Dimension> dimensions;
};

/*
    Of 100 000 recorders of a kind each has the same metrics, up to their values. They share one
    entry of the pool, so that it is searched through once, and takes memory once.
*/
class MetricPool
{
public:
    int take(const MetricNode &metric); // the entry for it, which has one user more
    void release(int entry);

    int size() const { return int(m_entries.size()); }
    const SearchedMetric &at(int entry) const { return m_entries[std::size_t(entry)].metric; }

private:
    struct Entry
    {
        SearchedMetric metric;
        std::size_t hash = 0;
        int users = 0;
    };
    int newEntry();

    std::vector<Entry> m_entries;
    std::vector<int> m_free;
    std::unordered_multimap<std::size_t, int> m_byHash;
};

} // namespace Recorders::Internal

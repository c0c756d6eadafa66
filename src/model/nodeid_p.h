// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <utility>
#include <vector>

namespace Recorders::Internal {

/*
    The internal id of an index of a tree is the key that a node has in the NodeTable of its store,
    and in the two low bits what it stands for. Anybody may keep an index for longer than there is
    what it stands for, and QML does: a key that is not used any more finds nothing.

    Qt 6 hashes an index by little more than the sum of row, column and id: keys alone, which differ
    by small multiples, would collide in long runs. So they are spread by an odd factor, whose upper
    half, the well mixed one, is folded into where the hash table looks; both have inverses.
*/
enum NodeTag : quintptr { RecorderTag, MetricTag, DimensionTag, TagMask = 3 };

namespace NodeIdSpreading {

inline constexpr quint64 factor = 0x9e3779b97f4a7c15;
inline constexpr quint64 inverse = 0xf1de83e19937733d;
static_assert(factor * inverse == 1);

// Mixes the upper half into the lower one. It is its own inverse.
constexpr quintptr folded(quintptr value)
{
    return value ^ (value >> (4 * sizeof(quintptr)));
}

constexpr quintptr decoded(quintptr id)
{
    return folded(folded(id) * quintptr(inverse));
}

} // namespace NodeIdSpreading

// Never zero, as no key is.
constexpr quintptr idOf(quintptr key, NodeTag tag)
{
    using namespace NodeIdSpreading;
    return folded(folded(key << 2 | tag) * quintptr(factor));
}

constexpr NodeTag tagOf(quintptr id)
{
    return NodeTag(NodeIdSpreading::decoded(id) & TagMask);
}

constexpr quintptr keyOf(quintptr id)
{
    return NodeIdSpreading::decoded(id) >> 2;
}

struct MetricNode;
struct RecorderNode;

/*
    The nodes of one store, by keys that it uses for one node only: a place in a list, and how
    often that was used before. After so many times that the count is full, a place is not used
    again.
*/
class NodeTable
{
public:
    quintptr add(const RecorderNode *node) { return add(RecorderTag, node); }
    quintptr add(const MetricNode *node) { return add(MetricTag, node); }
    void remove(quintptr key);

    const RecorderNode *recorder(quintptr key) const // or null
    {
        return static_cast<const RecorderNode *>(find(RecorderTag, key));
    }
    const MetricNode *metric(quintptr key) const // or null
    {
        return static_cast<const MetricNode *>(find(MetricTag, key));
    }

private:
    // Of a key, whose two high bits are those that an id takes for its tag.
    static constexpr int placeBits = sizeof(quintptr) == 8 ? 32 : 22;
    static constexpr int useBits = sizeof(quintptr) * 8 - 2 - placeBits;
    static constexpr quintptr placeMask = (quintptr(1) << placeBits) - 1;
    static constexpr quintptr mostUses = (quintptr(1) << useBits) - 1;

    // There is one for each metric: it is no larger than needed.
    struct Place
    {
        const void *node = nullptr;
        quint32 uses : 31 = 0; // from 1 on, so that no key is zero
        quint32 isMetric : 1 = 0;
        quint32 nextFree = none;
    };
    static constexpr quint32 none = ~quint32(0);

    quintptr add(NodeTag tag, const void *node);
    const void *find(NodeTag tag, quintptr key) const;

    std::vector<Place> m_places;
    quint32 m_free = none; // and from there on by nextFree
};

inline quintptr NodeTable::add(NodeTag tag, const void *node)
{
    if (m_free == none) {
        m_free = quint32(m_places.size());
        m_places.emplace_back();
    }
    const quint32 number = m_free;
    Place &place = m_places[number];
    m_free = std::exchange(place.nextFree, none);
    place.node = node;
    place.isMetric = tag == MetricTag ? 1 : 0;
    ++place.uses;
    return quintptr(place.uses) << placeBits | number;
}

inline void NodeTable::remove(quintptr key)
{
    const quintptr number = key & placeMask;
    Place &place = m_places[number];
    place.node = nullptr;
    if (place.uses < mostUses)
        place.nextFree = std::exchange(m_free, quint32(number));
}

inline const void *NodeTable::find(NodeTag tag, quintptr key) const
{
    const quintptr number = key & placeMask;
    if (number >= m_places.size() || m_places[number].uses != key >> placeBits)
        return nullptr;
    const Place &place = m_places[number];
    return (place.isMetric != 0) == (tag == MetricTag) ? place.node : nullptr;
}

// The key of a node, for as long as there is the node.
class NodeKey
{
public:
    template <typename Node>
    NodeKey(NodeTable *table, const Node *node)
        : m_table(table)
        , m_key(table->add(node))
    {
    }
    ~NodeKey() { m_table->remove(m_key); }

    NodeTable *table() const { return m_table; }
    operator quintptr() const { return m_key; }

private:
    Q_DISABLE_COPY_MOVE(NodeKey)

    NodeTable *const m_table;
    const quintptr m_key;
};

} // namespace Recorders::Internal

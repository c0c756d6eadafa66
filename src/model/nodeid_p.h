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
    quintptr add(const RecorderNode *node) { return add({ node, nullptr }); }
    quintptr add(const MetricNode *node) { return add({ nullptr, node }); }
    void remove(quintptr key);

    const RecorderNode *recorder(quintptr key) const { return find(key).recorder; } // or null
    const MetricNode *metric(quintptr key) const { return find(key).metric; } // or null

private:
    // Of a key, whose two high bits are those that an id takes for its tag.
    static constexpr int placeBits = sizeof(quintptr) == 8 ? 32 : 22;
    static constexpr int useBits = sizeof(quintptr) * 8 - 2 - placeBits;
    static constexpr quintptr placeMask = (quintptr(1) << placeBits) - 1;
    static constexpr quintptr mostUses = (quintptr(1) << useBits) - 1;

    static constexpr quintptr none = ~quintptr(0);

    struct Node
    {
        const RecorderNode *recorder = nullptr;
        const MetricNode *metric = nullptr;
    };
    struct Place
    {
        Node node;
        quintptr uses = 0; // from 1 on, so that no key is zero
        quintptr nextFree = none;
    };

    quintptr add(Node node);
    Node find(quintptr key) const;

    std::vector<Place> m_places;
    quintptr m_free = none; // and from there on by nextFree
};

inline quintptr NodeTable::add(Node node)
{
    if (m_free == none) {
        m_places.emplace_back();
        m_free = m_places.size() - 1;
    }
    const quintptr number = m_free;
    Place &place = m_places[number];
    m_free = std::exchange(place.nextFree, none);
    place.node = node;
    ++place.uses;
    return place.uses << placeBits | number;
}

inline void NodeTable::remove(quintptr key)
{
    const quintptr number = key & placeMask;
    Place &place = m_places[number];
    place.node = {};
    if (place.uses < mostUses)
        place.nextFree = std::exchange(m_free, number);
}

inline NodeTable::Node NodeTable::find(quintptr key) const
{
    const quintptr number = key & placeMask;
    if (number >= m_places.size() || m_places[number].uses != key >> placeBits)
        return {};
    return m_places[number].node;
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

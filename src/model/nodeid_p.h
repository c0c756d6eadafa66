// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace Recorders::Internal {

/*
    The internal id of an index of a tree is the address of a node, and in the two low bits what it
    stands for. Qt 6 hashes an index by little more than the sum of row, column and id: addresses
    alone, which differ by multiples of 16, would collide in long runs. So they are spread by an
    odd factor, whose upper half, the well mixed one, is folded into where the hash table looks;
    both have inverses.
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

// Never zero.
inline quintptr idOf(const void *node, NodeTag tag)
{
    using namespace NodeIdSpreading;
    return folded(folded(reinterpret_cast<quintptr>(node) | tag) * quintptr(factor));
}

constexpr NodeTag tagOf(quintptr id)
{
    return NodeTag(NodeIdSpreading::decoded(id) & TagMask);
}

template <typename Node>
const Node *nodeOf(quintptr id)
{
    static_assert(alignof(Node) > TagMask);
    return reinterpret_cast<const Node *>(NodeIdSpreading::decoded(id) & ~quintptr(TagMask));
}

} // namespace Recorders::Internal

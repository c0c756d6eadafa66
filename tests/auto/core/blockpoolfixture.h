// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/blockpool_p.h"

#include <cstdint>

// What the tests of the block pool have in common.
namespace Testing {

struct Block
{
    int value = 7;
};

struct SmallTraits : Recorders::Internal::BlockPoolTraits
{
    static constexpr std::uint32_t blocksPerChunk = 4;
    static constexpr std::uint32_t maxChunks = 8;
};

using SmallPool = Recorders::Internal::BlockPool<Block, SmallTraits>;

} // namespace Testing

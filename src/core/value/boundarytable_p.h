// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/processwide_p.h"

#include <QtGlobal>

#include <array>
#include <cstring>

namespace Recorders::Internal {

/*
    Where the 128 boundaries within an octave lie, for scale 7; the index at a coarser scale is that
    at scale 7, shifted. An octave is divided into 256 cells of equal width, which are narrower than
    the narrowest bucket: a cell meets one boundary at most, so that two look-ups and a comparison
    give the index, where a logarithm would take several times as long.
*/
struct BoundaryTable
{
    static constexpr int scale = 7;
    static constexpr int bucketCount = 1 << scale;
    static constexpr int cellBits = 8;
    static constexpr int mantissaBits = 52;
    static constexpr quint64 mantissaMask = (quint64(1) << mantissaBits) - 1;
    static constexpr int exponentBias = 1023;

    BoundaryTable() noexcept;

    static const BoundaryTable &instance() noexcept
    {
        return ProcessWide<BoundaryTable>::instance();
    }

    // Of a normal number above 0. A power of two is the upper end of a bucket.
    int indexOf(double value) const noexcept
    {
        quint64 bits = 0;
        std::memcpy(&bits, &value, sizeof(bits));
        const quint64 mantissa = bits & mantissaMask;
        const std::size_t below = boundariesBelow[mantissa >> (mantissaBits - cellBits)];
        const int bucket = static_cast<int>(below) + (mantissa > upper[below] ? 1 : 0);
        const int exponent = static_cast<int>(bits >> mantissaBits) - exponentBias;
        return exponent * bucketCount + bucket - (mantissa == 0 ? 1 : 0);
    }

    std::array<quint64, bucketCount> upper{}; // mantissas of the upper boundaries, rounded down
    std::array<quint8, 1 << cellBits> boundariesBelow{}; // boundaries below the cell
};

} // namespace Recorders::Internal

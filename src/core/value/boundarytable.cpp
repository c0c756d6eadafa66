// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/value/boundarytable_p.h"

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

BoundaryTable::BoundaryTable() noexcept
{
    for (std::size_t i = 0; i < upper.size(); ++i) {
        const long double part = static_cast<long double>(i + 1) / bucketCount;
        const long double fraction = std::exp2(part) - 1;
        upper[i] = static_cast<quint64>(std::ldexp(fraction, mantissaBits));
    }
    for (std::size_t cell = 0; cell < boundariesBelow.size(); ++cell) {
        const quint64 begin = quint64(cell) << (mantissaBits - cellBits);
        const quint64 *const end =
                std::lower_bound(upper.data(), upper.data() + upper.size(), begin);
        boundariesBelow[cell] = static_cast<quint8>(end - upper.data());
    }
}

} // namespace Recorders::Internal

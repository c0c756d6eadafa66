// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/scriptvalue_p.h"

#include "core/numericvalue_p.h"

#include <limits>

namespace Recorders::Internal {

namespace {

// From here on a double does not tell a whole number from the next.
constexpr qulonglong firstDoubtful = 1ULL << std::numeric_limits<double>::digits;

bool isExact(const QVariant &integer)
{
    const bool isNegative = integer.toLongLong() < 0 && !isUnsigned(integer);
    const qulonglong magnitude =
            isNegative ? 0 - qulonglong(integer.toLongLong()) : integer.toULongLong();
    return magnitude < firstDoubtful;
}

} // namespace

QVariant scriptValue(const QVariant &value)
{
    if (!isNumber(value))
        return value;
    if (isFloatingPoint(value) || isExact(value))
        return value.toDouble();
    return exactNumber(value);
}

} // namespace Recorders::Internal

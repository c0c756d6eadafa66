// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/growth_p.h"

#include "core/numericvalue_p.h"

#include <limits>

namespace Recorders::Internal {

namespace {

quint64 greatestOf(const QVariant &integer) // of its type, if that were unsigned
{
    const auto bits = quint64(integer.metaType().sizeOf()) * 8;
    return bits >= 64 ? std::numeric_limits<quint64>::max() : (quint64(1) << bits) - 1;
}

} // namespace

std::optional<Growth> Growth::between(const Dimension &before, const Dimension &after)
{
    const QVariant &from = before.value;
    const QVariant &to = after.value;
    if (!isNumber(from) || !isNumber(to))
        return {};
    const bool isWhole = !isFloatingPoint(from) && !isFloatingPoint(to);
    if (compareNumbers(to, from) >= 0)
        return isWhole ? Growth(integerBits(to) - integerBits(from))
                       : Growth(toDouble(to) - toDouble(from));
    if (!isWhole || after.kind != MetricKind::Counter || from.metaType() != to.metaType())
        return {};
    // How far it is over the end of the type. By so much it may have grown from one look to the
    // next; if it is more, it has begun anew.
    const quint64 overTheEnd = (integerBits(to) - integerBits(from)) & greatestOf(to);
    if (overTheEnd <= greatestOf(to) / 16)
        return Growth(overTheEnd);
    return {};
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/growth_p.h"

#include "core/value/numericvalue_p.h"

#include <compare>
#include <limits>

namespace Recorders::Internal {

namespace {

// Over the end of a type it may grow by so much from one look to the next. By more: it began anew.
bool isOverTheEnd(quint64 step, quint64 greatest)
{
    return step <= greatest / 16;
}

quint64 greatestOf(const QVariant &integer) // of its type, if that were unsigned
{
    const auto bits = quint64(integer.metaType().sizeOf()) * 8;
    return bits >= 64 ? std::numeric_limits<quint64>::max() : (quint64(1) << bits) - 1;
}

} // namespace

std::optional<Growth> Growth::between(const DimensionView &before, const DimensionView &after)
{
    const QVariant &from = before.value;
    const QVariant &to = after.value;
    if (!isNumber(from) || !isNumber(to))
        return {};
    const bool isWhole = !isFloatingPoint(from) && !isFloatingPoint(to);
    if (std::is_gteq(compareNumbers(to, from)))
        return isWhole ? Growth(integerBits(to) - integerBits(from))
                       : Growth(toDouble(to) - toDouble(from));
    if (!isWhole || after.kind != MetricKind::Counter || from.metaType() != to.metaType())
        return {};
    const quint64 step = (integerBits(to) - integerBits(from)) & greatestOf(to);
    return isOverTheEnd(step, greatestOf(to)) ? std::optional(Growth(step)) : std::nullopt;
}

std::optional<Growth> Growth::ofCounter(quint64 before, quint64 after)
{
    const bool hasGrown =
            after >= before || isOverTheEnd(after - before, std::numeric_limits<quint64>::max());
    return hasGrown ? std::optional(Growth(after - before)) : std::nullopt;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/scriptvalue_p.h"

#include "core/value/numericvalue_p.h"

namespace Recorders::Internal {

QVariant scriptValue(const QVariant &value)
{
    if (!isNumber(value))
        return value;
    if (isFloatingPoint(value) || isExactAsDouble(value))
        return value.toDouble();
    return exactNumber(value);
}

} // namespace Recorders::Internal

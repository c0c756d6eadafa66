// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/extremes.h>

namespace Recorders::Internal {

QVariant Extremes::toVariant(double value) const
{
    if (isEmpty())
        return {};
    if (!m_isWhole)
        return value;
    // The double next to the greatest number of 64 bits is beyond it.
    constexpr double beyond = 9223372036854775808.0;
    return value >= beyond ? QVariant(std::numeric_limits<qlonglong>::max())
                           : QVariant(static_cast<qlonglong>(value));
}

QVariant Extremes::minVariant() const
{
    return toVariant(m_min);
}

QVariant Extremes::maxVariant() const
{
    return toVariant(m_max);
}

} // namespace Recorders::Internal

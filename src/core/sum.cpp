// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/sum.h>

#include <algorithm>

namespace Recorders::Internal {

void Sum::merge(const Sum &other) noexcept
{
    addWhole(other.m_whole);
    if (!other.m_isWhole) {
        addReal(other.m_real);
        m_lost += other.m_lost;
    }
}

double Sum::toDouble() const noexcept
{
    constexpr double most = std::numeric_limits<double>::max();
    return std::clamp(m_real + m_lost + static_cast<double>(m_whole), -most, most);
}

QVariant Sum::toVariant() const
{
    return m_isWhole ? QVariant(static_cast<qlonglong>(m_whole)) : QVariant(toDouble());
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/sum.h>

namespace Recorders::Internal {

void Sum::merge(const Sum &other) noexcept
{
    const Sum added = other; // which may be this one
    addWhole(added.m_whole);
    if (!added.m_isWhole) {
        addReal(added.m_real);
        addReal(added.m_lost);
    }
}

// A double does not hold all whole numbers, but both halves of each.
double Sum::toDouble() const noexcept
{
    if (m_isWhole)
        return static_cast<double>(m_whole);
    constexpr qint64 lowerHalf = (qint64(1) << 32) - 1;
    Sum all = *this;
    all.addReal(static_cast<double>(m_whole & ~lowerHalf));
    all.addReal(static_cast<double>(m_whole & lowerHalf));
    return all.m_real;
}

QVariant Sum::toVariant() const
{
    return m_isWhole ? QVariant(static_cast<qlonglong>(m_whole)) : QVariant(toDouble());
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/updowncounterstate.h>

namespace Recorders::Internal {

void UpDownCounterState::merge(const UpDownCounterState &other) noexcept
{
    m_sum.merge(other.m_sum);
    m_invalid += other.m_invalid;
}

void UpDownCounterState::write(FigureWriter &writer, const Occasion &occasion) const
{
    Q_UNUSED(occasion)
    writer.addAmount(QStringLiteral("current"), m_sum.toVariant(), MetricKind::UpDownCounter);
    writer.addInvalid(m_invalid);
}

} // namespace Recorders::Internal

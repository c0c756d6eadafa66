// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/counterstate.h>

namespace Recorders::Internal {

void CounterState::merge(const CounterState &other) noexcept
{
    m_sum.merge(other.m_sum);
    m_invalid += other.m_invalid;
}

void CounterState::write(FigureWriter &writer, const Occasion &occasion) const
{
    Q_UNUSED(occasion)
    writer.addAmount(QStringLiteral("total"), m_sum.toVariant(), MetricKind::Counter);
    writer.addInvalid(m_invalid);
}

} // namespace Recorders::Internal

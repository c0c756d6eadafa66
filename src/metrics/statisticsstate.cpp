// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/statisticsstate.h>

namespace Recorders::Internal {

void StatisticsState::merge(const StatisticsState &other) noexcept
{
    m_statistics.merge(other.m_statistics);
    m_invalid += other.m_invalid;
}

void StatisticsState::write(FigureWriter &writer, const Occasion &occasion) const
{
    Q_UNUSED(occasion)
    const bool isEmpty = m_statistics.count() == 0;
    const auto figure = [isEmpty](double value) {
        return isEmpty ? QVariant() : QVariant(value);
    };
    const Extremes &extremes = m_statistics.extremes();
    writer.addCount(QStringLiteral("count"), m_statistics.count());
    writer.addSum(m_statistics.sum(), extremes);
    writer.addAmount(QStringLiteral("mean"), figure(m_statistics.mean()), MetricKind::Gauge);
    writer.addAmount(QStringLiteral("stddev"), figure(m_statistics.standardDeviation()),
                     MetricKind::Gauge);
    writer.addAmount(QStringLiteral("min"), extremes.minVariant(), MetricKind::Gauge);
    writer.addAmount(QStringLiteral("max"), extremes.maxVariant(), MetricKind::Gauge);
    writer.addInvalid(m_invalid);
}

} // namespace Recorders::Internal

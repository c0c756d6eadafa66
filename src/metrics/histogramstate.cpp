// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/histogramstate.h>

namespace Recorders::Internal {

// The first event allocates, whatever it says. No later one does, but for the first number below 0.
void HistogramState::beginChange()
{
    DistributionAccess::reserve(m_distribution);
    m_isTold = false;
}

void HistogramState::merge(const HistogramState &other)
{
    m_distribution.merge(other.m_distribution);
    m_isTold = false;
}

void HistogramState::write(FigureWriter &writer, const Occasion &occasion) const
{
    Q_UNUSED(occasion)
    const Extremes &extremes = DistributionAccess::extremes(m_distribution);
    writer.addCount(QStringLiteral("count"), m_distribution.count());
    writer.addSum(DistributionAccess::sum(m_distribution), extremes);
    writer.addAmount(QStringLiteral("min"), extremes.minVariant(), MetricKind::Gauge);
    writer.addAmount(QStringLiteral("max"), extremes.maxVariant(), MetricKind::Gauge);
    for (const auto &[figure, q] :
         { std::pair(QStringLiteral("p50"), 0.5), std::pair(QStringLiteral("p90"), 0.9),
           std::pair(QStringLiteral("p99"), 0.99), std::pair(QStringLiteral("p99.9"), 0.999) }) {
        const QVariant value =
                m_distribution.isEmpty() ? QVariant() : QVariant(m_distribution.quantile(q));
        writer.addAmount(figure, value, MetricKind::Histogram,
                         { { QStringLiteral("quantile"), q } });
    }
    writer.addInvalid(m_distribution.invalidCount());
    if (!m_isTold || !m_told.isValid())
        m_told = QVariant::fromValue(m_distribution);
    m_isTold = true;
    writer.addDistribution(m_told);
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/histogrammetric.h>

namespace Recorders::Internal {

// The first event allocates, whatever it says, and no later one.
void HistogramState::prepare()
{
    DistributionAccess::reserve(m_distribution);
    m_isPrepared = true;
}

void HistogramState::merge(const HistogramState &other)
{
    m_distribution.merge(other.m_distribution);
    m_invalid += other.m_invalid;
}

void HistogramState::write(FigureWriter &writer, const Occasion &occasion) const
{
    Q_UNUSED(occasion)
    const Extremes &extremes = DistributionAccess::extremes(m_distribution);
    writer.addCount(QStringLiteral("count"), m_distribution.count());
    writer.addAmount(QStringLiteral("sum"), DistributionAccess::sum(m_distribution).toVariant(),
                     MetricKind::Counter);
    writer.addAmount(QStringLiteral("min"), extremes.minVariant(), MetricKind::Gauge);
    writer.addAmount(QStringLiteral("max"), extremes.maxVariant(), MetricKind::Gauge);
    for (const auto &[figure, q] :
         { std::pair(QStringLiteral("p50"), 0.5), std::pair(QStringLiteral("p90"), 0.9),
           std::pair(QStringLiteral("p99"), 0.99), std::pair(QStringLiteral("p99.9"), 0.999) }) {
        const QVariant value =
                m_distribution.count() > 0 ? QVariant(m_distribution.quantile(q)) : QVariant();
        writer.addAmount(figure, value, MetricKind::Histogram,
                         { { QStringLiteral("quantile"), q } });
    }
    if (m_hasBuckets || writer.tellsDistributions())
        writer.addAmount(QStringLiteral("buckets"), buckets(), MetricKind::Histogram);
    writer.addInvalid(m_invalid);
}

QVariantMap HistogramState::buckets() const
{
    QVariantList counts;
    for (const quint64 count : m_distribution.bucketCounts())
        counts.append(static_cast<qlonglong>(count));
    return { { QStringLiteral("scale"), m_distribution.scale() },
             { QStringLiteral("zeroCount"), static_cast<qlonglong>(m_distribution.zeroCount()) },
             { QStringLiteral("offset"), m_distribution.offset() },
             { QStringLiteral("counts"), counts } };
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/figurewriter.h>

namespace Recorders::Internal {

FigureWriter::FigureWriter(MetricSnapshot &snapshot, const Unit &unit)
    : m_snapshot(snapshot)
    , m_unit(unit)
{
}

void FigureWriter::setPart(const QString &label, const QVariantMap &attributes)
{
    m_label = label.isNull() ? QStringLiteral("") : label;
    m_attributes = attributes;
}

void FigureWriter::addAmount(const QString &figure, const QVariant &value, MetricKind kind,
                             const QVariantMap &attributes)
{
    write(figure, value, m_unit, kind, attributes);
}

// Negative numbers take from it: it only grows as long as there are none.
void FigureWriter::addSum(const Sum &sum, const Extremes &extremes)
{
    const bool onlyGrows = extremes.isEmpty() || extremes.min() >= 0;
    addAmount(QStringLiteral("sum"), sum.toVariant(),
              onlyGrows ? MetricKind::Counter : MetricKind::UpDownCounter);
}

void FigureWriter::addRate(const QString &figure, double perSecond)
{
    const QString amount = m_unit.isDimensionless() ? QStringLiteral("1") : m_unit.code();
    write(figure, perSecond, Unit(amount + u"/s"), MetricKind::Gauge, {});
}

void FigureWriter::addCount(const QString &figure, quint64 count)
{
    write(figure, static_cast<qlonglong>(count), Unit(), MetricKind::Counter, {});
}

void FigureWriter::addInvalid(quint64 count)
{
    if (count > 0)
        addCount(QStringLiteral("invalid"), count);
}

void FigureWriter::add(const QString &figure, const QVariant &value, MetricKind kind)
{
    write(figure, value, Unit(), kind, {});
}

void FigureWriter::addDistribution(const QVariant &distribution)
{
    m_snapshot.addDistribution(distribution, m_unit, m_label, m_attributes);
}

void FigureWriter::write(const QString &figure, const QVariant &value, const Unit &unit,
                         MetricKind kind, const QVariantMap &attributes)
{
    Dimension dimension{ figure, value, unit, kind, m_attributes };
    if (!m_label.isNull())
        dimension.name = m_label + u'_' + figure;
    dimension.attributes.insert(attributes);
    m_snapshot.add(std::move(dimension));
}

} // namespace Recorders::Internal

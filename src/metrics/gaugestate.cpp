// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/gaugestate.h>

#include <QDateTime>
#include <QTimeZone>

namespace Recorders::Internal {

namespace {

QVariant toVariant(Number number)
{
    return number.isWhole() ? QVariant(static_cast<qlonglong>(number.whole()))
                            : QVariant(number.toDouble());
}

// Qt 6.5 has another name for UTC, and Qt 6.8 warns of the old one.
QDateTime toUtc(std::chrono::milliseconds sinceEpoch)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count(), QTimeZone::UTC);
#else
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count(), Qt::UTC);
#endif
}

} // namespace

bool GaugeState::add(Number value, const Occasion &occasion)
{
    if (Q_UNLIKELY(!value.isFinite())) {
        ++m_invalid;
        return true;
    }
    const bool isFirst = m_lastEvent == 0;
    const bool isSame = !isFirst && value.isSame(m_last);
    // In a breakdown another part may have been the last one.
    const bool wasLast = m_lastEvent + 1 == occasion.number;
    m_lastEvent = occasion.number;
    if (isSame)
        return !wasLast;
    m_last = value;
    m_changed = occasion.wallTime();
    if (isFirst || value.isBelow(m_least))
        m_least = value;
    if (isFirst || m_greatest.isBelow(value))
        m_greatest = value;
    return true;
}

void GaugeState::merge(const GaugeState &other)
{
    m_invalid += other.m_invalid;
    if (other.m_lastEvent == 0)
        return;
    const bool isFirst = m_lastEvent == 0;
    if (isFirst || other.m_least.isBelow(m_least))
        m_least = other.m_least;
    if (isFirst || m_greatest.isBelow(other.m_greatest))
        m_greatest = other.m_greatest;
    if (other.m_lastEvent > m_lastEvent) {
        m_last = other.m_last;
        m_lastEvent = other.m_lastEvent;
        m_changed = other.m_changed;
    }
}

void GaugeState::write(FigureWriter &writer, const Occasion &occasion) const
{
    Q_UNUSED(occasion)
    const bool isEmpty = m_lastEvent == 0;
    QVariant changed;
    if (!isEmpty)
        changed = toUtc(std::chrono::floor<std::chrono::milliseconds>(m_changed));
    const MetricKind kind = MetricKind::Gauge;
    const auto figure = [isEmpty](Number number) {
        return isEmpty ? QVariant() : toVariant(number);
    };
    writer.addAmount(QStringLiteral("last"), figure(m_last), kind);
    writer.addAmount(QStringLiteral("min"), figure(m_least), kind);
    writer.addAmount(QStringLiteral("max"), figure(m_greatest), kind);
    writer.add(QStringLiteral("changed"), changed, kind);
    writer.addInvalid(m_invalid);
}

} // namespace Recorders::Internal

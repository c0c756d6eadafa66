// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/ratestate.h>

namespace Recorders::Internal {

bool RateState::add(Number amount, const Occasion &occasion) noexcept
{
    if (Q_UNLIKELY(!amount.isFinite() || amount.isNegative())) {
        ++m_invalid;
        return true;
    }
    m_rate.add(occasion.steadyTime(), amount.toDouble());
    return true;
}

void RateState::merge(const RateState &other) noexcept
{
    m_rate.merge(other.m_rate);
    m_invalid += other.m_invalid;
}

void RateState::write(FigureWriter &writer, const Occasion &occasion) const
{
    const std::chrono::nanoseconds now = occasion.steadyTime();
    writer.addRate(QStringLiteral("rate"), m_rate.perSecond(now));
    writer.addRate(QStringLiteral("rate1m"), m_rate.average(SlidingRate::OneMinute, now));
    writer.addRate(QStringLiteral("rate5m"), m_rate.average(SlidingRate::FiveMinutes, now));
    writer.addRate(QStringLiteral("rate15m"), m_rate.average(SlidingRate::FifteenMinutes, now));
    writer.addInvalid(m_invalid);
}

bool RateState::isFading(const Occasion &occasion) const noexcept
{
    return !m_rate.isSilent(occasion.steadyTime());
}

} // namespace Recorders::Internal

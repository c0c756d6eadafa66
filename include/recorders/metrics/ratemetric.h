// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/slidingrate.h>
#include <recorders/metrics/standardmetric.h>

namespace Recorders {

namespace Internal {

class RECORDERS_EXPORT RateState
{
public:
    using Value = Number;
    static constexpr bool countsEvents = true;
    static constexpr bool onlyFirstTypeAdds = false;

    RateState() = default;
    explicit RateState(std::chrono::nanoseconds window)
        : m_rate(window)
    {
    }

    bool add(Number amount, const Occasion &occasion) noexcept;
    void merge(const RateState &other) noexcept;
    void write(FigureWriter &writer, const Occasion &occasion) const;
    RateState emptied() const { return RateState(m_rate.window()); }
    bool isFading(const Occasion &occasion) const noexcept;

private:
    SlidingRate m_rate;
    quint64 m_invalid = 0;
};

} // namespace Internal

// How many events there are per second, or how much of what a member of them says.
template <typename... Events>
class RateMetric final
    : public Internal::StandardMetric<RateMetric<Events...>, Internal::RateState, Events...>
{
    using Base = Internal::StandardMetric<RateMetric, Internal::RateState, Events...>;

public:
    using Base::Base;

    template <typename Rep, typename Period>
    RateMetric &&
    over(std::chrono::duration<Rep, Period> window) // 1 ms to 365 days; 10 s by default
    {
        using Internal::SlidingRate;
        const std::chrono::duration<double> seconds = window; // nanoseconds might overflow
        if (!(seconds >= SlidingRate::shortestWindow))
            this->setConfigurationError(QStringLiteral("its window is shorter than 1 ms"));
        else if (seconds > SlidingRate::longestWindow)
            this->setConfigurationError(QStringLiteral("its window is longer than 365 days"));
        else
            this->settings() = Internal::RateState(
                    std::chrono::duration_cast<std::chrono::nanoseconds>(window));
        return this->self();
    }
};
template <typename Reader, typename... Readers>
RateMetric(QString, Reader, Readers...)
        -> RateMetric<Internal::EventOf<Reader>, Internal::EventOf<Readers>...>;

} // namespace Recorders

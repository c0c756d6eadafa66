// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <chrono>
#include <limits>
#include <type_traits>

namespace Recorders::Internal {

template <typename T>
inline constexpr bool isDuration = false;
template <typename Rep, typename Period>
inline constexpr bool isDuration<std::chrono::duration<Rep, Period>> = true;

// What a metric reads from an event: a whole number of 64 bits, or a real one. What lies beyond
// 64 bits is the nearest number that does not. A duration is a number of nanoseconds.
class Number final
{
public:
    constexpr Number() noexcept = default; // 0
    template <typename T>
    static constexpr Number of(const T &value) noexcept;
    static constexpr Number of(Number value) noexcept { return value; }

    constexpr bool isWhole() const noexcept { return m_isWhole; }
    constexpr qint64 whole() const noexcept { return m_isWhole ? m_value.whole : 0; }
    constexpr double toDouble() const noexcept
    {
        return m_isWhole ? static_cast<double>(m_value.whole) : m_value.real;
    }
    // Neither NaN nor infinite, and so far from it that the distance of two of them is neither.
    constexpr bool isFinite() const noexcept
    {
        return m_isWhole || (m_value.real >= -largest && m_value.real <= largest);
    }
    constexpr bool isNegative() const noexcept
    {
        return m_isWhole ? m_value.whole < 0 : m_value.real < 0;
    }
    constexpr bool isZero() const noexcept
    {
        return m_isWhole ? m_value.whole == 0 : m_value.real == 0;
    }
    // Exact if both are whole.
    constexpr bool isBelow(Number other) const noexcept
    {
        return m_isWhole && other.m_isWhole ? m_value.whole < other.m_value.whole
                                            : toDouble() < other.toDouble();
    }
    constexpr bool isSame(Number other) const noexcept // 1 and 1.0 are not
    {
        return m_isWhole == other.m_isWhole
                && (m_isWhole ? m_value.whole == other.m_value.whole
                              : m_value.real == other.m_value.real);
    }
    constexpr Number negated() const noexcept
    {
        constexpr qint64 least = std::numeric_limits<qint64>::min();
        if (!m_isWhole)
            return fromReal(-m_value.real);
        return fromWhole(m_value.whole == least ? std::numeric_limits<qint64>::max()
                                                : -m_value.whole);
    }

private:
    static constexpr double largest = std::numeric_limits<double>::max() / 4;

    static constexpr Number fromWhole(qint64 value) noexcept { return Number(Value(value), true); }
    static constexpr Number fromReal(double value) noexcept { return Number(Value(value), false); }
    template <typename Rep, typename Period>
    static constexpr Number fromDuration(std::chrono::duration<Rep, Period> value) noexcept;

    union Value {
        constexpr explicit Value(qint64 value) noexcept
            : whole(value)
        {
        }
        constexpr explicit Value(double value) noexcept
            : real(value)
        {
        }
        qint64 whole;
        double real;
    };

    constexpr Number(Value value, bool isWhole) noexcept
        : m_value(value)
        , m_isWhole(isWhole)
    {
    }

    Value m_value{ qint64(0) };
    bool m_isWhole = true;
};

template <typename T>
constexpr Number Number::of(const T &value) noexcept
{
    static_assert(std::is_arithmetic_v<T> || isDuration<T>,
                  "A metric measures numbers and durations");
    if constexpr (isDuration<T>) {
        return fromDuration(value);
    } else if constexpr (std::is_floating_point_v<T>) {
        return fromReal(static_cast<double>(value));
    } else if constexpr (std::is_unsigned_v<T> && sizeof(T) >= sizeof(qint64)) {
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        return fromWhole(value > static_cast<T>(most) ? most : static_cast<qint64>(value));
    } else {
        return fromWhole(static_cast<qint64>(value));
    }
}

template <typename Rep, typename Period>
constexpr Number Number::fromDuration(std::chrono::duration<Rep, Period> value) noexcept
{
    using Ratio = std::ratio_divide<Period, std::nano>;
    if constexpr (std::is_floating_point_v<Rep> || Ratio::den != 1) {
        return fromReal(static_cast<double>(value.count()) * Ratio::num / Ratio::den);
    } else {
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        const qint64 count = of(value.count()).whole();
        if (count > most / Ratio::num)
            return fromWhole(most);
        constexpr qint64 least = std::numeric_limits<qint64>::min();
        if (count < least / Ratio::num)
            return fromWhole(least);
        return fromWhole(count * Ratio::num);
    }
}

} // namespace Recorders::Internal

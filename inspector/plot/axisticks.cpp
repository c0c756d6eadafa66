// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/axisticks_p.h"

#include "plot/plottexts_p.h"

#include <recorders/model/formattedvalue.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Recorders::Internal {

namespace {

// A step as a fraction, so that its multiples are exact: 3 * 1 / 10 is 0.3, 3 * 0.1 is not.
struct Step
{
    double numerator = 1;
    double denominator = 1;

    double value() const { return numerator / denominator; }
    double multiple(double count) const { return count * numerator / denominator; }
};

Step decimalStep(double atLeast)
{
    const double exponent = std::floor(std::log10(atLeast));
    const double power = std::pow(10, std::abs(exponent));
    for (const double digit : { 1.0, 2.0, 5.0, 10.0 }) {
        const Step step = exponent < 0 ? Step{ digit, power } : Step{ digit * power, 1 };
        if (step.value() >= atLeast * (1 - 1e-9))
            return step;
    }
    return { atLeast, 1 };
}

Step binaryStep(double atLeast)
{
    if (atLeast <= 1)
        return decimalStep(atLeast);
    return { std::exp2(std::ceil(std::log2(atLeast) - 1e-9)), 1 };
}

// How many of a unit are a minute; 0 if that is not a unit of time.
double perMinute(const Unit &unit)
{
    struct Minute
    {
        Unit unit;
        double count = 0;
    };
    for (const Minute &minute :
         { Minute{ Unit::nanoseconds(), 60e9 }, Minute{ Unit::microseconds(), 60e6 },
           Minute{ Unit::milliseconds(), 60e3 }, Minute{ Unit::seconds(), 60 } }) {
        if (minute.unit == unit)
            return minute.count;
    }
    return 0;
}

bool isBinary(const Unit &unit, BytePrefix bytes)
{
    constexpr double gibi = 1024.0 * 1024 * 1024;
    return FormattedValue(gibi, unit, bytes).unit().contains(u"iB");
}

Step roundStep(double atLeast, double largest, const Unit &unit, BytePrefix bytes)
{
    if (isBinary(unit, bytes))
        return binaryStep(atLeast);
    const double minute = perMinute(unit);
    if (minute > 0 && largest >= minute) {
        constexpr double hour = 60;
        for (const double part : { 1.0 / 12, 1.0 / 6, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0,
                                   hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour }) {
            if (part * minute >= atLeast)
                return { part * minute, 1 };
        }
        const double day = 24 * hour * minute;
        const Step days = decimalStep(std::max(1.0, atLeast / day));
        if (std::isfinite(days.numerator * day))
            return { days.numerator * day, days.denominator };
    }
    return decimalStep(atLeast);
}

// What is counted is said once, in the legend: "20", not "20 messages".
QString shortLabel(double value, const Unit &unit, BytePrefix bytes)
{
    const FormattedValue formatted(value, unit, bytes);
    return unit.code().startsWith(u'{') ? formatted.number() : formatted.text();
}

// Three digits, but all of them where these do not tell the ticks apart.
void label(std::vector<Tick> *ticks, const Unit &unit, BytePrefix bytes)
{
    bool isClear = true;
    for (size_t i = 0; i < ticks->size(); ++i) {
        (*ticks)[i].label = shortLabel((*ticks)[i].value, unit, bytes);
        isClear = isClear && (i == 0 || (*ticks)[i].label != (*ticks)[i - 1].label);
    }
    if (isClear)
        return;
    for (Tick &tick : *ticks)
        tick.label = FormattedValue::exact(tick.value, unit);
}

// Of which a double still knows the steps.
constexpr double shortestRange = 1e-290;
// Within which differences, and the next round numbers, remain finite.
constexpr double farthest = std::numeric_limits<double>::max() / 4;

void widen(double *min, double *max)
{
    if (*min > *max)
        std::swap(*min, *max);
    if (*min >= 0 && *min <= *max / 2)
        *min = 0;
    if (*max <= 0 && *max >= *min / 2)
        *max = 0;
    // Doubles that are closer than that cannot be told apart by their ticks.
    const double largest = std::max(std::abs(*min), std::abs(*max));
    if (*max - *min > largest * 1e-9)
        return;
    const double margin = largest > 0 ? largest / 10 : 0.5;
    *min = *max == 0 ? 0 : *min - margin;
    *max += margin;
}

void appendPowers(std::vector<double> *values, double base, double min, double max, double from)
{
    const double first = std::ceil(std::log(min / from) / std::log(base) - 1e-9);
    for (double i = first; from * std::pow(base, i) <= max * (1 + 1e-9); ++i)
        values->push_back(from * std::pow(base, i));
}

// All powers of the base times one of the digits. Minutes, hours and days have powers of their own.
std::vector<double> roundFactors(double base, std::initializer_list<double> digits, double min,
                                 double max, const Unit &unit)
{
    std::vector<double> units{ 1 };
    if (const double minute = perMinute(unit); minute > 0)
        units.insert(units.end(), { minute, 60 * minute, 24 * 60 * minute });
    std::vector<double> values;
    for (size_t i = 0; i < units.size(); ++i) {
        const double begin = i == 0 ? min : std::max(min, units[i]);
        const double end = i + 1 == units.size() ? max : std::min(max, units[i + 1] * (1 - 1e-6));
        if (begin > end)
            continue;
        for (const double digit : digits)
            appendPowers(&values, base, begin, end, units[i] * digit);
    }
    std::sort(values.begin(), values.end());
    return values;
}

// The ends of a short range are told better by even steps.
std::vector<double> evenFactors(double min, double max, int maxTicks, const Unit &unit,
                                BytePrefix bytes)
{
    std::vector<double> values;
    const ValueAxis axis = valueAxis(min, max, maxTicks, unit, bytes);
    for (const Tick &tick : axis.ticks) {
        if (tick.value >= min && tick.value <= max && tick.value > 0)
            values.push_back(tick.value);
    }
    return values;
}

std::vector<double> factors(double min, double max, int maxTicks, const Unit &unit,
                            BytePrefix bytes)
{
    if (max < 8 * min)
        return evenFactors(min, max, maxTicks, unit, bytes);
    const auto isFew = [maxTicks](const std::vector<double> &values) {
        return int(values.size()) <= maxTicks;
    };
    std::vector<double> values;
    if (!isBinary(unit, bytes)) {
        values = roundFactors(10, { 1, 2, 5 }, min, max, unit);
        if (isFew(values))
            return values;
    }
    double base = isBinary(unit, bytes) ? 2 : 10;
    for (;; base *= base) {
        values = roundFactors(base, { 1 }, min, max, unit);
        if (isFew(values) || !std::isfinite(base))
            return values;
    }
}

} // namespace

std::vector<Tick> logTicks(double min, double max, int maxTicks, const Unit &unit, BytePrefix bytes)
{
    std::vector<Tick> ticks;
    min = std::clamp(min, shortestRange, farthest);
    max = std::clamp(max, min, farthest);
    for (const double value : factors(min, max, std::max(2, maxTicks), unit, bytes))
        ticks.push_back({ value, {} });
    label(&ticks, unit, bytes);
    return ticks;
}

ValueAxis valueAxis(double min, double max, int maxTicks, const Unit &unit, BytePrefix bytes)
{
    min = std::clamp(min, -farthest, farthest);
    max = std::clamp(max, -farthest, farthest);
    widen(&min, &max);
    max = std::max(max, min + shortestRange);
    const double steps = std::max(1, maxTicks - 1);
    const double largest = std::max(std::abs(min), std::abs(max));
    Step step = roundStep((max - min) / steps, largest, unit, bytes);
    double first = std::floor(min / step.value() + 1e-9);
    double last = std::ceil(max / step.value() - 1e-9);
    if (last - first > steps) { // rounding both ends took one too many
        step = roundStep(step.value() * 1.01, largest, unit, bytes);
        first = std::floor(min / step.value() + 1e-9);
        last = std::ceil(max / step.value() - 1e-9);
    }
    ValueAxis axis;
    for (int i = 0; i <= last - first; ++i)
        axis.ticks.push_back({ step.multiple(first + i), {} });
    axis.min = axis.ticks.front().value;
    axis.max = axis.ticks.back().value;
    label(&axis.ticks, unit, bytes);
    return axis;
}

std::vector<Tick> timeTicks(std::chrono::nanoseconds oldest, std::chrono::nanoseconds newest,
                            int maxTicks)
{
    using Seconds = std::chrono::duration<double>;
    const double from = Seconds(newest).count();
    const double to = Seconds(oldest).count();
    const double atLeast = (to - from) / std::max(1, maxTicks);
    double step = 3600;
    for (const double round : { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800 }) {
        if (round >= atLeast) {
            step = round;
            break;
        }
    }
    std::vector<Tick> ticks;
    const double first = std::ceil(from / step);
    for (int i = 0; (first + i) * step <= to; ++i) {
        const double time = (first + i) * step;
        ticks.push_back({ time, timeBefore(time) });
    }
    return ticks;
}

QString timeBefore(double seconds)
{
    seconds = std::round(seconds * 10) / 10;
    if (seconds == 0)
        return PlotTexts::tr("now");
    const QString minus(QChar(0x2212));
    if (seconds < 60) {
        const bool isWhole = seconds == std::trunc(seconds);
        return PlotTexts::tr("%1 s").arg(minus + QString::number(seconds, 'f', isWhole ? 0 : 1));
    }
    const double minutes = std::floor(seconds / 60);
    const double rest = std::floor(seconds - minutes * 60);
    const QString text = minus + QString::number(minutes);
    return rest > 0 ? PlotTexts::tr("%1 min %2 s").arg(text, QString::number(rest))
                    : PlotTexts::tr("%1 min").arg(text);
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/formattedvalue.h>

#include "core/value/numericvalue_p.h"
#include "model/scriptvalue_p.h"
#include "model/unitfamily_p.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMetaEnum>
#include <QVariantList>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <utility>

namespace Recorders {

using namespace Internal;

namespace {

constexpr double powersOfTen[] = { 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1,
                                   1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,
                                   1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16 };

// From 10^-9 to 10^16.
constexpr double powerOfTen(int exponent)
{
    return powersOfTen[exponent + 9];
}

int exponentOf(double magnitude) // from 10^-6 on, below 10^15
{
    int exponent = -6;
    while (magnitude >= powerOfTen(exponent + 1))
        ++exponent;
    return exponent;
}

// As QString::number(value, 'f', decimals), in a fraction of the time where few digits are enough
// and there is no doubt about the last one.
QString fixed(double value, int decimals)
{
    const double scaled = decimals > 9 ? HUGE_VAL : std::abs(value) * powerOfTen(decimals);
    const double doubt = std::abs(scaled - std::floor(scaled) - 0.5);
    if (scaled > 1e9 || doubt < 1e-6)
        return QString::number(value, 'f', decimals);
    QChar digits[16];
    QChar *first = std::end(digits);
    // NOLINTNEXTLINE(bugprone-incorrect-roundings): it is not below 0, and lround() takes longer
    auto rest = static_cast<quint32>(scaled + 0.5);
    for (int i = 0; i <= decimals || rest > 0; ++i, rest /= 10) {
        if (i == decimals && decimals > 0)
            *--first = u'.';
        *--first = QChar(u'0' + rest % 10);
    }
    if (std::signbit(value))
        *--first = u'-';
    return QString(first, std::end(digits) - first);
}

// Rounds to three significant digits, with as many decimals as these need: 1.84, 18.4, 184, 1840.
// What has more digits than anybody counts has an exponent.
QString threeDigits(double value)
{
    constexpr int digits = 3;
    if (value == 0)
        return QStringLiteral("0");
    const double magnitude = std::abs(value);
    if (magnitude < 1e-6)
        return QString::number(value, 'g', digits);
    if (magnitude >= 1e15)
        return QString::number(value, 'e', digits - 1);
    const int exponent = exponentOf(magnitude);
    int decimals = std::max(0, digits - 1 - exponent);
    if (decimals > 0 && magnitude + 0.5 * powerOfTen(-decimals) >= powerOfTen(exponent + 1))
        --decimals; // 9.996 becomes 10.0
    return fixed(value, decimals);
}

bool isWhole(double value)
{
    return value == std::trunc(value);
}

// The largest step that leaves at least 1 after rounding, so that 999.9 ns is 1.00 us.
const UnitStep &stepFor(std::span<const UnitStep> steps, double magnitude,
                        double threshold = 0.9995)
{
    const UnitStep *best = &steps.front();
    for (const UnitStep &step : steps.subspan(1)) {
        if (magnitude / step.factor >= threshold)
            best = &step;
    }
    return *best;
}

// Beyond the largest prefix only an exponent tells how much it is: a long number that is cut would
// read as a small one. A year has a few hundred days, and nobody has a word for what is beyond.
constexpr double firstBeyondPrefixes = 9999.5;
constexpr double firstBeyondDays = 999999.5;

QString withExponent(double value)
{
    return QString::number(value, 'e', 2);
}

QString infinityOrNan(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    return value < 0 ? QStringLiteral("-\u221e") : QStringLiteral("\u221e");
}

// Counts are exact up to four digits: 9999, then 10.0 k.
std::pair<QString, QStringView> scaledCount(double value)
{
    const double magnitude = std::abs(value);
    if (magnitude < 9999.5) {
        return { isWhole(value) ? fixed(value, 0) : threeDigits(value),
                 countSteps().front().symbol };
    }
    const UnitStep &step = stepFor(countSteps(), magnitude);
    if (magnitude / step.factor >= firstBeyondPrefixes)
        return { withExponent(value), countSteps().front().symbol };
    return { threeDigits(value / step.factor), step.symbol };
}

// In the first unit, or in days.
std::pair<QString, QString> beyondPrefixes(double value, const UnitFamily &family)
{
    const std::size_t place = family.isTime() ? family.steps.size() - 1 : 0;
    constexpr double largest = std::numeric_limits<double>::max();
    const double scaled = value * (family.factor / family.steps[place].factor);
    return { withExponent(std::clamp(scaled, -largest, largest)),
             family.scaledSymbols.at(qsizetype(place)) };
}

std::pair<QString, QString> scaledNumber(double value, const UnitFamily &family)
{
    const double number = value * family.factor;
    const UnitStep &step = stepFor(family.steps, std::abs(number));
    if (std::abs(number) / step.factor >= (family.isTime() ? firstBeyondDays : firstBeyondPrefixes))
        return beyondPrefixes(value, family);
    const QString &symbol = family.scaledSymbols.at(&step - family.steps.data());
    // What was measured in just this unit has no more digits to show: 512 B, 5 ms.
    if (step.factor == family.factor && isWhole(value))
        return { fixed(value, 0), symbol };
    return { threeDigits(number / step.factor), symbol };
}

// What a duration became that is longer than any number of nanoseconds.
bool isEndlessTime(const QVariant &value, const UnitFamily &family)
{
    if (!family.isTime() || family.factor != 1 || value.typeId() != QMetaType::LongLong)
        return false;
    const qlonglong time = value.toLongLong();
    return time == std::numeric_limits<qlonglong>::max()
            || time == std::numeric_limits<qlonglong>::min();
}

QString plainNumber(double value)
{
    return isWhole(value) && std::abs(value) < 1e15 ? fixed(value, 0) : threeDigits(value);
}

// "20.0" and "k/s", or "k rows/s": here the prefix belongs to the unit.
std::pair<QString, QString> scaledCountPerSecond(double value, const QString &symbol)
{
    const auto [number, prefix] = scaledCount(value);
    const bool needsSpace = !prefix.isEmpty() && !symbol.isEmpty();
    return { number,
             prefix + (needsSpace ? QStringLiteral(" ") : QString()) + symbol
                     + QStringLiteral("/s") };
}

// The number and the unit of a finite value that is not zero.
std::pair<QString, QString> formattedNumber(double value, const Unit &unit, BytePrefix bytes)
{
    const UnitFamily &family = unitFamily(unit, bytes);
    if (!family.steps.empty())
        return scaledNumber(value, family);
    const QString symbol = family.symbol + family.suffix;
    if (!family.isCount)
        return { plainNumber(value), symbol };
    if (!family.suffix.isEmpty())
        return scaledCountPerSecond(value, family.symbol);
    auto [number, prefix] = scaledCount(value);
    return { prefix.isEmpty() ? number : number + u' ' + prefix, symbol };
}

// How numbers are written in a locale.
struct NumberSigns
{
    explicit NumberSigns(const QLocale &where = QLocale())
        : locale(where)
        , point(where.decimalPoint())
        , minus(where.negativeSign())
        , zero(where.zeroDigit())
        , isPlain(point == u"." && minus == u"-" && zero == u"0")
    {
    }

    QLocale locale;
    QString point;
    QString minus;
    QString zero;
    bool isPlain;
};

// To ask a locale takes longer than to write a number. What the user changes in the settings of the
// system meanwhile shows when the default locale is set again.
const NumberSigns &currentSigns()
{
    static thread_local NumberSigns signs;
    if (signs.locale != QLocale())
        signs = NumberSigns();
    return signs;
}

// As it is written where the user lives, but for separators of groups: few numbers have four
// digits, and none has more.
QString localized(const QString &number)
{
    const NumberSigns &signs = currentSigns();
    if (signs.isPlain)
        return number;
    QString text;
    for (const QChar c : number) {
        if (c == u'.')
            text += signs.point;
        else if (c == u'-')
            text += signs.minus;
        else if (c.isDigit() && signs.zero.size() == 1)
            text += QChar(signs.zero.front().unicode() + (c.unicode() - u'0'));
        else
            text += c;
    }
    return text;
}

// What is not a number: a state, a version, a list.
QString formattedText(const QVariant &value)
{
    const int type = value.typeId();
    if (type == QMetaType::QVariantList || type == QMetaType::QVariantMap
        || (!value.canConvert<QString>() && value.canConvert<QVariantList>())) {
        const qsizetype count =
                type == QMetaType::QVariantMap ? value.toMap().size() : value.toList().size();
        const char *const text = count == 1
                ? QT_TRANSLATE_NOOP("Recorders::FormattedValue", "%1 value")
                : QT_TRANSLATE_NOOP("Recorders::FormattedValue", "%1 values");
        return QCoreApplication::translate("Recorders::FormattedValue", text).arg(count);
    }
    return value.toString();
}

QString noValue()
{
    return QStringLiteral("\u2014");
}

} // namespace

/*!
    \class Recorders::FormattedValue
    \inheaderfile recorders/model/formattedvalue.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The FormattedValue class is a value as a person reads it.

    \reentrant

    Numbers get three significant digits, whole ones up to four, and the prefix of their unit
    that suits them: bytes KiB, MiB and so on up to EiB, or kB and MB if asked for, times ns, µs, ms,
    s, min, h and d, counts k, M, G and T. What is beyond the largest prefix has an exponent: "1.84e+19".
    Zero is "0" in whatever prefix, a value that is not there is a dash, NaN is "NaN", infinity is
    "∞". So is a duration that was longer than a number of nanoseconds can be, which is some 292 years.
    Text, booleans and enumerators stay as they are. The decimal point, the sign and the digits are those
    of the default QLocale: "1,84 MiB" in German. Those of exact() are the same everywhere, as in
    the source code and in the files that the numbers are compared with.

    \table
    \header \li value \li unit \li text()
    \row \li 1929380 \li \c By \li 1.84 MiB
    \row \li 3141592 \li \c ns \li 3.14 ms
    \row \li 18213 \li \c {rows} \li 18.2 k rows
    \endtable
*/

FormattedValue::FormattedValue(QString number, QString unit)
    : m_number(std::move(number))
    , m_unit(std::move(unit))
{
}

/*!
    Formats \a value, which is measured in \a unit. If that is bytes, \a bytes says how many of them
    get a prefix.
*/
FormattedValue::FormattedValue(const QVariant &value, const Unit &unit, BytePrefix bytes)
{
    if (!value.isValid() || value.isNull()) {
        m_number = noValue();
        return;
    }
    if (!isNumber(value)) {
        m_number = formattedText(value);
        m_unit = readableUnit(unit.code());
        return;
    }
    const double number = toDouble(value);
    const UnitFamily &family = unitFamily(unit, bytes);
    if (!std::isfinite(number) || isEndlessTime(value, family)) {
        m_number = infinityOrNan(number);
        return;
    }
    if (number == 0) {
        m_number = localized(QStringLiteral("0"));
        m_unit = family.steps.empty() ? QString(family.symbol + family.suffix) : QString();
        return;
    }
    std::tie(m_number, m_unit) = formattedNumber(number, unit, bytes);
    m_number = localized(m_number);
}

/*!
    Formats what grows by \a perSecond of \a unit each second: "212 KiB/s", "0.4 /s", "12.0 ms/s".
    If \a unit is bytes, \a bytes says how many of them get a prefix.
*/
FormattedValue FormattedValue::rate(double perSecond, const Unit &unit, BytePrefix bytes)
{
    const QString each = QStringLiteral("/s");
    if (!std::isfinite(perSecond))
        return { infinityOrNan(perSecond), {} };
    if (perSecond == 0)
        return { localized(QStringLiteral("0")), each };
    if (!isCount(unit.code())) {
        auto [number, symbol] = formattedNumber(perSecond, unit, bytes);
        if (unitFamily(unit, bytes).factor == 1 && isWhole(perSecond) && std::abs(perSecond) < 100)
            number = threeDigits(perSecond);
        return { localized(number), symbol + each };
    }
    const QString symbol = readableUnit(unit.code());
    if (std::abs(perSecond) < 99.95) {
        const QString tenths = QString::number(perSecond, 'f', 1);
        const bool isTooSmall = std::abs(perSecond) < 0.05;
        return { localized(isTooSmall ? QString::number(perSecond, 'g', 1) : tenths),
                 symbol + each };
    }
    auto [number, scaled] = scaledCountPerSecond(std::round(perSecond), symbol);
    return { localized(number), scaled };
}

/*!
    Returns \a value as JavaScript can have it, which has no numbers but \c double: a number only
    where that is the very same number, and otherwise a text with all digits. What is no number is
    returned as it is.
*/
QVariant FormattedValue::forScripts(const QVariant &value)
{
    return scriptValue(value);
}

/*!
    Returns \a value with all its digits, and its \a unit without prefix. NaN and infinities are spelled
    as in JSON: "NaN", "Infinity", "-Infinity".
*/
QString FormattedValue::exact(const QVariant &value, const Unit &unit)
{
    if (!value.isValid() || value.isNull())
        return noValue();
    const QString number = isNumber(value) ? exactNumber(value) : formattedText(value);
    QString symbol = readableUnit(unit.code());
    if (symbol == u"By")
        symbol = QStringLiteral("B");
    return symbol.isEmpty() ? number : number + u' ' + symbol;
}

/*!
    \fn QString FormattedValue::number() const

    Returns the number, or the text.
*/

/*!
    \fn QString FormattedValue::unit() const

    Returns the unit, with its prefix.
*/

/*!
    Returns number() and unit().
*/
QString FormattedValue::text() const
{
    return m_unit.isEmpty() ? m_number : m_number + u' ' + m_unit;
}

} // namespace Recorders

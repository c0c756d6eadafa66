// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/valueterm_p.h"

#include "core/value/numericvalue_p.h"

#include <QRegularExpression>

#include <cmath>
#include <compare>
#include <limits>

namespace Recorders::Internal {

namespace {

bool isRelation(QChar character)
{
    return character == u'<' || character == u'>' || character == u'=';
}

qsizetype spacesEnd(QStringView text, qsizetype begin)
{
    while (begin < text.size() && text.at(begin).isSpace())
        ++begin;
    return begin;
}

qsizetype wordEnd(QStringView text, qsizetype begin)
{
    while (begin < text.size() && !text.at(begin).isSpace())
        ++begin;
    return begin;
}

// A number as it is written in programs, whatever the locale.
qsizetype numberSize(const QString &text)
{
    static const QRegularExpression number(
            QStringLiteral("^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)(e[+-]?\\d+)?"),
            QRegularExpression::CaseInsensitiveOption);
    return number.match(text).capturedLength();
}

// An integer if it is written as one and there is one that is so large, else a finite double.
QVariant numberOf(const QString &text)
{
    bool isValid = false;
    if (const qlonglong integer = text.toLongLong(&isValid); isValid)
        return integer;
    if (const qulonglong integer = text.toULongLong(&isValid); isValid)
        return integer;
    const double number = text.toDouble(&isValid);
    return isValid && std::isfinite(number) ? QVariant(number) : QVariant();
}

bool isWhole(double value)
{
    return value == std::trunc(value);
}

// The same number as an integer, if it is one.
QVariant simplified(double number)
{
    constexpr double limit = 0x1p63;
    if (isWhole(number) && number >= -limit && number < limit)
        return qlonglong(number);
    return number;
}

std::optional<qlonglong> product(qlonglong number, qlonglong factor) // which is positive
{
    constexpr qlonglong most = std::numeric_limits<qlonglong>::max();
    if (number > most / factor || number < -(most / factor))
        return {};
    return number * factor;
}

} // namespace

qsizetype ValueTerm::endOf(QStringView text, qsizetype begin)
{
    qsizetype numberBegin = begin;
    while (numberBegin < text.size() && isRelation(text.at(numberBegin)))
        ++numberBegin;
    if (numberBegin == begin)
        return -1;
    const qsizetype end = wordEnd(text, spacesEnd(text, numberBegin));
    const QString number = text.sliced(numberBegin, end - numberBegin).trimmed().toString();
    const qsizetype unitBegin = spacesEnd(text, end);
    const qsizetype unitEnd = wordEnd(text, unitBegin);
    const bool hasNoUnit = !number.isEmpty() && numberSize(number) == number.size();
    const bool isUnit = hasNoUnit && unitScale(text.sliced(unitBegin, unitEnd - unitBegin));
    return isUnit ? unitEnd : end;
}

std::optional<ValueTerm> ValueTerm::of(QStringView term)
{
    QString text = term.toString();
    text.removeIf([](QChar character) { return character.isSpace(); });
    const bool hasEqual = text.size() > 1 && text.at(1) == u'=' && text.at(0) != u'=';
    const bool isLess = text.startsWith(u'<');
    ValueTerm parsed;
    if (!text.startsWith(u'='))
        parsed.m_relation = isLess ? Relation::Less : Relation::Greater;
    if (hasEqual)
        parsed.m_relation = isLess ? Relation::LessOrEqual : Relation::GreaterOrEqual;
    text.remove(0, hasEqual ? 2 : 1);
    const qsizetype size = numberSize(text);
    parsed.m_number = numberOf(text.first(size));
    parsed.m_unit = text.sliced(size);
    const bool isCutNumber = parsed.m_unit.startsWith(u',') || parsed.m_unit.startsWith(u'.');
    if (!parsed.m_number.isValid() || isCutNumber)
        return {};
    parsed.m_scale = unitScale(parsed.m_unit);
    return parsed;
}

QVariant ValueTerm::boundIn(const QString &unit) const
{
    if (m_unit.isEmpty())
        return m_number;
    if (const std::optional<UnitScale> scale = unitScaleOfCode(unit)) {
        if (m_scale && m_scale->isOfCounts())
            return scaled(m_scale->factor, 1);
        const bool isSameFamily = m_scale && m_scale->isOfSameFamily(*scale);
        return isSameFamily ? scaled(m_scale->factor, scale->factor) : QVariant();
    }
    const bool isPrefix = m_scale && m_scale->isOfCounts();
    const auto sensitivity = isPrefix ? Qt::CaseSensitive : Qt::CaseInsensitive; // K is no k
    const bool isSame = unit.compare(m_unit, sensitivity) == 0
            || readableUnit(unit).compare(m_unit, sensitivity) == 0;
    if (isSame)
        return m_number;
    return isPrefix ? scaled(m_scale->factor, 1) : QVariant();
}

// The factors are those of a table, and integers.
QVariant ValueTerm::scaled(double factor, double divisor) const
{
    const double ratio = factor / divisor;
    if (ratio == 1)
        return m_number;
    if (m_number.typeId() == QMetaType::LongLong && isWhole(ratio)) {
        if (const auto integer = product(m_number.toLongLong(), qlonglong(ratio)))
            return *integer;
    }
    return simplified(toDouble(m_number) * factor / divisor);
}

bool ValueTerm::isMet(const QVariant &value, const QVariant &bound) const
{
    if (!bound.isValid() || !isNumber(value))
        return false;
    const std::partial_ordering order = compareNumbers(value, bound);
    switch (m_relation) {
    case Relation::Less:
        return std::is_lt(order);
    case Relation::LessOrEqual:
        return std::is_lteq(order);
    case Relation::Equal:
        return std::is_eq(order);
    case Relation::GreaterOrEqual:
        return std::is_gteq(order);
    default:
        return std::is_gt(order);
    }
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLocale>
#include <QString>
#include <QVariant>

#include <cmath>
#include <compare>
#include <limits>

namespace Recorders::Internal {

// Booleans and enumerators are words, not numbers.
inline bool isNumber(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Double:
    case QMetaType::Float:
        return true;
    default:
        return false;
    }
}

// What QVariant does by a general conversion, for the numbers that most values are.
inline double toDouble(const QVariant &number)
{
    switch (number.typeId()) {
    case QMetaType::LongLong:
        return double(*static_cast<const qlonglong *>(number.constData()));
    case QMetaType::ULongLong:
        return double(*static_cast<const qulonglong *>(number.constData()));
    case QMetaType::Double:
        return *static_cast<const double *>(number.constData());
    default:
        return number.toDouble();
    }
}

inline bool isFloatingPoint(const QVariant &number)
{
    return number.typeId() == QMetaType::Double || number.typeId() == QMetaType::Float;
}

inline bool isUnsigned(const QVariant &number)
{
    switch (number.typeId()) {
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
    case QMetaType::UShort:
        return true;
    default:
        return false;
    }
}

// Modulo 2^64, in which signed and unsigned integers are subtracted alike.
inline quint64 integerBits(const QVariant &integer)
{
    switch (integer.typeId()) {
    case QMetaType::LongLong:
        return quint64(*static_cast<const qlonglong *>(integer.constData()));
    case QMetaType::ULongLong:
        return *static_cast<const qulonglong *>(integer.constData());
    default:
        return isUnsigned(integer) ? integer.toULongLong() : quint64(integer.toLongLong());
    }
}

// Exact, also where one is signed and the other is not, and beyond what a double knows of integers.
inline std::partial_ordering compareNumbers(const QVariant &a, const QVariant &b)
{
    if (isFloatingPoint(a) || isFloatingPoint(b))
        return toDouble(a) <=> toDouble(b);
    const quint64 bitsA = integerBits(a);
    const quint64 bitsB = integerBits(b);
    const bool isNegativeA = !isUnsigned(a) && qint64(bitsA) < 0;
    const bool isNegativeB = !isUnsigned(b) && qint64(bitsB) < 0;
    return isNegativeA == isNegativeB ? bitsA <=> bitsB : isNegativeB <=> isNegativeA;
}

// What is no finite number is spelled the same wherever it is written: as JavaScript does it, and
// Protocol Buffers do in JSON.
inline QString spelledInfinityOrNan(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    return value < 0 ? QStringLiteral("-Infinity") : QStringLiteral("Infinity");
}

// Whether a double, which all numbers of JavaScript are, tells the integer from its neighbours.
inline bool isExactAsDouble(const QVariant &integer)
{
    constexpr qulonglong firstDoubtful = 1ULL << std::numeric_limits<double>::digits;
    const bool isNegative = !isUnsigned(integer) && integer.toLongLong() < 0;
    const qulonglong magnitude =
            isNegative ? 0 - qulonglong(integer.toLongLong()) : integer.toULongLong();
    return magnitude < firstDoubtful;
}

// All digits, so that reading them back gives the same value.
inline QString exactNumber(const QVariant &value)
{
    if (isFloatingPoint(value) && !std::isfinite(toDouble(value)))
        return spelledInfinityOrNan(toDouble(value));
    switch (value.typeId()) {
    case QMetaType::Double:
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    case QMetaType::Float:
        return QString::number(value.toFloat(), 'g', std::numeric_limits<float>::max_digits10);
    default:
        return isUnsigned(value) ? QString::number(value.toULongLong())
                                 : QString::number(value.toLongLong());
    }
}

} // namespace Recorders::Internal

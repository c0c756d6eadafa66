// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLocale>
#include <QString>
#include <QVariant>

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

// All digits, so that reading them back gives the same value.
inline QString exactNumber(const QVariant &value)
{
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

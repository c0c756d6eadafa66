// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/dynamicfields.h>

#include <limits>

namespace Recorders::Internal {

// A text is no number, even where it could be read as one: whether it could would depend on what
// the user typed.
Number NumberField::operator()(const DynamicEvent &event) const
{
    const QVariant value = event.payload.value(m_key);
    switch (value.typeId()) {
    case QMetaType::Bool:
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::Short:
    case QMetaType::Int:
    case QMetaType::Long:
    case QMetaType::LongLong:
        return Number::of(value.toLongLong());
    case QMetaType::UChar:
    case QMetaType::UShort:
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        return Number::of(value.toULongLong());
    case QMetaType::Float:
    case QMetaType::Double:
        return Number::of(value.toDouble());
    default:
        return Number::of(std::numeric_limits<double>::quiet_NaN());
    }
}

QString TextField::operator()(const DynamicEvent &event) const
{
    const auto field = event.payload.constFind(m_key);
    if (field == event.payload.constEnd() || !field->isValid() || field->isNull())
        return QStringLiteral("(none)");
    return field->toString();
}

} // namespace Recorders::Internal

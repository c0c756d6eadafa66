// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QVariant>

namespace Recorders::Internal {

// Booleans, enumerators and texts have no place on an axis.
inline bool isPlottable(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
    case QMetaType::QChar:
    case QMetaType::QString:
    case QMetaType::QByteArray:
        return false;
    default:
        break;
    }
    bool isNumber = false;
    value.toDouble(&isNumber);
    return isNumber && !value.metaType().flags().testFlag(QMetaType::IsEnumeration);
}

} // namespace Recorders::Internal

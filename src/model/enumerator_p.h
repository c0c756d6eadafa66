// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMetaEnum>
#include <QObject>

namespace Recorders::Internal {

// Whether there is such an enumerator. If not, it says so of the element: to QML any number is one.
bool isEnumerator(QObject *element, const char *property, QMetaEnum enumeration, int value);

template <typename Enum>
bool isEnumerator(QObject *element, const char *property, Enum value)
{
    return isEnumerator(element, property, QMetaEnum::fromType<Enum>(), int(value));
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMetaEnum>
#include <QString>

// How the matrices of the life cycle write what a call answers.
namespace Testing {

template <typename Enum>
static QString keyOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

inline QString textOf(bool answer)
{
    return answer ? QStringLiteral("true") : QStringLiteral("false");
}

} // namespace Testing

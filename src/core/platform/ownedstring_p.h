// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QVariant>
#include <QVariantMap>

namespace Recorders::Internal {

/*
    The characters of a QStringLiteral are in the library that wrote it, and go when that is
    unloaded, as a plugin may be. So what outlives a call is kept by one of these: a string that has
    no memory of its own becomes one that has, any other stays what it is.

    Such strings are names, which come again and again, with each snapshot: they are copied once,
    and shared from then on. What is more than names usually are is copied each time.
*/
QString owned(QString string); // any thread
QVariant owned(QVariant value); // strings, bytes, and lists and maps of them; others as they are
QVariantMap owned(QVariantMap map);

// Whether they are equal. Most equal ones are shared, and then no characters are compared.
inline bool isSameString(const QString &a, const QString &b)
{
    return a.size() == b.size() && (a.constData() == b.constData() || a == b);
}

} // namespace Recorders::Internal

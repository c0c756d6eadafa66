// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QVariant>

namespace Recorders::Internal {

// As JavaScript can have it: a number only where that is the very same number, else all digits as
// text. Equal values are of equal types, so that QML can tell that nothing changed.
QVariant scriptValue(const QVariant &value);

// The role of a value beside that of the same value for scripts, which has its name in QML.
constexpr int scriptRoles = 0x1000;
constexpr int scriptRole(int role)
{
    return role + scriptRoles;
}

} // namespace Recorders::Internal

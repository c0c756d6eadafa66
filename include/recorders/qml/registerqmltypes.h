// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recordersquick_export.h>

namespace Recorders {

// Lets QML of this process "import Recorders", wherever the module is installed, if at all.
RECORDERSQUICK_EXPORT void registerQmlTypes();

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>

namespace Recorders::Internal {

Error outOfMemory(); // allocates nothing

} // namespace Recorders::Internal

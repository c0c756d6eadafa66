// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace Recorders::Internal {

// The time of updates and stalls: of the steady clock, which cannot be set and never goes back.
inline std::chrono::nanoseconds steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace Recorders::Internal

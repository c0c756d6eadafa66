// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/lockorder_p.h"

#include <recorders/core/metricsruntime.h>

namespace Recorders::Internal {

class RecorderOwner;
class StallAlarm;

// How what may outlive a runtime, a handle or its thread, finds it, in any thread.
struct RuntimeLink
{
    OrderedMutex<LockLevel::RuntimeLink> mutex; // guards all below
    RecorderOwner *owner = nullptr; // null, both: the runtime is gone
    StallAlarm *stallAlarm = nullptr;
};

} // namespace Recorders::Internal

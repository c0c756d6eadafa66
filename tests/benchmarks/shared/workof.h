// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "milliseconds.h"
#include "shared/threadclock.h"

namespace Benchmarks {

// Milliseconds of this thread's work. What other processes do meanwhile is not counted.
template <typename Work>
double workOf(Work work)
{
    Testing::ThreadClock clock;
    clock.follow();
    const auto begin = clock.time();
    work();
    return milliseconds(clock.time() - begin);
}

} // namespace Benchmarks

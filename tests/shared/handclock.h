// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/sourceclock_p.h"

#include <chrono>

namespace Testing {

// The clock by which models let rates decay, turned by hand. One at a time, in one thread.
class HandClock
{
public:
    HandClock()
    {
        s_now = {};
        Recorders::Internal::SourceClock::setSteadyClock([] { return s_now; });
    }
    ~HandClock() { Recorders::Internal::SourceClock::setSteadyClock(nullptr); }

    HandClock(const HandClock &) = delete;
    HandClock &operator=(const HandClock &) = delete;

    void advance(std::chrono::nanoseconds time) { s_now += time; }

private:
    inline static std::chrono::nanoseconds s_now{};
};

} // namespace Testing

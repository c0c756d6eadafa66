// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <thread>

namespace Testing {

// Lets real time pass in this thread. Only where time itself is what is tested: a timeout or an
// interval of the library has to be over, or nothing may happen meanwhile, and no event tells of
// it. Each use says which, and takes as little as that needs.
inline void letTimePass(std::chrono::nanoseconds time)
{
    std::this_thread::sleep_for(time);
}

inline std::chrono::nanoseconds steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace Testing

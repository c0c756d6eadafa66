// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/seed.h"

#include <chrono>

namespace Testing {

// For a test that repeats something as often as usually takes a moment: on a machine that is busy
// with other things it has to do with less, but ends.
class TimeBox
{
public:
    bool isOver() const { return std::chrono::steady_clock::now() >= m_end; }

private:
    const std::chrono::steady_clock::time_point m_end =
            std::chrono::steady_clock::now() + std::chrono::seconds(scaled(6));
};

} // namespace Testing

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>

namespace Benchmarks {

// How much work a measurement is: a hundredth with --quick, which shows that everything runs.
class Effort
{
public:
    static void setQuick(bool isQuick) { s_isQuick = isQuick; }
    static int scaled(int count) { return s_isQuick ? std::max(count / 100, 1) : count; }

private:
    inline static bool s_isQuick = false;
};

} // namespace Benchmarks

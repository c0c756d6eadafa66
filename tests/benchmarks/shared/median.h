// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <vector>

namespace Benchmarks {

// Of at least one number; of an even count, the greater one of the two in the middle.
inline double median(std::vector<double> numbers)
{
    const auto middle = numbers.begin() + std::ptrdiff_t(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

} // namespace Benchmarks

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/seed.h"

#include <recorders/core/distribution.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

// What the tests of a distribution have in common.
namespace Testing {

using Values = std::vector<double>;

inline constexpr double greatest = std::numeric_limits<double>::max();
inline constexpr double least = std::numeric_limits<double>::denorm_min();
inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

inline Recorders::Distribution distributionOf(const Values &values, int maxBuckets = 160)
{
    Recorders::Distribution distribution(maxBuckets);
    for (const double value : values)
        distribution.record(value);
    return distribution;
}

inline quint64 sumOf(const QList<quint64> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), quint64(0));
}

template <typename RandomValue>
Values valuesOf(RandomValue value, std::size_t count = 20'000)
{
    auto generator = seededGenerator("tst_Distribution");
    Values values(count);
    std::generate(values.begin(), values.end(), [&] { return value(generator); });
    return values;
}

inline double logUniform(std::mt19937_64 &generator)
{
    return std::pow(10, std::uniform_real_distribution<double>(0, 12)(generator));
}

inline double bimodal(std::mt19937_64 &generator)
{
    const bool isSlow = std::bernoulli_distribution(0.2)(generator);
    return isSlow ? std::normal_distribution<double>(5e6, 2e5)(generator)
                  : std::normal_distribution<double>(2e3, 1e2)(generator);
}

inline double ofBothSigns(std::mt19937_64 &generator)
{
    const int kind = std::uniform_int_distribution<int>(0, 9)(generator);
    return kind == 0 ? 0 : (kind < 4 ? -1 : 1) * logUniform(generator);
}

inline double hugeOrTiny(std::mt19937_64 &generator)
{
    const double exponent = std::uniform_real_distribution<double>(-1074, 1000)(generator);
    return std::exp2(exponent) * (std::bernoulli_distribution(0.5)(generator) ? -1 : 1);
}

} // namespace Testing

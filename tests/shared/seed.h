// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <cstdio>
#include <random>

namespace Testing {

// The seed of a random test: printed, so that a failure can be repeated, and taken back from the
// environment: RECORDERS_TEST_SEED=42 tst_something.
inline std::mt19937_64 seededGenerator(const char *test)
{
    bool isGiven = false;
    quint64 seed = qgetenv("RECORDERS_TEST_SEED").toULongLong(&isGiven);
    if (!isGiven)
        seed = std::random_device()();
    std::printf("%s: RECORDERS_TEST_SEED=%llu\n", test, static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    return std::mt19937_64(seed);
}

// How much longer than usual a stress test is to run: RECORDERS_TEST_SCALE, 1 by default.
inline int scaled(int count)
{
    bool isGiven = false;
    const int scale = qEnvironmentVariableIntValue("RECORDERS_TEST_SCALE", &isGiven);
    return isGiven && scale > 0 ? count * scale : count;
}

} // namespace Testing

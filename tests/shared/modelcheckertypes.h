// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

// What a model checker is given and what it answers; see modelchecker.h.
namespace Recorders::ModelCheck {

inline constexpr std::size_t maxThreads = 4;

struct Scenario
{
    std::vector<std::function<void()>> threads;
    std::function<std::string()> verdict; // after all threads have ended; empty: as it should be
};

struct Limits
{
    int preemptions = 2; // a thread that could go on does not
    int staleLoads = 2; // a load does not return the newest value
    std::uint64_t executions = 3'000'000;
};

struct Result
{
    std::string error; // empty: nothing found
    std::uint64_t executions = 0;
    bool isComplete = false; // the search ended by itself
};

enum class MutationKind {
    None,
    DropAcquire,
    DropRelease,
    DropFailureAcquire,
    Split,
    Omit,
    Postpone
};

struct Site
{
    std::string file;
    unsigned line = 0;
    unsigned column = 0;
    auto operator<=>(const Site &) const = default;
};

struct Mutation
{
    MutationKind kind = MutationKind::None;
    Site site;
};

struct Operation
{
    const char *name;
    std::string function;
    std::memory_order success;
    std::memory_order failure;
    bool isExchange;
    bool isOmittable = false; // the heavy half of an asymmetric fence, a wake-up
};

namespace Internal {

struct VectorClock
{
    std::array<std::uint32_t, maxThreads> times{};

    void join(const VectorClock &other)
    {
        for (std::size_t i = 0; i < maxThreads; ++i)
            times[i] = std::max(times[i], other.times[i]);
    }
    bool meets(const VectorClock &other) const // one of our (non-zero) times is known to other
    {
        for (std::size_t i = 0; i < maxThreads; ++i) {
            if (times[i] != 0 && times[i] <= other.times[i])
                return true;
        }
        return false;
    }
    bool isWithin(const VectorClock &other) const // all our times are known to other
    {
        for (std::size_t i = 0; i < maxThreads; ++i) {
            if (times[i] > other.times[i])
                return false;
        }
        return true;
    }
};

} // namespace Internal

} // namespace Recorders::ModelCheck

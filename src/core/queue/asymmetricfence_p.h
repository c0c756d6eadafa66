// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#if defined(_WIN32)
#  ifndef NOMINMAX
#    define NOMINMAX
#  endif
#  include <windows.h>
#elif defined(__linux__)
#  include <linux/membarrier.h>
#  include <sys/syscall.h>
#  include <unistd.h>
#endif

namespace Recorders::Internal {

/*
    The heavy half of an asymmetric fence: when it returns, every thread of the process has executed a
    full fence since it was called. A thread that does no more than to keep its compiler from
    reordering, the light half, therefore takes part in a store-load pair with the thread that calls
    this. It takes 0.1 µs if no other thread runs, and some 10 µs if others do, which it interrupts.

    Where the operating system offers none (macOS, Linux before 4.14, a sandbox that does not allow
    membarrier(2)), or the environment variable RECORDERS_NO_MEMBARRIER is set, it is not available,
    and must not be called. That is found out once.
*/
class AsymmetricFence final
{
public:
    static bool isAvailable() noexcept;
    static void heavy() noexcept;

private:
    static constexpr const char *variable = "RECORDERS_NO_MEMBARRIER";

    enum Availability : int { Unknown, No, Yes };

    static bool prepare() noexcept;
    static bool tryHeavy() noexcept;

    static inline constinit std::atomic<int> s_availability = Unknown;
};

// Relaxed: all threads find out the same.
inline bool AsymmetricFence::isAvailable() noexcept
{
    int availability = s_availability.load(std::memory_order_relaxed);
    if (availability == Unknown) {
        // Not by Qt, which the queue does without; nobody changes the environment of such a process.
        // NOLINTNEXTLINE(concurrency-mt-unsafe)
        const auto *forbidden = std::getenv(variable); // clazy:exclude=raw-environment-function
        availability = !forbidden && prepare() ? Yes : No;
        s_availability.store(availability, std::memory_order_relaxed);
    }
    return availability == Yes;
}

// Fails only if a sandbox forbids from now on what it has allowed before. Then stores of other
// threads are waited for, which their processors do not hold back for long.
inline void AsymmetricFence::heavy() noexcept
{
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (tryHeavy() || (prepare() && tryHeavy()))
        return;
    s_availability.store(No, std::memory_order_relaxed);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::atomic_thread_fence(std::memory_order_seq_cst);
}

#if defined(_WIN32)

inline bool AsymmetricFence::prepare() noexcept
{
    return true;
}

inline bool AsymmetricFence::tryHeavy() noexcept
{
    FlushProcessWriteBuffers();
    return true;
}

#elif defined(__linux__)

inline bool AsymmetricFence::prepare() noexcept
{
    return ::syscall(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
}

inline bool AsymmetricFence::tryHeavy() noexcept
{
    return ::syscall(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) == 0;
}

#else

inline bool AsymmetricFence::prepare() noexcept
{
    return false;
}

inline bool AsymmetricFence::tryHeavy() noexcept
{
    return false;
}

#endif

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

#if defined(_MSC_VER)
#  include <intrin.h>
#endif

namespace Recorders::Internal {

// Tells the processor that this thread waits for another one: some ten to hundred cycles.
inline void pauseProcessor() noexcept
{
#if defined(_MSC_VER) && (defined(_M_X64) || defined(_M_IX86))
    _mm_pause();
#elif defined(_MSC_VER) && defined(_M_ARM64)
    __yield();
#elif defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

// For who has lost a race for a cache line: as long as it tries, nobody gets on. Waits longer each
// time, at most some microseconds.
//
// The clock ends it and not a number of pauses: one takes 10 cycles or 140, and in a loop of nothing
// else they slowed the other thread of the same core by a factor of four, depending on where in memory
// that loop was.
class BackOff final
{
    using Clock = std::chrono::steady_clock;

public:
    void wait() noexcept
    {
        const Clock::time_point end = Clock::now() + m_time;
        do {
            pauseProcessor();
        } while (Clock::now() < end);
        m_time = std::min(2 * m_time, longest);
    }

private:
    static constexpr std::chrono::nanoseconds longest{ 12000 };

    std::chrono::nanoseconds m_time{ 1500 };
};

// For who has nothing to do until another thread has done something, most likely at once. Leaves it
// the processor, and keeps none busy if it takes long.
class Patience final
{
public:
    void wait()
    {
        if (m_yields > 0)
            std::this_thread::yield();
        else
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        m_yields = m_yields > 0 ? m_yields - 1 : 0;
    }

    void renew() noexcept { m_yields = maxYields; } // there was something to do

private:
    static constexpr int maxYields = 64;

    int m_yields = maxYields;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

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
class BackOff final
{
public:
    void wait() noexcept
    {
        for (int i = 0; i < m_pauses; ++i)
            pauseProcessor();
        m_pauses = m_pauses < maxPauses ? 2 * m_pauses : maxPauses;
    }

private:
    static constexpr int maxPauses = 64;

    int m_pauses = 8;
};

} // namespace Recorders::Internal

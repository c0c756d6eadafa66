// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>

namespace Recorders::Internal {

/*
    Of a million nodes most are in no cache, and each costs 100 ns to get there. A list of nodes is
    gone through in steps therefore: each asks for what the next step looks at, without waiting for it.
*/
inline void prefetch([[maybe_unused]] const void *place)
{
#ifdef __GNUC__
    // GCC takes a function that does nothing else for one without effects, and drops calls of it.
    asm volatile("" : : "r"(place));
    __builtin_prefetch(place);
#endif
}

template <typename T>
void prefetchAll(const T *object)
{
    constexpr std::size_t cacheLine = 64;
    const char *const begin = reinterpret_cast<const char *>(object);
    for (std::size_t offset = 0; offset < sizeof(T); offset += cacheLine)
        prefetch(begin + offset);
    prefetch(begin + sizeof(T) - 1); // most begin within a line
}

} // namespace Recorders::Internal

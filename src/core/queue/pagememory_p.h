// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#if defined(_WIN32)
#  ifndef NOMINMAX
#    define NOMINMAX
#  endif
#  include <windows.h>
#else
#  include <sys/mman.h>
#  include <sys/resource.h>
#  include <unistd.h>
#  if defined(__has_feature)
#    if __has_feature(address_sanitizer)
#      define RECORDERS_HAS_LEAK_SANITIZER
#    endif
#  elif defined(__SANITIZE_ADDRESS__)
#    define RECORDERS_HAS_LEAK_SANITIZER
#  endif
#  if defined(RECORDERS_HAS_LEAK_SANITIZER)
#    include <sanitizer/lsan_interface.h>
#  endif
#endif

namespace Recorders::Internal {

/*
    Pages of the operating system: address space is reserved first, and becomes memory, all zero,
    when it is committed. What was discarded stays readable and writable, and costs nothing until
    it is used again.
*/
struct PageMemory
{
    // What one reservation may take: all that there is with 64-bit addresses, unless the process has
    // a limit (RLIMIT_AS), of which it is a small part.
    static std::size_t maxReservation() noexcept;
    static constexpr bool canDiscard =
#if defined(_WIN32)
            false; // memory that is decommitted must not be read
#else
            true;
#endif

    static std::size_t pageSize() noexcept;
    static void *reserve(std::size_t bytes) noexcept; // null: there is none; aligned to pages
    static void release(void *begin, std::size_t bytes) noexcept; // what reserve() returned
    // Also the rest of the first and the last page. Again, it changes nothing. False: no memory.
    [[nodiscard]] static bool commit(void *begin, std::size_t bytes) noexcept;
    // Whole pages. Each reads as zero then, or as before. False: they are kept, as before.
    [[nodiscard]] static bool discard(void *begin, std::size_t bytes) noexcept;
};

#if defined(_WIN32)

inline std::size_t PageMemory::maxReservation() noexcept
{
    return sizeof(void *) > 4 ? SIZE_MAX : std::size_t{ 128 } << 20;
}

inline std::size_t PageMemory::pageSize() noexcept
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwPageSize;
}

inline void *PageMemory::reserve(std::size_t bytes) noexcept
{
    return VirtualAlloc(nullptr, bytes, MEM_RESERVE, PAGE_NOACCESS);
}

inline void PageMemory::release(void *begin, std::size_t) noexcept
{
    VirtualFree(begin, 0, MEM_RELEASE);
}

inline bool PageMemory::commit(void *begin, std::size_t bytes) noexcept
{
    return VirtualAlloc(begin, bytes, MEM_COMMIT, PAGE_READWRITE) != nullptr;
}

inline bool PageMemory::discard(void *, std::size_t) noexcept
{
    return false;
}

#else

inline std::size_t PageMemory::maxReservation() noexcept
{
    constexpr std::size_t most = sizeof(void *) > 4 ? SIZE_MAX : std::size_t{ 128 } << 20;
    rlimit limit{};
    const bool isLimited = ::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    return isLimited ? std::min<std::size_t>(most, limit.rlim_cur / 16) : most;
}

inline std::size_t PageMemory::pageSize() noexcept
{
    static const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return size;
}

inline void *PageMemory::reserve(std::size_t bytes) noexcept
{
    void *const begin = ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (begin == MAP_FAILED)
        return nullptr;
#  if defined(MADV_NOHUGEPAGE)
    ::madvise(begin, bytes, MADV_NOHUGEPAGE); // one page in use would bring back hundreds
#  endif
#  if defined(RECORDERS_HAS_LEAK_SANITIZER)
    __lsan_register_root_region(begin, bytes); // large events are allocated, and pending
#  endif
    return begin;
}

inline void PageMemory::release(void *begin, std::size_t bytes) noexcept
{
#  if defined(RECORDERS_HAS_LEAK_SANITIZER)
    __lsan_unregister_root_region(begin, bytes);
#  endif
    ::munmap(begin, bytes);
}

inline bool PageMemory::commit(void *begin, std::size_t bytes) noexcept
{
    const std::size_t inPage = reinterpret_cast<std::uintptr_t>(begin) % pageSize();
    return ::mprotect(static_cast<std::byte *>(begin) - inPage, bytes + inPage,
                      PROT_READ | PROT_WRITE)
            == 0;
}

inline bool PageMemory::discard(void *begin, std::size_t bytes) noexcept
{
    return ::madvise(begin, bytes, MADV_DONTNEED) == 0;
}

#endif

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#  define INTERPOSES_MALLOC
#  include <sys/mman.h>
#  include <sys/syscall.h>
#  include <unistd.h>
extern "C" {
void *__libc_malloc(std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
void *__libc_realloc(void *memory, std::size_t size);
}
#endif

namespace {

constexpr int never = -1;

thread_local int allocations = 0;
thread_local bool allocationsFail = false;
thread_local int untilFailure = never;
thread_local bool isSpared = false; // from the failure of the others
std::atomic<int> allAllocations = 0;
std::atomic<long long> allBytes = 0;
std::atomic<int> living = 0;
std::atomic<int> untilFailureOfOthers = never;

bool failsInOthers() noexcept
{
    if (isSpared || untilFailureOfOthers.load() < 0)
        return false;
    return untilFailureOfOthers.fetch_sub(1) == 0;
}

// Counts down, too.
bool failsNow() noexcept
{
    if (allocationsFail)
        return true;
    const bool fails = untilFailure != never && untilFailure-- == 0;
    return failsInOthers() || fails;
}

void *allocate(std::size_t size, std::size_t alignment)
{
    ++allocations;
    allAllocations.fetch_add(1, std::memory_order_relaxed);
    allBytes.fetch_add(static_cast<long long>(size), std::memory_order_relaxed);
    if (failsNow())
        return nullptr;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    void *const memory = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
    if (memory)
        living.fetch_add(1, std::memory_order_relaxed);
    return memory;
}

void release(void *memory) noexcept
{
    if (memory)
        living.fetch_sub(1, std::memory_order_relaxed);
    std::free(memory);
}

void *allocateOrThrow(std::size_t size, std::size_t alignment)
{
    void *const memory = allocate(size, alignment);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

} // namespace

#ifdef INTERPOSES_MALLOC
extern "C" {

void *malloc(std::size_t size)
{
    if (failsNow()) {
        errno = ENOMEM;
        return nullptr;
    }
    return __libc_malloc(size);
}

void *calloc(std::size_t count, std::size_t size)
{
    if (failsNow()) {
        errno = ENOMEM;
        return nullptr;
    }
    return __libc_calloc(count, size);
}

void *realloc(void *memory, std::size_t size)
{
    if (failsNow()) {
        errno = ENOMEM;
        return nullptr;
    }
    return __libc_realloc(memory, size);
}

// By which the library gets pages. The C library itself calls another.
int mprotect(void *memory, std::size_t size, int protection) noexcept
{
    if (failsNow()) {
        errno = ENOMEM;
        return -1;
    }
    return static_cast<int>(syscall(SYS_mprotect, memory, size, protection));
}

} // extern "C"
#endif

// The array and nothrow forms of the standard library end in these, but not those of
// AddressSanitizer.
void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    return allocate(size, alignof(std::max_align_t));
}

void *operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t &) noexcept
{
    return allocate(size, static_cast<std::size_t>(alignment));
}

void *operator new(std::size_t size)
{
    return allocateOrThrow(size, alignof(std::max_align_t));
}

void *operator new(std::size_t size, std::align_val_t alignment)
{
    return allocateOrThrow(size, static_cast<std::size_t>(alignment));
}

void *operator new[](std::size_t size)
{
    return allocateOrThrow(size, alignof(std::max_align_t));
}

void *operator new[](std::size_t size, const std::nothrow_t &) noexcept
{
    return allocate(size, alignof(std::max_align_t));
}

void operator delete[](void *memory) noexcept
{
    release(memory);
}

void operator delete[](void *memory, std::size_t) noexcept
{
    release(memory);
}

void operator delete[](void *memory, const std::nothrow_t &) noexcept
{
    release(memory);
}

void operator delete(void *memory) noexcept
{
    release(memory);
}

void operator delete(void *memory, std::size_t) noexcept
{
    release(memory);
}

void operator delete(void *memory, const std::nothrow_t &) noexcept
{
    release(memory);
}

void operator delete(void *memory, std::align_val_t, const std::nothrow_t &) noexcept
{
    release(memory);
}

void operator delete(void *memory, std::align_val_t) noexcept
{
    release(memory);
}

void operator delete(void *memory, std::size_t, std::align_val_t) noexcept
{
    release(memory);
}

namespace Testing {

AllocationCounter::AllocationCounter(Threads threads) noexcept
    : m_threads(threads)
    , m_begin(total())
    , m_bytesBegin(allBytes.load())
{
}

int AllocationCounter::total() const noexcept
{
    switch (m_threads) {
    case Threads::This:
        return allocations;
    case Threads::All:
        return allAllocations.load();
    case Threads::Others:
        break;
    }
    return allAllocations.load() - allocations;
}

int AllocationCounter::count() const noexcept
{
    return total() - m_begin;
}

long long AllocationCounter::bytes() const noexcept
{
    return allBytes.load() - m_bytesBegin;
}

int livingAllocations() noexcept
{
    return living.load();
}

FailingAllocations::FailingAllocations() noexcept
{
    allocationsFail = true;
}

FailingAllocations::~FailingAllocations()
{
    allocationsFail = false;
}

FailingAllocation::FailingAllocation(int number, Threads threads) noexcept
    : m_threads(threads)
{
    if (threads == Threads::This) {
        untilFailure = number;
    } else {
        isSpared = threads == Threads::Others;
        untilFailureOfOthers.store(number);
    }
}

FailingAllocation::~FailingAllocation()
{
    untilFailure = never;
    untilFailureOfOthers.store(never);
    isSpared = false;
}

bool FailingAllocation::hasFailed() const noexcept
{
    return (m_threads == Threads::This ? untilFailure : untilFailureOfOthers.load()) < 0;
}

} // namespace Testing

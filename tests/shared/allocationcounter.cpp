// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local int allocations = 0;
thread_local bool allocationsFail = false;

void *allocate(std::size_t size, std::size_t alignment)
{
    ++allocations;
    if (allocationsFail)
        return nullptr;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    return std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
}

void *allocateOrThrow(std::size_t size, std::size_t alignment)
{
    void *const memory = allocate(size, alignment);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

} // namespace

// The array forms of the standard library end in these. So do its nothrow forms, but not those of
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

void operator delete(void *memory) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, const std::nothrow_t &) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, std::align_val_t, const std::nothrow_t &) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, std::align_val_t) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, std::size_t, std::align_val_t) noexcept
{
    std::free(memory);
}

namespace Testing {

AllocationCounter::AllocationCounter() noexcept
    : m_begin(allocations)
{
}

int AllocationCounter::count() const noexcept
{
    return allocations - m_begin;
}

FailingAllocations::FailingAllocations() noexcept
{
    allocationsFail = true;
}

FailingAllocations::~FailingAllocations()
{
    allocationsFail = false;
}

} // namespace Testing

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Testing {

enum class Threads { This, All, Others };

// What was taken from operator new. Link shared/allocationcounter.cpp.
class AllocationCounter
{
public:
    explicit AllocationCounter(Threads threads = Threads::This) noexcept;

    // since construction
    int count() const noexcept;
    long long bytes() const noexcept; // of all threads, whatever was chosen

private:
    int total() const noexcept;

    const Threads m_threads;
    const int m_begin;
    const long long m_bytesBegin;
};

// What all threads have taken from operator new and not given back.
int livingAllocations() noexcept;

// Lets allocations of the current thread fail for as long as it lives: those of operator new, and,
// where no sanitizer is in the way, those of malloc(), which is what Qt's containers use.
class FailingAllocations
{
public:
    FailingAllocations() noexcept; // every one
    ~FailingAllocations();

    FailingAllocations(const FailingAllocations &) = delete;
    FailingAllocations &operator=(const FailingAllocations &) = delete;
};

// Lets one allocation fail for as long as it lives, the one before which there were `number`
// others. Those of all threads but this one can be chosen instead; one at a time.
class FailingAllocation
{
public:
    explicit FailingAllocation(int number, Threads threads = Threads::This) noexcept;
    ~FailingAllocation();

    FailingAllocation(const FailingAllocation &) = delete;
    FailingAllocation &operator=(const FailingAllocation &) = delete;

    bool hasFailed() const noexcept; // false: there were not that many allocations

private:
    const Threads m_threads;
};

} // namespace Testing

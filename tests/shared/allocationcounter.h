// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Testing {

// What the current thread took from operator new. Link shared/allocationcounter.cpp.
class AllocationCounter
{
public:
    AllocationCounter() noexcept;

    int count() const noexcept; // since construction

private:
    const int m_begin;
};

// Lets every allocation of the current thread fail for as long as it lives.
class FailingAllocations
{
public:
    FailingAllocations() noexcept;
    ~FailingAllocations();

    FailingAllocations(const FailingAllocations &) = delete;
    FailingAllocations &operator=(const FailingAllocations &) = delete;
};

} // namespace Testing

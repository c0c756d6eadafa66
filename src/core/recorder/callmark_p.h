// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>

namespace Recorders::Internal {

// What code of the user a thread is in. Others may look, once that has taken too long.
template <typename T>
class CallMark final
{
public:
    // Any thread, both. Relaxed, all: a mark orders nothing.
    const T *call() const noexcept { return m_call.load(std::memory_order_relaxed); } // null: none
    unsigned count() const noexcept { return m_count.load(std::memory_order_relaxed); }

    void set(const T *call) noexcept { m_call.store(call, std::memory_order_relaxed); }
    void countOne() noexcept { m_count.store(count() + 1, std::memory_order_relaxed); }

private:
    std::atomic<const T *> m_call = nullptr; // both are written by the thread of the mark
    std::atomic<unsigned> m_count = 0; // of calls so far
};

// Marks a call for as long as it lives. Only the thread of the mark makes one.
template <typename T>
class MarkedCall final
{
public:
    MarkedCall(CallMark<T> &mark, const T *call) noexcept
        : m_mark(mark)
        , m_outer(mark.call())
    {
        mark.set(call);
        mark.countOne();
    }
    ~MarkedCall() { m_mark.set(m_outer); }

    MarkedCall(const MarkedCall &) = delete;
    MarkedCall &operator=(const MarkedCall &) = delete;

private:
    CallMark<T> &m_mark;
    const T *const m_outer;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>

namespace Recorders::Internal {

// What code of the user a thread is in. Others may look, once that has taken too long.
template <typename T>
using CallMark = std::atomic<const T *>; // null: none

// Marks a call for as long as it lives. Only the thread of the mark makes one.
template <typename T>
class MarkedCall final
{
public:
    // Relaxed: a mark orders nothing. On the thread itself it is a plain load and two stores.
    MarkedCall(CallMark<T> &mark, const T *call) noexcept
        : m_mark(mark)
        , m_outer(mark.load(std::memory_order_relaxed))
    {
        mark.store(call, std::memory_order_relaxed);
    }
    ~MarkedCall() { m_mark.store(m_outer, std::memory_order_relaxed); }

    MarkedCall(const MarkedCall &) = delete;
    MarkedCall &operator=(const MarkedCall &) = delete;

private:
    CallMark<T> &m_mark;
    const T *const m_outer;
};

} // namespace Recorders::Internal

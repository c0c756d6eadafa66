// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/processfork_p.h"
#include "core/recorder/operationlist_p.h"

#include <recorders/core/namespace.h>

#include <atomic>

namespace Recorders::Internal {

// The state of a recorder, whether its runtime still makes it, and the process that it belongs to.
// Any thread reads. It is written with the mutex of the RecorderLifecycle held, or by the recorder's
// thread.
class RecorderStatus final
{
public:
    explicit RecorderStatus(bool isInRuntime) noexcept
        : m_isBeingMade(isInRuntime)
        , m_isInRuntime(isInRuntime)
    {
    }

    RecorderState state() const noexcept
    {
        return isForeign() ? RecorderState::Stopped : m_state.load(std::memory_order_acquire);
    }
    void reach(RecorderState state) noexcept { m_state.store(state, std::memory_order_release); }

    bool isUp() const noexcept // its metrics can be asked for their snapshots
    {
        const RecorderState now = state();
        return now == RecorderState::Running || now == RecorderState::Stopping;
    }
    bool hasStopped() const noexcept { return isSettledAs(Operation::Kind::Stop); }
    bool isSettledAs(Operation::Kind kind) const noexcept // nothing is left to be done for that
    {
        const RecorderState now = state();
        if (kind == Operation::Kind::Start)
            return now == RecorderState::Running;
        return now == RecorderState::Stopped || now == RecorderState::Failed;
    }

    bool isInRuntime() const noexcept { return m_isInRuntime; }
    bool isBeingMade() const noexcept // by a runtime: it may hold events, but not run yet
    {
        return m_isBeingMade.load(std::memory_order_acquire); // what its runtime did is seen
    }
    void endMaking() noexcept { m_isBeingMade.store(false, std::memory_order_release); }

    bool isForeign() const noexcept { return m_process.isForeign(); }
    void bindToProcess() noexcept { m_process.bind(); }

private:
    ProcessBinding m_process; // from the first start on
    std::atomic<RecorderState> m_state = RecorderState::Created;
    std::atomic<bool> m_isBeingMade;
    const bool m_isInRuntime;
};

} // namespace Recorders::Internal

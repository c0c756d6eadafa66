// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatcher_p.h"

#include <recorders/core/sourcestall.h>

#include <mutex>
#include <optional>

namespace Recorders::Internal {

/*
    Says whether the thread of a dispatcher is stuck. It has no clock of its own: calls cost
    nanoseconds, and a look at the clock before each would cost more. So it compares where the thread
    is with where it was when somebody looked the last time. Any thread calls any function.
*/
class StallProbe final
{
public:
    std::optional<SourceStall> look(const Dispatcher &dispatcher);

private:
    std::mutex m_mutex; // guards all below
    Dispatcher::Whereabouts m_where;
    Clock::time_point m_since{}; // it is there
    Clock::time_point m_lookedAt{};
};

} // namespace Recorders::Internal

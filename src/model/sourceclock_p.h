// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <chrono>

namespace Recorders::Internal {

// The time of a source between its updates. The clock of the source may be another machine's; from
// one update to the next, the steady clock here goes on for it.
class RECORDERS_EXPORT SourceClock final
{
public:
    using Time = std::chrono::nanoseconds;
    using SteadyClock = Time (*)();

    void setTime(Time now); // as an update says it
    Time now() const;

    // Replaces the steady clock in the whole process, for tests. Null: the machine's.
    static void setSteadyClock(SteadyClock clock) noexcept;

private:
    Time m_offset{}; // from the clock of the source to the steady clock
};

} // namespace Recorders::Internal

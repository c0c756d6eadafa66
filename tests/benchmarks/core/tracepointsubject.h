// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "events.h"
#include "handovertracepoint.h"
#include "subjects.h"

namespace Benchmarks {

// Writes the event into a trace. What LTTng then does with it is not up to this program.
class TracepointSubject
{
public:
    // Begins to record with the first call, and ends when the application does.
    static bool isAvailable();

    void record(const SizedEvent<32> &event)
    {
        lttng_ust_tracepoint(recorders_benchmark, hand_over, event.amount, event.rest[0],
                             event.rest[1], event.rest[2]);
    }
    quint64 handled() const { return everything; }
};

} // namespace Benchmarks

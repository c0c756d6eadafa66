// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/recorder/recorderclient_p.h"
#include "core/recorder/recorderhooks_p.h"
#include "core/value/kepterror_p.h"

#include <recorders/core/error.h>

#include <QScopedValueRollback>

namespace Recorders::Internal {

/*
    What happens on a recorder's thread from a start to the stop after it: hooks are called, what is
    pending is handled, and the last snapshots are published. Which state the recorder is in
    meanwhile is for RecorderLifecycle to see to.

    The recorder's thread only, but for what hooks() allows to any thread.
*/
class RecorderRun final
{
public:
    struct Outcome
    {
        Error error; // empty: all was handled, and nothing failed
        bool hasFailed = false; // rather than stopped late
    };

    // While one lives, a step of an operation is under way.
    class Step
    {
    public:
        explicit Step(RecorderRun &run)
            : m_scope(run.m_isAdvancing, true)
        {
        }

    private:
        QScopedValueRollback<bool> m_scope;
    };

    RecorderRun(RecorderClient &client, Recorder &recorder);

    RecorderClient &client() const noexcept { return m_client; }
    RecorderHooks &hooks() noexcept { return m_hooks; }
    const RecorderHooks &hooks() const noexcept { return m_hooks; }

    bool begin(); // false: onStarting() failed, and it goes on with draining
    bool fail(const Error &error); // a metric did; true: it is the first failure
    // All is handled, or the time is up and nothing more is handled.
    bool isDrained(Clock::time_point deadline);
    bool isOutOfTime() const noexcept { return m_isOutOfTime; }
    Outcome end(bool hasBegun);
    bool isAdvancing() const noexcept { return m_isAdvancing; }

private:
    Error timeoutError(quint64 leftOver) const;

    RecorderClient &m_client;
    [[no_unique_address]] RecorderHooks m_hooks;
    [[no_unique_address]] KeptError m_failure; // the outcome is Failed, and why
    bool m_isAdvancing = false;
    bool m_isOutOfTime = false; // to drain: it ends once what is pending is published
};

} // namespace Recorders::Internal

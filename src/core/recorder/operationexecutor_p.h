// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/recorder/recorderlifecycle_p.h"

#include <recorders/core/error.h>

#include <cstddef>
#include <optional>

namespace Recorders::Internal {

// What the operations of a RecorderLifecycle do: what they promise at once, and what is done on the
// recorder's thread until they are over. It keeps nothing itself.
class OperationExecutor final
{
public:
    explicit OperationExecutor(RecorderLifecycle &lifecycle);

    // Any thread, with the mutex of the lifecycle held. An error: it is over already.
    Error begin(Operation &operation, RecorderLifecycle::AnyThread &any);

    // The recorder's thread. Does what is asked for before it returns, unless another thread or a
    // caller further up has to, or the time is up: false.
    bool execute(Dispatcher &dispatcher, const OperationReply &reply);
    bool advance(); // the recorder's thread; true: no operation is left

private:
    enum class Progress { Made, Draining, Over };

    Error beginStart(RecorderLifecycle::AnyThread &any);
    Error attach(RecorderLifecycle::AnyThread &any); // to the dispatcher of its thread
    // It is not configured for it, or was removed.
    Error refusalToStart(const RecorderLifecycle::AnyThread &any) const;

    std::size_t tryDrain();
    Progress advanceOnce();
    std::optional<Error> perform(Operation &operation); // nothing: it goes on later
    std::optional<Error> performStart(Operation &operation);
    std::optional<Error> performDrain(Operation &operation);

    RecorderLifecycle &m_lifecycle;
    RecorderClient &m_client;
    RecorderStatus &m_status;
    RecorderRun &m_run;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatchclient_p.h"

#include <memory>
#include <vector>

namespace Recorders::Internal {

struct TurnProgress;

/*
    The clients of a dispatcher that have operations to go on with. Any thread schedules one; it is
    listed once, and the dispatcher advances it in each turn until no operation is left. Its handle
    stays alive until then.
*/
class ScheduledClients final
{
public:
    struct Entry
    {
        std::shared_ptr<DispatchClient> client;
        std::shared_ptr<void> handle;
    };
    using Entries = std::vector<Entry>;

    // any thread, with the mutex of the dispatcher held
    bool schedule(Entry entry); // all or nothing; false: it is listed already
    void takePosted(); // all or nothing
    Entries dropPosted(); // of a dispatcher that closes

    // the dispatcher's thread
    bool isEmpty() const noexcept { return m_scheduled.empty(); }
    bool advance(); // false: some have to be tried again, there was no memory

    // True: it has no operation left.
    static bool advance(DispatchClient &client, TurnProgress &progress);

private:
    Entries m_posted;
    Entries m_scheduled; // the dispatcher's thread
};

} // namespace Recorders::Internal

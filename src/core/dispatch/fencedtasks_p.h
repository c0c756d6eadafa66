// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatchclient_p.h"

#include <functional>
#include <memory>
#include <vector>

namespace Recorders::Internal {

/*
    Calls that other threads post to a dispatcher's. One that has a client runs between two of its
    events, once it has handled as many as the fence says; so it sees what its caller has registered
    before.

    A task that throws std::bad_alloc runs again in the next turn. One whose client has got another
    dispatcher meanwhile runs at once, and must not touch what is that one's thread's own.
*/
class FencedTasks final
{
public:
    struct Task
    {
        std::function<void()> run;
        std::shared_ptr<DispatchClient> client; // null: it runs in the next turn
        quint64 fence;
    };

    // any thread, with the mutex of the dispatcher held
    void post(Task task) { m_posted.push_back(std::move(task)); }
    void takePosted(); // all or nothing

    // the dispatcher's thread
    bool isEmpty() const noexcept { return m_tasks.empty(); }
    bool runDue(const Dispatcher &dispatcher); // this one; false: some have to run again
    void runAll(); // whatever their fences say; waits for memory

private:
    std::vector<Task> m_posted;
    std::vector<Task> m_tasks; // the dispatcher's thread
};

} // namespace Recorders::Internal

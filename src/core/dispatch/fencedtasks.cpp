// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/fencedtasks_p.h"

#include "core/dispatch/moveall_p.h"
#include "core/platform/outofmemory_p.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace Recorders::Internal {

void FencedTasks::takePosted()
{
    moveAll(m_posted, m_tasks);
}

bool FencedTasks::runDue(const Dispatcher &dispatcher)
{
    // Another thread's client is not looked at: the task finds out that it has come too late.
    const auto waits = [&dispatcher](const Task &task) {
        return task.client && task.client->isServedBy(dispatcher)
                && (task.client->isInCall() || task.client->handled() < task.fence)
                && task.client->canProgress();
    };
    const auto split = std::stable_partition(m_tasks.begin(), m_tasks.end(), waits);
    std::vector<Task> due(std::make_move_iterator(split), std::make_move_iterator(m_tasks.end()));
    m_tasks.erase(split, m_tasks.end());
    bool isStarved = false;
    for (Task &task : due) {
        try {
            task.run();
        } catch (const std::bad_alloc &) {
            isStarved = true;
            m_tasks.push_back(std::move(task)); // there is room, it was there before
        }
    }
    return !isStarved;
}

void FencedTasks::runAll()
{
    for (Task &task : std::exchange(m_tasks, {}))
        retryUntilAllocated(task.run);
}

} // namespace Recorders::Internal

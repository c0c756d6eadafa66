// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/scheduledclients_p.h"

#include "core/dispatch/activeclients_p.h"
#include "core/dispatch/moveall_p.h"

#include <algorithm>
#include <new>
#include <utility>

namespace Recorders::Internal {

bool ScheduledClients::schedule(Entry entry)
{
    m_posted.emplace_back(); // from here on nothing fails
    if (entry.client->setScheduled(true)) {
        m_posted.pop_back();
        return false;
    }
    m_posted.back() = std::move(entry);
    return true;
}

void ScheduledClients::takePosted()
{
    moveAll(m_posted, m_scheduled);
}

ScheduledClients::Entries ScheduledClients::dropPosted()
{
    for (const Entry &each : m_posted)
        each.client->setScheduled(false);
    return std::exchange(m_posted, {});
}

bool ScheduledClients::advance()
{
    TurnProgress progress;
    const auto isDone = [&progress](const Entry &each) {
        each.client->setScheduled(false); // what is asked for from now on comes as a new message
        return advance(*each.client, progress) || each.client->setScheduled(true);
    };
    // In place: what an operation asks for goes to m_posted.
    m_scheduled.erase(std::remove_if(m_scheduled.begin(), m_scheduled.end(), isDone),
                      m_scheduled.end());
    return !progress.isStarved;
}

bool ScheduledClients::advance(DispatchClient &client, TurnProgress &progress)
{
    try {
        return client.advance();
    } catch (const std::bad_alloc &) {
        progress.isStarved = true;
        return false;
    }
}

} // namespace Recorders::Internal

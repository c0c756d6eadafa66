// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/activeclients_p.h"

#include "core/queue/asymmetricfence_p.h"

#include <QThread>

#include <algorithm>
#include <new>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr int maxYields = 16;
constexpr std::size_t drainBatch = 512; // events of one client, before the next one has a turn

} // namespace

// Producers let go of a node once it was taken, and it must not get lost.
void ActiveClients::takeReady() noexcept
{
    DispatchClient **end = &m_taken;
    while (*end)
        end = &(*end)->nextReady;
    *end = m_readyList.takeAll();
}

bool ActiveClients::collect()
{
    takeReady();
    const bool hasNew = m_taken;
    for (; m_taken; m_taken = m_taken->nextReady) {
        m_active.push_back(m_taken);
        m_taken->activeAt = m_active.size() - 1;
    }
    return hasNew;
}

void ActiveClients::forget(DispatchClient &client) noexcept
{
    if (client.activeAt != DispatchClient::notActive)
        m_active[std::exchange(client.activeAt, DispatchClient::notActive)] = nullptr;
    else
        forgetTaken(client);
}

void ActiveClients::forgetTaken(DispatchClient &client) noexcept
{
    takeReady();
    for (DispatchClient **place = &m_taken; *place; place = &(*place)->nextReady) {
        if (*place == &client) {
            *place = client.nextReady;
            return;
        }
    }
}

TurnProgress ActiveClients::drain(Clock::time_point until)
{
    TurnProgress progress;
    m_handledInTurn.assign(m_active.size(), 0);
    for (bool isDone = false; !isDone && !progress.isCut;) {
        isDone = true;
        for (std::size_t n = 0; n < m_handledInTurn.size() && !progress.isCut; ++n) {
            // Where the last slice was cut: otherwise the first client would starve the others.
            const std::size_t i = m_drainFrom++ % m_handledInTurn.size();
            if (!m_active[i])
                continue;
            const std::size_t count = drain(*m_active[i], until, progress);
            m_handledInTurn[i] += count;
            isDone = isDone && count == 0; // an event may set off others, in any recorder
            progress.isCut = count > 0 && Clock::now() >= until;
        }
    }
    retireSilent(progress);
    return progress;
}

std::size_t ActiveClients::drain(DispatchClient &client, Clock::time_point until,
                                 TurnProgress &progress)
{
    try {
        return client.drain(drainBatch, until);
    } catch (const std::bad_alloc &) {
        progress.isStarved = true;
        return 0;
    }
}

// A client that fell silent since the last turn becomes idle, and leaves the list.
void ActiveClients::retireSilent(TurnProgress &progress)
{
    const bool wasCut = progress.isCut;
    if (!wasCut)
        prepareSilent();
    for (std::size_t i = 0; i < m_handledInTurn.size(); ++i) {
        DispatchClient *client = m_active[i];
        if (!client)
            continue;
        const std::size_t handled = m_handledInTurn[i];
        progress.handled += handled;
        progress.load = std::max(progress.load, double(handled) / client->quarterOfQueue());
        if (handled > 0 || wasCut)
            continue;
        if (client->tryIdle())
            m_active[std::exchange(client->activeAt, DispatchClient::notActive)] = nullptr;
        else if (client->awaitsPublication())
            progress.isCut = true; // in a moment: not worth a tick
    }
    // The producer that woke this thread may have lost its processor to it.
    for (int i = 0; i < maxYields && progress.isCut && !wasCut; ++i)
        QThread::yieldCurrentThread();
    closeGaps();
}

// One fence for all of them: it interrupts the other threads.
void ActiveClients::prepareSilent() noexcept
{
    bool needsFence = false;
    for (std::size_t i = 0; i < m_handledInTurn.size(); ++i) {
        if (m_active[i] && m_handledInTurn[i] == 0)
            needsFence |= m_active[i]->prepareIdle();
    }
    if (needsFence)
        AsymmetricFence::heavy();
}

void ActiveClients::closeGaps() noexcept
{
    auto end = std::find(m_active.begin(), m_active.end(), nullptr);
    for (auto each = end; each != m_active.end(); ++each) {
        if (!*each)
            continue;
        (*each)->activeAt = static_cast<std::size_t>(end - m_active.begin());
        *end++ = *each;
    }
    m_active.erase(end, m_active.end());
}

} // namespace Recorders::Internal

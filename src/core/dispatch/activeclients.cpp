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
constexpr std::size_t maxKept = 16; // each is looked at in each turn, also for a call

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
        m_active.push_back({ m_taken });
        m_taken->activeAt = m_active.size() - 1;
    }
    return hasNew;
}

void ActiveClients::forget(DispatchClient &client) noexcept
{
    if (client.activeAt != DispatchClient::notActive)
        m_active[std::exchange(client.activeAt, DispatchClient::notActive)].client = nullptr;
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

TurnProgress ActiveClients::drain(Clock::time_point turnBegan, Clock::time_point until)
{
    TurnProgress progress;
    for (Active &each : m_active)
        each.handled = 0;
    for (bool isDone = false; !isDone && !progress.isCut;) {
        isDone = true;
        for (std::size_t n = 0; n < m_active.size() && !progress.isCut; ++n) {
            // Where the last slice was cut: otherwise the first client would starve the others.
            Active &next = m_active[m_drainFrom++ % m_active.size()];
            if (!next.client)
                continue;
            const std::size_t count = drain(*next.client, until, progress);
            next.handled += count;
            isDone = isDone && count == 0; // an event may set off others, in any recorder
            progress.isCut = count > 0 && Clock::now() >= until;
        }
    }
    retireSilent(turnBegan, progress);
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

// A client that handled none in this turn becomes idle, and leaves the list, unless it is kept.
void ActiveClients::retireSilent(Clock::time_point turnBegan, TurnProgress &progress)
{
    const bool wasCut = progress.isCut;
    if (!wasCut)
        prepareSilent(turnBegan);
    for (Active &each : m_active) {
        if (!each.client)
            continue;
        progress.handled += each.handled;
        progress.load =
                std::max(progress.load, double(each.handled) / each.client->quarterOfQueue());
        if (each.handled > 0)
            each.lastHandled = turnBegan;
        if (each.handled > 0 || wasCut)
            continue;
        if (!isKept(each, turnBegan) && each.client->tryIdle())
            std::exchange(each.client, nullptr)->activeAt = DispatchClient::notActive;
        else if (each.client->awaitsPublication())
            progress.isCut = true; // in a moment: not worth a tick
    }
    // The producer that woke this thread may have lost its processor to it.
    for (int i = 0; i < maxYields && progress.isCut && !wasCut; ++i)
        QThread::yieldCurrentThread();
    closeGaps();
}

// One fence for all of them: it interrupts the other threads.
void ActiveClients::prepareSilent(Clock::time_point turnBegan) noexcept
{
    bool needsFence = false;
    for (const Active &each : m_active) {
        if (each.client && each.handled == 0 && !isKept(each, turnBegan))
            needsFence |= each.client->prepareIdle();
    }
    if (needsFence)
        AsymmetricFence::heavy();
}

bool ActiveClients::isKept(const Active &active, Clock::time_point turnBegan) const noexcept
{
    return m_active.size() <= maxKept && turnBegan - active.lastHandled < m_quietTime;
}

void ActiveClients::closeGaps() noexcept
{
    const auto isGap = [](const Active &active) {
        return !active.client;
    };
    auto end = std::find_if(m_active.begin(), m_active.end(), isGap);
    for (auto each = end; each != m_active.end(); ++each) {
        if (isGap(*each))
            continue;
        each->client->activeAt = static_cast<std::size_t>(end - m_active.begin());
        *end++ = *each;
    }
    m_active.erase(end, m_active.end());
}

} // namespace Recorders::Internal

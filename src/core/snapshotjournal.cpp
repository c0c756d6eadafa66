// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshotjournal_p.h"

#include "core/recordercore_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

constexpr std::size_t maxRemovals = 4096;
constexpr std::chrono::milliseconds updateTime{ 2 }; // the recorders' thread has other work, too

} // namespace

void SnapshotJournal::add(RecorderCore &core)
{
    const std::lock_guard lock(m_mutex);
    core.journalLink.generation = ++m_lastGeneration;
    link(core);
}

void SnapshotJournal::remove(RecorderCore &core)
{
    const std::lock_guard lock(m_mutex);
    if (core.journalLink.version == 0)
        return;
    unlink(core);
    core.journalLink.version = 0;
    const quint64 version = m_version.load(std::memory_order_relaxed) + 1; // written under m_mutex
    try {
        m_removals.push_back({ core.entityId(), version });
    } catch (const std::bad_alloc &) {
        m_removals.clear();
        m_forgottenRemoval = version; // whoever asks gets everything
    }
    if (m_removals.size() > maxRemovals) {
        m_forgottenRemoval = m_removals.front().version;
        m_removals.pop_front();
    }
    m_version.store(version, std::memory_order_release);
}

quint64 SnapshotJournal::touch(RecorderCore &core)
{
    const std::lock_guard lock(m_mutex);
    if (core.journalLink.version == 0)
        return 0;
    unlink(core);
    link(core);
    return core.journalLink.version;
}

void SnapshotJournal::link(RecorderCore &core)
{
    const quint64 version = m_version.load(std::memory_order_relaxed) + 1; // written under m_mutex
    core.journalLink.version = version;
    core.journalLink.newer = nullptr;
    core.journalLink.older = m_newest;
    if (m_newest)
        m_newest->journalLink.newer = &core;
    m_newest = &core;
    m_version.store(version, std::memory_order_release);
}

void SnapshotJournal::unlink(RecorderCore &core)
{
    auto &link = core.journalLink;
    if (link.newer)
        link.newer->journalLink.older = link.older;
    else
        m_newest = link.older;
    if (link.older)
        link.older->journalLink.newer = link.newer;
}

// Into a container of the caller, who destroys it without the lock, whatever happens.
void SnapshotJournal::collectSince(quint64 version, Cores &cores) const
{
    for (RecorderCore *core = m_newest; core && core->journalLink.version > version;
         core = core->journalLink.older) {
        if (auto alive = core->weak_from_this().lock()) // null: its destructor waits for m_mutex
            cores.push_back(std::move(alive));
    }
    std::reverse(cores.begin(), cores.end());
}

SnapshotUpdate SnapshotJournal::changesSince(quint64 version)
{
    SnapshotUpdate update;
    Cores cores;
    std::vector<quint64> versions;
    bool isWhole = false; // must not be cut: what it does not mention is gone
    {
        const std::lock_guard lock(m_mutex);
        isWhole = version != 0 && version < m_forgottenRemoval;
        update.isComplete = isWhole || version == 0;
        if (isWhole)
            version = 0;
        update.version = m_version.load(std::memory_order_relaxed); // written under m_mutex
        collectSince(version, cores);
        versions.reserve(cores.size());
        for (const auto &core : cores)
            versions.push_back(core->journalLink.version);
        for (const Removal &removal : m_removals) {
            if (removal.version > version && version != 0)
                update.removed.append(removal.entityId);
        }
    }

    const Clock::time_point until = Clock::now() + updateTime;
    for (std::size_t i = 0; i < cores.size(); ++i) {
        update.recorders.append(cores[i]->snapshotSince(version));
        const bool isLast = i + 1 == cores.size();
        if (!isLast && !isWhole && Clock::now() >= until) {
            update.version = versions[i];
            update.hasMore = true;
            break;
        }
    }
    update.time = Clock::now().time_since_epoch();
    return update;
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshotjournal_p.h"

#include "core/recordercore_p.h"

#include <algorithm>
#include <limits>

namespace Recorders::Internal {

namespace {

constexpr std::size_t maxRemovals = 4096;
constexpr std::size_t maxCollected = 256; // recorders, with m_mutex held
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
    else
        m_oldest = &core;
    m_newest = &core;
    m_version.store(version, std::memory_order_release);
}

void SnapshotJournal::unlink(RecorderCore &core)
{
    auto &link = core.journalLink;
    if (m_next == &core)
        m_next = link.newer;
    if (link.newer)
        link.newer->journalLink.older = link.older;
    else
        m_newest = link.older;
    if (link.older)
        link.older->journalLink.newer = link.newer;
    else
        m_oldest = link.newer;
}

// The one that changed first after that version, or null.
RecorderCore *SnapshotJournal::firstSince(quint64 version) const
{
    if (version == 0)
        return m_oldest;
    if (version == m_nextSince && m_next)
        return m_next;
    RecorderCore *first = nullptr;
    for (RecorderCore *core = m_newest; core && core->journalLink.version > version;
         core = core->journalLink.older)
        first = core;
    return first;
}

// Into a container of the caller, who destroys it without the lock, whatever happens. Returns
// whether these are all.
bool SnapshotJournal::collectSince(quint64 version, std::size_t maxCount, Changes &changes) const
{
    RecorderCore *core = firstSince(version);
    for (; core && changes.size() < maxCount; core = core->journalLink.newer) {
        if (auto alive = core->weak_from_this().lock()) // null: its destructor waits for m_mutex
            changes.push_back({ std::move(alive), core->journalLink.version });
    }
    return !core;
}

// Whoever asks for what a cut update left out begins there: walking to it each time would take the
// square of the number of recorders.
void SnapshotJournal::remember(quint64 version, const Changes &changes)
{
    const std::lock_guard lock(m_mutex);
    const auto next = std::find_if(changes.begin(), changes.end(), [version](const Change &change) {
        return change.version > version && change.core->journalLink.version == change.version;
    });
    m_next = next == changes.end() ? nullptr : next->core.get();
    m_nextSince = version;
}

bool SnapshotJournal::hasForgottenSince(quint64 version) const
{
    return version != 0 && version < m_forgottenRemoval;
}

QStringList SnapshotJournal::removedSince(quint64 version) const
{
    QStringList removed;
    if (version == 0)
        return removed;
    const auto first = std::upper_bound(
            m_removals.cbegin(), m_removals.cend(), version,
            [](quint64 since, const Removal &removal) { return since < removal.version; });
    for (auto removal = first; removal != m_removals.cend(); ++removal)
        removed.append(removal->entityId);
    return removed;
}

SnapshotUpdate SnapshotJournal::changesSince(const SnapshotRequest &request)
{
    SnapshotUpdate update;
    Changes changes;
    quint64 version = request.since;
    bool isWhole = false; // must not be cut: what it does not mention is gone
    bool isAll = false; // if not, the last one is where the next update begins
    {
        const std::lock_guard lock(m_mutex);
        isWhole = hasForgottenSince(version);
        if (isWhole)
            version = 0;
        update.isComplete = version == 0;
        update.version = m_version.load(std::memory_order_relaxed); // written under m_mutex
        const std::size_t maxCount =
                isWhole ? std::numeric_limits<std::size_t>::max() : maxCollected;
        isAll = collectSince(version, maxCount, changes);
        update.removed = removedSince(version);
    }

    const Clock::time_point until = Clock::now() + updateTime;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        update.recorders.append(changes[i].core->snapshotSince(version, request.detail));
        const std::size_t left = changes.size() - i - 1;
        const bool isOver = (left == 1 && !isAll) || (!isWhole && Clock::now() >= until);
        if (left > 0 && isOver) {
            update.version = changes[i].version;
            update.hasMore = true;
            remember(update.version, changes);
            break;
        }
    }
    update.time = Clock::now().time_since_epoch();
    return update;
}

/*
    A recorder that is listed has the id now, whenever it was looked for: an id is free only once
    its last owner was taken from the list. One that is listed no more may have a successor that
    nobody looked for; that one came after versionThen, and the next request finds it.
*/
SnapshotUpdate SnapshotJournal::changesOf(const std::shared_ptr<RecorderCore> &core,
                                          quint64 versionThen, const SnapshotRequest &request)
{
    SnapshotUpdate update;
    quint64 version = request.since;
    bool isChanged = false;
    {
        const std::lock_guard lock(m_mutex);
        if (hasForgottenSince(version))
            version = 0;
        const bool isListed = core && core->journalLink.version != 0;
        isChanged = isListed && core->journalLink.version > version;
        update.isComplete = version == 0;
        update.version = isListed ? m_version.load(std::memory_order_relaxed) : versionThen;
        const QStringList removed = removedSince(version);
        if (removed.contains(request.entityId))
            update.removed.append(request.entityId);
    }
    if (isChanged)
        update.recorders.append(core->snapshotSince(version, request.detail));
    update.time = Clock::now().time_since_epoch();
    return update;
}

} // namespace Recorders::Internal

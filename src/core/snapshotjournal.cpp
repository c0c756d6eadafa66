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
    m_removedStatistics += core.statistics();
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

RecorderStatistics SnapshotJournal::removedStatistics() const
{
    const std::lock_guard lock(m_mutex);
    return m_removedStatistics;
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

QStringList SnapshotJournal::removedSince(quint64 version, const SnapshotRequest &request) const
{
    QStringList removed;
    if (version == 0)
        return removed;
    const auto first = std::upper_bound(
            m_removals.cbegin(), m_removals.cend(), version,
            [](quint64 since, const Removal &removal) { return since < removal.version; });
    for (auto removal = first; removal != m_removals.cend(); ++removal) {
        if (request.wants(removal->entityId))
            removed.append(removal->entityId);
    }
    return removed;
}

SnapshotUpdate SnapshotJournal::changesSince(const SnapshotRequest &request)
{
    SnapshotUpdate update;
    Changes changes;
    Question question{ request.since, request.detail, false };
    {
        const std::lock_guard lock(m_mutex);
        question.isWhole = hasForgottenSince(request.since);
        if (question.isWhole)
            question.since = 0;
        update.isComplete = question.since == 0;
        update.version = m_version.load(std::memory_order_relaxed); // written under m_mutex
        const std::size_t maxCount =
                question.isWhole ? std::numeric_limits<std::size_t>::max() : maxCollected;
        update.hasMore = !collectSince(question.since, maxCount, changes);
        update.removed = removedSince(question.since, request);
        update.removedStatistics = m_removedStatistics;
    }
    tell(update, changes, question);
    if (update.hasMore)
        remember(update.version, changes);
    return update;
}

/*
    A recorder that is listed has the id now, whenever it was looked for: an id is free only once
    its last owner was taken from the list. One that is listed no more may have a successor that
    nobody looked for; that one came after versionThen, and the next request finds it.
*/
SnapshotUpdate SnapshotJournal::changesOf(const Cores &cores, quint64 versionThen,
                                          const SnapshotRequest &request)
{
    SnapshotUpdate update;
    Changes changes;
    Question question{ request.since, request.detail, false };
    changes.reserve(cores.size());
    {
        const std::lock_guard lock(m_mutex);
        question.isWhole = hasForgottenSince(request.since);
        if (question.isWhole)
            question.since = 0;
        qsizetype listed = 0;
        for (const std::shared_ptr<RecorderCore> &core : cores) {
            const quint64 version = core->journalLink.version;
            listed += version != 0;
            if (version > question.since)
                changes.push_back({ core, version });
        }
        update.isComplete = question.since == 0;
        update.version = listed == request.entityIds.size()
                ? m_version.load(std::memory_order_relaxed)
                : versionThen;
        update.removed = removedSince(question.since, request);
    }
    std::sort(changes.begin(), changes.end(),
              [](const Change &a, const Change &b) { return a.version < b.version; });
    tell(update, changes, question);
    return update;
}

// If changes were left out beforehand, there is one more of them, with which the next update begins.
void SnapshotJournal::tell(SnapshotUpdate &update, const Changes &changes, const Question &question)
{
    const bool isAll = !update.hasMore;
    update.hasMore = false;
    const Clock::time_point until = Clock::now() + updateTime;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        update.recorders.append(changes[i].core->snapshotSince(question.since, question.detail));
        const std::size_t left = changes.size() - i - 1;
        const bool isOver = (left == 1 && !isAll) || (!question.isWhole && Clock::now() >= until);
        if (left > 0 && isOver) {
            update.version = std::min(update.version, changes[i].version);
            update.hasMore = true;
            break;
        }
    }
    update.time = Clock::now().time_since_epoch();
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/snapshotjournal_p.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>

namespace Recorders::Internal {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t maxRemovals = 4096;
constexpr std::size_t maxCollected = 256; // recorders, with m_mutex held
constexpr std::chrono::milliseconds updateTime{ 2 }; // the recorders' thread has other work, too

} // namespace

void SnapshotJournal::add(JournalEntry &entry)
{
    const std::lock_guard lock(m_mutex);
    entry.journalLink.generation = ++m_lastGeneration;
    link(entry);
}

void SnapshotJournal::remove(JournalEntry &entry)
{
    const std::lock_guard lock(m_mutex);
    if (entry.journalLink.version == 0)
        return;
    unlink(entry);
    entry.journalLink.version = 0;
    m_removedStatistics += entry.statistics();
    const quint64 version = m_version.load(std::memory_order_relaxed) + 1; // written under m_mutex
    try {
        m_removals.push_back({ entry.entityId(), version });
    } catch (const std::bad_alloc &) {
        m_removals.clear();
        m_forgottenRemoval = version; // a query gets everything
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

quint64 SnapshotJournal::touch(JournalEntry &entry)
{
    const std::lock_guard lock(m_mutex);
    if (entry.journalLink.version == 0)
        return 0;
    unlink(entry);
    link(entry);
    return entry.journalLink.version;
}

void SnapshotJournal::link(JournalEntry &entry)
{
    const quint64 version = m_version.load(std::memory_order_relaxed) + 1; // written under m_mutex
    entry.journalLink.version = version;
    entry.journalLink.newer = nullptr;
    entry.journalLink.older = m_newest;
    if (m_newest)
        m_newest->journalLink.newer = &entry;
    else
        m_oldest = &entry;
    m_newest = &entry;
    m_version.store(version, std::memory_order_release);
}

void SnapshotJournal::unlink(JournalEntry &entry)
{
    auto &link = entry.journalLink;
    if (m_next == &entry)
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
JournalEntry *SnapshotJournal::firstSince(quint64 version) const
{
    if (version == 0)
        return m_oldest;
    if (version == m_nextSince && m_next)
        return m_next;
    JournalEntry *first = nullptr;
    for (JournalEntry *entry = m_newest; entry && entry->journalLink.version > version;
         entry = entry->journalLink.older)
        first = entry;
    return first;
}

// Into a container of the caller, who destroys it without the lock, whatever happens. Returns
// whether these are all.
bool SnapshotJournal::collectSince(quint64 version, std::size_t maxCount, Changes &changes) const
{
    JournalEntry *entry = firstSince(version);
    for (; entry && changes.size() < maxCount; entry = entry->journalLink.newer) {
        if (auto alive = entry->tryShare()) // null: its destructor waits for m_mutex
            changes.push_back({ std::move(alive), entry->journalLink.version });
    }
    return !entry;
}

// The next query begins there: walking to it each time would take the square of the number of
// recorders.
void SnapshotJournal::remember(quint64 version, const Changes &changes)
{
    const std::lock_guard lock(m_mutex);
    const auto next = std::find_if(changes.begin(), changes.end(), [version](const Change &change) {
        return change.version > version && change.entry->journalLink.version == change.version;
    });
    m_next = next == changes.end() ? nullptr : next->entry.get();
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
SnapshotUpdate SnapshotJournal::changesOf(const Entries &entries, quint64 versionThen,
                                          const SnapshotRequest &request)
{
    SnapshotUpdate update;
    Changes changes;
    Question question{ request.since, request.detail, false };
    changes.reserve(entries.size());
    {
        const std::lock_guard lock(m_mutex);
        question.isWhole = hasForgottenSince(request.since);
        if (question.isWhole)
            question.since = 0;
        qsizetype listed = 0;
        for (const std::shared_ptr<JournalEntry> &entry : entries) {
            const quint64 version = entry->journalLink.version;
            listed += version != 0;
            if (version > question.since)
                changes.push_back({ entry, version });
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
void SnapshotJournal::tell(SnapshotUpdate &update, const Changes &changes, Question question)
{
    const bool isAll = !update.hasMore;
    update.hasMore = false;
    const Clock::time_point until = Clock::now() + updateTime;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        update.recorders.append(changes[i].entry->snapshotSince(question.since, question.detail));
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

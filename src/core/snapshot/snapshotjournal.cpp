// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/snapshotjournal_p.h"

#include "core/snapshot/cutversion_p.h"

#include <QSet>

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>

namespace Recorders::Internal {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t minKeptRemovals = 4096;
constexpr std::size_t keptRemovalsPart = 4; // of the entries
constexpr std::size_t maxCollected = 256; // recorders, with m_mutex held
constexpr std::size_t maxTold = 8 * maxCollected; // of them, in an update
constexpr std::chrono::milliseconds updateTime{ 2 }; // the recorders' thread has other work, too

} // namespace

void SnapshotJournal::add(JournalEntry &entry)
{
    const std::lock_guard lock(m_mutex);
    entry.journalLink.generation = ++m_lastGeneration;
    link(entry);
    if (const auto id = m_removedIds.find(entry.entityId()); id != m_removedIds.end())
        id->second.user = &entry;
}

void SnapshotJournal::remove(JournalEntry &entry, LastSnapshots::Pointer last)
{
    const std::lock_guard lock(m_mutex);
    if (entry.journalLink.version == 0)
        return;
    unlink(entry);
    entry.journalLink.version = 0;
    m_removedStatistics += entry.statistics();
    const quint64 version = m_version.load(std::memory_order_relaxed) + 1; // written under m_mutex
    addRemoval(entry.entityId(), version, std::move(last));
    m_version.store(version, std::memory_order_release);
}

void SnapshotJournal::addRemoval(const QString &entityId, quint64 version,
                                 LastSnapshots::Pointer last)
{
    try {
        m_removals.push_back({ entityId, version });
        m_removedIds[entityId] = { version, nullptr };
        if (last)
            m_lastSnapshots.add(version, std::move(last));
    } catch (const std::bad_alloc &) {
        m_removals.clear();
        m_removedIds.clear();
        m_forgottenRemoval = version; // a query gets everything
    }
    // To tell everything after more than that costs no more, in order of magnitude, than they did.
    const std::size_t limit = std::max(minKeptRemovals, m_count / keptRemovalsPart);
    while (m_removals.size() > limit)
        forgetOldestRemoval();
}

void SnapshotJournal::forgetOldestRemoval()
{
    const Removal &oldest = m_removals.front();
    m_forgottenRemoval = oldest.version;
    const auto id = m_removedIds.find(oldest.entityId);
    if (id->second.version == oldest.version)
        m_removedIds.erase(id);
    m_removals.pop_front();
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
    ++m_count;
    m_version.store(version, std::memory_order_release);
}

void SnapshotJournal::unlink(JournalEntry &entry)
{
    auto &link = entry.journalLink;
    --m_count;
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

SnapshotJournal::Removals::const_iterator SnapshotJournal::firstRemovalSince(quint64 version) const
{
    if (version == 0)
        return m_removals.cend();
    return std::upper_bound(
            m_removals.cbegin(), m_removals.cend(), version,
            [](quint64 since, const Removal &removal) { return since < removal.version; });
}

quint64 SnapshotJournal::versionOf(const JournalEntry *entry)
{
    return entry ? entry->journalLink.version : std::numeric_limits<quint64>::max();
}

quint64 SnapshotJournal::versionOf(const Removals::const_iterator &removal) const
{
    return removal != m_removals.cend() ? removal->version : std::numeric_limits<quint64>::max();
}

// Into a container of the caller, who destroys it without the lock, whatever happens. Returns
// whether these are all up to that version; if not, it is kept where to go on.
bool SnapshotJournal::collect(const Span &span, std::size_t maxCount, Changes &changes)
{
    JournalEntry *entry = firstSince(span.since);
    auto removal = span.isComplete ? m_removals.cend() : firstRemovalSince(span.since);
    std::size_t count = 0; // of entries
    while (std::min(versionOf(entry), versionOf(removal)) <= span.upTo) {
        if (count == maxCount) {
            m_next = entry;
            m_nextSince = changes.back().version;
            return false;
        }
        if (versionOf(removal) < versionOf(entry)) {
            changes.push_back(changeOf(*removal++));
            count += std::size_t(bool(changes.back().entry));
            continue;
        }
        if (auto alive = entry->tryShare()) { // null: its destructor waits for m_mutex
            changes.push_back({ std::move(alive), entry->journalLink.version, {}, {} });
            ++count;
        }
        entry = entry->journalLink.newer;
    }
    return true;
}

SnapshotJournal::Change SnapshotJournal::changeOf(const Removal &removal) const
{
    const auto id = m_removedIds.find(removal.entityId);
    if (id != m_removedIds.cend() && id->second.user)
        return { id->second.user->tryShare(), removal.version, removal.entityId, nullptr };
    return { nullptr, removal.version, removal.entityId, m_lastSnapshots.find(removal.version) };
}

// The first one from there on; of none if only removals follow.
SnapshotJournal::Change SnapshotJournal::nextChange(JournalEntry *entry)
{
    for (; entry; entry = entry->journalLink.newer) {
        if (auto alive = entry->tryShare())
            return { std::move(alive), entry->journalLink.version, {}, {} };
    }
    return {};
}

// The next query begins there: walking to it each time would take the square of the number of
// recorders.
void SnapshotJournal::remember(quint64 version, const Changes &changes)
{
    const std::lock_guard lock(m_mutex);
    const auto next = std::find_if(changes.begin(), changes.end(), [version](const Change &change) {
        return change.version > version && change.entry
                && change.entry->journalLink.version == change.version;
    });
    m_next = next == changes.end() ? nullptr : next->entry.get();
    m_nextSince = version;
}

bool SnapshotJournal::hasForgottenSince(quint64 version) const
{
    return version != 0 && version < m_forgottenRemoval;
}

SnapshotJournal::Question SnapshotJournal::questionOf(const SnapshotRequest &request) const
{
    const quint64 since = CutVersion::plain(request.since);
    if (hasForgottenSince(since))
        return { .isWhole = true };
    return { since, CutVersion::isMarked(request.since) ? knownSince(since) : since };
}

quint64 SnapshotJournal::knownSince(quint64 cutVersion) const
{
    for (const Cut &cut : m_cuts) {
        if (cut.version == cutVersion)
            return cut.knownSince;
    }
    return 0;
}

// If several were cut there, the one that knows least counts.
void SnapshotJournal::finish(SnapshotUpdate &update, const Question &question)
{
    if (!update.hasMore)
        return;
    const std::lock_guard lock(m_mutex);
    Cut *known = nullptr;
    for (Cut &cut : m_cuts) {
        if (cut.version == update.version)
            known = &cut;
    }
    if (known) {
        known->knownSince = std::min(known->knownSince, question.knownSince);
    } else {
        m_cuts[m_nextCut] = { update.version, question.knownSince };
        m_nextCut = (m_nextCut + 1) % m_cuts.size();
    }
    CutVersion::markIfCut(update);
}

// Little by little, as others wait for m_mutex. If these are not all, there is one more in the end,
// with which the next update begins. Returns the version of the last removal.
quint64 SnapshotJournal::collect(SnapshotUpdate &update, Changes &changes, const Question &question)
{
    const std::size_t maxCount =
            question.isWhole ? std::numeric_limits<std::size_t>::max() : maxCollected;
    Span span{ question.since, update.version, update.isComplete };
    while (true) {
        const std::lock_guard lock(m_mutex);
        update.hasMore = !collect(span, maxCount, changes);
        if (!update.hasMore || changes.size() >= maxTold) {
            if (update.hasMore)
                changes.push_back(nextChange(m_next));
            update.removedStatistics = m_removedStatistics;
            return m_removals.empty() ? 0 : m_removals.back().version;
        }
        span.since = changes.back().version;
    }
}

SnapshotUpdate SnapshotJournal::changesSince(const SnapshotRequest &request)
{
    m_isWatched.store(true, std::memory_order_relaxed);
    SnapshotUpdate update;
    Changes changes;
    Question question;
    {
        const std::lock_guard lock(m_mutex);
        question = questionOf(request);
        update.version = m_version.load(std::memory_order_relaxed); // written under m_mutex
    }
    update.isComplete = question.since == 0;
    const quint64 lastRemoval = collect(update, changes, question);
    tell(update, changes, question, request);
    if (update.hasMore)
        remember(update.version, changes);
    if (!update.isComplete && update.version < lastRemoval)
        update.removedStatistics.reset(); // they count what is told later
    finish(update, question);
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
    m_isWatched.store(true, std::memory_order_relaxed);
    SnapshotUpdate update;
    Changes changes;
    Question question;
    changes.reserve(entries.size());
    {
        const std::lock_guard lock(m_mutex);
        question = questionOf(request);
        qsizetype listed = 0;
        for (const std::shared_ptr<JournalEntry> &entry : entries) {
            const quint64 version = entry->journalLink.version;
            listed += version != 0;
            if (version > question.since)
                changes.push_back({ entry, version, {}, {} });
        }
        for (auto it = firstRemovalSince(question.since); it != m_removals.cend(); ++it) {
            if (request.wants(it->entityId))
                changes.push_back(changeOf(*it));
        }
        update.isComplete = question.since == 0;
        update.version = listed == request.entityIds.size()
                ? m_version.load(std::memory_order_relaxed)
                : versionThen;
    }
    std::sort(changes.begin(), changes.end(),
              [](const Change &a, const Change &b) { return a.version < b.version; });
    tell(update, changes, question, request);
    finish(update, question);
    return update;
}

void SnapshotJournal::tellRemoval(SnapshotUpdate &update, const Change &removal,
                                  const SnapshotRequest &request)
{
    update.removed.append(removal.removedId);
    if (removal.last)
        update.removedSnapshots.append(
                LastSnapshots::withDetail(*removal.last, request.detailOf(removal.removedId)));
}

// If changes were left out beforehand, there is one more of them, with which the next update begins.
void SnapshotJournal::tell(SnapshotUpdate &update, const Changes &changes, const Question &question,
                           const SnapshotRequest &request)
{
    const bool isAll = !update.hasMore;
    update.hasMore = false;
    QSet<const JournalEntry *> told; // with a removal, before it is their turn
    const Clock::time_point until = Clock::now() + updateTime;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const auto &[entry, version, removedId, removedSnapshot] = changes[i];
        if (entry && !told.contains(entry.get()))
            update.recorders.append(
                    entry->snapshotSince(question.knownSince, request.detailOf(entry->entityId())));
        if (!removedId.isNull()) {
            tellRemoval(update, changes[i], request);
            told.insert(entry.get());
        }
        const std::size_t left = changes.size() - i - 1;
        const bool isLate = entry && !question.isWhole && Clock::now() >= until;
        if (left > 0 && (isLate || (left == 1 && !isAll))) {
            update.version = std::min(update.version, version);
            update.hasMore = true;
            break;
        }
    }
    update.time = Clock::now().time_since_epoch();
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/lockorder_p.h"
#include "core/snapshot/journalentry_p.h"
#include "core/snapshot/lastsnapshots_p.h"

#include <recorders/core/snapshotsource.h>

#include <QHash>

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace Recorders::Internal {

/*
    Tracks changes by version; a query is O(number of changes).

    Entries are kept in a list in the order of their last change, newest first; each change has a
    version of its own. A query for the changes since a version walks the list from its newest end to
    the first older entry, or begins where the last update was cut. The journal keeps the names of the
    entries that were removed last, some thousands or a quarter of what there is; a query that reaches
    further back gets everything. A query for certain entries looks at no others.

    Metrics have the version at which somebody looked first after they changed, which may be long
    before the last change of their entry. So where an update was cut, it is kept since when the rest
    is known; if it is not, all there is of the rest is told.

    An update tells changes and removals by version, up to where it is cut. A removal whose id is in
    use again brings the recorder that has the id now, however late that changed: so nobody takes
    it for gone until the next part. That part may tell of the recorder again.

    Only versions are kept; snapshots are taken by a query. Those of what was removed last are kept,
    as nobody can take them any more.
*/
class SnapshotJournal
{
public:
    using Entries = std::vector<std::shared_ptr<JournalEntry>>;

    // any thread
    void add(JournalEntry &entry);
    void remove(JournalEntry &entry, LastSnapshots::Pointer last = {});
    // Whether somebody has asked for changes, and may want to know of removals what was there at last.
    bool isWatched() const noexcept { return m_isWatched.load(std::memory_order_relaxed); }
    quint64 touch(JournalEntry &entry); // the version of this change; that of a removed one: 0
    RecorderStatistics removedStatistics() const; // of all that were removed, added up
    quint64 version() const noexcept { return m_version.load(std::memory_order_acquire); }

    // The recorders' thread, or any one after that ended. The update is cut after some time.
    SnapshotUpdate changesSince(const SnapshotRequest &request);
    // Only of the recorders that had the wanted ids when the version was that. Likewise.
    SnapshotUpdate changesOf(const Entries &entries, quint64 versionThen,
                             const SnapshotRequest &request);

private:
    struct Removal
    {
        QString entityId;
        quint64 version;
    };
    struct RemovedId
    {
        quint64 version; // of its last removal
        JournalEntry *user; // null: the id is free
    };
    struct Change // of an entry, or a removal
    {
        std::shared_ptr<JournalEntry> entry; // of a removal: that has the id now, or null
        quint64 version = 0;
        QString removedId;
        LastSnapshots::Pointer last; // of a removal, if the id is free
    };
    using Changes = std::vector<Change>;
    using Removals = std::deque<Removal>;

    void link(JournalEntry &entry);
    void unlink(JournalEntry &entry);
    JournalEntry *firstSince(quint64 version) const;
    Removals::const_iterator firstRemovalSince(quint64 version) const; // 0: none was known
    static quint64 versionOf(const JournalEntry *entry); // null: later than any
    quint64 versionOf(const Removals::const_iterator &removal) const; // the end: likewise
    void addRemoval(const QString &entityId, quint64 version, LastSnapshots::Pointer last);
    void forgetOldestRemoval();
    struct Span
    {
        quint64 since = 0;
        quint64 upTo = 0;
        bool isComplete = false; // no removals are told
    };
    bool collect(const Span &span, std::size_t maxCount, Changes &changes); // oldest first
    Change changeOf(const Removal &removal) const;
    static Change nextChange(JournalEntry *entry);
    struct Question
    {
        quint64 since = 0;
        quint64 knownSince = 0; // what recorders had then is known, of those that changed since
        bool isWhole = false; // must not be cut: what it does not mention is gone
    };
    Question questionOf(const SnapshotRequest &request) const;
    quint64 knownSince(quint64 cutVersion) const;
    quint64 collect(SnapshotUpdate &update, Changes &changes, const Question &question);
    void finish(SnapshotUpdate &update, const Question &question);
    void tell(SnapshotUpdate &update, const Changes &changes, const Question &question,
              const SnapshotRequest &request);
    static void tellRemoval(SnapshotUpdate &update, const Change &removal,
                            const SnapshotRequest &request);
    void remember(quint64 version, const Changes &changes);
    bool hasForgottenSince(quint64 version) const;

    mutable OrderedMutex<LockLevel::Journal> m_mutex; // guards all but m_version's reading
    JournalEntry *m_newest = nullptr;
    JournalEntry *m_oldest = nullptr;
    JournalEntry *m_next = nullptr; // changed first after m_nextSince; null: not known
    quint64 m_nextSince = 0; // version of the last update that was cut
    struct Cut
    {
        quint64 version = 0; // where it ended
        quint64 knownSince = 0;
    };
    std::array<Cut, 16> m_cuts; // the last ones
    std::size_t m_nextCut = 0; // the oldest of them
    Removals m_removals; // oldest first
    std::unordered_map<QString, RemovedId> m_removedIds; // of m_removals
    LastSnapshots m_lastSnapshots; // of m_removals
    quint64 m_forgottenRemoval = 0; // version of the newest removal that is not in the list
    RecorderStatistics m_removedStatistics;
    quint64 m_lastGeneration = 0;
    std::size_t m_count = 0; // of entries in the list
    std::atomic<quint64> m_version = 0;
    std::atomic<bool> m_isWatched = false;
};

} // namespace Recorders::Internal

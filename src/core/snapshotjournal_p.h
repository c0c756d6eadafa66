// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace Recorders::Internal {

class RecorderCore;

/*
    Knows what changed since when, in time that follows what changed.

    Recorders are kept in a list in the order of their last change, newest first; each change has a
    version of its own. Whoever asks for the changes since a version walks the list from its newest
    end until it meets an older one, or begins where the last update was cut. Of recorders that were
    removed the journal keeps the last few thousand names; who asks for more than that gets
    everything. Whoever asks for some recorders only is told of those, without a look at others.

    Nothing but versions is kept, and no snapshot is taken, until somebody asks.
*/
class SnapshotJournal
{
public:
    using Cores = std::vector<std::shared_ptr<RecorderCore>>;

    // any thread
    void add(RecorderCore &core);
    void remove(RecorderCore &core);
    quint64 touch(RecorderCore &core); // the version of this change; that of a removed one: 0
    RecorderStatistics removedStatistics() const; // of all that were removed, added up
    quint64 version() const noexcept { return m_version.load(std::memory_order_acquire); }

    // The recorders' thread, or any one after that ended. The update is cut after some time.
    SnapshotUpdate changesSince(const SnapshotRequest &request);
    // Only of the recorders that had the wanted ids when the version was that. Likewise.
    SnapshotUpdate changesOf(const Cores &cores, quint64 versionThen,
                             const SnapshotRequest &request);

private:
    struct Removal
    {
        QString entityId;
        quint64 version;
    };
    struct Change
    {
        std::shared_ptr<RecorderCore> core;
        quint64 version;
    };
    using Changes = std::vector<Change>;

    void link(RecorderCore &core);
    void unlink(RecorderCore &core);
    RecorderCore *firstSince(quint64 version) const;
    bool collectSince(quint64 version, std::size_t maxCount,
                      Changes &changes) const; // oldest first
    struct Question
    {
        quint64 since;
        SnapshotDetail detail;
        bool isWhole; // must not be cut: what it does not mention is gone
    };
    void tell(SnapshotUpdate &update, const Changes &changes, const Question &question);
    void remember(quint64 version, const Changes &changes);
    bool hasForgottenSince(quint64 version) const;
    QStringList removedSince(quint64 version,
                             const SnapshotRequest &request) const; // 0: none was known

    mutable std::mutex m_mutex; // guards all but m_version's reading
    RecorderCore *m_newest = nullptr;
    RecorderCore *m_oldest = nullptr;
    RecorderCore *m_next = nullptr; // changed first after m_nextSince; null: not known
    quint64 m_nextSince = 0; // version of the last update that was cut
    std::deque<Removal> m_removals; // oldest first
    quint64 m_forgottenRemoval = 0; // version of the newest removal that is not in the list
    RecorderStatistics m_removedStatistics;
    quint64 m_lastGeneration = 0;
    std::atomic<quint64> m_version = 0;
};

} // namespace Recorders::Internal

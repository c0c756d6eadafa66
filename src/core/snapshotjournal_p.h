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
    end until it meets an older one. Of recorders that were removed the journal keeps the last few
    thousand names; who asks for more than that gets everything.

    Nothing but versions is kept, and no snapshot is taken, until somebody asks.
*/
class SnapshotJournal
{
public:
    // any thread
    void add(RecorderCore &core);
    void remove(RecorderCore &core);
    quint64 touch(RecorderCore &core); // the version of this change; that of a removed one: 0
    quint64 version() const noexcept { return m_version.load(std::memory_order_acquire); }

    // The recorders' thread, or any one after that ended. The update is cut after some time.
    SnapshotUpdate changesSince(quint64 version);

private:
    struct Removal
    {
        QString entityId;
        quint64 version;
    };
    using Cores = std::vector<std::shared_ptr<RecorderCore>>;

    void link(RecorderCore &core);
    void unlink(RecorderCore &core);
    void collectSince(quint64 version, Cores &cores) const; // oldest change first

    mutable std::mutex m_mutex; // guards all but m_version's reading
    RecorderCore *m_newest = nullptr;
    std::deque<Removal> m_removals; // oldest first
    quint64 m_forgottenRemoval = 0; // version of the newest removal that is not in the list
    quint64 m_lastGeneration = 0;
    std::atomic<quint64> m_version = 0;
};

} // namespace Recorders::Internal

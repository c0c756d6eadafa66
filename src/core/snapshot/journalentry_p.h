// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <QString>

#include <memory>
#include <utility>

namespace Recorders::Internal {

// What a SnapshotJournal lists: something that has snapshots and changes now and then.
class JournalEntry
{
public:
    JournalEntry(const JournalEntry &) = delete;
    JournalEntry &operator=(const JournalEntry &) = delete;

    const QString &entityId() const noexcept { return m_entityId; } // any thread

    // Any thread, all but the last one.
    virtual std::shared_ptr<JournalEntry> tryShare() noexcept = 0; // null: it is being destroyed
    virtual RecorderStatistics statistics() const noexcept = 0;
    virtual RecorderSnapshot snapshotSince(quint64 version,
                                           SnapshotDetail detail) = 0; // its own thread

    struct Link
    {
        JournalEntry *newer = nullptr;
        JournalEntry *older = nullptr;
        quint64 version = 0; // 0: not listed
        quint64 generation = 0;
    };
    Link journalLink; // of SnapshotJournal, guarded by its mutex

protected:
    explicit JournalEntry(QString entityId)
        : m_entityId(std::move(entityId))
    {
    }
    ~JournalEntry() = default;

private:
    const QString m_entityId;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/lockorder_p.h"
#include "core/runtime/runtimecontext_p.h"
#include "core/snapshot/snapshotjournal_p.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace Recorders::Internal {

class RecorderCore;

/*
    Which recorders a runtime has, by id. One that is being removed is leaving: it is not found any
    more, but its id is not free yet.

    Recorders are inserted while the runtime runs. A shutdown changes the state of the runtime, and then
    asks for all(). As that and insert() hold the mutex, what is not among them is refused.

    Any thread may call it.
*/
class RecorderTable final
{
public:
    using List = std::vector<std::shared_ptr<Recorder>>;

    explicit RecorderTable(const RuntimeContext &context);

    static RecorderCore &coreOf(const Recorder &recorder) { return *recorder.m_core; }

    std::shared_ptr<Recorder> find(const QString &id) const; // a handle; null: there is none
    QStringList ids() const; // sorted
    RuntimeTotals totals() const;
    SnapshotJournal::Entries entriesOf(const QSet<QString> &ids) const; // of those in use
    List all() const; // those that are leaving, too

    // The longest stopTimeout of those that have not stopped and have something to do for that.
    std::chrono::milliseconds stopTimeNeeded() const;

    Error refusal(const QString &id) const; // of a new recorder
    // Makes a recorder one of the runtime's, or refuses it. All or nothing: may throw std::bad_alloc.
    Error insert(const std::shared_ptr<Recorder> &recorder, const std::shared_ptr<Recorder> &handle,
                 bool hasHooks);

    // Null: there is none. Throws std::bad_alloc before anything is changed, or not at all.
    std::shared_ptr<Recorder> beginLeaving(const QString &id);
    bool beginLeaving(const std::shared_ptr<Recorder> &recorder); // false: it has been removed
    bool undoLeaving(const Recorder &recorder); // true: it has lost its last handle meanwhile
    void endLeaving(const Recorder &recorder);

    // Waits until a recorder with that id that has lost its last handle has left, but not for
    // longer than it may take to stop.
    void awaitUnowned(const QString &id, std::chrono::milliseconds grace) const;

private:
    using Mutex = OrderedMutex<LockLevel::RecorderTable>;
    // Not QHash: it ends the process when there is no memory for one more.
    using Map = std::unordered_map<QString, std::shared_ptr<Recorder>>;

    // These need m_mutex.
    Error refusalOf(const QString &id) const;
    bool tryInsert(const std::shared_ptr<Recorder> &recorder,
                   const std::shared_ptr<Recorder> &handle, bool hasHooks);
    void erase(const QString &id);
    bool isUnowned(const QString &id) const; // it has lost its last handle

    const RuntimeContext &m_context;

    mutable Mutex m_mutex; // guards all below
    Map m_recorders;
    Map m_leaving;
    mutable std::condition_variable m_hasLeft;
    // Of both, those with a lifetime of their own.
    std::unordered_map<QString, std::weak_ptr<Recorder>> m_handles;
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/runtimesnapshotsource_p.h"

#include "core/dispatch/dispatcher_p.h"
#include "core/runtime/recordertable_p.h"
#include "core/runtime/stallalarm_p.h"
#include "core/snapshot/readyfuture_p.h"
#include "core/snapshot/snapshotjournal_p.h"

#include <QPromise>

#include <memory>
#include <new>

namespace Recorders::Internal {

RuntimeSnapshotSource::RuntimeSnapshotSource(const RuntimeContext &context,
                                             const RecorderTable &recorders,
                                             const StallAlarm &stallAlarm)
    : m_context(context)
    , m_recorders(recorders)
    , m_stallAlarm(stallAlarm)
{
}

quint64 RuntimeSnapshotSource::version() const
{
    return m_context.journal()->version();
}

std::optional<SourceStall> RuntimeSnapshotSource::stall() const
{
    return m_stallAlarm.stall();
}

QFuture<SnapshotUpdate> RuntimeSnapshotSource::changesSince(const SnapshotRequest &request)
{
    try {
        return tryChangesSince(request);
    } catch (const std::bad_alloc &) {
        return m_canceled;
    }
}

QFuture<SnapshotUpdate> RuntimeSnapshotSource::tryChangesSince(const SnapshotRequest &request)
{
    if (m_context.isForeign())
        return readyFuture(SnapshotUpdate());
    const auto promise = std::make_shared<QPromise<SnapshotUpdate>>();
    promise->start();
    QFuture<SnapshotUpdate> future = promise->future();
    const auto answer = [promise, update = answerTo(request)] {
        promise->addResult(update(), 0); // it may be the second try
        promise->finish();
    };
    const std::shared_ptr<Dispatcher> dispatcher = m_context.dispatcher();
    if (!dispatcher || !dispatcher->post(answer))
        answer(); // nothing runs yet, or any more
    return future;
}

// The runtime may be gone when it is called.
RuntimeSnapshotSource::Answer RuntimeSnapshotSource::answerTo(const SnapshotRequest &request) const
{
    const std::shared_ptr<SnapshotJournal> &journal = m_context.journal();
    if (request.entityIds.isEmpty())
        return [request, from = journal] {
            return from->changesSince(request);
        };
    const quint64 version = journal->version(); // before the recorders are looked for
    return [request, version, entries = m_recorders.entriesOf(request.entityIds), from = journal] {
        return from->changesOf(entries, version, request);
    };
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/runtime/runtimecontext_p.h"

#include <recorders/core/snapshotsource.h>

#include <QFuture>
#include <QString>

#include <functional>
#include <optional>

namespace Recorders::Internal {

class RecorderTable;
class StallAlarm;

// The snapshots of a runtime's recorders: questions are answered in their thread, by the journal.
class RuntimeSnapshotSource final : public SnapshotSource
{
public:
    RuntimeSnapshotSource(const RuntimeContext &context, const RecorderTable &recorders,
                          const StallAlarm &stallAlarm);

    QString name() const override { return m_context.runtimeName(); }
    RuntimeState state() const override { return m_context.state(); }
    quint64 version() const override;
    QFuture<SnapshotUpdate> changesSince(const SnapshotRequest &request) override;
    std::optional<SourceStall> stall() const override;

private:
    using Answer = std::function<SnapshotUpdate()>;

    QFuture<SnapshotUpdate> tryChangesSince(const SnapshotRequest &request);
    Answer answerTo(const SnapshotRequest &request) const;

    const RuntimeContext &m_context;
    const RecorderTable &m_recorders;
    const StallAlarm &m_stallAlarm;
    const QFuture<SnapshotUpdate> m_canceled; // the answer when there is no memory
};

} // namespace Recorders::Internal

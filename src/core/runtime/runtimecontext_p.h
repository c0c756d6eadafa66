// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/processfork_p.h"

#include <recorders/core/error.h>
#include <recorders/core/namespace.h>

#include <QLoggingCategory>
#include <QString>

#include <atomic>
#include <memory>

namespace Recorders {

Q_DECLARE_LOGGING_CATEGORY(lcRuntime)

namespace Internal {

class Dispatcher;
class SnapshotJournal;

// What the parts of a runtime have in common: its name, its state, the process that it belongs to,
// its journal, and the dispatcher of its thread. Any thread may call it.
class RuntimeContext final
{
public:
    explicit RuntimeContext(QString runtimeName);

    const QString &runtimeName() const noexcept { return m_runtimeName; }
    const std::shared_ptr<SnapshotJournal> &journal() const noexcept { return m_journal; }

    RuntimeState state() const noexcept;
    void setState(RuntimeState state) noexcept;

    void bindToProcess() noexcept { m_process.bind(); }
    bool isForeign() const noexcept { return m_process.isForeign(); }

    std::shared_ptr<Dispatcher> dispatcher() const; // null: not launched yet, or foreign
    void setDispatcher(std::shared_ptr<Dispatcher> dispatcher); // once

    Error error(ErrorCode code, const QString &what) const; // says which runtime it is of
    Error foreignError() const;

private:
    const QString m_runtimeName;
    const std::shared_ptr<SnapshotJournal> m_journal;
    std::atomic<RuntimeState> m_state = RuntimeState::Created;
    ProcessBinding m_process; // from its start on
    std::shared_ptr<Dispatcher> m_dispatcher; // constant once m_hasDispatcher is seen
    std::atomic<bool> m_hasDispatcher = false;
};

} // namespace Internal

} // namespace Recorders

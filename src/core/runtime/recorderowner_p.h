// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/recorder/operationreply_p.h"
#include "core/recorder/recordercore_p.h"
#include "core/runtime/recordertable_p.h"
#include "core/runtime/runtimelink_p.h"

#include <recorders/core/error.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Recorders::Internal {

/*
    Adopts recorders for a runtime, and removes them again: starts them, stops them, and waits for
    that within the time that it may take.

    The handles of a recorder that lives until the last of them goes have a reference count of their
    own: the runtime's reference, and those of what is under way, are no handles. When the last one
    goes its recorder begins to leave the table: by that thread, or by one that calls
    removeRecorder() before. It stops as any other, and is forgotten by the thread that finishes its
    stop.

    Any thread may call it.
*/
class RecorderOwner final
{
public:
    using Link = std::shared_ptr<RuntimeLink>;
    // Told with the link locked: the runtime is still there.
    using TellRemoved = std::function<void(const QString &id)>;

    // What stopping may take beyond the recorders' own time: hooks, and a call that is under way.
    static constexpr std::chrono::milliseconds stopGrace{ 500 };

    RecorderOwner(const RuntimeContext &context, Link link, TellRemoved tellUnownedRemoved);

    const RecorderTable &table() const noexcept { return m_table; }

    // What recorders are made with, once the runtime runs in that thread.
    void setThread(QThread *thread);
    const RecorderCore::RuntimeParts &parts() const noexcept { return m_parts; }

    Error refusal(const QString &id, const RecorderOptions &options); // of one to be made
    Error adopt(const std::shared_ptr<Recorder> &recorder, const std::shared_ptr<Recorder> &handle);
    std::optional<Error> remove(const QString &id); // nothing: there is no such recorder

    // Its last handle has gone: it stops, and is forgotten once it has stopped.
    static void removeUnowned(const Link &link, const std::shared_ptr<Recorder> &recorder) noexcept;

private:
    using Reply = std::shared_ptr<OperationReply>;

    void concludeUnowned(const Recorder &recorder);
    Error awaitStart(const Recorder &recorder) const;
    Error awaitReply(const Recorder &recorder, const OperationReply &reply,
                     QLatin1StringView notDone) const;

    const RuntimeContext &m_context;
    const Link m_link;
    const TellRemoved m_tellUnownedRemoved;
    RecorderTable m_table;
    QThread *m_thread = nullptr; // constant once the runtime runs
    RecorderCore::RuntimeParts m_parts; // likewise
};

} // namespace Recorders::Internal

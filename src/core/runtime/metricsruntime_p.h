// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/applicationexit_p.h"
#include "core/platform/lockorder_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/recorder/operationreply_p.h"
#include "core/runtime/recorderowner_p.h"
#include "core/runtime/runtimecontext_p.h"
#include "core/runtime/runtimelink_p.h"
#include "core/runtime/runtimesnapshotsource_p.h"
#include "core/runtime/runtimethread_p.h"
#include "core/runtime/stallalarm_p.h"
#include "core/runtime/totalswatch_p.h"

#include <recorders/core/metricsruntime.h>

#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace Recorders {

/*
    Starts a runtime and shuts it down, and wires its parts: the RecorderOwner, the
    RuntimeSnapshotSource and the StallAlarm. Any thread may call it.
*/
class MetricsRuntimePrivate
{
public:
    MetricsRuntimePrivate(MetricsRuntime *runtime, QString name);

    // its life
    std::optional<Error> beginStart(); // nothing: the caller is to tryLaunch()
    Error tryLaunch();
    std::optional<Error> beginShutdown(); // nothing: the caller is to stopAll()
    Error stopAll();
    void reach(RuntimeState reached, const Error &result = {});
    void leaveThread();
    void detach(); // what outlives the runtime does not find it any more

    bool report(const Error &result, Error *error);

    // its signals
    void announce(RuntimeState reached);
    template <typename Emit>
    void announceBy(Emit emitSignal);
    void tellUnownedRemoved(const QString &id);
    Internal::TotalsWatch &watchOfTotals(); // in the thread of the runtime's object only

    MetricsRuntime *const q;
    Internal::RuntimeContext context;
    const std::shared_ptr<Internal::RuntimeLink> link = std::make_shared<Internal::RuntimeLink>();
    Internal::RecorderOwner owner;
    Internal::StallAlarm stallAlarm;
    Internal::RuntimeSnapshotSource source;
    std::atomic<bool> isTellingIds = false; // recorderIdsChanged() is on its way

    // guarded by mutex
    mutable Internal::OrderedMutex<Internal::LockLevel::Runtime> mutex;
    Error lastError;
    std::chrono::milliseconds drainInterval = Internal::Dispatcher::defaultDrainInterval;

private:
    using Reply = std::shared_ptr<Internal::OperationReply>;
    using Stops = std::vector<std::pair<std::shared_ptr<Recorder>, Reply>>;

    void waitWhile(std::unique_lock<std::mutex> &lock, RuntimeState passing);
    bool isPassing() const; // between two states that last
    Error passingError(const QString &call) const;
    Error launch();
    void end(Internal::ApplicationExit::Occasion occasion);
    Stops requestStops();
    bool awaitEnd() const; // false: the thread goes on, but the recorders' time is up
    QStringList leftUndone(const Stops &stops, bool hasEnded) const;

    // guarded by mutex
    std::condition_variable m_stateReached;
    std::thread::id m_passingThread; // that starts it or shuts it down
    Error m_outcome; // of the start or shutdown that others wait for

    Internal::RuntimeThread::Pointer m_thread; // constant once the runtime runs
    Internal::TotalsWatch *m_totalsWatch = nullptr; // a child of the runtime, if it is needed
};

// What a slot throws must not leave the runtime between two states.
template <typename Emit>
void MetricsRuntimePrivate::announceBy(Emit emitSignal)
{
    if (Internal::ApplicationExit::isProcessExiting())
        return;
    try {
        emitSignal();
    } catch (...) {
        Internal::warn(lcRuntime, [this] {
            return QStringLiteral("MetricsRuntime \"%1\": a slot connected to its signal threw")
                    .arg(context.runtimeName());
        });
    }
}

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/applicationexit_p.h"
#include "core/platform/lockorder_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/ownedstring_p.h"
#include "core/platform/ownerthread_p.h"
#include "core/platform/processfork_p.h"
#include "core/recorder/operationreply_p.h"
#include "core/recorder/recordercore_p.h"
#include "core/runtime/runtimethread_p.h"
#include "core/runtime/stallprobe_p.h"
#include "core/runtime/stallwatch_p.h"
#include "core/runtime/totalswatch_p.h"
#include "core/snapshot/snapshotjournal_p.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QFuture>
#include <QLoggingCategory>
#include <QSet>
#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Recorders {

Q_DECLARE_LOGGING_CATEGORY(lcRuntime)

class MetricsRuntimePrivate;

// How a handle that goes, in any thread, finds a runtime that may be gone.
struct Internal::RuntimeLink
{
    OrderedMutex<LockLevel::RuntimeLink> mutex;
    MetricsRuntimePrivate *runtime; // guarded by mutex; null: it is gone
};

// The life, the thread and the recorders of a runtime, whose SnapshotSource it is: any thread may
// call it, members below "guarded by mutex" change only while the mutex is held, and a function
// that "needs mutex" is called with it held.
class MetricsRuntimePrivate : public SnapshotSource
{
public:
    // What stopping may take beyond the recorders' own time: hooks, and a call that is under way.
    static constexpr std::chrono::milliseconds stopGrace{ 500 };

    MetricsRuntimePrivate(MetricsRuntime *runtime, QString name)
        : q(runtime)
        , runtimeName(Internal::owned(std::move(name)))
    {
        link->runtime = this;
    }

    // SnapshotSource
    QString name() const override { return runtimeName; }
    RuntimeState state() const override;
    quint64 version() const override { return journal->version(); }
    QFuture<SnapshotUpdate> changesSince(const SnapshotRequest &request) override;
    std::optional<SourceStall> stall() const override;
    QFuture<SnapshotUpdate> tryChangesSince(const SnapshotRequest &request);
    using Answer = std::function<SnapshotUpdate()>;
    Answer answerTo(const SnapshotRequest &request) const;
    Internal::SnapshotJournal::Entries entriesOf(const QSet<QString> &ids) const;

    Error error(ErrorCode code, const QString &what) const;
    Error foreignError() const;
    bool report(const Error &result, Error *error);
    void reach(RuntimeState reached, const Error &result = {});
    void announce(RuntimeState reached);
    template <typename Emit>
    void announceBy(Emit emitSignal);
    std::optional<Error> beginStart(); // nothing: the caller is to launch()
    std::optional<Error> beginShutdown(); // nothing: the caller is to stopAll()
    bool isPassing() const; // between two states that last
    Error passingError(const QString &call) const;
    void leaveThread();
    void endWithApplication();
    Error launch();
    Error tryLaunch();
    Error stopAll();
    using Reply = std::shared_ptr<Internal::OperationReply>;
    using Stops = std::vector<std::pair<std::shared_ptr<Recorder>, Reply>>;
    Stops stopRecorders();
    std::vector<std::shared_ptr<Recorder>> allRecorders() const;
    bool awaitEnd() const; // false: the thread goes on, but the recorders' time is up
    std::chrono::milliseconds stopTimeNeeded() const;
    QStringList leftUndone(const Stops &stops, bool hasEnded) const;
    Error refusal(const QString &id) const; // of a new recorder; needs mutex
    Error refusalOf(const QString &id, const RecorderOptions &options);
    Error tryAdopt(const std::shared_ptr<Recorder> &recorder,
                   const std::shared_ptr<Recorder> &handle);
    bool insert(const std::shared_ptr<Recorder> &recorder, const std::shared_ptr<Recorder> &handle,
                bool hasHooks); // needs mutex
    std::optional<Error> remove(const QString &id); // nothing: there is no such recorder
    // A recorder whose last handle has gone: stops it, and forgets it once it has stopped.
    using Link = std::shared_ptr<Internal::RuntimeLink>;
    static void removeUnowned(const Link &link, const std::shared_ptr<Recorder> &recorder) noexcept;
    static void concludeUnowned(const Link &link, const Recorder &recorder,
                                const Error &outcome) noexcept;
    bool beginLeaving(const std::shared_ptr<Recorder> &recorder); // false: it has been removed
    void endLeaving(const Recorder &recorder);
    void tellUnownedRemoved(const QString &id);
    bool isUnowned(const QString &id) const; // it has lost its last handle; needs mutex
    void awaitUnowned(std::unique_lock<std::mutex> &lock, const QString &id);
    Error awaitStart(const Recorder &recorder) const;
    Error awaitReply(const Recorder &recorder, const Internal::OperationReply &reply,
                     QLatin1StringView notDone) const;
    std::shared_ptr<Internal::Dispatcher> dispatcher() const;
    static void watchForStalls(const Link &link) noexcept; // any thread
    void watchForStalls() noexcept; // any thread
    void lookForStalls(); // in the thread of the runtime only
    Internal::TotalsWatch &watchOfTotals(); // in the thread of the runtime only
    void waitWhile(std::unique_lock<std::mutex> &lock, RuntimeState passing);

    MetricsRuntime *const q;
    const QString runtimeName;
    const QFuture<SnapshotUpdate> canceled; // the answer when there is no memory
    const std::shared_ptr<Internal::SnapshotJournal> journal =
            std::make_shared<Internal::SnapshotJournal>();
    std::atomic<RuntimeState> runtimeState = RuntimeState::Created;
    Internal::TotalsWatch *totalsWatch = nullptr; // a child of the runtime, if it is needed
    const std::shared_ptr<Internal::StallProbe> stallProbe =
            std::make_shared<Internal::StallProbe>();
    // Once it is needed, in the thread of the runtime. That may be destroyed in another one.
    std::unique_ptr<Internal::StallWatch, Internal::DeleteInOwnThread> stallWatch;
    std::atomic<bool> isTellingIds = false; // recorderIdsChanged() is on its way
    Internal::ProcessBinding process; // from its start on
    const Link link = std::make_shared<Internal::RuntimeLink>();

    // guarded by mutex
    mutable Internal::OrderedMutex<Internal::LockLevel::Runtime> mutex;
    std::condition_variable stateReached;
    // Not QHash: it ends the process when there is no memory for one more.
    using RecorderMap = std::unordered_map<QString, std::shared_ptr<Recorder>>;
    RecorderMap recorders;
    RecorderMap leaving; // being removed: the id is not free yet
    std::condition_variable hasLeft;
    // Of both, those with a lifetime of their own.
    std::unordered_map<QString, std::weak_ptr<Recorder>> handles;
    Error lastError;
    std::thread::id passingThread; // that starts it or shuts it down
    Error outcome; // of the start or shutdown that others wait for
    std::chrono::milliseconds drainInterval = Internal::Dispatcher::defaultDrainInterval;
    std::chrono::milliseconds stallWarningTime{ 5000 };
    Internal::RuntimeThread::Pointer thread;
    Internal::RecorderCore::RuntimeParts parts; // constant once it runs
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
                    .arg(runtimeName);
        });
    }
}

} // namespace Recorders

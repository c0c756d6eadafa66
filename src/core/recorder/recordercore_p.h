// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatchclient_p.h"
#include "core/dispatch/dispatcher_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/processfork_p.h"
#include "core/queue/eventqueue_p.h"
#include "core/recorder/metricset_p.h"
#include "core/recorder/operationreply_p.h"
#include "core/recorder/remotecall_p.h"
#include "core/snapshot/journalentry_p.h"

#include <recorders/core/metricsrecorder.h>
#include <recorders/core/recorder.h>
#include <recorders/core/snapshotsource.h>

#include <QFuture>
#include <QScopedValueRollback>

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace Recorders::Internal {

class SnapshotJournal;

/*
    All of a recorder but its QObject: it may be used by producers and by its dispatcher while the
    QObject is being destroyed.

    A recorder changes its state by operations, start and stop, that are executed on its thread one
    after the other. An operation of the same kind as the last one in the list joins it, and there
    are three at most. What an operation promises to its caller at once, the gate opened or closed,
    is done when it becomes the first of the list, in whatever thread that is; all the rest, hooks
    and signals included, on the recorder's thread.

    An operation that is asked for when there is no memory is refused, and nothing is changed. One
    that has begun is brought to its end: it waits for memory where it cannot do without.
*/
class RecorderCore final : public std::enable_shared_from_this<RecorderCore>,
                           public DispatchClient,
                           public JournalEntry,
                           private MetricSet::Observer
{
public:
    enum class Execution { AtOnceIfPossible, Queued };
    enum class Kind { Start, Stop };

    RecorderCore(Recorder &recorder, QString entityId, RecorderOptions options);
    ~RecorderCore();

    // any thread: events
    EventSlot *tryClaim() noexcept { return m_queue.tryClaim(); }
    Claim claim() noexcept;
    RegisterResult reject() noexcept;

    // any thread: state
    const QString &entityId() const noexcept override { return m_entityId; }
    const RecorderOptions &options() const noexcept { return m_options; }
    RecorderState state() const noexcept;
    Error lastError() const;
    static Error configurationError(const QString &id, const RecorderOptions &options);
    RecorderStatistics statistics() const noexcept override;
    quint64 ticket() const noexcept { return m_queue.ticket(); }
    quint64 handled() const noexcept override { return m_queue.counts().handled; }

    // any thread: metrics
    bool registerMetric(std::unique_ptr<Metric> metric, Error *error);
    bool removeMetric(const QString &name);
    void resetMetrics();
    QStringList metricNames() const;
    QList<MetricSnapshot> metricSnapshots(Error *error);
    QList<MetricSnapshot> latestSnapshots();
    bool flush(QDeadlineTimer deadline);

    // any thread: life
    QFuture<Error> start(Execution execution = Execution::AtOnceIfPossible);
    QFuture<Error> stop(Execution execution = Execution::AtOnceIfPossible);
    // Start or stop. Throws std::bad_alloc, where those two answer with an error.
    using Reply = std::shared_ptr<OperationReply>;
    Reply tryRequest(Kind kind, Execution execution);
    // Stops for good, and takes the QObject off its thread. Null: there is no memory for it.
    Reply remove();
    // Likewise, but later, without waiting and in any case. The reply hears of the stop.
    void removeLater(const Reply &done);
    // What a runtime hands to its recorders before anybody can see them.
    struct RuntimeParts
    {
        std::shared_ptr<Dispatcher> dispatcher;
        std::shared_ptr<SnapshotJournal> journal;
    };
    // The next one that this thread makes is that runtime's; null: nobody's.
    static const RuntimeParts *expectMaking(const RuntimeParts *runtime) noexcept;
    // Its runtime adopts it; it runs at once if it has no hooks. All or nothing: may throw
    // std::bad_alloc. False: the runtime's thread has ended.
    bool endMaking(std::weak_ptr<Recorder> handle, bool hasHooks);
    bool isInRuntime() const noexcept { return m_journal != nullptr; }
    bool isBeingMade() const noexcept override { return m_isBeingMade; }
    void detachRecorder(); // the QObject is being destroyed
    bool hasStopped() const noexcept { return isSettledAs(Kind::Stop); }
    bool isUserCallUnderWay() const; // of a metric or hook, which has not returned
    QString callUnderWay() const override; // what call that is; empty: none
    // Another number with each of those, while handled() stays the same.
    std::size_t callCount() const noexcept override
    {
        return m_metrics.callCount() + m_hook.count();
    }
    bool isForeign() const noexcept { return m_process.isForeign(); }
    void abandon() noexcept override { m_queue.close(); }
    std::shared_ptr<DispatchClient> share() override { return shared_from_this(); }
    std::shared_ptr<JournalEntry> tryShare() noexcept override { return weak_from_this().lock(); }

    // the recorder's thread
    std::size_t drain(std::size_t maxEvents, Clock::time_point until) override;
    bool advance() override;
    void stopLater() override { stop(Execution::Queued); }
    bool canProgress() const noexcept override;
    double quarterOfQueue() const noexcept override
    {
        return static_cast<double>(m_queue.maxPending()) / 4;
    }
    bool hasPending() const noexcept { return !m_queue.isEmpty(); }
    bool tryIdle() noexcept override
    {
        m_metrics.slowRun().judge(false); // what was slow is over
        return m_queue.tryIdle();
    }
    bool awaitsPublication() noexcept override
    {
        return !isInCall() && hasPending() && !m_queue.front();
    }
    RecorderSnapshot snapshotSince(quint64 version, SnapshotDetail detail) override;
    bool isInCall() const noexcept override
    {
        return m_isDraining || m_hook.call() // its own thread's
                || m_metrics.isBusy();
    }
    bool isEntered() const noexcept override { return isInCall() || m_isAdvancing; }

private:
    struct Operation
    {
        Kind kind;
        std::vector<Reply> replies{}; // one for each caller
        Clock::time_point deadline{}; // of the drain
        bool isDraining = false; // a stop, or a start that failed
        Error outcome{}; // once it is over

        void take(Operation &other); // its replies; all or nothing
        void finish();
    };
    struct BlockedProducers // of OverflowPolicy::Block
    {
        std::atomic<int> count = 0;
        std::mutex mutex;
        std::condition_variable room;
    };

    // events
    // Counts and wakes as the outcome demands. Nothing: the queue is full.
    std::optional<Claim> concludeClaim(EventQueue<EventSlot>::Claim claimed) noexcept;
    Claim refuseFull() noexcept;
    Claim waitForRoom(Dispatcher &dispatcher) noexcept;
    // Still without room at the deadline.
    EventQueue<EventSlot>::Claim claimWithRoom(Dispatcher &dispatcher,
                                               Clock::time_point deadline) noexcept;
    bool startByEvent() noexcept;
    bool holdUntilMade();
    void wakeBlockedProducers() noexcept;
    void closeGate() noexcept;

    // operations; those that begin need m_mutex
    QFuture<Error> request(Kind kind, Execution execution);
    void tryRequest(Kind kind, Execution execution, const Reply &reply);
    bool join(Operation &requested); // needs m_mutex
    Error begin(Operation &operation);
    Error beginStart();
    Error beingMadeError() const;
    bool executeHere(Dispatcher &dispatcher, const OperationReply &reply);
    enum class Progress { Made, Draining, Over };
    Progress advanceOnce();
    void refuse(const Error &error);
    bool isSettledAs(Kind kind) const noexcept;
    std::optional<Error> perform(Operation &operation); // nothing: it goes on later
    std::optional<Error> performStart(Operation &operation);
    std::optional<Error> performDrain(Operation &operation);
    void conclude(const Error &error);
    Error finishDrain(bool hadStarted);
    Error timeoutError(quint64 leftOver) const;
    void leaveRuntime();
    void announce(RecorderState reached);
    void announceFailure(const Error &error);
    template <typename Emit>
    void announceBy(Emit emitTo);
    template <typename Hook>
    Error callHook(const char *name, Hook hook);

    // the recorder's thread: metrics
    struct MetricChange
    {
        quint64 ticket; // it is due once the events before are handled
        std::unique_ptr<MetricEntry> added; // null: removed
        QString removed;
    };
    Error addMetric(std::unique_ptr<Metric> &metric);
    std::optional<MetricChange> takeDueChange();
    void adoptMetrics();
    bool tryRemoveMetric(const QString &name);
    bool isBeingRemoved(const QString &name) const;
    std::size_t tryDrain(std::size_t maxEvents, Clock::time_point until);
    bool drainTo(quint64 fence, QDeadlineTimer deadline);
    QList<MetricSnapshot> tryMetricSnapshots(Error &error);
    QList<MetricSnapshot> publish();
    QList<MetricSnapshot> published() const;
    bool canPublish() const noexcept; // asked to by latestSnapshots()
    void publishIfWatched() noexcept;
    bool noteLook(); // of latestSnapshots(); true: there is something newer
    void noteChange(); // of a metric, other than by an event
    bool isOutdated() const noexcept; // that is watched; needs m_mutex
    void requestPublication(const std::shared_ptr<Dispatcher> &dispatcher);
    void answerLook(const Dispatcher *dispatcher);
    QList<MetricSnapshot> snapshotsHere(quint64 fence, Error &error);
    void metricChanged(const Metric &metric, const MetricEvent &event) override;
    void metricFailed(const MetricEntry &entry) override;
    void metricMisnamed(const MetricEntry &entry, const QString &otherName) override;

    RecorderCore(Recorder &recorder, QString entityId, RecorderOptions options,
                 const RuntimeParts *runtime);
    Error foreignError() const;
    std::shared_ptr<Recorder> handle() const; // null: made by hand, or nobody else has one
    std::shared_ptr<Dispatcher> openDispatcher() const; // null: no thread would answer
    bool isHere(const std::shared_ptr<Dispatcher> &dispatcher) const; // on the recorder's thread?
    // Of those who call latestSnapshots(). Made when somebody does: most recorders have none.
    struct Watch
    {
        quint64 changes = 1; // of metrics, other than by events
        quint64 publishedChanges = 0; // what it was when the snapshots were published
        quint64 publishedHandled = 0; // likewise, of events
        bool isAging = false; // what was published changes with time
        std::shared_ptr<RemoteCall> request; // to publish, on its way; null: none
    };
    void awaitPublication(Dispatcher &dispatcher, const std::shared_ptr<RemoteCall> &request);
    void awaitRemoval(const QString &name, const Dispatcher &dispatcher,
                      std::optional<RemoteCall> &call);
    void keepError(const Error &error);
    void noteWork() noexcept;
    void touch();

    // producers and consumer
    EventQueue<EventSlot> m_queue;
    std::atomic<quint64> m_dropped = 0;
    std::atomic<quint64> m_rejected = 0;
    std::atomic<quint64> m_notRunning = 0;
    std::atomic<quint64> m_metricErrors = 0;
    std::atomic<RecorderState> m_state = RecorderState::Created;
    std::atomic<bool> m_hasMetricChanges = false;
    std::atomic<bool> m_cannotStart = false; // an event has tried, and it has been said why
    const std::unique_ptr<BlockedProducers> m_blocked; // null under the other policies

    ProcessBinding m_process; // from the first start on
    const QString m_entityId;
    RecorderOptions m_options; // constant from the first start on
    const std::shared_ptr<SnapshotJournal> m_journal; // null without a runtime

    // Guarded by m_mutex. m_dispatcher is written while the gate is closed and the queue is
    // drained, so that a thread that has claimed a slot may read it without the mutex; that of a runtime
    // is constant.
    mutable std::mutex m_mutex;
    std::shared_ptr<Dispatcher> m_dispatcher;
    std::weak_ptr<Recorder> m_handle; // of a runtime's recorder
    QStringList m_metricNames;
    std::vector<MetricChange> m_metricChanges; // not seen by the thread yet
    QList<MetricSnapshot> m_published;
    std::vector<QString> m_removedMeanwhile; // metrics, while their snapshots are being taken
    std::unique_ptr<Watch> m_watch; // null: nobody has looked
    bool m_isPublishing = false;
    bool m_hasPublished = false; // since the last start
    Error m_lastError;
    std::list<Operation> m_operations;
    bool m_isRemoved = false;

    std::atomic<bool> m_isBeingMade; // by a runtime: it may hold events, but not run yet

    // the recorder's thread
    Recorder *m_recorder; // null once that is being destroyed
    MetricSet m_metrics;
    Error m_failure; // why it goes to Failed
    quint32 m_resets = 0; // of the metrics
    bool m_hasHooks = true;
    CallMark<char> m_hook; // the name of the hook that has been called
    bool m_isDraining = false;
    bool m_hasHookFailed = false; // onMetricChanged(), and it has been said
    bool m_isAdvancing = false;
    bool m_isOutOfTime = false; // to drain: it stops once what is pending is published
};

template <typename Hook>
Error RecorderCore::callHook(const char *name, Hook hook)
{
    noteWork();
    const MarkedCall mark(m_hook, name);
    const auto failure = [this, name](const char *what) {
        return Error(ErrorCode::HookFailed, textOf([&] {
                         return QStringLiteral("Recorder \"%1\": %2 threw: %3")
                                 .arg(m_entityId, QLatin1StringView(name),
                                      QString::fromLocal8Bit(what));
                     }));
    };
    try {
        hook();
        return {};
    } catch (const std::exception &exception) {
        return failure(exception.what());
    } catch (...) {
        return failure("an exception that is not a std::exception");
    }
}

} // namespace Recorders::Internal

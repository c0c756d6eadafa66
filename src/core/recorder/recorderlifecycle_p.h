// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/lockorder_p.h"
#include "core/platform/processfork_p.h"
#include "core/recorder/eventinbox_p.h"
#include "core/recorder/operationlist_p.h"
#include "core/recorder/recorderrun_p.h"

#include <recorders/core/error.h>
#include <recorders/core/recorder.h>

#include <QFuture>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

namespace Recorders::Internal {

class Dispatcher;

/*
    Starts and stops a recorder.

        Created --- start ---> Starting --- onStarting() ---> Running
           |                      |                              |
           |                   it threw                         stop
           |                      v                              v
           |                   Stopping <------------------------+
           |                      | all is handled, or the stopTimeout is over
           |                      v
           +----- stop ----> Stopped, or Failed: a hook or metric failed, it starts again by start()

    A recorder changes its state by operations, start and stop, that are executed on its thread one
    after the other (see OperationList). What an operation promises to its caller at once, the inbox
    opened or closed, is done when it becomes the first of the list, in whatever thread that is; all
    the rest, hooks and signals included, on the recorder's thread. There the dispatcher calls
    advance() until no operation is left.

    An operation that is asked for when there is no memory is refused, and nothing is changed. One
    that has begun is brought to its end: it waits for memory where it cannot do without.

    A recorder made by a runtime is in its thread from the beginning, and its constructor must not
    start it: events that the constructor registers are held, in the state Starting, until
    endMaking(). A recorder made by hand belongs to the thread that its QObject is in when it starts.
*/
class RecorderLifecycle final : public EventInbox::Owner
{
public:
    using Kind = Operation::Kind;
    using Reply = Operation::Reply;
    enum class Execution { AtOnceIfPossible, Queued };

    // The dispatcher is that of the runtime; null: the recorder is made by hand.
    RecorderLifecycle(RecorderClient &client, Recorder &recorder,
                      std::shared_ptr<Dispatcher> dispatcher);

    // any thread: state
    RecorderState state() const noexcept;
    bool canHandleEvents() const noexcept; // its events are handled, now or later
    bool isUp() const noexcept; // its metrics can be asked for their snapshots
    bool hasStopped() const noexcept { return isSettledAs(Kind::Stop); }
    bool isInRuntime() const noexcept { return m_isInRuntime; }
    bool isBeingMade() const noexcept
    {
        return m_isBeingMade.load(std::memory_order_acquire); // what its runtime did is seen
    }
    Error lastError() const;
    void keepError(const Error &error);

    // any thread: the process and the thread it is in
    bool isForeign() const noexcept { return m_process.isForeign(); }
    std::shared_ptr<Dispatcher> openDispatcher() const override; // null: no thread would answer
    bool isHere(const std::shared_ptr<Dispatcher> &open) const; // on the recorder's thread?

    // any thread: operations
    QFuture<Error> start() { return request(Kind::Start, Execution::AtOnceIfPossible); }
    QFuture<Error> stop() { return request(Kind::Stop, Execution::AtOnceIfPossible); }
    QFuture<Error> request(Kind kind, Execution execution);
    // Throws std::bad_alloc, where the other one answers with an error.
    Reply tryRequest(Kind kind, Execution execution);
    // Stops for good, and takes the QObject off its thread. Null: there is no memory for it.
    Reply remove();
    // Likewise, but later, without waiting and in any case. The reply hears of the stop.
    void removeLater(const Reply &done);
    // Its runtime adopts it; it runs at once if it has no hooks. All or nothing: may throw
    // std::bad_alloc. False: the runtime's thread has ended.
    bool endMaking(std::weak_ptr<Recorder> handle, bool hasHooks);
    void detachRecorder(); // the QObject is being destroyed

    // any thread: producers
    void activate() noexcept override;
    bool tryOpen() noexcept override;

    // the recorder's thread
    bool advance(); // true: no operation is left
    bool isAdvancing() const noexcept { return m_isAdvancing; }
    RecorderRun &run() noexcept { return m_run; }
    const RecorderRun &run() const noexcept { return m_run; }
    void failBecauseOf(const Error &error); // stops it, once, and it goes to Failed
    void noteWork() noexcept; // before code of the user is called

private:
    using Mutex = OrderedMutex<LockLevel::Recorder>;
    enum class Progress { Made, Draining, Over };

    // operations; those that begin need m_mutex
    void tryRequest(Kind kind, Execution execution, const Reply &reply);
    // False: it is over already, and the callers were told so, after unlocking.
    bool tryBegin(Operation &operation, std::unique_lock<Mutex> &lock);
    Error begin(Operation &operation);
    Error beginStart();
    Error attach(); // to the dispatcher of its thread
    Error refusalToStart() const; // it is not configured for it, or was removed
    bool holdUntilMade();
    void schedule(const std::shared_ptr<Dispatcher> &dispatcher);

    // the recorder's thread
    bool executeHere(Dispatcher &dispatcher, const OperationReply &reply);
    std::size_t tryDrain();
    Progress advanceOnce();
    Operation *nextOperation();
    std::optional<Error> perform(Operation &operation); // nothing: it goes on later
    std::optional<Error> performStart(Operation &operation);
    std::optional<Error> performDrain(Operation &operation);
    Error finishDrain(bool hadStarted);
    void conclude(const Error &error);
    void leaveRuntime();

    bool isSettledAs(Kind kind) const noexcept;
    std::shared_ptr<Recorder> handle() const; // null: made by hand, or nobody else has one
    void announce(RecorderState reached);
    void announceFailure(const Error &error);

    RecorderClient &m_client;
    RecorderRun m_run;
    ProcessBinding m_process; // from the first start on

    // Any thread reads. Written with m_mutex held, or by the recorder's thread.
    std::atomic<RecorderState> m_state = RecorderState::Created;
    std::atomic<bool> m_isBeingMade; // by a runtime: it may hold events, but not run yet
    std::atomic<bool> m_cannotStart = false; // an event has tried, and a warning was given
    const bool m_isInRuntime;

    // m_dispatcher is written while the inbox is closed and drained, so that a thread that has
    // claimed a slot may read it without the mutex; that of a runtime is constant.
    struct AnyThread
    {
        std::weak_ptr<Recorder> handle; // of a runtime's recorder
        OperationList operations;
        Error lastError;
        bool isRemoved = false;
    };
    mutable Mutex m_mutex;
    std::shared_ptr<Dispatcher> m_dispatcher; // guarded by m_mutex, but see above
    AnyThread m_any; // guarded by m_mutex

    bool m_isAdvancing = false; // the recorder's thread
};

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/compactmutex_p.h"
#include "core/platform/lockorder_p.h"
#include "core/recorder/eventinbox_p.h"
#include "core/recorder/operationlist_p.h"
#include "core/recorder/recorderrun_p.h"
#include "core/recorder/recorderstatus_p.h"
#include "core/value/kepterror_p.h"

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
    RecorderStatus &status() noexcept { return m_status; }
    const RecorderStatus &status() const noexcept { return m_status; }
    RecorderState state() const noexcept { return m_status.state(); }
    bool canHandleEvents() const noexcept; // its events are handled, now or later
    Error lastError() const;
    void keepError(const Error &error);

    // any thread: the thread it is in
    std::shared_ptr<Dispatcher> openDispatcher() const override; // null: no thread would answer
    bool isHere(const std::shared_ptr<Dispatcher> &open) const; // on the recorder's thread?
    bool isServedBy(const Dispatcher &dispatcher) const; // in its thread: while it is, it stays so

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
    RecorderRun &run() noexcept { return m_run; }
    const RecorderRun &run() const noexcept { return m_run; }
    void failBecauseOf(const Error &error); // stops it, once, and it goes to Failed
    void noteWork() noexcept; // before code of the user is called

    // What the mutex guards. The dispatcher is written while the inbox is closed and drained, so
    // that a thread that has claimed a slot may read it without the mutex; that of a runtime is
    // constant.
    struct AnyThread
    {
        std::shared_ptr<Dispatcher> dispatcher; // null: made by hand, and not started
        std::weak_ptr<Recorder> handle; // of a runtime's recorder
        OperationList operations;
        [[no_unique_address]] KeptError lastError;
        bool isRemoved = false;
    };

    // any thread: for OperationExecutor
    RecorderClient &client() const noexcept { return m_run.client(); }
    void schedule(const std::shared_ptr<Dispatcher> &dispatcher);

    // the recorder's thread: likewise
    Operation *nextOperation(); // null: there is none
    void settle(const RecorderRun::Outcome &ended); // a stop, or a start that failed
    void conclude(const Error &error); // the operation
    void announce(RecorderState reached);

private:
    using Mutex = OrderedMutex<LockLevel::Recorder, CompactMutex>;

    // operations; those that begin need m_mutex
    void tryRequest(Kind kind, Execution execution, const Reply &reply);
    // False: it is over already, and the callers were told so, after unlocking.
    bool tryBegin(Operation &operation, std::unique_lock<Mutex> &lock);
    bool holdUntilMade();
    void leaveRuntime();
    std::shared_ptr<Recorder> handle() const; // null: made by hand, or nobody else has one
    void announceFailure(const Error &error);

    [[no_unique_address]] RecorderRun m_run;
    [[no_unique_address]] RecorderStatus m_status;
    std::atomic<bool> m_cannotStart = false; // an event has tried, and a warning was given

    mutable Mutex m_mutex;
    AnyThread m_any; // guarded by m_mutex, but see there
};

} // namespace Recorders::Internal

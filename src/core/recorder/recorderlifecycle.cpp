// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recorderlifecycle_p.h"

#include "core/platform/cancellationguard_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/recorder/operationexecutor_p.h"
#include "core/recorder/recordererrors_p.h"
#include "core/snapshot/readyfuture_p.h"

#include <QLoggingCategory>
#include <QThread>

#include <utility>

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcLifecycle, "recorders.core.lifecycle", QtWarningMsg)

RecorderLifecycle::RecorderLifecycle(RecorderClient &client, Recorder &recorder,
                                     std::shared_ptr<Dispatcher> dispatcher)
    : m_run(client, recorder)
    , m_status(dispatcher != nullptr)
{
    m_any.dispatcher = std::move(dispatcher);
}

// state

bool RecorderLifecycle::canHandleEvents() const noexcept
{
    const RecorderState now = state();
    return now == RecorderState::Starting || now == RecorderState::Running
            || (now == RecorderState::Stopping && !m_run.isOutOfTime());
}

Error RecorderLifecycle::lastError() const
{
    if (m_status.isForeign())
        return RecorderErrors::isForeign(client().entityId());
    const std::lock_guard lock(m_mutex);
    return m_any.lastError.error();
}

void RecorderLifecycle::keepError(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_any.lastError.keep(error);
}

// the thread

std::shared_ptr<Dispatcher> RecorderLifecycle::openDispatcher() const
{
    if (m_status.isForeign())
        return nullptr;
    const std::lock_guard lock(m_mutex);
    return m_any.dispatcher && !m_status.isBeingMade() && !m_any.dispatcher->isClosed()
            ? m_any.dispatcher
            : nullptr;
}

std::shared_ptr<Recorder> RecorderLifecycle::handle() const
{
    const std::lock_guard lock(m_mutex);
    return m_any.handle.lock();
}

bool RecorderLifecycle::isHere(const std::shared_ptr<Dispatcher> &open) const
{
    if (open)
        return open->isCurrentThread();
    if (m_status.isForeign() || (m_status.isBeingMade() && state() == RecorderState::Starting))
        return false; // its thread knows it by the events that it holds
    const Recorder *const recorder = m_run.hooks().recorder();
    return recorder && recorder->thread() == QThread::currentThread();
}

// A recorder that is made by hand has no dispatcher between two runs, and may get another one.
bool RecorderLifecycle::isServedBy(const Dispatcher &dispatcher) const
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_any.dispatcher)
            return m_any.dispatcher.get() == &dispatcher;
    }
    return dispatcher.isCurrentThread() && isHere(nullptr);
}

void RecorderLifecycle::noteWork() noexcept
{
    if (m_any.dispatcher)
        m_any.dispatcher->noteWork(client());
}

void RecorderLifecycle::schedule(const std::shared_ptr<Dispatcher> &dispatcher)
{
    retryUntilAllocated([&] { dispatcher->scheduleOperations(client().share(), handle()); });
}

// producers

void RecorderLifecycle::activate() noexcept
{
    m_any.dispatcher->activate(client());
}

bool RecorderLifecycle::tryOpen() noexcept
{
    const EventInbox &inbox = client().inbox();
    const RecorderState now = state();
    if (now == RecorderState::Starting) { // by another event, whose thread may not have opened yet
        const std::lock_guard lock(m_mutex);
        return inbox.isOpen();
    }
    if (now == RecorderState::Running)
        return inbox.isOpen();
    // Relaxed: a late look costs another attempt.
    if (now != RecorderState::Created || m_cannotStart.load(std::memory_order_relaxed))
        return false;
    const CancellationGuard guard;
    try {
        if (m_status.isBeingMade())
            return holdUntilMade();
        const Reply reply = tryRequest(Kind::Start, Execution::Queued);
        const Error refusal = reply->outcome().value_or(Error());
        if (refusal && !m_cannotStart.exchange(true, std::memory_order_relaxed))
            warn(lcLifecycle, [&refusal] { return refusal.message(); });
    } catch (...) {
        return false;
    }
    return inbox.isOpen();
}

/*
    The constructor of a subclass may register events. It runs in the wrong thread to start, and
    before there is an object whose hooks could be called: so its events are held, and the start
    begins when the runtime has adopted it.
*/
bool RecorderLifecycle::holdUntilMade()
{
    const std::lock_guard lock(m_mutex);
    if (state() == RecorderState::Created) {
        if (!m_any.dispatcher->attach(client()))
            return false;
        m_status.bindToProcess();
        m_status.reach(RecorderState::Starting);
        client().inbox().open();
    }
    return client().inbox().isOpen();
}

bool RecorderLifecycle::endMaking(std::weak_ptr<Recorder> handle, bool hasHooks)
{
    const std::lock_guard lock(m_mutex);
    if (!hasHooks && !m_any.dispatcher->attach(client()))
        return false;
    m_any.handle = std::move(handle);
    if (!hasHooks) {
        m_run.hooks().disable();
        m_status.bindToProcess();
        m_status.reach(RecorderState::Running);
    }
    client().enterJournal(); // before an event of it can be handled
    m_status.endMaking();
    if (!hasHooks)
        client().inbox().open();
    return true;
}

// operations, any thread

QFuture<Error> RecorderLifecycle::request(Kind kind, Execution execution)
{
    try {
        if (m_status.isForeign())
            return readyFuture(kind == Kind::Start ? RecorderErrors::isForeign(client().entityId())
                                                   : Error());
        const auto reply = std::make_shared<OperationReply>();
        QFuture<Error> future = reply->future();
        tryRequest(kind, execution, reply);
        return future;
    } catch (const std::bad_alloc &) {
        return RecorderErrors::outOfMemoryFuture();
    }
}

RecorderLifecycle::Reply RecorderLifecycle::tryRequest(Kind kind, Execution execution)
{
    auto reply = std::make_shared<OperationReply>();
    tryRequest(kind, execution, reply);
    return reply;
}

// Throws std::bad_alloc before anything is changed, or not at all.
void RecorderLifecycle::tryRequest(Kind kind, Execution execution, const Reply &reply)
{
    OperationList::Operations requested = OperationList::make(kind, reply);
    std::unique_lock lock(m_mutex);
    const bool isJoined = m_any.operations.join(requested.front());
    if (!isJoined) {
        if (m_any.operations.isEmpty() && !tryBegin(requested.front(), lock))
            return;
        if (kind == Kind::Stop)
            client().inbox().close(); // at once, also when it has to wait for a start
        m_any.operations.append(requested);
    }
    const std::shared_ptr<Dispatcher> dispatcher = m_any.dispatcher;
    lock.unlock();
    // Without a dispatcher, a stop is just being concluded, and what follows is taken up there. A
    // dispatcher closes only after all that is attached has settled: if it refuses, that is done.
    if (!dispatcher)
        return;
    const bool isDone = execution == Execution::AtOnceIfPossible
            && OperationExecutor(*this).execute(*dispatcher, *reply);
    if (!isDone && !isJoined)
        schedule(dispatcher);
}

bool RecorderLifecycle::tryBegin(Operation &operation, std::unique_lock<Mutex> &lock)
{
    if (m_status.isSettledAs(operation.kind)) {
        lock.unlock();
    } else if (operation.kind == Kind::Stop && state() == RecorderState::Created) {
        m_status.reach(RecorderState::Stopped);
        lock.unlock();
        announce(RecorderState::Stopped);
    } else if (m_status.isBeingMade() && state() == RecorderState::Starting) {
        operation.outcome = RecorderErrors::isBeingMade(client().entityId());
        lock.unlock();
    } else {
        operation.outcome = OperationExecutor(*this).begin(operation, m_any);
        if (!operation.outcome)
            return true;
        lock.unlock();
        announce(state());
        announceFailure(operation.outcome);
    }
    operation.finish();
    return false;
}

RecorderLifecycle::Reply RecorderLifecycle::remove()
{
    std::shared_ptr<Dispatcher> dispatcher;
    bool isIdle = false;
    {
        const std::lock_guard lock(m_mutex);
        m_any.isRemoved = true;
        dispatcher = m_any.dispatcher;
        isIdle = m_any.operations.isEmpty() && m_status.hasStopped();
    }
    try {
        if (!isIdle) {
            Reply stopped = tryRequest(Kind::Stop, Execution::AtOnceIfPossible);
            if (dispatcher->isCurrentThread() && stopped->isFinished())
                leaveRuntime(); // nobody advances it any more
            return stopped;
        }
        auto done = std::make_shared<OperationReply>();
        if (dispatcher->isCurrentThread() || dispatcher->isClosed()) {
            leaveRuntime();
        } else {
            dispatcher->post(
                    [this, client = client().share(), handle = handle()] { leaveRuntime(); });
        }
        done->finish({});
        return done;
    } catch (const std::bad_alloc &) {
        const std::lock_guard lock(m_mutex);
        m_any.isRemoved = false;
        return nullptr;
    }
}

void RecorderLifecycle::removeLater(const Reply &done)
{
    std::shared_ptr<Dispatcher> dispatcher;
    {
        const std::lock_guard lock(m_mutex);
        m_any.isRemoved = true;
        dispatcher = m_any.dispatcher;
    }
    retryUntilAllocated([&] { tryRequest(Kind::Stop, Execution::Queued, done); });
    if (done->isFinished()) // it had stopped: then nobody else takes it off its thread
        schedule(dispatcher);
}

void RecorderLifecycle::detachRecorder()
{
    m_status.endMaking(); // its constructor threw, or its runtime refuses it
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    if (dispatcher && state() != RecorderState::Created) {
        retryUntilAllocated([&] {
            const Reply stopped = tryRequest(Kind::Stop, Execution::AtOnceIfPossible);
            // Deleted further down the stack of its own call it cannot wait: it stops afterwards.
            if (!dispatcher->isCurrentThread())
                stopped->wait();
        });
    }
    if (m_status.isForeign())
        ProcessFork::instance().keep(client().share());
    m_run.hooks().detach();
}

// operations, the recorder's thread

bool RecorderLifecycle::advance()
{
    return OperationExecutor(*this).advance();
}

// When there is none, a recorder that was removed leaves the runtime.
Operation *RecorderLifecycle::nextOperation()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_any.operations.isEmpty())
            return &m_any.operations.first();
        if (!m_any.isRemoved || !m_status.hasStopped()) // the stop is about to be asked for
            return nullptr;
    }
    retryUntilAllocated([this] { leaveRuntime(); });
    return nullptr;
}

void RecorderLifecycle::settle(const RecorderRun::Outcome &ended)
{
    m_any.dispatcher->forget(client());
    client().leaveThread();
    static_cast<void>(client().inbox().tryIdle()); // unless events were left over
    {
        const std::lock_guard lock(m_mutex);
        if (ended.error)
            m_any.lastError.keep(ended.error);
        if (!m_status.isInRuntime())
            m_any.dispatcher.reset();
        m_status.reach(ended.hasFailed ? RecorderState::Failed : RecorderState::Stopped);
    }
    client().touch();
    if (ended.hasFailed)
        announceFailure(ended.error);
    announce(state());
}

void RecorderLifecycle::conclude(const Error &error)
{
    OperationList::Operations done;
    {
        const std::lock_guard lock(m_mutex);
        if (m_any.operations.isEmpty())
            return;
        m_any.operations.first().outcome = error;
        m_any.operations.moveFirstTo(done);
        while (!m_any.operations.isEmpty()) {
            Operation &next = m_any.operations.first();
            if (!m_status.isSettledAs(next.kind)) {
                retryUntilAllocated(
                        [&] { next.outcome = OperationExecutor(*this).begin(next, m_any); });
                if (!next.outcome)
                    break;
            }
            m_any.operations.moveFirstTo(done);
        }
    }
    for (Operation &operation : done)
        operation.finish();
}

void RecorderLifecycle::failBecauseOf(const Error &error)
{
    if (m_run.fail(error))
        retryUntilAllocated([this] { tryRequest(Kind::Stop, Execution::Queued); });
}

// On the runtime's thread, or when that has ended. Afterwards any thread may delete the QObject.
void RecorderLifecycle::leaveRuntime()
{
    Recorder *const recorder = m_run.hooks().recorder();
    if (recorder && recorder->thread() == QThread::currentThread())
        recorder->moveToThread(nullptr);
}

void RecorderLifecycle::announce(RecorderState reached)
{
    m_run.hooks().emitStateChanged(client().entityId(), reached);
}

void RecorderLifecycle::announceFailure(const Error &error)
{
    m_run.hooks().emitFailed(client().entityId(), error);
}

} // namespace Recorders::Internal

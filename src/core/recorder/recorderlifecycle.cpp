// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recorderlifecycle_p.h"

#include "core/dispatch/threaddispatchers_p.h"
#include "core/platform/cancellationguard_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/processwide_p.h"
#include "core/queue/backoff_p.h"
#include "core/recorder/metricregistry_p.h"
#include "core/recorder/recorderconfiguration_p.h"
#include "core/recorder/recordererrors_p.h"
#include "core/snapshot/readyfuture_p.h"
#include "core/value/outofmemoryerror_p.h"

#include <QLoggingCategory>
#include <QScopedValueRollback>
#include <QThread>

#include <utility>

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcLifecycle, "recorders.core.lifecycle", QtWarningMsg)

namespace {

constexpr std::size_t drainBatch = 1024;
constexpr int operationsPerTurn = 16;

// There is no memory for a future then, so this one is made in time.
struct OutOfMemoryFuture
{
    QFuture<Error> future = readyFuture(outOfMemory());
};

const QFuture<Error> &outOfMemoryFuture()
{
    return ProcessWide<OutOfMemoryFuture>::instance().future;
}

} // namespace

RecorderLifecycle::RecorderLifecycle(RecorderClient &client, Recorder &recorder,
                                     std::shared_ptr<Dispatcher> dispatcher)
    : m_client(client)
    , m_run(client, recorder)
    , m_isBeingMade(dispatcher != nullptr)
    , m_isInRuntime(dispatcher != nullptr)
    , m_dispatcher(std::move(dispatcher))
{
}

// state

RecorderState RecorderLifecycle::state() const noexcept
{
    return m_process.isForeign() ? RecorderState::Stopped : m_state.load(std::memory_order_acquire);
}

bool RecorderLifecycle::canHandleEvents() const noexcept
{
    const RecorderState now = state();
    return now == RecorderState::Starting || now == RecorderState::Running
            || (now == RecorderState::Stopping && !m_run.isOutOfTime());
}

bool RecorderLifecycle::isUp() const noexcept
{
    const RecorderState now = state();
    return now == RecorderState::Running || now == RecorderState::Stopping;
}

bool RecorderLifecycle::isSettledAs(Kind kind) const noexcept
{
    const RecorderState now = state();
    if (kind == Kind::Start)
        return now == RecorderState::Running;
    return now == RecorderState::Stopped || now == RecorderState::Failed;
}

Error RecorderLifecycle::lastError() const
{
    if (isForeign())
        return RecorderErrors::isForeign(m_client.entityId());
    const std::lock_guard lock(m_mutex);
    return m_any.lastError;
}

void RecorderLifecycle::keepError(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_any.lastError = error;
}

// the thread

std::shared_ptr<Dispatcher> RecorderLifecycle::openDispatcher() const
{
    if (isForeign())
        return nullptr;
    const std::lock_guard lock(m_mutex);
    return m_dispatcher && !isBeingMade() && !m_dispatcher->isClosed() ? m_dispatcher : nullptr;
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
    if (isForeign() || (isBeingMade() && state() == RecorderState::Starting))
        return false; // its thread knows it by the events that it holds
    const Recorder *const recorder = m_run.hooks().recorder();
    return recorder && recorder->thread() == QThread::currentThread();
}

void RecorderLifecycle::noteWork() noexcept
{
    if (m_dispatcher)
        m_dispatcher->noteWork(m_client);
}

void RecorderLifecycle::schedule(const std::shared_ptr<Dispatcher> &dispatcher)
{
    retryUntilAllocated([&] { dispatcher->scheduleOperations(m_client.share(), handle()); });
}

// producers

void RecorderLifecycle::activate() noexcept
{
    m_dispatcher->activate(m_client);
}

bool RecorderLifecycle::tryOpen() noexcept
{
    const EventInbox &inbox = m_client.inbox();
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
        if (isBeingMade())
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
        if (!m_dispatcher->attach(m_client))
            return false;
        m_process.bind();
        m_state.store(RecorderState::Starting, std::memory_order_release);
        m_client.inbox().open();
    }
    return m_client.inbox().isOpen();
}

bool RecorderLifecycle::endMaking(std::weak_ptr<Recorder> handle, bool hasHooks)
{
    const std::lock_guard lock(m_mutex);
    if (!hasHooks && !m_dispatcher->attach(m_client))
        return false;
    m_any.handle = std::move(handle);
    if (!hasHooks) {
        m_run.hooks().disable();
        m_process.bind();
        m_state.store(RecorderState::Running, std::memory_order_release);
    }
    m_client.enterJournal(); // before an event of it can be handled
    m_isBeingMade.store(false, std::memory_order_release);
    if (!hasHooks)
        m_client.inbox().open();
    return true;
}

// operations, any thread

QFuture<Error> RecorderLifecycle::request(Kind kind, Execution execution)
{
    try {
        if (isForeign())
            return readyFuture(kind == Kind::Start ? RecorderErrors::isForeign(m_client.entityId())
                                                   : Error());
        const auto reply = std::make_shared<OperationReply>();
        QFuture<Error> future = reply->future();
        tryRequest(kind, execution, reply);
        return future;
    } catch (const std::bad_alloc &) {
        return outOfMemoryFuture();
    }
}

RecorderLifecycle::Reply RecorderLifecycle::tryRequest(Kind kind, Execution execution)
{
    const auto reply = std::make_shared<OperationReply>();
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
            m_client.inbox().close(); // at once, also when it has to wait for a start
        m_any.operations.append(requested);
    }
    const std::shared_ptr<Dispatcher> dispatcher = m_dispatcher;
    lock.unlock();
    // Without a dispatcher, a stop is just being concluded, and what follows is taken up there. A
    // dispatcher closes only after all that is attached has settled: if it refuses, that is done.
    if (!dispatcher)
        return;
    const bool isDone =
            execution == Execution::AtOnceIfPossible && executeHere(*dispatcher, *reply);
    if (!isDone && !isJoined)
        schedule(dispatcher);
}

bool RecorderLifecycle::tryBegin(Operation &operation, std::unique_lock<Mutex> &lock)
{
    if (isSettledAs(operation.kind)) {
        lock.unlock();
    } else if (operation.kind == Kind::Stop && state() == RecorderState::Created) {
        m_state.store(RecorderState::Stopped, std::memory_order_release);
        lock.unlock();
        announce(RecorderState::Stopped);
    } else if (isBeingMade() && state() == RecorderState::Starting) {
        operation.outcome = RecorderErrors::isBeingMade(m_client.entityId());
        lock.unlock();
    } else {
        operation.outcome = begin(operation);
        if (!operation.outcome)
            return true;
        lock.unlock();
        announce(state());
        announceFailure(operation.outcome);
    }
    operation.finish();
    return false;
}

Error RecorderLifecycle::begin(Operation &operation)
{
    if (operation.kind == Kind::Start)
        return beginStart();
    operation.deadline = Clock::now() + m_client.options().stopTimeout;
    m_state.store(RecorderState::Stopping, std::memory_order_release);
    m_client.inbox().close(); // which may have been opened since the stop was asked for
    return {};
}

Error RecorderLifecycle::refusalToStart() const
{
    if (const Error error = configurationError(m_client.entityId(), m_client.options()))
        return error;
    return m_any.isRemoved ? RecorderErrors::wasRemoved(m_client.entityId()) : Error();
}

Error RecorderLifecycle::beginStart()
{
    if (const Error refusal = refusalToStart()) {
        m_any.lastError = refusal;
        return refusal;
    }
    if (isBeingMade())
        return RecorderErrors::isBeingMade(m_client.entityId());
    if (!m_run.hooks().recorder())
        return RecorderErrors::isBeingDeleted(m_client.entityId());
    const bool isOpenAlready = state() == RecorderState::Starting; // made, and holding events
    m_any.lastError = isOpenAlready ? Error() : attach();
    if (isOpenAlready || m_any.lastError)
        return m_any.lastError;

    m_process.bind();
    m_client.registry().forgetPublication();
    m_state.store(RecorderState::Starting, std::memory_order_release);
    EventInbox &inbox = m_client.inbox();
    if (!inbox.isAsleep()) // the last stop left events over: nobody else wakes the dispatcher
        activate();
    inbox.open();
    return {};
}

Error RecorderLifecycle::attach()
{
    std::shared_ptr<Dispatcher> dispatcher = m_dispatcher;
    if (!isInRuntime()) {
        Error error;
        dispatcher = ThreadDispatchers::ofThread(m_run.hooks().recorder()->thread(), &error);
        if (error) {
            error = RecorderErrors::cannotStart(m_client.entityId(), error);
            m_state.store(RecorderState::Failed, std::memory_order_release);
            return error;
        }
    }
    if (!dispatcher->attach(m_client))
        return RecorderErrors::hasNoThread(m_client.entityId());
    m_dispatcher = std::move(dispatcher);
    return {};
}

RecorderLifecycle::Reply RecorderLifecycle::remove()
{
    std::shared_ptr<Dispatcher> dispatcher;
    bool isIdle = false;
    {
        const std::lock_guard lock(m_mutex);
        m_any.isRemoved = true;
        dispatcher = m_dispatcher;
        isIdle = m_any.operations.isEmpty() && hasStopped();
    }
    try {
        if (!isIdle) {
            Reply stopped = tryRequest(Kind::Stop, Execution::AtOnceIfPossible);
            if (dispatcher->isCurrentThread() && stopped->isFinished())
                leaveRuntime(); // nobody advances it any more
            return stopped;
        }
        const auto done = std::make_shared<OperationReply>();
        if (dispatcher->isCurrentThread() || dispatcher->isClosed()) {
            leaveRuntime();
        } else {
            dispatcher->post(
                    [this, client = m_client.share(), handle = handle()] { leaveRuntime(); });
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
        dispatcher = m_dispatcher;
    }
    retryUntilAllocated([&] { tryRequest(Kind::Stop, Execution::Queued, done); });
    if (done->isFinished()) // it had stopped: then nobody else takes it off its thread
        schedule(dispatcher);
}

void RecorderLifecycle::detachRecorder()
{
    m_isBeingMade.store(
            false, std::memory_order_release); // its constructor threw, or its runtime refuses it
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    if (dispatcher && state() != RecorderState::Created) {
        retryUntilAllocated([&] {
            const Reply stopped = tryRequest(Kind::Stop, Execution::AtOnceIfPossible);
            // Deleted further down the stack of its own call it cannot wait: it stops afterwards.
            if (!dispatcher->isCurrentThread())
                stopped->wait();
        });
    }
    if (isForeign())
        ProcessFork::instance().keep(m_client.share());
    m_run.hooks().detach();
}

// operations, the recorder's thread

// Does what is asked for before it returns, unless another thread or a caller further up has to.
bool RecorderLifecycle::executeHere(Dispatcher &dispatcher, const OperationReply &reply)
{
    if (!dispatcher.isCurrentThread() || m_client.isEntered())
        return false;
    const std::shared_ptr<DispatchClient> self = m_client.share();
    const Clock::time_point until =
            Clock::now() + m_client.options().stopTimeout + Dispatcher::sliceTime;
    bool isInTime = true;
    Patience patience;
    Progress progress = Progress::Made;
    while (isInTime && progress != Progress::Over && !reply.isFinished()) {
        progress = advanceOnce();
        if (progress != Progress::Draining || tryDrain() > 0) {
            patience.renew();
            continue;
        }
        isInTime = Clock::now() < until; // if not, it goes on in the event loop
        patience.wait(); // a producer is suspended
    }
    dispatcher.finishIfDue();
    return isInTime;
}

// None if there is no memory for what is next; it can be tried again.
std::size_t RecorderLifecycle::tryDrain()
{
    try {
        return m_client.drain(drainBatch, Clock::now() + Dispatcher::sliceTime);
    } catch (const std::bad_alloc &) {
        return 0;
    }
}

bool RecorderLifecycle::advance()
{
    const std::shared_ptr<DispatchClient> self = m_client.share();
    // Others may go on asking for more: they must not keep the thread busy endlessly.
    for (int i = 0; i < operationsPerTurn; ++i) {
        const Progress progress = advanceOnce();
        if (progress != Progress::Made)
            return progress == Progress::Over;
    }
    return false;
}

RecorderLifecycle::Progress RecorderLifecycle::advanceOnce()
{
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    if (!isHere(dispatcher)) { // it has moved to another thread
        if (dispatcher)
            schedule(dispatcher);
        return Progress::Over;
    }
    if (m_client.isEntered())
        return Progress::Draining;
    Operation *const operation = nextOperation();
    if (!operation)
        return Progress::Over;
    std::optional<Error> outcome;
    {
        const QScopedValueRollback<bool> scope(m_isAdvancing, true);
        outcome = perform(*operation);
    }
    if (!outcome)
        return Progress::Draining;
    conclude(*outcome);
    return Progress::Made;
}

// Null: there is none. One that was removed has left the runtime then.
Operation *RecorderLifecycle::nextOperation()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_any.operations.isEmpty())
            return &m_any.operations.first();
        if (!m_any.isRemoved || !hasStopped()) // the stop is about to be asked for
            return nullptr;
    }
    retryUntilAllocated([this] { leaveRuntime(); });
    return nullptr;
}

std::optional<Error> RecorderLifecycle::perform(Operation &operation)
{
    if (operation.isDraining)
        return performDrain(operation);
    if (operation.kind == Kind::Start)
        return performStart(operation);
    operation.isDraining = true;
    announce(RecorderState::Stopping);
    return performDrain(operation);
}

std::optional<Error> RecorderLifecycle::performStart(Operation &operation)
{
    announce(RecorderState::Starting);
    if (m_run.begin()) {
        m_state.store(RecorderState::Running, std::memory_order_release);
        m_client.touch();
        announce(RecorderState::Running);
        return Error();
    }
    // The events that were held are handled all the same: they were accepted.
    m_state.store(RecorderState::Stopping, std::memory_order_release);
    m_client.inbox().close();
    operation.deadline = Clock::now() + m_client.options().stopTimeout;
    operation.isDraining = true;
    return performDrain(operation);
}

std::optional<Error> RecorderLifecycle::performDrain(Operation &operation)
{
    if (!m_run.isDrained(operation.deadline))
        return std::nullopt;
    return finishDrain(operation.kind == Kind::Stop);
}

Error RecorderLifecycle::finishDrain(bool hadStarted)
{
    const auto [outcome, hasFailed] = m_run.end(hadStarted);
    m_dispatcher->forget(m_client);
    static_cast<void>(m_client.inbox().tryIdle()); // unless events were left over
    {
        const std::lock_guard lock(m_mutex);
        if (outcome)
            m_any.lastError = outcome;
        if (!isInRuntime())
            m_dispatcher.reset();
        m_state.store(hasFailed ? RecorderState::Failed : RecorderState::Stopped,
                      std::memory_order_release);
    }
    m_client.touch();
    if (hasFailed)
        announceFailure(outcome);
    announce(state());
    return outcome;
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
            if (!isSettledAs(next.kind)) {
                retryUntilAllocated([&] { next.outcome = begin(next); });
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
    m_run.hooks().emitStateChanged(m_client.entityId(), reached);
}

void RecorderLifecycle::announceFailure(const Error &error)
{
    m_run.hooks().emitFailed(m_client.entityId(), error);
}

} // namespace Recorders::Internal

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/threaddispatchers_p.h"
#include "core/recorder/recordercore_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/platform/cancellationguard_p.h"
#include "core/platform/processwide_p.h"
#include "core/queue/backoff_p.h"
#include "core/snapshot/readyfuture_p.h"
#include "core/snapshot/snapshotjournal_p.h"

#include <QLoggingCategory>
#include <QThread>

#include <iterator>
#include <typeinfo>

// How a recorder starts and stops: the second half of RecorderCore.

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcLifecycle, "recorders.core.lifecycle", QtWarningMsg)

namespace {

constexpr std::size_t drainBatch = 1024;
constexpr int operationsPerTurn = 16;
constexpr std::size_t maxOperations = 3;

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

void RecorderCore::Operation::take(Operation &other)
{
    replies.insert(replies.end(), std::make_move_iterator(other.replies.begin()),
                   std::make_move_iterator(other.replies.end()));
    other.replies.clear();
}

void RecorderCore::Operation::finish()
{
    for (const Reply &reply : replies)
        reply->finish(outcome);
}

Error RecorderCore::configurationError(const QString &id, const RecorderOptions &options)
{
    const auto invalid = [&id](const QString &what) {
        return Error(ErrorCode::InvalidArgument,
                     QStringLiteral("Recorder \"%1\": %2").arg(id, what));
    };
    if (id.trimmed().isEmpty())
        return invalid(QStringLiteral("entityId is blank"));
    if (options.queueMaxSize < 1) {
        return invalid(QStringLiteral("queueMaxSize is %1, but must be at least 1")
                               .arg(options.queueMaxSize));
    }
    if (options.metricFailureLimit < 1) {
        return invalid(QStringLiteral("metricFailureLimit is %1, but must be at least 1")
                               .arg(options.metricFailureLimit));
    }
    const std::pair<const char *, std::chrono::milliseconds> times[] = {
        { "blockTimeout", options.blockTimeout },
        { "stopTimeout", options.stopTimeout },
        { "snapshotTimeout", options.snapshotTimeout },
    };
    for (const auto &[name, time] : times) {
        if (time < std::chrono::milliseconds::zero()) {
            return invalid(QStringLiteral("%1 is %2 ms, but must not be negative")
                                   .arg(QLatin1StringView(name))
                                   .arg(time.count()));
        }
    }
    return {};
}

const RecorderCore::RuntimeParts *RecorderCore::expectMaking(const RuntimeParts *runtime) noexcept
{
    thread_local const RuntimeParts *expected = nullptr;
    return std::exchange(expected, runtime);
}

bool RecorderCore::endMaking(std::weak_ptr<Recorder> handle, bool hasHooks)
{
    const std::lock_guard lock(m_mutex);
    if (!hasHooks && !m_dispatcher->attach(*this))
        return false;
    m_handle = std::move(handle);
    if (!hasHooks) {
        m_hasHooks = false;
        m_process.bind();
        m_state.store(RecorderState::Running, std::memory_order_release);
    }
    m_journal->add(*this); // before an event of it can be handled
    m_isBeingMade = false;
    if (!hasHooks)
        m_queue.open();
    return true;
}

// Returns whether it is worth while to try again.
bool RecorderCore::startByEvent() noexcept
{
    const RecorderState now = state();
    if (now == RecorderState::Starting) { // by another event, whose thread may not have opened yet
        const std::lock_guard lock(m_mutex);
        return m_queue.isOpen();
    }
    if (now == RecorderState::Running)
        return m_queue.isOpen();
    // Relaxed: a late look costs another attempt.
    if (now != RecorderState::Created || m_cannotStart.load(std::memory_order_relaxed))
        return false;
    const CancellationGuard guard;
    try {
        if (m_isBeingMade)
            return holdUntilMade();
        const Reply reply = tryRequest(Kind::Start, Execution::Queued);
        const Error refusal = reply->outcome().value_or(Error());
        if (refusal && !m_cannotStart.exchange(true, std::memory_order_relaxed))
            warn(lcLifecycle, [&refusal] { return refusal.message(); });
    } catch (...) {
        return false;
    }
    return m_queue.isOpen();
}

/*
    The constructor of a subclass may register events. It runs in the wrong thread to start, and
    before there is an object whose hooks could be called: so its events are held, and the start
    begins when the runtime has adopted it.
*/
bool RecorderCore::holdUntilMade()
{
    const std::lock_guard lock(m_mutex);
    if (state() == RecorderState::Created) {
        if (!m_dispatcher->attach(*this))
            return false;
        m_process.bind();
        m_state.store(RecorderState::Starting, std::memory_order_release);
        m_queue.open();
    }
    return m_queue.isOpen();
}

QFuture<Error> RecorderCore::start(Execution execution)
{
    return request(Kind::Start, execution);
}

QFuture<Error> RecorderCore::stop(Execution execution)
{
    return request(Kind::Stop, execution);
}

RecorderCore::Reply RecorderCore::remove()
{
    std::shared_ptr<Dispatcher> dispatcher;
    bool isIdle = false;
    {
        const std::lock_guard lock(m_mutex);
        m_isRemoved = true;
        dispatcher = m_dispatcher;
        isIdle = m_operations.empty() && isSettledAs(Kind::Stop);
    }
    try {
        if (!isIdle) {
            Reply stopped = tryRequest(Kind::Stop, Execution::AtOnceIfPossible);
            if (dispatcher->isCurrentThread() && stopped->isFinished())
                leaveRuntime(); // nobody advances it any more
            return stopped;
        }
        const auto done = std::make_shared<OperationReply>();
        if (dispatcher->isCurrentThread() || dispatcher->isClosed())
            leaveRuntime();
        else
            dispatcher->post(
                    [self = shared_from_this(), handle = handle()] { self->leaveRuntime(); });
        done->finish({});
        return done;
    } catch (const std::bad_alloc &) {
        const std::lock_guard lock(m_mutex);
        m_isRemoved = false;
        return nullptr;
    }
}

void RecorderCore::removeLater(const Reply &done)
{
    std::shared_ptr<Dispatcher> dispatcher;
    {
        const std::lock_guard lock(m_mutex);
        m_isRemoved = true;
        dispatcher = m_dispatcher;
    }
    retryUntilAllocated([&] { tryRequest(Kind::Stop, Execution::Queued, done); });
    if (done->isFinished()) // it had stopped: then nobody else takes it off its thread
        retryUntilAllocated([&] { dispatcher->scheduleOperations(shared_from_this(), handle()); });
}

bool RecorderCore::isSettledAs(Kind kind) const noexcept
{
    const RecorderState now = state();
    if (kind == Kind::Start)
        return now == RecorderState::Running;
    return now == RecorderState::Stopped || now == RecorderState::Failed;
}

QFuture<Error> RecorderCore::request(Kind kind, Execution execution)
{
    try {
        if (m_process.isForeign())
            return readyFuture(kind == Kind::Start ? foreignError() : Error());
        const auto reply = std::make_shared<OperationReply>();
        QFuture<Error> future = reply->future();
        tryRequest(kind, execution, reply);
        return future;
    } catch (const std::bad_alloc &) {
        return outOfMemoryFuture();
    }
}

RecorderCore::Reply RecorderCore::tryRequest(Kind kind, Execution execution)
{
    const auto reply = std::make_shared<OperationReply>();
    tryRequest(kind, execution, reply);
    return reply;
}

// Throws std::bad_alloc before anything is changed, or not at all.
void RecorderCore::tryRequest(Kind kind, Execution execution, const Reply &reply)
{
    std::list<Operation> requested(1);
    requested.front().kind = kind;
    requested.front().replies.push_back(reply);

    std::unique_lock lock(m_mutex);
    if (join(requested.front())) {
        const std::shared_ptr<Dispatcher> dispatcher = m_dispatcher;
        lock.unlock();
        if (dispatcher && execution == Execution::AtOnceIfPossible)
            executeHere(*dispatcher, *reply);
        return;
    }
    if (m_operations.empty()) {
        if (isSettledAs(kind)) {
            lock.unlock();
            requested.front().finish();
            return;
        }
        if (kind == Kind::Stop && state() == RecorderState::Created) {
            m_state.store(RecorderState::Stopped, std::memory_order_release);
            lock.unlock();
            announce(RecorderState::Stopped);
            requested.front().finish();
            return;
        }
        if (m_isBeingMade && state() == RecorderState::Starting) {
            requested.front().outcome = beingMadeError();
            lock.unlock();
            requested.front().finish();
            return;
        }
        if (const Error refusal = begin(requested.front())) {
            lock.unlock();
            refuse(refusal);
            requested.front().outcome = refusal;
            requested.front().finish();
            return;
        }
    }
    if (kind == Kind::Stop)
        closeGate(); // at once, also when it has to wait for a start
    m_operations.splice(m_operations.end(), requested);
    const std::shared_ptr<Dispatcher> dispatcher = m_dispatcher;
    lock.unlock();
    // Without a dispatcher, a stop is just being concluded, and what follows is taken up there. A
    // dispatcher closes only after all that is attached has settled: if it refuses, that is done.
    const bool isDone = dispatcher && execution == Execution::AtOnceIfPossible
            && executeHere(*dispatcher, *reply);
    if (dispatcher && !isDone)
        retryUntilAllocated([&] { dispatcher->scheduleOperations(shared_from_this(), handle()); });
}

/*
    Lets an operation of the same kind that has not ended do what is asked for. False: there is
    none.

    This bounds the list, whatever threads ask for without waiting: of start, stop and start, of
    which the first is under way, the last has not begun and is to be followed by another stop. So
    it joins the first, which does what it asks for, and the caller joins the second, which has not
    begun either and becomes the last word.
*/
bool RecorderCore::join(Operation &requested)
{
    if (m_operations.empty())
        return false;
    const auto last = std::prev(m_operations.end());
    if (last->kind == requested.kind) {
        last->take(requested);
        return true;
    }
    if (m_operations.size() < maxOperations)
        return false;
    std::prev(last)->take(requested);
    m_operations.front().take(*last);
    m_operations.erase(last);
    return true;
}

// Does what is asked for before it returns, unless another thread or a caller further up has to.
bool RecorderCore::executeHere(Dispatcher &dispatcher, const OperationReply &reply)
{
    if (!dispatcher.isCurrentThread() || isInCall() || m_isAdvancing)
        return false;
    const std::shared_ptr<RecorderCore> self = shared_from_this();
    const Clock::time_point until = Clock::now() + m_options.stopTimeout + Dispatcher::sliceTime;
    bool isInTime = true;
    Patience patience;
    Progress progress = Progress::Made;
    while (isInTime && progress != Progress::Over && !reply.isFinished()) {
        progress = advanceOnce();
        if (progress != Progress::Draining
            || tryDrain(drainBatch, Clock::now() + Dispatcher::sliceTime) > 0) {
            patience.renew();
            continue;
        }
        isInTime = Clock::now() < until; // if not, it goes on in the event loop
        patience.wait(); // a producer is suspended
    }
    dispatcher.finishIfDue();
    return isInTime;
}

void RecorderCore::refuse(const Error &error)
{
    announce(state());
    announceFailure(error);
}

Error RecorderCore::begin(Operation &operation)
{
    if (operation.kind == Kind::Start)
        return beginStart();
    operation.deadline = Clock::now() + m_options.stopTimeout;
    m_state.store(RecorderState::Stopping, std::memory_order_release);
    closeGate(); // which may have been opened since the stop was asked for
    return {};
}

Error RecorderCore::beingMadeError() const
{
    return Error(ErrorCode::InvalidState,
                 QStringLiteral("Recorder \"%1\" can neither start nor stop: it is being made by "
                                "its runtime")
                         .arg(m_entityId));
}

Error RecorderCore::beginStart()
{
    Error error = configurationError(m_entityId, m_options);
    if (!error && m_isRemoved) {
        error = Error(ErrorCode::InvalidState,
                      QStringLiteral("Recorder \"%1\" was removed from its runtime and cannot "
                                     "start again")
                              .arg(m_entityId));
    }
    if (error) {
        m_lastError = error;
        return error;
    }
    if (m_isBeingMade)
        return beingMadeError();
    if (!m_recorder) {
        return Error(ErrorCode::InvalidState,
                     QStringLiteral("Recorder \"%1\" cannot start: it is being deleted")
                             .arg(m_entityId));
    }
    if (state() == RecorderState::Starting) { // it was made, and has opened to hold events
        m_lastError = {};
        return {};
    }
    std::shared_ptr<Dispatcher> dispatcher = m_dispatcher;
    if (!isInRuntime()) {
        dispatcher = ThreadDispatchers::ofThread(m_recorder->thread(), &error);
        if (error) {
            m_lastError = Error(error.code(),
                                QStringLiteral("Recorder \"%1\" cannot start: %2")
                                        .arg(m_entityId, error.message()));
            m_state.store(RecorderState::Failed, std::memory_order_release);
            return m_lastError;
        }
    }
    if (!dispatcher->attach(*this)) {
        m_lastError = Error(ErrorCode::InvalidState,
                            QStringLiteral("Recorder \"%1\" cannot start: its thread has ended")
                                    .arg(m_entityId));
        return m_lastError;
    }
    m_dispatcher = std::move(dispatcher);
    m_process.bind();
    m_lastError = {};
    m_hasPublished = false;
    m_state.store(RecorderState::Starting, std::memory_order_release);
    if (!m_queue.isAsleep()) // the last stop left events over: nobody else wakes the dispatcher
        m_dispatcher->activate(*this);
    m_queue.open();
    return {};
}

bool RecorderCore::advance()
{
    const std::shared_ptr<RecorderCore> self = shared_from_this();
    // Others may go on asking for more: they must not keep the thread busy endlessly.
    for (int i = 0; i < operationsPerTurn; ++i) {
        const Progress progress = advanceOnce();
        if (progress != Progress::Made)
            return progress == Progress::Over;
    }
    return false;
}

RecorderCore::Progress RecorderCore::advanceOnce()
{
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    if (!isHere(dispatcher)) { // it has moved to another thread
        if (dispatcher)
            retryUntilAllocated(
                    [&] { dispatcher->scheduleOperations(shared_from_this(), handle()); });
        return Progress::Over;
    }
    if (isInCall() || m_isAdvancing)
        return Progress::Draining;
    Operation *operation = nullptr;
    bool leaves = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_operations.empty())
            leaves = m_isRemoved && isSettledAs(Kind::Stop); // or the stop is about to be asked for
        else
            operation = &m_operations.front(); // a list: it stays where it is
    }
    if (!operation) {
        if (leaves)
            retryUntilAllocated([this] { leaveRuntime(); });
        return Progress::Over;
    }
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

std::optional<Error> RecorderCore::perform(Operation &operation)
{
    if (operation.isDraining)
        return performDrain(operation);
    if (operation.kind == Kind::Start)
        return performStart(operation);
    operation.isDraining = true;
    announce(RecorderState::Stopping);
    return performDrain(operation);
}

std::optional<Error> RecorderCore::performStart(Operation &operation)
{
    announce(RecorderState::Starting);
    m_failure = {};
    m_hasHooks = m_recorder && typeid(*m_recorder) != typeid(Recorder);
    if (m_hasHooks)
        m_failure = callHook("onStarting()", [this] { m_recorder->onStarting(); });
    if (!m_failure) {
        m_state.store(RecorderState::Running, std::memory_order_release);
        touch();
        announce(RecorderState::Running);
        return Error();
    }
    // The events that were held are handled all the same: they were accepted.
    m_state.store(RecorderState::Stopping, std::memory_order_release);
    closeGate();
    operation.deadline = Clock::now() + m_options.stopTimeout;
    operation.isDraining = true;
    return performDrain(operation);
}

/*
    Past this, no producer is between its claim and its publication: it may use the dispatcher, and
    the queue cannot open again before. Should one be suspended there, this recorder waits for it,
    longer than it has time to drain if need be, and others go on meanwhile. What is published then
    is left over: the time was up.
*/
std::optional<Error> RecorderCore::performDrain(Operation &operation)
{
    if (hasPending()) {
        m_isOutOfTime = Clock::now() >= operation.deadline;
        if (!m_isOutOfTime || !m_queue.isPublished())
            return std::nullopt;
    }
    m_isOutOfTime = false;
    return finishDrain(operation.kind == Kind::Stop);
}

Error RecorderCore::finishDrain(bool hadStarted)
{
    Error hookFailure;
    if (hadStarted && m_hasHooks && m_recorder)
        hookFailure = callHook("onStopped()", [this] { m_recorder->onStopped(); });
    retryUntilAllocated([this] { publish(); });
    m_metrics.forgetTypes();
    const quint64 leftOver = statistics().pending;
    Error outcome = std::exchange(m_failure, {}); // also of a snapshot just now
    const bool hasFailed = bool(outcome);
    if (leftOver > 0)
        outcome = timeoutError(leftOver);
    m_metrics.slowRun().judge(false);
    if (!outcome)
        outcome = hookFailure;
    m_dispatcher->forget(*this);
    static_cast<void>(m_queue.tryIdle()); // unless events were left over
    {
        const std::lock_guard lock(m_mutex);
        if (outcome)
            m_lastError = outcome;
        if (!isInRuntime())
            m_dispatcher.reset();
        m_state.store(hasFailed ? RecorderState::Failed : RecorderState::Stopped,
                      std::memory_order_release);
    }
    touch();
    if (hasFailed)
        announceFailure(outcome);
    announce(state());
    return outcome;
}

Error RecorderCore::timeoutError(quint64 leftOver) const
{
    return Error(ErrorCode::Timeout, textOf([&] {
                     const QString slowest = m_metrics.slowest();
                     return QStringLiteral("Recorder \"%1\": %2 events were not handled within the "
                                           "stopTimeout of %3 ms%4")
                             .arg(m_entityId, QString::number(leftOver),
                                  QString::number(m_options.stopTimeout.count()),
                                  slowest.isEmpty()
                                          ? QString()
                                          : QStringLiteral(", the slowest was ") + slowest);
                 }));
}

// On the runtime's thread, or when that has ended. Afterwards any thread may delete the QObject.
void RecorderCore::leaveRuntime()
{
    if (m_recorder && m_recorder->thread() == QThread::currentThread())
        m_recorder->moveToThread(nullptr);
}

void RecorderCore::conclude(const Error &error)
{
    std::list<Operation> done;
    {
        const std::lock_guard lock(m_mutex);
        if (m_operations.empty())
            return;
        m_operations.front().outcome = error;
        done.splice(done.end(), m_operations, m_operations.begin());
        while (!m_operations.empty()) {
            Operation &next = m_operations.front();
            if (!isSettledAs(next.kind)) {
                retryUntilAllocated([&] { next.outcome = begin(next); });
                if (!next.outcome)
                    break;
            }
            done.splice(done.end(), m_operations, m_operations.begin());
        }
    }
    for (Operation &operation : done)
        operation.finish();
}

void RecorderCore::closeGate() noexcept
{
    m_queue.close();
    if (!m_blocked)
        return;
    const std::lock_guard lock(m_blocked->mutex);
    m_blocked->room.notify_all();
}

void RecorderCore::announce(RecorderState reached)
{
    announceBy([reached](Recorder &recorder) { Q_EMIT recorder.stateChanged(reached); });
}

void RecorderCore::announceFailure(const Error &error)
{
    announceBy([&error](Recorder &recorder) { Q_EMIT recorder.failed(error); });
}

// What a slot throws must not end the recorder's thread, and a queued slot may find no memory.
template <typename Emit>
void RecorderCore::announceBy(Emit emitTo)
{
    if (!m_recorder || ApplicationExit::isProcessExiting())
        return;
    try {
        emitTo(*m_recorder);
    } catch (...) {
        warn(lcLifecycle, [this] {
            return QStringLiteral("Recorder \"%1\": a slot connected to its signal threw")
                    .arg(m_entityId);
        });
    }
}

void RecorderCore::detachRecorder()
{
    m_isBeingMade = false; // its constructor threw, or its runtime refuses it
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    if (dispatcher && state() != RecorderState::Created) {
        retryUntilAllocated([&] {
            const Reply stopped = tryRequest(Kind::Stop, Execution::AtOnceIfPossible);
            // Deleted further down the stack of its own call it cannot wait: it stops afterwards.
            if (!dispatcher->isCurrentThread())
                stopped->wait();
        });
    }
    if (m_process.isForeign())
        ProcessFork::instance().keep(shared_from_this());
    m_recorder = nullptr;
}

} // namespace Recorders::Internal

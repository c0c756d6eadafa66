// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/operationexecutor_p.h"

#include "core/dispatch/threaddispatchers_p.h"
#include "core/queue/backoff_p.h"
#include "core/recorder/metricregistry_p.h"
#include "core/recorder/recorderconfiguration_p.h"
#include "core/recorder/recordererrors_p.h"

#include <utility>

namespace Recorders::Internal {

namespace {

constexpr std::size_t drainBatch = 1024;
constexpr int operationsPerTurn = 16;

} // namespace

OperationExecutor::OperationExecutor(RecorderLifecycle &lifecycle)
    : m_lifecycle(lifecycle)
    , m_client(lifecycle.client())
    , m_status(lifecycle.status())
    , m_run(lifecycle.run())
{
}

// any thread

Error OperationExecutor::begin(Operation &operation, RecorderLifecycle::AnyThread &any)
{
    if (operation.kind == Operation::Kind::Start)
        return beginStart(any);
    operation.deadline = Clock::now() + m_client.options().stopTimeout;
    m_status.reach(RecorderState::Stopping);
    m_client.inbox().close(); // which may have been opened since the stop was asked for
    return {};
}

Error OperationExecutor::beginStart(RecorderLifecycle::AnyThread &any)
{
    if (Error refusal = refusalToStart(any)) {
        any.lastError.keep(refusal);
        return refusal;
    }
    if (m_status.isBeingMade())
        return RecorderErrors::isBeingMade(m_client.entityId());
    if (!m_run.hooks().recorder())
        return RecorderErrors::isBeingDeleted(m_client.entityId());
    const bool isOpenAlready =
            m_status.state() == RecorderState::Starting; // made, and holding events
    Error failure = isOpenAlready ? Error() : attach(any);
    any.lastError.keep(failure);
    if (isOpenAlready || failure)
        return failure;

    m_status.bindToProcess();
    m_client.registry().forgetPublication();
    m_status.reach(RecorderState::Starting);
    EventInbox &inbox = m_client.inbox();
    if (!inbox.isAsleep()) // the last stop left events over: nobody else wakes the dispatcher
        any.dispatcher->activate(m_client);
    inbox.open();
    return {};
}

Error OperationExecutor::refusalToStart(const RecorderLifecycle::AnyThread &any) const
{
    if (Error error = configurationError(m_client.entityId(), m_client.options()))
        return error;
    return any.isRemoved ? RecorderErrors::wasRemoved(m_client.entityId()) : Error();
}

Error OperationExecutor::attach(RecorderLifecycle::AnyThread &any)
{
    std::shared_ptr<Dispatcher> dispatcher = any.dispatcher;
    if (!m_status.isInRuntime()) {
        Error error;
        dispatcher = ThreadDispatchers::ofThread(m_run.hooks().recorder()->thread(), &error);
        if (error) {
            error = RecorderErrors::cannotStart(m_client.entityId(), error);
            m_status.reach(RecorderState::Failed);
            return error;
        }
    }
    if (!dispatcher->attach(m_client))
        return RecorderErrors::hasNoThread(m_client.entityId());
    any.dispatcher = std::move(dispatcher);
    return {};
}

// the recorder's thread

bool OperationExecutor::execute(Dispatcher &dispatcher, const OperationReply &reply)
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
std::size_t OperationExecutor::tryDrain()
{
    try {
        return m_client.drain(drainBatch, Clock::now() + Dispatcher::sliceTime);
    } catch (const std::bad_alloc &) {
        return 0;
    }
}

bool OperationExecutor::advance()
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

OperationExecutor::Progress OperationExecutor::advanceOnce()
{
    const std::shared_ptr<Dispatcher> dispatcher = m_lifecycle.openDispatcher();
    if (!m_lifecycle.isHere(dispatcher)) { // it has moved to another thread
        if (dispatcher)
            m_lifecycle.schedule(dispatcher);
        return Progress::Over;
    }
    if (m_client.isEntered())
        return Progress::Draining;
    Operation *const operation = m_lifecycle.nextOperation();
    if (!operation)
        return Progress::Over;
    std::optional<Error> outcome;
    {
        const RecorderRun::Step step(m_run);
        m_client.enterThread();
        outcome = perform(*operation);
    }
    if (!outcome)
        return Progress::Draining;
    m_lifecycle.conclude(*outcome);
    return Progress::Made;
}

std::optional<Error> OperationExecutor::perform(Operation &operation)
{
    if (operation.isDraining)
        return performDrain(operation);
    if (operation.kind == Operation::Kind::Start)
        return performStart(operation);
    operation.isDraining = true;
    m_lifecycle.announce(RecorderState::Stopping);
    return performDrain(operation);
}

std::optional<Error> OperationExecutor::performStart(Operation &operation)
{
    m_lifecycle.announce(RecorderState::Starting);
    if (m_run.begin()) {
        m_status.reach(RecorderState::Running);
        m_client.touch();
        m_lifecycle.announce(RecorderState::Running);
        return Error();
    }
    // The events that were held are handled all the same: they were accepted.
    m_status.reach(RecorderState::Stopping);
    m_client.inbox().close();
    operation.deadline = Clock::now() + m_client.options().stopTimeout;
    operation.isDraining = true;
    return performDrain(operation);
}

std::optional<Error> OperationExecutor::performDrain(Operation &operation)
{
    if (!m_run.isDrained(operation.deadline))
        return std::nullopt;
    const RecorderRun::Outcome ended = m_run.end(operation.kind == Operation::Kind::Stop);
    m_lifecycle.settle(ended);
    return ended.error;
}

} // namespace Recorders::Internal

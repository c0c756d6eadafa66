// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recorderrun_p.h"

#include "core/platform/outofmemory_p.h"
#include "core/recorder/eventinbox_p.h"
#include "core/recorder/metricregistry_p.h"

#include <utility>

namespace Recorders::Internal {

RecorderRun::RecorderRun(RecorderClient &client, Recorder &recorder)
    : m_client(client)
    , m_hooks(recorder)
{
}

bool RecorderRun::begin()
{
    m_failure.keep({});
    m_hooks.enableIfOverridden();
    if (m_hooks.isEnabled()) {
        m_client.noteWork();
        m_failure.keep(m_hooks.callOnStarting(m_client.entityId()));
    }
    return !m_failure;
}

bool RecorderRun::fail(const Error &error)
{
    if (m_failure)
        return false;
    m_failure.keep(error);
    return true;
}

/*
    Past this, no producer is between its claim and its publication: it may use the dispatcher, and
    the queue cannot open again before. Should one be suspended there, this recorder waits for it,
    longer than it has time to drain if need be, and others go on meanwhile. What is published then
    is left over: the time was up.
*/
bool RecorderRun::isDrained(Clock::time_point deadline)
{
    const EventInbox &inbox = m_client.inbox();
    if (inbox.hasPending()) {
        m_isOutOfTime = Clock::now() >= deadline;
        if (!m_isOutOfTime || !inbox.isPublished())
            return false;
    }
    m_isOutOfTime = false;
    return true;
}

RecorderRun::Outcome RecorderRun::end(bool hasBegun)
{
    Error hookFailure;
    if (hasBegun && m_hooks.isEnabled()) {
        m_client.noteWork();
        hookFailure = m_hooks.callOnStopped(m_client.entityId());
    }
    MetricRegistry &registry = m_client.registry();
    m_client.noteWork();
    retryUntilAllocated([&registry] { registry.publish(); });
    MetricSet &metrics = registry.metrics();
    metrics.forgetTypes();
    Outcome outcome;
    outcome.error = std::exchange(m_failure, {}).error(); // also of a snapshot just now
    outcome.hasFailed = bool(outcome.error);
    if (const quint64 leftOver = m_client.inbox().pending(); leftOver > 0)
        outcome.error = timeoutError(leftOver);
    metrics.slowRun().judge(false);
    if (!outcome.error)
        outcome.error = hookFailure;
    return outcome;
}

Error RecorderRun::timeoutError(quint64 leftOver) const
{
    return Error(ErrorCode::Timeout, textOf([&] {
                     const QString slowest = m_client.registry().metrics().slowest();
                     return QStringLiteral("Recorder \"%1\": %2 events were not handled within the "
                                           "stopTimeout of %3 ms%4")
                             .arg(m_client.entityId(), QString::number(leftOver),
                                  QString::number(m_client.options().stopTimeout.count()),
                                  slowest.isEmpty()
                                          ? QString()
                                          : QStringLiteral(", the slowest was ") + slowest);
                 }));
}

} // namespace Recorders::Internal

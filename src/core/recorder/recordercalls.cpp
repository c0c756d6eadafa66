// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recordercore_p.h"

#include "core/recorder/recordererrors_p.h"
#include "core/snapshot/outline_p.h"
#include "core/snapshot/snapshotjournal_p.h"
#include "core/value/outofmemoryerror_p.h"

#include <QLoggingCategory>

// What any thread asks a recorder for, and its thread answers.

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcRecorderCalls, "recorders.core.recorder", QtWarningMsg)

namespace {

// How long latestSnapshots() waits for a thread that has published nothing yet; and how long one
// call of a metric or hook has to take until it is not waited for.
constexpr std::chrono::milliseconds firstLookTimeout{ 20 };
constexpr std::chrono::milliseconds longCall{ 2 };

template <typename Compose>
Error warnedTimeout(Compose compose)
{
    Error late(ErrorCode::Timeout, textOf(compose));
    warn(lcRecorderCalls, [&late] { return late.message(); });
    return late;
}

} // namespace

// metrics

bool RecorderCore::registerMetric(std::unique_ptr<Metric> metric, Error *error)
{
    Error refusal;
    try {
        refusal = isForeign() ? RecorderErrors::isForeign(entityId()) : m_registry.add(metric);
        if (!refusal)
            touch();
        else if (!isForeign())
            refusal =
                    Error(refusal.code(),
                          QStringLiteral("Recorder \"%1\": %2").arg(entityId(), refusal.message()));
    } catch (const std::bad_alloc &) {
        refusal = outOfMemory();
    }
    if (error)
        *error = refusal;
    return !refusal;
}

bool RecorderCore::removeMetric(const QString &name)
{
    if (isForeign())
        return false;
    try {
        return tryRemoveMetric(name);
    } catch (const std::bad_alloc &) {
        return false;
    }
}

bool RecorderCore::tryRemoveMetric(const QString &name)
{
    using Order = MetricRegistry::RemovalOrder;
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    const bool isHereNow = isHere(dispatcher);
    std::optional<RemoteCall> call;
    if (dispatcher && !isHereNow)
        call.emplace([this, asked = dispatcher.get()] { adoptIfServedBy(*asked); });
    const auto post = [&](quint64 ticket) {
        if (call && !call->postTo(*dispatcher, shared_from_this(), ticket))
            call.reset();
    };
    const bool isAtOnce = isHereNow && (!dispatcher || isInCall());
    const Order order = isAtOnce ? Order::AtOnce
            : dispatcher         ? Order::AfterEvents
                                 : Order::WithoutEvents;
    const MetricRegistry::Removal removal = m_registry.remove(name, order, post);
    if (removal == MetricRegistry::Removal::NoSuchMetric)
        return false;
    if (removal == MetricRegistry::Removal::Pending && (call || isHereNow))
        awaitRemoval(name, *dispatcher, call);
    touch();
    return true;
}

// On the thread that was asked, which may not be the recorder's any more.
void RecorderCore::adoptIfServedBy(const Dispatcher &asked)
{
    if (isServedBy(asked))
        m_registry.adopt();
}

// By the call, or without one here, where the events can be brought to the metric.
void RecorderCore::awaitRemoval(const QString &name, const Dispatcher &dispatcher,
                                std::optional<RemoteCall> &call)
{
    const QDeadlineTimer deadline(m_options->snapshotTimeout);
    if (call) {
        call->wait(deadline);
    } else {
        drainTo(m_inbox.ticket(), deadline);
        m_registry.adopt();
    }
    if (m_registry.isBeingRemoved(name)) {
        warn(lcRecorderCalls, [&] {
            return QStringLiteral(
                           "Recorder \"%1\": metric \"%2\" is removed later, its thread is %3")
                    .arg(entityId(), name, dispatcher.occupation());
        });
    }
}

void RecorderCore::resetMetrics()
{
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    const auto reset = [self = shared_from_this()] {
        if (!self->m_lifecycle.status().isUp())
            return; // what it published when it stopped are its last snapshots
        self->noteWork();
        self->m_registry.reset();
        self->touch();
    };
    const auto resetThere = [self = shared_from_this(), reset, asked = dispatcher.get()] {
        if (self->isServedBy(*asked))
            reset();
        else
            self->resetMetrics(); // it has another thread by now
    };
    try {
        if (isHere(dispatcher) && !isInCall()) {
            drainTo(m_inbox.ticket(), QDeadlineTimer(m_options->snapshotTimeout));
            reset();
        } else if (dispatcher) {
            dispatcher->post(resetThere, shared_from_this(), m_inbox.ticket());
        }
    } catch (const std::bad_alloc &) {
        warn(lcRecorderCalls, [this] {
            return QStringLiteral("Recorder \"%1\": its metrics are not reset, there is not enough "
                                  "memory")
                    .arg(entityId());
        });
    }
}

QStringList RecorderCore::metricNames() const
{
    return isForeign() ? QStringList() : m_registry.names();
}

// snapshots

QList<MetricSnapshot> RecorderCore::metricSnapshots(Error *error)
{
    Error unwanted;
    Error &failure = error ? *error : unwanted;
    failure = {};
    try {
        return tryMetricSnapshots(failure);
    } catch (const std::bad_alloc &) {
        warn(lcRecorderCalls, [this] {
            return QStringLiteral("Recorder \"%1\": there is not enough memory for snapshots, "
                                  "these are the latest published")
                    .arg(entityId());
        });
        failure = outOfMemory();
        return published();
    }
}

QList<MetricSnapshot> RecorderCore::tryMetricSnapshots(Error &error)
{
    const quint64 fence = m_inbox.ticket();
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    if (isHere(dispatcher))
        return snapshotsHere(fence, error);
    if (!dispatcher)
        return published();

    const auto reply = std::make_shared<QList<MetricSnapshot>>();
    const auto answer = [this, reply, asked = dispatcher.get()] {
        *reply = isServedBy(*asked) ? publish() : published();
    };
    switch (RemoteCall::perform(*dispatcher, shared_from_this(), m_inbox.ticket(), answer,
                                QDeadlineTimer(m_options->snapshotTimeout))) {
    case RemoteCall::Result::Done:
        return isServedBy(*dispatcher) ? *reply : tryMetricSnapshots(error); // it has moved
    case RemoteCall::Result::Late:
        error = warnedTimeout([&] {
            return QStringLiteral("Recorder \"%1\": its thread is %2 and gave no snapshots within "
                                  "%3 ms, these are the latest published")
                    .arg(entityId(), dispatcher->occupation(),
                         QString::number(m_options->snapshotTimeout.count()));
        });
        return published();
    case RemoteCall::Result::NoMemory:
        throw std::bad_alloc();
    case RemoteCall::Result::NoThread:
        break;
    }
    return published();
}

QList<MetricSnapshot> RecorderCore::snapshotsHere(quint64 fence, Error &error)
{
    if (m_registry.metrics().isVisiting())
        return published(); // a metric asks for them in its own snapshot() or reset()
    if (m_registry.metrics().isDispatching()) {
        m_registry.metrics().finishFromWithin();
    } else if (!isInCall()) {
        if (!drainTo(fence, QDeadlineTimer(m_options->snapshotTimeout))) {
            error = warnedTimeout([&] {
                return QStringLiteral("Recorder \"%1\": its snapshots are without %2 events that "
                                      "were not handled within %3 ms")
                        .arg(entityId(), QString::number(fence - handled()),
                             QString::number(m_options->snapshotTimeout.count()));
            });
        }
    }
    return publish();
}

QList<MetricSnapshot> RecorderCore::publish()
{
    noteWork();
    return m_registry.publish();
}

QList<MetricSnapshot> RecorderCore::published() const
{
    return isForeign() ? QList<MetricSnapshot>() : m_registry.published();
}

/*
    Nothing is published as long as nobody looks, and nobody waits who looks again and again: a look
    returns what was published last, and has the thread publish once more if something has changed.
    One such request is on its way at most, so that it does not matter how often somebody looks.

    Only when nothing was published since the recorder has started, a look waits: for a short time,
    and not for a thread that is known to be held up.
*/
QList<MetricSnapshot> RecorderCore::latestSnapshots()
{
    if (isForeign())
        return {};
    try {
        const bool hasThread = m_lifecycle.status().isUp() || state() == RecorderState::Starting;
        if (m_registry.noteLook() && hasThread) {
            if (const std::shared_ptr<Dispatcher> dispatcher = openDispatcher())
                requestPublication(dispatcher);
        }
    } catch (const std::bad_alloc &) {
        // The next look tries again.
    }
    return published();
}

bool RecorderCore::canPublish() const noexcept
{
    return m_lifecycle.status().isUp() && !isInCall();
}

void RecorderCore::requestPublication(const std::shared_ptr<Dispatcher> &dispatcher)
{
    if (dispatcher->isCurrentThread()) {
        if (canPublish())
            publish();
        return;
    }
    const auto post = [this, &dispatcher]() -> MetricRegistry::Request {
        const auto answer = [this, asked = dispatcher.get()] {
            answerLook(asked);
        };
        auto call = std::make_shared<RemoteCall>(answer);
        return call->postTo(*dispatcher, shared_from_this(), 0) ? call : nullptr;
    };
    const MetricRegistry::Request request = m_registry.requestPublication(post);
    if (request && !dispatcher->isHeldUp())
        awaitPublication(*dispatcher, request);
}

// On the thread that was asked, which may not be the recorder's any more.
void RecorderCore::answerLook(const Dispatcher *asked)
{
    m_registry.takeRequest();
    if (openDispatcher().get() == asked && canPublish())
        publish();
}

void RecorderCore::awaitPublication(Dispatcher &dispatcher, const MetricRegistry::Request &request)
{
    const Clock::time_point until = Clock::now() + firstLookTimeout;
    for (bool isHeldUp = false; !isHeldUp;) {
        const bool wasInCall = isUserCallUnderWay();
        const quint64 handledBefore = handled();
        if (request->wait(QDeadlineTimer(longCall)) != RemoteCall::Result::Late)
            return;
        isHeldUp = Clock::now() >= until
                || (wasInCall && isUserCallUnderWay() && handled() == handledBefore
                    && m_registry.isRequested(request));
    }
    dispatcher.noteHeldUp();
}

void RecorderCore::publishIfWatched() noexcept
{
    try {
        if (m_registry.isOutdated() && canPublish())
            publish();
    } catch (const std::bad_alloc &) {
        // It stays outdated, so that the next look asks for it.
    }
}

RecorderSnapshot RecorderCore::ownSnapshot() const
{
    RecorderSnapshot snapshot;
    snapshot.entityId = entityId();
    snapshot.generation = journalLink.generation;
    snapshot.state = state();
    snapshot.statistics = statistics();
    snapshot.error = m_lifecycle.lastError();
    return snapshot;
}

RecorderSnapshot RecorderCore::snapshotSince(quint64 version, SnapshotDetail detail)
{
    RecorderSnapshot snapshot = ownSnapshot();
    snapshot.detail = detail;
    if (detail == SnapshotDetail::RecordersOnly)
        return snapshot;
    addMetrics(snapshot, version);
    return snapshot;
}

// One that has stopped has published its metrics for the last time.
LastSnapshots::Pointer RecorderCore::lastSnapshot() const noexcept
{
    if (isForeign() || !m_lifecycle.status().hasStopped())
        return nullptr;
    try {
        RecorderSnapshot snapshot = ownSnapshot();
        snapshot.resets = m_registry.resets();
        snapshot.metrics = published();
        snapshot.isComplete = true;
        return std::make_shared<const RecorderSnapshot>(
                LastSnapshots::keepable(std::move(snapshot)));
    } catch (const std::bad_alloc &) {
        return nullptr;
    }
}

// An outline is told by all of them when it changes: that is seldom.
void RecorderCore::addMetrics(RecorderSnapshot &snapshot, quint64 version)
{
    snapshot.resets = m_registry.resets();
    if (!openDispatcher()) {
        snapshot.detail = SnapshotDetail::Metrics;
        snapshot.isComplete = true;
        snapshot.metrics = published();
        return;
    }
    const bool isOutline = snapshot.detail == SnapshotDetail::Outline;
    MetricSet &metrics = m_registry.metrics();
    if (!metrics.isBusy())
        m_registry.adopt();
    const bool isToStamp = isOutline ? metrics.isRestructured() : metrics.hasUnstampedChanges();
    if (isToStamp && m_journal)
        metrics.stampChanges(m_journal->touch(*this));
    snapshot.isComplete = isOutline ? isToldWhole(snapshot.state, metrics.restructuredAt(), version)
                                    : version == 0 || metrics.restructuredAt() > version;
    if (isOutline && !snapshot.isComplete)
        return;
    noteWork();
    snapshot.metrics = metrics.snapshotsSince(snapshot.isComplete ? 0 : version);
    // What changes with time is not told again, unless all metrics are asked for.
    if (!isOutline || !metrics.wasAging())
        snapshot.detail = SnapshotDetail::Metrics;
    // Those that change with time are asked for again, for as long as somebody asks.
    if (!isOutline && metrics.noteAging() && m_journal)
        metrics.stampChanges(m_journal->touch(*this));
}

bool RecorderCore::flush(QDeadlineTimer deadline)
{
    const quint64 fence = m_inbox.ticket();
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    // Also if nothing is pending: what remembers the events' types must forget them.
    if (isHere(dispatcher) && !isInCall()) {
        drainTo(fence, deadline);
        m_registry.metrics().forgetTypes();
        publishIfWatched();
    } else if (dispatcher && !isHere(dispatcher)) {
        const auto conclude = [this, asked = dispatcher.get()] {
            if (!isServedBy(*asked))
                return;
            m_registry.metrics().forgetTypes();
            publishIfWatched();
        };
        const RemoteCall::Result result = RemoteCall::perform(*dispatcher, shared_from_this(),
                                                              m_inbox.ticket(), conclude, deadline);
        if (result == RemoteCall::Result::Done && !isServedBy(*dispatcher))
            return flush(deadline); // it has moved
    }
    return handled() >= fence;
}

} // namespace Recorders::Internal

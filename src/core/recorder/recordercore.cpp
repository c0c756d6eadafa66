// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recordercore_p.h"

#include "core/platform/ownedstring_p.h"
#include "core/queue/backoff_p.h"
#include "core/recorder/drainpace_p.h"
#include "core/recorder/eventaccess_p.h"
#include "core/recorder/handlingtime_p.h"
#include "core/snapshot/snapshotjournal_p.h"

#include <QLoggingCategory>
#include <QScopedValueRollback>

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcRecorder, "recorders.core.recorder", QtWarningMsg)

template EventLane<LaneTraits> *EventLane<LaneTraits>::withdraw() noexcept;

EventSlot *tryClaimSlot(RecorderCore &core) noexcept
{
    return core.tryClaim();
}

RecordLane *reenterLane(RecorderCore &core, std::size_t size) noexcept
{
    return core.inbox().reenterLane(size);
}

Claim claimSlotSlowly(RecorderCore &core) noexcept
{
    return core.claim();
}

EventPlace reservePlace(RecorderCore &core, std::size_t size, std::size_t alignment) noexcept
{
    const RecordEntry entry =
            enterLaneSlowly(core.inbox().gate(), core, EventRecord::size(size, alignment));
    if (entry)
        return { EventRecord::payload(entry.record(), alignment), nullptr, entry,
                 RegisterResult::Accepted };
    const Claim claim = claimSlot(core);
    return { claim.slot ? claim.slot->storage : nullptr, claim.slot, {}, claim.result };
}

void publishEvent(const EventPlace &place, const EventType &type, std::size_t size,
                  std::size_t alignment) noexcept
{
    if (place.slot) {
        place.slot->type.store(&type, std::memory_order_release);
    } else {
        EventRecord::name(place.entry.record(), type, false);
        place.entry.publish(EventRecord::size(size, alignment));
    }
}

RegisterResult rejectEvent(RecorderCore &core) noexcept
{
    return core.inbox().reject();
}

const RecorderCore::RuntimeParts *RecorderCore::expectMaking(const RuntimeParts *runtime) noexcept
{
    thread_local const RuntimeParts *expected = nullptr;
    return std::exchange(expected, runtime);
}

RecorderCore::RecorderCore(Recorder &recorder, QString entityId, RecorderOptions options)
    : RecorderCore(recorder, std::move(entityId), withBoundedTimes(std::move(options)),
                   expectMaking(nullptr))
{
}

RecorderCore::RecorderCore(Recorder &recorder, QString entityId, const RecorderOptions &options,
                           const RuntimeParts *runtime)
    : JournalEntry(owned(std::move(entityId)))
    , m_inbox(options, runtime ? OverflowPolicy::Drop : OverflowPolicy::Reject)
    , m_journal(runtime ? runtime->journal : nullptr)
    , m_options(options)
    , m_registry(*this, m_inbox)
    , m_lifecycle(*this, recorder, runtime ? runtime->dispatcher : nullptr)
{
}

RecorderCore::~RecorderCore()
{
    if (m_journal)
        m_journal->remove(*this);
    m_inbox.clear(); // before the metrics go
}

// state

RecorderStatistics RecorderCore::statistics() const noexcept
{
    RecorderStatistics statistics;
    m_inbox.countEvents(statistics);
    statistics.metricErrors = m_metricErrors.load(std::memory_order_relaxed);
    return statistics;
}

void RecorderCore::enterJournal()
{
    m_journal->add(*this);
}

void RecorderCore::touch()
{
    if (m_journal)
        m_journal->touch(*this);
}

void RecorderCore::stopLater()
{
    m_lifecycle.request(Operation::Kind::Stop, RecorderLifecycle::Execution::Queued);
}

bool RecorderCore::isInCall() const noexcept
{
    return m_own->isDraining || m_lifecycle.run().hooks().callUnderWay()
            || m_registry.metrics().isBusy();
}

// Relaxed, all three: the thread is in that call for longer than anybody would wait, or it does not
// matter.
bool RecorderCore::isUserCallUnderWay() const
{
    return m_registry.isCallUnderWay() || m_lifecycle.run().hooks().callUnderWay();
}

QString RecorderCore::callUnderWay() const
{
    const auto ofThis = [this](const QString &what) {
        return QStringLiteral("%1 of recorder \"%2\"").arg(what, entityId());
    };
    const QString metric = m_registry.callUnderWay();
    if (!metric.isEmpty()) // a hook may have called it
        return ofThis(QStringLiteral("metric \"%1\"").arg(metric));
    const char *const hook = m_lifecycle.run().hooks().callUnderWay();
    return hook ? ofThis(QLatin1StringView(hook)) : QString();
}

std::size_t RecorderCore::callCount() const noexcept
{
    return m_registry.callCount() + m_lifecycle.run().hooks().callCount();
}

// the recorder's thread

void RecorderCore::enterThread() noexcept
{
    m_own.enter();
    m_registry.enterThread();
}

void RecorderCore::leaveThread() noexcept
{
    m_own.leave();
    m_registry.leaveThread();
}

// events, the recorder's thread

std::size_t RecorderCore::drain(std::size_t maxEvents, Clock::time_point until)
{
    if (isInCall() || m_lifecycle.run().isOutOfTime() || !m_lifecycle.status().isUp())
        return 0;

    // Code of the user runs here: metrics and hooks, and the destructors of events and metrics.
    // Their calls must not handle the event in the slot that is not free yet once more.
    enterThread();
    const QScopedValueRollback<bool> scope(m_own->isDraining, true);
    noteWork();
    std::size_t handled = 0;
    const Clock::time_point began = Clock::now();
    DrainPace pace(began);
    HandlingTime handlingTime(began);
    SlowRun &slowRun = m_registry.metrics().slowRun();
    slowRun.suspect();
    MetricEvent event;
    while (handled < maxEvents) {
        const PendingEvent next = m_inbox.front();
        if (!next)
            break;
        handle(next, event);
        m_inbox.pop(next);
        if (!pace.isReadingDue(++handled))
            continue;
        m_inbox.wakeBlockedProducers();
        const Clock::time_point now = Clock::now();
        handlingTime.set(now);
        if (now >= until)
            break;
        slowRun.judge(pace.read(now));
    }
    if (handled > 0) {
        m_inbox.wakeBlockedProducers();
        if (m_journal)
            m_registry.metrics().stampChanges(m_journal->touch(*this));
    }
    return handled;
}

void RecorderCore::handle(const PendingEvent &pending, MetricEvent &event)
{
    if (m_registry.hasChanges())
        m_registry.adopt();
    EventAccess::borrow(event, pending.type, pending.payload);
    m_registry.metrics().dispatch(event, m_lifecycle.run().hooks().isEnabled());
}

bool RecorderCore::tryIdle() noexcept
{
    m_registry.metrics().slowRun().judge(false); // what was slow is over
    return m_inbox.tryIdle();
}

bool RecorderCore::awaitsPublication() noexcept
{
    return !isInCall() && m_inbox.hasPending() && !m_inbox.front();
}

// False: the time is up. Otherwise it has drained as much as can be.
bool RecorderCore::drainTo(quint64 fence, QDeadlineTimer deadline)
{
    advance(); // it may have to start first
    const Clock::time_point until = Clock::now() + timeLeft(deadline);
    bool isInTime = true;
    Patience patience;
    while (isInTime && handled() < fence && canProgress()) {
        const auto missing = static_cast<std::size_t>(fence - handled());
        const bool hasHandled = tryDrain(missing, until) > 0;
        if (!hasHandled && state() == RecorderState::Starting)
            break; // which is under way further up the stack
        if (hasHandled)
            patience.renew();
        else
            patience.wait(); // another thread has not published yet, or has the memory
        isInTime = Clock::now() < until;
    }
    const bool isCut = !isInTime && handled() < fence && canProgress();
    if (const std::shared_ptr<Dispatcher> dispatcher = openDispatcher())
        dispatcher->finishIfDue(); // a metric may have destroyed the application object
    return !isCut;
}

// None if there is no memory for what is next; it can be tried again.
std::size_t RecorderCore::tryDrain(std::size_t maxEvents, Clock::time_point until)
{
    try {
        return drain(maxEvents, until);
    } catch (const std::bad_alloc &) {
        return 0;
    }
}

void RecorderCore::metricChanged(const Metric &metric, const MetricEvent &event)
{
    noteWork();
    const Error error = m_lifecycle.run().hooks().callOnMetricChanged(entityId(), metric, event);
    if (!error)
        return;
    m_lifecycle.keepError(error);
    if (!std::exchange(m_own->hasHookFailed, true)) // one message for a hook that fails each time
        warn(lcRecorder, [&error] { return error.message(); });
}

void RecorderCore::metricFailed(const MetricEntry &entry)
{
    m_metricErrors.fetch_add(1, std::memory_order_relaxed); // a count only
    const Error error(ErrorCode::MetricFailed, textOf([&] {
                          return QStringLiteral("Recorder \"%1\", metric \"%2\": %3%4")
                                  .arg(entityId(), entry.metric->name(), entry.errorString(),
                                       entry.isQuarantined ? QStringLiteral("; it is quarantined")
                                                           : QString());
                      }));
    m_lifecycle.keepError(error);
    // The first error and the quarantine are news, what comes between is in the statistics.
    if (entry.failures == 1 || entry.failures == m_options->metricFailureLimit)
        warn(lcRecorder, [&error] { return error.message(); });
    if (m_options->metricFailurePolicy == MetricFailurePolicy::FailRecorder)
        m_lifecycle.failBecauseOf(error);
}

void RecorderCore::metricMisnamed(const MetricEntry &entry, const QString &otherName)
{
    warn(lcRecorder, [&] {
        const QString other = otherName.isEmpty() ? QStringLiteral("without a name")
                                                  : QStringLiteral("called \"%1\"").arg(otherName);
        return QStringLiteral("Recorder \"%1\", metric \"%2\": its snapshot() is %3, and gets the "
                              "name of the metric")
                .arg(entityId(), entry.metric->name(), other);
    });
}

} // namespace Recorders::Internal

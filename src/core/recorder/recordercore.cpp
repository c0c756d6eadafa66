// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recordercore_p.h"

#include "core/platform/cancellationguard_p.h"
#include "core/platform/ownedstring_p.h"
#include "core/queue/backoff_p.h"
#include "core/recorder/eventaccess_p.h"
#include "core/recorder/handlingtime_p.h"
#include "core/snapshot/snapshotjournal_p.h"

#include <QLoggingCategory>
#include <QThread>

#include <algorithm>

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcRecorder, "recorders.core.recorder", QtWarningMsg)

namespace {

// A test of the clock costs as much as some events: it is made the more seldom the faster they are.
constexpr std::size_t maxEventsPerClockTest = 64;
constexpr std::chrono::microseconds slowBatch{ 20 };

// Clamps the timeout, so that adding QDeadlineTimer::Forever to a time cannot overflow.
constexpr std::chrono::hours longestTime{ 24 * 365 };

RecorderOptions withBoundedTimes(RecorderOptions options)
{
    for (auto *time : { &options.blockTimeout, &options.stopTimeout, &options.snapshotTimeout })
        *time = std::min<std::chrono::milliseconds>(*time, longestTime);
    return options;
}

// How long latestSnapshots() waits for a thread that has published nothing yet; and how long one
// call of a metric or hook has to take until it is not waited for.
constexpr std::chrono::milliseconds firstLookTimeout{ 20 };
constexpr std::chrono::milliseconds longCall{ 2 };

template <typename Compose>
Error warnedTimeout(Compose compose)
{
    const Error late(ErrorCode::Timeout, textOf(compose));
    warn(lcRecorder, [&late] { return late.message(); });
    return late;
}

Error configurationErrorOf(const Metric &metric)
{
    try {
        return EventAccess::configurationError(metric);
    } catch (const std::bad_alloc &) {
        throw;
    } catch (...) {
        return Error(ErrorCode::MetricFailed, QStringLiteral("configurationError() threw"));
    }
}

// Not by QList::removeIf(): it detaches, and QList::detach() does not survive that there is no memory.
template <typename T, typename IsRemoved>
QList<T> without(const QList<T> &list, IsRemoved isRemoved)
{
    QList<T> left;
    for (const T &each : list) {
        if (!isRemoved(each))
            left.append(each);
    }
    return left;
}

QList<MetricSnapshot> withoutMetrics(const QList<MetricSnapshot> &snapshots,
                                     const std::vector<QString> &names)
{
    if (names.empty())
        return snapshots;
    return without(snapshots, [&names](const MetricSnapshot &each) {
        return std::find(names.begin(), names.end(), each.name()) != names.end();
    });
}

// An impossible size is refused at start; until then the queue must exist.
std::size_t queueSize(const RecorderOptions &options)
{
    return static_cast<std::size_t>(std::max<qsizetype>(options.queueMaxSize, 1));
}

} // namespace

EventSlot *tryClaimSlot(RecorderCore &core) noexcept
{
    return core.tryClaim();
}

Claim claimSlotSlowly(RecorderCore &core) noexcept
{
    return core.claim();
}

RegisterResult rejectEvent(RecorderCore &core) noexcept
{
    return core.reject();
}

RecorderCore::RecorderCore(Recorder &recorder, QString entityId, RecorderOptions options)
    : RecorderCore(recorder, std::move(entityId), std::move(options), expectMaking(nullptr))
{
}

RecorderCore::RecorderCore(Recorder &recorder, QString entityId, RecorderOptions options,
                           const RuntimeParts *runtime)
    : m_queue(queueSize(options), EventQueue<EventSlot>::Pools::forProcess())
    , m_blocked(options.overflowPolicy == OverflowPolicy::Block
                        ? std::make_unique<BlockedProducers>()
                        : nullptr)
    , m_entityId(owned(std::move(entityId)))
    , m_options(withBoundedTimes(std::move(options)))
    , m_journal(runtime ? runtime->journal : nullptr)
    , m_dispatcher(runtime ? runtime->dispatcher : nullptr)
    , m_isBeingMade(runtime != nullptr)
    , m_recorder(&recorder)
    , m_metrics(*this, m_options.metricFailureLimit, m_mutex)
{
}

RecorderCore::~RecorderCore()
{
    if (m_journal)
        m_journal->remove(*this);
    // What a stop left over when its time was up.
    while (EventSlot *slot = m_queue.front()) {
        slot->type.load(std::memory_order_relaxed)->destroy(slot->storage);
        m_queue.pop();
    }
}

// events

Claim RecorderCore::claim() noexcept
{
    const std::optional<Claim> claim = concludeClaim(m_queue.claim());
    return claim ? *claim : refuseFull();
}

std::optional<Claim> RecorderCore::concludeClaim(EventQueue<EventSlot>::Claim claimed) noexcept
{
    for (;; claimed = m_queue.claim()) {
        switch (claimed.outcome) {
        case ClaimOutcome::ClaimedAndWoke:
            // Before the slot is published: a drained recorder has no producers (see EventQueue).
            m_dispatcher->activate(*this);
            return Claim{ claimed.slot, RegisterResult::Accepted };
        case ClaimOutcome::Claimed:
            return Claim{ claimed.slot, RegisterResult::Accepted };
        case ClaimOutcome::Full:
            return std::nullopt;
        case ClaimOutcome::NoMemory:
            return Claim{ nullptr, reject() };
        case ClaimOutcome::Closed:
            if (startByEvent())
                break; // and try again
            m_notRunning.fetch_add(1, std::memory_order_relaxed); // a count only
            return Claim{ nullptr, RegisterResult::NotRunning };
        }
    }
}

Claim RecorderCore::refuseFull() noexcept
{
    const OverflowPolicy byDefault = isInRuntime() ? OverflowPolicy::Drop : OverflowPolicy::Reject;
    switch (m_options.overflowPolicy.value_or(byDefault)) {
    case OverflowPolicy::Reject:
        return { nullptr, reject() };
    case OverflowPolicy::Block:
        if (const auto dispatcher = openDispatcher(); dispatcher && !dispatcher->isCurrentThread())
            return waitForRoom(*dispatcher);
        break;
    case OverflowPolicy::Drop:
        break;
    }
    m_dropped.fetch_add(1, std::memory_order_relaxed); // a count only
    return { nullptr, RegisterResult::Dropped };
}

/*
    The count of blocked producers and the consumer's position form a store-load pair on both
    sides. Both sides use a read-modify-write of the count, which orders them: either the producer
    sees the room, or the consumer sees the producer, and then notifies under the mutex that the
    producer holds from its last look at the queue until it waits.
*/
Claim RecorderCore::waitForRoom(Dispatcher &dispatcher) noexcept
{
    const CancellationGuard guard;
    const Clock::time_point deadline = Clock::now() + m_options.blockTimeout;
    do {
        // Not under the producers' mutex: closing the gate locks it under m_mutex.
        if (const std::optional<Claim> claim = concludeClaim(claimWithRoom(dispatcher, deadline)))
            return *claim;
    } while (Clock::now() < deadline);
    m_dropped.fetch_add(1, std::memory_order_relaxed); // a count only
    return { nullptr, RegisterResult::Dropped };
}

EventQueue<EventSlot>::Claim RecorderCore::claimWithRoom(Dispatcher &dispatcher,
                                                         Clock::time_point deadline) noexcept
{
    std::unique_lock lock(m_blocked->mutex);
    m_blocked->count.fetch_add(1, std::memory_order_acq_rel); // pairs with wakeBlockedProducers()
    EventQueue<EventSlot>::Claim claimed = m_queue.claim();
    bool isInTime = true;
    while (claimed.outcome == ClaimOutcome::Full && isInTime) {
        dispatcher.requestDrain();
        isInTime = m_blocked->room.wait_until(lock, deadline) == std::cv_status::no_timeout;
        claimed = m_queue.claim();
    }
    m_blocked->count.fetch_sub(1, std::memory_order_relaxed); // nothing depends on a late look
    return claimed;
}

void RecorderCore::wakeBlockedProducers() noexcept
{
    // Adds nothing: see waitForRoom() for why it is not a plain load.
    if (!m_blocked || m_blocked->count.fetch_add(0, std::memory_order_acq_rel) == 0)
        return;
    const std::lock_guard lock(m_blocked->mutex);
    m_blocked->room.notify_all();
}

RegisterResult RecorderCore::reject() noexcept
{
    m_rejected.fetch_add(1, std::memory_order_relaxed); // a count only
    return RegisterResult::Rejected;
}

std::size_t RecorderCore::drain(std::size_t maxEvents, Clock::time_point until)
{
    const RecorderState now = state();
    if (isInCall() || m_isOutOfTime
        || (now != RecorderState::Running && now != RecorderState::Stopping))
        return 0;

    // Code of the user runs here: metrics and hooks, and the destructors of events and metrics.
    // Their calls must not handle the event in the slot that is not free yet once more.
    const QScopedValueRollback<bool> scope(m_isDraining, true);
    noteWork();
    std::size_t handled = 0;
    std::size_t nextTest = 1;
    std::size_t eventsPerTest = 1;
    Clock::time_point lastTest = Clock::now();
    HandlingTime handlingTime(lastTest);
    MetricEvent event;
    m_metrics.slowRun().suspect();
    while (handled < maxEvents) {
        EventSlot *slot = m_queue.front();
        if (!slot)
            break;
        // Relaxed: who registered a metric before this event did so before publishing the slot.
        if (m_hasMetricChanges.load(std::memory_order_relaxed))
            adoptMetrics();
        const EventType *type = slot->type.load(std::memory_order_relaxed); // seen by front()
        EventAccess::borrow(event, type, slot->storage);
        m_metrics.dispatch(event, m_hasHooks);
        type->destroy(slot->storage);
        m_queue.pop();
        if (++handled == nextTest) {
            wakeBlockedProducers();
            const Clock::time_point tested = Clock::now();
            handlingTime.set(tested);
            if (tested >= until)
                break;
            const bool isSlow = tested - std::exchange(lastTest, tested) > slowBatch;
            m_metrics.slowRun().judge(isSlow);
            eventsPerTest = isSlow ? 1 : std::min(2 * eventsPerTest, maxEventsPerClockTest);
            nextTest += eventsPerTest;
        }
    }
    if (handled > 0) {
        wakeBlockedProducers();
        if (m_journal)
            m_metrics.stampChanges(m_journal->touch(*this));
    }
    return handled;
}

// state

RecorderState RecorderCore::state() const noexcept
{
    return m_process.isForeign() ? RecorderState::Stopped : m_state.load(std::memory_order_acquire);
}

Error RecorderCore::foreignError() const
{
    return Error(ErrorCode::InvalidState,
                 QStringLiteral("Recorder \"%1\": it belongs to the process that this one was "
                                "forked from")
                         .arg(m_entityId));
}

Error RecorderCore::lastError() const
{
    if (m_process.isForeign())
        return foreignError();
    const std::lock_guard lock(m_mutex);
    return m_lastError;
}

RecorderStatistics RecorderCore::statistics() const noexcept
{
    const auto counts = m_queue.counts();
    RecorderStatistics statistics;
    statistics.accepted = counts.accepted;
    statistics.handled = counts.handled;
    statistics.pending = counts.accepted - counts.handled;
    // Relaxed: each is a count by itself, and the sum is made of what was read.
    statistics.dropped = m_dropped.load(std::memory_order_relaxed);
    statistics.rejected = m_rejected.load(std::memory_order_relaxed);
    statistics.notRunning = m_notRunning.load(std::memory_order_relaxed);
    statistics.metricErrors = m_metricErrors.load(std::memory_order_relaxed);
    statistics.registered =
            statistics.accepted + statistics.dropped + statistics.rejected + statistics.notRunning;
    return statistics;
}

std::shared_ptr<Dispatcher> RecorderCore::openDispatcher() const
{
    if (m_process.isForeign())
        return nullptr;
    const std::lock_guard lock(m_mutex);
    return m_dispatcher && !m_isBeingMade && !m_dispatcher->isClosed() ? m_dispatcher : nullptr;
}

std::shared_ptr<Recorder> RecorderCore::handle() const
{
    const std::lock_guard lock(m_mutex);
    return m_handle.lock();
}

bool RecorderCore::isHere(const std::shared_ptr<Dispatcher> &dispatcher) const
{
    if (dispatcher)
        return dispatcher->isCurrentThread();
    if (m_process.isForeign() || (m_isBeingMade && state() == RecorderState::Starting))
        return false; // its thread knows it by the events that it holds
    return m_recorder && m_recorder->thread() == QThread::currentThread();
}

// Relaxed: the thread is in that call for longer than anybody would wait, or it does not matter.
bool RecorderCore::isUserCallUnderWay() const
{
    const std::lock_guard lock(m_mutex);
    return m_metrics.underWay() || m_hook.call();
}

// Relaxed: as above.
QString RecorderCore::callUnderWay() const
{
    const auto ofThis = [this](const QString &what) {
        return QStringLiteral("%1 of recorder \"%2\"").arg(what, m_entityId);
    };
    {
        const std::lock_guard lock(m_mutex);
        if (const MetricEntry *entry = m_metrics.underWay()) // a hook may have called it
            return ofThis(QStringLiteral("metric \"%1\"").arg(entry->metric->name()));
    }
    const char *const hook = m_hook.call();
    return hook ? ofThis(QLatin1StringView(hook)) : QString();
}

// On its thread, before code of the user is called.
void RecorderCore::noteWork() noexcept
{
    if (m_dispatcher)
        m_dispatcher->noteWork(*this);
}

void RecorderCore::touch()
{
    if (m_journal)
        m_journal->touch(*this);
}

// metrics

bool RecorderCore::registerMetric(std::unique_ptr<Metric> metric, Error *error)
{
    Error refusal;
    try {
        refusal = addMetric(metric);
    } catch (const std::bad_alloc &) {
        refusal = outOfMemory();
    }
    if (error)
        *error = refusal;
    return !refusal;
}

Error RecorderCore::addMetric(std::unique_ptr<Metric> &metric)
{
    const auto refusal = [this](ErrorCode code, const QString &what) {
        return Error(code, QStringLiteral("Recorder \"%1\": %2").arg(m_entityId, what));
    };
    if (!metric)
        return refusal(ErrorCode::InvalidArgument, QStringLiteral("metric is null"));
    if (m_process.isForeign())
        return foreignError();
    const QString name = metric->name();
    if (name.trimmed().isEmpty()) {
        return refusal(ErrorCode::InvalidArgument,
                       QStringLiteral("the name of metric is blank: \"%1\"").arg(name));
    }
    if (const Error wrong = configurationErrorOf(*metric)) {
        return refusal(wrong.code(),
                       QStringLiteral("metric \"%1\": %2").arg(name, wrong.message()));
    }

    auto entry = std::make_unique<MetricEntry>(std::move(metric));
    {
        const std::lock_guard lock(m_mutex);
        if (m_metricNames.contains(name)) {
            return refusal(
                    ErrorCode::AlreadyExists,
                    QStringLiteral("a metric called \"%1\" is registered already").arg(name));
        }
        m_metricChanges.reserve(m_metricChanges.size() + 1); // both or none
        m_metricNames.append(name);
        m_metricChanges.push_back({ m_queue.ticket(), std::move(entry), {} });
        m_hasMetricChanges.store(true, std::memory_order_relaxed); // published by the next event
    }
    noteChange();
    touch();
    return {};
}

// All or nothing; a removal needs no memory.
std::optional<RecorderCore::MetricChange> RecorderCore::takeDueChange()
{
    std::optional<MetricChange> due;
    const std::lock_guard lock(m_mutex);
    if (!m_metricChanges.empty() && m_metricChanges.front().ticket <= handled()) {
        if (m_metricChanges.front().added)
            m_metrics.makeRoom();
        due.emplace(std::move(m_metricChanges.front()));
        m_metricChanges.erase(m_metricChanges.begin());
    }
    m_hasMetricChanges.store(!m_metricChanges.empty(), std::memory_order_relaxed);
    return due;
}

// One by one: the destructor of a metric that is removed may call back.
void RecorderCore::adoptMetrics()
{
    while (std::optional<MetricChange> change = takeDueChange()) {
        if (change->added)
            m_metrics.add(std::move(change->added));
        else
            m_metrics.remove(change->removed);
    }
}

bool RecorderCore::removeMetric(const QString &name)
{
    if (m_process.isForeign())
        return false;
    try {
        return tryRemoveMetric(name);
    } catch (const std::bad_alloc &) {
        return false;
    }
}

/*
    A removal is a change in the order of the others, due when the metric has seen its events, so
    that it happens whether or not there is time to wait for it. Only a metric that is to see no
    events goes at once, and so does any one where they cannot be waited for.
*/
bool RecorderCore::tryRemoveMetric(const QString &name)
{
    const QString removed = owned(name); // it may be removed later
    MetricChange unused; // destroyed without the lock
    QList<MetricSnapshot> published; // without it; what it replaces is destroyed without the lock
    QStringList names; // likewise
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    const bool isHereNow = isHere(dispatcher);
    const bool isAtOnce = isHereNow && (!dispatcher || isInCall());
    std::optional<RemoteCall> call;
    if (dispatcher && !isHereNow)
        call.emplace([this] { adoptMetrics(); });
    {
        const std::lock_guard lock(m_mutex);
        if (!m_metricNames.contains(name))
            return false;
        published = withoutMetrics(m_published, { removed });
        names = without(m_metricNames, [&name](const QString &each) { return each == name; });
        if (m_isPublishing)
            m_removedMeanwhile.push_back(removed);
        m_metricChanges.reserve(m_metricChanges.size() + 1); // from here on it is both or none
        const quint64 end = ticket();
        // From the end: an earlier one of that name is being removed.
        const auto change =
                std::find_if(m_metricChanges.rbegin(), m_metricChanges.rend(),
                             [&name](const MetricChange &each) {
                                 return each.added && each.added->metric->name() == name;
                             });
        if (change != m_metricChanges.rend()
            && (!dispatcher || isAtOnce || change->ticket >= end)) {
            unused = std::move(*change);
            m_metricChanges.erase(std::next(change).base());
            call.reset();
        } else if (!isAtOnce) {
            if (call && !call->postTo(*dispatcher, shared_from_this(), end))
                call.reset();
            m_metricChanges.push_back({ end, nullptr, removed });
            m_hasMetricChanges.store(true,
                                     std::memory_order_relaxed); // published by the next event
        }
        m_metricNames.swap(names);
        m_published.swap(published);
    }
    if (!unused.added && isAtOnce)
        m_metrics.remove(name);
    else if (!unused.added && (call || isHereNow))
        awaitRemoval(name, *dispatcher, call);
    touch();
    return true;
}

// By the call, or without one here, where the events can be brought to the metric.
void RecorderCore::awaitRemoval(const QString &name, const Dispatcher &dispatcher,
                                std::optional<RemoteCall> &call)
{
    const QDeadlineTimer deadline(m_options.snapshotTimeout);
    if (call) {
        call->wait(deadline);
    } else {
        drainTo(ticket(), deadline);
        adoptMetrics();
    }
    if (isBeingRemoved(name)) {
        warn(lcRecorder, [&] {
            return QStringLiteral(
                           "Recorder \"%1\": metric \"%2\" is removed later, its thread is %3")
                    .arg(m_entityId, name, dispatcher.occupation());
        });
    }
}

bool RecorderCore::isBeingRemoved(const QString &name) const
{
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_metricChanges.begin(), m_metricChanges.end(),
                       [&name](const MetricChange &change) { return change.removed == name; });
}

void RecorderCore::resetMetrics()
{
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    const auto reset = [self = shared_from_this()] {
        self->adoptMetrics();
        self->noteWork();
        self->m_metrics.reset();
        ++self->m_resets;
        self->noteChange();
        self->touch();
    };
    try {
        if (isHere(dispatcher) && !isInCall()) {
            drainTo(ticket(), QDeadlineTimer(m_options.snapshotTimeout));
            reset();
        } else if (dispatcher) {
            dispatcher->post(reset, shared_from_this(), ticket());
        }
    } catch (const std::bad_alloc &) {
        warn(lcRecorder, [this] {
            return QStringLiteral("Recorder \"%1\": its metrics are not reset, there is not enough "
                                  "memory")
                    .arg(m_entityId);
        });
    }
}

QStringList RecorderCore::metricNames() const
{
    if (m_process.isForeign())
        return {};
    const std::lock_guard lock(m_mutex);
    return m_metricNames;
}

void RecorderCore::metricChanged(const Metric &metric, const MetricEvent &event)
{
    if (!m_recorder)
        return;
    const Error error =
            callHook("onMetricChanged()", [&] { m_recorder->onMetricChanged(metric, event); });
    if (!error)
        return;
    keepError(error);
    if (!std::exchange(m_hasHookFailed, true)) // one message for a hook that fails each time
        warn(lcRecorder, [&error] { return error.message(); });
}

void RecorderCore::keepError(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_lastError = error;
}

void RecorderCore::metricFailed(const MetricEntry &entry)
{
    m_metricErrors.fetch_add(1, std::memory_order_relaxed); // a count only
    const Error error(ErrorCode::MetricFailed, textOf([&] {
                          return QStringLiteral("Recorder \"%1\", metric \"%2\": %3%4")
                                  .arg(m_entityId, entry.metric->name(), entry.errorString(),
                                       entry.isQuarantined ? QStringLiteral("; it is quarantined")
                                                           : QString());
                      }));
    keepError(error);
    // The first error and the quarantine are news, what comes between is in the statistics.
    if (entry.failures == 1 || entry.failures == m_options.metricFailureLimit)
        warn(lcRecorder, [&error] { return error.message(); });
    if (m_options.metricFailurePolicy == MetricFailurePolicy::FailRecorder && !m_failure) {
        m_failure = error;
        retryUntilAllocated([this] { tryRequest(Kind::Stop, Execution::Queued); });
    }
}

void RecorderCore::metricMisnamed(const MetricEntry &entry, const QString &otherName)
{
    warn(lcRecorder, [&] {
        const QString other = otherName.isEmpty() ? QStringLiteral("without a name")
                                                  : QStringLiteral("called \"%1\"").arg(otherName);
        return QStringLiteral("Recorder \"%1\", metric \"%2\": its snapshot() is %3, and gets the "
                              "name of the metric")
                .arg(m_entityId, entry.metric->name(), other);
    });
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
        warn(lcRecorder, [this] {
            return QStringLiteral("Recorder \"%1\": there is not enough memory for snapshots, "
                                  "these are the latest published")
                    .arg(m_entityId);
        });
        failure = outOfMemory();
        return published();
    }
}

QList<MetricSnapshot> RecorderCore::tryMetricSnapshots(Error &error)
{
    const quint64 fence = ticket();
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    if (isHere(dispatcher))
        return snapshotsHere(fence, error);
    if (!dispatcher)
        return published();

    const auto reply = std::make_shared<QList<MetricSnapshot>>();
    const auto answer = [this, reply] {
        *reply = publish();
    };
    switch (RemoteCall::perform(*dispatcher, shared_from_this(), ticket(), answer,
                                QDeadlineTimer(m_options.snapshotTimeout))) {
    case RemoteCall::Result::Done:
        return *reply;
    case RemoteCall::Result::Late:
        error = warnedTimeout([&] {
            return QStringLiteral("Recorder \"%1\": its thread is %2 and gave no snapshots within "
                                  "%3 ms, these are the latest published")
                    .arg(m_entityId, dispatcher->occupation(),
                         QString::number(m_options.snapshotTimeout.count()));
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
    if (m_metrics.isVisiting())
        return published(); // a metric asks for them in its own snapshot() or reset()
    if (m_metrics.isDispatching()) {
        m_metrics.finishFromWithin();
    } else if (!isInCall()) {
        if (!drainTo(fence, QDeadlineTimer(m_options.snapshotTimeout))) {
            error = warnedTimeout([&] {
                return QStringLiteral("Recorder \"%1\": its snapshots are without %2 events that "
                                      "were not handled within %3 ms")
                        .arg(m_entityId, QString::number(fence - handled()),
                             QString::number(m_options.snapshotTimeout.count()));
            });
        }
    }
    return publish();
}

/*
    Without those of metrics that were removed: one that has not seen its last events yet is still
    there. One that is removed meanwhile, by another thread or itself, was there at that moment; but
    the latest snapshots forget it.
*/
QList<MetricSnapshot> RecorderCore::publish()
{
    if (!m_metrics.isBusy())
        adoptMetrics();
    std::vector<QString> removed;
    const quint64 handledThen = handled();
    quint64 changesThen = 0;
    {
        const std::lock_guard lock(m_mutex);
        changesThen = m_watch ? m_watch->changes : 0;
        for (const MetricChange &change : m_metricChanges) {
            if (!change.added)
                removed.push_back(change.removed);
        }
        m_removedMeanwhile.clear();
        m_isPublishing = true;
    }
    noteWork();
    const QList<MetricSnapshot> snapshots = withoutMetrics(m_metrics.snapshots(), removed);
    QList<MetricSnapshot> replaced; // destroyed without the lock
    const std::lock_guard lock(m_mutex);
    replaced = withoutMetrics(snapshots, m_removedMeanwhile);
    m_isPublishing = false;
    m_hasPublished = true;
    replaced.swap(m_published);
    if (m_watch) {
        m_watch->publishedHandled = handledThen;
        m_watch->publishedChanges = changesThen;
        m_watch->isAging = m_metrics.wasAging();
    }
    return snapshots;
}

QList<MetricSnapshot> RecorderCore::published() const
{
    if (m_process.isForeign())
        return {};
    const std::lock_guard lock(m_mutex);
    return m_published;
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
    if (m_process.isForeign())
        return {};
    try {
        if (noteLook()) {
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
    const RecorderState now = state();
    return now == RecorderState::Running || now == RecorderState::Stopping;
}

bool RecorderCore::noteLook()
{
    const bool hasThread = canPublish() || state() == RecorderState::Starting;
    const std::lock_guard lock(m_mutex);
    if (!m_watch)
        m_watch = std::make_unique<Watch>();
    return hasThread && isOutdated();
}

void RecorderCore::noteChange()
{
    const std::lock_guard lock(m_mutex);
    if (m_watch)
        ++m_watch->changes;
}

bool RecorderCore::isOutdated() const noexcept
{
    return m_watch
            && (!m_hasPublished || m_watch->isAging || m_watch->publishedHandled != handled()
                || m_watch->publishedChanges != m_watch->changes);
}

void RecorderCore::requestPublication(const std::shared_ptr<Dispatcher> &dispatcher)
{
    if (dispatcher->isCurrentThread()) {
        if (canPublish() && !isInCall())
            publish();
        return;
    }
    std::shared_ptr<RemoteCall> request;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_watch->request) {
            const auto answer = [this, answering = dispatcher.get()] {
                answerLook(answering);
            };
            auto call = std::make_shared<RemoteCall>(answer);
            if (!call->postTo(*dispatcher, shared_from_this(), 0))
                return;
            m_watch->request = std::move(call);
        }
        if (!m_hasPublished)
            request = m_watch->request;
    }
    if (request && !dispatcher->isHeldUp())
        awaitPublication(*dispatcher, request);
}

// On the thread that was asked, which may not be the recorder's any more.
void RecorderCore::answerLook(const Dispatcher *dispatcher)
{
    {
        const std::lock_guard lock(m_mutex);
        m_watch->request.reset(); // first: what changes from now on is asked for again
    }
    if (openDispatcher().get() == dispatcher && canPublish() && !isInCall())
        publish();
}

void RecorderCore::awaitPublication(Dispatcher &dispatcher,
                                    const std::shared_ptr<RemoteCall> &request)
{
    const Clock::time_point until = Clock::now() + firstLookTimeout;
    const auto isWaiting = [this, &request] {
        const std::lock_guard lock(m_mutex);
        return m_watch->request == request;
    };
    for (bool isHeldUp = false; !isHeldUp;) {
        const bool wasInCall = isUserCallUnderWay();
        const quint64 handledBefore = handled();
        if (request->wait(QDeadlineTimer(longCall)) != RemoteCall::Result::Late)
            return;
        isHeldUp = Clock::now() >= until
                || (wasInCall && isUserCallUnderWay() && handled() == handledBefore && isWaiting());
    }
    dispatcher.noteHeldUp();
}

void RecorderCore::publishIfWatched() noexcept
{
    try {
        {
            const std::lock_guard lock(m_mutex);
            if (!isOutdated())
                return;
        }
        if (canPublish() && !isInCall())
            publish();
    } catch (const std::bad_alloc &) {
        // It stays outdated, so that the next look asks for it.
    }
}

RecorderSnapshot RecorderCore::snapshotSince(quint64 version, SnapshotDetail detail)
{
    RecorderSnapshot snapshot;
    snapshot.entityId = m_entityId;
    snapshot.generation = journalLink.generation;
    snapshot.state = state();
    snapshot.statistics = statistics();
    snapshot.error = lastError();
    if (detail == SnapshotDetail::RecordersOnly)
        return snapshot;
    snapshot.resets = m_resets;
    if (openDispatcher()) {
        if (!m_metrics.isBusy())
            adoptMetrics();
        if (m_metrics.hasUnstampedChanges() && m_journal)
            m_metrics.stampChanges(m_journal->touch(*this));
        snapshot.isComplete = version == 0 || m_metrics.lastRemovedAt() > version;
        noteWork();
        snapshot.metrics = m_metrics.snapshotsSince(snapshot.isComplete ? 0 : version);
        // Those that change with time are asked for again, for as long as somebody asks.
        if (m_metrics.noteAging() && m_journal)
            m_metrics.stampChanges(m_journal->touch(*this));
    } else {
        snapshot.isComplete = true;
        snapshot.metrics = published();
    }
    return snapshot;
}

bool RecorderCore::flush(QDeadlineTimer deadline)
{
    const quint64 fence = ticket();
    const std::shared_ptr<Dispatcher> dispatcher = openDispatcher();
    // Also if nothing is pending: what remembers the events' types must forget them.
    if (isHere(dispatcher) && !isInCall()) {
        drainTo(fence, deadline);
        m_metrics.forgetTypes();
        publishIfWatched();
    } else if (dispatcher && !isHere(dispatcher)) {
        const auto conclude = [this] {
            m_metrics.forgetTypes();
            publishIfWatched();
        };
        RemoteCall::perform(*dispatcher, shared_from_this(), ticket(), conclude, deadline);
    }
    return handled() >= fence;
}

bool RecorderCore::canProgress() const noexcept
{
    const RecorderState now = state();
    return now == RecorderState::Starting || now == RecorderState::Running
            || (now == RecorderState::Stopping && !m_isOutOfTime);
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

} // namespace Recorders::Internal

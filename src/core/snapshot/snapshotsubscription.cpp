// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotsubscription.h>

#include "core/platform/applicationexit_p.h"
#include "core/platform/latelook_p.h"
#include "core/platform/ownedstring_p.h"
#include "core/platform/ownerthread_p.h"
#include "core/platform/steadytime_p.h"
#include "core/snapshot/metatypes_p.h"
#include "core/snapshot/newcomers_p.h"
#include "core/snapshot/stallnotice_p.h"

#include <QFutureWatcher>
#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcSubscription, "recorders.core.subscription", QtWarningMsg)

constexpr std::chrono::milliseconds defaultInterval = 100ms;

} // namespace

/*
    The answer is taken by a QFutureWatcher rather than by a continuation with a context object:
    the future is finished in the source's thread, and only the watcher can be destroyed here at
    that very moment. It also delivers through the event loop, so that a source that answers at
    once does not call back into the function that asked.

    A slot may do anything with the subscription, also destroy it: a signal comes last, or nothing
    but a check that it is still there comes after it.
*/
class SnapshotSubscriptionPrivate
{
public:
    explicit SnapshotSubscriptionPrivate(SnapshotSubscription *subscription);

    void watch(SnapshotSource *watched);
    void warnOfAnotherThread() const;
    void beginAnew();
    void setEntityIds(const QSet<QString> &ids);
    void askLater();
    void sourceDestroyed();
    void updateTimer();
    void poll();
    void watchStall();
    void ask();
    void receive();
    void receiveNothing();
    void receive(SnapshotUpdate update);
    void take(SnapshotUpdate &answered);

    SnapshotSubscription *const q;
    QPointer<SnapshotSource> source;
    QFutureWatcher<SnapshotUpdate> answer;
    QTimer timer;
    std::chrono::milliseconds interval = defaultInterval;
    SnapshotRequest request; // the next one
    Newcomers newcomers;
    bool isBegun = false; // all there was has been told
    bool isAskingLater = false;
    bool isOfNewcomers = false; // the last question
    bool isDue = false; // to ask for what changed, while newcomers are asked for
    std::optional<quint64> refused; // the source's version when it canceled
    bool isPaused = false;
    bool isEnded = false;
    bool isAsking = false;
    bool asksAgain = false; // refresh() was called meanwhile
    bool isExplicit = false; // it was, so the answer is told even while paused
    std::chrono::nanoseconds askedAt{};
    LateLook lateLook;
    StallNotice stallNotice;
};

SnapshotSubscriptionPrivate::SnapshotSubscriptionPrivate(SnapshotSubscription *subscription)
    : q(subscription)
    , answer(q)
    , timer(q)
{
    timer.setTimerType(Qt::PreciseTimer); // a coarse one is late by a twentieth
    QObject::connect(&timer, &QTimer::timeout, q, [this] { poll(); });
    QObject::connect(&answer, &QFutureWatcherBase::finished, q, [this] { receive(); });
    QObject::connect(&answer, &QFutureWatcherBase::canceled, q, [this] { receive(); });
}

void SnapshotSubscriptionPrivate::watch(SnapshotSource *watched)
{
    if (source)
        QObject::disconnect(source, nullptr, q, nullptr);
    source = watched;
    if (source) {
        QObject::connect(source, &QObject::destroyed, q, [this] { sourceDestroyed(); });
        warnOfAnotherThread();
    }
    isEnded = false;
    beginAnew();
}

// It answers from any thread. But it could go in one while it is asked in the other.
void SnapshotSubscriptionPrivate::warnOfAnotherThread() const
{
    if (source->thread() == q->thread())
        return;
    qCWarning(lcSubscription,
              "the source \"%s\" lives in another thread than its subscriber: it must not be "
              "destroyed before that lets go of it",
              qUtf8Printable(source->name()));
}

void SnapshotSubscriptionPrivate::beginAnew()
{
    request.since = 0;
    newcomers.clear();
    isBegun = false;
    isDue = false;
    refused.reset();
    isAsking = false;
    asksAgain = false;
    isExplicit = false;
    answer.setFuture({}); // whatever is still under way is nobody's answer any more
    timer.stop();
    updateTimer();
}

void SnapshotSubscriptionPrivate::setEntityIds(const QSet<QString> &ids)
{
    QSet<QString> added;
    for (const QString &id : ids) {
        if (!request.entityIds.contains(id))
            added.insert(owned(id));
    }
    QSet<QString> &wanted = request.entityIds;
    const bool wereAll = wanted.isEmpty();
    wanted &= ids;
    const bool goesOn = isBegun && !wereAll && !wanted.isEmpty();
    newcomers.keepOnly(wanted);
    wanted += added;
    if (!goesOn) {
        beginAnew();
    } else if (!added.isEmpty()) {
        newcomers.add(added);
        askLater();
    }
}

// From the event loop, as when it looks for something new.
void SnapshotSubscriptionPrivate::askLater()
{
    if (std::exchange(isAskingLater, true))
        return;
    const auto ask = [this] {
        isAskingLater = false;
        if (source && !isAsking && !newcomers.isEmpty() && source->version() != refused
            && (!isPaused || isExplicit) && !ApplicationExit::isProcessExiting())
            this->ask();
    };
    QMetaObject::invokeMethod(q, ask, Qt::QueuedConnection);
}

void SnapshotSubscriptionPrivate::sourceDestroyed()
{
    isAsking = false;
    answer.setFuture({});
    updateTimer();
    const QPointer<SnapshotSubscription> self(q);
    if (!std::exchange(isEnded, true))
        Q_EMIT q->endedChanged(true);
    if (self)
        Q_EMIT q->sourceChanged(nullptr);
    if (self)
        watchStall();
}

// It looks at once, but from the event loop: so what is set together is asked for once.
void SnapshotSubscriptionPrivate::updateTimer()
{
    const bool isNeeded = source && !isPaused;
    if (!isNeeded)
        timer.stop();
    else if (!timer.isActive())
        timer.start(0ms);
}

// Also where there is nothing to ask for: a thread that is stuck changes nothing.
void SnapshotSubscriptionPrivate::watchStall()
{
    const std::optional<SourceStall> ofSource = source ? source->stall() : std::nullopt;
    const auto unanswered = isAsking ? std::optional(askedAt) : std::nullopt;
    if (stallNotice.update(ofSource, unanswered, steadyTime()))
        Q_EMIT q->stallChanged();
}

void SnapshotSubscriptionPrivate::poll()
{
    if (ApplicationExit::isProcessExiting()) // in another thread, while this one goes on
        return;
    if (timer.intervalAsDuration() != interval)
        timer.start(interval);
    const QPointer<SnapshotSubscription> self(q);
    if (!lateLook.isLate(steadyTime(), interval))
        watchStall();
    if (!self)
        return;
    if (!source || (isAsking && !isOfNewcomers))
        return;
    const quint64 version = source->version();
    isDue = version != request.since;
    if (isAsking)
        return;
    if (!isDue && newcomers.isEmpty())
        Q_EMIT q->unchanged();
    else if (version != refused)
        ask();
}

void SnapshotSubscriptionPrivate::ask()
{
    if (!source)
        return;
    if (!std::exchange(isAsking, true))
        askedAt = steadyTime();
    // By turns, if there is reason for both. What is complete comes in one go, though.
    const bool isTheirTurn = newcomers.areWaiting() && isBegun && !(isDue && isOfNewcomers);
    isOfNewcomers = newcomers.areAskedFor() || isTheirTurn;
    isDue = isDue && isOfNewcomers;
    answer.setFuture(source->changesSince(isOfNewcomers ? newcomers.ask(request.detail) : request));
}

void SnapshotSubscriptionPrivate::receive()
{
    if (!std::exchange(isAsking, false) || ApplicationExit::isProcessExiting())
        return;
    const QFuture<SnapshotUpdate> future = answer.future();
    if (future.isCanceled() || !future.isResultReadyAt(0))
        receiveNothing();
    else if (!isPaused || isExplicit) // else it came too late, and is asked for again on resuming
        receive(future.result());
}

void SnapshotSubscriptionPrivate::receiveNothing()
{
    refused = source ? source->version() : 0;
    asksAgain = false;
    isExplicit = false;
    if (!std::exchange(isEnded, true))
        Q_EMIT q->endedChanged(true);
}

void SnapshotSubscriptionPrivate::receive(SnapshotUpdate update)
{
    refused.reset();
    const bool wasEnded = std::exchange(isEnded, false);
    take(update);
    isDue = isDue || (isOfNewcomers ? isExplicit && newcomers.isEmpty() : update.hasMore);
    const bool asksOn = asksAgain || isDue || !newcomers.isEmpty();
    asksAgain = false;
    isExplicit = isExplicit && asksOn;
    if (asksOn)
        ask();
    const QPointer<SnapshotSubscription> self(q);
    Q_EMIT q->updated(update);
    if (self && wasEnded && !isEnded)
        Q_EMIT q->endedChanged(false);
    if (self)
        watchStall();
}

// Some may have left since it was asked.
void SnapshotSubscriptionPrivate::take(SnapshotUpdate &answered)
{
    if (isOfNewcomers) {
        newcomers.take(answered);
    } else {
        request.since = answered.version;
        if (answered.isComplete || !isBegun)
            isBegun = !answered.hasMore;
    }
    const auto isNobodys = [this](const QString &id) {
        return !request.wants(id) || newcomers.isWaiting(id);
    };
    answered.recorders.removeIf(
            [&](const RecorderSnapshot &recorder) { return isNobodys(recorder.entityId); });
    answered.removed.removeIf(isNobodys);
}

/*!
    \class Recorders::SnapshotSubscription
    \inheaderfile recorders/core/snapshotsubscription.h
    \inmodule Recorders
    \brief The SnapshotSubscription class tells again and again what changed in a SnapshotSource.

    It looks at its source at an \l interval(), and asks it only if there is something new. Each
    answer is handed out by the signal updated(). There may be any number of subscriptions to a
    source, each at its own pace and with its own detail:

    \code
    auto *overview = new SnapshotSubscription(runtime.snapshotSource(), this);
    overview->setInterval(1s);
    overview->setDetail(SnapshotDetail::RecordersOnly); // states and counts, no metrics
    connect(overview, &SnapshotSubscription::updated, this, [this](const SnapshotUpdate &update) {
        for (const RecorderSnapshot &recorder : update.recorders)
            m_log.write(recorder.entityId, recorder.statistics.handled);
    });

    auto *connection = new SnapshotSubscription(runtime.snapshotSource(), this);
    connection->setEntityId(QStringLiteral("connection-001")); // one recorder: costs what it costs
    \endcode

    What is behind does not pile up. At most one request is under way: a subscriber whose thread
    was busy for a while gets one update, which carries all that changed meanwhile, in its latest
    state. A source that nobody subscribes to, or whose subscriptions are all paused, is asked
    nothing.

    The first update is \l {SnapshotUpdate::isComplete}{complete}, and so is the first one after
    the source, the detail or none but other recorders were set: what was known before is to be
    forgotten then.
    Everything that is set in one go is asked for once, since a subscription asks from the event
    loop.

    A subscription lives in one thread that has an event loop, is to be used there only, and emits
    its signals there. Its source should live there, too, whatever threads answer for it: if it was
    destroyed in another one, it could be asked at that very moment. So a source of another thread
    is asked as any other, but there is a warning that it must not be destroyed before the
    subscription was given another one, or null.

    \sa SnapshotSource, SnapshotModel
*/

/*!
    Constructs a subscription to \a source, with the given \a parent.

    It does not take ownership of the source, which may be null.
*/
SnapshotSubscription::SnapshotSubscription(SnapshotSource *source, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<SnapshotSubscriptionPrivate>(this))
{
    registerSnapshotTypes();
    d->watch(source);
}

/*!
    Destroys the subscription. A request that is under way is nobody's any more.
*/
SnapshotSubscription::~SnapshotSubscription() = default;

/*!
    Returns where the updates come from, or null if there is none, or if it was destroyed.
*/
SnapshotSource *SnapshotSubscription::source() const
{
    return d->source;
}

/*!
    Sets \a source, and begins anew: the first update is complete. Does not take ownership.
*/
void SnapshotSubscription::setSource(SnapshotSource *source)
{
    assertOwnThread(this, "SnapshotSubscription::setSource");
    if (source && source == d->source)
        return;
    const bool isChanged = source != d->source;
    const bool wasEnded = d->isEnded;
    d->watch(source);
    const QPointer<SnapshotSubscription> self(this);
    if (wasEnded)
        Q_EMIT endedChanged(false);
    if (self && isChanged)
        Q_EMIT sourceChanged(source);
    if (self)
        d->watchStall();
}

/*!
    Returns how often to look for something new. The default is 100 ms.
*/
std::chrono::milliseconds SnapshotSubscription::interval() const
{
    return d->interval;
}

/*!
    Looks for something new each \a interval. One below 1 ms is refused with a warning, and one
    above 24 days, for which there is no timer, is as long as the longest of them.
*/
void SnapshotSubscription::setInterval(std::chrono::milliseconds interval)
{
    assertOwnThread(this, "SnapshotSubscription::setInterval");
    if (interval < 1ms) {
        qCWarning(lcSubscription, "the refresh interval must be at least 1 ms, not %lld",
                  static_cast<long long>(interval.count()));
        return;
    }
    constexpr std::chrono::milliseconds longest(std::numeric_limits<int>::max()); // of a QTimer
    d->interval = std::min(interval, longest);
    if (d->timer.isActive() && d->timer.intervalAsDuration() > 0ms)
        d->timer.start(d->interval);
}

/*!
    Returns how much an update tells. The default is SnapshotDetail::Metrics.
*/
SnapshotDetail SnapshotSubscription::detail() const
{
    return d->request.detail;
}

/*!
    Asks for \a detail, and begins anew: the first update is complete.

    With SnapshotDetail::RecordersOnly the updates tell of each recorder its state, error and
    statistics, and no metric is asked for anything.
*/
void SnapshotSubscription::setDetail(SnapshotDetail detail)
{
    assertOwnThread(this, "SnapshotSubscription::setDetail");
    if (std::exchange(d->request.detail, detail) != detail)
        d->beginAnew();
}

/*!
    Returns the ids of the only recorders that the updates tell of. They tell of all if there are
    none.
*/
QSet<QString> SnapshotSubscription::entityIds() const
{
    return d->request.entityIds;
}

/*!
    Asks for the recorders \a ids only, or for all if there are none.

    What is known of recorders that were asked for before remains known, and nothing is told of those
    that left. An update of their own tells all there is of those that joined, at once, and mentions in
    \l {SnapshotUpdate::}{removed} those that are not there. If none is asked for any more that was
    before, or all were, it begins anew: the first update is complete.

    The recorders may come later, go, and come again: that is told like any other change.
*/
void SnapshotSubscription::setEntityIds(const QSet<QString> &ids)
{
    assertOwnThread(this, "SnapshotSubscription::setEntityIds");
    if (d->request.entityIds != ids)
        d->setEntityIds(ids);
}

/*!
    \overload setEntityIds()

    Asks for the recorder \a entityId only, or for all if that is empty. It costs as much as there
    is to tell of it, however many others there are.
*/
void SnapshotSubscription::setEntityId(const QString &entityId)
{
    assertOwnThread(this, "SnapshotSubscription::setEntityId");
    setEntityIds(entityId.isEmpty() ? QSet<QString>() : QSet<QString>{ entityId });
}

/*!
    Returns whether nothing is asked, but by refresh().
*/
bool SnapshotSubscription::isPaused() const
{
    return d->isPaused;
}

/*!
    Asks nothing while \a paused. Nothing is lost: the next update tells all that changed meanwhile.
*/
void SnapshotSubscription::setPaused(bool paused)
{
    assertOwnThread(this, "SnapshotSubscription::setPaused");
    d->isPaused = paused;
    d->updateTimer();
}

/*!
    Returns whether the source was destroyed, or did not answer when it was asked last.
*/
bool SnapshotSubscription::isEnded() const
{
    return d->isEnded;
}

/*!
    Returns what keeps the source from answering, if that has lasted for more than a second: what
    the source says by SnapshotSource::stall(), or a question that was not answered for so long. What
    was told last is old then. It stays as it was while the subscription is paused, until there is
    an answer.
*/
std::optional<SourceStall> SnapshotSubscription::stall() const
{
    return d->stallNotice.stall();
}

/*!
    Asks for an update now, also while paused, and also if nothing has changed. If a request is
    under way, asks again when it is answered.
*/
void SnapshotSubscription::refresh()
{
    assertOwnThread(this, "SnapshotSubscription::refresh");
    d->isExplicit = true;
    if (d->isAsking)
        d->asksAgain = true;
    else
        d->ask();
}

/*!
    \fn void SnapshotSubscription::updated(const Recorders::SnapshotUpdate &update)

    This signal is emitted, in the subscription's thread, with what changed since the last
    \a update. One that says \l {SnapshotUpdate::hasMore}{hasMore} is followed by the rest as soon as
    that is there; an update of recorders that joined may come before.
*/

/*!
    \fn void SnapshotSubscription::unchanged()

    This signal is emitted, in the subscription's thread, when it has looked and nothing had
    changed since the last update.
*/

/*!
    \fn void SnapshotSubscription::sourceChanged(Recorders::SnapshotSource *source)

    This signal is emitted when \a source was set, and with null when it was destroyed.
*/

/*!
    \fn void SnapshotSubscription::endedChanged(bool ended)

    This signal is emitted when the source was destroyed or does not answer, and \a ended is
    \c true, or when there is an answer again or another source, and it is \c false.
*/

/*!
    \fn void SnapshotSubscription::stallChanged()

    This signal is emitted when stall() begins and ends, and about once a second while it lasts. It
    is noticed when the subscription looks at its source, each interval().
*/

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/snapshotsubscription_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/platform/ownedstring_p.h"
#include "core/platform/steadytime_p.h"

#include <utility>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcSubscription, "recorders.core.subscription", QtWarningMsg)

SnapshotSubscriptionPrivate::SnapshotSubscriptionPrivate(SnapshotSubscription *subscription)
    : q(subscription)
    , thread(q, lcSubscription().categoryName())
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

// Somebody may wait for it.
void SnapshotSubscriptionPrivate::beginAnewWithRefresh()
{
    const bool isWaitedFor = isExplicit;
    beginAnew();
    if (isWaitedFor)
        q->refresh();
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
        beginAnewWithRefresh();
    } else if (!added.isEmpty()) {
        newcomers.add(added);
        askLater();
    }
}

// Of those that are no more, less is told from now on, of the others all there is once more.
void SnapshotSubscriptionPrivate::setDetailedIds(const QSet<QString> &ids)
{
    QSet<QString> added;
    for (const QString &id : ids) {
        if (!request.detailedIds.contains(id))
            added.insert(owned(id));
    }
    QSet<QString> &detailed = request.detailedIds;
    newcomers.dropKnown(QSet<QString>(detailed).subtract(ids));
    detailed &= ids;
    detailed += added;
    // Until all there was has been told, an outline tells all metrics anyway.
    const bool isToldAnyway = request.detail == SnapshotDetail::Metrics
            || (request.detail == SnapshotDetail::Outline && !isBegun);
    if (isToldAnyway || added.isEmpty())
        return;
    newcomers.addKnown(added);
    askLater();
}

// What was known in more detail remains known.
void SnapshotSubscriptionPrivate::setDetail(SnapshotDetail detail)
{
    const SnapshotDetail before = std::exchange(request.detail, detail);
    const bool goesOn =
            isBegun && before == SnapshotDetail::Metrics && detail == SnapshotDetail::Outline;
    if (before != detail && !goesOn)
        beginAnewWithRefresh();
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
    const bool wasExplicit = std::exchange(isExplicit, false);
    const QPointer<SnapshotSubscription> self(q);
    if (!std::exchange(isEnded, true))
        Q_EMIT q->endedChanged(true);
    if (self && wasExplicit)
        Q_EMIT q->refreshFailed();
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
    const bool isTheirTurn = newcomers.areWaiting() && !(isDue && isOfNewcomers);
    isOfNewcomers = isBegun && (newcomers.areAskedFor() || isTheirTurn);
    isDue = isDue && isOfNewcomers;
    askedVersion = source->version();
    answer.setFuture(source->changesSince(isOfNewcomers ? newcomers.ask(request) : request));
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
    refused = askedVersion;
    asksAgain = false;
    const bool wasExplicit = std::exchange(isExplicit, false);
    const QPointer<SnapshotSubscription> self(q);
    if (!std::exchange(isEnded, true))
        Q_EMIT q->endedChanged(true);
    if (self && wasExplicit)
        Q_EMIT q->refreshFailed();
}

void SnapshotSubscriptionPrivate::receive(SnapshotUpdate update)
{
    refused.reset();
    const bool wasEnded = std::exchange(isEnded, false);
    take(update);
    isDue = isDue || (isOfNewcomers ? isExplicit && newcomers.isEmpty() : update.hasMore);
    const bool asksOn = asksAgain || isDue || !newcomers.isEmpty();
    asksAgain = false;
    const bool isRefreshed = isExplicit && !asksOn;
    isExplicit = isExplicit && asksOn;
    if (asksOn)
        ask();
    const QPointer<SnapshotSubscription> self(q);
    Q_EMIT q->updated(update);
    if (self && isRefreshed && !isExplicit) // else a slot wants more
        Q_EMIT q->refreshed();
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
        return !request.wants(id) || newcomers.isUnknown(id);
    };
    const auto isNobodysSnapshot = [&](const RecorderSnapshot &recorder) {
        return isNobodys(recorder.entityId);
    };
    answered.recorders.removeIf(isNobodysSnapshot);
    answered.removedSnapshots.removeIf(isNobodysSnapshot);
    answered.removed.removeIf(isNobodys);
}

} // namespace Recorders

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotsubscription.h>

#include "core/snapshot/metatypes_p.h"
#include "core/snapshot/snapshotsubscription_p.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

/*!
    \class Recorders::SnapshotSubscription
    \inheaderfile recorders/core/snapshotsubscription.h
    \inmodule Recorders
    \since Recorders 0.1
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
    the source, more detail or none but other recorders were set: what was known before is to be
    forgotten then, as far as it is not told again.
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
    d->thread.check("SnapshotSubscription::setSource");
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
    d->thread.check("SnapshotSubscription::setInterval");
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
    Asks for \a detail, and begins anew: the first update is complete. From SnapshotDetail::Metrics to
    SnapshotDetail::Outline it goes on, as all that it tells then is known.

    With SnapshotDetail::RecordersOnly the updates tell of each recorder its state, error and
    statistics, and no metric is asked for anything. With SnapshotDetail::Outline they tell the
    metrics of a recorder when it comes, and when one of them comes, goes or is quarantined, but not
    what changes of their values. \l {RecorderSnapshot::detail} says of each recorder which it is.
*/
void SnapshotSubscription::setDetail(SnapshotDetail detail)
{
    d->thread.check("SnapshotSubscription::setDetail");
    d->setDetail(detail);
}

/*!
    Returns the ids of the recorders of which all is told, whatever the detail().
*/
QSet<QString> SnapshotSubscription::detailedIds() const
{
    return d->request.detailedIds;
}

/*!
    Asks for all metrics of the recorders \a ids, also if less is asked for of the others. They need
    not exist. By default there are none.

    An update of their own tells all there is of those that were added, at once. Of those that are
    no more, what was told remains known, and grows old. This is how to watch some of many recorders:

    \code
    subscription->setDetail(SnapshotDetail::Outline); // which metrics there are, and new ones
    subscription->setDetailedIds(visibleIds);
    \endcode
*/
void SnapshotSubscription::setDetailedIds(const QSet<QString> &ids)
{
    d->thread.check("SnapshotSubscription::setDetailedIds");
    if (d->request.detailedIds != ids)
        d->setDetailedIds(ids);
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
    d->thread.check("SnapshotSubscription::setEntityIds");
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
    d->thread.check("SnapshotSubscription::setEntityId");
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
    d->thread.check("SnapshotSubscription::setPaused");
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
    under way, asks again when it is answered. The signal refreshed() says that all of it was told.
*/
void SnapshotSubscription::refresh()
{
    d->thread.check("SnapshotSubscription::refresh");
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
    \fn void SnapshotSubscription::refreshed()

    This signal is emitted, in the subscription's thread, when all was told that refresh() asked for,
    after the last one of its updates. If refresh() is called again meanwhile, it is emitted once.
*/

/*!
    \fn void SnapshotSubscription::refreshFailed()

    This signal is emitted, in the subscription's thread, when the source does not answer what
    refresh() asked for, or was destroyed before it did. Neither is emitted if another source is set.
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

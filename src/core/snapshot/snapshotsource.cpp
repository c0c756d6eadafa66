// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotsource.h>

#include "core/platform/applicationexit_p.h"
#include "core/snapshot/metatypes_p.h"

namespace Recorders {

using namespace Internal;

/*!
    \class Recorders::SnapshotSource
    \inheaderfile recorders/core/snapshotsource.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotSource class is where snapshots come from: a runtime, a file, a socket.

    A source is asked; it publishes nothing by itself. A consumer keeps the version of the last
    update, compares it with version() when it wants to refresh, and asks changesSince()
    only if they differ. It keeps one request under way at most, so that however slow it is, no
    updates pile up, and the next update carries all that changed in between. That is what a
    SnapshotSubscription does.

    \sa SnapshotSubscription
*/

/*!
    \class Recorders::SnapshotRequest
    \inheaderfile recorders/core/snapshotsource.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotRequest struct is what a source is asked for: since when, how much, and of
    whom.

    A version alone is a request, too: for all that changed since then, of all recorders.
*/

/*!
    \fn SnapshotRequest::SnapshotRequest(quint64 version)

    Makes a request for all that changed since \a version.
*/

/*!
    \fn bool SnapshotRequest::wants(const QString &id) const

    Returns whether the recorder \a id is to be told of.
*/

/*!
    \variable SnapshotRequest::since
    \brief the version of the last update that was got with the same detail and recorders, or 0 for
    everything
*/

/*!
    \variable SnapshotRequest::detail
    \brief whether metrics are wanted, or only what is known of the recorders themselves

    Without metrics, no metric is asked for its snapshot; with SnapshotDetail::Outline, none that has
    merely changed.
*/

/*!
    \variable SnapshotRequest::detailedIds
    \brief the recorders of which all metrics are wanted, whatever the detail

    They need not exist, and say nothing of whether other recorders are wanted.
*/

/*!
    \fn SnapshotDetail SnapshotRequest::detailOf(const QString &id) const

    Returns how much is to be told of the recorder \a id. A source may tell more: what it tells is said
    by \l {RecorderSnapshot::detail}.
*/

/*!
    \variable SnapshotRequest::entityIds
    \brief the recorders that are wanted, or empty for all

    They need not exist. An update that is \l{SnapshotUpdate::isComplete}{complete} and does not
    mention one of them says that there is none.
*/

/*!
    \class Recorders::RecorderSnapshot
    \inheaderfile recorders/core/snapshotsource.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The RecorderSnapshot struct is what is told of one recorder.

    All of it belongs to one moment between two of the recorder's events.
*/

/*!
    \variable RecorderSnapshot::entityId
    \brief the recorder
*/

/*!
    \variable RecorderSnapshot::generation
    \brief a number that is another one when the id was removed and is in use again
*/

/*!
    \variable RecorderSnapshot::resets
    \brief how often the metrics were reset by Recorder::resetMetrics()

    Another number says that values which fell were set back, and that what they were before says
    nothing about their rates. It is 0 where no metrics were asked for.
*/

/*!
    \variable RecorderSnapshot::state
    \brief the state of the recorder
*/

/*!
    \variable RecorderSnapshot::statistics
    \brief how many events there were, and what became of them
*/

/*!
    \variable RecorderSnapshot::error
    \brief the recorder's last error
*/

/*!
    \variable RecorderSnapshot::metrics
    \brief the metrics that changed, or all of them
*/

/*!
    \variable RecorderSnapshot::isComplete
    \brief whether metrics that are not mentioned are gone

    It is \c false if no metrics were asked for.
*/

/*!
    \variable RecorderSnapshot::detail
    \brief how much it tells

    With less than SnapshotDetail::Metrics, values of metrics may have changed and are not told, and what
    was told of them before is old.
*/

/*!
    \class Recorders::SnapshotUpdate
    \inheaderfile recorders/core/snapshotsource.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotUpdate struct is an answer of a source: what changed since a version.

    An update that is \l{SnapshotUpdate::isComplete}{complete} replaces what was known before. Any
    other is added to it: first \l removed, then \l recorders.

    \sa SnapshotSource::changesSince(), SnapshotSubscription::updated()
*/

/*!
    \variable SnapshotUpdate::version
    \brief what to ask for the next changes with

    If it \l {SnapshotUpdate::hasMore}{has more}, this may be no version that the source had: it also
    says what was told so far.
*/

/*!
    \variable SnapshotUpdate::time
    \brief the steady clock of the source, when the update was taken
*/

/*!
    \variable SnapshotUpdate::isComplete
    \brief whether recorders that are not mentioned are gone

    If it \l {SnapshotUpdate::hasMore}{has more}, others are mentioned in the following updates, up to
    the first one that has no more.
*/

/*!
    \variable SnapshotUpdate::hasMore
    \brief whether it was cut to keep it short, and the rest is to be asked for at once
*/

/*!
    \variable SnapshotUpdate::recorders
    \brief what is told of recorders that changed, or of all of them
*/

/*!
    \variable SnapshotUpdate::removed
    \brief the ids of recorders that were removed, also if nothing was told of them before; one that
    is in use again is mentioned in \c recorders, too

    This holds for each part of an update that was cut: a part that tells of a removal mentions the
    recorder that has the id now, and a later one may do so again.
*/

/*!
    \variable SnapshotUpdate::removedStatistics
    \brief what the recorders counted that were removed so far, added up

    With that of the recorders that there are, it says what there ever was: what was lost stays lost
    when its recorder goes, also if that came and went between two updates. There is none if the source
    does not know, if some recorders only were asked for, or if removals are told in a later part.
*/

/*!
    \variable SnapshotUpdate::removedSnapshots
    \brief what recorders had at last that are named in \c removed, and whose id is not in use again

    All of it: state, statistics, the last error, and all metrics,
    unless SnapshotDetail::RecordersOnly was asked for. An id that was removed more than once is told
    more than once; the last one counts.

    It need not be there. A runtime keeps it of the 1000 recorders that were removed last, and of
    10 000 metrics in all, as soon as somebody has asked for changes; of those that have stopped,
    and not of one that had no time to do so. Values and attributes of types that are not Qt's are left
    out, as they may be a plugin's: what is told is not \l{RecorderSnapshot::isComplete}{complete} then.
*/

/*!
    \class Recorders::SourceStall
    \inheaderfile recorders/core/sourcestall.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SourceStall struct is what keeps a source from answering.

    \sa SnapshotSource::stall()
*/

/*!
    \variable SourceStall::since
    \brief the steady clock, when it began
*/

/*!
    \variable SourceStall::where
    \brief what the source's thread is in, such as \e {metric "jobs" of recorder "worker"}; empty if
    that is not known
*/

/*!
    \fn quint64 SnapshotSource::version() const

    Returns a number that is another one whenever there is something new. It is never 0 once
    there is anything to show.

    \threadsafe
*/

/*!
    \fn QFuture<SnapshotUpdate> SnapshotSource::changesSince(const SnapshotRequest &request)

    Returns what changed since the version of \a request, everything if that is 0, as far as it is
    asked for. A source may tell more than that: of other recorders, and with more detail. One that
    knows nothing of outlines tells all metrics, unless SnapshotDetail::RecordersOnly is asked for. The
    future is finished in the source's own thread, by the caller if there is none; it
    is canceled if the source goes away, or if there is no memory to ask it. Do not wait for it in a
    metric, hook or slot of that thread. To go on then, watch it with a QFutureWatcher, or let
    a SnapshotSubscription do that; do not attach \c then(), which races with that thread.

    \threadsafe
*/

/*!
    Returns what keeps the source from answering, for as long as it does: a runtime whose thread is
    in a metric or hook that does not return says which that is, and since when. The default
    implementation returns nothing.

    A thread that is merely busy is no stall: it goes from call to call. That is seen by asking again
    and again, as a SnapshotSubscription does: since when is right to within the time from one question
    to the next. Who asks for the first time is told since when the thread has not turned to new work.

    \threadsafe
    \sa SnapshotSubscription::stall()
*/
std::optional<SourceStall> SnapshotSource::stall() const
{
    return {};
}

/*!
    \fn void SnapshotSource::stateChanged(Recorders::RuntimeState state)

    This signal is emitted when \a state is reached, in the thread that reached it.
*/

/*!
    Constructs a source with the given \a parent.
*/
SnapshotSource::SnapshotSource(QObject *parent)
    : QObject(parent)
{
    registerSnapshotTypes();
}

// What watches it would be told that it goes.
SnapshotSource::~SnapshotSource()
{
    if (ApplicationExit::isProcessExiting())
        disconnect();
}

} // namespace Recorders

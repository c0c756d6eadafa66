// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotsource.h>

namespace Recorders {

/*!
    \class Recorders::SnapshotSource
    \inheaderfile recorders/core/snapshotsource.h
    \inmodule Recorders
    \brief The SnapshotSource class is where snapshots come from: a runtime, a file, a socket.

    A source is asked; it publishes nothing by itself. Whoever shows snapshots keeps the version of
    the last update, compares it with version() when it wants to refresh, and asks changesSince()
    only if they differ. It keeps one request under way at most, so that however slow it is, no
    updates pile up, and the next update carries all that changed in between.
*/

/*!
    \fn quint64 SnapshotSource::version() const

    Returns a number that is another one whenever there is something new. It is never 0 once
    there is anything to show.

    \threadsafe
*/

/*!
    \fn QFuture<SnapshotUpdate> SnapshotSource::changesSince(quint64 version)

    Returns what changed since \a version, everything if that is 0. The future is finished in
    the source's own thread; it is canceled if the source goes away, or if there is no memory to
    ask it.

    \threadsafe
*/

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
}

SnapshotSource::~SnapshotSource() = default;

} // namespace Recorders

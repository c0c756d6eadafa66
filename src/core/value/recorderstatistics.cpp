// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/recorderstatistics.h>

#include <tuple>

namespace Recorders {

/*!
    \class Recorders::RecorderStatistics
    \inheaderfile recorders/core/recorderstatistics.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The RecorderStatistics struct counts what became of a recorder's events.

    At any time \c {registered == accepted + dropped + rejected + notRunning} and
    \c {accepted == handled + pending}. An event is pending until its metrics and hook are done.
*/

/*!
    \variable Recorders::RecorderStatistics::registered
    \brief how many events were handed over, whatever became of them
*/

/*!
    \variable Recorders::RecorderStatistics::accepted
    \brief how many of them were answered with RegisterResult::Accepted
*/

/*!
    \variable Recorders::RecorderStatistics::dropped
    \brief how many of them were answered with RegisterResult::Dropped
*/

/*!
    \variable Recorders::RecorderStatistics::rejected
    \brief how many of them were answered with RegisterResult::Rejected
*/

/*!
    \variable Recorders::RecorderStatistics::notRunning
    \brief how many of them were answered with RegisterResult::NotRunning
*/

/*!
    \variable Recorders::RecorderStatistics::handled
    \brief how many accepted events the metrics and the hook are done with
*/

/*!
    \variable Recorders::RecorderStatistics::pending
    \brief how many accepted events are not handled yet
*/

/*!
    \variable Recorders::RecorderStatistics::metricErrors
    \brief how many times a metric threw
*/

/*!
    \fn bool Recorders::RecorderStatistics::operator==(const RecorderStatistics &a, const RecorderStatistics &b)

    Returns \c true if all counts of \a a and \a b are the same.
*/
bool operator==(const RecorderStatistics &a, const RecorderStatistics &b) noexcept
{
    const auto counts = [](const RecorderStatistics &s) {
        return std::tie(s.registered, s.accepted, s.dropped, s.rejected, s.notRunning, s.handled,
                        s.pending, s.metricErrors);
    };
    return counts(a) == counts(b);
}

/*!
    \fn bool Recorders::RecorderStatistics::operator!=(const RecorderStatistics &a, const RecorderStatistics &b)

    Returns \c true if any count of \a a and \a b differs.
*/

/*!
    Adds what \a other counted, and returns this.
*/
RecorderStatistics &RecorderStatistics::operator+=(const RecorderStatistics &other) noexcept
{
    registered += other.registered;
    accepted += other.accepted;
    dropped += other.dropped;
    rejected += other.rejected;
    notRunning += other.notRunning;
    handled += other.handled;
    pending += other.pending;
    metricErrors += other.metricErrors;
    return *this;
}

} // namespace Recorders

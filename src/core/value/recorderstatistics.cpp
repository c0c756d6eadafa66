// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/recorderstatistics.h>

#include <tuple>

namespace Recorders {

/*!
    \class Recorders::RecorderStatistics
    \inheaderfile recorders/core/recorderstatistics.h
    \inmodule Recorders
    \brief The RecorderStatistics struct counts what became of a recorder's events.

    At any time \c {registered == accepted + dropped + rejected + notRunning} and
    \c {accepted == handled + pending}. An event is pending until its metrics and hook are done.
    \c metricErrors counts what metrics threw.
*/

/*!
    \relates Recorders::RecorderStatistics
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

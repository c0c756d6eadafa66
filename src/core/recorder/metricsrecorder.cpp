// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsrecorder.h>

#include "core/recorder/eventaccess_p.h"
#include "core/recorder/recordercore_p.h"

namespace Recorders {

/*!
    \class Recorders::MetricsRecorder
    \inheaderfile recorders/core/metricsrecorder.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The MetricsRecorder class is what a component that is measured knows of its recorder.

    \threadsafe

    A component takes a \c {std::shared_ptr<MetricsRecorder>}, which may be null, registers its
    metrics with it, and hands it its events. It needs to know nothing of runtimes, threads and
    snapshots. All functions may be called from any thread, also from metrics and hooks, and in
    every state of the recorder; the recorder may even have outlived its runtime.

    \sa Recorder
*/

MetricsRecorder::MetricsRecorder(std::shared_ptr<Internal::RecorderCore> core)
    : m_core(std::move(core))
    , m_gate(m_core->inbox().gate())
{
}

MetricsRecorder::~MetricsRecorder() = default;

/*!
    \fn template <class Event> RegisterResult MetricsRecorder::registerEvent(Event &&event)

    Hands over \a event, and says what became of it. It is handled later, on the recorder's thread,
    after all events that were registered before.

    This never throws, and never waits for another thread, but under OverflowPolicy::Block when the
    queue is full. While events flow it takes no mutex, and allocates nothing for events of up to 48
    bytes. A thread that registers event after event, and is the only one, soon needs no locked
    instruction either, and has room for events of up to 512 bytes. These events take more:

    \list
    \li The first one of a recorder that was made by hand, and of one that was stopped before it
        started, starts it: it takes mutexes, which no thread holds for long, and allocates.
    \li One that finds the recorder's thread asleep wakes it by a queued signal, which takes a mutex
        of Qt and allocates.
    \li One that takes the recorder over from another thread, which was the only one until then, or
        comes between two of it, may enter the kernel, for some microseconds. That gets rare where
        it happens often.
    \li One that finds no room in what the queue holds already, though it is not full, takes memory
        from a pool, which grows now and then.
    \li One that is larger, or whose copy may throw, is kept on the heap.
    \endlist

    An event whose copy throws, or for which there is no memory, is \c Rejected; move events that are
    expensive to copy. All this is why it is not for signal handlers.
*/

/*!
    Makes \a metric see all events that are registered from now on, and no earlier ones, and takes
    ownership of it. Does not wait for the recorder's thread. Returns \c false, and sets
    \a error, if it is null, has a blank name or one that is in use, if it says itself that it
    cannot be registered (Metric::configurationError()), or if there is not enough memory; it is
    destroyed then.
*/
bool MetricsRecorder::registerMetric(std::unique_ptr<Metric> metric, Error *error)
{
    return m_core->registerMetric(std::move(metric), error);
}

/*!
    Removes and destroys the metric called \a name, after it has seen the events that were
    registered before. Returns \c false if there is none of that name, or not enough memory to
    remove it.

    When this returns the metric is gone. Only if the recorder's thread is busy for longer than
    RecorderOptions::snapshotTimeout it is removed later, with a warning: it sees no event that is
    registered from now on, and another one of its name can be registered. If the recorder stops
    before it has handled those events, that is when they are handled after its next start. A metric
    that is called at this moment, further up the stack, goes when that call has returned.
*/
bool MetricsRecorder::removeMetric(const QString &name)
{
    return m_core->removeMetric(name);
}

/*!
    Returns the names of all metrics, in the order in which they were registered.
*/
QStringList MetricsRecorder::metricNames() const
{
    return m_core->metricNames();
}

/*!
    Returns a snapshot of each metric, all of one moment between two events. They include every
    event that the calling thread has registered before.

    This goes to the recorder's thread and back; on that thread it is answered directly. If there is
    no answer within RecorderOptions::snapshotTimeout, or not enough memory, it logs a warning,
    returns what Recorder::latestSnapshots() does, and says by ErrorCode::Timeout or
    ErrorCode::OutOfMemory in \a error that this is not all. On the recorder's own thread it is
    ErrorCode::Timeout, with a warning, too, if the events before could not be handled in that time:
    those that could are included.

    Where no thread would answer, because the recorder has stopped, cannot start or is that of the
    process that this one was forked from, or when a metric asks within its own snapshot() or
    reset(), it returns the latest snapshots at once, and that is no error: there are none that are
    newer. From within Metric::handleEvent() the present event is brought to the other metrics
    first; events after it are not included then.
*/
QList<MetricSnapshot> MetricsRecorder::metricSnapshots(Error *error) const
{
    return m_core->metricSnapshots(error);
}

RegisterResult MetricsRecorder::registerErasedEvent(const MetricEvent &event) noexcept
{
    QT_TRY
    {
        MetricEvent staged(event);
        return storeErased(staged);
    }
    QT_CATCH(...)
    {
        return m_core->inbox().reject();
    }
}

RegisterResult MetricsRecorder::storeErased(MetricEvent &event) noexcept
{
    if (event.isNull())
        return m_core->inbox().reject();
    const std::size_t size = Internal::EventAccess::recordSize(event);
    Internal::RecordEntry entry = m_gate.tryEnter(size);
    if (!entry)
        entry = Internal::enterLaneSlowly(m_gate, *m_core, size);
    if (entry) {
        Internal::EventAccess::moveIntoRecord(entry.record(), event);
        entry.publish(size);
        return RegisterResult::Accepted;
    }
    const Internal::Claim claim = Internal::claimSlot(*m_core);
    if (claim.slot) {
        const auto *type = Internal::EventAccess::moveInto(claim.slot->storage, event);
        claim.slot->type.store(type, std::memory_order_release);
    }
    return claim.result;
}

} // namespace Recorders

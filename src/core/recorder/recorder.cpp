// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/recorder.h>

#include "core/platform/applicationexit_p.h"
#include "core/recorder/recordercore_p.h"
#include "core/snapshot/metatypes_p.h"

#include <QEvent>
#include <QLoggingCategory>

namespace Recorders {

Q_LOGGING_CATEGORY(lcRecorderObject, "recorders.core.recorder", QtWarningMsg)

/*!
    \class Recorders::RecorderOptions
    \inheaderfile recorders/core/recorder.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The RecorderOptions struct says how a recorder deals with overflow, failures and time.
*/

/*!
    \variable Recorders::RecorderOptions::queueMaxSize
    \brief how many events can be pending, 10,000 by default, at least 1

    A pending event takes 64 bytes of memory. One of more than 48 bytes, or with an unusual
    alignment, is allocated separately, and takes its own size and what the heap adds in addition.
    So a recorder whose queue is full holds 64 bytes times queueMaxSize: 640 kB by default, and
    256 MB if that happens to 400 recorders at once. While a single thread registers event after
    event, one of up to 512 bytes takes its own size and 8 bytes more. A queue of more than 32,704 events has an index
    of its own, for the life of the recorder: up to half a byte per event.

    Memory is taken as events come, not before. When they were handled it is used for those of other
    recorders, and what exceeds MetricsRuntime::idleEventMemory() is given back to the operating
    system, most of it within a minute.

    \sa MetricsRuntime::setIdleEventMemory()
*/

/*!
    \variable Recorders::RecorderOptions::overflowPolicy
    \brief what happens to an event when queueMaxSize events are pending

    Not set by default: that is OverflowPolicy::Drop for a recorder of a runtime, and
    OverflowPolicy::Reject for one that was made by hand.
*/

/*!
    \variable Recorders::RecorderOptions::blockTimeout
    \brief how long a caller waits for room under OverflowPolicy::Block, one second by default

    An event that finds no room in that time is counted as dropped. It must not be negative.
*/

/*!
    \variable Recorders::RecorderOptions::metricFailurePolicy
    \brief what happens when a metric throws, MetricFailurePolicy::IsolateMetric by default
*/

/*!
    \variable Recorders::RecorderOptions::metricFailureLimit
    \brief how many errors of a metric lead to its quarantine, 10 by default, at least 1
*/

/*!
    \variable Recorders::RecorderOptions::stopTimeout
    \brief how long a stop handles what is pending, 5 seconds by default

    A stop that runs out of time ends with ErrorCode::Timeout, and what was not handled stays
    pending. It must not be negative.
*/

/*!
    \variable Recorders::RecorderOptions::snapshotTimeout
    \brief how long MetricsRecorder::metricSnapshots() and MetricsRecorder::removeMetric() wait for
    the recorder's thread, 5 seconds by default

    It must not be negative.
*/

/*!
    \variable Recorders::RecorderOptions::lifetime
    \brief how long the runtime keeps the recorder, RecorderLifetime::UntilRemoved by default

    With RecorderLifetime::UntilLastHandle the recorder lives as long as its owner: it is removed when
    the last \c std::shared_ptr to it goes, of those that MetricsRuntime::createRecorder() and
    MetricsRuntime::recorder() returned and their copies, also as pointers to MetricsRecorder; a
    Recorder of QML has one. That can happen in any thread, also in a metric or hook, and does not wait: what was accepted is
    handled within RecorderOptions::stopTimeout, and MetricsRuntime::recorderRemoved() is emitted
    later. A warning is logged if events were left over. The object may be destroyed by the
    runtime's thread, so a subclass must not mind that. A recorder whose metrics have a handle to it
    never loses its last one.

    This has no effect on a recorder that was made by hand.
*/

/*!
    \class Recorders::Recorder
    \inheaderfile recorders/core/recorder.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The Recorder class measures one thing: a connection, a session, a worker, a component.

    A recorder owns metrics, takes events from any thread, and hands them to its metrics on its own
    thread, in the order in which they were registered. It is made by
    MetricsRuntime::createRecorder(), and then lives in the runtime's thread; or by hand, and then
    lives in the thread that made it, which must run an event loop.

    Without enough memory a function changes nothing, and says so if it can: start() and stop() by
    ErrorCode::OutOfMemory, others by \c false. What has begun is brought to its end, and waits for
    memory if it has to.

    All functions but the constructor and destructor may be called from any thread. A recorder
    that was made by hand starts with its first event, or by start(), and is deleted in its own
    thread; deleting it stops it.

    A recorder that was started belongs to its process. In a child process made by \c fork() it is
    \c Stopped, takes no events, cannot start again, and can be deleted in any thread; it shows
    nothing of its metrics there.

    \section1 Hooks

    A subclass can override onStarting(), onStopped() and onMetricChanged(). They are called on the
    recorder's thread, and may call back into the recorder and its runtime. Exceptions are
    contained. Call stop() before a subclass is destroyed, its onStopped() is not called otherwise;
    recorders of a runtime are always stopped first.
*/

/*!
    Constructs a recorder for the entity \a entityId, with the given \a options and \a parent. A
    blank id and wrong options are reported by lastError(), and by start(), which fails then.
*/
Recorder::Recorder(QString entityId, RecorderOptions options, QObject *parent)
    : QObject(parent)
    , MetricsRecorder(std::make_shared<Internal::RecorderCore>(*this, std::move(entityId),
                                                               std::move(options)))
{
    Internal::registerSnapshotTypes();
    Internal::registerMetaTypes<MetricEvent>();
}

/*!
    Stops the recorder: what was accepted is handled. Not for use by its own metrics and hooks.
*/
Recorder::~Recorder()
{
    m_core->lifecycle().detachRecorder();
    if (Internal::ApplicationExit::isProcessExiting())
        disconnect();
}

/*!
    \property Recorder::entityId
    \brief the name of what is measured
*/
QString Recorder::entityId() const
{
    return m_core->entityId();
}

/*!
    Returns the options that the recorder was made with.

    \threadsafe
*/
const RecorderOptions &Recorder::options() const
{
    return m_core->options();
}

/*!
    \property Recorder::state
    \brief where the recorder is in its life
*/
RecorderState Recorder::state() const
{
    return m_core->state();
}

/*!
    Returns the last error: of a start or stop, or of a metric or hook that threw.

    \threadsafe
*/
Error Recorder::lastError() const
{
    return m_core->lifecycle().lastError();
}

/*!
    Returns a consistent reading of what became of the events so far.

    \threadsafe
*/
RecorderStatistics Recorder::statistics() const
{
    return m_core->statistics();
}

/*!
    Starts the recorder, joins a start that is under way, or does nothing if it runs. The future has
    the outcome, the same one for all who asked.

    On the recorder's own thread the recorder has started when this returns, unless one of its own
    metrics or hooks made the call. Without a QCoreApplication, or without an event dispatcher in
    its thread, the recorder goes to \c Failed. A recorder that was stopped starts again with the
    metrics that it has, and their values.

    \warning On the recorder's own thread do not wait for the future in a metric or hook. The thread
    finishes it, so waiting for it takes as long as the metric or hook that is called, and never ends
    if that waits for the waiting thread. MetricsRuntime::shutdown() has a deadline.

    To go on when the recorder has started, watch the future with a QFutureWatcher, which tells in
    its own thread, or connect to stateChanged() and failed():

    \code
    auto *watcher = new QFutureWatcher<Recorders::Error>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (const Recorders::Error error = watcher->result())
            showError(error.message());
    });
    watcher->setFuture(recorder->start());
    \endcode

    \warning Do not attach QFuture::then(), \c onFailed() or \c onCanceled(): Qt 6.4.2 and 6.8.2 are
    known to crash if another thread finishes the future meanwhile.

    \threadsafe
    \sa {Threads in Recorders}
*/
QFuture<Error> Recorder::start()
{
    return m_core->lifecycle().start();
}

/*!
    Stops the recorder, joins a stop that is under way, or does nothing if it does not run. From
    now on events are answered with RegisterResult::NotRunning; those that were accepted are
    handled, for as long as RecorderOptions::stopTimeout. The future has the outcome, the same one
    for all who asked: ErrorCode::Timeout if events were left over, with what was slow if that is
    known. These stay pending, and are handled if the recorder starts again; otherwise they are
    destroyed with the recorder, by the thread that drops the last handle to it, or a moment later
    by the recorder's thread.

    On the recorder's own thread the recorder has stopped when this returns, unless one of its own
    metrics or hooks made the call.

    \warning On the recorder's own thread do not wait for the future in a metric or hook. To go on
    when the recorder has stopped, watch the future as start() describes; do not attach \c then().

    \threadsafe
*/
QFuture<Error> Recorder::stop()
{
    return m_core->lifecycle().stop();
}

/*!
    Waits until all events are handled that were registered before this call, by any thread, and
    returns \c true; returns \c false if that is not so at the \a deadline, or if it cannot be
    because the recorder does not run or the call is made by one of its metrics or hooks.

    A plugin may be unloaded when it registers no more events, its metrics were removed with
    removeMetric(), and every recorder that had events of its was flushed or has stopped since.

    \threadsafe
*/
bool Recorder::flush(QDeadlineTimer deadline)
{
    return m_core->flush(deadline);
}

/*!
    Returns the snapshots that the recorder's thread published last, but for those of metrics that
    were removed since. Returns at once, in every state, after shutdown too. If something has
    changed since they were published, it asks the thread to publish again: one request is on its
    way at most. So a caller that polls, such as a timer, sees what was handled before its previous
    call.

    As long as nobody calls this or metricSnapshots(), nothing is published, and metrics are not
    asked for snapshots, until the recorder stops. So the first call after a start waits for the
    recorder's thread: for about 20 milliseconds at most, and less if a metric or hook of this recorder
    keeps it. After that it returns what there is, without a warning; before the first start that is
    nothing. Once this was called, flush() publishes, too.

    On the recorder's own thread the answer includes what was handled so far, unless a metric or hook
    of this recorder makes the call: then it is what was published last.

    \threadsafe
    \sa metricSnapshots()
*/
QList<MetricSnapshot> Recorder::latestSnapshots() const
{
    return m_core->latestSnapshots();
}

/*!
    Calls Metric::reset() of all metrics, after the events that were registered before. Does not
    wait for that; a recorder that does not run ignores it. Without enough memory it logs a warning.

    \threadsafe
*/
void Recorder::resetMetrics()
{
    m_core->resetMetrics();
}

/*!
    Registers \a event like registerEvent(). Made for connections of any type, direct ones from
    other threads included: it does not touch the QObject.

    \threadsafe
*/
void Recorder::registerMetricEvent(const MetricEvent &event)
{
    registerErasedEvent(event);
}

/*!
    \fn void Recorder::stateChanged(Recorders::RecorderState state)

    This signal is emitted on the recorder's thread when \a state is reached, in order. Only when
    there is no such thread, because the recorder never started or cannot, it is emitted by the
    thread that called start() or stop().
*/

/*!
    \fn void Recorder::failed(const Recorders::Error &error)

    This signal is emitted, in the same thread as stateChanged(), when the recorder cannot start, or
    stops because of a failing metric under MetricFailurePolicy::FailRecorder. The \a error says
    why.
*/

/*!
    Called before the first event is handled, each time the recorder starts. If it throws, the
    recorder fails.
*/
void Recorder::onStarting() { }

/*!
    Called when the recorder stops, after the last event was handled.
*/
void Recorder::onStopped() { }

/*!
    Called after \a event changed \a metric; all metrics have seen it by then. Both are valid
    during the call.
*/
void Recorder::onMetricChanged(const Metric &metric, const MetricEvent &event)
{
    Q_UNUSED(metric)
    Q_UNUSED(event)
}

/*!
    \reimp
*/
bool Recorder::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange && m_core->canProgress() && !m_core->isBeingMade()) {
        Internal::warn(lcRecorderObject, [this] {
            return QStringLiteral("Recorder \"%1\": it runs and stays in its thread; stop it "
                                  "before QObject::moveToThread()")
                    .arg(entityId());
        });
    }
    return QObject::event(event);
}

} // namespace Recorders

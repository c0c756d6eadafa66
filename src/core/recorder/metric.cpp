// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metric.h>

#include "core/platform/ownedstring_p.h"
#include "core/recorder/handlingtime_p.h"

namespace Recorders {

/*!
    \class Recorders::Metric
    \inheaderfile recorders/core/metric.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The Metric class turns events into measured state.

    Only a metric knows what events mean. It is registered with a recorder, which takes ownership,
    and from then on all its functions but name() are called on the recorder's thread only: a
    metric needs no locks. It may throw; the recorder contains that, see
    RecorderOptions::metricFailureLimit.

    \sa TypedMetric, MetricsRecorder::registerMetric()
*/

/*!
    \class Recorders::TypedMetric
    \inheaderfile recorders/core/metric.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The TypedMetric class is a metric of given event types.

    It has one virtual \c {bool handle(const Event &)} for each of them, which returns whether the
    state changed. The recorder sends it events of these types only.
*/

/*!
    Constructs a metric called \a name. The name is unique among the metrics of a recorder and must
    not be blank. By convention it has the form \c component.thing.events.
*/
Metric::Metric(QString name)
    : m_name(Internal::owned(std::move(name)))
{
}

Metric::~Metric() = default;

/*!
    \fn QString Metric::name() const

    Returns the name.

    \threadsafe
*/

/*!
    \fn bool Metric::handleEvent(const MetricEvent &event)

    Takes \a event into account, and returns \c true if that changed the state.
*/

/*!
    \fn MetricSnapshot Metric::snapshot() const

    Returns the present state, by the name() of the metric. A recorder gives a snapshot of another
    name, or without one, that name, and logs one warning for each metric.
*/

/*!
    Goes back to the state after construction. The default implementation does nothing.
*/
void Metric::reset() { }

bool Metric::acceptsType(const Internal::EventType &type) const
{
    Q_UNUSED(type)
    return true;
}

/*!
    Returns why the metric cannot be registered, such as an option that is out of range, with the
    code ErrorCode::InvalidArgument. MetricsRecorder::registerMetric() calls this, in the thread of
    its caller, and refuses the metric with that error. The default implementation returns none.
*/
Error Metric::configurationError() const
{
    return {};
}

/*!
    Returns \c true if snapshot() says something else as time goes by, without any event, as that
    of a rate does. Its snapshot is taken again then each time somebody asks, until this returns
    \c false; nobody is woken for it, so that time costs nothing while nobody looks. The default
    implementation returns \c false.

    This metric tells how long there was no event:

    \code
    class Silence : public Recorders::TypedMetric<Received>
    {
    public:
        using TypedMetric::TypedMetric;

        bool handle(const Received &) override
        {
            m_last = handlingTime();
            return true;
        }
        Recorders::MetricSnapshot snapshot() const override
        {
            return Recorders::MetricSnapshot(name())
                    .add(QStringLiteral("duration"), handlingTime() - m_last);
        }

    protected:
        bool changesWithTime() const override { return true; }

    private:
        std::chrono::nanoseconds m_last = handlingTime();
    };
    \endcode

    \sa timePassed()
*/
bool Metric::changesWithTime() const
{
    return false;
}

/*!
    Takes into account that it is \a now by the steady clock, the time of handlingTime(). This is
    called before snapshot() if changesWithTime(), for metrics that keep something up to date which
    depends on time. The default implementation does nothing.
*/
void Metric::timePassed(std::chrono::nanoseconds now)
{
    Q_UNUSED(now)
}

/*!
    Returns the time of the steady clock at which the present event is being handled. It is read
    once for up to 64 events that follow each other at once, more often if they take long, so that
    this costs far less than reading the clock for each; it is too early by 20 µs or by the time of
    one event. When no event is being handled it is the time of the call.
*/
std::chrono::nanoseconds Metric::handlingTime() noexcept
{
    return Internal::HandlingTime::now().time_since_epoch();
}

} // namespace Recorders

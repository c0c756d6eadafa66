// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metric.h>

namespace Recorders {

/*!
    \class Recorders::Metric
    \inheaderfile recorders/core/metric.h
    \inmodule Recorders
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
    \brief The TypedMetric class is a metric of given event types.

    It has one virtual \c {bool handle(const Event &)} for each of them, which returns whether the
    state changed. The recorder sends it events of these types only.
*/

/*!
    Constructs a metric called \a name. The name is unique among the metrics of a recorder and must
    not be blank. By convention it has the form \c component.thing.events.
*/
Metric::Metric(QString name)
    : m_name(std::move(name))
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

    Returns the present state.
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

} // namespace Recorders

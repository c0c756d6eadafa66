// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/metricvalue.h>

#include "core/platform/ownedstring_p.h"
#include "model/metricvalue_p.h"
#include "model/scriptvalue_p.h"

#include <recorders/model/formattedvalue.h>

#include <QLoggingCategory>

namespace Recorders {

using namespace Internal;

namespace {

Q_LOGGING_CATEGORY(lcValue, "recorders.model.value", QtWarningMsg)

} // namespace

/*!
    \class Recorders::MetricValue
    \inheaderfile recorders/model/metricvalue.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The MetricValue class is one dimension of one metric, live.

    It is for a label, a card or a gauge that shows one number, in widgets and in QML:

    \code
    auto *done = new MetricValue(label);
    done->setRuntime(&runtime);
    done->setEntityId(QStringLiteral("worker-3"));
    done->setMetric(QStringLiteral("jobs.done"));
    connect(done, &MetricValue::textChanged, label, &QLabel::setText);
    \endcode

    There may be hundreds: all values of one source with the same \l refreshInterval share one
    subscription, an update is looked through once, and only those that it changes are told. Each
    signal is emitted when what it tells has changed, and never else.

    The recorder and the metric may come later, go, and come again. Whatever is missing is said by
    \l errorString.

    A value lives in one thread that has an event loop, and is to be used there only. The first
    change in another one is warned of, and a debug build asserts. It does not own its source, and
    may outlive it.

    \sa RecorderSnapshotModel, SnapshotSubscription
*/

/*!
    Constructs a value of nothing, with the given \a parent.
*/
MetricValue::MetricValue(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<MetricValuePrivate>(this))
{
    d->reading.error = d->whatIsMissing(nullptr);
}

MetricValue::~MetricValue() = default;

/*!
    \property MetricValue::runtime
    \brief the runtime whose source is looked at, or null
*/
MetricsRuntime *MetricValue::runtime() const
{
    return d->runtime;
}

void MetricValue::setRuntime(MetricsRuntime *runtime)
{
    d->thread.check("MetricValue::setRuntime");
    d->use(runtime, runtime ? runtime->snapshotSource() : nullptr);
}

/*!
    \property MetricValue::source
    \brief where the value comes from, or null
*/
SnapshotSource *MetricValue::source() const
{
    return d->source;
}

void MetricValue::setSource(SnapshotSource *source)
{
    d->thread.check("MetricValue::setSource");
    const bool isOfRuntime = d->runtime && d->runtime->snapshotSource() == source;
    d->use(isOfRuntime ? d->runtime.get() : nullptr, source);
}

/*!
    \property MetricValue::entityId
    \brief the id of the recorder
*/
QString MetricValue::entityId() const
{
    return d->entityId;
}

void MetricValue::setEntityId(const QString &entityId)
{
    d->thread.check("MetricValue::setEntityId");
    if (d->entityId == entityId)
        return;
    d->rejoin([&] { d->entityId = owned(entityId); });
    d->wasFound = false;
    const QPointer<MetricValue> self(this);
    d->beginAnew();
    if (self)
        Q_EMIT entityIdChanged(entityId);
}

/*!
    \property MetricValue::metric
    \brief the name of the metric
*/
QString MetricValue::metric() const
{
    return d->metric;
}

void MetricValue::setMetric(const QString &name)
{
    d->thread.check("MetricValue::setMetric");
    if (d->metric == name)
        return;
    d->rejoin([&] { d->metric = owned(name); });
    const QPointer<MetricValue> self(this);
    d->beginAnew();
    if (self)
        Q_EMIT metricChanged(name);
}

/*!
    \property MetricValue::dimension
    \brief the name of the dimension; if it is empty, the first one that the metric has
*/
QString MetricValue::dimension() const
{
    return d->dimension;
}

void MetricValue::setDimension(const QString &name)
{
    d->thread.check("MetricValue::setDimension");
    if (d->dimension == name)
        return;
    d->dimension = owned(name);
    const QPointer<MetricValue> self(this);
    d->beginAnew();
    if (self)
        Q_EMIT dimensionChanged(name);
}

/*!
    \property MetricValue::refreshInterval
    \brief how often to look for something new, in milliseconds, 100 by default
*/
int MetricValue::refreshInterval() const
{
    return static_cast<int>(d->interval.count());
}

void MetricValue::setRefreshInterval(int milliseconds)
{
    d->thread.check("MetricValue::setRefreshInterval");
    if (milliseconds < 1) {
        ElementNotice::warn(this, lcValue(),
                            QStringLiteral("the refresh interval must be at least 1 ms, not %1")
                                    .arg(milliseconds));
        return;
    }
    if (milliseconds == refreshInterval())
        return;
    d->rejoin([&] { d->interval = std::chrono::milliseconds(milliseconds); });
    Q_EMIT refreshIntervalChanged(milliseconds);
}

/*!
    \property MetricValue::value
    \brief the value itself, or an invalid QVariant if there is none

    When the metric, its recorder or the source has gone, it is the last one, and \l stale.

    The function value() returns it as it is. The property is made for JavaScript: a number only
    where a \c double is the very same number, and otherwise a text with all digits. A counter
    beyond 2^53 - 1 would look like a plausible number there, and be another one.
*/
QVariant MetricValue::value() const
{
    return d->reading.value;
}

/*!
    \property MetricValue::exactText
    \brief the value with all its digits, also where JavaScript would round it
*/
QString MetricValue::exactText() const
{
    return d->reading.value.isValid() ? FormattedValue::exact(d->reading.value) : QString();
}

/*!
    \property MetricValue::text
    \brief the value as a person reads it, with its unit
*/
QString MetricValue::text() const
{
    return d->reading.text();
}

/*!
    \property MetricValue::unit
    \brief the UCUM code of the unit
*/
QString MetricValue::unit() const
{
    return d->reading.unit.code();
}

/*!
    \property MetricValue::rate
    \brief how much a value that only grows grew per second, over the last second; otherwise 0

    \sa SnapshotModel
*/
double MetricValue::rate() const
{
    return d->reading.rate();
}

/*!
    \property MetricValue::rateText
    \brief the rate as a person reads it, such as \e {212 KiB/s}; empty if there is none
*/
QString MetricValue::rateText() const
{
    return d->reading.rateText();
}

/*!
    \property MetricValue::valid
    \brief whether there is a value, and it is that of now

    A value that is no number, or infinite, is a value. There is none before the source has answered
    for the first time, and for as long as there is no such metric.

    \sa stale, errorString
*/
bool MetricValue::isValid() const
{
    return d->reading.isValid();
}

/*!
    \property MetricValue::stale
    \brief whether there is a value, but it is the last one that was known

    It is \c true when the recorder has stopped, failed or was removed, the metric has gone or is
    quarantined, the source has ended, or it has not answered for more than a second;
    \l errorString says which.
*/
bool MetricValue::isStale() const
{
    return d->reading.isStale();
}

QVariant MetricValue::scriptValue() const
{
    return Internal::scriptValue(d->reading.value);
}

/*!
    \property MetricValue::errorString
    \brief why the value is not valid, such as \e {"app" has no recorder "worker-3"}

    It is empty while the value is valid, and until the source has answered for the first time.
*/
QString MetricValue::errorString() const
{
    return d->reading.error;
}

} // namespace Recorders

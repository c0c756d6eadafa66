// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/metricvalue_p.h"

#include "core/platform/ownedstring_p.h"
#include "model/sourceerrors_p.h"

#include <QMetaMethod>

#include <optional>
#include <utility>

namespace Recorders {

using namespace Internal;

void MetricValuePrivate::use(MetricsRuntime *usedRuntime, SnapshotSource *usedSource)
{
    const bool isForeign = ElementNotice::isForeign(usedSource, q);
    foreignName = isForeign ? usedSource->name() : QString();
    const QPointer<MetricValue> self(q);
    useSource(isForeign ? nullptr : usedSource);
    if (self)
        useRuntime(isForeign ? nullptr : usedRuntime);
}

void MetricValuePrivate::useRuntime(MetricsRuntime *used)
{
    if (runtime == used)
        return;
    if (runtime)
        QObject::disconnect(runtime, nullptr, q, nullptr);
    runtime = used;
    if (runtime) {
        QObject::connect(runtime, &QObject::destroyed, q,
                         [this] { Q_EMIT q->runtimeChanged(nullptr); });
    }
    Q_EMIT q->runtimeChanged(used);
}

void MetricValuePrivate::useSource(SnapshotSource *used)
{
    if (source == used) {
        update(); // one that was refused is none, either
        return;
    }
    if (source)
        QObject::disconnect(source, nullptr, q, nullptr);
    rejoin([&] { source = used; });
    wasFound = false;
    if (source) {
        hadSource = true;
        sourceName = owned(source->name());
        QObject::connect(source, &QObject::destroyed, q, [this] {
            const QPointer<MetricValue> self(q);
            update();
            if (self)
                Q_EMIT q->sourceChanged(nullptr);
        });
    }
    const QPointer<MetricValue> self(q);
    beginAnew();
    if (self)
        Q_EMIT q->sourceChanged(used);
}

void MetricValuePrivate::join()
{
    hub = source ? ValueHub::of(source, interval) : nullptr;
    isJoined = isWatching();
    if (isJoined)
        hub->add(entityId, metric, this);
}

void MetricValuePrivate::leave()
{
    if (std::exchange(isJoined, false))
        hub->remove(entityId, metric, this);
    hub.reset();
}

// What was known of something that is there no more stays.
MetricReading MetricValuePrivate::current(const MetricReading &known, const MetricNode *changed)
{
    const RecorderNode *recorder = nullptr;
    if (isJoined)
        recorder = changed ? changed->recorder : hub->recorder(entityId);
    MetricReading now;
    if (recorder) {
        wasFound = true;
        now = changed ? MetricReading::of(*changed, dimension)
                      : MetricReading::of(*recorder, metric, dimension);
    }
    if (!now.value.isValid())
        now.keepValue(known);
    if (const QString missing = whatIsMissing(recorder); !missing.isEmpty()) {
        now.error = missing;
        now.perSecond.reset();
    }
    now.keepTexts(known);
    return now;
}

bool MetricValuePrivate::hasEnded() const
{
    if (!hub)
        return false;
    if (!hub->source() || hub->isEnded())
        return true;
    return Internal::hasEnded(hub->source()->state());
}

QString MetricValuePrivate::whatIsMissing(const RecorderNode *recorder) const
{
    if (!foreignName.isNull())
        return foreignError(foreignName);
    if (!hub)
        return noSourceError();
    if (entityId.isEmpty())
        return noEntityError();
    if (entityId.trimmed().isEmpty())
        return blankEntityError();
    if (metric.trimmed().isEmpty())
        return noMetricError();
    if (hasEnded())
        return endedError(sourceName);
    if (const std::optional<SourceStall> stall = hub->stall())
        return stalledError(sourceName, *stall);
    if (!recorder && hub->knows(entityId))
        return noRecorderError(sourceName, entityId);
    return {};
}

// A slot may do anything, also destroy the value. Texts are compared only if somebody listens: for
// that they have to be worked out.
void MetricValuePrivate::show(MetricReading shown)
{
    if (!shown.error.isEmpty())
        notice.check();
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&MetricValue::textChanged);
    static const QMetaMethod rateTextSignal =
            QMetaMethod::fromSignal(&MetricValue::rateTextChanged);
    const MetricReading before = std::exchange(reading, std::move(shown));
    const bool isTextChanged = q->isSignalConnected(textSignal) && !before.hasSameText(reading);
    const bool isRateTextChanged =
            q->isSignalConnected(rateTextSignal) && !before.hasSameRateText(reading);
    const MetricReading now = reading;
    const QPointer<MetricValue> self(q);
    const auto tell = [&self](bool isChanged, auto signal, const auto &...argument) {
        if (self && isChanged)
            Q_EMIT(self->*signal)(argument...);
    };
    tell(before.unit != now.unit, &MetricValue::unitChanged, now.unit.code());
    tell(!before.hasSameValue(now), &MetricValue::valueChanged);
    if (isTextChanged)
        tell(true, &MetricValue::textChanged, now.text());
    tell(before.rate() != now.rate(), &MetricValue::rateChanged, now.rate());
    if (isRateTextChanged)
        tell(true, &MetricValue::rateTextChanged, now.rateText());
    tell(before.error != now.error, &MetricValue::errorStringChanged, now.error);
    tell(before.isValid() != now.isValid(), &MetricValue::validChanged, now.isValid());
    tell(before.isStale() != now.isStale(), &MetricValue::staleChanged, now.isStale());
}

// A source that has gone, or a recorder that has, was there: that is no misuse.
ElementNotice::Misuse MetricValuePrivate::misuse() const
{
    if (!foreignName.isNull() || (!source && !hadSource))
        return { reading.error };
    if (!entityId.isEmpty() && entityId.trimmed().isEmpty())
        return { blankEntityError() };
    if (metric.trimmed().isEmpty())
        return { noMetricError() };
    if (isJoined && !wasFound && hub->knows(entityId))
        return { noRecorderError(sourceName, entityId), true };
    return {};
}

} // namespace Recorders

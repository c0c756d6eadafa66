// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/metricreading_p.h"

#include "core/value/numericvalue_p.h"

#include <recorders/model/formattedvalue.h>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

// Why what is known of it is not what it is now.
QString stateOf(const RecorderNode &recorder)
{
    if (recorder.state == RecorderState::Failed)
        return u"recorder \"" + recorder.entityId + u"\" failed: " + recorder.error.message();
    if (recorder.state == RecorderState::Stopped)
        return u"recorder \"" + recorder.entityId + u"\" has stopped";
    return {};
}

const MetricNode *metricOf(const RecorderNode &recorder, const QString &name)
{
    const auto found = std::find_if(recorder.metrics.cbegin(), recorder.metrics.cend(),
                                    [&name](const auto &metric) { return metric->name() == name; });
    return found == recorder.metrics.cend() ? nullptr : found->get();
}

int dimensionOf(const MetricNode &metric, const QString &name)
{
    const bool isFirst = name.isEmpty() && !metric.dimensions.isEmpty();
    return isFirst ? 0 : metric.dimensions.indexOf(name);
}

} // namespace

MetricReading MetricReading::of(const RecorderNode &recorder, const QString &metric,
                                const QString &dimension)
{
    if (const MetricNode *const node = metricOf(recorder, metric))
        return of(*node, dimension);
    MetricReading reading;
    reading.error =
            QStringLiteral("recorder \"%1\" has no metric \"%2\"").arg(recorder.entityId, metric);
    return reading;
}

MetricReading MetricReading::of(const MetricNode &metric, const QString &dimension)
{
    MetricReading reading;
    const int index = dimensionOf(metric, dimension);
    if (index < 0) {
        reading.error = dimension.isEmpty()
                ? QStringLiteral("metric \"%1\" has no dimensions").arg(metric.name())
                : QStringLiteral("metric \"%1\" has no dimension \"%2\"")
                          .arg(metric.name(), dimension);
        return reading;
    }
    reading.read(metric, index);
    reading.error = stateOf(*metric.recorder);
    if (reading.error.isEmpty() && metric.state() == MetricState::Quarantined) {
        reading.error = QStringLiteral("metric \"%1\" is quarantined: %2")
                                .arg(metric.name(), metric.errorString());
    }
    return reading;
}

bool MetricReading::hasSameValue(const MetricReading &other) const
{
    return isSameValue(value, other.value);
}

bool MetricReading::isShownAlike(const MetricReading &other) const
{
    return unit == other.unit && hasSameValue(other);
}

bool MetricReading::growsAlike(const MetricReading &other) const
{
    return unit == other.unit && perSecond == other.perSecond;
}

bool MetricReading::hasSameText(const MetricReading &other) const
{
    return isShownAlike(other) || text() == other.text();
}

bool MetricReading::hasSameRateText(const MetricReading &other) const
{
    return growsAlike(other) || rateText() == other.rateText();
}

QString MetricReading::text() const
{
    if (!m_text)
        m_text = value.isValid() ? FormattedValue(value, unit).text() : QString();
    return *m_text;
}

QString MetricReading::rateText() const
{
    if (!m_rateText)
        m_rateText = perSecond ? FormattedValue::rate(*perSecond, unit).text() : QString();
    return *m_rateText;
}

void MetricReading::keepValue(const MetricReading &known)
{
    value = known.value;
    unit = known.unit;
    m_text = known.m_text;
}

void MetricReading::keepTexts(const MetricReading &known)
{
    if (!m_text && isShownAlike(known))
        m_text = known.m_text;
    if (!m_rateText && growsAlike(known))
        m_rateText = known.m_rateText;
}

void MetricReading::read(const MetricNode &metric, int dimension)
{
    const DimensionView shown = metric.dimensions.at(dimension);
    value = shown.value;
    unit = shown.unit;
    perSecond = metric.rate(dimension);
    if (perSecond && !std::isfinite(*perSecond)) // of what is no number, or no longer one
        perSecond.reset();
}

} // namespace Recorders::Internal

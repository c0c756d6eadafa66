// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/counterstate.h>
#include <recorders/metrics/dynamicfields.h>
#include <recorders/metrics/gaugestate.h>
#include <recorders/metrics/histogramstate.h>
#include <recorders/metrics/metricbuilder.h>
#include <recorders/metrics/ratestate.h>
#include <recorders/metrics/record.h>
#include <recorders/metrics/scopedtimer.h>
#include <recorders/metrics/statisticsstate.h>
#include <recorders/metrics/textstate.h>
#include <recorders/metrics/updowncounterstate.h>

namespace Recorders {

// Describe a metric, which becomes a std::unique_ptr<Metric>:
//     recorder->registerMetric(counter<Saved>(u"saves"_s).by(&Saved::outcome));
//     recorder->registerMetric(histogram<Saved>(u"durations"_s).of(&Saved::duration));

// Counts events, or adds up what of() says. Only grows.
template <typename Event>
auto counter(QString name)
{
    return Internal::MetricBuilder<Internal::CounterState, Internal::Feed<Event>>(std::move(name));
}

// A sum that goes both ways, such as what is active.
template <typename Event>
auto upDownCounter(QString name)
{
    return Internal::MetricBuilder<Internal::UpDownCounterState, Internal::Feed<Event>>(
            std::move(name));
}

// The last value, the least and the greatest, and when it last changed.
template <typename Event>
auto gauge(QString name)
{
    return Internal::MetricBuilder<Internal::GaugeState, Internal::Feed<Event>>(std::move(name));
}

// How many events there are per second, or how much of what of() says.
template <typename Event>
auto rate(QString name)
{
    return Internal::MetricBuilder<Internal::RateState, Internal::Feed<Event>>(std::move(name));
}

// Count, sum, mean, standard deviation, least and greatest.
template <typename Event>
auto statistics(QString name)
{
    return Internal::MetricBuilder<Internal::StatisticsState, Internal::Feed<Event>>(
            std::move(name));
}

// The distribution, and its percentiles.
template <typename Event>
auto histogram(QString name)
{
    return Internal::MetricBuilder<Internal::HistogramState, Internal::Feed<Event>>(
            std::move(name));
}

// The last text: a state or a version.
template <typename Event>
auto text(QString name)
{
    return Internal::MetricBuilder<Internal::TextState, Internal::Feed<Event>>(std::move(name));
}

} // namespace Recorders

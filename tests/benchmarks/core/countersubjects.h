// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "subjects.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

namespace Benchmarks {

// Does at once what metrics do later: adds up the amount of an event.
class PrometheusCounter
{
public:
    template <typename Event>
    void record(const Event &event)
    {
        m_amount.Increment(double(event.amount));
    }
    quint64 handled() const { return everything; }

private:
    prometheus::Counter m_amount;
};

// The same, and counts the event by its outcome.
class PrometheusCounters
{
public:
    template <typename Event>
    void record(const Event &event)
    {
        m_total.Increment();
        (event.amount > 0 ? m_successes : m_failures).Increment();
        m_amount.Increment(double(event.amount));
    }
    quint64 handled() const { return everything; }

private:
    prometheus::Counter m_total;
    prometheus::Counter m_successes;
    prometheus::Counter m_failures;
    prometheus::Counter m_amount;
};

// Likewise, but that the amount is a duration, whose distribution is wanted.
class PrometheusHistogram
{
public:
    template <typename Event>
    void record(const Event &event)
    {
        m_total.Increment();
        (event.amount > 0 ? m_successes : m_failures).Increment();
        m_durations.Observe(double(event.amount));
    }
    quint64 handled() const { return everything; }

private:
    prometheus::Counter m_total;
    prometheus::Counter m_successes;
    prometheus::Counter m_failures;
    prometheus::Histogram m_durations{ { 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100 } };
};

} // namespace Benchmarks

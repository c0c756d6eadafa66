// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/pacing.h"
#include "core/tables.h"

#include <recorders/metrics/standardmetrics.h>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <memory>
#include <random>
#include <vector>

namespace Benchmarks {

namespace {

using Recorders::Metric;
using Recorders::MetricEvent;
using MetricPointer = std::unique_ptr<Metric>;

struct Finished
{
    enum class Outcome { Success, Failure, Cancelled };
    Outcome outcome = Outcome::Success;
    qint64 bytes = 0;
    std::chrono::nanoseconds duration{};
    QString user;
};

constexpr std::size_t eventCount = 1024;

// Durations as they are, log-normal around 3 ms, so that no branch is foreseen.
std::vector<Finished> finishedEvents()
{
    std::mt19937_64 generator(42);
    std::lognormal_distribution<double> nanosecondsOf(15, 1);
    std::vector<Finished> events(eventCount);
    for (Finished &event : events) {
        event.outcome = static_cast<Finished::Outcome>(generator() % 3);
        event.bytes = qint64(generator() >> 44);
        event.duration = std::chrono::nanoseconds(qint64(nanosecondsOf(generator)));
        event.user = QStringLiteral("user %1").arg(generator() % 50);
    }
    return events;
}

// Nanoseconds that handling one event takes; of rounds that are short, the median.
template <typename Event, typename Handle>
double nanosecondsPerEvent(const std::vector<Event> &events, Handle handle)
{
    std::vector<double> samples;
    for (int round = Effort::scaled(2000); round > 0; --round) {
        const Clock::time_point begin = Clock::now();
        for (const Event &event : events)
            handle(event);
        samples.push_back(nanoseconds(Clock::now() - begin) / double(events.size()));
    }
    return median(std::move(samples));
}

// By the virtual function that the recorder's thread calls.
double handled(MetricPointer metric)
{
    std::vector<MetricEvent> events;
    for (const Finished &finished : finishedEvents())
        events.emplace_back(finished);
    Metric *pointer = metric.get();
    benchmark::DoNotOptimize(pointer);
    return nanosecondsPerEvent(events, [pointer](const MetricEvent &event) {
        bool isChanged = pointer->handleEvent(event);
        benchmark::DoNotOptimize(isChanged);
    });
}

template <typename Observe>
double observed(Observe observe)
{
    return nanosecondsPerEvent(finishedEvents(), observe);
}

// What people write for want of a standard one.
class OwnCounter : public Recorders::TypedMetric<Finished>
{
public:
    OwnCounter()
        : TypedMetric(QStringLiteral("own"))
    {
    }
    bool handle(const Finished &) override
    {
        ++m_total;
        return true;
    }
    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name()).add(QStringLiteral("total"), m_total);
    }

private:
    qint64 m_total = 0;
};

QString name()
{
    return QStringLiteral("metric");
}

constexpr char prometheusName[] = "prometheus-cpp, Counter";
constexpr char prometheusHistogramName[] = "prometheus-cpp, Histogram of 11 buckets";

double observedByCounter()
{
    prometheus::Counter counter;
    return observed([&counter](const Finished &) { counter.Increment(); });
}

// Ten boundaries, the eleventh bucket is without one.
double observedByHistogram()
{
    prometheus::Histogram histogram({ 1e5, 2.5e5, 5e5, 1e6, 2.5e6, 5e6, 1e7, 2.5e7, 5e7, 1e8 });
    return observed([&histogram](const Finished &finished) {
        histogram.Observe(double(finished.duration.count()));
    });
}

void addCounters(Table &table)
{
    using Recorders::counter;
    table.row("counter")
            .atMost(0.5, prometheusName)
            .measure(ownName, [] { return handled(counter<Finished>(name())); })
            .measure("a class of one's own", [] { return handled(std::make_unique<OwnCounter>()); })
            .measure(prometheusName, observedByCounter);
    table.row("counter of a member")
            .measure(ownName,
                     [] { return handled(counter<Finished>(name()).of(&Finished::bytes)); })
            .measure(prometheusName, [] {
                prometheus::Counter counter;
                return observed([&counter](const Finished &finished) {
                    counter.Increment(double(finished.bytes));
                });
            });
    table.row("counter by an enumerator")
            .measure(ownName,
                     [] { return handled(counter<Finished>(name()).by(&Finished::outcome)); })
            .measure(prometheusName, [] {
                std::array<prometheus::Counter, 3> counters;
                return observed([&counters](const Finished &finished) {
                    counters[std::size_t(finished.outcome)].Increment();
                });
            });
    table.row("counter by a text of 50").measure(ownName, [] {
        return handled(counter<Finished>(name()).by(&Finished::user));
    });
    table.row("counter that a predicate filters").measure(ownName, [] {
        return handled(counter<Finished>(name()).when(
                [](const Finished &finished) { return finished.bytes > 500'000; }));
    });
}

void addOthers(Table &table)
{
    using namespace Recorders;
    table.row("gauge that changes each time").measure(ownName, [] {
        return handled(gauge<Finished>(name()).of(&Finished::bytes));
    });
    // Outside of a recorder's thread it reads the clock for each event.
    table.row("rate, with the clock").measure(ownName, [] {
        return handled(rate<Finished>(name()));
    });
    table.row("statistics")
            .atMost(1, prometheusHistogramName)
            .measure(ownName,
                     [] { return handled(statistics<Finished>(name()).of(&Finished::duration)); })
            .measure(prometheusName, observedByCounter)
            .measure(prometheusHistogramName, observedByHistogram);
    table.row("histogram")
            .atMost(1, prometheusHistogramName)
            .measure(ownName,
                     [] { return handled(histogram<Finished>(name()).of(&Finished::duration)); })
            .measure(prometheusHistogramName, observedByHistogram);
    table.row("histogram by an enumerator").measure(ownName, [] {
        return handled(histogram<Finished>(name()).of(&Finished::duration).by(&Finished::outcome));
    });
}

} // namespace

void addStandardMetrics(std::deque<Table> &tables)
{
    Table &table = tables.emplace_back("Handling an event by a standard metric", "ns per event");
    addCounters(table);
    addOthers(table);
}

} // namespace Benchmarks

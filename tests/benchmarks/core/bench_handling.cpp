// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "pacing.h"
#include "queuesubjects.h"
#include "subjects.h"
#include "tables.h"

#include <functional>
#include <utility>

namespace Benchmarks {

namespace {

// Millions of events per second that go all the way, from one thread that does nothing else.
template <typename Record, typename Handled>
double handledPerMicrosecond(Record record, Handled handled)
{
    const quint64 count = quint64(Effort::scaled(1'000'000));
    const Clock::time_point begin = Clock::now();
    for (quint64 sent = 0; sent < count; ++sent)
        record(sent);
    while (handled() < count)
        std::this_thread::yield();
    return double(count) * 1000 / nanoseconds(Clock::now() - begin);
}

// With the backlog of a recorder, which the subject does not bound itself.
template <typename Subject, typename... Arguments>
double peer(Arguments... arguments)
{
    Subject subject(arguments...);
    return handledPerMicrosecond(
            [&subject](quint64 sent) {
                subject.record(SizedEvent<32>::of(qint64(sent)));
                while (sent % 256 == 0 && sent > subject.handled() + backlogLimit)
                    std::this_thread::yield();
            },
            [&subject] { return subject.handled(); });
}

// Much as a recorder's thread, which does not wait for its interval while a queue is full.
constexpr std::chrono::milliseconds intervalUnderLoad{ 1 };

using Prepare = void (*)(Recorders::Recorder &);

double recorderWith(Prepare prepare)
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    Recorders::RecorderOptions options;
    options.overflowPolicy = Recorders::OverflowPolicy::Block;
    const auto recorder = runtime.createRecorder(QStringLiteral("subject"), options);
    prepare(*recorder);
    return handledPerMicrosecond(
            [&recorder](quint64 sent) {
                recorder->registerEvent(SizedEvent<32>::of(qint64(sent)));
            },
            [&recorder] { return recorder->statistics().handled; });
}

template <typename Event>
void addMetric(Recorders::Recorder &recorder)
{
    const QString name = QStringLiteral("metric.%1").arg(recorder.metricNames().size());
    recorder.registerMetric(std::make_unique<AmountMetric<Event>>(name));
}

template <int Count>
void addMetricsOfThatType(Recorders::Recorder &recorder)
{
    for (int i = 0; i < Count; ++i)
        addMetric<SizedEvent<32>>(recorder);
}

template <int... Numbers>
void addMetricsOfTypes(Recorders::Recorder &recorder, std::integer_sequence<int, Numbers...>)
{
    (addMetric<NumberedEvent<Numbers>>(recorder), ...);
}

void addMetricsOfManyTypes(Recorders::Recorder &recorder)
{
    addMetricsOfTypes(recorder, std::make_integer_sequence<int, 29>());
    addMetric<SizedEvent<32>>(recorder);
}

// Is sent every event, and looks itself what it is.
class UntypedMetric : public Recorders::Metric
{
public:
    using Metric::Metric;

    bool handleEvent(const Recorders::MetricEvent &event) override
    {
        const auto *sized = event.as<SizedEvent<32>>();
        if (sized)
            m_total += sized->amount;
        return sized != nullptr;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name()).add(QStringLiteral("total"), m_total);
    }

private:
    qint64 m_total = 0;
};

void addUntypedMetric(Recorders::Recorder &recorder)
{
    recorder.registerMetric(std::make_unique<UntypedMetric>(QStringLiteral("untyped")));
}

Row &addOwn(Row &row, Prepare prepare)
{
    return row.measure(ownName, [prepare] { return recorderWith(prepare); });
}

} // namespace

void addHandling(std::deque<Table> &tables)
{
    Table &table = tables.emplace_back("Handling events of 32 bytes", "million per second");
    addOwn(table.row("one metric").atLeast(25).atLeast(1.5, moodycamelName),
           addMetricsOfThatType<1>)
            .measure(moodycamelName,
                     [] { return peer<MoodycamelSubject<SizedEvent<32>>>(intervalUnderLoad); })
            .measure(mutexName,
                     [] { return peer<MutexSubject<SizedEvent<32>>>(intervalUnderLoad); })
            .measure("queued signal", [] { return peer<SignalSubject>(); });
    addOwn(table.row("one metric that takes all types"), addUntypedMetric);
    addOwn(table.row("3 metrics").atLeast(10).atLeast(1.5, moodycamelName), addMetricsOfThatType<3>)
            .measure(moodycamelName,
                     [] { return peer<MoodycamelSubject<SizedEvent<32>, 3>>(intervalUnderLoad); });
    addOwn(table.row("30 metrics, one of that type"), addMetricsOfManyTypes);
    addOwn(table.row("30 metrics, all of that type"), addMetricsOfThatType<30>);
}

} // namespace Benchmarks

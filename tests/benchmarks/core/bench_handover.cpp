// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "countersubjects.h"
#include "pacing.h"
#include "queuesubjects.h"
#include "subjects.h"
#include "tables.h"
#if BENCHMARKS_HAVE_LTTNG
#  include "tracepointsubject.h"
#endif

#include <memory>
#include <type_traits>
#include <vector>

namespace Benchmarks {

namespace {

// One subject, to which all threads hand over.
template <typename Subject>
class OneForAll
{
public:
    explicit OneForAll(int) { }

    quint64 handled() const { return m_subject.handled(); }
    decltype(auto) producer(int) { return producerOf(m_subject); }

private:
    Subject m_subject;
};

// A subject for each thread.
template <typename Subject>
class OneForEach
{
public:
    explicit OneForEach(int count)
        : m_subjects(std::size_t(count))
    {
    }

    quint64 handled() const
    {
        quint64 sum = 0;
        for (const Padded &each : m_subjects)
            sum += each.subject.handled();
        return sum;
    }
    decltype(auto) producer(int number)
    {
        return producerOf(m_subjects[std::size_t(number)].subject);
    }

private:
    // Small ones would share a cache line otherwise, and with it what they are separated for.
    struct alignas(128) Padded
    {
        Subject subject;
    };

    std::vector<Padded> m_subjects;
};

// Recorders have a runtime in common, and with it the thread that counts.
template <int Capacity>
class OneForEach<RecordersSubject<Capacity>>
{
public:
    explicit OneForEach(int count)
        : m_runtime(QStringLiteral("benchmark"))
    {
        m_runtime.start();
        for (int i = 0; i < count; ++i)
            m_recorders.push_back(newRecorder(m_runtime, QString::number(i), optionsOf(Capacity)));
    }

    quint64 handled() const
    {
        quint64 sum = 0;
        for (const auto &recorder : m_recorders)
            sum += recorder->statistics().handled;
        return sum;
    }
    RecorderProducer producer(int number)
    {
        return RecorderProducer(*m_recorders[std::size_t(number)]);
    }

private:
    Recorders::MetricsRuntime m_runtime;
    std::vector<std::shared_ptr<Recorders::Recorder>> m_recorders;
};

// A budget refers to it.
constexpr char counterName[] = "prometheus-cpp, 1 counter";

template <typename Subject>
using Type = std::type_identity<Subject>;

// Calls add(name, type) for each of the subjects that take the event.
template <typename Event, int Capacity, typename Add>
void forEachSubject(Add add)
{
    add(ownName, Type<RecordersSubject<Capacity>>());
    add(moodycamelName, Type<MoodycamelSubject<Event>>());
    add("moodycamel, producer token", Type<MoodycamelTokenSubject<Event>>());
#if BENCHMARKS_HAVE_ATOMIC_QUEUE
    add("atomic_queue", Type<AtomicQueueSubject<Event, Capacity>>());
#endif
    add(mutexName, Type<MutexSubject<Event>>());
    add(counterName, Type<PrometheusCounter>());
    if constexpr (std::is_same_v<Event, SizedEvent<32>>) {
        add("prometheus-cpp, 3 counters", Type<PrometheusCounters>());
        add("prometheus-cpp, 2 counters, histogram", Type<PrometheusHistogram>());
#if BENCHMARKS_HAVE_LTTNG
        add("LTTng-UST, recorded", Type<TracepointSubject>());
#endif
        add("queued signal", Type<SignalSubject>());
        add("empty loop", Type<EmptyLoop>());
    }
}

template <typename Subject>
Measurement whereAvailable(Measurement measurement)
{
    if constexpr (requires { Subject::isAvailable(); }) {
        return [measurement] {
            return Subject::isAvailable() ? measurement() : notMeasured;
        };
    } else {
        return measurement;
    }
}

template <typename Event, int Size>
Row &addBursts(Row &row)
{
    forEachSubject<Event, int(backlogLimit)>([&row](const char *name, auto type) {
        using Subject = typename decltype(type)::type;
        row.measure(name, whereAvailable<Subject>(bursts<Subject, Event, Size>));
    });
    return row;
}

template <int Milliseconds>
Row &addSingles(Row &row)
{
    using Event = SizedEvent<32>;
    forEachSubject<Event, int(backlogLimit)>([&row](const char *name, auto type) {
        using Subject = typename decltype(type)::type;
        row.measure(name, whereAvailable<Subject>(singles<Subject, Event, Milliseconds>));
    });
    return row;
}

template <template <typename> typename Subjects>
Row &addThreads(Row &row, int threads, Load load)
{
    using Event = SizedEvent<32>;
    forEachSubject<Event, floodCapacity>([&row, threads, load](const char *name, auto type) {
        using Subject = typename decltype(type)::type;
        row.measure(name, whereAvailable<Subject>([threads, load] {
                        return together<Subjects<Subject>, Event>(threads, load);
                    }));
    });
    return row;
}

void addBursts(Table &table)
{
    const auto addBudgets = [](Row &row) {
        row.atMost(0.7, moodycamelName).atMost(1, counterName);
    };
    addBursts<SizedEvent<32>, 16>(table.row("32 bytes, bursts of 16"));
    addBudgets(addBursts<SizedEvent<32>, 256>(table.row("32 bytes, bursts of 256")));
    addBudgets(addBursts<SizedEvent<32>, 4096>(table.row("32 bytes, bursts of 4096")));
    addBudgets(addBursts<SizedEvent<8>, 256>(table.row("8 bytes, bursts of 256")));
    addBudgets(addBursts<SizedEvent<8>, 4096>(table.row("8 bytes, bursts of 4096")));
    addBudgets(addBursts<SizedEvent<48>, 256>(table.row("48 bytes, bursts of 256")));
    addBudgets(addBursts<SizedEvent<48>, 4096>(table.row("48 bytes, bursts of 4096")));
    addBursts<SizedEvent<200>, 256>(table.row("200 bytes, bursts of 256"))
            .atMost(1, moodycamelName);
    addBursts<TextEvent, 256>(table.row("with a QString, bursts of 256")).atMost(1, moodycamelName);
}

void addThreads(Table &table)
{
    addThreads<OneForAll>(table.row("32 bytes, flat out"), 1, floodLoad).atMost(1, moodycamelName);
    addThreads<OneForAll>(table.row("32 bytes, flat out, 2 threads to one recorder"), 2,
                          roamingFloodLoad)
            .atMost(0.7, mutexName)
            .atMost(0.4, counterName);
    addThreads<OneForAll>(table.row("32 bytes, bursts of 4096, 2 threads to one recorder"), 2,
                          burstLoad)
            .atMost(0.7, mutexName)
            .atMost(0.4, counterName);
    addThreads<OneForEach>(table.row("32 bytes, bursts of 4096, 2 threads to a recorder each"), 2,
                           burstLoad)
            .atMost(1, moodycamelName);
}

} // namespace

void addHandOver(std::deque<Table> &tables)
{
    Table &table = tables.emplace_back("Handing over an event", "ns per event", Order::InBlocks);
    addBursts(table);
    addThreads(table);
    addSingles<1>(table.row("32 bytes, one per 1 ms"));
    addSingles<40>(table.row("32 bytes, one per 40 ms").atMost(1000));
}

} // namespace Benchmarks

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "pacing.h"
#include "subjects.h"
#include "tables.h"

namespace Benchmarks {

namespace {

// Threads that hand over to one subject, or to one each.
template <typename Subject, typename Event>
double shared(int threads, Load load)
{
    Subject subject;
    return together(subject, threads, load, [&subject](int) {
        return [&subject](int amount) {
            subject.record(Event::of(amount));
        };
    });
}

template <typename Subject>
class Lanes
{
public:
    explicit Lanes(int count)
        : m_subjects(std::size_t(count))
    {
    }
    quint64 handled() const
    {
        quint64 sum = 0;
        for (const Subject &subject : m_subjects)
            sum += subject.handled();
        return sum;
    }
    Subject &operator[](int number) { return m_subjects[std::size_t(number)]; }

private:
    std::vector<Subject> m_subjects;
};

class RecorderLanes
{
public:
    explicit RecorderLanes(int count)
        : m_runtime(QStringLiteral("benchmark"))
    {
        m_runtime.start();
        for (int i = 0; i < count; ++i)
            m_recorders.push_back(newRecorder(m_runtime, QString::number(i), floodOptions()));
    }
    quint64 handled() const
    {
        quint64 sum = 0;
        for (const auto &recorder : m_recorders)
            sum += recorder->statistics().handled;
        return sum;
    }
    Recorders::Recorder &operator[](int number) { return *m_recorders[std::size_t(number)]; }

private:
    Recorders::MetricsRuntime m_runtime;
    std::vector<std::shared_ptr<Recorders::Recorder>> m_recorders;
};

double separateRecorders(int threads, Load load)
{
    RecorderLanes lanes(threads);
    return together(lanes, threads, load, [&lanes](int number) {
        return [recorder = &lanes[number]](int amount) {
            recorder->registerEvent(SizedEvent<32>::of(amount));
        };
    });
}

template <typename Subject>
double separate(int threads, Load load)
{
    Lanes<Subject> lanes(threads);
    return together(lanes, threads, load, [&lanes](int number) {
        return [subject = &lanes[number]](int amount) {
            subject->record(SizedEvent<32>::of(amount));
        };
    });
}

constexpr char moodycamelName[] = "moodycamel";
constexpr char countersName[] = "prometheus-cpp, 3 counters";
constexpr char histogramName[] = "prometheus-cpp, 2 counters, histogram";
constexpr char mutexName[] = "QMutex + QList";
constexpr char signalName[] = "queued signal";
constexpr char emptyName[] = "empty loop";

template <int Size>
struct InBursts
{
    template <typename Subject>
    static double measure()
    {
        return bursts<Subject, SizedEvent<32>, Size>();
    }
};

template <int Milliseconds>
struct OneByOne
{
    template <typename Subject>
    static double measure()
    {
        return singles<Subject, SizedEvent<32>, Milliseconds>();
    }
};

template <typename Way>
Row &addAll(Row &row)
{
    using Event = SizedEvent<32>;
    return row.measure(ownName, Way::template measure<RecordersSubject>)
            .measure(moodycamelName, Way::template measure<MoodycamelSubject<Event>>)
            .measure(countersName, Way::template measure<PrometheusCounters>)
            .measure(histogramName, Way::template measure<PrometheusHistogram>)
            .measure(mutexName, Way::template measure<MutexSubject<Event>>)
            .measure(signalName, Way::template measure<SignalSubject>)
            .measure(emptyName, Way::template measure<EmptyLoop>);
}

template <typename Event>
Row &addEventType(Row &row)
{
    return row.measure(ownName, bursts<RecordersSubject, Event, 256>)
            .measure(moodycamelName, bursts<MoodycamelSubject<Event>, Event, 256>)
            .measure(mutexName, bursts<MutexSubject<Event>, Event, 256>);
}

Row &addShared(Row &row, int threads, Load load)
{
    using Event = SizedEvent<32>;
    return row
            .measure(ownName, [=] { return shared<FloodedRecordersSubject, Event>(threads, load); })
            .measure(moodycamelName,
                     [=] { return shared<MoodycamelSubject<Event>, Event>(threads, load); })
            .measure(countersName, [=] { return shared<PrometheusCounters, Event>(threads, load); })
            .measure(histogramName,
                     [=] { return shared<PrometheusHistogram, Event>(threads, load); })
            .measure(mutexName, [=] { return shared<MutexSubject<Event>, Event>(threads, load); })
            .measure(signalName, [=] { return shared<SignalSubject, Event>(threads, load); })
            .measure(emptyName, [=] { return shared<EmptyLoop, Event>(threads, load); });
}

Row &addSeparate(Row &row, int threads, Load load)
{
    using Event = SizedEvent<32>;
    return row.measure(ownName, [=] { return separateRecorders(threads, load); })
            .measure(moodycamelName,
                     [=] { return separate<MoodycamelSubject<Event>>(threads, load); })
            .measure(countersName, [=] { return separate<PrometheusCounters>(threads, load); })
            .measure(histogramName, [=] { return separate<PrometheusHistogram>(threads, load); })
            .measure(mutexName, [=] { return separate<MutexSubject<Event>>(threads, load); })
            .measure(emptyName, [=] { return separate<EmptyLoop>(threads, load); });
}

} // namespace

void addHandOver(std::deque<Table> &tables)
{
    Table &table = tables.emplace_back("Handing over an event", "ns per event");
    addAll<InBursts<16>>(table.row("32 bytes, bursts of 16"));
    addAll<InBursts<256>>(table.row("32 bytes, bursts of 256").atMost(10));
    addAll<InBursts<4096>>(table.row("32 bytes, bursts of 4096").atMost(10));
    addShared(table.row("32 bytes, flat out"), 1, floodLoad);
    addShared(table.row("32 bytes, flat out, 2 threads to one recorder").atMost(45), 2, floodLoad);
    addShared(table.row("32 bytes, bursts of 4096, 2 threads to one recorder"), 2, burstLoad);
    addSeparate(table.row("32 bytes, bursts of 4096, 2 threads to a recorder each").atMost(12), 2,
                burstLoad);
    addEventType<SizedEvent<8>>(table.row("8 bytes, bursts of 256"));
    addEventType<SizedEvent<48>>(table.row("48 bytes, bursts of 256"));
    addEventType<SizedEvent<200>>(table.row("200 bytes, bursts of 256"));
    addEventType<TextEvent>(table.row("with a QString, bursts of 256"));
    addAll<OneByOne<1>>(table.row("32 bytes, one per 1 ms"));
    addAll<OneByOne<40>>(table.row("32 bytes, one per 40 ms: wakes the thread"));
}

} // namespace Benchmarks

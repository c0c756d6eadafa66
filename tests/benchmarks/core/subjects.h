// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "events.h"

#include <recorders/core/metricsruntime.h>

#include <QList>
#include <QMutex>
#include <QObject>
#include <QThread>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#if __has_include(<concurrentqueue/moodycamel/concurrentqueue.h>)
#  include <concurrentqueue/moodycamel/concurrentqueue.h> // as Debian 13 installs it
#else
#  include <concurrentqueue/concurrentqueue.h>
#endif

/*
    What is compared: ways to bring a fact from business code to what counts. Each subject has

        void record(Event &&)    any thread: the hand-off that is timed
        quint64 handled() const         any thread: how many were counted by now

    and counts what it was handed on a thread of its own, from construction to destruction. A
    subject that holds nothing back counts in record().
*/
namespace Benchmarks {

// Adds up what it is handed; the work of the thread that counts. Padded: its reader is another.
class alignas(64) Tally
{
public:
    void add(qint64 amount)
    {
        m_amount += amount;
        m_count.store(m_count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    quint64 count() const { return m_count.load(std::memory_order_relaxed); }

private:
    qint64 m_amount = 0;
    std::atomic<quint64> m_count = 0;
};

// What is handled of a subject that holds nothing back.
inline constexpr quint64 everything = quint64(1) << 60;

class EmptyLoop
{
public:
    template <typename Event>
    void record(const Event &event)
    {
        const Event *volatile keep = &event;
        static_cast<void>(keep);
    }
    quint64 handled() const { return everything; }
};

template <typename Event>
class AmountMetric : public Recorders::TypedMetric<Event>
{
public:
    explicit AmountMetric(const QString &name)
        : Recorders::TypedMetric<Event>(name)
    {
    }

    bool handle(const Event &event) override
    {
        m_total += event.amount;
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(this->name()).add(QStringLiteral("total"), m_total);
    }

private:
    qint64 m_total = 0;
};

// With a metric for each of the events that are compared.
inline std::shared_ptr<Recorders::Recorder> newRecorder(Recorders::MetricsRuntime &runtime,
                                                        const QString &id,
                                                        const Recorders::RecorderOptions &options)
{
    auto recorder = runtime.createRecorder(id, options);
    const auto add = [&recorder](const char *name, auto event) {
        using Event = decltype(event);
        recorder->registerMetric(std::make_unique<AmountMetric<Event>>(QLatin1StringView(name)));
    };
    add("sized.8", SizedEvent<8>());
    add("sized.32", SizedEvent<32>());
    add("sized.48", SizedEvent<48>());
    add("sized.200", SizedEvent<200>());
    add("text", TextEvent());
    return recorder;
}

class RecordersSubject
{
public:
    explicit RecordersSubject(const Recorders::RecorderOptions &options = {})
        : m_runtime(QStringLiteral("benchmark"))
    {
        m_runtime.start();
        m_recorder = newRecorder(m_runtime, QStringLiteral("subject"), options);
    }

    template <typename Event>
    void record(Event &&event)
    {
        m_recorder->registerEvent(std::move(event));
    }
    quint64 handled() const { return m_recorder->statistics().handled; }

private:
    Recorders::MetricsRuntime m_runtime;
    std::shared_ptr<Recorders::Recorder> m_recorder;
};

// The default queue takes all that is handed over in a burst, but not what comes flat out.
inline Recorders::RecorderOptions floodOptions()
{
    Recorders::RecorderOptions options;
    options.queueMaxSize = 1 << 20;
    return options;
}

class FloodedRecordersSubject : public RecordersSubject
{
public:
    FloodedRecordersSubject()
        : RecordersSubject(floodOptions())
    {
    }
};

// Counts what was handed over as long as there is any, and looks again every millisecond, much as
// a recorder's thread does under load.
template <typename Drain>
class DrainThread
{
public:
    explicit DrainThread(Drain drain)
        : m_thread([this, drain] {
            while (!m_isOver.load(std::memory_order_relaxed)) {
                if (!drain(m_tally))
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        })
    {
    }
    ~DrainThread()
    {
        m_isOver.store(true, std::memory_order_relaxed);
        m_thread.join();
    }
    DrainThread(const DrainThread &) = delete;
    DrainThread &operator=(const DrainThread &) = delete;

    quint64 handled() const { return m_tally.count(); }

private:
    Tally m_tally;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

template <typename Event>
class MoodycamelSubject
{
public:
    void record(Event &&event) { m_queue.enqueue(std::move(event)); }
    quint64 handled() const { return m_thread.handled(); }

private:
    bool drain(Tally &tally)
    {
        std::array<Event, 64> batch;
        const std::size_t count = m_queue.try_dequeue_bulk(batch.begin(), batch.size());
        for (std::size_t i = 0; i < count; ++i)
            tally.add(batch[i].amount);
        return count > 0;
    }

    moodycamel::ConcurrentQueue<Event> m_queue;
    struct Drain
    {
        MoodycamelSubject *self;
        bool operator()(Tally &tally) const { return self->drain(tally); }
    };
    DrainThread<Drain> m_thread{ Drain{ this } };
};

template <typename Event>
class MutexSubject
{
public:
    void record(Event &&event)
    {
        const QMutexLocker lock(&m_mutex);
        m_waiting.append(std::move(event));
    }
    quint64 handled() const { return m_thread.handled(); }

private:
    bool drain(Tally &tally)
    {
        m_drained.clear(); // keeps its memory, as the other list does
        {
            const QMutexLocker lock(&m_mutex);
            m_drained.swap(m_waiting);
        }
        for (const Event &event : std::as_const(m_drained))
            tally.add(event.amount);
        return !m_drained.isEmpty();
    }

    QMutex m_mutex;
    QList<Event> m_waiting; // guarded by m_mutex
    QList<Event> m_drained;
    struct Drain
    {
        MutexSubject *self;
        bool operator()(Tally &tally) const { return self->drain(tally); }
    };
    DrainThread<Drain> m_thread{ Drain{ this } };
};

class SignalEmitter : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void happened(const Benchmarks::SizedEvent<32> &event);
};

class SignalSubject
{
public:
    SignalSubject()
    {
        m_receiver.moveToThread(&m_thread);
        QObject::connect(&m_emitter, &SignalEmitter::happened, &m_receiver,
                         [this](const SizedEvent<32> &event) { m_tally.add(event.amount); });
        m_thread.start();
    }
    ~SignalSubject()
    {
        m_thread.quit();
        m_thread.wait();
    }
    SignalSubject(const SignalSubject &) = delete;
    SignalSubject &operator=(const SignalSubject &) = delete;

    void record(const SizedEvent<32> &event) { Q_EMIT m_emitter.happened(event); }
    quint64 handled() const { return m_tally.count(); }

private:
    Tally m_tally;
    QThread m_thread;
    QObject m_receiver;
    SignalEmitter m_emitter;
};

// Does at once what metrics do later: counts the event by its outcome, adds up its amount.
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

// The same, but that the amount is a duration, whose distribution is wanted.
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

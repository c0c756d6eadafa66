// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "events.h"

#include <recorders/core/metricsruntime.h>

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>
#include <utility>

/*
    What is compared: ways to bring a fact from business code to what counts. Each subject has

        void record(Event &&)    any thread: the hand-off that is timed
        quint64 handled() const         any thread: how many were counted by now

    and counts what it was handed on a thread of its own, from construction to destruction. A
    subject that holds nothing back counts in record(). Instead of record() itself, a subject may
    have

        auto producer()                 any thread: what has record(), for that thread alone

    and a subject that needs more than this program has

        static bool isAvailable()
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

class RecorderProducer
{
public:
    explicit RecorderProducer(Recorders::Recorder &recorder)
        : m_recorder(recorder)
    {
    }

    template <typename Event>
    void record(Event &&event)
    {
        m_recorder.registerEvent(std::forward<Event>(event));
    }

private:
    Recorders::Recorder &m_recorder;
};

// What comes flat out is more than the default queue takes.
inline constexpr int floodCapacity = 1 << 20;

inline Recorders::RecorderOptions optionsOf(int capacity)
{
    Recorders::RecorderOptions options;
    options.queueMaxSize = capacity;
    return options;
}

template <int Capacity>
class RecordersSubject
{
public:
    RecordersSubject()
        : m_runtime(QStringLiteral("benchmark"))
    {
        m_runtime.start();
        m_recorder = newRecorder(m_runtime, QStringLiteral("subject"), optionsOf(Capacity));
    }

    RecorderProducer producer() { return RecorderProducer(*m_recorder); }
    quint64 handled() const { return m_recorder->statistics().handled; }

private:
    Recorders::MetricsRuntime m_runtime;
    std::shared_ptr<Recorders::Recorder> m_recorder;
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

} // namespace Benchmarks

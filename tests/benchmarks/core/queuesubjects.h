// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "subjects.h"

#include <QList>
#include <QMutex>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#if __has_include(<concurrentqueue/moodycamel/concurrentqueue.h>)
#  include <concurrentqueue/moodycamel/concurrentqueue.h> // as Debian 13 installs it
#else
#  include <concurrentqueue/concurrentqueue.h>
#endif
#if BENCHMARKS_HAVE_ATOMIC_QUEUE
#  include <atomic_queue/atomic_queue.h>
#endif

namespace Benchmarks {

// How long the thread of a runtime sleeps at most while events come.
inline constexpr std::chrono::milliseconds drainInterval{ 10 };

// Counts what was handed over as long as there is any, and looks again after an interval.
class DrainThread
{
public:
    using Drain = std::function<bool(Tally &)>; // some of what there is; false if there is nothing

    DrainThread(std::chrono::milliseconds interval, Drain drain)
        : m_drain(std::move(drain))
        , m_thread([this, interval] { run(interval); })
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
    void run(std::chrono::milliseconds interval)
    {
        while (!m_isOver.load(std::memory_order_relaxed)) {
            if (!m_drain(m_tally))
                std::this_thread::sleep_for(interval);
        }
    }

    Tally m_tally;
    Drain m_drain;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

template <typename Event, int Sums = 1>
class MoodycamelSubject
{
public:
    explicit MoodycamelSubject(std::chrono::milliseconds interval = drainInterval)
        : m_thread(interval, [this](Tally &tally) { return drain(tally); })
    {
    }

    void record(Event &&event) { m_queue.enqueue(std::move(event)); }
    quint64 handled() const { return m_thread.handled(); }

protected:
    using Queue = moodycamel::ConcurrentQueue<Event>;

    Queue &queue() { return m_queue; }

private:
    bool drain(Tally &tally)
    {
        std::array<Event, 64> batch;
        const std::size_t count = m_queue.try_dequeue_bulk(batch.begin(), batch.size());
        for (std::size_t i = 0; i < count; ++i) {
            tally.add(batch[i].amount);
            for (qint64 &sum : m_furtherSums)
                sum += batch[i].amount;
        }
        return count > 0;
    }

    Queue m_queue;
    std::array<qint64, Sums - 1> m_furtherSums{};
    DrainThread m_thread;
};

// The same queue, told which thread it is: what it finds out itself otherwise.
template <typename Event>
class MoodycamelTokenSubject : public MoodycamelSubject<Event>
{
    using Queue = typename MoodycamelSubject<Event>::Queue;

public:
    class Producer
    {
    public:
        explicit Producer(Queue &queue)
            : m_queue(queue)
            , m_token(queue)
        {
        }
        void record(Event &&event) { m_queue.enqueue(m_token, std::move(event)); }

    private:
        Queue &m_queue;
        moodycamel::ProducerToken m_token;
    };

    Producer producer() { return Producer(this->queue()); }
};

#if BENCHMARKS_HAVE_ATOMIC_QUEUE
// Bounded, as the queue of a recorder is; who finds it full tries again until it is not.
template <typename Event, int Capacity>
class AtomicQueueSubject
{
public:
    void record(Event &&event)
    {
        // A full queue moves nothing. NOLINTNEXTLINE(bugprone-use-after-move)
        while (!m_queue.try_push(std::move(event))) { }
    }
    quint64 handled() const { return m_thread.handled(); }

private:
    bool drain(Tally &tally)
    {
        Event event;
        int count = 0;
        for (; count < 64 && m_queue.try_pop(event); ++count)
            tally.add(event.amount);
        return count > 0;
    }

    atomic_queue::AtomicQueueB2<Event> m_queue{ Capacity };
    DrainThread m_thread{ drainInterval, [this](Tally &tally) {
                             return drain(tally);
                         } };
};
#endif

template <typename Event>
class MutexSubject
{
public:
    explicit MutexSubject(std::chrono::milliseconds interval = drainInterval)
        : m_thread(interval, [this](Tally &tally) { return drain(tally); })
    {
    }

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
    DrainThread m_thread;
};

} // namespace Benchmarks

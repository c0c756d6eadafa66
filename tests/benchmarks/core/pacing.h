// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "effort.h"
#include "median.h"
#include "processfigures.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <QtGlobal>

namespace Benchmarks {

using Clock = std::chrono::steady_clock;

inline double nanoseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::nano>(duration).count();
}

// What the queue of a recorder takes by default.
inline constexpr quint64 backlogLimit = 10'000;

// What a thread hands over to: the subject, unless that has something for each thread.
template <typename Subject>
decltype(auto) producerOf(Subject &subject)
{
    if constexpr (requires { subject.producer(); })
        return subject.producer();
    else
        return (subject);
}

// Without disturbing the thread that counts.
template <typename Subject>
void awaitHandled(const Subject &subject, quint64 count)
{
    while (subject.handled() < count)
        std::this_thread::sleep_for(std::chrono::microseconds(50));
}

inline void spinUntil(Clock::time_point time)
{
    while (Clock::now() < time) { }
}

// Hands over twice as many as a queue takes, so that all of its memory has been touched. Returns
// how many that are.
template <typename Event, typename Subject, typename Producer>
quint64 warmUp(const Subject &subject, Producer &producer)
{
    quint64 sent = 0;
    for (int pass = 0; pass < 2; ++pass) {
        for (int n = Effort::scaled(int(backlogLimit)); n > 0; --n) {
            producer.record(Event::of(n));
            ++sent;
        }
        awaitHandled(subject, sent);
    }
    return sent;
}

// What a function returns that runs on a processor, on which the threads stay that it starts.
template <typename Function>
auto onProcessor(int number, Function function)
{
    stayOnProcessor(number);
    auto result = function();
    stayOnAnyProcessor();
    return result;
}

// Nanoseconds per event of a thread that hands over so many at once, every other millisecond. The
// median is what a hand-off costs unless the thread loses its processor meanwhile.
template <typename Event, typename Subject>
double burstsTo(Subject &subject, int size)
{
    auto &&producer = producerOf(subject);
    quint64 sent = warmUp<Event>(subject, producer);
    std::vector<double> samples;
    for (int i = Effort::scaled(30); i > 0; --i) {
        while (subject.handled() + backlogLimit < sent + quint64(size))
            spinUntil(Clock::now() + std::chrono::microseconds(20));
        const Clock::time_point begin = Clock::now();
        for (int n = 1; n <= size; ++n)
            producer.record(Event::of(n));
        samples.push_back(nanoseconds(Clock::now() - begin) / size);
        sent += quint64(size);
        // Not in step with the thread that counts, which has a beat of milliseconds, too.
        spinUntil(begin + std::chrono::microseconds(1000 + 137 * (i % 7)));
    }
    awaitHandled(subject, sent);
    return median(samples);
}

// A turn of a subject, which counts on another processor than that of the thread: memory that never
// leaves a processor would be several times as fast, and it would be up to the scheduler whose does.
template <typename Subject, typename Event, int Size>
double bursts()
{
    const auto subject = onProcessor(1, [] { return std::make_unique<Subject>(); });
    return onProcessor(0, [&subject] { return burstsTo<Event>(*subject, Size); });
}

// A turn of a subject: nanoseconds of a single event after so many milliseconds in which its thread
// slept. Those before come each millisecond, so that the subject has got used to that thread.
template <typename Subject, typename Event, int Milliseconds>
double singles()
{
    Subject subject;
    auto &&producer = producerOf(subject);
    for (int i = Effort::scaled(20); i > 0; --i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        producer.record(Event::of(i));
    }
    std::vector<double> samples;
    for (int i = Effort::scaled(200 / Milliseconds) + 6; i > 0; --i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(Milliseconds));
        const Clock::time_point begin = Clock::now();
        producer.record(Event::of(i));
        samples.push_back(nanoseconds(Clock::now() - begin));
    }
    return median(samples);
}

// How much threads hand over together before they wait until it was handled.
struct Load
{
    int size = 0; // of each thread
    int rounds = 0;
    bool isPinned = false; // a processor for each thread: they do run at once, and who counts, too
};
inline constexpr Load burstLoad{ 4096, 20, true };
inline constexpr Load floodLoad{ 100'000, 6, true };
inline constexpr Load roamingFloodLoad{ 100'000, 6, false };

// When threads began a round at once, and when each of them was done.
class RoundTimes
{
public:
    explicit RoundTimes(int threads)
        : m_threads(threads)
        , m_ends(std::size_t(threads))
    {
    }

    // Nobody sleeps here: who is woken late has no competitors.
    void beginTogether()
    {
        const int arrived = ++m_arrived;
        const int all = (arrived + m_threads - 1) / m_threads * m_threads;
        if (arrived == all)
            m_begins.push_back(Clock::now());
        while (m_arrived < all) { }
    }
    void end(int thread) { m_ends[std::size_t(thread)].push_back(Clock::now()); }

    // Of all rounds but the first, in which the memory is touched for the first time.
    double medianNanoseconds() const
    {
        std::vector<double> samples;
        for (std::size_t round = 1; round < m_begins.size(); ++round) {
            Clock::time_point end = m_begins[round];
            for (const auto &each : m_ends)
                end = std::max(end, each[round]);
            samples.push_back(nanoseconds(end - m_begins[round]));
        }
        return median(samples);
    }

private:
    int m_threads;
    std::atomic<int> m_arrived = 0;
    std::vector<Clock::time_point> m_begins;
    std::vector<std::vector<Clock::time_point>> m_ends; // by thread
};

// A turn of subjects: nanoseconds per event of each of so many threads that begin at once, each
// with the producer of its number.
template <typename Subjects, typename Event>
double together(int threads, Load load)
{
    const auto make = [threads] {
        return std::make_unique<Subjects>(threads);
    };
    const auto subjects = load.isPinned ? onProcessor(threads, make) : make();
    RoundTimes times(threads);
    const int rounds = Effort::scaled(load.rounds) + 1;
    std::vector<std::thread> producers;
    producers.reserve(std::size_t(threads));
    for (int i = 0; i < threads; ++i) {
        producers.emplace_back([&, i] {
            if (load.isPinned)
                stayOnProcessor(i);
            auto &&producer = subjects->producer(i);
            for (int round = 1; round <= rounds; ++round) {
                times.beginTogether();
                for (int n = 1; n <= load.size; ++n)
                    producer.record(Event::of(n));
                times.end(i);
                awaitHandled(*subjects, quint64(round) * quint64(load.size) * quint64(threads));
            }
        });
    }
    for (std::thread &producer : producers)
        producer.join();
    return times.medianNanoseconds() / load.size;
}

} // namespace Benchmarks

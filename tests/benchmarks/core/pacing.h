// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "effort.h"
#include "processfigures.h"

#include <algorithm>
#include <atomic>
#include <chrono>
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

// The median is what a hand-off costs unless the thread loses its processor meanwhile.
inline double median(std::vector<double> samples)
{
    const auto middle = samples.begin() + std::ptrdiff_t(samples.size() / 2);
    std::nth_element(samples.begin(), middle, samples.end());
    return *middle;
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

// Nanoseconds per event of a thread that hands over so many at once, every other millisecond.
template <typename Subject, typename Event, int Size>
double bursts()
{
    Subject subject;
    quint64 sent = 0;
    std::vector<double> samples;
    for (int i = Effort::scaled(200); i > 0; --i) {
        const Clock::time_point begin = Clock::now();
        for (int n = 1; n <= Size; ++n)
            subject.record(Event::of(n));
        samples.push_back(nanoseconds(Clock::now() - begin) / Size);
        sent += Size;
        // Not in step with the thread that counts, which has a beat of milliseconds, too.
        spinUntil(begin + std::chrono::microseconds(1000 + 137 * (i % 7)));
        while (subject.handled() + backlogLimit < sent + Size)
            spinUntil(Clock::now() + std::chrono::microseconds(20));
    }
    awaitHandled(subject, sent);
    return median(samples);
}

// Nanoseconds of a single event after so many milliseconds in which its thread slept.
template <typename Subject, typename Event, int Milliseconds>
double singles()
{
    Subject subject;
    std::vector<double> samples;
    for (int i = Effort::scaled(400 / Milliseconds) + 2; i > 0; --i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(Milliseconds));
        const Clock::time_point begin = Clock::now();
        subject.record(Event::of(i));
        samples.push_back(nanoseconds(Clock::now() - begin));
    }
    return median(samples);
}

// How much threads hand over together before they wait until it was handled. A flood takes
// longer than the thread that counts sleeps, so that it competes with them for the processors.
struct Load
{
    int size;
    int rounds;
    bool isPinned; // a processor for each thread: they do run at once
};
inline constexpr Load burstLoad{ 4096, 60, true };
inline constexpr Load floodLoad{ 100'000, 12, false };

// Nanoseconds per event of each of so many threads that begin at once. record(number) returns what
// the thread of that number does for each event.
template <typename Subject, typename Record>
double together(Subject &subject, int threads, Load load, Record record)
{
    const int rounds = Effort::scaled(load.rounds) + 1;
    std::vector<std::vector<Clock::time_point>> ends(static_cast<std::size_t>(threads));
    std::vector<Clock::time_point> begins;
    std::atomic<int> ready = 0;
    std::vector<std::thread> producers;
    for (int i = 0; i < threads; ++i) {
        producers.emplace_back([&, i] {
            if (load.isPinned)
                stayOnProcessor(i);
            auto recordOne = record(i);
            for (int round = 1; round <= rounds; ++round) {
                // Nobody sleeps here: who is woken late has no competitors.
                if (++ready == round * threads)
                    begins.push_back(Clock::now());
                while (ready < round * threads) { }
                for (int n = 1; n <= load.size; ++n)
                    recordOne(n);
                ends[static_cast<std::size_t>(i)].push_back(Clock::now());
                awaitHandled(subject, quint64(round) * quint64(load.size) * quint64(threads));
            }
        });
    }
    for (std::thread &producer : producers)
        producer.join();

    std::vector<double> samples;
    for (std::size_t round = 0; round < begins.size(); ++round) {
        Clock::time_point end = begins[round];
        for (const auto &each : ends)
            end = std::max(end, each[round]);
        samples.push_back(nanoseconds(end - begins[round]) / load.size);
    }
    return median(samples);
}

} // namespace Benchmarks

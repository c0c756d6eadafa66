// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>

#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <thread>
#include <vector>

namespace Benchmarks {

// A runtime with a great many recorders of three metrics each. All windows of a process look at
// the same one.
class Crowd
{
public:
    static constexpr int size = 100'000;

    static Crowd &instance();

    Recorders::MetricsRuntime *runtime() { return &m_runtime; }
    void registerEvents(int recorders); // at as many, others each time

private:
    Crowd();

    Recorders::MetricsRuntime m_runtime;
    std::vector<std::shared_ptr<Recorders::Recorder>> m_recorders;
    std::mt19937 m_random{ 20261125 };
};

// Makes something change ten times a second, from a thread of its own.
class LiveCrowd
{
public:
    static constexpr std::chrono::milliseconds interval{ 100 };

    explicit LiveCrowd(std::function<void()> change);

private:
    std::jthread m_thread;
};

} // namespace Benchmarks

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/testmetrics.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace Testing {

// Counts what is handled, without a call that would wake the recorder's thread.
class HandledCounter
{
public:
    std::unique_ptr<Recorders::Metric> newMetric(const QString &name = QStringLiteral("counter"))
    {
        return std::make_unique<ActingMetric>(
                name, [handled = m_handled](const Recorders::MetricEvent &) {
                    handled->fetch_add(1, std::memory_order_release);
                });
    }

    // False: they did not come within a time that no machine needs.
    bool waitFor(quint64 count) const
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (m_handled->load(std::memory_order_acquire) < count) {
            if (std::chrono::steady_clock::now() >= deadline)
                return false;
            std::this_thread::yield();
        }
        return true;
    }

private:
    const std::shared_ptr<std::atomic<quint64>> m_handled =
            std::make_shared<std::atomic<quint64>>(0);
};

// Keeps the processor: a thread that sleeps would wake at moments that the system chooses.
inline void spinFor(std::chrono::nanoseconds time)
{
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) { }
}

} // namespace Testing

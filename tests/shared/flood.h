// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/testmetrics.h"

#include <QDeadlineTimer>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace Testing {

// A thread that registers events with all recorders in turn, as fast as it can, until stop().
class Flood
{
public:
    using Recorders = std::vector<std::shared_ptr<::Recorders::Recorder>>;

    explicit Flood(Recorders recorders)
        : m_recorders(std::move(recorders))
        , m_thread([this] { run(); })
    {
    }
    ~Flood() { stop(); }

    Flood(const Flood &) = delete;
    Flood &operator=(const Flood &) = delete;

    // What was accepted is handled then.
    void stop()
    {
        m_isOver.store(true, std::memory_order_relaxed);
        if (m_thread.joinable())
            m_thread.join();
        for (const auto &recorder : m_recorders)
            recorder->flush(QDeadlineTimer(std::chrono::minutes(1)));
    }

private:
    void run()
    {
        while (!m_isOver.load(std::memory_order_relaxed)) { // a flag by itself
            for (const auto &recorder : m_recorders)
                recorder->registerEvent(Tick{ 1 });
        }
    }

    const Recorders m_recorders;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread; // last: it uses the others
};

// Holds the thread of a recorder that is flooded with every event until one more finds no room. So
// its queue overflows, however fast the thread is beside the producers.
class Overload
{
public:
    Overload() = default;
    ~Overload() { end(); }

    Overload(const Overload &) = delete;
    Overload &operator=(const Overload &) = delete;

    std::unique_ptr<::Recorders::Metric> newMetric(const ::Recorders::Recorder &recorder)
    {
        return std::make_unique<ActingMetric>(
                QStringLiteral("overloaded"),
                [&recorder, isOver = m_isOver](const ::Recorders::MetricEvent &) {
                    const quint64 refused = refusedBy(recorder);
                    while (refusedBy(recorder) == refused && !hasToWait(recorder) && !*isOver
                           && recorder.state() == ::Recorders::RecorderState::Running)
                        std::this_thread::yield();
                });
    }

    // Producers may cease from now on.
    void end() { *m_isOver = true; }

private:
    static quint64 refusedBy(const ::Recorders::Recorder &recorder)
    {
        const ::Recorders::RecorderStatistics statistics = recorder.statistics();
        return statistics.dropped + statistics.rejected;
    }
    static bool hasToWait(const ::Recorders::Recorder &recorder) // who registers an event
    {
        const ::Recorders::RecorderOptions &options = recorder.options();
        return options.overflowPolicy == ::Recorders::OverflowPolicy::Block
                && recorder.statistics().pending == quint64(options.queueMaxSize);
    }

    const std::shared_ptr<std::atomic<bool>> m_isOver = std::make_shared<std::atomic<bool>>(false);
};

} // namespace Testing

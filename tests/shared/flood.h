// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/testmetrics.h"

#include <atomic>
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
            recorder->flush();
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

} // namespace Testing

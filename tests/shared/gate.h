// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace Testing {

// A flag that other threads can wait for. No Qt inside, so that ThreadSanitizer understands it.
class Latch
{
public:
    void set()
    {
        const std::lock_guard lock(m_mutex);
        m_isSet = true;
        m_changed.notify_all();
    }

    // False if the time was up first.
    [[nodiscard]] bool wait(std::chrono::milliseconds timeout = std::chrono::seconds(20))
    {
        std::unique_lock lock(m_mutex);
        // Not wait_for(): libtsan of g++ 12 does not know pthread_cond_clockwait().
        return m_changed.wait_until(lock, std::chrono::system_clock::now() + timeout,
                                    [this] { return m_isSet; });
    }

    bool isSet()
    {
        const std::lock_guard lock(m_mutex);
        return m_isSet;
    }

private:
    std::mutex m_mutex; // guards m_isSet
    std::condition_variable m_changed;
    bool m_isSet = false;
};

// Holds the thread that passes until somebody opens it. It opens by itself in the end, so that a
// test that fails does not hang.
class Gate
{
public:
    void pass()
    {
        m_entered.set();
        static_cast<void>(m_open.wait(std::chrono::seconds(30)));
    }

    [[nodiscard]] bool waitUntilEntered() { return m_entered.wait(); }
    void open() { m_open.set(); }

private:
    Latch m_entered;
    Latch m_open;
};

// Opens a gate at the end of the scope, however the test leaves it.
class GateOpener
{
public:
    explicit GateOpener(std::shared_ptr<Gate> gate)
        : m_gate(std::move(gate))
    {
    }
    ~GateOpener() { m_gate->open(); }

    GateOpener(const GateOpener &) = delete;
    GateOpener &operator=(const GateOpener &) = delete;

private:
    const std::shared_ptr<Gate> m_gate;
};

} // namespace Testing

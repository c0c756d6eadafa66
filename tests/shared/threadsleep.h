// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/gate.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

#include <sys/types.h>
#include <unistd.h>

namespace Testing {

// Whether a thread sleeps in the system, as the system says it. A thread that waits for a processor
// does not.
class ThreadSleep
{
public:
    void follow() { m_id = gettid(); } // the thread that calls

    bool isAsleep() const { return state().isAsleep; }

    // Waits until the thread either sleeps, and does not wake up from that, or has done what it was
    // to do. False: it is done.
    bool comesBefore(Latch &isDone) const
    {
        constexpr int longerThanForALock = 20; // looks; a lock of the call's own is free soon
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        State last;
        for (int looks = 0; looks < longerThanForALock && !isDone.isSet()
             && std::chrono::steady_clock::now() < deadline;) {
            const State now = state();
            looks = now.isAsleep && now.switches == last.switches ? looks + 1 : 0;
            last = now;
            std::this_thread::yield();
        }
        return !isDone.isSet();
    }

private:
    struct State
    {
        bool isAsleep = false;
        std::string switches; // how often it went to sleep
    };

    State state() const
    {
        State state;
        std::ifstream status("/proc/self/task/" + std::to_string(m_id.load()) + "/status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("State:"))
                state.isAsleep = line.find("(sleeping)") != std::string::npos;
            else if (line.starts_with("voluntary_ctxt_switches:"))
                state.switches = line;
        }
        return state;
    }

    std::atomic<pid_t> m_id = 0;
};

} // namespace Testing

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <chrono>

#include <pthread.h>
#include <time.h>

namespace Testing {

// The processor time of a thread, which says so itself: what the clock of another thread says would
// be of that thread.
class ThreadClock
{
public:
    void follow() { pthread_getcpuclockid(pthread_self(), &m_clock); } // the thread that calls

    std::chrono::nanoseconds time() const
    {
        timespec time{};
        clock_gettime(m_clock, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }

private:
    clockid_t m_clock = 0;
};

} // namespace Testing

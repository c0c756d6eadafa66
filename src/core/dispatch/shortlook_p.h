// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/queue/backoff_p.h"

#include <QThread>

#include <chrono>
#include <thread>

namespace Recorders::Internal {

/*
    For who is about to sleep until another thread has done something: looks for it for less than it
    takes to be woken. Not where there is but one processor, as the other thread needs that.

    In between it yields, which costs next to nothing where nobody waits for the processor. But one
    that was woken has often been put on that of the thread that woke it, so that the two would wait
    for each other for as long as they look.
*/
class ShortLook final
{
public:
    static constexpr std::chrono::microseconds longest{ 20 };

    template <typename Predicate>
    static bool finds(Predicate isThere)
    {
        if (isThere())
            return true;
        static const bool hasProcessors = QThread::idealThreadCount() > 1;
        if (!hasProcessors)
            return false;
        const auto until = std::chrono::steady_clock::now() + longest;
        do {
            for (int i = 0; i < pausesPerLook; ++i)
                pauseProcessor();
            std::this_thread::yield();
            if (isThere())
                return true;
        } while (std::chrono::steady_clock::now() < until);
        return false;
    }

private:
    static constexpr int pausesPerLook = 4;
};

} // namespace Recorders::Internal

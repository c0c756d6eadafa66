// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>

#include <QString>

#include <atomic>
#include <thread>
#include <vector>

// What the tests of a runtime have in common.
namespace Testing {

inline const QString clockId = QStringLiteral("clock");

// Threads that make a call at once.
class Callers
{
public:
    // True if the call was so in all of them.
    template <typename Call>
    bool isTrueInAll(Call call)
    {
        std::atomic<int> trueCount = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back([&] {
                ++m_begun;
                trueCount += call() ? 1 : 0;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        return trueCount == count;
    }

    // For what is under way in one of them: the others meet it.
    void waitForAll() const
    {
        while (m_begun < count)
            std::this_thread::yield();
        for (int i = 0; i < 10; ++i)
            std::this_thread::yield();
    }

private:
    static constexpr int count = 4;

    std::atomic<int> m_begun = 0;
};

inline const Recorders::Error formerError(Recorders::ErrorCode::NotFound,
                                          QStringLiteral("what there was before"));

} // namespace Testing

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// A race on purpose, below a QThread's event loop, where careless suppressions would hide it.
// ThreadSanitizer has to report it; a run that does not proves nothing.

#include "shared/workerthread.h"

#include <QCoreApplication>

#include <atomic>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Testing::WorkerThread worker;
    int shared = 0;
    std::atomic<bool> hasBegun = false; // relaxed: it orders nothing
    worker.post([&] {
        hasBegun.store(true, std::memory_order_relaxed);
        for (int i = 0; i < 1000; ++i)
            ++shared;
    });

    while (!hasBegun.load(std::memory_order_relaxed)) { }
    for (int i = 0; i < 1000; ++i)
        ++shared;

    worker.run([] {});
    return shared > 0 ? 0 : 1;
}

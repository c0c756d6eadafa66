// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// A fault on purpose, named by the argument, where careless options or suppressions would hide it:
// below a QThread's event loop. The sanitizer has to report it; a run that does not proves nothing.

#include "shared/workerthread.h"

#include <QCoreApplication>

#include <atomic>
#include <cstring>
#include <limits>
#include <vector>

namespace {

// Through volatile, so that no compiler knows the value and sees the fault coming.
template <typename T>
T unforeseen(T value)
{
    volatile T copy = value;
    return copy;
}

// What the faults work out goes here, so that none of them is left out.
volatile qint64 result = 0;

// One race in four escapes ThreadSanitizer: it has a hundred chances.
void race(Testing::WorkerThread &worker)
{
    for (int round = 0; round < 100; ++round) {
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
        result = shared;
    }
}

void useAfterFree(Testing::WorkerThread &worker)
{
    auto *const number = new int(1);
    worker.run([number] { delete number; });
    result = *number;
}

void outOfBounds(Testing::WorkerThread &worker)
{
    const std::vector<int> numbers(4);
    worker.run([&numbers] { result = numbers.data()[unforeseen(4)]; });
}

void leak(Testing::WorkerThread &worker)
{
    worker.run([] { result = *unforeseen(new int(1)); });
    worker.run([] { result = 0; }); // what was on the stack and in registers is gone
}

void signedOverflow(Testing::WorkerThread &worker)
{
    worker.run([] { result = unforeseen(std::numeric_limits<int>::max()) + 1; });
}

void floatCast(Testing::WorkerThread &worker)
{
    worker.run([] { result = static_cast<int>(unforeseen(1e30)); });
}

void floatDivision(Testing::WorkerThread &worker)
{
    worker.run([] { result = unforeseen(1.0) / unforeseen(0.0) > 0 ? 1 : 2; });
}

struct Scenario
{
    const char *name;
    void (*run)(Testing::WorkerThread &worker);
};

const Scenario scenarios[] = {
    { "race", race },
    { "useAfterFree", useAfterFree },
    { "outOfBounds", outOfBounds },
    { "leak", leak },
    { "signedOverflow", signedOverflow },
    { "floatCast", floatCast },
    { "floatDivision", floatDivision },
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    for (const Scenario &scenario : scenarios) {
        if (argc == 2 && std::strcmp(argv[1], scenario.name) == 0) {
            Testing::WorkerThread worker;
            scenario.run(worker);
            return 0;
        }
    }
    return 2;
}

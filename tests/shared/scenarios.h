// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QCoreApplication>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

// For programs that run one scenario per process, named by the argument. The exit code says
// whether all was well.
namespace Testing {

inline int failures = 0;

inline void check(bool isTrue, const char *what, int line)
{
    if (isTrue)
        return;
    std::fprintf(stderr, "line %d: not true: %s\n", line, what);
    ++failures;
}
#define CHECK(expression) Testing::check(expression, #expression, __LINE__)

inline int argumentCount = 1;
inline char programName[] = "scenario";
inline char *arguments[] = { programName, nullptr };

inline std::unique_ptr<QCoreApplication> newApplication()
{
    return std::make_unique<QCoreApplication>(argumentCount, arguments);
}

inline constexpr int eventCount = 1000;

inline void registerTicks(Recorders::Recorder &recorder)
{
    recorder.registerMetric(std::make_unique<TickMetric>());
    for (int i = 0; i < eventCount; ++i)
        recorder.registerEvent(Tick{ 1 });
}

// A scenario that waits for something that cannot come does not end, as far as the scenario is concerned; and
// what can come has all the time that it needs.
inline Recorders::RecorderOptions patient()
{
    Recorders::RecorderOptions options;
    options.stopTimeout = options.snapshotTimeout = std::chrono::hours(1);
    return options;
}

inline std::shared_ptr<Recorders::Recorder> newRecorder(Recorders::MetricsRuntime &runtime,
                                                        const QString &id = QStringLiteral("clock"))
{
    CHECK(runtime.start());
    auto recorder = runtime.createRecorder(id, patient());
    registerTicks(*recorder);
    return recorder;
}

inline bool isDrained(const Recorders::Recorder &recorder)
{
    const Recorders::RecorderStatistics statistics = recorder.statistics();
    if (isConserved(statistics) && statistics.pending == 0 && statistics.handled == eventCount
        && valueOf(recorder.latestSnapshots(), QStringLiteral("ticks"), u"total") == eventCount)
        return true;
    std::fprintf(stderr, "%s\n", describe(statistics).constData());
    return false;
}

struct Scenario
{
    const char *name;
    void (*run)();
};

template <std::size_t Count>
int runScenario(const Scenario (&scenarios)[Count], int argc, char **argv)
{
    for (const Scenario &scenario : scenarios) {
        if (argc == 2 && std::strcmp(argv[1], scenario.name) == 0) {
            scenario.run();
            return failures > 0 ? 1 : 0;
        }
    }
    std::fprintf(stderr, "usage: %s scenario\n", argv[0]);
    return 2;
}

} // namespace Testing

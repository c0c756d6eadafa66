// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/scenarios.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QDeadlineTimer>

#include <chrono>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

// What the scenarios of forked processes have in common.
namespace Testing {

inline bool isChild = false;

inline constexpr unsigned longestChild = 30; // seconds, after which a child that hangs is killed

// Forks, runs call in the child, and returns whether it found nothing wrong and ended in time.
template <typename Call>
bool isWellInAChild(Call call)
{
    const pid_t child = fork();
    if (child == 0) {
        isChild = true;
        failures = 0;
        alarm(longestChild);
        call();
        std::fflush(nullptr);
        _exit(failures > 0 ? 1 : 0);
    }
    int status = -1;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
            && WEXITSTATUS(status) == 0;
}

inline std::shared_ptr<Recorders::Recorder>
newIdleRecorder(Recorders::MetricsRuntime &runtime, const QString &id = QStringLiteral("clock"))
{
    auto recorder = runtime.createRecorder(id, patient());
    recorder->registerMetric(std::make_unique<TickMetric>());
    return recorder;
}

inline void registerEvents(Recorders::Recorder &recorder)
{
    for (int i = 0; i < eventCount; ++i)
        CHECK(recorder.registerEvent(Tick{ 1 }) == Recorders::RegisterResult::Accepted);
}

inline bool hasHandled(const Recorders::Recorder &recorder, quint64 count)
{
    const Recorders::RecorderStatistics statistics = recorder.statistics();
    if (isConserved(statistics) && statistics.pending == 0 && statistics.handled == count)
        return true;
    std::fprintf(stderr, "%s\n", describe(statistics).constData());
    return false;
}

inline void refusesEverything(Recorders::Recorder &recorder)
{
    const Recorders::RecorderStatistics before = recorder.statistics();
    Recorders::Error error;

    for (int i = 0; i < eventCount; ++i)
        CHECK(recorder.registerEvent(Tick{}) == Recorders::RegisterResult::NotRunning);
    recorder.registerMetricEvent(Recorders::MetricEvent(Tick{}));

    CHECK(recorder.statistics().notRunning == before.notRunning + eventCount + 1);
    CHECK(recorder.statistics().accepted == before.accepted);
    CHECK(isConserved(recorder.statistics()));
    CHECK(recorder.state() == Recorders::RecorderState::Stopped);
    CHECK(recorder.lastError().message().contains(QStringLiteral("forked")));
    CHECK(recorder.start().result().code() == Recorders::ErrorCode::InvalidState);
    CHECK(!recorder.stop().result());
    CHECK(!recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")), &error));
    CHECK(error.code() == Recorders::ErrorCode::InvalidState);
    CHECK(!recorder.removeMetric(QStringLiteral("ticks")));
    recorder.flush(QDeadlineTimer(std::chrono::hours(1)));
    recorder.resetMetrics();
    CHECK(recorder.metricNames().isEmpty());
    CHECK(recorder.metricSnapshots().isEmpty());
    CHECK(recorder.latestSnapshots().isEmpty());
}

inline void refusesEverything(Recorders::MetricsRuntime &runtime)
{
    Recorders::Error error;

    CHECK(runtime.state() == Recorders::RuntimeState::Stopped);
    CHECK(!runtime.start(&error));
    CHECK(error.code() == Recorders::ErrorCode::InvalidState);
    CHECK(error.message().contains(QStringLiteral("forked")));
    CHECK(!runtime.createRecorder(QStringLiteral("other"), {}, &error));
    CHECK(error.code() == Recorders::ErrorCode::InvalidState);
    CHECK(!runtime.createRecorder<HookedRecorder>(QStringLiteral("other"), {}));
    CHECK(!runtime.removeRecorder(QStringLiteral("clock")));
    CHECK(!runtime.recorder(QStringLiteral("clock")));
    CHECK(runtime.recorderIds().isEmpty());
    CHECK(runtime.snapshotSource()->changesSince(0).result().recorders.isEmpty());
    CHECK(runtime.shutdown());
}

// The scenarios of forkraces.cpp.
void childIsForkedWhileThreadsWork();
void childIsForkedWhileOthersStartAndEnd();
void childExitsWhileItForks();
void childIsForkedDuringTheFirstUse();

} // namespace Testing

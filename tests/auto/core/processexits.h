// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/scenarios.h"

#include <functional>

// What the ways in which a process ends with events pending have in common.
namespace Testing {

// What is true when all is over but static objects that were made earlier than this one.
struct CheckAtExit
{
    std::function<void()> check;

    ~CheckAtExit()
    {
        if (check)
            check();
        if (failures > 0)
            std::_Exit(1);
    }
};
inline CheckAtExit checkAtExit;

inline void checkThatItIsDrained(const std::shared_ptr<Recorders::Recorder> &recorder)
{
    checkAtExit.check = [recorder, others = std::exchange(checkAtExit.check, {})] {
        CHECK(isDrained(*recorder));
        CHECK(recorder->registerEvent(Tick{}) == Recorders::RegisterResult::NotRunning);
        if (others)
            others();
    };
}

// The recorder's thread is held with its first event until the process exits, so that events are
// pending then.
inline Gate &exitGate = *new Gate; // never destroyed: a thread may be held still

inline void holdUntilExit(Recorders::Recorder &recorder)
{
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("held"), [](const Recorders::MetricEvent &) { exitGate.pass(); }));
    std::atexit([] { exitGate.open(); });
}

inline std::shared_ptr<Recorders::Recorder>
newHeldRecorder(Recorders::MetricsRuntime &runtime, const QString &id = QStringLiteral("clock"))
{
    CHECK(runtime.start());
    auto recorder = runtime.createRecorder(id, patient());
    holdUntilExit(*recorder);
    registerTicks(*recorder);
    return recorder;
}

inline Recorders::MetricsRuntime *leakRuntime()
{
    return new Recorders::MetricsRuntime(QStringLiteral("leaked"));
}

inline void leakApplication()
{
    newApplication().release();
}

[[noreturn]] inline void exitNow()
{
    std::exit(failures > 0 ? 1 : 0);
}

[[noreturn]] inline void waitForTheExit()
{
    static_cast<void>(Latch().wait(std::chrono::seconds(30)));
    std::_Exit(1);
}

// The scenarios of threadexits.cpp.
[[noreturn]] void exitInAMetric();
[[noreturn]] void exitInAMetricOfAStaticRuntime();
[[noreturn]] void exitInAMetricOfAStaticRecorderByHand();
[[noreturn]] void exitInAHook();
[[noreturn]] void exitInAHookThatStarts();
[[noreturn]] void exitInAThreadOfQt();

} // namespace Testing

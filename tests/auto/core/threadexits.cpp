// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// The ways in which a process ends in the thread that handles its events; see tst_processexit.cpp.

#include "processexits.h"
#include "shared/scenarios.h"

#include <QThread>

#include <functional>
#include <optional>

using namespace Recorders;

namespace Testing {

namespace {

// Fills another recorder of the same thread, and exits in the middle of an event of its own.
std::function<void()> fillAndExit(const std::shared_ptr<Recorder> &other)
{
    checkThatItIsDrained(other);
    return [other] {
        registerTicks(*other);
        exitNow();
    };
}

void checkThatTheRestIsCounted(const std::shared_ptr<Recorder> &recorder)
{
    checkAtExit.check = [recorder, others = std::exchange(checkAtExit.check, {})] {
        const RecorderStatistics statistics = recorder->statistics();
        CHECK(isConserved(statistics) && statistics.handled + statistics.pending == eventCount);
        CHECK(statistics.pending > 0);
        CHECK(recorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
        others();
    };
}

void exitInAMetricOf(MetricsRuntime &runtime)
{
    runtime.start();
    const auto exits = fillAndExit(runtime.createRecorder(QStringLiteral("other"), patient()));
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), patient());
    checkThatTheRestIsCounted(recorder);
    const auto gate = std::make_shared<Gate>();
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("exiting"), [=](const MetricEvent &) {
                gate->pass();
                exits();
            }));
    registerTicks(*recorder);
    gate->open();
}

} // namespace

[[noreturn]] void exitInAMetric()
{
    leakApplication();
    exitInAMetricOf(*leakRuntime());
    waitForTheExit();
}

namespace {

std::optional<MetricsRuntime> staticRuntime; // destroyed before checkAtExit

} // namespace

[[noreturn]] void exitInAMetricOfAStaticRuntime()
{
    const auto application = newApplication();
    exitInAMetricOf(staticRuntime.emplace(QStringLiteral("static")));
    waitForTheExit();
}

namespace {

std::unique_ptr<Recorder> staticByHand; // destroyed before checkAtExit

} // namespace

[[noreturn]] void exitInAMetricOfAStaticRecorderByHand()
{
    leakApplication();
    staticByHand = std::make_unique<Recorder>(QStringLiteral("clock"), patient());
    auto *const thread = new QThread;
    staticByHand->moveToThread(thread);
    thread->start();
    const auto gate = std::make_shared<Gate>();
    staticByHand->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("exiting"), [gate](const MetricEvent &) {
                gate->pass();
                exitNow();
            }));
    registerTicks(*staticByHand);
    gate->open();
    waitForTheExit();
}

[[noreturn]] void exitInAHook()
{
    leakApplication();
    MetricsRuntime &runtime = *leakRuntime();
    runtime.start();
    const auto exits = fillAndExit(runtime.createRecorder(QStringLiteral("other"), patient()));
    const auto recorder = runtime.createRecorder<HookedRecorder>(
            QStringLiteral("clock"), patient(), [] {}, [] {},
            [exits](const Metric &, const MetricEvent &) { exits(); });
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{ 1 });
    waitForTheExit();
}

[[noreturn]] void exitInAHookThatStarts()
{
    leakApplication();
    MetricsRuntime &runtime = *leakRuntime();
    runtime.start();
    const auto exits = fillAndExit(runtime.createRecorder(QStringLiteral("other"), patient()));
    runtime.createRecorder<HookedRecorder>(QStringLiteral("clock"), patient(), exits);
    waitForTheExit();
}

// Without the library: what Qt itself has to say of an exit in a thread of its own.
[[noreturn]] void exitInAThreadOfQt()
{
    leakApplication();
    auto *const thread = new QThread;
    auto *const object = new QObject;
    object->moveToThread(thread);
    thread->start();
    QMetaObject::invokeMethod(object, exitNow, Qt::QueuedConnection);
    waitForTheExit();
}

} // namespace Testing

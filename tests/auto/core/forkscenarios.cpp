// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// One scenario per process, named by the argument: programs that fork() while recorders run. The
// exit code says whether all was well, in the child and in the parent.

#include "forkscenarios.h"
#include "shared/scenarios.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QCoreApplication>

#include <cstdlib>
#include <cstring>
#include <optional>

#include <unistd.h>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {

std::optional<MetricsRuntime> staticRuntime;

void childIsRefused()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    CHECK(runtime.start());
    const auto recorder = newIdleRecorder(runtime);
    registerEvents(*recorder);

    CHECK(isWellInAChild([&] {
        refusesEverything(*recorder);
        refusesEverything(runtime);
    }));

    registerEvents(*recorder); // the parent does not notice
    CHECK(runtime.shutdown());
    CHECK(hasHandled(*recorder, 2 * eventCount));
}

void childDestroysEverything()
{
    auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    CHECK(runtime->start());
    auto recorder = newIdleRecorder(*runtime);
    registerEvents(*recorder);

    CHECK(isWellInAChild([&] {
        runtime.reset();
        CHECK(recorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
        recorder.reset();
    }));

    CHECK(runtime->shutdown());
    CHECK(hasHandled(*recorder, eventCount));
}

void childExits()
{
    staticRuntime.emplace(QStringLiteral("test"));
    CHECK(staticRuntime->start());
    const auto recorder = newIdleRecorder(*staticRuntime);
    registerEvents(*recorder);

    CHECK(isWellInAChild([&] {
        recorder->registerEvent(Tick{});
        std::exit(failures > 0 ? 1 : 0); // destroys the runtime
    }));

    CHECK(staticRuntime->shutdown());
    CHECK(hasHandled(*recorder, eventCount));
}

void childDestroysItsApplication(std::unique_ptr<QCoreApplication> &application)
{
    MetricsRuntime runtime(QStringLiteral("test"));
    CHECK(runtime.start());
    const auto recorder = newIdleRecorder(runtime);
    Hosted<Recorder> hosted(QStringLiteral("hosted"), patient()); // by hand, in another thread
    CHECK(!hosted->start().result());

    CHECK(isWellInAChild([&] {
        application.reset();
        refusesEverything(*hosted);
    }));

    registerEvents(*recorder);
    registerEvents(*hosted);
    CHECK(!hosted->stop().result());
    CHECK(runtime.shutdown());
    CHECK(hasHandled(*recorder, eventCount));
    CHECK(hasHandled(*hosted, eventCount));
}

// Its thread exists in the child, but it belongs to the parent all the same.
void childHasARecorderByHand()
{
    auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"), patient());
    recorder->registerMetric(std::make_unique<TickMetric>());
    registerEvents(*recorder);

    CHECK(isWellInAChild([&] {
        refusesEverything(*recorder);
        recorder.reset();
    }));

    CHECK(!recorder->stop().result());
    CHECK(hasHandled(*recorder, eventCount));
}

void childExecutesAnotherProgram()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    CHECK(runtime.start());
    const auto recorder = newIdleRecorder(runtime);
    registerEvents(*recorder);

    CHECK(isWellInAChild([&] {
        execlp("true", "true", nullptr);
        CHECK(false);
    }));

    CHECK(runtime.shutdown());
    CHECK(hasHandled(*recorder, eventCount));
}

void childHasAChild()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    CHECK(runtime.start());
    const auto recorder = newIdleRecorder(runtime);

    CHECK(isWellInAChild([&] { CHECK(isWellInAChild([&] { refusesEverything(*recorder); })); }));

    registerEvents(*recorder);
    CHECK(runtime.shutdown());
    CHECK(hasHandled(*recorder, eventCount));
}

// An object of the child may lie where one of its parent was.
void childReplacesARuntime()
{
    staticRuntime.emplace(QStringLiteral("test"));
    CHECK(staticRuntime->start());
    const auto recorder = newIdleRecorder(*staticRuntime);
    registerEvents(*recorder);

    CHECK(isWellInAChild([] {
        staticRuntime.reset();
        staticRuntime.emplace(QStringLiteral("other"));
        CHECK(staticRuntime->start());
        const auto made = newIdleRecorder(*staticRuntime);
        registerEvents(*made);
        delete QCoreApplication::instance();
        CHECK(staticRuntime->state() == RuntimeState::Stopped);
        CHECK(hasHandled(*made, eventCount));
        staticRuntime.reset();
        std::exit(failures > 0 ? 1 : 0); // which calls nobody any more
    }));

    CHECK(staticRuntime->shutdown());
    CHECK(hasHandled(*recorder, eventCount));
}

// What a daemon does: it makes everything, forks, and starts it in the child.
void childStartsWhatWasNotStarted()
{
    MetricsRuntime other(QStringLiteral("other")); // so that forks are noticed
    CHECK(other.start());
    MetricsRuntime runtime(QStringLiteral("test"));
    Recorder recorder(QStringLiteral("clock"));

    CHECK(isWellInAChild([&] {
        CHECK(runtime.start());
        const auto made = newIdleRecorder(runtime);
        registerEvents(*made);
        registerEvents(recorder);
        CHECK(recorder.flush());
        CHECK(!recorder.stop().result());
        CHECK(runtime.shutdown());
        CHECK(hasHandled(*made, eventCount));
        CHECK(hasHandled(recorder, eventCount));
    }));
}

} // namespace

// LeakSanitizer asks this at exit. In a child, what only its parent's other threads know is lost.
extern "C" int __lsan_is_turned_off()
{
    return isChild ? 1 : 0;
}

namespace {

const Scenario scenarios[] = {
    { "childIsRefused", childIsRefused },
    { "childDestroysEverything", childDestroysEverything },
    { "childExits", childExits },
    { "childExitsWhileItForks", childExitsWhileItForks },
    { "childHasARecorderByHand", childHasARecorderByHand },
    { "childExecutesAnotherProgram", childExecutesAnotherProgram },
    { "childHasAChild", childHasAChild },
    { "childReplacesARuntime", childReplacesARuntime },
    { "childStartsWhatWasNotStarted", childStartsWhatWasNotStarted },
    { "childIsForkedDuringTheFirstUse", childIsForkedDuringTheFirstUse },
    { "childIsForkedWhileOthersStartAndEnd", childIsForkedWhileOthersStartAndEnd },
    { "childIsForkedWhileThreadsWork", childIsForkedWhileThreadsWork },
};

} // namespace

int main(int argc, char **argv)
{
    auto application = std::make_unique<QCoreApplication>(argc, argv);
    if (argc == 2 && std::strcmp(argv[1], "childDestroysItsApplication") == 0) {
        childDestroysItsApplication(application);
        return failures > 0 ? 1 : 0;
    }
    return runScenario(scenarios, argc, argv);
}

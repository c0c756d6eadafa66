// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// The ways in which a process ends with events pending, one per process; see tst_processexit.cpp.

#include "processexits.h"
#include "shared/scenarios.h"
#include "shared/threadsleep.h"

#include <QThread>
#include <QTimer>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {

// by whom it is left

void returnFromMain()
{
    leakApplication();
    checkThatItIsDrained(newHeldRecorder(*leakRuntime()));
}

[[noreturn]] void exitInASlot()
{
    const auto application = newApplication();
    checkThatItIsDrained(newHeldRecorder(*leakRuntime()));
    QTimer::singleShot(0, application.get(), exitNow);
    QCoreApplication::exec();
    std::_Exit(1);
}

[[noreturn]] void exitWhileOthersRegister()
{
    leakApplication();
    const auto recorder = newHeldRecorder(*leakRuntime());
    checkAtExit.check = [recorder] {
        const RecorderStatistics statistics = recorder->statistics();
        CHECK(isConserved(statistics) && statistics.pending == 0);
        CHECK(recorder->state() == RecorderState::Stopped);
    };
    for (int i = 0; i < 2; ++i) {
        std::thread([recorder] {
            for (;;)
                recorder->registerEvent(Tick{});
        }).detach();
    }
    std::thread(exitNow).join();
    std::_Exit(1);
}

void leaveARecorderByHand()
{
    leakApplication();
    const std::shared_ptr<Recorder> recorder(new Recorder(QStringLiteral("clock"), patient()),
                                             [](Recorder *) {});
    registerTicks(*recorder);
    checkThatItIsDrained(recorder);
}

[[noreturn]] void exitWhileTheThreadOfARecorderByHandWaits()
{
    leakApplication();
    auto *const recorder = new Recorder(QStringLiteral("clock"), patient());
    registerTicks(*recorder);
    checkAtExit.check = [recorder] {
        CHECK(isConserved(recorder->statistics()));
        CHECK(recorder->statistics().pending == eventCount); // still counted
    };
    std::thread(exitNow).join();
    std::_Exit(1);
}

void leaveTwoRuntimes()
{
    leakApplication();
    for (int i = 0; i < 2; ++i)
        checkThatItIsDrained(newHeldRecorder(*leakRuntime()));
}

ThreadSleep &stuckThread = *new ThreadSleep; // never destroyed: it is held still

// Its first event is held until somebody opens the gate.
std::shared_ptr<Recorder> newStuckRecorder(MetricsRuntime &runtime,
                                           const std::shared_ptr<Gate> &gate)
{
    runtime.start();
    RecorderOptions options;
    options.stopTimeout = 50ms;
    auto recorder = runtime.createRecorder(QStringLiteral("clock"), options);
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("held"), [gate](const MetricEvent &) {
                stuckThread.follow();
                gate->pass();
            }));
    registerTicks(*recorder);
    CHECK(gate->waitUntilEntered());
    return recorder;
}

void leaveAStuckMetric()
{
    leakApplication();
    const auto recorder = newStuckRecorder(*leakRuntime(), std::make_shared<Gate>());
    checkAtExit.check = [recorder] {
        CHECK(isConserved(recorder->statistics()));
        CHECK(recorder->statistics().pending == eventCount);
    };
}

// Its time was over long ago, so it stops at once.
void checkThatItStops(const std::shared_ptr<Recorder> &recorder)
{
    checkAtExit.check = [recorder] {
        CHECK(recorder->state() == RecorderState::Stopped);
        CHECK(isConserved(recorder->statistics()));
    };
}

// While the process exits, before what Qt needs for a thread is gone.
void openAtExit()
{
    std::atexit([] { exitGate.open(); });
}

std::shared_ptr<Gate> sharedExitGate()
{
    return { &exitGate, [](Gate *) {
            } };
}

void releaseTheThreadOfARuntimeThatIsGone()
{
    leakApplication();
    {
        MetricsRuntime runtime(QStringLiteral("test"));
        checkThatItStops(newStuckRecorder(runtime, sharedExitGate()));
    }
    openAtExit();
}

void releaseTheThreadOfARuntimeThatIsLeft()
{
    leakApplication();
    MetricsRuntime &runtime = *leakRuntime();
    checkThatItStops(newStuckRecorder(runtime, sharedExitGate()));
    CHECK(!runtime.shutdown());
    openAtExit();
}

// What its event loop needs is gone by then: it handles what it has begun, and stays where it is.
void releaseTooLate(const std::shared_ptr<Recorder> &recorder)
{
    checkAtExit.check = [recorder] {
        exitGate.open();
        while (recorder->statistics().handled == 0)
            QThread::yieldCurrentThread();
        Latch never;
        CHECK(stuckThread.comesBefore(never)); // it sleeps, or would have stopped before that
        CHECK(recorder->state() == RecorderState::Stopping);
        CHECK(isConserved(recorder->statistics()));
    };
}

void releaseTheThreadOfARuntimeThatIsGoneTooLate()
{
    leakApplication();
    MetricsRuntime runtime(QStringLiteral("test"));
    releaseTooLate(newStuckRecorder(runtime, sharedExitGate()));
}

void releaseTheThreadOfARuntimeThatIsLeftTooLate()
{
    leakApplication();
    releaseTooLate(newStuckRecorder(*leakRuntime(), sharedExitGate()));
}

// static objects

void applicationOutlivesTheRuntime()
{
    static QCoreApplication application(argumentCount, arguments);
    static MetricsRuntime runtime(QStringLiteral("static"));
    checkThatItIsDrained(newHeldRecorder(runtime));
}

void runtimeOutlivesTheApplication()
{
    static MetricsRuntime runtime(QStringLiteral("static"));
    static QCoreApplication application(argumentCount, arguments);
    checkThatItIsDrained(newHeldRecorder(runtime));
}

// Made before main(), and its events registered by constructors and destructors.
struct StaticUser
{
    explicit StaticUser(const char *scenario)
        : isUsed(qgetenv("RECORDERS_TEST_SCENARIO") == scenario)
    {
        if (!isUsed)
            return;
        recorder = std::make_unique<Recorder>(QStringLiteral("static"), patient());
        recorder->registerMetric(std::make_unique<TickMetric>());
    }
    ~StaticUser()
    {
        if (!isUsed)
            return;
        CHECK(recorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
        CHECK(isConserved(recorder->statistics()) && recorder->statistics().pending == 0);
        CHECK(recorder->statistics().handled == eventCount);
        recorder.reset();
        if (failures > 0)
            std::_Exit(1);
    }

    const bool isUsed;
    std::unique_ptr<Recorder> recorder;
};
StaticUser staticUser("staticRecorder");

void staticRecorder()
{
    const auto application = newApplication();
    for (int i = 0; i < eventCount; ++i)
        CHECK(staticUser.recorder->registerEvent(Tick{ 1 }) == RegisterResult::Accepted);
}

// The last handles of recorders go with them: of one after its runtime was shut down, of the other
// before, as that is made later.
std::shared_ptr<Recorder> lateHandle;

void lastHandlesAreStatic()
{
    leakApplication();
    auto *const runtime = leakRuntime();
    runtime->start();
    static std::shared_ptr<Recorder> earlyHandle;
    RecorderOptions options = patient();
    options.lifetime = RecorderLifetime::UntilLastHandle;
    const auto log = std::make_shared<TickLog>();
    checkAtExit.check = [log] {
        CHECK(log->size() == 2 * eventCount);
    };
    lateHandle = runtime->createRecorder(QStringLiteral("late"), options);
    earlyHandle = runtime->createRecorder(QStringLiteral("early"), options);
    for (const auto &recorder : { lateHandle, earlyHandle }) {
        recorder->registerMetric(tickMetric(log));
        for (int i = 0; i < eventCount; ++i)
            recorder->registerEvent(Tick{ 1 });
    }
}

struct ThreadLocalUser
{
    ~ThreadLocalUser()
    {
        if (recorder)
            CHECK(recorder->registerEvent(Tick{ 1 }) == RegisterResult::Accepted);
    }

    std::shared_ptr<Recorder> recorder;
};

thread_local ThreadLocalUser threadLocalUser;

void eventsOfThreadLocalObjects()
{
    leakApplication();
    auto *const runtime = leakRuntime();
    runtime->start();
    const auto recorder = runtime->createRecorder(QStringLiteral("clock"), patient());
    recorder->registerMetric(std::make_unique<TickMetric>());
    checkThatItIsDrained(recorder);
    for (int i = 1; i < eventCount; ++i)
        std::thread([recorder] { threadLocalUser.recorder = recorder; }).join();
    threadLocalUser.recorder = recorder; // of the main thread, destroyed when the process exits
}

// where nothing is promised but to end

[[noreturn]] void quickExit()
{
    leakApplication();
    newHeldRecorder(*leakRuntime());
    std::quick_exit(0);
}

[[noreturn]] void exitOfTheSystem()
{
    const auto application = newApplication();
    MetricsRuntime runtime(QStringLiteral("test"));
    newHeldRecorder(runtime);
    ::_exit(0);
}

void terminate()
{
    const auto application = newApplication();
    MetricsRuntime runtime(QStringLiteral("test"));
    newHeldRecorder(runtime);
    ::raise(SIGTERM);
}

[[noreturn]] void abortInAMetric()
{
    const rlimit noCore{ 0, 0 };
    ::setrlimit(RLIMIT_CORE, &noCore);
    const auto application = newApplication();
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("aborting"), [](const MetricEvent &) { std::abort(); }));
    registerTicks(*recorder);
    waitForTheExit();
}

// Its parent's threads are not there: it does not wait for them.
void exitInAForkedChild()
{
    leakApplication();
    const auto recorder = newHeldRecorder(*leakRuntime());
    const pid_t child = ::fork();
    if (child == 0)
        std::exit(0);
    int status = -1;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    checkThatItIsDrained(recorder);
}

const Scenario scenarios[] = {
    { "returnFromMain", returnFromMain },
    { "exitInASlot", exitInASlot },
    { "exitWhileOthersRegister", exitWhileOthersRegister },
    { "leaveARecorderByHand", leaveARecorderByHand },
    { "exitWhileTheThreadOfARecorderByHandWaits", exitWhileTheThreadOfARecorderByHandWaits },
    { "leaveTwoRuntimes", leaveTwoRuntimes },
    { "exitInAMetric", exitInAMetric },
    { "exitInAMetricOfAStaticRuntime", exitInAMetricOfAStaticRuntime },
    { "exitInAMetricOfAStaticRecorderByHand", exitInAMetricOfAStaticRecorderByHand },
    { "exitInAHook", exitInAHook },
    { "exitInAHookThatStarts", exitInAHookThatStarts },
    { "leaveAStuckMetric", leaveAStuckMetric },
    { "releaseTheThreadOfARuntimeThatIsGone", releaseTheThreadOfARuntimeThatIsGone },
    { "releaseTheThreadOfARuntimeThatIsLeft", releaseTheThreadOfARuntimeThatIsLeft },
    { "releaseTheThreadOfARuntimeThatIsGoneTooLate", releaseTheThreadOfARuntimeThatIsGoneTooLate },
    { "releaseTheThreadOfARuntimeThatIsLeftTooLate", releaseTheThreadOfARuntimeThatIsLeftTooLate },
    { "exitInAThreadOfQt", exitInAThreadOfQt },
    { "applicationOutlivesTheRuntime", applicationOutlivesTheRuntime },
    { "runtimeOutlivesTheApplication", runtimeOutlivesTheApplication },
    { "staticRecorder", staticRecorder },
    { "lastHandlesAreStatic", lastHandlesAreStatic },
    { "eventsOfThreadLocalObjects", eventsOfThreadLocalObjects },
    { "quickExit", quickExit },
    { "exitOfTheSystem", exitOfTheSystem },
    { "terminate", terminate },
    { "abortInAMetric", abortInAMetric },
    { "exitInAForkedChild", exitInAForkedChild },
};

} // namespace

int main(int argc, char **argv)
{
    return runScenario(scenarios, argc, argv);
}

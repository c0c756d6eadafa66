// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// One scenario per process, named by the argument: programs without an application object, or
// whose application object goes first. The exit code says whether all was well.

#include "exitscenarios.h"
#include "shared/scenarios.h"

#include <QThread>
#include <QTimer>

#include <sys/resource.h>

#ifdef __SANITIZE_ADDRESS__
#  include <sanitizer/lsan_interface.h>
#endif

#include <optional>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {

bool saysThatTheApplicationIsMissing(const Error &error)
{
    return error.code() == ErrorCode::NoApplication
            && error.message().contains(QStringLiteral("QCoreApplication"));
}

// Checks the recorder after the statics that were made later are gone: after the runtime.
struct CheckAtExit
{
    std::shared_ptr<Recorder> recorder;

    ~CheckAtExit()
    {
        if (!recorder)
            return;
        CHECK(isDrained(*recorder));
        CHECK(recorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
        recorder.reset();
        if (failures > 0)
            std::_Exit(1);
    }
};

void runtimeWithoutApplication()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    Error error;

    CHECK(!runtime.start(&error));

    CHECK(saysThatTheApplicationIsMissing(error));
    CHECK(runtime.lastError() == error);
    CHECK(!runtime.createRecorder(QStringLiteral("clock")));
}

void runtimeStartsOnceThereIsAnApplication()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    CHECK(!runtime.start());

    const auto application = newApplication();

    const auto recorder = newRecorder(runtime);
    CHECK(runtime.shutdown());
    CHECK(isDrained(*recorder));
}

void recorderWithoutApplication()
{
    Recorder recorder(QStringLiteral("clock"));

    const Error error = recorder.start().result();

    CHECK(saysThatTheApplicationIsMissing(error));
    CHECK(recorder.state() == RecorderState::Failed);
    CHECK(recorder.lastError() == error);
    CHECK(recorder.registerEvent(Tick{}) == RegisterResult::NotRunning);
    CHECK(recorder.statistics().registered == 1 && isConserved(recorder.statistics()));
    recorder.stop();
}

void eventWithoutApplication()
{
    Recorder recorder(QStringLiteral("clock"));

    CHECK(recorder.registerEvent(Tick{}) == RegisterResult::NotRunning);

    CHECK(recorder.state() == RecorderState::Failed);
    CHECK(saysThatTheApplicationIsMissing(recorder.lastError()));
    CHECK(recorder.statistics().notRunning == 1 && recorder.statistics().pending == 0);
}

// A std::thread has no event dispatcher until somebody runs an event loop there.
void recorderWithoutEventLoop()
{
    const auto application = newApplication();
    std::thread([] {
        Recorder recorder(QStringLiteral("clock"));

        CHECK(recorder.registerEvent(Tick{}) == RegisterResult::NotRunning);
        const Error error = recorder.start().result();

        CHECK(error.code() == ErrorCode::NoEventDispatcher);
        CHECK(error.message().contains(QStringLiteral("event dispatcher"))
              || error.message().contains(QStringLiteral("event loop")));
        CHECK(recorder.state() == RecorderState::Failed);
        CHECK(recorder.statistics().notRunning == 1 && isConserved(recorder.statistics()));
    }).join();
}

// Qt never frees what it knows of the thread of main() if the application object is another's.
void adoptMainThread()
{
#ifdef __SANITIZE_ADDRESS__
    const __lsan::ScopedDisabler leaks;
#endif
    QThread::currentThread();
}

void applicationOfAnotherThread()
{
    Latch made;
    Latch done;
    std::thread gui([&] {
        const auto application = newApplication();
        made.set();
        CHECK(done.wait());
    });
    CHECK(made.wait());
    adoptMainThread();
    MetricsRuntime runtime(QStringLiteral("test"));
    const auto recorder = newRecorder(runtime);

    done.set();
    gui.join();

    CHECK(isDrained(*recorder));
    CHECK(runtime.state() == RuntimeState::Stopped);
}

// There is no room for its stack.
void threadDoesNotStart()
{
    const auto application = newApplication();
    MetricsRuntime runtime(QStringLiteral("test"));
    rlimit before{};
    CHECK(::getrlimit(RLIMIT_AS, &before) == 0);
    std::size_t pages = 0;
    CHECK(std::fscanf(std::fopen("/proc/self/statm", "r"), "%zu", &pages) == 1);
    const rlimit tight{ pages * std::size_t(::getpagesize()) + (1 << 20), before.rlim_max };
    CHECK(::setrlimit(RLIMIT_AS, &tight) == 0);
    Error error;

    CHECK(!runtime.start(&error));

    CHECK(error.code() == ErrorCode::ThreadFailed);
    CHECK(runtime.state() == RuntimeState::Failed);
    CHECK(::setrlimit(RLIMIT_AS, &before) == 0);
    const auto recorder = newRecorder(runtime);
    CHECK(runtime.shutdown());
    CHECK(isDrained(*recorder));
}

void secondApplication()
{
    for (int i = 0; i < 2; ++i) {
        const auto application = newApplication();
        MetricsRuntime runtime(QStringLiteral("test"));
        const auto recorder = newRecorder(runtime);
        CHECK(runtime.shutdown());
        CHECK(isDrained(*recorder));
    }
}

void handleOutlivesApplicationAndRuntime()
{
    std::shared_ptr<Recorder> recorder;
    {
        const auto application = newApplication();
        MetricsRuntime runtime(QStringLiteral("test"));
        recorder = newRecorder(runtime);
    }

    CHECK(isDrained(*recorder));
    CHECK(recorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
    CHECK(recorder->metricSnapshots().size() == 1);
    recorder.reset();
}

CheckAtExit checkAtExit;
std::optional<MetricsRuntime> staticRuntime; // destroyed before checkAtExit

void execAndQuit()
{
    const auto application = newApplication();
    staticRuntime.emplace(QStringLiteral("test"));
    checkAtExit.recorder = newRecorder(*staticRuntime);
    QTimer::singleShot(0, application.get(), &QCoreApplication::quit);
    CHECK(QCoreApplication::exec() == 0);
}

void noExec()
{
    const auto application = newApplication();
    staticRuntime.emplace(QStringLiteral("test"));
    checkAtExit.recorder = newRecorder(*staticRuntime);
}

[[noreturn]] void exitInASlot()
{
    const auto application = newApplication();
    staticRuntime.emplace(QStringLiteral("test"));
    checkAtExit.recorder = newRecorder(*staticRuntime);
    QTimer::singleShot(0, application.get(), [] { std::exit(failures > 0 ? 1 : 0); });
    QCoreApplication::exec();
    std::_Exit(1);
}

void leakedApplication()
{
    auto *const application = newApplication().release();
    staticRuntime.emplace(QStringLiteral("test"));
    checkAtExit.recorder = newRecorder(*staticRuntime);
    QTimer::singleShot(0, application, &QCoreApplication::quit);
    QCoreApplication::exec();
}

[[noreturn]] void exitInAProducer()
{
    const auto application = newApplication();
    staticRuntime.emplace(QStringLiteral("test"));
    checkAtExit.recorder = newRecorder(*staticRuntime);
    std::thread([] { std::exit(failures > 0 ? 1 : 0); }).join();
    std::_Exit(1);
}

const Scenario scenarios[] = {
    { "runtimeWithoutApplication", runtimeWithoutApplication },
    { "runtimeStartsOnceThereIsAnApplication", runtimeStartsOnceThereIsAnApplication },
    { "recorderWithoutApplication", recorderWithoutApplication },
    { "eventWithoutApplication", eventWithoutApplication },
    { "recorderWithoutEventLoop", recorderWithoutEventLoop },
    { "applicationGoesFirst", applicationGoesFirst },
    { "applicationGoesBeforeARecorderByHand", applicationGoesBeforeARecorderByHand },
    { "applicationGoesWhileThreadsRegister", applicationGoesWhileThreadsRegister },
    { "applicationGoesInAMetric", applicationGoesInAMetric },
    { "applicationGoesInAHook", applicationGoesInAHook },
    { "applicationGoesWhileAMetricRunsAnEventLoop", applicationGoesWhileAMetricRunsAnEventLoop },
    { "applicationAndRuntimeGoTogether", applicationAndRuntimeGoTogether },
    { "nothingStartsWhileTheApplicationGoes", nothingStartsWhileTheApplicationGoes },
    { "applicationOfAnotherThread", applicationOfAnotherThread },
    { "threadDoesNotStart", threadDoesNotStart },
    { "secondApplication", secondApplication },
    { "handleOutlivesApplicationAndRuntime", handleOutlivesApplicationAndRuntime },
    { "execAndQuit", execAndQuit },
    { "noExec", noExec },
    { "exitInASlot", exitInASlot },
    { "leakedApplication", leakedApplication },
    { "exitInAProducer", exitInAProducer },
};

} // namespace

int main(int argc, char **argv)
{
    return runScenario(scenarios, argc, argv);
}

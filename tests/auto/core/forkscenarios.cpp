// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// One scenario per process, named by the argument: programs that fork() while recorders run. The
// exit code says whether all was well, in the child and in the parent.

#include "shared/producers.h"
#include "shared/scenarios.h"
#include "shared/seed.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {

bool isChild = false;

constexpr unsigned longestChild = 30; // seconds, after which a child that hangs is killed

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

std::shared_ptr<Recorder> newIdleRecorder(MetricsRuntime &runtime,
                                          const QString &id = QStringLiteral("clock"))
{
    auto recorder = runtime.createRecorder(id, patient());
    recorder->registerMetric(std::make_unique<TickMetric>());
    return recorder;
}

void registerEvents(Recorder &recorder)
{
    for (int i = 0; i < eventCount; ++i)
        CHECK(recorder.registerEvent(Tick{ 1 }) == RegisterResult::Accepted);
}

bool hasHandled(const Recorder &recorder, quint64 count)
{
    const RecorderStatistics statistics = recorder.statistics();
    if (isConserved(statistics) && statistics.pending == 0 && statistics.handled == count)
        return true;
    std::fprintf(stderr, "%s\n", describe(statistics).constData());
    return false;
}

void refusesEverything(Recorder &recorder)
{
    const RecorderStatistics before = recorder.statistics();
    Error error;

    for (int i = 0; i < eventCount; ++i)
        CHECK(recorder.registerEvent(Tick{}) == RegisterResult::NotRunning);
    recorder.registerMetricEvent(MetricEvent(Tick{}));

    CHECK(recorder.statistics().notRunning == before.notRunning + eventCount + 1);
    CHECK(recorder.statistics().accepted == before.accepted);
    CHECK(isConserved(recorder.statistics()));
    CHECK(recorder.state() == RecorderState::Stopped);
    CHECK(recorder.lastError().message().contains(QStringLiteral("forked")));
    CHECK(recorder.start().result().code() == ErrorCode::InvalidState);
    CHECK(!recorder.stop().result());
    CHECK(!recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")), &error));
    CHECK(error.code() == ErrorCode::InvalidState);
    CHECK(!recorder.removeMetric(QStringLiteral("ticks")));
    recorder.flush(QDeadlineTimer(1h));
    recorder.resetMetrics();
    CHECK(recorder.metricNames().isEmpty());
    CHECK(recorder.metricSnapshots().isEmpty());
    CHECK(recorder.latestSnapshots().isEmpty());
}

void refusesEverything(MetricsRuntime &runtime)
{
    Error error;

    CHECK(runtime.state() == RuntimeState::Stopped);
    CHECK(!runtime.start(&error));
    CHECK(error.code() == ErrorCode::InvalidState);
    CHECK(error.message().contains(QStringLiteral("forked")));
    CHECK(!runtime.createRecorder(QStringLiteral("other"), {}, &error));
    CHECK(error.code() == ErrorCode::InvalidState);
    CHECK(!runtime.createRecorder<HookedRecorder>(QStringLiteral("other"), {}));
    CHECK(!runtime.removeRecorder(QStringLiteral("clock")));
    CHECK(!runtime.recorder(QStringLiteral("clock")));
    CHECK(runtime.recorderIds().isEmpty());
    CHECK(runtime.snapshotSource()->changesSince(0).result().recorders.isEmpty());
    CHECK(runtime.shutdown());
}

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

// Whatever lock, slot or list another thread holds at the moment of the fork is never released.
void childIsForkedWhileThreadsWork()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    CHECK(runtime.start());
    const auto recorder = newIdleRecorder(runtime);
    Producers producers(recorder);
    producers.start(2);
    std::atomic<bool> isOver = false;
    std::thread caller([&] {
        while (!isOver) {
            recorder->metricSnapshots();
            const auto brief = newIdleRecorder(runtime, QStringLiteral("brief"));
            brief->registerEvent(Tick{});
            runtime.removeRecorder(QStringLiteral("brief"));
        }
    });

    for (quint64 round = 1; round <= quint64(scaled(30)) && failures == 0; ++round) {
        producers.waitUntilAccepted(round * 10);
        CHECK(isWellInAChild([&] {
            refusesEverything(*recorder);
            refusesEverything(runtime);
        }));
    }

    isOver = true;
    caller.join();
    producers.join();
    CHECK(runtime.shutdown());
    CHECK(producers.disagreement().isEmpty());
}

void spin(std::chrono::microseconds time)
{
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) { }
}

void makesItsOwn()
{
    const MetricsRuntime runtime(QStringLiteral("test"));
    Recorder recorder(QStringLiteral("clock"));
    registerEvents(recorder);
    CHECK(!recorder.stop().result());
    CHECK(hasHandled(recorder, eventCount));
}

// The child makes its own, while threads of the parent make and end theirs. None of them is in a
// call of Qt that a child would have to wait for.
void childIsForkedWhileOthersStartAndEnd()
{
#if defined(__SANITIZE_ADDRESS__)
    return; // the child waits for locks of its allocator, that of g++ 12, which were taken
#endif
    std::atomic<bool> isOver = false;
    std::thread maker([&isOver] {
        while (!isOver)
            const MetricsRuntime brief(QStringLiteral("brief"));
    });
    Hosted<Recorder> hosted(QStringLiteral("hosted")); // by hand, in another thread
    hosted.worker().post([&] {
        while (!isOver) {
            CHECK(!hosted->start().result());
            CHECK(!hosted->stop().result());
        }
    });

    for (int round = 0; round < scaled(200) && failures == 0; ++round)
        CHECK(isWellInAChild(makesItsOwn));

    isOver = true;
    maker.join();
}

// One thread forks again and again while another one exits.
[[noreturn]] void exitsWhileAnotherThreadForks(std::chrono::microseconds after)
{
    static Recorder *recorder = nullptr; // never destroyed: the other thread goes on
    std::atexit([] { // before the library does so: it is called later
        CHECK(hasHandled(*recorder, eventCount));
        if (failures > 0)
            std::_Exit(1);
    });
    auto *const runtime = new MetricsRuntime(QStringLiteral("test"));
    CHECK(runtime->start());
    recorder = (new auto(newIdleRecorder(*runtime)))->get();
    registerEvents(*recorder);
    static std::atomic<int> forks = 0;
    std::thread([] {
        for (;; ++forks) {
            CHECK(isWellInAChild([] {
                CHECK(recorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
                CHECK(recorder->state() == RecorderState::Stopped);
            }));
        }
    }).detach();

    while (forks == 0)
        std::this_thread::yield();
    spin(after);
    std::exit(failures > 0 ? 1 : 0);
}

void childExitsWhileItForks()
{
    for (int round = 0; round < scaled(40) && failures == 0; ++round)
        CHECK(isWellInAChild([round] { exitsWhileAnotherThreadForks(round * 25us); }));
}

// What is there once in a process, the child must not wait for because another thread needs it for
// the first time. Each round is a process that has not used anything yet. (Nobody emits a queued
// signal meanwhile: Qt has a mutex for that, which it does not give to a child.)
void childIsForkedDuringTheFirstUse()
{
    for (int round = 0; round < scaled(60) && failures == 0; ++round) {
        CHECK(isWellInAChild([round] {
            WorkerThread worker;
            std::atomic<bool> isFirst = false;
            worker.post([&isFirst] {
                isFirst = true;
                Recorder recorder(QStringLiteral("first"));
                CHECK(!recorder.start().result());
                CHECK(!recorder.stop().result());
            });
            while (!isFirst)
                std::this_thread::yield();
            spin(round * 25us); // so that each round forks at another moment
            CHECK(isWellInAChild(makesItsOwn));
        }));
    }
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

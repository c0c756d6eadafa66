// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Forks at any moment, while other threads work.

#include "forkscenarios.h"
#include "shared/producers.h"
#include "shared/scenarios.h"
#include "shared/seed.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <cstdlib>
#include <thread>

using namespace Recorders;
using namespace std::chrono_literals;

namespace Testing {

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

namespace {

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

} // namespace

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

namespace {

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

} // namespace

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

} // namespace Testing

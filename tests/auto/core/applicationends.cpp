// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Scenarios whose application object goes while there is a recorder.

#include "exitscenarios.h"
#include "shared/scenarios.h"

#include <QEventLoop>
#include <QThread>

#include <thread>

using namespace Recorders;
using namespace std::chrono_literals;

namespace Testing {

void applicationGoesFirst()
{
    auto application = newApplication();
    MetricsRuntime runtime(QStringLiteral("test"));
    const auto recorder = newRecorder(runtime);

    application.reset();

    CHECK(isDrained(*recorder));
    CHECK(runtime.state() == RuntimeState::Stopped);
    CHECK(recorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
    CHECK(recorder->metricSnapshots() == recorder->latestSnapshots());
    CHECK(recorder->flush(QDeadlineTimer(1s)));
    CHECK(runtime.shutdown());
    CHECK(runtime.snapshotSource()->changesSince(0).result().recorders.size() == 1);
}

void applicationGoesBeforeARecorderByHand()
{
    auto application = newApplication();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    for (int i = 0; i < eventCount; ++i)
        recorder.registerEvent(Tick{ 1 });

    application.reset();
    const RegisterResult late = recorder.registerEvent(Tick{ 1 });
    recorder.stop();

    // Accepted events are not forgotten, late ones either handled or refused.
    const RecorderStatistics statistics = recorder.statistics();
    CHECK(isConserved(statistics) && statistics.pending == 0);
    CHECK(statistics.handled == eventCount + (late == RegisterResult::Accepted ? 1 : 0));
}

void applicationGoesWhileThreadsRegister()
{
    auto application = newApplication();
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), patient());
    std::thread producer([recorder] {
        while (recorder->registerEvent(Tick{}) != RegisterResult::NotRunning) { }
    });

    application.reset();
    producer.join();

    CHECK(isConserved(recorder->statistics()) && recorder->statistics().pending == 0);
}

namespace {

// Registers its own end as an event like any other, and carries on.
void endApplicationInAMetric(std::unique_ptr<QCoreApplication> &application, Recorder &recorder)
{
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("ending"), [&](const MetricEvent &) { application.reset(); }));
}

} // namespace

void applicationGoesInAMetric()
{
    auto application = newApplication();
    Recorder other(QStringLiteral("other"));
    registerTicks(other);
    Recorder recorder(QStringLiteral("clock"));
    endApplicationInAMetric(application, recorder);
    registerTicks(recorder);

    CHECK(recorder.flush(QDeadlineTimer(10s)));

    CHECK(!application);
    CHECK(isDrained(recorder) && recorder.state() == RecorderState::Stopped);
    CHECK(isDrained(other) && other.state() == RecorderState::Stopped);
    CHECK(recorder.registerEvent(Tick{}) == RegisterResult::NotRunning);
}

void applicationGoesInAHook()
{
    auto application = newApplication();
    HookedRecorder recorder(QStringLiteral("clock"), {}, [&] { application.reset(); });
    registerTicks(recorder);

    recorder.start();

    CHECK(!application);
    CHECK(isDrained(recorder) && recorder.state() == RecorderState::Stopped);
}

void applicationGoesWhileAMetricRunsAnEventLoop()
{
    auto application = newApplication();
    QThread thread;
    Recorder recorder(QStringLiteral("clock"));
    recorder.moveToThread(&thread);
    QEventLoop *loop = nullptr;
    Latch entered;
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("nesting"), [&](const MetricEvent &) {
                if (loop)
                    return;
                QEventLoop nested;
                loop = &nested;
                QMetaObject::invokeMethod(
                        &nested, [&] { entered.set(); }, Qt::QueuedConnection);
                nested.exec();
            }));
    thread.start();
    CHECK(!recorder.start().result());
    registerTicks(recorder);
    CHECK(entered.wait());

    application.reset();
    loop->quit();

    while (recorder.state() != RecorderState::Stopped && thread.isRunning())
        std::this_thread::yield();
    CHECK(thread.isRunning());
    CHECK(isDrained(recorder));
    thread.quit();
    thread.wait();
}

// The end of the application calls into a runtime while that is being destroyed.
void applicationAndRuntimeGoTogether()
{
    for (int round = 0; round < 50; ++round) {
        auto application = newApplication();
        auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
        const auto recorder = newRecorder(*runtime);
        Latch stopping;
        Latch destroying;
        QObject::connect(
                runtime.get(), &MetricsRuntime::stateChanged, runtime.get(),
                [&](RuntimeState state) {
                    if (state != RuntimeState::Stopped)
                        return;
                    stopping.set();
                    CHECK(destroying.wait());
                    for (int i = 0; i < 10; ++i) // the destructor has its chance
                        std::this_thread::yield();
                },
                Qt::DirectConnection);
        std::thread destroyer([&] {
            CHECK(stopping.wait());
            destroying.set();
            runtime.reset();
        });

        application.reset();
        destroyer.join();

        CHECK(isDrained(*recorder));
    }
}

namespace {

MetricsRuntime *lateRuntime = nullptr;

Recorder *lateRecorder = nullptr;

} // namespace

// Nothing would be delivered a moment later.
void nothingStartsWhileTheApplicationGoes()
{
    auto application = newApplication();
    MetricsRuntime runtime(QStringLiteral("late"));
    Recorder recorder(QStringLiteral("late"));
    lateRuntime = &runtime;
    lateRecorder = &recorder;
    qAddPostRoutine([] { // called after what is registered later
        Error error;
        CHECK(!lateRuntime->start(&error) && error.code() == ErrorCode::NoApplication);
        CHECK(lateRecorder->start().result().code() == ErrorCode::NoApplication);
        CHECK(lateRecorder->registerEvent(Tick{}) == RegisterResult::NotRunning);
    });
    MetricsRuntime earlier(QStringLiteral("earlier"));
    CHECK(earlier.start());

    application.reset();

    CHECK(runtime.state() == RuntimeState::Failed);
    application = newApplication();
    CHECK(runtime.start());
}

} // namespace Testing

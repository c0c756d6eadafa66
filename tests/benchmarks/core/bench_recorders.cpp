// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "pacing.h"
#include "processfigures.h"
#include "subjects.h"
#include "tables.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/registry.h>

namespace Benchmarks {

namespace {

using RecorderList = std::vector<std::shared_ptr<Recorders::Recorder>>;

int recorderCount()
{
    return Effort::scaled(100'000);
}

void addThreeMetrics(Recorders::Recorder &recorder)
{
    static const QString names[] = { QStringLiteral("requests"), QStringLiteral("bytes"),
                                     QStringLiteral("errors") };
    for (const QString &name : names)
        recorder.registerMetric(std::make_unique<AmountMetric<SizedEvent<32>>>(name));
}

RecorderList createRecorders(Recorders::MetricsRuntime &runtime, int count = recorderCount())
{
    RecorderList recorders;
    recorders.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i)
        recorders.push_back(runtime.createRecorder(QStringLiteral("connection-%1").arg(i)));
    return recorders;
}

// Microseconds per recorder.
double perRecorder(Clock::time_point begin)
{
    return nanoseconds(Clock::now() - begin) / 1000 / recorderCount();
}

double create()
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    const Clock::time_point begin = Clock::now();
    const RecorderList recorders = createRecorders(runtime);
    return perRecorder(begin);
}

double registerMetrics()
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    const RecorderList recorders = createRecorders(runtime);
    const Clock::time_point begin = Clock::now();
    for (const auto &recorder : recorders)
        addThreeMetrics(*recorder);
    return perRecorder(begin);
}

double remove()
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    RecorderList recorders = createRecorders(runtime);
    for (const auto &recorder : recorders)
        addThreeMetrics(*recorder);
    const QStringList ids = runtime.recorderIds();
    recorders.clear();
    const Clock::time_point begin = Clock::now();
    for (const QString &id : ids)
        runtime.removeRecorder(id);
    runtime.shutdown(); // until the last one has stopped
    return perRecorder(begin);
}

double shutDown()
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    const RecorderList recorders = createRecorders(runtime);
    const Clock::time_point begin = Clock::now();
    runtime.shutdown();
    return perRecorder(begin);
}

// The least that a scope of its own costs in Qt: an object in another thread.
double createObjects()
{
    QThread thread;
    thread.start();
    std::vector<QObject *> objects;
    const Clock::time_point begin = Clock::now();
    for (int i = 0; i < recorderCount(); ++i) {
        objects.push_back(new QObject);
        objects.back()->setObjectName(QStringLiteral("connection-%1").arg(i));
        objects.back()->moveToThread(&thread);
    }
    const double figure = perRecorder(begin);
    for (QObject *object : objects)
        object->deleteLater();
    thread.quit();
    thread.wait();
    return figure;
}

// Three counters for each connection.
double createCounters()
{
    prometheus::Registry registry;
    std::vector<prometheus::Family<prometheus::Counter> *> families;
    for (const char *name : { "requests", "bytes", "errors" })
        families.push_back(&prometheus::BuildCounter().Name(name).Register(registry));
    const Clock::time_point begin = Clock::now();
    for (int i = 0; i < recorderCount(); ++i) {
        for (auto *family : families)
            family->Add({ { "entity", "connection-" + std::to_string(i) } });
    }
    return perRecorder(begin);
}

double createWithMetrics()
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    const Clock::time_point begin = Clock::now();
    const RecorderList recorders = createRecorders(runtime);
    for (const auto &recorder : recorders)
        addThreeMetrics(*recorder);
    return perRecorder(begin);
}

// Microseconds of one call, with three metrics that have something new to say each time.
template <typename Call>
double snapshots(Call call)
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    const auto recorder = runtime.createRecorder(QStringLiteral("subject"));
    addThreeMetrics(*recorder);
    std::vector<double> samples;
    for (int i = Effort::scaled(1000); i > 0; --i) {
        recorder->registerEvent(SizedEvent<32>());
        recorder->flush();
        const Clock::time_point begin = Clock::now();
        const QList<Recorders::MetricSnapshot> list = call(*recorder);
        samples.push_back(nanoseconds(Clock::now() - begin) / 1000);
    }
    return median(samples);
}

double snapshotsOfAnotherThread()
{
    return snapshots([](Recorders::Recorder &recorder) { return recorder.metricSnapshots(); });
}

double latestSnapshots()
{
    return snapshots([](Recorders::Recorder &recorder) { return recorder.latestSnapshots(); });
}

void askUntilUpToDate(Recorders::SnapshotSource &source, Recorders::SnapshotRequest &request)
{
    Recorders::SnapshotUpdate update;
    do {
        update = source.changesSince(request).result();
        request.since = update.version;
    } while (update.hasMore);
}

struct Asking
{
    int recorders;
    std::size_t changed = 100; // of these
    Recorders::SnapshotDetail detail = Recorders::SnapshotDetail::Metrics;
    int rounds = 200;
};

// Microseconds of asking a runtime's source for what changed.
double timeOf(const Asking &asking)
{
    const auto [count, changedCount, detail, rounds] = asking;
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    const RecorderList recorders = createRecorders(runtime, count);
    for (const auto &recorder : recorders)
        addThreeMetrics(*recorder);
    Recorders::SnapshotSource &source = *runtime.snapshotSource();
    Recorders::SnapshotRequest request;
    request.detail = detail;
    askUntilUpToDate(source, request);
    std::vector<double> samples;
    for (int i = Effort::scaled(rounds); i > 0; --i) {
        for (std::size_t changed = 0; changed < changedCount; ++changed) {
            const auto &recorder = recorders[changed * recorders.size() / changedCount];
            recorder->registerEvent(SizedEvent<32>());
            recorder->flush();
        }
        const Clock::time_point begin = Clock::now();
        askUntilUpToDate(source, request);
        samples.push_back(nanoseconds(Clock::now() - begin) / 1000);
    }
    return median(samples);
}

// Memory

struct MemoryScenario
{
    const char *argument;
    bool hasMetrics;
    bool wasActive;
};
constexpr MemoryScenario withoutMetrics{ "--memory=without-metrics", false, false };
constexpr MemoryScenario idle{ "--memory=idle", true, false };
constexpr MemoryScenario onceActive{ "--memory=once-active", true, true };

double megabytesOf(const MemoryScenario &scenario)
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    const double before = residentMegabytes();
    RecorderList recorders = createRecorders(runtime);
    for (const auto &recorder : recorders) {
        if (scenario.hasMetrics)
            addThreeMetrics(*recorder);
        if (scenario.wasActive)
            recorder->registerEvent(SizedEvent<32>());
    }
    if (scenario.wasActive) {
        for (const auto &recorder : recorders)
            recorder->flush();
    }
    return residentMegabytes() - before;
}

} // namespace

void addRecorders(std::deque<Table> &tables)
{
    Table &times = tables.emplace_back("100 000 recorders", "µs each");
    times.row("create and start")
            .atMost(5)
            .measure(ownName, create)
            .measure("QObject, moved", createObjects);
    times.row("create and start, with 3 metrics")
            .measure(ownName, createWithMetrics)
            .measure("prometheus-cpp, 3 counters", createCounters);
    times.row("register 3 metrics").measure(ownName, registerMetrics);
    times.row("remove, each waits until it has stopped").atMost(10).measure(ownName, remove);
    times.row("shut down").measure(ownName, shutDown);

    Table &calls = tables.emplace_back("Snapshots of 3 metrics", "µs");
    calls.row("metricSnapshots(), from another thread").measure(ownName, snapshotsOfAnotherThread);
    calls.row("latestSnapshots()").measure(ownName, latestSnapshots);

    Table &changes = tables.emplace_back("Asking a runtime for changes of 100 recorders", "µs");
    changes.row("among 1000").measure(ownName, [] { return timeOf({ 1000 }); });
    changes.row("among 10 000").measure(ownName, [] { return timeOf({ 10'000 }); });
    changes.row("among 100 000").measure(ownName, [] { return timeOf({ 100'000 }); });

    Table &details = tables.emplace_back("Asking a runtime for changes of 10 000 recorders", "µs");
    const auto measureAll = [](Recorders::SnapshotDetail detail) {
        return [detail] {
            return timeOf({ 10'000, 10'000, detail, 20 });
        };
    };
    details.row("with all metrics, 3 of each")
            .measure(ownName, measureAll(Recorders::SnapshotDetail::Metrics));
    details.row("with their outline only")
            .measure(ownName, measureAll(Recorders::SnapshotDetail::Outline));

    Table &memory = tables.emplace_back("Memory of 100 000 recorders", "MB");
    const auto measure = [](const MemoryScenario &scenario) -> Measurement {
        return [&scenario] {
            return figureOfFreshProcess(scenario.argument);
        };
    };
    memory.row("idle, without metrics").measure(ownName, measure(withoutMetrics));
    memory.row("idle, 3 metrics").atMost(160).measure(ownName, measure(idle));
    memory.row("after an event each, 3 metrics").atMost(200).measure(ownName, measure(onceActive));
}

bool printMemory(const std::string &argument)
{
    for (const MemoryScenario &scenario : { withoutMetrics, idle, onceActive }) {
        if (argument == scenario.argument) {
            std::printf("%f\n", megabytesOf(scenario));
            return true;
        }
    }
    return false;
}

} // namespace Benchmarks

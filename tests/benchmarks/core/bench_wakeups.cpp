// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "pacing.h"
#include "processfigures.h"
#include "subjects.h"
#include "tables.h"

#include <future>

namespace Benchmarks {

namespace {

using std::chrono::milliseconds;

// How often the thread of a runtime with so many recorders is woken per second, while on the
// recorders so many events happen per second, evenly, one recorder after the other.
double wakeUps(int recorderCount, int eventsPerSecond)
{
    Recorders::MetricsRuntime runtime(QStringLiteral("benchmark"));
    runtime.start();
    std::vector<std::shared_ptr<Recorders::Recorder>> recorders;
    for (int i = 0; i < recorderCount; ++i) {
        recorders.push_back(runtime.createRecorder(QString::number(i)));
        recorders.back()->registerMetric(
                std::make_unique<AmountMetric<SizedEvent<32>>>(QStringLiteral("amount")));
    }
    std::promise<long> thread;
    QMetaObject::invokeMethod(recorders.front().get(),
                              [&thread] { thread.set_value(currentThreadId()); });
    const long threadId = thread.get_future().get();
    std::this_thread::sleep_for(milliseconds(Effort::scaled(200)));

    const milliseconds duration(Effort::scaled(500));
    const long before = wakeUpsOfThread(threadId);
    const Clock::time_point begin = Clock::now();
    const auto count = eventsPerSecond * duration.count() / 1000;
    for (qint64 i = 0; i < count; ++i) {
        std::this_thread::sleep_until(begin + i * duration / count);
        recorders[std::size_t(i) % recorders.size()]->registerEvent(SizedEvent<32>());
    }
    std::this_thread::sleep_until(begin + duration);
    const double seconds = nanoseconds(Clock::now() - begin) / 1e9;
    return double(wakeUpsOfThread(threadId) - before) / seconds;
}

} // namespace

void addWakeUps(std::deque<Table> &tables)
{
    Table &table = tables.emplace_back("Wake-ups of the recorders' thread", "per second");
    const auto measure = [](int recorderCount, int eventsPerSecond) -> Measurement {
        return [=] {
            return wakeUps(recorderCount, eventsPerSecond);
        };
    };
    table.row("idle, 100 000 recorders").atMost(0).measure(ownName, [] {
        return wakeUps(Effort::scaled(100'000), 0);
    });
    table.row("10 events per second, one recorder").measure(ownName, measure(1, 10));
    table.row("1000 events per second, one recorder").measure(ownName, measure(1, 1000));
    table.row("1000 events per second, 1000 recorders").measure(ownName, measure(1000, 1000));
    table.row("10 000 events per second, 100 recorders").measure(ownName, measure(100, 10'000));
}

} // namespace Benchmarks

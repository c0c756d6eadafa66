// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "livesubject.h"
#include "processfigures.h"
#include "tables.h"

#include "shared/flood.h"

#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace Benchmarks {

using namespace std::chrono_literals;

namespace {

// Milliseconds from an event to its row, at moments that have nothing to do with the timers.
std::vector<double> delays(std::chrono::milliseconds refreshInterval)
{
    LiveSubject subject(refreshInterval);
    std::mt19937 random{ 20261125 };
    std::vector<double> samples;
    for (int i = 0; i < Effort::scaled(40) + 3; ++i) {
        const auto pause = std::chrono::microseconds(random() % 150'000);
        for (const Clock::time_point end = Clock::now() + pause; Clock::now() < end;)
            QCoreApplication::processEvents();
        const Clock::time_point begin = Clock::now();
        const qint64 count = subject.registerEvent();
        while (subject.shown() < count)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        samples.push_back(milliseconds(Clock::now() - begin));
    }
    return samples;
}

void addDelays(Table &table, std::chrono::milliseconds refreshInterval)
{
    const std::string name = "refreshed every " + std::to_string(refreshInterval.count()) + " ms, ";
    const double budget = milliseconds(LiveSubject::drainInterval + refreshInterval);
    table.row(name + "half of the events").atMost(budget).measure("Recorders", [=] {
        return median(delays(refreshInterval));
    });
    table.row(name + "the slowest event").atMost(budget).measure("Recorders", [=] {
        const std::vector<double> samples = delays(refreshInterval);
        return *std::max_element(samples.cbegin(), samples.cend());
    });
}

// What a GUI thread finds that was blocked, while events came as fast as they could.
class BlockedThread
{
public:
    enum Figure { PendingUpdates, Megabytes, Milliseconds };

    // Each figure once of a run.
    double figure(Figure figure)
    {
        if (m_figures.count(figure) == 0)
            run();
        const double value = m_figures.at(figure);
        m_figures.erase(figure);
        return value;
    }

private:
    void run()
    {
        LiveSubject subject(100ms);
        const Testing::Flood flood({ subject.recorder() });
        while (subject.shown() == 0)
            QCoreApplication::processEvents();
        for (const Clock::time_point end = Clock::now() + warmUp; Clock::now() < end;)
            QCoreApplication::processEvents();

        const double before = residentMegabytes();
        std::this_thread::sleep_for(std::chrono::milliseconds(Effort::scaled(5000)));
        m_figures[Megabytes] = residentMegabytes() - before;
        m_figures[PendingUpdates] = subject.pendingUpdates();

        const qint64 count = subject.handled();
        const Clock::time_point begin = Clock::now();
        while (subject.shown() < count)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        m_figures[Milliseconds] = milliseconds(Clock::now() - begin);
    }

    static constexpr std::chrono::milliseconds warmUp = 500ms; // the memory that it needs anyway

    std::map<Figure, double> m_figures;
};

} // namespace

void addDelay(std::deque<Table> &tables)
{
    Table &delay = tables.emplace_back("From an event to its row in a model", "ms");
    addDelays(delay, 100ms);
    addDelays(delay, 16ms);

    const auto thread = std::make_shared<BlockedThread>();
    const auto find = [thread](BlockedThread::Figure figure) {
        return [thread, figure] {
            return thread->figure(figure);
        };
    };
    Table &blocked = tables.emplace_back("GUI thread blocked for 5 s under flood", "as named");
    blocked.row("pending updates")
            .atMost(1)
            .measure("Recorders", find(BlockedThread::PendingUpdates));
    blocked.row("memory growth, MB").atMost(1).measure("Recorders", find(BlockedThread::Megabytes));
    blocked.row("until caught up, ms")
            .atMost(100)
            .measure("Recorders", find(BlockedThread::Milliseconds));
}

} // namespace Benchmarks

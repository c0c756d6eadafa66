// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "crowdsubject.h"
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

enum class Events { GoOn, End }; // when the thread is free again

enum class Figure { PendingUpdates, Megabytes, Milliseconds };

void processEventsFor(std::chrono::milliseconds time)
{
    for (const Clock::time_point end = Clock::now() + time; Clock::now() < end;)
        QCoreApplication::processEvents();
}

// What a GUI thread finds that was blocked, while events came as fast as they could.
template <typename Subject>
class BlockedThread
{
public:
    using MakeSubject = std::unique_ptr<Subject> (*)();

    BlockedThread(MakeSubject make, Events after)
        : m_make(make)
        , m_after(after)
    {
    }

    // Each figure once of a run.
    double figure(Figure figure)
    {
        if (m_figures.count(figure) == 0)
            run();
        return m_figures.extract(figure).mapped();
    }

private:
    void run()
    {
        const std::unique_ptr<Subject> subject = m_make();
        Testing::Flood flood(subject->recorders());
        // What needs memory anyway has it then.
        processEventsFor(std::chrono::milliseconds(Effort::scaled(950) + 50));

        const double before = residentMegabytes();
        std::this_thread::sleep_for(std::chrono::milliseconds(Effort::scaled(5000)));
        m_figures[Figure::Megabytes] = residentMegabytes() - before;
        m_figures[Figure::PendingUpdates] = subject->pendingUpdates();

        if (m_after == Events::End)
            flood.stop();
        subject->noteHandled();
        const Clock::time_point begin = Clock::now();
        while (!subject->isCaughtUp())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        m_figures[Figure::Milliseconds] = milliseconds(Clock::now() - begin);
    }

    const MakeSubject m_make;
    const Events m_after;
    std::map<Figure, double> m_figures;
};

template <typename Subject>
void addBlocked(Table &table, const std::string &what, std::unique_ptr<Subject> (*make)(),
                Events after)
{
    const auto thread = std::make_shared<BlockedThread<Subject>>(make, after);
    const auto add = [&](const char *figure, Figure which, double budget) {
        table.row(what + ", " + figure).atMost(budget).measure("Recorders", [thread, which] {
            return thread->figure(which);
        });
    };
    add("pending updates", Figure::PendingUpdates, 1);
    if (after
        == Events::GoOn) // what waits in a hundred thousand queues is no matter of the thread's
        add("memory growth, MB", Figure::Megabytes, 1);
    add("until caught up, ms", Figure::Milliseconds, 100);
}

std::unique_ptr<LiveSubject> oneRecorder()
{
    return std::make_unique<LiveSubject>(100ms);
}

template <CrowdSubject::Metrics metrics>
std::unique_ptr<CrowdSubject> crowd()
{
    return std::make_unique<CrowdSubject>(metrics);
}

} // namespace

void addDelay(std::deque<Table> &tables)
{
    Table &delay = tables.emplace_back("From an event to its row in a model", "ms");
    addDelays(delay, 100ms);
    addDelays(delay, 16ms);

    Table &blocked = tables.emplace_back("GUI thread blocked for 5 s under flood", "as named");
    addBlocked(blocked, "one recorder", oneRecorder, Events::GoOn);
    constexpr auto onDemand = CrowdSubject::Metrics::OnDemand;
    constexpr auto all = CrowdSubject::Metrics::All;
    addBlocked(blocked, "100 000 behind a filter, on demand", crowd<onDemand>, Events::End);
    addBlocked(blocked, "100 000 behind a filter, all metrics", crowd<all>, Events::End);
}

} // namespace Benchmarks

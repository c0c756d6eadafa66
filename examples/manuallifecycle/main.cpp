// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// A recorder without a runtime: it lives in the application's own event loop, and is started and
// stopped by hand. It measures how late that event loop delivers a timer.

#include "snapshottable.h"

#include <recorders/core/recorder.h>
#include <recorders/metrics/statisticsmetric.h>

#include <QCoreApplication>
#include <QMetaEnum>
#include <QTextStream>
#include <QTimer>

#include <chrono>
#include <thread>
#include <utility>

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int tickCount = 20;
constexpr std::chrono::milliseconds tickInterval = 10ms;

struct Tick
{
    static constexpr char eventType[] = "event_loop.tick";
    std::chrono::nanoseconds delay{}; // behind the interval since the tick before
};

void print(const QString &text)
{
    QTextStream(stdout) << text << Qt::endl;
}

void printState(Recorders::RecorderState state)
{
    const auto *key =
            QMetaEnum::fromType<Recorders::RecorderState>().valueToKey(static_cast<int>(state));
    print(u"state: " + QString::fromLatin1(key));
}

// A recorder needs an event loop. This thread has none, and start() says so at once.
void startWithoutEventLoop()
{
    std::thread thread([] {
        Recorders::Recorder recorder(QStringLiteral("nowhere"));
        const Recorders::Error error = recorder.start().result(); // waits for the outcome
        print(u"start in a std::thread, as expected: " + error.message());
    });
    thread.join();
}

class Demonstration : public QObject
{
public:
    Demonstration()
        : m_recorder(QStringLiteral("event_loop"))
    {
        connect(&m_recorder, &Recorders::Recorder::stateChanged, this, &printState);
        connect(&m_timer, &QTimer::timeout, this, &Demonstration::tick);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_recorder.registerMetric(
                Recorders::StatisticsMetric(QStringLiteral("event_loop.delay"), &Tick::delay));
    }

    void start()
    {
        m_recorder.start().then(this, [this](const Recorders::Error &error) {
            if (error)
                return finish(error);
            m_lastTick = Clock::now();
            m_timer.start(tickInterval);
        });
    }

private:
    void tick()
    {
        const Clock::time_point now = Clock::now();
        m_recorder.registerEvent(Tick{ now - std::exchange(m_lastTick, now) - tickInterval });
        if (++m_ticks == tickCount)
            stop();
    }

    void stop()
    {
        m_timer.stop();
        m_recorder.stop().then(this, [this](const Recorders::Error &error) { finish(error); });
    }

    void finish(const Recorders::Error &error)
    {
        if (error) {
            QTextStream(stderr) << "manuallifecycle: " << error.message() << '\n';
            return QCoreApplication::exit(1);
        }
        SnapshotTable table;
        table.add(m_recorder.entityId(), m_recorder.latestSnapshots());
        print(u'\n' + table.toString());
        startWithoutEventLoop();
        QCoreApplication::quit();
    }

    Recorders::Recorder m_recorder;
    QTimer m_timer;
    Clock::time_point m_lastTick{};
    int m_ticks = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Demonstration demonstration;
    QTimer::singleShot(0, &demonstration, &Demonstration::start); // in the event loop
    return QCoreApplication::exec();
}

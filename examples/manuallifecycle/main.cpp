// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// A recorder without a runtime: it lives in the application's own event loop, and is started and
// stopped by hand. It measures how late that event loop delivers a timer.

#include "snapshottable.h"

#include <recorders/core/recorder.h>
#include <recorders/metrics/standardmetrics.h>

#include <QCoreApplication>
#include <QFutureWatcher>
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
        connect(&m_starting, &QFutureWatcherBase::finished, this, &Demonstration::measure);
        connect(&m_stopping, &QFutureWatcherBase::finished, this, &Demonstration::finish);
        connect(&m_timer, &QTimer::timeout, this, &Demonstration::tick);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_recorder.registerMetric(
                Recorders::statistics<Tick>(QStringLiteral("event_loop.delay")).of(&Tick::delay));
    }

    void start() { m_starting.setFuture(m_recorder.start()); }

private:
    void measure()
    {
        if (const Recorders::Error error = m_starting.result()) {
            fail(error);
            return;
        }
        m_lastTick = Clock::now();
        m_timer.start(tickInterval);
    }

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
        m_stopping.setFuture(m_recorder.stop());
    }

    void finish()
    {
        if (const Recorders::Error error = m_stopping.result()) {
            fail(error);
            return;
        }
        SnapshotTable table;
        table.add(m_recorder.entityId(), m_recorder.latestSnapshots());
        print(u'\n' + table.toString());
        startWithoutEventLoop();
        QCoreApplication::quit();
    }

    static void fail(const Recorders::Error &error)
    {
        QTextStream(stderr) << "manuallifecycle: " << error.message() << '\n';
        QCoreApplication::exit(1);
    }

    Recorders::Recorder m_recorder;
    QFutureWatcher<Recorders::Error> m_starting; // a watcher tells in this thread
    QFutureWatcher<Recorders::Error> m_stopping;
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

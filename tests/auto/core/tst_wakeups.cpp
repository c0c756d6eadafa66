// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/eventmemory_p.h"
#include "shared/conservation.h"
#include "shared/quiettime.h"
#include "shared/realtime.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/threadsleep.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>

#include <QAbstractEventDispatcher>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace Recorders;
using Recorders::Internal::EventMemory;
using namespace Testing;
using namespace std::chrono_literals;

static constexpr std::chrono::milliseconds interval = 20ms; // of whatever might wake it up

// How often the runtime's thread wakes up, counted by its event dispatcher.
class tst_Wakeups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void staysAsleepWithNothingToDo();
    void goesBackToSleepAfterEvents();
    void ticksOnAfterAnEvent();
    void goesBackToSleepAfterCalls();
    void goesBackToSleepAfterItGaveMemoryBack_data();
    void goesBackToSleepAfterItGaveMemoryBack();
    void goesBackToSleepWhileAnotherNeedsMemory();
    void staysAsleepWhileNobodyLooksAtARate();
    void staysAsleepWhileALookFindsNoChange();
    void wakesOncePerIntervalForABurst();
    void wakesOncePerIntervalForManyRecorders();
    void wakesSeldomInALongBurst();
    void handlesASingleEventWithoutAnother();

private:
    void startRuntime();
    std::shared_ptr<Recorder> newRecorder(const QString &id);

    bool fallsAsleep() const;

    std::unique_ptr<MetricsRuntime> m_runtime;
    std::shared_ptr<std::atomic<int>> m_wakeups;
    std::shared_ptr<ThreadSleep> m_sleep; // of the runtime's thread
    std::shared_ptr<Recorder> m_counter;
};

void tst_Wakeups::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    startRuntime();
}

void tst_Wakeups::startRuntime()
{
    m_counter.reset();
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    m_runtime->setDrainInterval(interval);
    QVERIFY(m_runtime->start());
    m_wakeups = std::make_shared<std::atomic<int>>(0);
    m_sleep = std::make_shared<ThreadSleep>();
    const auto isListening = std::make_shared<Latch>();
    m_counter = m_runtime->createRecorder<HookedRecorder>(
            QStringLiteral("counter"), {}, [wakeups = m_wakeups, sleep = m_sleep, isListening] {
                sleep->follow();
                auto *dispatcher = QAbstractEventDispatcher::instance();
                QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, dispatcher,
                                 [wakeups] { ++*wakeups; });
                isListening->set();
            });
    QVERIFY(isListening->wait());
}

void tst_Wakeups::cleanup()
{
    m_counter.reset();
    m_runtime.reset();
    MetricsRuntime::setIdleEventMemory(qsizetype(EventMemory::defaultFloor));
    EventMemory::setInterval(EventMemory::defaultInterval);
}

std::shared_ptr<Recorder> tst_Wakeups::newRecorder(const QString &id)
{
    const auto recorder = m_runtime->createRecorder(id);
    recorder->registerMetric(std::make_unique<TickMetric>());
    return recorder;
}

// Waits until the thread has not woken up for some intervals; true if that happened. Only real time
// shows that no timer is set. A thread whose timer is due, but which waits for a processor, is not
// asleep any more.
bool tst_Wakeups::fallsAsleep() const
{
    const QDeadlineTimer deadline(20s);
    bool isAsleep = false;
    while (!isAsleep && !deadline.hasExpired()) {
        const int before = *m_wakeups;
        letTimePass(5 * interval);
        isAsleep = m_sleep->isAsleep() && *m_wakeups == before;
    }
    return isAsleep;
}

void tst_Wakeups::staysAsleepWithNothingToDo()
{
    QVERIFY2(fallsAsleep(), "it wakes up again and again");
}

void tst_Wakeups::goesBackToSleepAfterEvents()
{
    const auto recorder = newRecorder(QStringLiteral("clock"));
    for (int i = 0; i < 1000; ++i)
        recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    QVERIFY2(fallsAsleep(), "it wakes up again and again");
}

// So an event that comes soon finds it awake.
void tst_Wakeups::ticksOnAfterAnEvent()
{
    const QuietTime quietTime(1h);
    startRuntime();
    const auto recorder = newRecorder(QStringLiteral("clock"));
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());
    const int before = *m_wakeups;

    QTRY_COMPARE_GE(*m_wakeups, before + 10);
}

void tst_Wakeups::goesBackToSleepAfterCalls()
{
    const QuietTime quietTime(1h);
    startRuntime();
    const auto recorder = newRecorder(QStringLiteral("clock"));

    recorder->metricSnapshots();
    recorder->flush();
    m_runtime->removeRecorder(QStringLiteral("clock"));

    QVERIFY2(fallsAsleep(), "it wakes up again and again");
}

void tst_Wakeups::goesBackToSleepAfterItGaveMemoryBack_data()
{
    QTest::addColumn<std::chrono::milliseconds>("quietTime");

    QTest::newRow("in a tick") << 2 * interval;
    QTest::newRow("woken up for that") << 0ms;
}

void tst_Wakeups::goesBackToSleepAfterItGaveMemoryBack()
{
    QFETCH(const std::chrono::milliseconds, quietTime);
    const QuietTime restored(quietTime);
    startRuntime();
    EventMemory::setInterval(interval);
    MetricsRuntime::setIdleEventMemory(0);
    const auto recorder = newRecorder(QStringLiteral("clock"));
    for (int i = 0; i < 1000; ++i)
        recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    QTRY_COMPARE(EventMemory::bytesAllocated(), std::size_t{ 0 });
    QVERIFY2(fallsAsleep(), "it wakes up again and again");
}

void tst_Wakeups::goesBackToSleepWhileAnotherNeedsMemory()
{
    EventMemory::setInterval(interval);
    MetricsRuntime::setIdleEventMemory(0);
    MetricsRuntime other(QStringLiteral("other"));
    QVERIFY(other.start());
    const auto busy = other.createRecorder(QStringLiteral("busy"));
    busy->registerMetric(std::make_unique<TickMetric>());
    std::atomic<bool> isDone = false;
    std::thread producer([&] {
        while (!isDone) {
            for (int i = 0; i < 5000; ++i)
                busy->registerEvent(Tick{});
            busy->flush();
        }
    });
    const auto recorder = newRecorder(QStringLiteral("clock"));
    recorder->registerEvent(Tick{});
    recorder->flush();

    const bool isAsleep = fallsAsleep();
    isDone = true;
    producer.join();

    QVERIFY2(isAsleep, "it wakes up again and again");
}

void tst_Wakeups::staysAsleepWhileNobodyLooksAtARate()
{
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(rate<Tick>(QStringLiteral("rate")));
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->metricSnapshots().constFirst().value(u"rate").toDouble() > 0);

    QVERIFY2(fallsAsleep(), "it wakes up again and again");
}

void tst_Wakeups::staysAsleepWhileALookFindsNoChange()
{
    const auto recorder = newRecorder(QStringLiteral("clock"));
    QTRY_COMPARE(recorder->latestSnapshots().size(), 1);
    QVERIFY(fallsAsleep());
    const int wakeups = *m_wakeups;

    for (int i = 0; i < 1000; ++i)
        recorder->latestSnapshots();

    QVERIFY(fallsAsleep());
    QCOMPARE(m_wakeups->load(), wakeups);
}

void tst_Wakeups::wakesOncePerIntervalForABurst()
{
    const auto recorder = newRecorder(QStringLiteral("clock"));
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder->registerMetric(heldMetric(gate)); // until all of them are there
    QVERIFY(fallsAsleep());
    const int before = *m_wakeups;
    QElapsedTimer timer;
    timer.start();

    for (int i = 0; i < 5000; ++i) // less than a queue
        recorder->registerEvent(Tick{});
    gate->open();
    QTRY_COMPARE(recorder->statistics().handled, quint64(5000));

    const int wakeups = *m_wakeups - before;
    const int intervals = int(timer.elapsed() / interval.count()) + 1;
    QVERIFY2(wakeups <= 10 * intervals + 20, qPrintable(QString::number(wakeups)));
}

void tst_Wakeups::wakesOncePerIntervalForManyRecorders()
{
    QList<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < 200; ++i)
        recorders.append(newRecorder(QString::number(i)));
    QVERIFY(fallsAsleep());
    const int before = *m_wakeups;
    QElapsedTimer timer;
    timer.start();

    for (const auto &recorder : recorders)
        recorder->registerEvent(Tick{});
    for (const auto &recorder : recorders)
        QTRY_COMPARE(recorder->statistics().handled, quint64(1));

    const int wakeups = *m_wakeups - before;
    const int intervals = int(timer.elapsed() / interval.count()) + 1;
    QVERIFY2(wakeups <= 10 * intervals + 20, qPrintable(QString::number(wakeups)));
}

// As often as the queue fills, a quarter at a time, or a slice of time is over, and not for its
// events: the slower they are, the more slices they take.
void tst_Wakeups::wakesSeldomInALongBurst()
{
    const int eventCount = scaled(200'000);
    RecorderOptions options;
    options.overflowPolicy = OverflowPolicy::Block;
    options.blockTimeout = 1min;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"), options);
    recorder->registerMetric(std::make_unique<TickMetric>());
    QVERIFY(fallsAsleep());
    const int before = *m_wakeups;
    QElapsedTimer timer;
    timer.start();

    for (int i = 0; i < eventCount; ++i)
        recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush(QDeadlineTimer(1min)));
    const int wakeups = *m_wakeups - before;
    const auto milliseconds = int(timer.elapsed());

    qInfo("%d wake-ups for %d events", wakeups, eventCount);
    QCOMPARE(recorder->statistics().handled, quint64(eventCount));
    QVERIFY2(wakeups < eventCount / 200 + milliseconds, qPrintable(QString::number(wakeups)));
    VERIFY_CONSERVED(*recorder);
}

void tst_Wakeups::handlesASingleEventWithoutAnother()
{
    const auto log = std::make_shared<TickLog>();
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(tickMetric(log));
    for (int i = 1; i <= 20; ++i) {
        recorder->registerEvent(Tick{});
        QTRY_COMPARE(log->size(), i);
    }
}

QTEST_GUILESS_MAIN(tst_Wakeups)
#include "tst_wakeups.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {
struct AskingRuntime;
}
using Wait = bool (*)(AskingRuntime &); // whether all was done

// Two threads that wait for each other: the application's main thread for a recorder, and the
// recorder's thread, in a metric or hook, for the event loop of the main thread, by a connection of
// type Qt::BlockingQueuedConnection. It is the recorder's caller that gives up, when its time is up.
class tst_WaitingApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesUpInTime_data();
    void givesUpInTime();
    void stopsWhileItsEventLoopRuns();
};

namespace {

enum class Place { Nowhere, Metric, ChangeHook, StopHook };

// A recorder that asks the main thread something with every event, or when it stops.
struct AskingRuntime
{
    explicit AskingRuntime(Place where, std::chrono::milliseconds stopTimeout = 20ms)
        : place(where)
    {
        RecorderOptions options;
        options.stopTimeout = stopTimeout;
        options.snapshotTimeout = 20ms;
        runtime->start();
        recorder = runtime->createRecorder<HookedRecorder>(
                QStringLiteral("clock"), options, HookedRecorder::Hook(),
                [this] { askIn(Place::StopHook); },
                [this](const Metric &, const MetricEvent &) { askIn(Place::ChangeHook); });
        recorder->registerMetric(std::make_unique<ActingMetric>(
                QStringLiteral("asker"), [this](const MetricEvent &) { askIn(Place::Metric); }));
    }
    ~AskingRuntime() // whatever the test left undone
    {
        place = Place::Nowhere;
        runtime.reset();
        static_cast<void>(
                QTest::qWaitFor([this] { return recorder->state() == RecorderState::Stopped; }));
    }

    // Without its event loop.
    bool waitUntilAsked() { return place == Place::StopHook ? recorder->flush() : isAsking.wait(); }

    std::atomic<Place> place;
    std::unique_ptr<MetricsRuntime> runtime =
            std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    std::shared_ptr<HookedRecorder> recorder;
    std::atomic<int> answers = 0;
    MessageLog messages;

private:
    void askIn(Place where)
    {
        if (where != place)
            return;
        isAsking.set();
        QMetaObject::invokeMethod(
                &m_application, [this] { ++answers; }, Qt::BlockingQueuedConnection);
    }

    QObject m_application; // lives in the main thread
    Latch isAsking;
};

} // namespace

void tst_WaitingApplication::givesUpInTime_data()
{
    QTest::addColumn<Place>("place");
    QTest::addColumn<Wait>("wait");
    QTest::addColumn<int>("handled"); // in the end, of three events
    QTest::addColumn<int>("answers");

    const Wait flush = [](AskingRuntime &asking) {
        return asking.recorder->flush(QDeadlineTimer(20ms));
    };
    const Wait metricSnapshots = [](AskingRuntime &asking) {
        return valueOf(asking.recorder->metricSnapshots(), QStringLiteral("asker"), u"calls") == 3;
    };
    const Wait removeMetric = [](AskingRuntime &asking) {
        return asking.recorder->removeMetric(QStringLiteral("asker"))
                && asking.messages.text().isEmpty();
    };
    const Wait removeRecorder = [](AskingRuntime &asking) {
        return asking.runtime->removeRecorder(QStringLiteral("clock"));
    };
    const Wait shutdown = [](AskingRuntime &asking) {
        return asking.runtime->shutdown();
    };
    const Wait destructor = [](AskingRuntime &asking) {
        asking.runtime.reset();
        return asking.recorder->state() == RecorderState::Stopped;
    };
    QTest::newRow("flush() for a metric") << Place::Metric << flush << 3 << 3;
    QTest::newRow("flush() for a hook") << Place::ChangeHook << flush << 3 << 3;
    QTest::newRow("metricSnapshots()") << Place::Metric << metricSnapshots << 3 << 3;
    QTest::newRow("removeMetric()") << Place::Metric << removeMetric << 3 << 3;
    // Once the time is up the event under way is the last one.
    QTest::newRow("removeRecorder()") << Place::Metric << removeRecorder << 1 << 1;
    QTest::newRow("shutdown()") << Place::StopHook << shutdown << 3 << 1;
    QTest::newRow("the destructor of the runtime") << Place::StopHook << destructor << 3 << 1;
}

void tst_WaitingApplication::givesUpInTime()
{
    QFETCH(const Place, place);
    QFETCH(const Wait, wait);
    QFETCH(const int, handled);
    QFETCH(const int, answers);
    AskingRuntime asking(place);
    for (int i = 0; i < 3; ++i)
        asking.recorder->registerEvent(Tick{});
    QVERIFY(asking.waitUntilAsked());

    const bool isDone = wait(asking);

    QVERIFY(!isDone);
    QCOMPARE(asking.answers.load(), 0); // no event loop ran meanwhile
    QTRY_COMPARE(asking.answers.load(), answers);
    QTRY_COMPARE(int(asking.recorder->statistics().handled), handled);
    asking.runtime.reset();
    QTRY_COMPARE(asking.recorder->state(), RecorderState::Stopped);
    QCOMPARE(int(asking.recorder->statistics().pending), 3 - handled);
    VERIFY_CONSERVED(*asking.recorder);
}

// Watching a future does not wait: the signal comes when the recorder has stopped.
void tst_WaitingApplication::stopsWhileItsEventLoopRuns()
{
    AskingRuntime asking(Place::Metric, 30s);
    for (int i = 0; i < 3; ++i)
        asking.recorder->registerEvent(Tick{});
    QVERIFY(asking.waitUntilAsked());
    QFutureWatcher<Error> watcher;
    const QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);

    watcher.setFuture(asking.recorder->stop());

    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(watcher.result(), Error());
    QCOMPARE(asking.answers.load(), 3);
    VERIFY_ALL_HANDLED(*asking.recorder);
}

QTEST_GUILESS_MAIN(tst_WaitingApplication)
#include "tst_waitingapplication.moc"

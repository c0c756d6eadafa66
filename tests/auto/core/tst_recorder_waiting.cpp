// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/recorder.h>

#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

using HostedRecorder = Hosted<HookedRecorder>;

// What another thread waits for, of a recorder made by hand in a thread of its own.
class tst_Recorder_Waiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // waiting for it
    void flushesForAnotherThread();
    void givesUpFlushingAtTheDeadline();
    void readsOwnWritesFromAnotherThread();
    void answersWithTheLatestSnapshotsAtTheDeadline();
    void tellsThatItsSnapshotsAreOld();
    void registersMetricsWithoutWaiting();
    void removesMetricsForGood();
    void removesAMetricOnceItHasSeenItsEvents();

    // without an end
    void takesTheLongestTimeForEver();
};

void tst_Recorder_Waiting::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Recorder_Waiting::flushesForAnotherThread()
{
    const auto log = std::make_shared<TickLog>();
    HostedRecorder recorder(QStringLiteral("clock"));
    recorder->registerMetric(tickMetric(log));
    for (int round = 1; round <= 100; ++round) {
        recorder->registerEvent(Tick{});

        QVERIFY(recorder->flush());

        QCOMPARE(log->size(), round);
    }
}

namespace {

// A hosted recorder that is held in the handling of its first event.
struct HeldRecorder
{
    explicit HeldRecorder(const RecorderOptions &options = {})
        : recorder(QStringLiteral("clock"), options)
    {
        recorder->registerMetric(std::make_unique<TickMetric>());
        recorder->registerMetric(heldMetric(gate));
        recorder->start().waitForFinished();
        published = recorder->metricSnapshots();
        recorder->registerEvent(Tick{});
        isHeld = gate->waitUntilEntered();
    }

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    HostedRecorder recorder;
    QList<MetricSnapshot> published;
    bool isHeld = false;
    GateOpener opener{ gate };
};

} // namespace

void tst_Recorder_Waiting::givesUpFlushingAtTheDeadline()
{
    HeldRecorder held;
    QVERIFY(held.isHeld);

    QVERIFY(!held.recorder->flush(QDeadlineTimer(20ms)));
    held.gate->open();

    QVERIFY(held.recorder->flush());
    QCOMPARE(held.recorder->statistics().pending, quint64(0));
}

void tst_Recorder_Waiting::readsOwnWritesFromAnotherThread()
{
    HostedRecorder recorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>());

    for (int total = 1; total <= 200; ++total) {
        recorder->registerEvent(Tick{});
        QCOMPARE(valueOf(recorder->metricSnapshots(), QStringLiteral("ticks"), u"total"), total);
    }
}

void tst_Recorder_Waiting::answersWithTheLatestSnapshotsAtTheDeadline()
{
    RecorderOptions options;
    options.snapshotTimeout = 20ms;
    HeldRecorder held(options);
    QVERIFY(held.isHeld);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("clock.*snapshots")));

    const QList<MetricSnapshot> snapshots = held.recorder->metricSnapshots();

    QCOMPARE(snapshots, held.published);
    QCOMPARE(snapshots.size(), 2);
}

void tst_Recorder_Waiting::tellsThatItsSnapshotsAreOld()
{
    RecorderOptions options;
    options.snapshotTimeout = 20ms;
    HeldRecorder held(options);
    QVERIFY(held.isHeld);
    const QRegularExpression message(QStringLiteral("clock.* no snapshots within 20 ms"));
    QTest::ignoreMessage(QtWarningMsg, message);
    Error error;

    const QList<MetricSnapshot> snapshots = held.recorder->metricSnapshots(&error);

    QCOMPARE(snapshots, held.published);
    QCOMPARE(error.code(), ErrorCode::Timeout);
    QVERIFY2(message.match(error.message()).hasMatch(), qPrintable(error.message()));
    held.gate->open();
    QVERIFY(held.recorder->metricSnapshots(&error) != held.published);
    QCOMPARE(error, Error());
}

void tst_Recorder_Waiting::registersMetricsWithoutWaiting()
{
    const auto log = std::make_shared<TickLog>();
    HeldRecorder held;
    QVERIFY(held.isHeld);

    const bool isRegistered =
            held.recorder->registerMetric(tickMetric(log, QStringLiteral("late")));
    const bool isHeldYet = held.recorder->statistics().pending == 1;
    held.recorder->registerEvent(Tick{ 42 });
    held.gate->open();
    QVERIFY(held.recorder->flush());

    QVERIFY(isRegistered);
    QVERIFY(isHeldYet);
    QCOMPARE(log->entries(), QList<int>{ 42 });
}

void tst_Recorder_Waiting::removesMetricsForGood()
{
    RecorderOptions options;
    options.snapshotTimeout = 1min; // to handle a full queue first
    HostedRecorder recorder(QStringLiteral("clock"), options);
    std::atomic<bool> isFlooding = true;
    std::thread producer([&] {
        while (isFlooding)
            recorder->registerEvent(Tick{});
    });

    int lateCalls = 0;
    for (int round = 0; round < 20; ++round) {
        const auto log = std::make_shared<TickLog>();
        recorder->registerMetric(tickMetric(log));
        recorder->metricSnapshots();
        recorder->removeMetric(QStringLiteral("ticks"));
        const qsizetype seen = log->size();
        recorder->metricSnapshots();
        lateCalls += int(log->size() - seen);
    }
    isFlooding = false;
    producer.join();

    QCOMPARE(lateCalls, 0);
}

void tst_Recorder_Waiting::removesAMetricOnceItHasSeenItsEvents()
{
    HostedRecorder recorder(QStringLiteral("clock"));
    recorder->start().waitForFinished();
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder.worker().post([gate] { gate->pass(); });
    QVERIFY(gate->waitUntilEntered());
    const auto log = std::make_shared<TickLog>();
    recorder->registerMetric(tickMetric(log));
    recorder->registerEvent(Tick{ 1 });

    std::thread opening([&recorder, gate] {
        while (!recorder->metricNames().isEmpty()) // until the removal has begun, and waits
            std::this_thread::yield();
        gate->open();
    });
    const bool isRemoved = recorder->removeMetric(QStringLiteral("ticks"));
    opening.join();

    QVERIFY(isRemoved);
    QCOMPARE(log->entries(), QList<int>{ 1 });
}

void tst_Recorder_Waiting::takesTheLongestTimeForEver()
{
    RecorderOptions options;
    options.blockTimeout = std::chrono::milliseconds::max();
    options.stopTimeout = std::chrono::milliseconds::max();
    options.snapshotTimeout = std::chrono::milliseconds::max();
    Hosted<Recorder> recorder(QStringLiteral("clock"), options);
    recorder->registerMetric(std::make_unique<TickMetric>());
    for (int i = 0; i < 100; ++i)
        recorder->registerEvent(Tick{});

    QCOMPARE(valueOf(recorder->metricSnapshots(), QStringLiteral("ticks"), u"total"), 100);
    QVERIFY(recorder->flush(QDeadlineTimer(QDeadlineTimer::Forever)));
    QCOMPARE(recorder->stop().result(), Error());
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_Recorder_Waiting)
#include "tst_recorder_waiting.moc"

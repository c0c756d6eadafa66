// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"
#include "shared/threadsleep.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

class tst_Recorder_Overflow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // in the recorder's own thread, which handles nothing meanwhile
    void boundsWhatIsPendingExactly_data();
    void boundsWhatIsPendingExactly();
    void countsTheEventUnderWayAsPending();
    void hasRoomAgainOnceDrained();
    void keepsTheFirstEvents();
    void neverBlocksItsOwnThread();

    // defaults
    void rejectsByHand();
    void dropsInARuntime();

    // Block, from another thread
    void waitsForRoom();
    void givesUpAfterTheTimeout();
    void letsWaitingThreadsGoWhenItStops();
    void losesNothingOfManyWaitingThreads();
};

void tst_Recorder_Overflow::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

static RecorderOptions optionsFor(qsizetype size, OverflowPolicy policy)
{
    RecorderOptions options;
    options.queueMaxSize = size;
    options.overflowPolicy = policy;
    options.blockTimeout = 20s;
    return options;
}

void tst_Recorder_Overflow::boundsWhatIsPendingExactly_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<OverflowPolicy>("policy");
    QTest::addColumn<RegisterResult>("refusal");

    for (const qint64 size : { 1, 2, 3, 63, 64, 65, 1000, 10000 }) {
        QTest::addRow("drop at %lld", size)
                << size << OverflowPolicy::Drop << RegisterResult::Dropped;
        QTest::addRow("reject at %lld", size)
                << size << OverflowPolicy::Reject << RegisterResult::Rejected;
        QTest::addRow("block at %lld", size)
                << size << OverflowPolicy::Block << RegisterResult::Dropped;
    }
}

void tst_Recorder_Overflow::boundsWhatIsPendingExactly()
{
    QFETCH(const qint64, size);
    QFETCH(const OverflowPolicy, policy);
    QFETCH(const RegisterResult, refusal);
    Recorder recorder(QStringLiteral("clock"), optionsFor(size, policy));

    for (int i = 0; i < size; ++i) {
        QCOMPARE(recorder.registerEvent(Tick{ i }), RegisterResult::Accepted);
        VERIFY_CONSERVED(recorder);
    }
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(recorder.registerEvent(Tick{ i }), refusal);
        VERIFY_CONSERVED(recorder);
    }

    const RecorderStatistics statistics = recorder.statistics();
    const bool isDropped = refusal == RegisterResult::Dropped;
    QCOMPARE(statistics.pending, quint64(size));
    QCOMPARE(statistics.dropped, quint64(isDropped ? 3 : 0));
    QCOMPARE(statistics.rejected, quint64(isDropped ? 0 : 3));
}

void tst_Recorder_Overflow::countsTheEventUnderWayAsPending()
{
    QList<RegisterResult> results;
    Recorder recorder(QStringLiteral("clock"), optionsFor(1, OverflowPolicy::Reject));
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("echo"), [&](const MetricEvent &) {
                results.append(recorder.registerEvent(Tock{}));
            }));

    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(results, QList<RegisterResult>{ RegisterResult::Rejected });
    QCOMPARE(recorder.registerEvent(Tock{}), RegisterResult::Accepted);
}

void tst_Recorder_Overflow::hasRoomAgainOnceDrained()
{
    Recorder recorder(QStringLiteral("clock"), optionsFor(2, OverflowPolicy::Drop));
    int accepted = 0;

    for (int round = 0; round < 100; ++round) {
        for (int i = 0; i < 3; ++i)
            accepted += recorder.registerEvent(Tick{}) == RegisterResult::Accepted ? 1 : 0;
        QVERIFY(recorder.flush());
    }

    QCOMPARE(accepted, 200);
    QCOMPARE(recorder.statistics().dropped, quint64(100));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Overflow::keepsTheFirstEvents()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"), optionsFor(2, OverflowPolicy::Drop));
    recorder.registerMetric(tickMetric(log));

    for (int i = 0; i < 5; ++i)
        recorder.registerEvent(Tick{ i });
    QVERIFY(recorder.flush());

    QCOMPARE(log->entries(), QList<int>({ 0, 1 }));
}

void tst_Recorder_Overflow::neverBlocksItsOwnThread()
{
    Recorder recorder(QStringLiteral("clock"), optionsFor(1, OverflowPolicy::Block));
    recorder.start();
    recorder.registerEvent(Tick{});
    QElapsedTimer timer;
    timer.start();

    const RegisterResult result = recorder.registerEvent(Tick{});

    QCOMPARE(result, RegisterResult::Dropped);
    QVERIFY(timer.elapsed() < 5000);
    VERIFY_CONSERVED(recorder);
}

void tst_Recorder_Overflow::rejectsByHand()
{
    RecorderOptions options;
    options.queueMaxSize = 1;
    Recorder recorder(QStringLiteral("clock"), options);
    recorder.registerEvent(Tick{});

    QCOMPARE(recorder.registerEvent(Tick{}), RegisterResult::Rejected);
}

namespace {

// A recorder of a runtime whose thread is held in the handling of one event.
struct HeldRecorder
{
    explicit HeldRecorder(const RecorderOptions &options)
    {
        runtime.start();
        recorder = runtime.createRecorder(QStringLiteral("clock"), options);
        recorder->registerMetric(heldMetric(gate));
        recorder->registerEvent(Tick{});
        isHeld = gate->waitUntilEntered();
    }

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<Recorder> recorder;
    bool isHeld = false;
    GateOpener opener{ gate };
};

} // namespace

void tst_Recorder_Overflow::dropsInARuntime()
{
    RecorderOptions options;
    options.queueMaxSize = 1;
    const HeldRecorder held(options);
    QVERIFY(held.isHeld);

    QCOMPARE(held.recorder->registerEvent(Tick{}), RegisterResult::Dropped);
    VERIFY_CONSERVED(*held.recorder);
}

void tst_Recorder_Overflow::waitsForRoom()
{
    const HeldRecorder held(optionsFor(1, OverflowPolicy::Block));
    QVERIFY(held.isHeld);
    Latch isDone;
    ThreadSleep sleep;
    RegisterResult result = RegisterResult::Dropped;
    std::thread producer([&] {
        sleep.follow();
        result = held.recorder->registerEvent(Tick{});
        isDone.set();
    });

    const bool hasWaited = sleep.comesBefore(isDone);
    held.gate->open();
    producer.join();

    QVERIFY(hasWaited);
    QCOMPARE(result, RegisterResult::Accepted);
    QVERIFY(held.recorder->flush());
    VERIFY_ALL_HANDLED(*held.recorder);
}

void tst_Recorder_Overflow::givesUpAfterTheTimeout()
{
    RecorderOptions options = optionsFor(1, OverflowPolicy::Block);
    options.blockTimeout = 40ms;
    const HeldRecorder held(options);
    QVERIFY(held.isHeld);
    QElapsedTimer timer;
    timer.start();

    const RegisterResult result = held.recorder->registerEvent(Tick{});

    QCOMPARE(result, RegisterResult::Dropped);
    QVERIFY(timer.elapsed() >= 39);
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(held.recorder->statistics().dropped, quint64(1));
    VERIFY_CONSERVED(*held.recorder);
}

void tst_Recorder_Overflow::letsWaitingThreadsGoWhenItStops()
{
    const HeldRecorder held(optionsFor(1, OverflowPolicy::Block));
    QVERIFY(held.isHeld);
    Latch isDone;
    RegisterResult result = RegisterResult::Accepted;
    std::thread producer([&] {
        result = held.recorder->registerEvent(Tick{});
        isDone.set();
    });

    const QFuture<Error> stopped = held.recorder->stop();
    const bool isLetGo = isDone.wait(5s);
    held.gate->open();
    producer.join();

    QVERIFY(isLetGo);
    QCOMPARE(result, RegisterResult::NotRunning);
    QTRY_VERIFY(stopped.isFinished());
    VERIFY_ALL_HANDLED(*held.recorder);
}

void tst_Recorder_Overflow::losesNothingOfManyWaitingThreads()
{
    constexpr int threadCount = 4;
    constexpr int eventCount = 200;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(1, OverflowPolicy::Block));
    std::vector<std::thread> producers;

    for (int i = 0; i < threadCount; ++i) {
        producers.emplace_back([&] {
            for (int n = 0; n < eventCount; ++n)
                recorder->registerEvent(Tick{});
        });
    }
    for (std::thread &producer : producers)
        producer.join();
    QVERIFY(recorder->flush());

    QCOMPARE(recorder->statistics().handled, quint64(threadCount * eventCount));
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_Recorder_Overflow)
#include "tst_recorder_overflow.moc"

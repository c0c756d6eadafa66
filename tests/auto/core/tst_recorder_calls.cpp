// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/realtime.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/threadsleep.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Calls that meet each other: in one thread, in several, and up and down the stack.
class tst_Recorder_Calls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // in the recorder's own thread
    void completesAStartThatAnEventAskedFor();
    void diesAfterAMetricHasFailedIt();
    void diesAfterAnotherThreadHasStoppedIt();
    void startsInTheThreadToWhichItWasMoved();
    void mayBeDeletedByASlotOfItsOwnSignal();

    // in many threads
    void countsExactlyUnderStartsAndStopsOfManyThreads();
    void boundsWhatIsAskedForWithoutWaiting();
    void leavesTheLastWordToTheLastCall();

    // in a runtime
    void holdsTheEventsOfItsConstructor();
    void handlesTheEventsOfAConstructorThatThrows();
    void answersCallsThatCameInANestedEventLoop();
    void refusesToWaitForItself();
    void survivesThatAHookDestroysTheRuntime();

    // time
    void keepsItsStopTimeoutWithASlowMetric();
    void forgetsAnOldFailureWhenItStarts();
};

void tst_Recorder_Calls::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

static std::unique_ptr<Metric> acting(std::function<void()> action)
{
    return std::make_unique<ActingMetric>(QStringLiteral("acting"),
                                          [action](const MetricEvent &) { action(); });
}

void tst_Recorder_Calls::completesAStartThatAnEventAskedFor()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerEvent(Tick{});

    const QFuture<Error> start = recorder.start();

    QVERIFY(start.isFinished());
    QCOMPARE(recorder.state(), RecorderState::Running);
}

void tst_Recorder_Calls::diesAfterAMetricHasFailedIt()
{
    RecorderOptions options;
    options.metricFailurePolicy = MetricFailurePolicy::FailRecorder;
    auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"), options);
    recorder->registerMetric(acting([] { throw std::runtime_error("broken"); }));
    recorder->registerEvent(Tick{});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("broken")));
    recorder->flush();

    recorder.reset(); // does not hang
}

void tst_Recorder_Calls::diesAfterAnotherThreadHasStoppedIt()
{
    auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"));
    const auto log = std::make_shared<TickLog>();
    recorder->registerMetric(tickMetric(log));
    recorder->start();
    recorder->registerEvent(Tick{ 1 });
    std::thread([&] { recorder->stop(); }).join();

    recorder.reset();

    QCOMPARE(log->entries(), QList<int>{ 1 });
}

void tst_Recorder_Calls::startsInTheThreadToWhichItWasMoved()
{
    WorkerThread worker;
    auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"));
    std::atomic<QThread *> startedIn = nullptr;
    connect(
            recorder.get(), &Recorder::stateChanged, recorder.get(),
            [&](RecorderState state) {
                if (state == RecorderState::Running)
                    startedIn = QThread::currentThread();
            },
            Qt::DirectConnection);
    recorder->registerEvent(Tick{}); // asks this thread for a start
    recorder->stop();
    startedIn = nullptr;
    recorder->moveToThread(worker.thread());

    recorder->start();
    QCoreApplication::processEvents();

    QTRY_VERIFY(startedIn.load()); // the signal, which comes after the state can be seen
    QCOMPARE(startedIn.load(), worker.thread());
    QCOMPARE(recorder->state(), RecorderState::Running);
    worker.run([&] { recorder.reset(); });
}

void tst_Recorder_Calls::mayBeDeletedByASlotOfItsOwnSignal()
{
    auto *recorder = new Recorder(QStringLiteral("clock"));
    bool isDeleted = false;
    connect(recorder, &QObject::destroyed, this, [&] { isDeleted = true; });
    connect(recorder, &Recorder::stateChanged, this, [&](RecorderState state) {
        if (state == RecorderState::Running)
            delete recorder;
    });

    recorder->start();

    QVERIFY(isDeleted);
    QCoreApplication::processEvents();
}

void tst_Recorder_Calls::countsExactlyUnderStartsAndStopsOfManyThreads()
{
    RecorderOptions options;
    options.stopTimeout = 1min; // to handle a full queue
    Hosted<Recorder> recorder(QStringLiteral("clock"), options);
    recorder->registerMetric(std::make_unique<TickMetric>());
    std::atomic<bool> isOver = false;
    const auto untilOver = [&isOver](auto call) {
        return std::thread([&isOver, call] {
            while (!isOver)
                call();
        });
    };
    std::thread threads[] = {
        untilOver([&] { recorder->start().waitForFinished(); }),
        untilOver([&] { recorder->stop().waitForFinished(); }),
        untilOver([&] { recorder->registerEvent(Tick{}); }),
    };

    for (int round = 0; round < scaled(300); ++round) {
        recorder.worker().run([&] {
            recorder->start();
            recorder->stop();
        });
    }
    isOver = true;
    for (std::thread &thread : threads)
        thread.join();

    recorder->stop().waitForFinished();
    VERIFY_ALL_HANDLED(*recorder);
}

namespace {

class EagerRecorder : public Recorder
{
public:
    EagerRecorder(const QString &id, const RecorderOptions &options,
                  const std::shared_ptr<TickLog> &log, bool throws = false)
        : Recorder(id, options)
        , early([this, log] {
            registerMetric(tickMetric(log));
            return registerEvent(Tick{ 1 });
        }())
    {
        start();
        stop();
        flush();
        metricSnapshots();
        if (throws)
            throw std::runtime_error("broken");
    }

    const RegisterResult early;
};

} // namespace

void tst_Recorder_Calls::boundsWhatIsAskedForWithoutWaiting()
{
    std::atomic<int> starts = 0;
    Hosted<HookedRecorder> recorder(QStringLiteral("clock"), RecorderOptions(), [&] { ++starts; });
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    QList<QFuture<Error>> outcomes;

    for (int i = 0; i < 1000; ++i)
        outcomes << recorder->stop() << recorder->start();
    gate->open();

    for (const QFuture<Error> &outcome : std::as_const(outcomes))
        QVERIFY2(!outcome.result(), qPrintable(outcome.result().message()));
    QCOMPARE(recorder->state(), RecorderState::Running);
    QCOMPARE_LE(starts, 3);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Recorder_Calls::leavesTheLastWordToTheLastCall()
{
    for (int count = 1; count <= 6; ++count) {
        Hosted<Recorder> recorder(QStringLiteral("clock"));
        const auto gate = std::make_shared<Gate>();
        const GateOpener opener(gate);
        recorder->registerMetric(heldMetric(gate));
        recorder->registerEvent(Tick{});
        QVERIFY(gate->waitUntilEntered());

        QFuture<Error> last;
        for (int i = 0; i < count; ++i)
            last = i % 2 == 0 ? recorder->stop() : recorder->start();
        gate->open();

        QVERIFY(!last.result());
        QCOMPARE(recorder->state(),
                 count % 2 == 0 ? RecorderState::Running : RecorderState::Stopped);
    }
}

void tst_Recorder_Calls::holdsTheEventsOfItsConstructor()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto log = std::make_shared<TickLog>();

    const auto recorder = runtime.createRecorder<EagerRecorder>(QStringLiteral("clock"), {}, log);

    QVERIFY(recorder);
    QCOMPARE(recorder->early, RegisterResult::Accepted);
    QCOMPARE(recorder->state(), RecorderState::Running);
    QCOMPARE(recorder->registerEvent(Tick{ 2 }), RegisterResult::Accepted);
    QVERIFY(recorder->flush());
    QCOMPARE(log->entries(), (QList<int>{ 1, 2 }));
}

void tst_Recorder_Calls::handlesTheEventsOfAConstructorThatThrows()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto log = std::make_shared<TickLog>();

    QVERIFY(!runtime.createRecorder<EagerRecorder>(QStringLiteral("clock"), {}, log, true));

    QCOMPARE(log->entries(), QList<int>{ 1 });
    QVERIFY(runtime.createRecorder<EagerRecorder>(QStringLiteral("clock"), {}, log));
}

void tst_Recorder_Calls::answersCallsThatCameInANestedEventLoop()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    RecorderOptions options;
    options.snapshotTimeout = 30s;
    const auto nesting = runtime.createRecorder(QStringLiteral("nesting"), options);
    const auto other = runtime.createRecorder(QStringLiteral("other"), options);
    Latch isNested;
    QEventLoop *loop = nullptr;
    nesting->registerMetric(acting([&] {
        QEventLoop nested;
        loop = &nested;
        QTimer::singleShot(0, &nested, [&isNested] { isNested.set(); });
        nested.exec();
    }));
    nesting->registerEvent(Tick{});
    QVERIFY(isNested.wait());

    Latch isAnswered;
    ThreadSleep sleep;
    std::thread asking([&] {
        sleep.follow();
        other->metricSnapshots();
        isAnswered.set();
    });
    static_cast<void>(sleep.comesBefore(isAnswered)); // it may be answered there or afterwards
    QMetaObject::invokeMethod(loop, &QEventLoop::quit, Qt::QueuedConnection);
    const bool isAnsweredInTime = isAnswered.wait(10s);
    asking.join();

    QVERIFY(isAnsweredInTime);
}

void tst_Recorder_Calls::refusesToWaitForItself()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QList<ErrorCode> answers;
    connect(&runtime, &MetricsRuntime::stateChanged, this, [&](RuntimeState state) {
        if (state != RuntimeState::Starting && state != RuntimeState::Stopping)
            return;
        Error error;
        runtime.start(&error);
        answers.append(error.code());
        runtime.shutdown(&error);
        answers.append(error.code());
    });

    QVERIFY(runtime.start());
    QVERIFY(runtime.shutdown());

    QCOMPARE(answers, QList<ErrorCode>(4, ErrorCode::InvalidState));
}

void tst_Recorder_Calls::survivesThatAHookDestroysTheRuntime()
{
    auto *runtime = new MetricsRuntime(QStringLiteral("test"));
    runtime->start();
    const auto recorder = runtime->createRecorder(QStringLiteral("clock"));
    Latch destroyed;
    recorder->registerMetric(acting([&, runtime] {
        delete runtime;
        destroyed.set();
    }));

    recorder->registerEvent(Tick{});

    QVERIFY(destroyed.wait());
    QTRY_COMPARE(recorder->state(), RecorderState::Stopped);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Recorder_Calls::keepsItsStopTimeoutWithASlowMetric()
{
    RecorderOptions options;
    options.stopTimeout = 50ms;
    Recorder recorder(QStringLiteral("clock"), options);
    recorder.registerMetric(acting([] {
        letTimePass(20ms); // it is slow
    }));
    recorder.start();
    for (int i = 0; i < 100; ++i)
        recorder.registerEvent(Tick{});

    const Error error = recorder.stop().result();

    // It begins no further event once the time is up, which three of them take at least.
    QCOMPARE(error.code(), ErrorCode::Timeout);
    QCOMPARE_LE(recorder.statistics().handled, quint64(4));
    VERIFY_CONSERVED(recorder);
}

void tst_Recorder_Calls::forgetsAnOldFailureWhenItStarts()
{
    class ThrowsOnce : public TickMetric
    {
    public:
        MetricSnapshot snapshot() const override
        {
            if (!std::exchange(m_hasThrown, true))
                throw std::runtime_error("once");
            return TickMetric::snapshot();
        }

    private:
        mutable bool m_hasThrown = false;
    };
    RecorderOptions options;
    options.metricFailurePolicy = MetricFailurePolicy::FailRecorder;
    Recorder recorder(QStringLiteral("clock"), options);
    recorder.registerMetric(std::make_unique<ThrowsOnce>());
    recorder.start();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("once")));

    QCOMPARE(recorder.stop().result().code(), ErrorCode::MetricFailed);
    QCOMPARE(recorder.state(), RecorderState::Failed);

    QCOMPARE(recorder.start().result(), Error());
    QCOMPARE(recorder.state(), RecorderState::Running);
}

QTEST_GUILESS_MAIN(tst_Recorder_Calls)
#include "tst_recorder_calls.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/realtime.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/timebox.h"
#include "shared/workerthread.h"

#include <recorders/core/recorder.h>

#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

using HostedRecorder = Hosted<HookedRecorder>;

// A recorder made by hand in a thread of its own, used from another one.
class tst_Recorder_Threads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // life
    void startsFromAnotherThread();
    void joinsAStartInProgress();
    void joinsAStopInProgress();
    void givesEveryJoinedCallerTheError();
    void startsByTheFirstEventOfAnyThread();
    void takesTheFirstEventsOfManyThreads();
    void takesTheFirstEventBeforeItsThreadHasAnEventLoop();
    void refusesTheFirstEventInAThreadWithoutAnEventLoop();
    void closesAtOnceForTheThreadThatStops();
    void closesAtOnceWhileItStarts();
    void handlesLaterWhatAStopLeftUndone();
    void drainsWhenDeletedInItsThread();

    // what runs where
    void callsMetricsAndHooksInItsThread();
    void takesMetricEventsByDirectConnection();
};

void tst_Recorder_Threads::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Recorder_Threads::startsFromAnotherThread()
{
    HostedRecorder recorder(QStringLiteral("clock"));

    QFuture<Error> started = recorder->start();
    started.waitForFinished();

    QVERIFY(!started.result());
    QCOMPARE(recorder->state(), RecorderState::Running);
}

void tst_Recorder_Threads::joinsAStartInProgress()
{
    const auto gate = std::make_shared<Gate>();
    Log<RecorderState> states;
    HostedRecorder recorder(QStringLiteral("clock"), RecorderOptions(), [gate] { gate->pass(); });
    const GateOpener opener(gate);
    connect(recorder.get(), &Recorder::stateChanged, recorder.get(),
            [&](RecorderState state) { states.append(state); });
    QFuture<Error> first = recorder->start();
    QVERIFY(gate->waitUntilEntered());
    QCOMPARE(recorder->state(), RecorderState::Starting);

    QFuture<Error> second = recorder->start();
    const bool isFinishedEarly = second.isFinished();
    gate->open();
    second.waitForFinished();

    QVERIFY(!isFinishedEarly);
    QVERIFY(!second.result());
    QVERIFY(!first.result());
    QCOMPARE(states.entries(),
             QList<RecorderState>({ RecorderState::Starting, RecorderState::Running }));
}

void tst_Recorder_Threads::joinsAStopInProgress()
{
    const auto gate = std::make_shared<Gate>();
    HostedRecorder recorder(QStringLiteral("clock"));
    const GateOpener opener(gate);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    QFuture<Error> first = recorder->stop();

    QFuture<Error> second = recorder->stop();
    const bool isFinishedEarly = first.isFinished() || second.isFinished();
    gate->open();
    second.waitForFinished();

    QVERIFY(!isFinishedEarly);
    QVERIFY(!first.result());
    QVERIFY(!second.result());
    QCOMPARE(recorder->state(), RecorderState::Stopped);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Recorder_Threads::givesEveryJoinedCallerTheError()
{
    const auto gate = std::make_shared<Gate>();
    std::atomic<int> starts = 0;
    HostedRecorder recorder(QStringLiteral("clock"), RecorderOptions(), [gate, &starts] {
        ++starts;
        gate->pass();
        throw std::runtime_error("no such device");
    });
    const GateOpener opener(gate);
    QFuture<Error> first = recorder->start();
    QVERIFY(gate->waitUntilEntered());

    QFuture<Error> second = recorder->start();
    gate->open();

    QCOMPARE(first.result().code(), ErrorCode::HookFailed);
    QCOMPARE(second.result(), first.result());
    QCOMPARE(recorder->state(), RecorderState::Failed);
    QCOMPARE(starts.load(), 1); // joined, not tried again
}

void tst_Recorder_Threads::startsByTheFirstEventOfAnyThread()
{
    const auto log = std::make_shared<TickLog>();
    HostedRecorder recorder(QStringLiteral("clock"));
    recorder->registerMetric(tickMetric(log));

    std::thread([&] { recorder->registerEvent(Tick{ 42 }); }).join();

    QTRY_COMPARE(log->entries(), QList<int>{ 42 });
    QTRY_COMPARE(recorder->state(), RecorderState::Running);
}

void tst_Recorder_Threads::takesTheFirstEventsOfManyThreads()
{
    WorkerThread worker;
    std::atomic<Recorder *> current = nullptr;
    std::atomic<int> round = 0;
    std::atomic<int> answers = 0;
    std::atomic<int> accepted = 0;
    std::atomic<int> rounds = scaled(1000);
    const auto registerFirst = [&] {
        for (int next = 1; next <= rounds; ++next) {
            while (round < next)
                std::this_thread::yield();
            accepted += current.load()->registerEvent(Tick{}) == RegisterResult::Accepted;
            ++answers;
        }
    };
    std::thread threads[] = { std::thread(registerFirst), std::thread(registerFirst) };

    const TimeBox time;
    for (int next = 1; next <= rounds; ++next) {
        if (time.isOver())
            rounds = next; // for all: nobody has begun this one
        auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"));
        recorder->moveToThread(worker.thread());
        current = recorder.get();
        round = next;
        while (answers < 2 * next)
            std::this_thread::yield();
        worker.run([&recorder] { recorder.reset(); });
    }
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(accepted.load(), 2 * rounds.load());
}

// Its event dispatcher is made by the thread itself, in a moment: nobody waits for it.
void tst_Recorder_Threads::takesTheFirstEventBeforeItsThreadHasAnEventLoop()
{
    for (int round = 0; round < 100; ++round) {
        QThread thread;
        Recorder recorder(QStringLiteral("clock"));
        recorder.moveToThread(&thread);
        thread.start();

        const RegisterResult answer = recorder.registerEvent(Tick{ 1 });

        QCOMPARE(answer, RegisterResult::Accepted);
        QVERIFY(recorder.flush());
        thread.quit();
        QVERIFY(thread.wait());
        QCOMPARE(recorder.state(), RecorderState::Stopped);
        VERIFY_ALL_HANDLED(recorder);
    }
}

void tst_Recorder_Threads::refusesTheFirstEventInAThreadWithoutAnEventLoop()
{
    Latch made;
    Latch used;
    std::unique_ptr<Recorder> recorder;
    std::thread thread([&] {
        recorder = std::make_unique<Recorder>(QStringLiteral("clock"));
        made.set();
        QVERIFY(used.wait());
        recorder.reset();
    });
    const bool isMade = made.wait();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no event dispatcher")));

    const RegisterResult answer = recorder->registerEvent(Tick{ 1 });
    const Error error = recorder->lastError();
    used.set();
    thread.join();

    QVERIFY(isMade);
    QCOMPARE(answer, RegisterResult::NotRunning);
    QCOMPARE(error.code(), ErrorCode::NoEventDispatcher);
}

void tst_Recorder_Threads::closesAtOnceForTheThreadThatStops()
{
    HostedRecorder recorder(QStringLiteral("clock"));
    for (int round = 0; round < 20; ++round) {
        recorder->start().waitForFinished();
        recorder->registerEvent(Tick{});

        QFuture<Error> stopped = recorder->stop();

        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
        stopped.waitForFinished();
        VERIFY_ALL_HANDLED(*recorder);
    }
}

void tst_Recorder_Threads::closesAtOnceWhileItStarts()
{
    const auto gate = std::make_shared<Gate>();
    HostedRecorder recorder(QStringLiteral("clock"), RecorderOptions(), [gate] { gate->pass(); });
    const GateOpener opener(gate);
    recorder->start();
    QVERIFY(gate->waitUntilEntered());

    QFuture<Error> stopped = recorder->stop();
    const RegisterResult result = recorder->registerEvent(Tick{});
    gate->open();
    stopped.waitForFinished();

    QCOMPARE(result, RegisterResult::NotRunning);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Recorder_Threads::handlesLaterWhatAStopLeftUndone()
{
    const auto gate = std::make_shared<Gate>();
    RecorderOptions options;
    options.stopTimeout = 10ms;
    HostedRecorder recorder(QStringLiteral("clock"), options);
    const GateOpener opener(gate);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    for (int i = 0; i < 10; ++i)
        recorder->registerEvent(Tick{});

    QFuture<Error> stopped = recorder->stop();
    letTimePass(options.stopTimeout + 1ms); // which is over then
    gate->open();
    stopped.waitForFinished();
    VERIFY_CONSERVED(*recorder);
    const bool isAllHandled = recorder->statistics().pending == 0;
    QCOMPARE(stopped.result().code(), isAllHandled ? ErrorCode::NoError : ErrorCode::Timeout);

    recorder->start().waitForFinished();
    recorder->registerEvent(Tick{});

    QTRY_COMPARE(recorder->statistics().handled, quint64(12));
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Recorder_Threads::drainsWhenDeletedInItsThread()
{
    const auto log = std::make_shared<TickLog>();
    {
        HostedRecorder recorder(QStringLiteral("clock"));
        recorder->registerMetric(tickMetric(log));
        for (int i = 0; i < 1000; ++i)
            recorder->registerEvent(Tick{ i });
    }

    QCOMPARE(log->size(), 1000);
}

void tst_Recorder_Threads::callsMetricsAndHooksInItsThread()
{
    class ThreadMetric : public TickMetric
    {
    public:
        explicit ThreadMetric(Log<QThread *> &threads)
            : m_threads(threads)
        {
        }
        bool handle(const Tick &tick) override
        {
            m_threads.append(QThread::currentThread());
            return TickMetric::handle(tick);
        }
        MetricSnapshot snapshot() const override
        {
            m_threads.append(QThread::currentThread());
            return TickMetric::snapshot();
        }

    private:
        Log<QThread *> &m_threads;
    };
    Log<QThread *> threads;
    const auto note = [&threads] {
        threads.append(QThread::currentThread());
    };
    HostedRecorder recorder(QStringLiteral("clock"), RecorderOptions(), note, note,
                            [note](const Metric &, const MetricEvent &) { note(); });
    recorder->registerMetric(std::make_unique<ThreadMetric>(threads));

    recorder->registerEvent(Tick{});
    QCOMPARE(recorder->metricSnapshots().size(), 1);
    recorder->stop().waitForFinished();

    const QList<QThread *> entries = threads.entries();
    QVERIFY(entries.size() >= 5); // starting, handled, changed, snapshot, stopped
    QCOMPARE(entries.count(recorder.worker().thread()), entries.size());
}

class TickSender : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void ticked(const Recorders::MetricEvent &event);
};

void tst_Recorder_Threads::takesMetricEventsByDirectConnection()
{
    const auto log = std::make_shared<TickLog>();
    HostedRecorder recorder(QStringLiteral("clock"));
    recorder->registerMetric(tickMetric(log));
    TickSender sender;
    connect(&sender, &TickSender::ticked, recorder.get(), &Recorder::registerMetricEvent,
            Qt::DirectConnection);

    Q_EMIT sender.ticked(MetricEvent(Tick{ 42 }));

    QCOMPARE(recorder->statistics().accepted, quint64(1));
    QVERIFY(recorder->flush());
    QCOMPARE(log->entries(), QList<int>{ 42 });
}

QTEST_GUILESS_MAIN(tst_Recorder_Threads)
#include "tst_recorder_threads.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/realtime.h"
#include "shared/testmetrics.h"
#include "shared/threadclock.h"

#include <recorders/core/metricsruntime.h>

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// A producer that the scheduler takes its processor from at the worst moment: its event is
// admitted, but not there yet.
class tst_SuspendedProducer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what others notice
    void holdsUpNoOtherProducer();
    void losesNothingOnceItGoesOn();
    void holdsUpNoOtherRecorder();
    void recoversEachTime();
    void keepsNoProcessorBusy_data();
    void keepsNoProcessorBusy();

    // stopping meanwhile
    void isWaitedForByAStop();
    void holdsUpNoOtherRecorderPastTheStopTimeout();
    void outlastsTheShutdownOfItsRuntime();
    void outlastsItsRemoval();
    void doesNotHoldUpItsRecordersThread();
};

namespace {

// Stops the thread that registers it, between the claim of its place and the publication.
struct Suspending
{
    static constexpr char eventType[] = "test.suspending";

    explicit Suspending(Gate *passed)
        : gate(passed)
    {
    }
    Suspending(Suspending &&other) noexcept
        : gate(other.gate)
    {
        gate->pass();
    }

    Gate *gate;
};
static_assert(Internal::isStoredInPlace<Suspending>);

// A thread that is suspended while it registers an event, until resume().
class SuspendedProducer
{
public:
    explicit SuspendedProducer(const std::shared_ptr<Recorder> &recorder)
        : m_thread([this, recorder] { m_result = recorder->registerEvent(Suspending(&m_gate)); })
    {
        m_isSuspended = m_gate.waitUntilEntered();
    }
    ~SuspendedProducer() { resume(); }

    SuspendedProducer(const SuspendedProducer &) = delete;
    SuspendedProducer &operator=(const SuspendedProducer &) = delete;

    bool isSuspended() const { return m_isSuspended; }

    // Returns what it was answered.
    RegisterResult resume()
    {
        m_gate.open();
        if (m_thread.joinable())
            m_thread.join();
        return m_result;
    }

private:
    Gate m_gate;
    RegisterResult m_result = RegisterResult::NotRunning;
    bool m_isSuspended = false;
    std::thread m_thread;
};

RecorderOptions optionsFor(qsizetype size, std::chrono::milliseconds stopTimeout = 30s)
{
    RecorderOptions options;
    options.queueMaxSize = size;
    options.stopTimeout = stopTimeout;
    return options;
}

std::shared_ptr<Recorder> newRecorder(MetricsRuntime &runtime, const QString &id,
                                      const RecorderOptions &options,
                                      const std::shared_ptr<TickLog> &log = {})
{
    auto recorder = runtime.createRecorder(id, options);
    recorder->registerMetric(tickMetric(log));
    return recorder;
}

int countOfAccepted(Recorder &recorder, int eventCount)
{
    int accepted = 0;
    for (int i = 0; i < eventCount; ++i)
        accepted += recorder.registerEvent(Tick{ i }) == RegisterResult::Accepted ? 1 : 0;
    return accepted;
}

} // namespace

void tst_SuspendedProducer::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SuspendedProducer::holdsUpNoOtherProducer()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = newRecorder(runtime, QStringLiteral("clock"), optionsFor(8));
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());

    const int accepted = countOfAccepted(*recorder, 20);
    const RecorderStatistics statistics = recorder->statistics();

    QCOMPARE(accepted, 7); // and the one that is suspended
    QCOMPARE(statistics.dropped, quint64(13));
    QCOMPARE(statistics.handled, quint64(0));
    QCOMPARE(statistics.pending, quint64(8));
    VERIFY_CONSERVED(*recorder);
}

void tst_SuspendedProducer::losesNothingOnceItGoesOn()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto log = std::make_shared<TickLog>();
    const auto recorder = newRecorder(runtime, QStringLiteral("clock"), optionsFor(8), log);
    recorder->registerEvent(Tick{ -1 }); // before it
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());
    QTRY_COMPARE(recorder->statistics().handled, quint64(1));

    QCOMPARE(countOfAccepted(*recorder, 20), 7);
    QCOMPARE(suspended.resume(), RegisterResult::Accepted);
    QTRY_COMPARE(recorder->statistics().pending, quint64(0)); // without a further event

    QCOMPARE(log->entries(), (QList<int>{ -1, 0, 1, 2, 3, 4, 5, 6 }));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_SuspendedProducer::holdsUpNoOtherRecorder()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = newRecorder(runtime, QStringLiteral("clock"), optionsFor(8));
    const auto other = newRecorder(runtime, QStringLiteral("other"), optionsFor(1000));
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());

    QCOMPARE(countOfAccepted(*other, 500), 500);
    QVERIFY(other->flush());

    QCOMPARE(valueOf(other->metricSnapshots(), QStringLiteral("ticks"), u"total"), 500);
    QCOMPARE(recorder->statistics().pending, quint64(1));
}

void tst_SuspendedProducer::recoversEachTime()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = newRecorder(runtime, QStringLiteral("clock"), optionsFor(64));
    for (int round = 0; round < 50; ++round) {
        SuspendedProducer suspended(recorder);
        QVERIFY(suspended.isSuspended());
        QCOMPARE(countOfAccepted(*recorder, 70), 63);

        suspended.resume();
        QVERIFY(recorder->flush());

        VERIFY_ALL_HANDLED(*recorder);
    }
}

void tst_SuspendedProducer::keepsNoProcessorBusy_data()
{
    QTest::addColumn<bool>("endsMeanwhile");

    QTest::newRow("while its recorder runs") << false;
    QTest::newRow("while the runtime shuts down") << true;
}

void tst_SuspendedProducer::keepsNoProcessorBusy()
{
    QFETCH(const bool, endsMeanwhile);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    ThreadClock clock;
    const auto recorder = runtime.createRecorder<HookedRecorder>(
            QStringLiteral("clock"), optionsFor(8), [&clock] { clock.follow(); });
    QVERIFY(recorder->flush()); // it has started, and its clock is known
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());
    std::jthread ending([&runtime, endsMeanwhile] {
        if (endsMeanwhile)
            runtime.shutdown();
    });
    QTRY_COMPARE(runtime.state(), endsMeanwhile ? RuntimeState::Stopping : RuntimeState::Running);

    QElapsedTimer timer;
    timer.start();
    const std::chrono::nanoseconds before = clock.time();
    letTimePass(100ms); // processor time is compared with real time
    const std::chrono::nanoseconds spent = clock.time() - before;
    const std::chrono::nanoseconds passed(timer.nsecsElapsed());
    suspended.resume();
    ending.join();

    QVERIFY2(spent < passed / 2, qPrintable(QString::number(spent.count())));
}

void tst_SuspendedProducer::isWaitedForByAStop()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto log = std::make_shared<TickLog>();
    const auto recorder = newRecorder(runtime, QStringLiteral("clock"), optionsFor(8), log);
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());
    QCOMPARE(countOfAccepted(*recorder, 3), 3);

    QFuture<Error> stopped = recorder->stop();
    QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(suspended.resume(), RegisterResult::Accepted);
    stopped.waitForFinished();

    QVERIFY(!stopped.result());
    QCOMPARE(log->entries(), (QList<int>{ 0, 1, 2 }));
    VERIFY_ALL_HANDLED(*recorder);
}

// What it has claimed cannot be taken from it. But that is its recorder's business alone.
void tst_SuspendedProducer::holdsUpNoOtherRecorderPastTheStopTimeout()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = newRecorder(runtime, QStringLiteral("clock"), optionsFor(8, 20ms));
    const auto other = newRecorder(runtime, QStringLiteral("other"), optionsFor(1000));
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());
    QFuture<Error> stopped = recorder->stop();
    QTRY_COMPARE(recorder->state(), RecorderState::Stopping);
    letTimePass(21ms); // the stopTimeout is over

    QCOMPARE(countOfAccepted(*other, 500), 500);
    QVERIFY(other->flush(QDeadlineTimer(10s)));
    QVERIFY(!stopped.isFinished());
    suspended.resume();
    stopped.waitForFinished();
    const quint64 leftOver = recorder->statistics().pending;
    QVERIFY(!recorder->start().result());
    QVERIFY(recorder->flush());

    QCOMPARE(stopped.result().code(), ErrorCode::Timeout);
    QCOMPARE(leftOver, quint64(1));
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_SuspendedProducer::outlastsTheShutdownOfItsRuntime()
{
    auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(runtime->start());
    const auto recorder = newRecorder(*runtime, QStringLiteral("clock"), optionsFor(8, 20ms));
    const auto other = newRecorder(*runtime, QStringLiteral("other"), optionsFor(1000, 30s));
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());
    QCOMPARE(countOfAccepted(*other, 100), 100);

    Error error;
    QVERIFY(!runtime->shutdown(&error));
    runtime.reset();

    QCOMPARE(error.code(), ErrorCode::Timeout);
    QVERIFY2(error.message().contains(QStringLiteral("\"clock\" has not stopped, 1 events")),
             qPrintable(error.message()));
    QVERIFY2(!error.message().contains(QStringLiteral("other")), qPrintable(error.message()));
    VERIFY_ALL_HANDLED(*other);
    QCOMPARE(suspended.resume(), RegisterResult::Accepted);
    QTRY_COMPARE(recorder->state(), RecorderState::Stopped);
    QCOMPARE(recorder->statistics().pending, quint64(1)); // left over
    VERIFY_CONSERVED(*recorder);
}

void tst_SuspendedProducer::outlastsItsRemoval()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = newRecorder(runtime, QStringLiteral("clock"), optionsFor(8, 20ms));
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());

    Error error;
    QVERIFY(!runtime.removeRecorder(QStringLiteral("clock"), &error));
    const auto next = newRecorder(runtime, QStringLiteral("clock"), optionsFor(8));
    QCOMPARE(countOfAccepted(*next, 5), 5);
    QVERIFY(next->flush());
    suspended.resume();

    QCOMPARE(error.code(), ErrorCode::Timeout);
    QTRY_COMPARE(recorder->state(), RecorderState::Stopped);
    QCOMPARE(recorder->statistics().pending, quint64(1)); // left over
    VERIFY_CONSERVED(*recorder);
}

// A stop in the recorder's own thread drains before it returns, but not without end.
void tst_SuspendedProducer::doesNotHoldUpItsRecordersThread()
{
    const auto recorder = std::make_shared<Recorder>(QStringLiteral("clock"), optionsFor(8, 20ms));
    recorder->start();
    SuspendedProducer suspended(recorder);
    QVERIFY(suspended.isSuspended());
    recorder->registerEvent(Tick{});

    QFuture<Error> stopped = recorder->stop();
    const bool wasFinished = stopped.isFinished();
    suspended.resume();
    QTRY_VERIFY(stopped.isFinished());

    QVERIFY(!wasFinished);
    QCOMPARE(stopped.result().code(), ErrorCode::Timeout);
    QCOMPARE(recorder->statistics().pending, quint64(2)); // left over
    VERIFY_CONSERVED(*recorder);
}

QTEST_GUILESS_MAIN(tst_SuspendedProducer)
#include "tst_suspendedproducer.moc"

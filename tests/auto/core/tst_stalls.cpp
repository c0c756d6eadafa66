// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/gate.h"
#include "shared/realtime.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QMutex>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

using namespace Recorders;
using namespace Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A runtime with a recorder "worker" whose metric "held" does not come back while the gate is shut.
class Stuck
{
public:
    Stuck()
    {
        runtime.start();
        recorder = runtime.createRecorder(u"worker"_s);
        recorder->registerMetric(heldMetric(gate));
    }
    ~Stuck() { gate->open(); }

    void begin() { recorder->registerEvent(Tick{ 1 }); }

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    MetricsRuntime runtime{ u"app"_s };
    std::shared_ptr<Recorder> recorder;
};

} // namespace

// A thread that does not come back from a metric or hook, and how that shows.
class tst_Stalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // of a runtime
    void areNoneWhileItAnswers();
    void sayWhereTheThreadIs();
    void areOfOneCall();
    void areNoneOfABusyThread();
    void areSeenOutsideOfMetrics();
    void areWarnedOfOnce();
    void areWarnedOfAsIsSaidMeanwhile();
    void areWarnedOfInAnotherThread();
    void areNotWarnedOfWhenNobodyWantsIt();
    void refuseATimeBelowZero();
    void areLookedForWhileThereAreEvents();
};

void tst_Stalls::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void tst_Stalls::areNoneWhileItAnswers()
{
    MetricsRuntime runtime(u"app"_s);
    const SnapshotSource *source = runtime.snapshotSource();
    QVERIFY(!source->stall());

    runtime.start();
    runtime.createRecorder(u"worker"_s)->registerEvent(Tick{ 1 });
    QVERIFY(!source->stall());
    runtime.shutdown();

    QVERIFY(!source->stall());
    QVERIFY(!SnapshotListSource(u"list"_s).stall());
}

void tst_Stalls::sayWhereTheThreadIs()
{
    Stuck stuck;
    stuck.runtime.createRecorder(u"another"_s);
    const auto before = steadyTime();

    stuck.begin();

    QTRY_VERIFY(stuck.runtime.snapshotSource()->stall());
    const SourceStall stall = *stuck.runtime.snapshotSource()->stall();
    QCOMPARE(stall.where, u"metric \"held\" of recorder \"worker\""_s);
    QVERIFY(stall.since >= before && stall.since <= steadyTime());
    stuck.gate->open();
    QTRY_VERIFY(!stuck.runtime.snapshotSource()->stall());
}

// Not of the turn that it is made in.
void tst_Stalls::areOfOneCall()
{
    Stuck stuck;
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    stuck.recorder->registerMetric(heldMetric(gate, u"next"_s));
    const SnapshotSource *source = stuck.runtime.snapshotSource();
    stuck.begin();
    QTRY_VERIFY(source->stall());

    const auto lookedAt = steadyTime();
    QVERIFY(source->stall()->where.contains(u"held"));
    stuck.gate->open();

    QTRY_VERIFY(source->stall() && source->stall()->where.contains(u"next"));
    QVERIFY(source->stall()->since >= lookedAt);
}

// Each event is another call of the same metric.
void tst_Stalls::areNoneOfABusyThread()
{
    MetricsRuntime runtime(u"app"_s);
    runtime.start();
    const auto recorder = runtime.createRecorder(u"worker"_s);
    const auto passes = std::make_shared<QSemaphore>();
    recorder->registerMetric(std::make_unique<ActingMetric>(
            u"slow"_s, [passes](const MetricEvent &) { passes->acquire(); }));
    const SnapshotSource *source = runtime.snapshotSource();
    for (int i = 0; i < 5; ++i)
        recorder->registerEvent(Tick{ 1 });

    for (quint64 handled = 0; handled < 5; ++handled) {
        QTRY_VERIFY(source->stall());
        const auto lookedAt = steadyTime();
        QVERIFY(source->stall());
        passes->release();
        QTRY_COMPARE(recorder->statistics().handled, handled + 1);
        const std::optional<SourceStall> stall = source->stall();
        QVERIFY(!stall || stall->since >= lookedAt);
    }
}

// Such as in a slot of that thread, while events come in.
void tst_Stalls::areSeenOutsideOfMetrics()
{
    MetricsRuntime runtime(u"app"_s);
    runtime.start();
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder = runtime.createRecorder(u"worker"_s);
    QMetaObject::invokeMethod(recorder.get(), [gate] { gate->pass(); });
    QVERIFY(gate->waitUntilEntered());

    recorder->registerEvent(Tick{ 1 });

    QTRY_VERIFY(runtime.snapshotSource()->stall());
    QCOMPARE(runtime.snapshotSource()->stall()->where, QString());
    gate->open();
    QTRY_VERIFY(!runtime.snapshotSource()->stall());
}

namespace {

// Counts how often somebody looks for stalls.
class LookCounter : public QObject
{
public:
    LookCounter() { qApp->installEventFilter(this); }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Timer && object->inherits("Recorders::Internal::StallWatch"))
            ++count;
        return false;
    }

    // Lets events come in until nobody looks any more: a timer of the same thread that is twice as
    // slow does not come twice without one look. False: somebody always looks.
    bool comesToRest(std::chrono::milliseconds pace)
    {
        QTimer witness;
        witness.setTimerType(Qt::PreciseTimer);
        QSignalSpy ticks(&witness, &QTimer::timeout);
        witness.start(2 * pace);
        const QDeadlineTimer deadline(10s);
        int last = -1;
        while (std::exchange(last, count) != count && ticks.wait() && !deadline.hasExpired()) { }
        return last == count;
    }

    int count = 0;
};

// Takes what is logged, of all threads.
class Messages
{
public:
    Messages()
        : m_before(qInstallMessageHandler(&Messages::take))
    {
        const QMutexLocker lock(&s_mutex);
        s_taken.clear();
    }
    ~Messages() { qInstallMessageHandler(m_before); }

    QStringList taken() const
    {
        const QMutexLocker lock(&s_mutex);
        return s_taken;
    }

private:
    static void take(QtMsgType, const QMessageLogContext &context, const QString &text)
    {
        const QMutexLocker lock(&s_mutex);
        s_taken.append(QLatin1StringView(context.category) + u": " + text);
    }

    inline static QMutex s_mutex;
    inline static QStringList s_taken;
    const QtMessageHandler m_before;
};

} // namespace

void tst_Stalls::areWarnedOfOnce()
{
    Stuck stuck;
    stuck.runtime.setStallWarningTime(50ms);
    QCOMPARE(stuck.runtime.stallWarningTime(), 50ms);
    const LookCounter looks;
    const Messages messages;

    stuck.begin();
    QTRY_COMPARE(messages.taken().size(), 1);
    const int before = looks.count;
    QTRY_COMPARE_GE(looks.count, before + 5); // it looks again and again

    QCOMPARE(messages.taken().size(), 1);
    const QRegularExpression expected(
            u"^recorders\\.core\\.runtime: MetricsRuntime \"app\": its thread has been in metric "
            "\"held\" of recorder \"worker\" for \\d+ ms; nothing else is handled meanwhile$"_s);
    QVERIFY2(expected.match(messages.taken().constFirst()).hasMatch(),
             qUtf8Printable(messages.taken().constFirst()));
}

void tst_Stalls::areWarnedOfAsIsSaidMeanwhile()
{
    Stuck stuck;
    stuck.runtime.setStallWarningTime(std::chrono::milliseconds::max());
    stuck.begin();
    QTRY_VERIFY(stuck.runtime.snapshotSource()->stall()); // no warning, which would fail
    const Messages messages;

    stuck.runtime.setStallWarningTime(20ms);

    QTRY_COMPARE(messages.taken().size(), 1);
}

void tst_Stalls::areWarnedOfInAnotherThread()
{
    Stuck stuck;
    QThread other;
    other.start();
    const auto stop = qScopeGuard([&] {
        QMetaObject::invokeMethod(
                &stuck.runtime, [&] { stuck.runtime.moveToThread(qApp->thread()); },
                Qt::BlockingQueuedConnection);
        other.quit();
        other.wait();
    });
    LookCounter looks;
    stuck.runtime.setStallWarningTime(20ms);
    QTRY_VERIFY(looks.count > 0);
    const Messages messages;

    stuck.runtime.moveToThread(&other);
    stuck.begin();

    QTRY_COMPARE(messages.taken().size(), 1);
}

void tst_Stalls::areNotWarnedOfWhenNobodyWantsIt()
{
    Stuck stuck;
    stuck.runtime.setStallWarningTime(0ms);

    stuck.begin();

    QTRY_VERIFY(stuck.runtime.snapshotSource()->stall()); // no warning, which would fail
}

void tst_Stalls::refuseATimeBelowZero()
{
    MetricsRuntime runtime(u"app"_s);
    QTest::ignoreMessage(QtWarningMsg,
                         "MetricsRuntime \"app\": time is -1 ms, but must not be below 0");

    runtime.setStallWarningTime(-1ms);

    QCOMPARE(runtime.stallWarningTime(), 5000ms);
}

// An application with nothing to do sleeps.
void tst_Stalls::areLookedForWhileThereAreEvents()
{
    constexpr auto pace = 10ms; // of the looks: a quarter of the time
    MetricsRuntime runtime(u"app"_s);
    runtime.setStallWarningTime(4 * pace);
    runtime.start();
    const auto recorder = runtime.createRecorder(u"worker"_s);
    LookCounter looks;

    for (int round = 0; round < 2; ++round) {
        const int before = looks.count;
        QTRY_VERIFY(recorder->registerEvent(Tick{ 1 }) == RegisterResult::Accepted
                    && looks.count > before);
        QVERIFY2(looks.comesToRest(pace), "it looks again and again");
    }
}

QTEST_GUILESS_MAIN(tst_Stalls)
#include "tst_stalls.moc"

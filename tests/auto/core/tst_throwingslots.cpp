// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/messagelog.h"
#include "shared/producers.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

#include <stdexcept>

using namespace Recorders;
using namespace Testing;

using Throw = void (*)();

// Slots that throw into the signals of recorders and runtimes, which go on as if nothing were.
class tst_ThrowingSlots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // of a recorder
    void doNotStopARecorder_data();
    void doNotStopARecorder();
    void countExactlyUnderAFlood_data();
    void countExactlyUnderAFlood();
    void doNotKeepARecorderFromFailing();
    void doNotKeepARecorderByHandFromStopping();

    // of a runtime
    void doNotStopARuntime_data();
    void doNotStopARuntime();

private:
    std::unique_ptr<MessageLog> m_messages;
};

namespace {

[[noreturn]] void throwException()
{
    throw std::runtime_error("disk on fire");
}

[[noreturn]] void throwNumber()
{
    throw 42;
}

[[noreturn]] void throwBadAlloc()
{
    throw std::bad_alloc();
}

void addKinds()
{
    QTest::addColumn<Throw>("throwIt");

    QTest::newRow("std::exception") << Throw(throwException);
    QTest::newRow("int") << Throw(throwNumber);
    QTest::newRow("std::bad_alloc") << Throw(throwBadAlloc);
}

using States = Log<RecorderState>;

// Throws in the recorder's thread, whatever state is reached.
std::shared_ptr<States> throwAtEveryState(Recorder &recorder, Throw throwIt)
{
    const auto states = std::make_shared<States>();
    QObject::connect(
            &recorder, &Recorder::stateChanged, &recorder,
            [states, throwIt](RecorderState state) {
                states->append(state);
                throwIt();
            },
            Qt::DirectConnection);
    return states;
}

} // namespace

void tst_ThrowingSlots::init()
{
    m_messages = std::make_unique<MessageLog>();
}

void tst_ThrowingSlots::cleanup()
{
    for (const MessageLog::Message &message : m_messages->messages()) {
        QVERIFY2(message.category.startsWith(u"recorders.core.")
                         && message.text.contains(u"a slot connected to its signal threw"),
                 qPrintable(message.text));
    }
    m_messages.reset();
}

void tst_ThrowingSlots::doNotStopARecorder_data()
{
    addKinds();
}

void tst_ThrowingSlots::doNotStopARecorder()
{
    QFETCH(const Throw, throwIt);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>());
    const auto states = throwAtEveryState(*recorder, throwIt);

    recorder->registerEvent(Tick{ 1 });
    const Error stopped = recorder->stop().result();
    const Error started = recorder->start().result();
    recorder->registerEvent(Tick{ 2 });
    const bool isFlushed = recorder->flush();
    const bool isShutDown = runtime.shutdown();

    QCOMPARE(stopped, Error());
    QCOMPARE(started, Error());
    QVERIFY(isFlushed);
    QVERIFY(isShutDown);
    QCOMPARE(states->entries(),
             QList<RecorderState>({ RecorderState::Stopping, RecorderState::Stopped,
                                    RecorderState::Starting, RecorderState::Running,
                                    RecorderState::Stopping, RecorderState::Stopped }));
    QCOMPARE(m_messages->messages().size(), states->size());
    QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"sum"), 3);
    QCOMPARE(recorder->statistics().handled, quint64(2));
    QCOMPARE(recorder->lastError(), Error());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_ThrowingSlots::countExactlyUnderAFlood_data()
{
    addKinds();
}

void tst_ThrowingSlots::countExactlyUnderAFlood()
{
    QFETCH(const Throw, throwIt);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(64, OverflowPolicy::Block));
    Producers producers(recorder);
    throwAtEveryState(*recorder, throwIt);

    producers.start(2);
    for (int i = 1; i <= 20; ++i) {
        producers.waitUntilAccepted(quint64(i) * 10);
        QCOMPARE(recorder->stop().result(), Error());
        QCOMPARE(recorder->start().result(), Error());
    }
    producers.join();
    QVERIFY(runtime.shutdown());

    VERIFY_AGREEMENT(producers);
}

void tst_ThrowingSlots::doNotKeepARecorderFromFailing()
{
    m_messages.reset();
    RecorderOptions options;
    options.metricFailurePolicy = MetricFailurePolicy::FailRecorder;
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), options);
    const auto states = throwAtEveryState(*recorder, throwException);
    connect(recorder.get(), &Recorder::failed, recorder.get(), throwException,
            Qt::DirectConnection);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("thrower"), [](const MetricEvent &) { throwException(); }));
    m_messages = std::make_unique<MessageLog>();

    recorder->registerEvent(Tick{});
    QTRY_COMPARE(states->size(), 2);
    QTRY_COMPARE(m_messages->messages().size(), 4); // of the metric, of two states, and of failed()
    const QList<MessageLog::Message> messages = m_messages->messages();
    m_messages = std::make_unique<MessageLog>();

    QCOMPARE(recorder->state(), RecorderState::Failed);
    QCOMPARE(recorder->lastError().code(), ErrorCode::MetricFailed);
    QVERIFY(messages.constFirst().text.contains(u"disk on fire"));
    QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_ThrowingSlots::doNotKeepARecorderByHandFromStopping()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));
    throwAtEveryState(recorder, throwException);

    recorder.registerEvent(Tick{ 1 });
    QVERIFY(recorder.flush());
    recorder.registerEvent(Tick{ 2 });
    const Error stopped = recorder.stop().result();

    QCOMPARE(stopped, Error());
    QCOMPARE(log->entries(), QList<int>({ 1, 2 }));
    QCOMPARE(m_messages->messages().size(), 4); // Starting, Running, Stopping, Stopped
    VERIFY_ALL_HANDLED(recorder);
}

void tst_ThrowingSlots::doNotStopARuntime_data()
{
    addKinds();
}

void tst_ThrowingSlots::doNotStopARuntime()
{
    QFETCH(const Throw, throwIt);
    MetricsRuntime runtime(QStringLiteral("test"));
    connect(&runtime, &MetricsRuntime::stateChanged, &runtime, throwIt);
    connect(&runtime, &MetricsRuntime::recorderAdded, &runtime, throwIt);
    connect(&runtime, &MetricsRuntime::recorderRemoved, &runtime, throwIt);
    connect(runtime.snapshotSource(), &SnapshotSource::stateChanged, &runtime, throwIt);

    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    QVERIFY(recorder);
    recorder->registerEvent(Tick{});
    QVERIFY(runtime.removeRecorder(QStringLiteral("clock")));
    QVERIFY(runtime.createRecorder(QStringLiteral("clock")));
    QVERIFY(runtime.shutdown());

    QCOMPARE(runtime.state(), RuntimeState::Stopped);
    // Four states of the runtime, each told by its source as well; two recorders came, one went.
    QCOMPARE(m_messages->messages().size(), 4 * 2 + 2 + 1);
    QCOMPARE(recorder->statistics().handled, quint64(1));
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_ThrowingSlots)
#include "tst_throwingslots.moc"

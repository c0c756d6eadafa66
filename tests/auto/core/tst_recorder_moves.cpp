// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"
#include "shared/threadsleep.h"
#include "shared/workerthread.h"

#include <recorders/core/recorder.h>

#include <QTest>

#include <memory>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// A recorder made by hand moves to another thread between two runs, while the old thread still has
// to answer a call. That must leave alone what the new thread uses by then.
class tst_Recorder_Moves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersCallsThatTheOldThreadHasNotAnswered_data();
    void answersCallsThatTheOldThreadHasNotAnswered();

private:
    static constexpr int eventCount = 5000;

    using Call = void (*)(Recorder &);

    // Makes the call while the first thread is held, moves the recorder to the second one, where it
    // handles events, and then has the first thread go on.
    void moveDuring(Call call);

    WorkerThread m_first;
    WorkerThread m_second;
    std::unique_ptr<Recorder> m_recorder;
};

void tst_Recorder_Moves::moveDuring(Call call)
{
    m_first.run([this] { m_recorder = std::make_unique<Recorder>(QStringLiteral("clock")); });
    m_recorder->registerMetric(std::make_unique<TickMetric>());
    QVERIFY(!m_recorder->start().result());
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    Latch hasMoved;
    m_first.post([&, gate] {
        gate->pass();
        m_recorder->stop();
        m_recorder->moveToThread(m_second.thread());
        m_recorder->start().waitForFinished();
        for (int i = 0; i < eventCount; ++i)
            m_recorder->registerEvent(Tick{ i });
        hasMoved.set();
    });
    QVERIFY(gate->waitUntilEntered());
    ThreadSleep sleep;
    Latch isDone;
    std::thread caller([&] {
        sleep.follow();
        call(*m_recorder);
        isDone.set();
    });

    sleep.comesBefore(isDone); // the call is posted
    gate->open();
    caller.join();
    QVERIFY(hasMoved.wait());
    m_first.run([] {}); // it has answered
}

void tst_Recorder_Moves::answersCallsThatTheOldThreadHasNotAnswered_data()
{
    QTest::addColumn<Call>("call");

    QTest::newRow("metricSnapshots()") << Call([](Recorder &r) { r.metricSnapshots(); });
    QTest::newRow("latestSnapshots()") << Call([](Recorder &r) { r.latestSnapshots(); });
    QTest::newRow("flush()") << Call([](Recorder &r) { r.flush(); });
    QTest::newRow("removeMetric()")
            << Call([](Recorder &r) { r.removeMetric(QStringLiteral("ticks")); });
    QTest::newRow("resetMetrics()") << Call([](Recorder &r) { r.resetMetrics(); });
}

void tst_Recorder_Moves::answersCallsThatTheOldThreadHasNotAnswered()
{
    QFETCH(const Call, call);

    moveDuring(call);

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_recorder->state(), RecorderState::Running);
    QCOMPARE(m_recorder->statistics().handled, quint64(eventCount));
    VERIFY_ALL_HANDLED(*m_recorder);
    m_second.run([this] { m_recorder.reset(); });
}

QTEST_GUILESS_MAIN(tst_Recorder_Moves)

#include "tst_recorder_moves.moc"

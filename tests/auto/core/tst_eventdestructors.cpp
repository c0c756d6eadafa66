// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "lastevent.h"
#include "shared/conservation.h"
#include "shared/handledcounter.h"
#include "shared/producers.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Events, and metrics, whose destructors do something.
class tst_EventDestructors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // where and when
    void runOnceInTheThreadThatHasTheEvent_data();
    void runOnceInTheThreadThatHasTheEvent();
    void keepTheEventPending();
    void leaveTimeForOtherRecorders();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

// Where the destructors of two events ran: of one that was accepted, and of one that was not.
struct Witness
{
    std::atomic<int> calls = 0;
    std::atomic<QThread *> accepted = nullptr;
    std::atomic<QThread *> refused = nullptr;
};
using Refuse = void (*)(Recorder &, Witness &);

template <typename Event>
void registerTwo(Recorder &recorder, Witness &witness)
{
    const auto note = [&witness](std::atomic<QThread *> &thread) {
        return [&witness, &thread] {
            thread = QThread::currentThread();
            ++witness.calls;
        };
    };
    recorder.registerEvent(Event(note(witness.accepted)));
    recorder.registerEvent(Event(note(witness.refused)));
}

} // namespace

void tst_EventDestructors::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_EventDestructors::cleanup()
{
    m_runtime.reset();
}

void tst_EventDestructors::runOnceInTheThreadThatHasTheEvent_data()
{
    QTest::addColumn<Refuse>("registerTwo");

    QTest::newRow("in place") << &registerTwo<Last>;
    QTest::newRow("boxed") << &registerTwo<LargeLast>;
}

void tst_EventDestructors::runOnceInTheThreadThatHasTheEvent()
{
    QFETCH(const Refuse, registerTwo);
    Witness witness;
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder =
            m_runtime->createRecorder(QStringLiteral("clock"), optionsFor(2, OverflowPolicy::Drop));
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());

    registerTwo(*recorder, witness); // the second finds no room
    const int callsWhileHeld = witness.calls;
    gate->open();
    QVERIFY(recorder->flush());

    QCOMPARE(callsWhileHeld, 1);
    QCOMPARE(witness.calls.load(), 2);
    QCOMPARE(witness.refused.load(), QThread::currentThread());
    QCOMPARE(witness.accepted.load(), recorder->thread());
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_EventDestructors::keepTheEventPending()
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder =
            m_runtime->createRecorder(QStringLiteral("clock"), optionsFor(1, OverflowPolicy::Drop));

    recorder->registerEvent(Last([gate] { gate->pass(); }));
    QVERIFY(gate->waitUntilEntered());
    const quint64 pending = recorder->statistics().pending;
    const RegisterResult next = recorder->registerEvent(Tick{});
    const bool isFlushed = recorder->flush(QDeadlineTimer(1ms));
    gate->open();

    QCOMPARE(pending, quint64(1));
    QCOMPARE(next, RegisterResult::Dropped);
    QVERIFY(!isFlushed);
    QVERIFY(recorder->flush());
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

namespace {

// Events whose destructors take longer than the thread works before it looks at its event loop, and
// register the next one: there is always one left.
struct EndlessDestructors
{
    void registerOne(Recorder &recorder)
    {
        recorder.registerEvent(Last([this, &recorder] {
            begun.set();
            spinFor(3ms);
            if (!isOver)
                registerOne(recorder);
        }));
    }

    Latch begun;
    std::atomic<bool> isOver = false;
};

} // namespace

void tst_EventDestructors::leaveTimeForOtherRecorders()
{
    EndlessDestructors destructors;
    const auto slow = m_runtime->createRecorder(QStringLiteral("slow"));
    const auto quiet = m_runtime->createRecorder(QStringLiteral("quiet"));
    destructors.registerOne(*slow);
    const bool hasBegun = destructors.begun.wait();

    quiet->registerEvent(Tick{});
    const bool isFlushed = quiet->flush(QDeadlineTimer(20s));
    const quint64 pending = slow->statistics().pending;
    destructors.isOver = true;
    const bool isShutDown = m_runtime->shutdown();

    QVERIFY(hasBegun);
    QVERIFY2(isFlushed, "it waits until the slow one has nothing left");
    QVERIFY(pending > 0);
    QVERIFY(isShutDown);
    VERIFY_ALL_HANDLED(*slow);
    VERIFY_ALL_HANDLED(*quiet);
}

QTEST_GUILESS_MAIN(tst_EventDestructors)
#include "tst_eventdestructors.moc"

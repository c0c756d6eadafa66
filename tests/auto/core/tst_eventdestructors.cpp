// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/handledcounter.h"
#include "shared/producers.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <array>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

using Action = void (*)(Recorder &);

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

    // every call from them: no deadlock, no loss, no repetition
    void mayCallTheRecorder_data();
    void mayCallTheRecorder();
    void mayCallARecorderByHand_data();
    void mayCallARecorderByHand();
    void mayCallTheRecorderWhenItIsFull_data();
    void mayCallTheRecorderWhenItIsFull();
    void mayDestroyTheRecorder();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

// Calls back when it goes: the one that holds the payload in the end, not those moved from.
struct Last
{
    Last() = default;
    explicit Last(std::function<void()> callBack)
        : atEnd(nullptr, [callBack = std::move(callBack)](void *) { callBack(); })
    {
    }

    std::shared_ptr<void> atEnd;
};

struct LargeLast : Last
{
    using Last::Last;

    std::array<char, 100> more{};
};

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

// Destroys something in the recorder's thread, between events that the recorder is to handle; what
// is destroyed calls back.
using Destroy = void (*)(Recorder &, const std::function<void()> &callBack);

static void destroyAnEvent(Recorder &recorder, const std::function<void()> &callBack)
{
    recorder.registerEvent(Last(callBack));
}

static void destroyALargeEvent(Recorder &recorder, const std::function<void()> &callBack)
{
    recorder.registerEvent(LargeLast(callBack));
}

static void destroyAMetric(Recorder &recorder, const std::function<void()> &callBack)
{
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("leaving"),
            [&recorder, last = Last(callBack)](const MetricEvent &event) {
                if (event.is<Tock>())
                    recorder.removeMetric(QStringLiteral("leaving"));
            }));
    recorder.registerEvent(Tock{});
}

static void addActions()
{
    QTest::addColumn<Destroy>("destroy");
    QTest::addColumn<Action>("action");

    const std::pair<const char *, Destroy> places[] = {
        { "an event", &destroyAnEvent },
        { "a large event", &destroyALargeEvent },
        { "a metric that removed itself", &destroyAMetric },
    };
    const std::pair<const char *, Action> actions[] = {
        { "registerEvent",
          [](Recorder &r) {
              r.registerEvent(Tock{});
          } },
        { "registerMetric",
          [](Recorder &r) {
              r.registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")));
          } },
        { "removeMetric",
          [](Recorder &r) {
              r.removeMetric(QStringLiteral("other"));
          } },
        { "resetMetrics",
          [](Recorder &r) {
              r.resetMetrics();
          } },
        { "metricSnapshots",
          [](Recorder &r) {
              r.metricSnapshots();
          } },
        { "latestSnapshots",
          [](Recorder &r) {
              r.latestSnapshots();
          } },
        { "metricNames",
          [](Recorder &r) {
              r.metricNames();
          } },
        { "statistics",
          [](Recorder &r) {
              r.statistics();
          } },
        { "flush",
          [](Recorder &r) {
              r.flush(QDeadlineTimer(1s));
          } },
        { "start",
          [](Recorder &r) {
              r.start();
          } },
        { "stop",
          [](Recorder &r) {
              r.stop();
          } },
        { "processEvents",
          [](Recorder &) {
              QCoreApplication::processEvents();
          } },
        { "nested event loop",
          [](Recorder &) {
              QEventLoop loop;
              QTimer::singleShot(1ms, &loop, &QEventLoop::quit);
              loop.exec();
          } },
    };
    for (const auto &[placeName, destroy] : places) {
        for (const auto &[actionName, action] : actions)
            QTest::addRow("%s: %s", placeName, actionName) << destroy << action;
    }
}

void tst_EventDestructors::mayCallTheRecorder_data()
{
    addActions();
}

void tst_EventDestructors::mayCallTheRecorder()
{
    QFETCH(const Destroy, destroy);
    QFETCH(const Action, action);
    const auto log = std::make_shared<TickLog>();
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    std::atomic<int> calls = 0;
    recorder->registerMetric(heldMetric(gate)); // until all events are there
    recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("other")));
    recorder->registerMetric(tickMetric(log));

    for (const int value : { 0, 1 })
        recorder->registerEvent(Tick{ value });
    destroy(*recorder, [&] {
        ++calls;
        action(*recorder);
    });
    for (const int value : { 2, 3 })
        recorder->registerEvent(Tick{ value });
    gate->open();
    QVERIFY(m_runtime->shutdown());

    QCOMPARE(calls.load(), 1);
    QCOMPARE(log->entries(), QList<int>({ 0, 1, 2, 3 }));
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_EventDestructors::mayCallARecorderByHand_data()
{
    addActions();
}

// It handles its events within flush(), not in a turn of its event loop.
void tst_EventDestructors::mayCallARecorderByHand()
{
    QFETCH(const Destroy, destroy);
    QFETCH(const Action, action);
    const auto log = std::make_shared<TickLog>();
    int calls = 0;
    {
        Recorder recorder(QStringLiteral("clock"));
        recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("other")));
        recorder.registerMetric(tickMetric(log));

        for (const int value : { 0, 1 })
            recorder.registerEvent(Tick{ value });
        destroy(recorder, [&] {
            ++calls;
            action(recorder);
        });
        for (const int value : { 2, 3 })
            recorder.registerEvent(Tick{ value });
        recorder.flush();

        QTRY_COMPARE(log->entries(), QList<int>({ 0, 1, 2, 3 }));
        recorder.stop();
        QTRY_COMPARE(recorder.statistics().pending, quint64(0));
        VERIFY_ALL_HANDLED(recorder);
    }

    QCOMPARE(calls, 1);
    QCOMPARE(log->size(), 4);
}

void tst_EventDestructors::mayCallTheRecorderWhenItIsFull_data()
{
    QTest::addColumn<OverflowPolicy>("policy");
    QTest::addColumn<RegisterResult>("expected");

    QTest::newRow("drop") << OverflowPolicy::Drop << RegisterResult::Dropped;
    QTest::newRow("reject") << OverflowPolicy::Reject << RegisterResult::Rejected;
    QTest::newRow("block") << OverflowPolicy::Block << RegisterResult::Dropped;
}

void tst_EventDestructors::mayCallTheRecorderWhenItIsFull()
{
    QFETCH(const OverflowPolicy, policy);
    QFETCH(const RegisterResult, expected);
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"), optionsFor(1, policy));
    const auto results = std::make_shared<Log<RegisterResult>>();

    recorder->registerEvent(
            Last([raw = recorder.get(), results] { results->append(raw->registerEvent(Tick{})); }));

    QVERIFY(recorder->flush()); // in no time, also where it might have to wait for itself
    QCOMPARE(results->entries(), QList<RegisterResult>{ expected });
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

// An event that holds the last handle of the recorder that handles it.
void tst_EventDestructors::mayDestroyTheRecorder()
{
    const auto log = std::make_shared<TickLog>();
    auto recorder = std::make_shared<Recorder>(QStringLiteral("clock"));
    const std::weak_ptr<Recorder> watched = recorder;
    recorder->registerMetric(tickMetric(log));

    recorder->registerEvent(Tick{ 0 });
    recorder->registerEvent(std::exchange(recorder, nullptr));
    watched.lock()->registerEvent(Tick{ 1 });

    QTRY_COMPARE(log->entries(), QList<int>({ 0, 1 }));
    QVERIFY(watched.expired());
}

QTEST_GUILESS_MAIN(tst_EventDestructors)
#include "tst_eventdestructors.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "lastevent.h"
#include "shared/callsfromwithin.h"
#include "shared/conservation.h"
#include "shared/producers.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

using Action = CallFromWithin;

class tst_EventDestructors_Calls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

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

void tst_EventDestructors_Calls::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_EventDestructors_Calls::cleanup()
{
    m_runtime.reset();
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
    for (const auto &[placeName, destroy] : places) {
        for (const auto &[actionName, action] : callsFromWithin)
            QTest::addRow("%s: %s", placeName, actionName) << destroy << action;
    }
}

void tst_EventDestructors_Calls::mayCallTheRecorder_data()
{
    addActions();
}

void tst_EventDestructors_Calls::mayCallTheRecorder()
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

void tst_EventDestructors_Calls::mayCallARecorderByHand_data()
{
    addActions();
}

// It handles its events within flush(), not in a turn of its event loop.
void tst_EventDestructors_Calls::mayCallARecorderByHand()
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

void tst_EventDestructors_Calls::mayCallTheRecorderWhenItIsFull_data()
{
    QTest::addColumn<OverflowPolicy>("policy");
    QTest::addColumn<RegisterResult>("expected");

    QTest::newRow("drop") << OverflowPolicy::Drop << RegisterResult::Dropped;
    QTest::newRow("reject") << OverflowPolicy::Reject << RegisterResult::Rejected;
    QTest::newRow("block") << OverflowPolicy::Block << RegisterResult::Dropped;
}

void tst_EventDestructors_Calls::mayCallTheRecorderWhenItIsFull()
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
void tst_EventDestructors_Calls::mayDestroyTheRecorder()
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

QTEST_GUILESS_MAIN(tst_EventDestructors_Calls)
#include "tst_eventdestructors_calls.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "lastevent.h"
#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>
#include <QThread>

#include <optional>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Events that a stop leaves over because its time is up, and that nobody handles any more.
class tst_LeftOverEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void areDestroyedWithTheirRecorder_data();
    void areDestroyedWithTheirRecorder();
    void areDestroyedByWhoDropsTheLastHandle();
    void areNotBroughtToARecorderInTheSamePlace();
};

void tst_LeftOverEvents::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

// What its event destructors find out, which register an event with another recorder.
struct Witness
{
    explicit Witness(std::shared_ptr<Recorder> recorder)
        : other(std::move(recorder))
    {
    }

    void note()
    {
        threads.append(QThread::currentThread());
        results.append(other->registerEvent(Tick{ 1 }));
        recorders.append(own.expired() ? 0 : 1);
    }

    const std::shared_ptr<Recorder> other;
    std::weak_ptr<Recorder> own;
    Log<QThread *> threads;
    Log<RegisterResult> results;
    Log<int> recorders; // that are there
};

RecorderOptions withoutTime()
{
    RecorderOptions options;
    options.stopTimeout = 0ms;
    return options;
}

// A recorder that has stopped and leaves two events over.
using Leave = std::shared_ptr<Recorder> (*)(const std::shared_ptr<Witness> &);

void registerTwo(Recorder &recorder, const std::shared_ptr<Witness> &witness)
{
    recorder.registerEvent(Last([witness] { witness->note(); }));
    recorder.registerEvent(LargeLast([witness] { witness->note(); }));
}

std::shared_ptr<Recorder> leaveByHand(const std::shared_ptr<Witness> &witness)
{
    auto recorder = std::make_shared<Recorder>(QStringLiteral("clock"), withoutTime());
    registerTwo(*recorder, witness);
    recorder->stop();
    return recorder;
}

// Its thread is held by another recorder until the stop is asked for.
std::shared_ptr<Recorder> leaveIn(MetricsRuntime &runtime, const std::shared_ptr<Witness> &witness)
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    runtime.start();
    const auto held = runtime.createRecorder(QStringLiteral("held"));
    held->registerMetric(heldMetric(gate));
    held->registerEvent(Tick{});
    auto recorder = runtime.createRecorder(QStringLiteral("clock"), withoutTime());
    if (!gate->waitUntilEntered())
        return recorder;
    registerTwo(*recorder, witness);
    recorder->stop();
    return recorder;
}

std::shared_ptr<Recorder> leaveAfterShutdown(const std::shared_ptr<Witness> &witness)
{
    MetricsRuntime runtime(QStringLiteral("leaving"));
    return leaveIn(runtime, witness);
}

std::shared_ptr<Recorder> leaveAfterRemoval(const std::shared_ptr<Witness> &witness)
{
    MetricsRuntime runtime(QStringLiteral("leaving"));
    auto recorder = leaveIn(runtime, witness);
    runtime.removeRecorder(QStringLiteral("clock"));
    return recorder;
}

} // namespace

void tst_LeftOverEvents::areDestroyedWithTheirRecorder_data()
{
    QTest::addColumn<Leave>("leave");

    QTest::newRow("by hand") << &leaveByHand;
    QTest::newRow("of a runtime that was shut down") << &leaveAfterShutdown;
    QTest::newRow("removed from its runtime") << &leaveAfterRemoval;
}

void tst_LeftOverEvents::areDestroyedWithTheirRecorder()
{
    QFETCH(const Leave, leave);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto other = runtime.createRecorder(QStringLiteral("other"));
    const auto witness = std::make_shared<Witness>(other);
    auto recorder = leave(witness);
    witness->own = recorder;
    const RecorderStatistics stopped = recorder->statistics();
    const qsizetype destroyedBefore = witness->threads.size();

    recorder.reset();
    QTRY_COMPARE(witness->threads.size(), 2); // a recorder by hand is listed by its thread still

    QCOMPARE(stopped.pending, quint64(2));
    QVERIFY2(isConserved(stopped), describe(stopped).constData());
    QCOMPARE(destroyedBefore, 0);
    QCOMPARE(witness->threads.entries(), QList<QThread *>(2, QThread::currentThread()));
    QCOMPARE(witness->results.entries(), QList<RegisterResult>(2, RegisterResult::Accepted));
    QCOMPARE(witness->recorders.entries(), QList<int>(2, 0));
    QVERIFY(runtime.shutdown());
    QCOMPARE(other->statistics().handled, quint64(2));
    VERIFY_ALL_HANDLED(*other);
}

void tst_LeftOverEvents::areDestroyedByWhoDropsTheLastHandle()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto other = runtime.createRecorder(QStringLiteral("other"));
    const auto witness = std::make_shared<Witness>(other);
    auto recorder = leaveAfterShutdown(witness);
    witness->own = recorder;
    QThread *dropper = nullptr;

    std::thread([&dropper, recorder = std::move(recorder)]() mutable {
        dropper = QThread::currentThread();
        recorder.reset();
    }).join();

    QCOMPARE(witness->threads.entries(), QList<QThread *>(2, dropper));
    QCOMPARE(witness->recorders.entries(), QList<int>(2, 0));
    QVERIFY(runtime.shutdown());
    QCOMPARE(other->statistics().handled, quint64(2));
    VERIFY_ALL_HANDLED(*other);
}

// Each recorder wakes its thread for an event, and is gone before the thread handles it.
void tst_LeftOverEvents::areNotBroughtToARecorderInTheSamePlace()
{
    const auto log = std::make_shared<TickLog>();
    std::optional<Recorder> recorder;
    for (int i = 0; i < 100; ++i) {
        recorder.emplace(QStringLiteral("clock"), withoutTime());
        recorder->registerMetric(tickMetric(log));
        QCOMPARE(recorder->registerEvent(Tick{ i }), RegisterResult::Accepted);
    }

    recorder.emplace(QStringLiteral("clock"));
    recorder->registerMetric(tickMetric(log));
    recorder->registerEvent(Tick{ -1 });
    QTRY_COMPARE(recorder->statistics().handled, quint64(1));
    recorder->stop();

    QCOMPARE(log->entries(), QList<int>{ -1 });
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_LeftOverEvents)
#include "tst_leftoverevents.moc"

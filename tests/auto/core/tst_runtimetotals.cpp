// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/gate.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>

#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>

using namespace Recorders;
using namespace Testing;

// What the recorders of a runtime count, added up.
class tst_RuntimeTotals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void addUpWhatRecordersCount();
    void keepWhatRemovedRecordersCounted();
    void neverFallWhileRecordersComeAndGo();
    void countRecordersThatFailed();
    void areEqualByValue();

    void areToldWhileSomebodyListens();
    void areNotToldWithoutAChange();
    void areThoseOfTheLastSignalWhileSomebodyListens();
    void areTheLatestWhenNobodyListens();
    void mayEndTheRuntimeWhenTheyAreTold();
    void areWatchedFromAnotherThread();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");

std::unique_ptr<MetricsRuntime> running()
{
    auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("app"));
    runtime->start();
    return runtime;
}

} // namespace

void tst_RuntimeTotals::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_RuntimeTotals::addUpWhatRecordersCount()
{
    const auto runtime = running();
    QVERIFY(runtime->totals() == RuntimeTotals());
    const auto gate = std::make_shared<Gate>();
    const auto opened = qScopeGuard([gate] { gate->open(); });
    RecorderOptions options;
    options.queueMaxSize = 1;
    const auto first = runtime->createRecorder(a, options);
    first->registerMetric(heldMetric(gate));
    const auto second = runtime->createRecorder(b);

    for (int i = 0; i < 3; ++i)
        first->registerEvent(Tick{ 1 });
    second->registerEvent(Tick{ 1 });

    const RuntimeTotals totals = runtime->totals();
    QCOMPARE(totals.recorders, 2U);
    QCOMPARE(totals.failed, 0U);
    QCOMPARE(totals.registered, 4U);
    QCOMPARE(totals.accepted + totals.dropped, 4U);
    QVERIFY(totals.dropped >= 1);
    QCOMPARE(totals.accepted, totals.handled + totals.pending);
    QVERIFY(totals.pending >= 1);
}

void tst_RuntimeTotals::keepWhatRemovedRecordersCounted()
{
    const auto runtime = running();
    runtime->createRecorder(a)->registerEvent(Tick{ 1 });
    runtime->createRecorder(b)->registerEvent(Tick{ 1 });
    QCOMPARE(runtime->totals().registered, 2U);

    runtime->removeRecorder(a);

    QCOMPARE(runtime->totals().recorders, 1U);
    QCOMPARE(runtime->totals().registered, 2U);
    QCOMPARE(runtime->statistics().handled, 2U);
    QCOMPARE(runtime->statistics(), static_cast<RecorderStatistics>(runtime->totals()));
}

// A thousand short-lived recorders that lose most of their events, seen from another thread.
void tst_RuntimeTotals::neverFallWhileRecordersComeAndGo()
{
    const auto runtime = running();
    std::atomic<bool> isOver = false;
    std::atomic<bool> hasFallen = false;
    std::thread watcher([&] {
        RecorderStatistics before;
        while (!isOver) {
            const RecorderStatistics now = runtime->statistics();
            const bool isConserved =
                    now.registered == now.accepted + now.dropped + now.rejected + now.notRunning;
            if (!isConserved || now.dropped < before.dropped || now.handled < before.handled
                || now.registered < before.registered || now.notRunning < before.notRunning)
                hasFallen = true;
            before = now;
        }
    });
    RecorderOptions options;
    options.queueMaxSize = 1;
    quint64 registered = 0;
    quint64 dropped = 0;

    for (int i = 0; i < 1000; ++i) {
        const auto recorder = runtime->createRecorder(a, options);
        for (int event = 0; event < 100; ++event)
            dropped += recorder->registerEvent(Tick{ 1 }) == RegisterResult::Dropped;
        runtime->removeRecorder(a);
        recorder->registerEvent(Tick{ 1 }); // is not the runtime's any more
        registered += 100;
    }
    isOver = true;
    watcher.join();

    QVERIFY(!hasFallen);
    QCOMPARE(runtime->statistics().registered, registered);
    QCOMPARE(runtime->statistics().dropped, dropped);
    QCOMPARE(runtime->statistics().pending, 0U);
    QVERIFY(dropped > 0);
}

void tst_RuntimeTotals::countRecordersThatFailed()
{
    const auto runtime = running();
    RecorderOptions options;
    options.metricFailurePolicy = MetricFailurePolicy::FailRecorder;
    options.metricFailureLimit = 1;
    const auto recorder = runtime->createRecorder(a, options);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("thrower"), [](const auto &) { throw std::runtime_error("no disk"); }));
    runtime->createRecorder(b);

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no disk")));
    recorder->registerEvent(Tick{ 1 });

    QTRY_COMPARE(runtime->totals().failed, 1U);
    QCOMPARE(runtime->totals().metricErrors, 1U);
}

void tst_RuntimeTotals::areEqualByValue()
{
    RuntimeTotals totals;
    QVERIFY(totals == RuntimeTotals());
    totals.pending = 1;
    QVERIFY(totals != RuntimeTotals());
    totals = {};
    totals.failed = 1;
    QVERIFY(totals != RuntimeTotals());
}

void tst_RuntimeTotals::areToldWhileSomebodyListens()
{
    const auto runtime = running();
    const auto recorder = runtime->createRecorder(a);
    quint64 registered = 0;
    const auto connection = connect(runtime.get(), &MetricsRuntime::totalsChanged, this, [&] {
        QCOMPARE(QThread::currentThread(), runtime->thread());
        registered = runtime->property("totals").value<RuntimeTotals>().registered;
    });

    recorder->registerEvent(Tick{ 1 });
    QTRY_COMPARE(registered, 1U);
    recorder->registerEvent(Tick{ 1 });
    QTRY_COMPARE(registered, 2U);

    disconnect(connection);
    recorder->registerEvent(Tick{ 1 });
    QCOMPARE(runtime->property("totals").value<RuntimeTotals>().registered, 3U);
}

void tst_RuntimeTotals::areNotToldWithoutAChange()
{
    const auto runtime = running();
    const auto quiet = running();
    const auto recorder = runtime->createRecorder(a);
    const QSignalSpy changed(runtime.get(), &MetricsRuntime::totalsChanged);
    const QSignalSpy never(quiet.get(), &MetricsRuntime::totalsChanged);

    for (int i = 1; i <= 2; ++i) { // each takes both of them a look
        recorder->registerEvent(Tick{ 1 });
        QTRY_COMPARE(changed.count(), i);
    }

    QCOMPARE(never.count(), 0);
}

void tst_RuntimeTotals::areThoseOfTheLastSignalWhileSomebodyListens()
{
    const auto runtime = running();
    const auto recorder = runtime->createRecorder(a);
    const QSignalSpy changed(runtime.get(), &MetricsRuntime::totalsChanged);
    recorder->registerEvent(Tick{ 1 });
    QTRY_VERIFY(!changed.isEmpty());

    recorder->registerEvent(Tick{ 1 });

    QCOMPARE(runtime->property("totals").value<RuntimeTotals>().registered, 1U);
    QCOMPARE(runtime->totals().registered, 2U);
}

void tst_RuntimeTotals::areTheLatestWhenNobodyListens()
{
    const auto runtime = running();
    const auto recorder = runtime->createRecorder(a);

    recorder->registerEvent(Tick{ 1 });

    QCOMPARE(runtime->property("totals").value<RuntimeTotals>().registered, 1U);
}

void tst_RuntimeTotals::mayEndTheRuntimeWhenTheyAreTold()
{
    auto runtime = running();
    connect(runtime.get(), &MetricsRuntime::totalsChanged, this, [&] { runtime.reset(); });

    runtime->createRecorder(a);

    QTRY_VERIFY(!runtime);
}

void tst_RuntimeTotals::areWatchedFromAnotherThread()
{
    const auto runtime = running();
    std::atomic<int> told = 0;
    WorkerThread thread;
    QVERIFY(thread.run([&] {
        connect(
                runtime.get(), &MetricsRuntime::totalsChanged, runtime.get(), [&] { ++told; },
                Qt::DirectConnection);
    }));

    runtime->createRecorder(a);

    QTRY_COMPARE(told.load(), 1);
}

QTEST_GUILESS_MAIN(tst_RuntimeTotals)
#include "tst_runtimetotals.moc"

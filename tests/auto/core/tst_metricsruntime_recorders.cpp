// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "metricsruntimefixture.h"
#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace Recorders;
using namespace Testing;

// The recorders of a runtime: how they come, how they are known, and how they go.
class tst_MetricsRuntime_Recorders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // recorders
    void createsRunningRecorders();
    void createsRecordersOfOnesOwnType();
    void refusesAnIdInUse();
    void knowsItsRecorders();
    void createsEachRecorderOnceForManyThreads();
    void announcesItsRecorders();
    void removesRecorders();
    void givesARemovedIdToAnotherRecorder();
    void refusesToRemoveAnUnknownRecorder();
    void resetsNoMetricsOfOneThatHasStopped();

    // handles
    void isOutlivedByItsHandles();
    void letsAnyThreadDropTheLastHandle();
};

void tst_MetricsRuntime_Recorders::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricsRuntime_Recorders::createsRunningRecorders()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();

    const auto recorder = runtime.createRecorder(clockId);
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{ 42 });

    QCOMPARE(recorder->entityId(), clockId);
    QCOMPARE(recorder->state(), RecorderState::Running);
    QCOMPARE(valueOf(recorder->metricSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
}

namespace {

class SizedRecorder : public HookedRecorder
{
public:
    SizedRecorder(const QString &entityId, const RecorderOptions &options,
                  std::unique_ptr<int> ownSize, Hook onStarting)
        : HookedRecorder(entityId, options, std::move(onStarting))
        , size(*ownSize)
    {
    }

    const int size;
};

} // namespace

void tst_MetricsRuntime_Recorders::createsRecordersOfOnesOwnType()
{
    Latch isStarting;
    std::thread::id hookThread;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();

    const std::shared_ptr<SizedRecorder> recorder =
            runtime.createRecorder<SizedRecorder>(clockId, {}, std::make_unique<int>(42), [&] {
                hookThread = std::this_thread::get_id();
                isStarting.set();
            });

    QVERIFY(recorder);
    QCOMPARE(recorder->size, 42);
    QCOMPARE(recorder->entityId(), clockId);
    QVERIFY(isStarting.wait());
    QVERIFY(hookThread != std::this_thread::get_id());
    QTRY_COMPARE(recorder->state(), RecorderState::Running);
    QCOMPARE(runtime.recorder(clockId), recorder);
}

void tst_MetricsRuntime_Recorders::refusesAnIdInUse()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto first = runtime.createRecorder(clockId);
    Error error;

    const auto second = runtime.createRecorder(clockId, {}, &error);

    QVERIFY(!second);
    QVERIFY(!runtime.createRecorder<HookedRecorder>(clockId, {}));
    QCOMPARE(error.code(), ErrorCode::AlreadyExists);
    QVERIFY2(error.message().contains(clockId), qPrintable(error.message()));
    QCOMPARE(runtime.recorder(clockId), first);
    QCOMPARE(first->registerEvent(Tick{}), RegisterResult::Accepted);
}

void tst_MetricsRuntime_Recorders::knowsItsRecorders()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();

    const auto b = runtime.createRecorder(QStringLiteral("b"));
    const auto a = runtime.createRecorder(QStringLiteral("a"));

    QCOMPARE(runtime.recorderIds(), QStringList({ QStringLiteral("a"), QStringLiteral("b") }));
    QCOMPARE(runtime.recorder(QStringLiteral("a")), a);
    QCOMPARE(runtime.recorder(QStringLiteral("b")), b);
    QVERIFY(!runtime.recorder(QStringLiteral("c")));
}

void tst_MetricsRuntime_Recorders::createsEachRecorderOnceForManyThreads()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    std::atomic<int> created = 0;

    Callers().isTrueInAll([&] {
        for (int i = 0; i < 50; ++i)
            created += runtime.createRecorder(QString::number(i)) ? 1 : 0;
        return true;
    });

    QCOMPARE(created.load(), 50);
    QCOMPARE(runtime.recorderIds().size(), 50);
}

void tst_MetricsRuntime_Recorders::announcesItsRecorders()
{
    Log<QString> news;
    MetricsRuntime runtime(QStringLiteral("test"));
    connect(&runtime, &MetricsRuntime::recorderAdded, this,
            [&](const QString &id) { news.append(u'+' + id); });
    connect(&runtime, &MetricsRuntime::recorderRemoved, this,
            [&](const QString &id) { news.append(u'-' + id); });
    runtime.start();

    runtime.createRecorder(clockId);
    runtime.createRecorder(clockId);
    runtime.removeRecorder(clockId);
    runtime.removeRecorder(clockId);

    QTRY_COMPARE(news.entries(),
                 QList<QString>({ QStringLiteral("+clock"), QStringLiteral("-clock") }));
}

void tst_MetricsRuntime_Recorders::removesRecorders()
{
    const auto log = std::make_shared<TickLog>();
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder = runtime.createRecorder(clockId);
    recorder->registerMetric(tickMetric(log));
    for (int i = 0; i < 100; ++i)
        recorder->registerEvent(Tick{ i });

    const bool isRemoved = runtime.removeRecorder(clockId);

    QVERIFY(isRemoved);
    QVERIFY(!runtime.recorder(clockId));
    QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    QTRY_COMPARE(recorder->state(), RecorderState::Stopped);
    QCOMPARE(log->size(), 100);
    QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total"), 100);
    QCOMPARE(recorder->start().result().code(), ErrorCode::InvalidState);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_MetricsRuntime_Recorders::givesARemovedIdToAnotherRecorder()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto first = runtime.createRecorder(clockId);
    runtime.removeRecorder(clockId);

    const auto second = runtime.createRecorder(clockId);

    QVERIFY(second);
    QVERIFY(second != first);
    QCOMPARE(first->registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(second->registerEvent(Tick{}), RegisterResult::Accepted);
}

void tst_MetricsRuntime_Recorders::refusesToRemoveAnUnknownRecorder()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    Error error;

    QVERIFY(!runtime.removeRecorder(clockId, &error));

    QCOMPARE(error.code(), ErrorCode::NotFound);
    QVERIFY2(error.message().contains(clockId), qPrintable(error.message()));
}

namespace {

class ResetCounter : public TickMetric
{
public:
    explicit ResetCounter(std::shared_ptr<std::atomic<int>> count)
        : m_count(std::move(count))
    {
    }
    void reset() override { ++*m_count; }

private:
    const std::shared_ptr<std::atomic<int>> m_count;
};

} // namespace

// What it published when it stopped stays so.
void tst_MetricsRuntime_Recorders::resetsNoMetricsOfOneThatHasStopped()
{
    const auto resets = std::make_shared<std::atomic<int>>(0);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder = runtime.createRecorder(clockId);
    recorder->registerMetric(std::make_unique<ResetCounter>(resets));
    recorder->resetMetrics();
    QVERIFY(recorder->flush());
    QCOMPARE(*resets, 1);
    recorder->stop().waitForFinished();

    recorder->resetMetrics();
    runtime.createRecorder(QStringLiteral("other"))->metricSnapshots(); // after that

    QCOMPARE(*resets, 1);
}

void tst_MetricsRuntime_Recorders::isOutlivedByItsHandles()
{
    auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    runtime->start();
    const auto recorder = runtime->createRecorder(clockId);
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{ 42 });

    runtime.reset();

    QCOMPARE(recorder->state(), RecorderState::Stopped);
    QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
    Error error = formerError;
    QCOMPARE(valueOf(recorder->metricSnapshots(&error), QStringLiteral("ticks"), u"sum"), 42);
    QCOMPARE(error, Error());
    QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("late"))));
    QVERIFY(recorder->removeMetric(QStringLiteral("late")));
    QVERIFY(recorder->flush());
    QCOMPARE(recorder->start().result().code(), ErrorCode::InvalidState);
    QVERIFY(!recorder->stop().result());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_MetricsRuntime_Recorders::letsAnyThreadDropTheLastHandle()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    for (int i = 0; i < 20; ++i) {
        auto recorder = runtime.createRecorder(clockId);
        recorder->registerEvent(Tick{});
        runtime.removeRecorder(clockId);
        std::thread([recorder = std::move(recorder)]() mutable {
            recorder->registerEvent(Tick{});
            recorder.reset();
        }).join();
    }

    QVERIFY(runtime.shutdown());
}

QTEST_GUILESS_MAIN(tst_MetricsRuntime_Recorders)
#include "tst_metricsruntime_recorders.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;

// A run in which nothing goes wrong prints nothing, and what is printed has a category.
class tst_HealthyRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsNothingInARuntime();
    void printsNothingByHand();
    void printsNothingUnderOverload();
    void logsFailuresInACategory();
};

void tst_HealthyRun::printsNothingInARuntime()
{
    const MessageLog messages;
    {
        MetricsRuntime runtime(QStringLiteral("test"));
        runtime.start();
        const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
        recorder->registerMetric(std::make_unique<TickMetric>());
        std::thread([&] { recorder->registerEvent(Tick{}); }).join();
        recorder->metricSnapshots();
        recorder->stop().waitForFinished();
        recorder->start().waitForFinished();
        recorder->removeMetric(QStringLiteral("ticks"));
        runtime.snapshotSource()->changesSince(0).waitForFinished();
        runtime.createRecorder(QStringLiteral("other"));
        runtime.removeRecorder(QStringLiteral("clock"));
        runtime.shutdown();
    }

    QCOMPARE(messages.text(), QByteArray());
}

void tst_HealthyRun::printsNothingByHand()
{
    const MessageLog messages;
    {
        Hosted<Recorder> recorder(QStringLiteral("clock"));
        recorder->registerMetric(std::make_unique<TickMetric>());
        recorder->registerEvent(Tick{});
        recorder->flush();
        recorder->stop().waitForFinished();
        recorder->registerEvent(Tick{});
    }

    QCOMPARE(messages.text(), QByteArray());
}

// Overload is data, not an error: it is counted.
void tst_HealthyRun::printsNothingUnderOverload()
{
    const MessageLog messages;
    {
        RecorderOptions options;
        options.queueMaxSize = 1;
        Recorder recorder(QStringLiteral("clock"), options);
        for (int i = 0; i < 100; ++i)
            recorder.registerEvent(Tick{});
        recorder.flush();
    }

    QCOMPARE(messages.text(), QByteArray());
}

void tst_HealthyRun::logsFailuresInACategory()
{
    const MessageLog messages;
    {
        Recorder recorder(QStringLiteral("clock"));
        recorder.registerMetric(std::make_unique<ActingMetric>(
                QStringLiteral("thrower"), [](const MetricEvent &) { throw 42; }));
        recorder.registerEvent(Tick{});
        recorder.flush();
    }

    QVERIFY(!messages.messages().isEmpty());
    QCOMPARE(messages.text(QStringLiteral("recorders.")), QByteArray());
}

QTEST_GUILESS_MAIN(tst_HealthyRun)
#include "tst_healthyrun.moc"

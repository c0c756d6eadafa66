// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Until when a metric sees events that is removed later, as there was no time to wait for it.
class tst_MetricOrdering_Removal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // until when, if there is no time to wait for it
    void isFollowedByAnotherOfItsName();
    void isRemovedForGoodAfterAStop();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

void tst_MetricOrdering_Removal::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_MetricOrdering_Removal::cleanup()
{
    m_runtime.reset();
}

namespace {

// A recorder whose thread is held by an event of its, and which does not wait.
class ImpatientRecorder
{
public:
    explicit ImpatientRecorder(MetricsRuntime &runtime)
    {
        RecorderOptions options;
        options.snapshotTimeout = 10ms; // more than its thread works at a time
        options.stopTimeout = 0ms;
        recorder = runtime.createRecorder(QStringLiteral("clock"), options);
        recorder->registerMetric(heldMetric(gate));
        recorder->registerEvent(Tock{});
        isHeld = gate->waitUntilEntered();
    }

    bool removeTicksLater()
    {
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("\"ticks\" is removed later")));
        return recorder->removeMetric(QStringLiteral("ticks"));
    }

    // Of all metrics that are left. No deadline, unlike that of metricSnapshots().
    QStringList metricNames(MetricsRuntime &runtime) const
    {
        QStringList names;
        const SnapshotUpdate update = runtime.snapshotSource()->changesSince(0).result();
        for (const MetricSnapshot &snapshot : update.recorders.constFirst().metrics)
            names.append(snapshot.name());
        return names;
    }

    std::shared_ptr<Recorder> recorder;
    bool isHeld = false;

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();

private:
    const GateOpener m_opener{ gate };
};

} // namespace

void tst_MetricOrdering_Removal::isFollowedByAnotherOfItsName()
{
    const auto first = std::make_shared<TickLog>();
    const auto second = std::make_shared<TickLog>();
    ImpatientRecorder impatient(*m_runtime);
    Recorder &recorder = *impatient.recorder;
    QVERIFY(impatient.isHeld);

    recorder.registerMetric(tickMetric(first));
    recorder.registerEvent(Tick{ 1 });
    QVERIFY(impatient.removeTicksLater());
    QVERIFY(recorder.registerMetric(tickMetric(second)));
    recorder.registerEvent(Tick{ 2 });
    impatient.gate->open();
    QVERIFY(recorder.flush());

    QCOMPARE(first->entries(), QList<int>{ 1 });
    QCOMPARE(second->entries(), QList<int>{ 2 });
    const QStringList expected{ QStringLiteral("held"), QStringLiteral("ticks") };
    QCOMPARE(recorder.metricNames(), expected);
    QCOMPARE(impatient.metricNames(*m_runtime), expected);
}

void tst_MetricOrdering_Removal::isRemovedForGoodAfterAStop()
{
    const auto log = std::make_shared<TickLog>();
    ImpatientRecorder impatient(*m_runtime);
    Recorder &recorder = *impatient.recorder;
    QVERIFY(impatient.isHeld);

    recorder.registerMetric(tickMetric(log));
    recorder.registerEvent(Tick{ 1 });
    QVERIFY(impatient.removeTicksLater());
    QFuture<Error> stopped = recorder.stop();
    impatient.gate->open();
    QCOMPARE(stopped.result().code(), ErrorCode::Timeout); // the tick is left over
    QVERIFY(!recorder.start().result());
    recorder.registerEvent(Tick{ 2 });
    QVERIFY(recorder.flush());

    QCOMPARE(log->entries(), QList<int>{ 1 });
    QCOMPARE(recorder.metricNames(), QStringList{ QStringLiteral("held") });
    QCOMPARE(impatient.metricNames(*m_runtime), QStringList{ QStringLiteral("held") });
}

QTEST_GUILESS_MAIN(tst_MetricOrdering_Removal)
#include "tst_metricordering_removal.moc"

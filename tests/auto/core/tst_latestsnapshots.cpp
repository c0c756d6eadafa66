// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "latestsnapshotsfixture.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>

#include <QRegularExpression>
#include <QTest>

#include <atomic>

using namespace Recorders;
using namespace Testing;

// Recorder::latestSnapshots(), which does not wait and nevertheless shows what there is.
class tst_LatestSnapshots : public QObject, protected LatestSnapshotsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // the first look
    void areThereAtTheFirstLook();
    void areThereAtTheFirstLookByHand();
    void areThereAtTheFirstLookInItsOwnThread();
    void areThereAtTheFirstLookAfterARestart();
    void areNoneBeforeTheStart();

    // those who look again and again
    void showNewValues();
    void showMetricsThatWereAdded();
    void showAReset();
    void showWhatChangesWithTime();
    void showWhatWasFlushed();

    // what a look costs
    void areNotTakenWhenNobodyLooks();
    void areNotTakenAgainWithoutAChange();
    void areTakenOnceForManyLooks();

    // the end
    void areTheLastStateOnceStopped();
    void areTheLastStateAfterShutdown();
};

namespace {

// Says something else each time, without any event.
class AgingMetric : public TickMetric
{
public:
    AgingMetric()
        : TickMetric(QStringLiteral("aging"))
    {
    }

    MetricSnapshot snapshot() const override
    {
        return MetricSnapshot(name()).add(QStringLiteral("age"), ++m_age);
    }

protected:
    bool changesWithTime() const override { return true; }

private:
    mutable int m_age = 0;
};

} // namespace

void tst_LatestSnapshots::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_taken = std::make_shared<std::atomic<int>>(0);
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_LatestSnapshots::areThereAtTheFirstLook()
{
    const auto recorder = newRecorder();
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    TRY_COMPARE_TOTAL(recorder, 1);
}

void tst_LatestSnapshots::areThereAtTheFirstLookByHand()
{
    Hosted<Recorder> recorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    TRY_COMPARE_TOTAL(recorder, 1);
}

void tst_LatestSnapshots::areThereAtTheFirstLookInItsOwnThread()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.start();

    const QList<MetricSnapshot> first = recorder.latestSnapshots();
    recorder.registerEvent(Tick{});
    const QList<MetricSnapshot> pending = recorder.latestSnapshots();
    QVERIFY(recorder.flush());
    const QList<MetricSnapshot> handled = recorder.latestSnapshots();

    QCOMPARE(totalOf(first), 0);
    QCOMPARE(totalOf(pending), 0);
    QCOMPARE(totalOf(handled), 1);
}

void tst_LatestSnapshots::areThereAtTheFirstLookAfterARestart()
{
    const auto recorder = newRecorder();
    recorder->stop().waitForFinished();
    recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")));
    recorder->start().waitForFinished();

    QTRY_COMPARE(recorder->latestSnapshots().size(), 2);
}

void tst_LatestSnapshots::areNoneBeforeTheStart()
{
    Hosted<Recorder> recorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>());

    QCOMPARE(recorder->latestSnapshots(), QList<MetricSnapshot>());
    QCOMPARE(recorder->state(), RecorderState::Created);
}

void tst_LatestSnapshots::showNewValues()
{
    const auto recorder = newRecorder();
    recorder->latestSnapshots();

    for (int i = 1; i <= 3; ++i) {
        recorder->registerEvent(Tick{});
        TRY_COMPARE_TOTAL(recorder, i);
    }
}

void tst_LatestSnapshots::showMetricsThatWereAdded()
{
    const auto recorder = newRecorder();
    TRY_COMPARE_TOTAL(recorder, 0);

    recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")));

    QTRY_COMPARE(recorder->latestSnapshots().size(), 2);
}

void tst_LatestSnapshots::showAReset()
{
    const auto recorder = newRecorder();
    recorder->registerEvent(Tick{});
    TRY_COMPARE_TOTAL(recorder, 1);

    recorder->resetMetrics();

    TRY_COMPARE_TOTAL(recorder, 0);
}

void tst_LatestSnapshots::showWhatChangesWithTime()
{
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<AgingMetric>());

    QTRY_VERIFY(valueOf(recorder->latestSnapshots(), QStringLiteral("aging"), u"age") > 2);
}

void tst_LatestSnapshots::showWhatWasFlushed()
{
    const auto recorder = newRecorder();
    recorder->latestSnapshots();

    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    QCOMPARE(totalOf(recorder->latestSnapshots()), 1);
}

void tst_LatestSnapshots::areNotTakenWhenNobodyLooks()
{
    const auto recorder = newRecorder();
    for (int i = 0; i < 100; ++i)
        recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());
    recorder->resetMetrics();
    QVERIFY(recorder->flush());

    QCOMPARE(m_taken->load(), 0);
}

void tst_LatestSnapshots::areNotTakenAgainWithoutAChange()
{
    const auto recorder = newRecorder();
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());
    TRY_COMPARE_TOTAL(recorder, 1);
    const int taken = *m_taken;

    for (int i = 0; i < 1000; ++i)
        recorder->latestSnapshots();
    QVERIFY(recorder->flush()); // what was asked for before is done

    QCOMPARE(m_taken->load(), taken);
}

void tst_LatestSnapshots::areTakenOnceForManyLooks()
{
    const auto gate = std::make_shared<Gate>();
    const auto recorder = newRecorder();
    const GateOpener opener(gate);
    const auto held = m_runtime->createRecorder(QStringLiteral("held"));
    held->registerMetric(heldMetric(gate));
    TRY_COMPARE_TOTAL(recorder, 0);
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());
    recorder->resetMetrics();
    QVERIFY(recorder->flush());
    held->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")));
    const int taken = *m_taken;

    for (int i = 0; i < 1000; ++i)
        recorder->latestSnapshots();
    gate->open();
    QVERIFY(recorder->flush());

    QCOMPARE(m_taken->load(), taken + 1);
}

void tst_LatestSnapshots::areTheLastStateOnceStopped()
{
    const auto recorder = newRecorder();
    recorder->latestSnapshots();
    recorder->registerEvent(Tick{});

    recorder->stop().waitForFinished();

    QCOMPARE(totalOf(recorder->latestSnapshots()), 1);
}

void tst_LatestSnapshots::areTheLastStateAfterShutdown()
{
    const auto recorder = newRecorder();
    recorder->registerEvent(Tick{});

    QVERIFY(m_runtime->shutdown());
    const QList<MetricSnapshot> afterShutdown = recorder->latestSnapshots();
    m_runtime.reset();

    QCOMPARE(totalOf(afterShutdown), 1);
    QCOMPARE(recorder->latestSnapshots(), afterShutdown);
    QCOMPARE(m_taken->load(), 1);
}

QTEST_GUILESS_MAIN(tst_LatestSnapshots)
#include "tst_latestsnapshots.moc"

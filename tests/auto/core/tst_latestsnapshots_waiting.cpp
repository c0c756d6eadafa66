// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "latestsnapshotsfixture.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace Recorders;
using namespace Testing;

// The snapshots that a recorder has at hand, for those who must not wait for others.
class tst_LatestSnapshots_Waiting : public QObject, protected LatestSnapshotsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // those who must not wait
    void areReturnedWhileAMetricHoldsTheThread();
    void areNoneWhileAMetricHoldsTheThread();
    void areReturnedWithinAMetric();
    void areReturnedWithinAMetricOfAnotherRecorder();

    // all at once
    void areSafeWhileItStartsAndStops();
};

void tst_LatestSnapshots_Waiting::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_taken = std::make_shared<std::atomic<int>>(0);
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_LatestSnapshots_Waiting::areReturnedWhileAMetricHoldsTheThread()
{
    const auto gate = std::make_shared<Gate>();
    const auto recorder = newRecorder();
    const GateOpener opener(gate);
    TRY_COMPARE_TOTAL(recorder, 0);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());

    for (int i = 0; i < 1000; ++i)
        QCOMPARE(totalOf(recorder->latestSnapshots()), 0);
    gate->open();

    TRY_COMPARE_TOTAL(recorder, 1);
}

// The first looks find out that the thread is held up; the many that follow do not wait for it.
void tst_LatestSnapshots_Waiting::areNoneWhileAMetricHoldsTheThread()
{
    const auto gate = std::make_shared<Gate>();
    const auto held = m_runtime->createRecorder(QStringLiteral("held"));
    const GateOpener opener(gate);
    held->registerMetric(heldMetric(gate));
    held->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    QList<std::shared_ptr<Recorder>> others;
    for (int i = 0; i < 2000; ++i)
        others.append(newRecorder(QString::number(i)));

    QElapsedTimer timer;
    timer.start();
    QCOMPARE(held->latestSnapshots(), QList<MetricSnapshot>());
    for (const auto &other : std::as_const(others))
        QCOMPARE(other->latestSnapshots(), QList<MetricSnapshot>());
    const qint64 elapsed = timer.elapsed();
    gate->open();

    QCOMPARE_LT(elapsed, 10'000); // were each of them to wait, it took 40 s
    TRY_COMPARE_TOTAL(others.constLast(), 0);
}

void tst_LatestSnapshots_Waiting::areReturnedWithinAMetric()
{
    const auto seen = std::make_shared<TickLog>();
    const auto recorder = newRecorder();
    TRY_COMPARE_TOTAL(recorder, 0);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("looking"), [seen, looked = recorder.get()](const MetricEvent &) {
                seen->append(int(totalOf(looked->latestSnapshots())));
            }));

    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    QCOMPARE(seen->entries(), QList<int>{ 0 });
}

void tst_LatestSnapshots_Waiting::areReturnedWithinAMetricOfAnotherRecorder()
{
    const auto seen = std::make_shared<TickLog>();
    Hosted<Recorder> far(QStringLiteral("far"));
    far->registerMetric(std::make_unique<TickMetric>());
    far->start().waitForFinished();
    const auto near = newRecorder(QStringLiteral("near"));
    const auto looking = m_runtime->createRecorder(QStringLiteral("looking"));
    looking->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("looking"), [&far, seen, near = near.get()](const MetricEvent &) {
                seen->append(int(totalOf(near->latestSnapshots())));
                far->latestSnapshots();
            }));

    looking->registerEvent(Tick{});
    QVERIFY(looking->flush());

    QCOMPARE(seen->entries(), QList<int>{ 0 }); // of the same thread: at once
    TRY_COMPARE_TOTAL(far, 0);
}

void tst_LatestSnapshots_Waiting::areSafeWhileItStartsAndStops()
{
    constexpr int rounds = 200;
    const QString transient = QStringLiteral("transient");
    const auto recorder = newRecorder();
    std::atomic<bool> isDone = false;
    std::vector<std::thread> lookers;
    for (int i = 0; i < 2; ++i) {
        lookers.emplace_back([&] {
            while (!isDone)
                recorder->latestSnapshots();
        });
    }

    for (int round = 0; round < rounds; ++round) {
        recorder->registerMetric(std::make_unique<TickMetric>(transient));
        recorder->registerEvent(Tick{});
        recorder->removeMetric(transient);
        recorder->stop().waitForFinished();
        recorder->start().waitForFinished();
    }
    isDone = true;
    for (std::thread &looker : lookers)
        looker.join();

    TRY_COMPARE_TOTAL(recorder, rounds);
    QCOMPARE(recorder->latestSnapshots().size(), 1);
}

QTEST_GUILESS_MAIN(tst_LatestSnapshots_Waiting)
#include "tst_latestsnapshots_waiting.moc"

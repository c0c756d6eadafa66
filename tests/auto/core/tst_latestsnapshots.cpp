// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/qtry.h"
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
using namespace std::chrono_literals;

// Recorder::latestSnapshots(), which does not wait and nevertheless shows what there is.
class tst_LatestSnapshots : public QObject
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

    // those who must not wait
    void areReturnedWhileAMetricHoldsTheThread();
    void areNoneWhileAMetricHoldsTheThread();
    void areReturnedWithinAMetric();
    void areReturnedWithinAMetricOfAnotherRecorder();

    // what a look costs
    void areNotTakenWhenNobodyLooks();
    void areNotTakenAgainWithoutAChange();
    void areTakenOnceForManyLooks();

    // all at once
    void areSafeWhileItStartsAndStops();

    // the end
    void areTheLastStateOnceStopped();
    void areTheLastStateAfterShutdown();

private:
    std::shared_ptr<Recorder> newRecorder(const QString &id = QStringLiteral("clock"));

    std::unique_ptr<MetricsRuntime> m_runtime;
    std::shared_ptr<std::atomic<int>> m_taken; // snapshots, by metrics of newRecorder()
};

namespace {

// Counts how often it is asked.
class AskedMetric : public TickMetric
{
public:
    explicit AskedMetric(std::shared_ptr<std::atomic<int>> count)
        : m_count(std::move(count))
    {
    }

    MetricSnapshot snapshot() const override
    {
        ++*m_count;
        return TickMetric::snapshot();
    }

private:
    const std::shared_ptr<std::atomic<int>> m_count;
};

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

qint64 totalOf(const QList<MetricSnapshot> &snapshots)
{
    return valueOf(snapshots, QStringLiteral("ticks"), u"total");
}

} // namespace

void tst_LatestSnapshots::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_taken = std::make_shared<std::atomic<int>>(0);
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

std::shared_ptr<Recorder> tst_LatestSnapshots::newRecorder(const QString &id)
{
    const auto recorder = m_runtime->createRecorder(id);
    recorder->registerMetric(std::make_unique<AskedMetric>(m_taken));
    return recorder;
}

// Repeated because a look gives up while the thread waits for a processor, as on a busy machine.
#define TRY_COMPARE_TOTAL(recorder, expected)                                                      \
  QTRY_COMPARE_WITH_TIMEOUT(totalOf((recorder)->latestSnapshots()), qint64(expected), 20s)

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

void tst_LatestSnapshots::areReturnedWhileAMetricHoldsTheThread()
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
void tst_LatestSnapshots::areNoneWhileAMetricHoldsTheThread()
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

void tst_LatestSnapshots::areReturnedWithinAMetric()
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

void tst_LatestSnapshots::areReturnedWithinAMetricOfAnotherRecorder()
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

void tst_LatestSnapshots::areSafeWhileItStartsAndStops()
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

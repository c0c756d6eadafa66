// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QRegularExpression>
#include <QTest>

#include <atomic>

using namespace Recorders;
using namespace Testing;

// What it costs to ask a runtime's source for changes: that follows what changed. How long it takes
// is in the benchmarks.
class tst_SnapshotCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void looksAtWhatChangedOnly_data();
    void looksAtWhatChangedOnly();
    void worksAsMuchBesideManyOthers();
    void doesNothingForNoChange();
};

namespace {

constexpr int changedCount = 100;
constexpr int metricCount = 3;

// Counts how often one of them is asked.
class AskedMetric : public Metric
{
public:
    explicit AskedMetric(int number, std::atomic<int> *count)
        : Metric(QString::number(number))
        , m_count(count)
    {
    }

    bool handleEvent(const MetricEvent &) override { return true; }
    MetricSnapshot snapshot() const override
    {
        ++*m_count;
        return MetricSnapshot(name());
    }

private:
    std::atomic<int> *const m_count;
};

struct Work
{
    qsizetype recorders = 0; // in the answers
    int snapshots = 0;
    int allocations = 0; // of all threads
};

// A runtime that was asked for everything.
class BusyRuntime
{
public:
    explicit BusyRuntime(int recorderCount)
        : m_runtime(QStringLiteral("test"))
    {
        m_runtime.start();
        for (int i = 0; i < recorderCount; ++i) {
            m_recorders.append(m_runtime.createRecorder(QString::number(i)));
            for (int metric = 0; metric < metricCount; ++metric)
                m_recorders.last()->registerMetric(
                        std::make_unique<AskedMetric>(metric, &m_snapshots));
            m_recorders.last()->registerEvent(Tick{});
        }
        settle();
    }

    void changeSome()
    {
        const qsizetype step = m_recorders.size() / changedCount;
        for (qsizetype i = 0; i < changedCount; ++i) {
            m_recorders.at(i * step)->registerEvent(Tick{});
            m_recorders.at(i * step)->flush();
        }
    }
    // Of asking for what changed since this was asked last.
    Work ask()
    {
        Work work;
        const int snapshots = m_snapshots;
        const AllocationCounter counter(Threads::All);
        SnapshotUpdate update;
        do {
            update = m_runtime.snapshotSource()->changesSince(m_version).result();
            m_version = update.version;
            work.recorders += update.recorders.size();
        } while (update.hasMore);
        work.allocations = counter.count();
        work.snapshots = m_snapshots - snapshots;
        return work;
    }

private:
    void settle()
    {
        for (const auto &recorder : std::as_const(m_recorders))
            recorder->flush();
        do {
            ask();
        } while (m_runtime.snapshotSource()->version() != m_version);
    }

    std::atomic<int> m_snapshots = 0;
    quint64 m_version = 0;
    MetricsRuntime m_runtime;
    QList<std::shared_ptr<Recorder>> m_recorders;
};

} // namespace

void tst_SnapshotCost::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotCost::looksAtWhatChangedOnly_data()
{
    QTest::addColumn<int>("recorderCount");

    QTest::newRow("of 100") << 100;
    QTest::newRow("of 1000") << 1000;
    QTest::newRow("of 10 000") << 10'000;
}

void tst_SnapshotCost::looksAtWhatChangedOnly()
{
    QFETCH(const int, recorderCount);
    BusyRuntime runtime(recorderCount);
    runtime.changeSome();

    const Work work = runtime.ask();

    QCOMPARE(work.recorders, changedCount);
    QCOMPARE(work.snapshots, changedCount * metricCount);
}

// The least of some: an update may be cut in two where a machine is busy.
static int allocationsOf(int recorderCount)
{
    BusyRuntime runtime(recorderCount);
    int least = std::numeric_limits<int>::max();
    for (int round = 0; round < 5; ++round) {
        runtime.changeSome();
        least = std::min(least, runtime.ask().allocations);
    }
    return least;
}

void tst_SnapshotCost::worksAsMuchBesideManyOthers()
{
    const int few = allocationsOf(changedCount);
    const int many = allocationsOf(100 * changedCount);

    qInfo("%d allocations of %d recorders, %d of %d", few, changedCount, many, 100 * changedCount);
    // To take a note of each of the others would add 9900.
    QVERIFY2(many < 2 * few, "the others are looked at as well");
}

void tst_SnapshotCost::doesNothingForNoChange()
{
    BusyRuntime runtime(1000);

    const Work work = runtime.ask();

    QCOMPARE(work.recorders, 0);
    QCOMPARE(work.snapshots, 0);
}

QTEST_GUILESS_MAIN(tst_SnapshotCost)
#include "tst_snapshotcost.moc"

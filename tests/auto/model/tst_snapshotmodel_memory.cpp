// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/processresources.h"
#include "shared/qtry.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QTest>

#include <limits>
#include <malloc.h>

using namespace Recorders;
using Testing::ProcessResources;

// What a model adds to the memory of an application, its snapshots included, for each metric of one
// dimension.
class tst_SnapshotModelMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void isSmallForARuntime_data();
    void isSmallForARuntime();
    void isSmallForOtherSources_data();
    void isSmallForOtherSources();
};

namespace {

constexpr int recorders = 1000;
constexpr int metricsEach = 10;
constexpr qint64 mostBytesEach = 300;

QString entityId(int recorder)
{
    return QStringLiteral("connection-%1").arg(recorder);
}

QString metricName(int metric)
{
    return QStringLiteral("bytes-%1").arg(metric);
}

MetricSnapshot bytesOf(const QString &name)
{
    return MetricSnapshot(name).add(QStringLiteral("total"), qint64(1234), Unit::bytes(),
                                    MetricKind::Counter);
}

class Bytes : public Metric
{
public:
    using Metric::Metric;
    bool handleEvent(const MetricEvent &) override { return false; }
    MetricSnapshot snapshot() const override { return bytesOf(name()); }
};

// What the heap grew by when the model shows all there is.
template <typename Model>
qint64 heapOf(Model &model, SnapshotSource *source)
{
    const qint64 before = ProcessResources::now().heap;
    model.setSource(source);
    const bool isWhole = QTest::qWaitFor([&model] {
        const QModelIndex last = model.index(model.rowCount() - 1, 0);
        return model.data(last, SnapshotModel::EntityIdRole) == entityId(recorders - 1)
                && !model.errorString().size();
    });
    return isWhole ? ProcessResources::now().heap - before : std::numeric_limits<qint64>::max();
}

qint64 heapOf(const QString &kind, SnapshotSource *source)
{
    SnapshotModel tree;
    SnapshotTableModel table;
    return kind == u"tree" ? heapOf(tree, source) : heapOf(table, source);
}

void addModels()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("tree") << QStringLiteral("tree");
    QTest::newRow("table") << QStringLiteral("table");
}

} // namespace

void tst_SnapshotModelMemory::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    if (!ProcessResources::isMemoryMeaningful())
        QSKIP("a sanitizer keeps memory of its own");
    ::mallopt(M_ARENA_MAX, 1); // all threads are counted
}

void tst_SnapshotModelMemory::isSmallForARuntime_data()
{
    addModels();
}

// Which takes no snapshots before somebody looks.
void tst_SnapshotModelMemory::isSmallForARuntime()
{
    QFETCH(const QString, kind);
    MetricsRuntime runtime(QStringLiteral("app"));
    QVERIFY(runtime.start());
    for (int i = 0; i < recorders; ++i) {
        const auto recorder = runtime.createRecorder(entityId(i));
        for (int metric = 0; metric < metricsEach; ++metric)
            QVERIFY(recorder->registerMetric(std::make_unique<Bytes>(metricName(metric))));
        QVERIFY(recorder->flush());
    }

    const qint64 bytes = heapOf(kind, runtime.snapshotSource());

    QCOMPARE_LE(bytes / (recorders * metricsEach), mostBytesEach);
}

void tst_SnapshotModelMemory::isSmallForOtherSources_data()
{
    addModels();
}

void tst_SnapshotModelMemory::isSmallForOtherSources()
{
    QFETCH(const QString, kind);
    SnapshotListSource source;
    source.setMaxUpdateSize(256);
    for (int i = 0; i < recorders; ++i) {
        QList<MetricSnapshot> metrics;
        for (int metric = 0; metric < metricsEach; ++metric)
            metrics.append(bytesOf(metricName(metric)));
        QVERIFY(source.setRecorder(entityId(i), metrics));
    }

    const qint64 bytes = heapOf(kind, &source);

    QCOMPARE_LE(bytes / (recorders * metricsEach), mostBytesEach);
}

QTEST_GUILESS_MAIN(tst_SnapshotModelMemory)

#include "tst_snapshotmodel_memory.moc"

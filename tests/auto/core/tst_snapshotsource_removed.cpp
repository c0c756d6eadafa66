// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/gate.h"
#include "shared/testmetrics.h"
#include "snapshotsourcefixture.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>

#include <QMetaType>
#include <QRegularExpression>
#include <QTest>

#include <stdexcept>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What is told of recorders that are gone: what they had at last.
class tst_SnapshotSource_Removed : public QObject, protected SnapshotSourceFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // by a runtime
    void tellsWhatNobodyHasSeenBefore();
    void tellsWhyARecorderFailed();
    void tellsOfThoseThatWentWithTheirLastHandle();
    void tellsNoMoreThanIsAskedFor();
    void tellsOfThoseThatAreAskedForOnly();
    void tellsOfEachOnce();
    void tellsNothingOfAnIdThatIsInUseAgain();
    void tellsNothingOfOneThatHasNotStoppedInTime();
    void keepsNothingUntilSomebodyAsks();

    // by any source
    void leavesOutWhatAPluginMayOwn_data();
    void leavesOutWhatAPluginMayOwn();
    void keepsWhatWasRemovedLast();
    void keepsRecordersWithManyMetricsWithoutThem();
    void keepsTenThousandMetrics();
    void tellsInPartsWhatItTellsAtOnce();
};

namespace {

const QString otherId = QStringLiteral("other");

SnapshotUpdate answer(SnapshotSource &source, const SnapshotRequest &request)
{
    QFuture<SnapshotUpdate> future = source.changesSince(request);
    return QTest::qWaitFor([&] { return future.isFinished(); }) ? future.result()
                                                                : SnapshotUpdate();
}

QStringList removedIdsOf(const SnapshotUpdate &update)
{
    QStringList ids;
    for (const RecorderSnapshot &recorder : update.removedSnapshots)
        ids.append(recorder.entityId);
    return ids;
}

QList<MetricSnapshot> metrics(int count)
{
    QList<MetricSnapshot> metrics;
    for (int i = 0; i < count; ++i)
        metrics.append(MetricSnapshot(QString::number(i)).add(QStringLiteral("total"), i));
    return metrics;
}

struct OwnType
{
    int value = 0;
};

} // namespace

void tst_SnapshotSource_Removed::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_SnapshotSource_Removed::cleanup()
{
    m_runtime.reset();
}

void tst_SnapshotSource_Removed::tellsWhatNobodyHasSeenBefore()
{
    const auto recorder = newRecorder(clockId);
    const SnapshotUpdate first = settledUpdate();
    recorder->registerEvent(Tick{ 5 });
    recorder->registerEvent(Tick{ 6 });
    QVERIFY(recorder->flush());
    recorder->resetMetrics();
    recorder->metricSnapshots(); // after that
    recorder->registerEvent(Tick{ 7 });

    QVERIFY(m_runtime->removeRecorder(clockId));

    const SnapshotUpdate update = changesSince(first.version);
    QCOMPARE(update.removed, QStringList{ clockId });
    QCOMPARE(removedIdsOf(update), QStringList{ clockId });
    const RecorderSnapshot last = update.removedSnapshots.constFirst();
    QCOMPARE(last.generation, first.recorders.constFirst().generation);
    QCOMPARE(last.state, RecorderState::Stopped);
    QCOMPARE(last.statistics.handled, 3u);
    QCOMPARE(last.resets, 1u);
    QCOMPARE(last.detail, SnapshotDetail::Metrics);
    QVERIFY(last.isComplete);
    QCOMPARE(valueOf(last.metrics, ticksName, u"total"), 1);
    QCOMPARE(valueOf(last.metrics, ticksName, u"sum"), 7);
}

void tst_SnapshotSource_Removed::tellsWhyARecorderFailed()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("out of paper")));
    RecorderOptions options;
    options.metricFailurePolicy = MetricFailurePolicy::FailRecorder;
    const auto recorder = m_runtime->createRecorder(clockId, options);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            ticksName, [](const MetricEvent &) { throw std::runtime_error("out of paper"); }));
    const quint64 version = settledUpdate().version;
    recorder->registerEvent(Tick{ 1 });
    QTRY_COMPARE(recorder->state(), RecorderState::Failed);

    m_runtime->removeRecorder(clockId);

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(removedIdsOf(update), QStringList{ clockId });
    const RecorderSnapshot last = update.removedSnapshots.constFirst();
    QCOMPARE(last.state, RecorderState::Failed);
    QVERIFY(last.error.message().contains(QStringLiteral("out of paper")));
    QCOMPARE(last.statistics.metricErrors, 1u);
}

void tst_SnapshotSource_Removed::tellsOfThoseThatWentWithTheirLastHandle()
{
    RecorderOptions options;
    options.lifetime = RecorderLifetime::UntilLastHandle;
    auto recorder = m_runtime->createRecorder(clockId, options);
    recorder->registerMetric(std::make_unique<TickMetric>(ticksName));
    const quint64 version = settledUpdate().version;
    recorder->registerEvent(Tick{ 7 });

    recorder.reset();
    QTRY_VERIFY(m_runtime->recorderIds().isEmpty());

    QTRY_COMPARE(removedIdsOf(changesSince(version)), QStringList{ clockId });
    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(valueOf(update.removedSnapshots.constFirst().metrics, ticksName, u"sum"), 7);
}

void tst_SnapshotSource_Removed::tellsNoMoreThanIsAskedFor()
{
    const auto recorder = newRecorder(clockId);
    SnapshotRequest request(settledUpdate().version);
    recorder->registerEvent(Tick{ 7 });
    m_runtime->removeRecorder(clockId);
    request.detail = SnapshotDetail::RecordersOnly;

    const SnapshotUpdate update = answer(*m_runtime->snapshotSource(), request);

    QCOMPARE(removedIdsOf(update), QStringList{ clockId });
    const RecorderSnapshot last = update.removedSnapshots.constFirst();
    QCOMPARE(last.statistics.handled, 1u);
    QCOMPARE(last.detail, SnapshotDetail::RecordersOnly);
    QVERIFY(last.metrics.isEmpty());
    QVERIFY(!last.isComplete);
    request.detailedIds = { clockId };
    const SnapshotUpdate detailed = answer(*m_runtime->snapshotSource(), request);
    QVERIFY(detailed.removedSnapshots.constFirst().isComplete);
    QCOMPARE(valueOf(detailed.removedSnapshots.constFirst().metrics, ticksName, u"sum"), 7);
}

void tst_SnapshotSource_Removed::tellsOfThoseThatAreAskedForOnly()
{
    newRecorder(clockId);
    newRecorder(otherId);
    SnapshotRequest request(settledUpdate().version);
    m_runtime->removeRecorder(clockId);
    m_runtime->removeRecorder(otherId);
    request.entityIds = { otherId };

    const SnapshotUpdate update = answer(*m_runtime->snapshotSource(), request);

    QCOMPARE(update.removed, QStringList{ otherId });
    QCOMPARE(removedIdsOf(update), QStringList{ otherId });
}

void tst_SnapshotSource_Removed::tellsOfEachOnce()
{
    newRecorder(clockId);
    const quint64 version = settledUpdate().version;
    m_runtime->removeRecorder(clockId);

    const SnapshotUpdate update = changesSince(version);

    QCOMPARE(removedIdsOf(update), QStringList{ clockId });
    QVERIFY(removedIdsOf(changesSince(update.version)).isEmpty());
    QVERIFY(removedIdsOf(changesSince(0)).isEmpty());
}

void tst_SnapshotSource_Removed::tellsNothingOfAnIdThatIsInUseAgain()
{
    newRecorder(clockId);
    const quint64 version = settledUpdate().version;
    m_runtime->removeRecorder(clockId);
    newRecorder(clockId);

    const SnapshotUpdate update = changesSince(version);

    QCOMPARE(update.removed, QStringList{ clockId });
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QCOMPARE(removedIdsOf(update), QStringList());
}

// What it has published may be old.
void tst_SnapshotSource_Removed::tellsNothingOfOneThatHasNotStoppedInTime()
{
    Gate gate;
    RecorderOptions options;
    options.stopTimeout = 1ms;
    const auto recorder = m_runtime->createRecorder(clockId, options);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            ticksName, [&gate](const MetricEvent &) { gate.pass(); }));
    const quint64 version = settledUpdate().version;
    recorder->registerEvent(Tick{ 1 });
    QVERIFY(gate.waitUntilEntered());

    Error error;
    m_runtime->removeRecorder(clockId, &error);
    gate.open();
    QCOMPARE(error.code(), ErrorCode::Timeout);

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(update.removed, QStringList{ clockId });
    QCOMPARE(removedIdsOf(update), QStringList());
}

// Who never looks pays nothing for that.
void tst_SnapshotSource_Removed::keepsNothingUntilSomebodyAsks()
{
    newRecorder(clockId);
    const quint64 version = m_runtime->snapshotSource()->version();
    m_runtime->removeRecorder(clockId);

    const SnapshotUpdate update = changesSince(version);

    QCOMPARE(update.removed, QStringList{ clockId });
    QCOMPARE(removedIdsOf(update), QStringList());
}

// ---- By any source

void tst_SnapshotSource_Removed::leavesOutWhatAPluginMayOwn_data()
{
    QTest::addColumn<MetricSnapshot>("metric");
    QTest::addColumn<bool>("isKept");

    const MetricSnapshot metric(QStringLiteral("of a plugin"));
    const auto with = [&metric](const QVariant &value, const QVariantMap &attributes = {}) {
        return MetricSnapshot(metric).add(Dimension{
                QStringLiteral("value"), value, {}, MetricKind::Unspecified, attributes });
    };
    const QString key = QStringLiteral("key");
    const QVariant own = QVariant::fromValue(OwnType{ 1 });
    QTest::newRow("a number") << with(1) << true;
    QTest::newRow("a text") << with(QStringLiteral("text")) << true;
    QTest::newRow("a list of texts") << with(QStringList{ key }) << true;
    QTest::newRow("no value") << with({}) << true;
    QTest::newRow("an attribute") << with(1, { { key, 1.5 } }) << true;
    QTest::newRow("a distribution")
            << MetricSnapshot(metric).addDistribution(Distribution(), Unit::bytes()) << true;
    QTest::newRow("a type of its own") << with(own) << false;
    QTest::newRow("a list of it") << with(QVariantList{ own }) << false;
    QTest::newRow("a map of it") << with(QVariantMap{ { key, own } }) << false;
    QTest::newRow("a hash of it") << with(QVariantHash{ { key, own } }) << false;
    QTest::newRow("an attribute of it") << with(1, { { key, own } }) << false;
    QTest::newRow("a distribution with such an attribute")
            << MetricSnapshot(metric).addDistribution(Distribution(), {}, {}, { { key, own } })
            << false;
}

void tst_SnapshotSource_Removed::leavesOutWhatAPluginMayOwn()
{
    QFETCH(const MetricSnapshot, metric);
    QFETCH(const bool, isKept);
    SnapshotListSource source;
    const QList<MetricSnapshot> others = metrics(1);
    source.setRecorder(clockId, { metric, others.constFirst() });
    const quint64 version = source.version();

    source.removeRecorder(clockId);

    const SnapshotUpdate update = answer(source, version);
    QCOMPARE(removedIdsOf(update), QStringList{ clockId });
    const RecorderSnapshot last = update.removedSnapshots.constFirst();
    QCOMPARE(last.isComplete, isKept);
    QCOMPARE(last.metrics.contains(metric), isKept);
    QVERIFY(last.metrics.contains(others.constFirst()));
}

void tst_SnapshotSource_Removed::keepsWhatWasRemovedLast()
{
    constexpr int limit = 1000;
    SnapshotListSource source;
    for (int i = 0; i <= limit; ++i)
        source.setRecorder(QString::number(i), metrics(1));
    const quint64 version = source.version();

    for (int i = 0; i <= limit; ++i)
        source.removeRecorder(QString::number(i));

    const SnapshotUpdate update = answer(source, version);
    QCOMPARE(update.removed.size(), limit + 1);
    QCOMPARE(removedIdsOf(update), update.removed.mid(1));
}

void tst_SnapshotSource_Removed::keepsRecordersWithManyMetricsWithoutThem()
{
    SnapshotListSource source;
    source.setRecorder(otherId, metrics(1));
    source.setRecorder(clockId, metrics(10'001));
    const quint64 version = source.version();

    source.removeRecorder(otherId);
    source.removeRecorder(clockId);

    const SnapshotUpdate update = answer(source, version);
    QCOMPARE(removedIdsOf(update), QStringList({ otherId, clockId }));
    QCOMPARE(update.removedSnapshots.constFirst().metrics, metrics(1));
    QCOMPARE(update.removedSnapshots.constLast().detail, SnapshotDetail::RecordersOnly);
    QVERIFY(!update.removedSnapshots.constLast().isComplete);
}

void tst_SnapshotSource_Removed::keepsTenThousandMetrics()
{
    SnapshotListSource source;
    const QStringList ids{ QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3") };
    for (const QString &id : ids)
        source.setRecorder(id, metrics(5000));
    const quint64 version = source.version();

    for (const QString &id : ids)
        source.removeRecorder(id);

    const SnapshotUpdate update = answer(source, version);
    QCOMPARE(update.removed, ids);
    QCOMPARE(removedIdsOf(update), ids.mid(1));
}

void tst_SnapshotSource_Removed::tellsInPartsWhatItTellsAtOnce()
{
    constexpr int count = 3000; // more than it tells of at once
    const auto allSince = [this](SnapshotUpdate &update, int &parts) {
        QStringList removed;
        do {
            update = changesSince(update.version);
            removed += removedIdsOf(update);
            ++parts;
        } while (update.hasMore);
        return removed;
    };
    for (int i = 0; i < count; ++i)
        newRecorder(QString::number(i));
    SnapshotUpdate update;
    int parts = 0;
    allSince(update, parts);
    QStringList removed;
    for (int i = 0; i < count; ++i) {
        const QString id = QString::number(i);
        if (i % 5 == 0) {
            m_runtime->removeRecorder(id);
            removed.append(id);
        } else {
            m_runtime->recorder(id)->registerEvent(Tick{ 1 });
            QVERIFY(m_runtime->recorder(id)->flush());
        }
    }

    parts = 0;
    const QStringList told = allSince(update, parts);

    QVERIFY(parts > 1);
    QCOMPARE(told, removed);
}

QTEST_GUILESS_MAIN(tst_SnapshotSource_Removed)

#include "tst_snapshotsource_removed.moc"

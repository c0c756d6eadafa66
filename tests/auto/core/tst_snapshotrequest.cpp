// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/metrics/standardmetrics.h>

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Recorders;
using namespace Testing;

// What a runtime's source leaves out when it is asked for less than everything.
class tst_SnapshotRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void isAVersion();
    void wantsSomeRecordersOrAll();

    // one recorder
    void tellsOfOneRecorderOnly();
    void tellsNothingNewOfOneRecorder();
    void saysThatThereIsNoSuchRecorder();
    void tellsWhenTheRecorderComes();
    void tellsWhenTheRecorderGoes();
    void tellsOfARecorderThatTookARemovedId();
    void tellsOfOneRecorderAfterManyRemovals();
    void tellsOfOneRecorderAfterShutdown();
    void asksNoOtherRecorder();
    void missesNoSuccessor();

    // several recorders
    void tellsOfSeveralRecordersOnly();
    void asksNoneButTheSeveral();
    void tellsWhichOfTheSeveralGo();
    void tellsOfMany();

    // no metrics
    void tellsStatesAndStatisticsWithoutMetrics();
    void asksNoMetric();

    // distributions
    void tellsDistributions();

private:
    SnapshotUpdate answer(const SnapshotRequest &request);
    std::shared_ptr<Recorder> newRecorder(const QString &id);

    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

const QString clockId = QStringLiteral("clock");
const QString otherId = QStringLiteral("other");
const QString ticksName = QStringLiteral("ticks");

// Counts how often it is asked.
class AskedMetric : public Metric
{
public:
    explicit AskedMetric(std::shared_ptr<std::atomic<int>> count)
        : Metric(QStringLiteral("asked"))
        , m_count(std::move(count))
    {
    }

    bool handleEvent(const MetricEvent &) override { return true; }
    MetricSnapshot snapshot() const override
    {
        ++*m_count;
        return MetricSnapshot(name());
    }

private:
    const std::shared_ptr<std::atomic<int>> m_count;
};

SnapshotRequest requestFor(const QSet<QString> &ids, quint64 since = 0)
{
    SnapshotRequest request(since);
    request.entityIds = ids;
    return request;
}

SnapshotRequest requestFor(const QString &id, quint64 since = 0)
{
    return requestFor(QSet<QString>{ id }, since);
}

SnapshotRequest requestWithoutMetrics(quint64 since = 0)
{
    SnapshotRequest request(since);
    request.detail = SnapshotDetail::RecordersOnly;
    return request;
}

QStringList idsOf(const SnapshotUpdate &update)
{
    QStringList ids;
    for (const RecorderSnapshot &recorder : update.recorders)
        ids.append(recorder.entityId);
    return ids;
}

} // namespace

void tst_SnapshotRequest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_SnapshotRequest::cleanup()
{
    m_runtime.reset();
}

SnapshotUpdate tst_SnapshotRequest::answer(const SnapshotRequest &request)
{
    return m_runtime->snapshotSource()->changesSince(request).result();
}

std::shared_ptr<Recorder> tst_SnapshotRequest::newRecorder(const QString &id)
{
    auto recorder = m_runtime->createRecorder(id);
    recorder->registerMetric(std::make_unique<TickMetric>(ticksName));
    return recorder;
}

void tst_SnapshotRequest::isAVersion()
{
    const SnapshotRequest request = 42;

    QCOMPARE(request.since, quint64(42));
    QCOMPARE(request.detail, SnapshotDetail::Metrics);
    QVERIFY(request.entityIds.isEmpty());
    QCOMPARE(SnapshotRequest().since, quint64(0));
}

void tst_SnapshotRequest::wantsSomeRecordersOrAll()
{
    QVERIFY(SnapshotRequest().wants(clockId));
    QVERIFY(requestFor({ clockId, ticksName }).wants(clockId));
    QVERIFY(!requestFor({ clockId, ticksName }).wants(otherId));
    QVERIFY(requestFor(clockId).wants(clockId));
    QVERIFY(!requestFor(clockId).wants(otherId));
}

// ---- One recorder

void tst_SnapshotRequest::tellsOfOneRecorderOnly()
{
    newRecorder(otherId);
    const auto recorder = newRecorder(clockId);
    recorder->registerEvent(Tick{ 42 });
    QVERIFY(recorder->flush());

    const SnapshotUpdate update = answer(requestFor(clockId));

    QVERIFY(update.isComplete);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QCOMPARE(valueOf(update.recorders.constFirst().metrics, ticksName, u"sum"), 42);
}

void tst_SnapshotRequest::tellsNothingNewOfOneRecorder()
{
    const auto recorder = newRecorder(clockId);
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());
    const auto other = newRecorder(otherId);
    const quint64 version = answer(requestFor(clockId)).version;
    other->registerEvent(Tick{});
    QVERIFY(other->flush());

    const SnapshotUpdate update = answer(requestFor(clockId, version));

    QVERIFY(!update.isComplete);
    QVERIFY(update.recorders.isEmpty());
    QVERIFY(update.version > version);
}

void tst_SnapshotRequest::saysThatThereIsNoSuchRecorder()
{
    newRecorder(otherId);

    const SnapshotUpdate update = answer(requestFor(clockId));

    QVERIFY(update.isComplete);
    QVERIFY(update.recorders.isEmpty());
    QVERIFY(update.version > 0);
}

void tst_SnapshotRequest::tellsWhenTheRecorderComes()
{
    newRecorder(otherId);
    const quint64 version = answer(requestFor(clockId)).version;

    newRecorder(clockId);

    QCOMPARE(idsOf(answer(requestFor(clockId, version))), QStringList{ clockId });
}

void tst_SnapshotRequest::tellsWhenTheRecorderGoes()
{
    newRecorder(clockId);
    newRecorder(otherId);
    const quint64 version = answer(requestFor(clockId)).version;

    QVERIFY(m_runtime->removeRecorder(otherId));
    QVERIFY(m_runtime->removeRecorder(clockId));

    const SnapshotUpdate update = answer(requestFor(clockId, version));
    QCOMPARE(update.removed, QStringList{ clockId });
    QVERIFY(answer(requestFor(clockId, update.version)).removed.isEmpty());
}

void tst_SnapshotRequest::tellsOfARecorderThatTookARemovedId()
{
    newRecorder(clockId)->registerEvent(Tick{});
    const SnapshotUpdate before = answer(requestFor(clockId));
    m_runtime->removeRecorder(clockId);

    newRecorder(clockId);

    const SnapshotUpdate update = answer(requestFor(clockId, before.version));
    QCOMPARE(update.removed, QStringList{ clockId });
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QVERIFY(update.recorders.constFirst().generation != before.recorders.constFirst().generation);
}

// The journal has forgotten some of them.
void tst_SnapshotRequest::tellsOfOneRecorderAfterManyRemovals()
{
    newRecorder(clockId);
    newRecorder(otherId);
    const quint64 version = answer(requestFor(clockId)).version;

    QVERIFY(m_runtime->removeRecorder(otherId));
    for (int i = 0; i < 5000; ++i) {
        m_runtime->createRecorder(QString::number(i));
        m_runtime->removeRecorder(QString::number(i));
    }

    const SnapshotUpdate update = answer(requestFor(clockId, version));
    QVERIFY(update.isComplete);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    const SnapshotUpdate gone = answer(requestFor(otherId, version));
    QVERIFY(gone.isComplete);
    QVERIFY(gone.recorders.isEmpty());
}

void tst_SnapshotRequest::tellsOfOneRecorderAfterShutdown()
{
    newRecorder(otherId);
    newRecorder(clockId)->registerEvent(Tick{ 42 });
    QVERIFY(m_runtime->shutdown());

    const SnapshotUpdate update = answer(requestFor(clockId));

    QCOMPARE(idsOf(update), QStringList{ clockId });
    QCOMPARE(update.recorders.constFirst().state, RecorderState::Stopped);
    QCOMPARE(valueOf(update.recorders.constFirst().metrics, ticksName, u"sum"), 42);
}

void tst_SnapshotRequest::asksNoOtherRecorder()
{
    newRecorder(clockId);
    const auto asked = std::make_shared<std::atomic<int>>(0);
    newRecorder(otherId)->registerMetric(std::make_unique<AskedMetric>(asked));

    answer(requestFor(clockId));

    QCOMPARE(asked->load(), 0);
    answer(requestFor(otherId));
    QCOMPARE(asked->load(), 1);
}

// The recorder goes, and another one takes its id, between the question and the answer.
void tst_SnapshotRequest::missesNoSuccessor()
{
    std::atomic<bool> isOver = false;
    std::thread replacer([&] {
        for (int i = 0; i < 500; ++i) {
            m_runtime->createRecorder(clockId);
            m_runtime->removeRecorder(clockId);
        }
        m_runtime->createRecorder(clockId);
        isOver = true;
    });

    quint64 version = 0;
    quint64 generation = 0;
    for (bool wasOver = false; !wasOver;) {
        wasOver = isOver;
        const SnapshotUpdate update = answer(requestFor(clockId, version));
        version = update.version;
        if (!update.removed.isEmpty() || update.isComplete)
            generation = 0;
        if (!update.recorders.isEmpty())
            generation = update.recorders.constFirst().generation;
    }
    replacer.join();

    const SnapshotUpdate update = answer(requestFor(clockId));
    QCOMPARE(generation, update.recorders.constFirst().generation);
}

// ---- Several recorders

void tst_SnapshotRequest::tellsOfSeveralRecordersOnly()
{
    const QString third = QStringLiteral("third");
    const auto recorder = newRecorder(clockId);
    const auto other = newRecorder(otherId);
    const auto tick = [](const std::shared_ptr<Recorder> &ticking) {
        ticking->registerEvent(Tick{});
        return ticking->flush();
    };
    QVERIFY(tick(recorder) && tick(other) && tick(newRecorder(third)));

    const SnapshotUpdate first = answer(requestFor({ clockId, third, QStringLiteral("none") }));
    QVERIFY(first.isComplete);
    QCOMPARE(idsOf(first), QStringList({ clockId, third }));

    QVERIFY(tick(other) && tick(recorder));
    const SnapshotUpdate update = answer(requestFor({ clockId, third }, first.version));
    QVERIFY(!update.isComplete);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QCOMPARE(idsOf(answer(requestFor({ clockId, third }, update.version))), QStringList());
}

void tst_SnapshotRequest::asksNoneButTheSeveral()
{
    newRecorder(clockId);
    newRecorder(ticksName);
    const auto asked = std::make_shared<std::atomic<int>>(0);
    newRecorder(otherId)->registerMetric(std::make_unique<AskedMetric>(asked));

    answer(requestFor({ clockId, ticksName }));

    QCOMPARE(asked->load(), 0);
}

void tst_SnapshotRequest::tellsWhichOfTheSeveralGo()
{
    newRecorder(clockId);
    newRecorder(otherId);
    newRecorder(ticksName);
    const quint64 version = answer(requestFor({ clockId, ticksName })).version;

    QVERIFY(m_runtime->removeRecorder(otherId));
    QVERIFY(m_runtime->removeRecorder(clockId));

    QCOMPARE(answer(requestFor({ clockId, ticksName }, version)).removed, QStringList{ clockId });
}

// However many pieces the answer has.
void tst_SnapshotRequest::tellsOfMany()
{
    QSet<QString> wanted;
    for (int i = 0; i < 1200; ++i) {
        const QString id = QString::number(i);
        m_runtime->createRecorder(id);
        if (i % 2 == 0)
            wanted.insert(id);
    }

    QSet<QString> told;
    SnapshotUpdate update;
    do {
        update = answer(requestFor(wanted, update.version));
        for (const QString &id : idsOf(update))
            told.insert(id);
    } while (update.hasMore);

    QCOMPARE(told, wanted);
}

// ---- No metrics

void tst_SnapshotRequest::tellsStatesAndStatisticsWithoutMetrics()
{
    const auto recorder = newRecorder(clockId);
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    const SnapshotUpdate update = answer(requestWithoutMetrics());

    QVERIFY(update.isComplete);
    const RecorderSnapshot snapshot = update.recorders.constFirst();
    QCOMPARE(snapshot.state, RecorderState::Running);
    QCOMPARE(snapshot.statistics.handled, quint64(1));
    QVERIFY(snapshot.metrics.isEmpty());
    QVERIFY(!snapshot.isComplete); // it says nothing of metrics
}

void tst_SnapshotRequest::asksNoMetric()
{
    const auto asked = std::make_shared<std::atomic<int>>(0);
    newRecorder(clockId)->registerMetric(std::make_unique<AskedMetric>(asked));

    answer(requestWithoutMetrics());
    QCOMPARE(asked->load(), 0);

    answer(SnapshotRequest());
    QCOMPARE(asked->load(), 1);
}

// ---- Distributions

void tst_SnapshotRequest::tellsDistributions()
{
    const auto recorder = newRecorder(clockId);
    const auto one = [](const Tick &) {
        return 1;
    };
    recorder->registerMetric(histogram<Tick>(QStringLiteral("sizes")).of(one));
    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    const MetricSnapshot sizes = answer(SnapshotRequest()).recorders.constFirst().metrics.last();

    Distribution expected;
    expected.record(1);
    QCOMPARE(sizes.distribution(), expected);
}

QTEST_GUILESS_MAIN(tst_SnapshotRequest)
#include "tst_snapshotrequest.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/testmetrics.h"
#include "snapshotrequestfixture.h"

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
class tst_SnapshotRequest : public QObject, protected SnapshotRequestFixture
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

    // no metrics
    void tellsStatesAndStatisticsWithoutMetrics();
    void asksNoMetric();

    // distributions
    void tellsDistributions();
};

namespace {

SnapshotRequest requestWithoutMetrics(quint64 since = 0)
{
    SnapshotRequest request(since);
    request.detail = SnapshotDetail::RecordersOnly;
    return request;
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

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/testmetrics.h"
#include "snapshotratesfixture.h"

#include <QRegularExpression>
#include <QTest>

#include <chrono>
#include <cmath>
#include <memory>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace Testing;

// The rates of values that fall.
class tst_SnapshotRates_Falling : public QObject, protected SnapshotRatesFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // of what falls
    void beginsAnewWithACounter_data();
    void beginsAnewWithACounter();
    void isNoneOfAGauge();
    void isNoneOfWhatFallsToSomething();
    void comesBackToWhatFellToZero();
    void isNoneOfWhatGoesUpAndDownFromZero();
    void comesBackAfterAReset();
    void comesBackAfterAResetInARuntime();
    void comesBackAfterWhatIsNoNumber();
    void startsAgainForAnotherGeneration();
    void isNeverNegativeForRecorders();
};

void tst_SnapshotRates_Falling::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    makeModel();
}

void tst_SnapshotRates_Falling::beginsAnewWithACounter_data()
{
    QTest::addColumn<QVariant>("before");
    QTest::addColumn<QVariant>("after");

    QTest::newRow("to a few") << QVariant(1000LL) << QVariant(10LL);
    QTest::newRow("to none") << QVariant(1000ULL) << QVariant(0ULL);
    QTest::newRow("from a large number") << QVariant(~0ULL / 2) << QVariant(0ULL);
    QTest::newRow("a real number") << QVariant(1000.0) << QVariant(10.0);
    QTest::newRow("to another type") << QVariant(~0ULL) << QVariant(10U);
}

void tst_SnapshotRates_Falling::beginsAnewWithACounter()
{
    QFETCH(const QVariant, before);
    QFETCH(const QVariant, after);

    show(before);
    m_source->advance(100ms);
    show(after);
    QVERIFY(!rate().isValid());
    QCOMPARE(rateText(), u"restarted"_s);
    m_source->advance(500ms);
    QVariant next(after.toLongLong() + 50);
    QVERIFY(next.convert(after.metaType()));
    show(next);

    QCOMPARE(rate().toDouble(), 100.0);
}

void tst_SnapshotRates_Falling::isNoneOfAGauge()
{
    show(10, MetricKind::Gauge);
    m_source->advance(1s);
    show(20, MetricKind::Gauge);

    QVERIFY(!rate().isValid());
}

void tst_SnapshotRates_Falling::isNoneOfWhatFallsToSomething()
{
    for (const int value : { 10, 20, 5, 30, 40, 50 }) {
        m_source->advance(100ms);
        show(value, MetricKind::Unspecified);
    }

    QVERIFY(!rate().isValid());
    QVERIFY(rateText().isEmpty());
}

void tst_SnapshotRates_Falling::comesBackToWhatFellToZero()
{
    for (const int value : { 10, 20, 0 }) {
        m_source->advance(100ms);
        show(value, MetricKind::Unspecified);
    }
    QVERIFY(!rate().isValid());

    for (const int value : { 50, 100 }) {
        m_source->advance(500ms);
        show(value, MetricKind::Unspecified);
    }

    QCOMPARE(rate().toDouble(), 100.0);
}

void tst_SnapshotRates_Falling::isNoneOfWhatGoesUpAndDownFromZero()
{
    for (const int value : { 1, 0, 1, 0, 1, 0, 1 }) {
        m_source->advance(100ms);
        show(value, MetricKind::Unspecified);
    }

    QVERIFY(!rate().isValid());
}

void tst_SnapshotRates_Falling::comesBackAfterAReset()
{
    RecorderSnapshot recorder;
    recorder.entityId = u"r"_s;
    for (const int value : { 1000, 2000, 3 }) { // of which three came after the reset
        m_source->advance(100ms);
        recorder.resets = value == 3 ? 1 : 0;
        recorder.metrics = { snapshotOf(value, MetricKind::Unspecified) };
        m_source->setRecorder(recorder);
        update();
    }

    m_source->advance(500ms);
    show(53, MetricKind::Unspecified);

    QCOMPARE(rate().toDouble(), 100.0);
}

void tst_SnapshotRates_Falling::comesBackAfterAResetInARuntime()
{
    MetricsRuntime runtime(u"runtime"_s);
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(u"r"_s);
    recorder->registerMetric(std::make_unique<Testing::TickMetric>());
    const auto count = [&recorder](int events) {
        for (int i = 0; i < events; ++i)
            recorder->registerEvent(Testing::Tick{ 1 });
    };
    count(100);
    m_model->setRuntime(&runtime);
    update();
    const QPersistentModelIndex value =
            m_model->index(0, 0, m_model->index(0, 0, m_model->index(0, 0)));
    QVERIFY(value.isValid());
    const auto rateOf = [&value] {
        return value.data(SnapshotModel::RateRole);
    };

    recorder->resetMetrics();
    count(3);
    update();
    count(10);
    update();

    QVERIFY(rateOf().isValid());
    QCOMPARE_GT(rateOf().toDouble(), 0.0);
    m_model->setSource(nullptr);
}

void tst_SnapshotRates_Falling::comesBackAfterWhatIsNoNumber()
{
    for (const double value : { 4.0, 5.0, std::nan(""), 1.0, 2.0 }) {
        m_source->advance(100ms);
        show(value);
        QVERIFY(!(rate().toDouble() < 0));
    }

    QVERIFY(rate().isValid());
}

void tst_SnapshotRates_Falling::startsAgainForAnotherGeneration()
{
    show(1000);
    m_source->advance(1s);
    m_source->removeRecorder(u"r"_s);
    show(5000);

    QCOMPARE(m_value.data(SnapshotModel::ValueRole), 5000);
    QCOMPARE(rate(), 0.0);
}

void tst_SnapshotRates_Falling::isNeverNegativeForRecorders()
{
    RecorderSnapshot recorder;
    recorder.entityId = u"r"_s;
    for (const quint64 handled : { 1000, 2000, 10, 20 }) {
        m_source->advance(200ms);
        recorder.statistics.handled = handled;
        m_source->setRecorder(recorder);
        update();

        QVERIFY(m_model->totals().eventsPerSecond >= 0);
        QVERIFY(!(m_model->index(0, 0).data(SnapshotModel::RateRole).toDouble() < 0));
    }
}

QTEST_GUILESS_MAIN(tst_SnapshotRates_Falling)
#include "tst_snapshotrates_falling.moc"

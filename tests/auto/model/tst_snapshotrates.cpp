// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/handclock.h"
#include "shared/pollingwitness.h"
#include "shared/testmetrics.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <cmath>
#include <limits>
#include <memory>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// How fast values grow, as the models tell it. One value of one metric, "value", is looked at.
class tst_SnapshotRates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void countsPerSecond();
    void isShownInTheUnitOfTheValue();
    void decays();
    void settlesWithoutUpdates();

    // of large numbers
    void isExact_data();
    void isExact();
    void goesOnAcrossTheEndOfAType_data();
    void goesOnAcrossTheEndOfAType();
    void isExactAfterALargeStep();

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

private:
    void show(const QVariant &value, MetricKind kind = MetricKind::Counter);
    void update();
    QVariant rate() const { return m_value.data(SnapshotModel::RateRole); }
    QString rateText() const
    {
        return QModelIndex(m_value).siblingAtColumn(SnapshotModel::RateColumn).data().toString();
    }

    std::unique_ptr<FakeSnapshotSource> m_source;
    std::unique_ptr<SnapshotModel> m_model;
    QPersistentModelIndex m_value;
};

void tst_SnapshotRates::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_model.reset();
    m_source = std::make_unique<FakeSnapshotSource>();
    m_model = std::make_unique<SnapshotModel>();
    m_model->setPaused(true);
    m_model->setSource(m_source.get());
}

static MetricSnapshot snapshotOf(const QVariant &value, MetricKind kind)
{
    return MetricSnapshot(u"metric"_s).add(u"value"_s, value, {}, kind);
}

void tst_SnapshotRates::show(const QVariant &value, MetricKind kind)
{
    m_source->setMetric(u"r"_s, snapshotOf(value, kind));
    update();
    m_value = m_model->index(0, 0, m_model->index(0, 0, m_model->index(0, 0)));
}

void tst_SnapshotRates::update()
{
    QSignalSpy updated(m_model.get(), &SnapshotModel::updated);
    m_model->refresh();
    QVERIFY(updated.wait());
}

void tst_SnapshotRates::countsPerSecond()
{
    show(0);

    for (int i = 1; i <= 20; ++i) {
        m_source->advance(100ms);
        show(i);
    }

    QCOMPARE(rate().toDouble(), 10.0);
}

void tst_SnapshotRates::isShownInTheUnitOfTheValue()
{
    for (const int total : { 0, 1'024'000 }) {
        m_source->advance(1s);
        m_source->setMetric(u"r"_s,
                            MetricSnapshot(u"metric"_s)
                                    .add(u"value"_s, total, Unit::bytes(), MetricKind::Counter));
        update();
    }
    m_value = m_model->index(0, 0, m_model->index(0, 0, m_model->index(0, 0)));

    QCOMPARE(rate().toDouble(), 1'024'000.0);
    QCOMPARE(rateText(), u"1000 KiB/s"_s);
}

void tst_SnapshotRates::decays()
{
    show(0);
    m_source->advance(1s);
    show(100);
    QCOMPARE(rate().toDouble(), 100.0);

    m_source->advance(2s);
    m_source->setRecorder(u"another"_s, {}); // nothing new of this one
    update();

    QCOMPARE(rate().toDouble(), 0.0);
}

void tst_SnapshotRates::settlesWithoutUpdates()
{
    Testing::HandClock clock;
    show(0);
    m_source->advance(500ms);
    show(100);
    QCOMPARE(rate().toDouble(), 200.0);
    const int asked = m_source->requestCount();
    m_model->setRefreshInterval(1);
    m_model->setPaused(false);

    clock.advance(999ms);
    QVERIFY(Testing::waitForPolls(1ms));
    QCOMPARE(rate().toDouble(), 200.0); // until it has stood still for a second
    clock.advance(1ms);
    QTRY_COMPARE(rate().toDouble(), 0.0);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(m_source->requestCount(), asked);
    QCOMPARE(changed.count(), 0);
}

void tst_SnapshotRates::isExact_data()
{
    QTest::addColumn<QVariant>("before");
    QTest::addColumn<QVariant>("after");
    QTest::addColumn<double>("growth");

    constexpr qint64 most = std::numeric_limits<qint64>::max();
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    constexpr quint64 end = std::numeric_limits<quint64>::max();
    const auto row = [](const char *name, const QVariant &before, const QVariant &after,
                        double growth) {
        QTest::newRow(name) << before << after << growth;
    };
    row("beyond 2^53", (1LL << 53) + 1, (1LL << 53) + 101, 100);
    row("up to 2^63 - 1", most - 100, most, 100);
    row("from -2^63", least, least + 100, 100);
    row("through 0", -50LL, 50LL, 100);
    row("beyond 2^63", (1ULL << 63) + 1, (1ULL << 63) + 101, 100);
    row("up to 2^64 - 1", end - 100, end, 100);
    row("all that there is", 0ULL, end, 0x1p64);
    row("from signed to unsigned", most, quint64(most) + 100, 100);
    row("real numbers", 0.5, 100.5, 100);
    row("from an integer to a real number", 1LL, 101.0, 100);
}

void tst_SnapshotRates::isExact()
{
    QFETCH(const QVariant, before);
    QFETCH(const QVariant, after);
    QFETCH(const double, growth);

    show(before);
    m_source->advance(1s);
    show(after);

    QCOMPARE(rate().toDouble(), growth);
}

void tst_SnapshotRates::goesOnAcrossTheEndOfAType_data()
{
    QTest::addColumn<QVariant>("before");
    QTest::addColumn<QVariant>("after");

    QTest::newRow("64 bits") << QVariant(~0ULL - 39) << QVariant(60ULL);
    QTest::newRow("64 bits, signed") << QVariant(std::numeric_limits<qint64>::max() - 39)
                                     << QVariant(std::numeric_limits<qint64>::min() + 60);
    QTest::newRow("32 bits") << QVariant(~0U - 39) << QVariant(60U);
    QTest::newRow("32 bits, signed") << QVariant(std::numeric_limits<int>::max() - 39)
                                     << QVariant(std::numeric_limits<int>::min() + 60);
    QTest::newRow("16 bits") << QVariant::fromValue<quint16>(0xffff - 39)
                             << QVariant::fromValue<quint16>(60);
}

void tst_SnapshotRates::goesOnAcrossTheEndOfAType()
{
    QFETCH(const QVariant, before);
    QFETCH(const QVariant, after);

    show(before);
    m_source->advance(1s);
    show(after);

    QCOMPARE(rate().toDouble(), 100.0);
}

void tst_SnapshotRates::isExactAfterALargeStep()
{
    quint64 value = 0;
    show(value);
    m_source->advance(1s);
    show(value += 1ULL << 62);

    for (int i = 0; i < 12; ++i) {
        m_source->advance(100ms);
        show(value += 10);
    }

    QCOMPARE(rate().toDouble(), 100.0);
}

void tst_SnapshotRates::beginsAnewWithACounter_data()
{
    QTest::addColumn<QVariant>("before");
    QTest::addColumn<QVariant>("after");

    QTest::newRow("to a few") << QVariant(1000LL) << QVariant(10LL);
    QTest::newRow("to none") << QVariant(1000ULL) << QVariant(0ULL);
    QTest::newRow("from a large number") << QVariant(~0ULL / 2) << QVariant(0ULL);
    QTest::newRow("a real number") << QVariant(1000.0) << QVariant(10.0);
    QTest::newRow("to another type") << QVariant(~0ULL) << QVariant(10U);
}

void tst_SnapshotRates::beginsAnewWithACounter()
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

void tst_SnapshotRates::isNoneOfAGauge()
{
    show(10, MetricKind::Gauge);
    m_source->advance(1s);
    show(20, MetricKind::Gauge);

    QVERIFY(!rate().isValid());
}

void tst_SnapshotRates::isNoneOfWhatFallsToSomething()
{
    for (const int value : { 10, 20, 5, 30, 40, 50 }) {
        m_source->advance(100ms);
        show(value, MetricKind::Unspecified);
    }

    QVERIFY(!rate().isValid());
    QVERIFY(rateText().isEmpty());
}

void tst_SnapshotRates::comesBackToWhatFellToZero()
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

void tst_SnapshotRates::isNoneOfWhatGoesUpAndDownFromZero()
{
    for (const int value : { 1, 0, 1, 0, 1, 0, 1 }) {
        m_source->advance(100ms);
        show(value, MetricKind::Unspecified);
    }

    QVERIFY(!rate().isValid());
}

void tst_SnapshotRates::comesBackAfterAReset()
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

void tst_SnapshotRates::comesBackAfterAResetInARuntime()
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

void tst_SnapshotRates::comesBackAfterWhatIsNoNumber()
{
    for (const double value : { 4.0, 5.0, std::nan(""), 1.0, 2.0 }) {
        m_source->advance(100ms);
        show(value);
        QVERIFY(!(rate().toDouble() < 0));
    }

    QVERIFY(rate().isValid());
}

void tst_SnapshotRates::startsAgainForAnotherGeneration()
{
    show(1000);
    m_source->advance(1s);
    m_source->removeRecorder(u"r"_s);
    show(5000);

    QCOMPARE(m_value.data(SnapshotModel::ValueRole), 5000);
    QCOMPARE(rate(), 0.0);
}

void tst_SnapshotRates::isNeverNegativeForRecorders()
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

QTEST_GUILESS_MAIN(tst_SnapshotRates)

#include "tst_snapshotrates.moc"

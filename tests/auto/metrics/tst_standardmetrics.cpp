// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/standardevents.h"

#include <recorders/core/recorder.h>
#include <recorders/metrics/standardmetrics.h>

#include <QDateTime>
#include <QTest>

#include <cmath>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

class tst_StandardMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void isRegisteredInOneStatement();

    // each by itself
    void countsEvents();
    void addsUpAMember();
    void goesUpAndDown();
    void goesDownByAmounts();
    void tellsTheLastValueAndTheExtremes();
    void tellsWhenItLastChanged();
    void tellsRates();
    void describesValues();
    void describesADistribution();
    void tellsDistributions();
    void sharesWhatDidNotChange();
    void tellsAText();
    void tellsAnEnumeratorAsText();

    // what reaches them
    void readsWhateverSaysTheAmount();
    void isFedBySeveralTypes();
    void takesOtherTypesForNone();
    void filters_data();
    void filters();
    void filtersOnlyTheTypesThatItsPredicateTakes();
    void tellsWhetherItChanged();
};

using Make = std::unique_ptr<Metric> (*)();

namespace {

QString name()
{
    return QStringLiteral("metric");
}

const Dimension dimensionOf(const MetricSnapshot &snapshot, const QString &dimension)
{
    for (const Dimension &each : snapshot.dimensions()) {
        if (each.name == dimension)
            return each;
    }
    return {};
}

QStringList namesOf(const MetricSnapshot &snapshot)
{
    QStringList names;
    for (const Dimension &dimension : snapshot.dimensions())
        names.append(dimension.name);
    return names;
}

} // namespace

void tst_StandardMetrics::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_StandardMetrics::isRegisteredInOneStatement()
{
    Recorder recorder(QStringLiteral("storage"));

    recorder.registerMetric(CounterMetric<Saved>(QStringLiteral("saves")).by(&Saved::outcome));
    recorder.registerMetric(
            CounterMetric(QStringLiteral("bytes"), &Saved::bytes).in(Unit::bytes()));
    recorder.registerMetric(UpDownCounterMetric<Loaded, Saved>(QStringLiteral("open")));
    recorder.registerMetric(HistogramMetric(QStringLiteral("duration"), &Saved::duration));
    recorder.registerMetric(std::make_unique<RateMetric<Saved>>(QStringLiteral("rate")));

    recorder.registerEvent(Loaded{});
    recorder.registerEvent(Saved{ Saved::Outcome::Success, 4096, 0, 3ms, {}, false });
    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();
    QCOMPARE(snapshots.size(), 5);
    QCOMPARE(snapshots[0].value(u"Success_total").toInt(), 1);
    QCOMPARE(snapshots[1].value(u"total").toInt(), 4096);
    QCOMPARE(snapshots[2].value(u"current").toInt(), 0);
    QCOMPARE(snapshots[3].value(u"p99").toDouble(), 3e6);
    QCOMPARE(snapshots[4].value(u"rate").toDouble(), 0.1);
}

void tst_StandardMetrics::countsEvents()
{
    const MetricSnapshot snapshot =
            snapshotAfter(CounterMetric<Saved>(name()), Saved{}, Saved{}, Saved{});

    QCOMPARE(snapshot.name(), name());
    QCOMPARE(snapshot.value(u"total"), QVariant(qlonglong(3)));
    QCOMPARE(namesOf(snapshot), QStringList{ QStringLiteral("total") });
}

void tst_StandardMetrics::addsUpAMember()
{
    const qint64 most = std::numeric_limits<qint64>::max();

    QCOMPARE(snapshotAfter(CounterMetric(name(), &Saved::bytes), savedBytes(40), savedBytes(2))
                     .value(u"total"),
             QVariant(qlonglong(42)));
    QCOMPARE(snapshotAfter(CounterMetric(name(), &Saved::bytes), savedBytes(most), savedBytes(2))
                     .value(u"total"),
             QVariant(qlonglong(most)));
    QCOMPARE(snapshotAfter(CounterMetric(name(), &Saved::ratio), savedRatio(0.5), savedRatio(0.25))
                     .value(u"total"),
             QVariant(0.75));
}

void tst_StandardMetrics::goesUpAndDown()
{
    const MetricSnapshot snapshot =
            snapshotAfter(UpDownCounterMetric<Loaded, Saved>(name()), Loaded{}, Loaded{}, Saved{},
                          Loaded{}, Saved{}, Saved{}, Saved{});

    QCOMPARE(snapshot.value(u"current"), QVariant(qlonglong(-1)));
    QCOMPARE(namesOf(snapshot), QStringList{ QStringLiteral("current") });
}

void tst_StandardMetrics::goesDownByAmounts()
{
    QCOMPARE(snapshotAfter(UpDownCounterMetric(name(), &Loaded::bytes, &Saved::bytes),
                           Loaded{ {}, 50, {} }, savedBytes(8))
                     .value(u"current"),
             QVariant(qlonglong(42)));
    QCOMPARE(snapshotAfter(UpDownCounterMetric(name(), &Saved::bytes), savedBytes(50),
                           savedBytes(-60))
                     .value(u"current"),
             QVariant(qlonglong(-10)));
}

void tst_StandardMetrics::tellsTheLastValueAndTheExtremes()
{
    const MetricSnapshot snapshot = snapshotAfter(GaugeMetric(name(), &Saved::bytes), savedBytes(5),
                                                  savedBytes(-3), savedBytes(2));

    QCOMPARE(snapshot.value(u"last"), QVariant(qlonglong(2)));
    QCOMPARE(snapshot.value(u"min"), QVariant(qlonglong(-3)));
    QCOMPARE(snapshot.value(u"max"), QVariant(qlonglong(5)));
}

void tst_StandardMetrics::tellsWhenItLastChanged()
{
    GaugeMetric metric(name(), &Saved::bytes);
    FakeClocks::drive(metric);
    const auto timeAfter = [&metric](qint64 value) {
        FakeClocks::wall += 1s;
        metric.handleEvent(MetricEvent(savedBytes(value)));
        return metric.snapshot().value(u"changed").toDateTime();
    };
    const auto now = [] {
        return QDateTime::fromMSecsSinceEpoch(FakeClocks::wall / 1ms).toUTC();
    };

    const QDateTime first = timeAfter(5);
    QCOMPARE(first, now());
    QCOMPARE(timeAfter(5), first);
    const QDateTime second = timeAfter(6);
    QCOMPARE(second, now());
    QCOMPARE(timeAfter(6), second);
}

void tst_StandardMetrics::tellsRates()
{
    RateMetric metric(name(), &Saved::bytes);
    metric.over(2s);
    FakeClocks::drive(metric);

    for (int i = 0; i < 100; ++i, FakeClocks::steady += 100ms)
        metric.handleEvent(MetricEvent(savedBytes(5)));

    const MetricSnapshot snapshot = metric.snapshot();
    QVERIFY(std::abs(snapshot.value(u"rate").toDouble() - 50) < 3);
    const double oneMinute = 50 * (1 - std::exp(-10.0 / 60));
    QVERIFY(std::abs(snapshot.value(u"rate1m").toDouble() / oneMinute - 1) < 0.01);
    const double fiveMinutes = 50 * (1 - std::exp(-10.0 / 300));
    QVERIFY(std::abs(snapshot.value(u"rate5m").toDouble() / fiveMinutes - 1) < 0.01);
    const double quarterHour = 50 * (1 - std::exp(-10.0 / 900));
    QVERIFY(std::abs(snapshot.value(u"rate15m").toDouble() / quarterHour - 1) < 0.01);
    FakeClocks::steady += 1h;
    QCOMPARE(metric.snapshot().value(u"rate").toDouble(), 0.0);
}

void tst_StandardMetrics::describesValues()
{
    const MetricSnapshot snapshot = snapshotAfter(
            StatisticsMetric(name(), &Saved::bytes), savedBytes(2), savedBytes(4), savedBytes(4),
            savedBytes(4), savedBytes(5), savedBytes(5), savedBytes(7), savedBytes(9));

    QCOMPARE(snapshot.value(u"count"), QVariant(qlonglong(8)));
    QCOMPARE(snapshot.value(u"sum"), QVariant(qlonglong(40)));
    QCOMPARE(snapshot.value(u"mean").toDouble(), 5.0);
    QCOMPARE(snapshot.value(u"stddev").toDouble(), 2.0);
    QCOMPARE(snapshot.value(u"min"), QVariant(qlonglong(2)));
    QCOMPARE(snapshot.value(u"max"), QVariant(qlonglong(9)));
}

void tst_StandardMetrics::describesADistribution()
{
    HistogramMetric metric(name(), &Saved::bytes);

    for (int i = 1; i <= 1000; ++i)
        metric.handleEvent(MetricEvent(savedBytes(i)));

    const MetricSnapshot snapshot = metric.snapshot();
    QCOMPARE(snapshot.value(u"count"), QVariant(qlonglong(1000)));
    QCOMPARE(snapshot.value(u"sum"), QVariant(qlonglong(500'500)));
    QCOMPARE(snapshot.value(u"min"), QVariant(qlonglong(1)));
    QCOMPARE(snapshot.value(u"max"), QVariant(qlonglong(1000)));
    const double error = 0.022; // of scale 4: ten octaves in 160 buckets
    QVERIFY(std::abs(snapshot.value(u"p50").toDouble() / 500 - 1) < error);
    QVERIFY(std::abs(snapshot.value(u"p90").toDouble() / 900 - 1) < error);
    QVERIFY(std::abs(snapshot.value(u"p99").toDouble() / 990 - 1) < error);
    QVERIFY(std::abs(snapshot.value(u"p99.9").toDouble() / 999 - 1) < error);
    QCOMPARE(dimensionOf(snapshot, QStringLiteral("p99.9")).attributes,
             QVariantMap({ { QStringLiteral("quantile"), 0.999 } }));
}

void tst_StandardMetrics::tellsDistributions()
{
    const MetricSnapshot snapshot = snapshotAfter(
            HistogramMetric(name(), &Saved::bytes).by(&Saved::outcome).in(Unit::bytes()),
            savedBytes(0), savedBytes(8), savedBytes(1024), savedBytes(8));

    const Distribution distribution = snapshot.distribution();
    QCOMPARE(distribution.scale(), 4);
    QCOMPARE(distribution.zeroCount(), quint64(1));
    QCOMPARE(distribution.offset(), (3 << 4) - 1);
    QCOMPARE(distribution.bucketCounts().first(), quint64(2));
    QCOMPARE(distribution.bucketCounts().last(), quint64(1));
    QCOMPARE(distribution.bucketCounts().size(), (7 << 4) + 1);
    QCOMPARE(snapshot.distribution(u"Failure"), distribution);
    const Dimension part = snapshot.distributions().constLast();
    QCOMPARE(part.unit, Unit::bytes());
    QCOMPARE(part.attributes,
             QVariantMap({ { QStringLiteral("outcome"), QStringLiteral("Failure") } }));
}

void tst_StandardMetrics::sharesWhatDidNotChange()
{
    const std::unique_ptr<Metric> metric =
            HistogramMetric(name(), &Saved::bytes).by(&Saved::outcome);
    const auto told = [&metric](qsizetype at) {
        return metric->snapshot().distributions().at(at).value;
    };
    metric->handleEvent(MetricEvent(savedWith(Saved::Outcome::Success)));
    metric->handleEvent(MetricEvent(savedWith(Saved::Outcome::Cancelled)));
    const QVariant success = told(1);
    const QVariant cancelled = told(2);

    metric->handleEvent(MetricEvent(savedWith(Saved::Outcome::Cancelled)));

    QCOMPARE(told(1).constData(), success.constData());
    QVERIFY(told(2) != cancelled);
    QCOMPARE(cancelled.value<Distribution>().count(), quint64(1));
    QCOMPARE(told(2).value<Distribution>().count(), quint64(2));
}

void tst_StandardMetrics::tellsAText()
{
    const MetricSnapshot snapshot =
            snapshotAfter(TextMetric(name(), &Saved::user), savedBy(QStringLiteral("1.0")),
                          savedBy(QStringLiteral("1.1")));

    QCOMPARE(snapshot.value(u"value"), QVariant(QStringLiteral("1.1")));
    QCOMPARE(dimensionOf(snapshot, QStringLiteral("value")).kind, MetricKind::Text);
}

void tst_StandardMetrics::tellsAnEnumeratorAsText()
{
    QCOMPARE(
            snapshotAfter(TextMetric(name(), &Saved::outcome), savedWith(Saved::Outcome::Cancelled))
                    .value(u"value"),
            QVariant(QStringLiteral("Cancelled")));
}

static qint64 doubled(const Saved &saved)
{
    return 2 * saved.bytes;
}

void tst_StandardMetrics::readsWhateverSaysTheAmount()
{
    const auto total = [](const std::unique_ptr<Metric> &metric) {
        return snapshotAfter(metric, savedBytes(3000)).value(u"total").toDouble();
    };

    QCOMPARE(total(CounterMetric(name(), &doubled)), 6000.0);
    QCOMPARE(total(CounterMetric(name(), &Saved::isLarge)), 1.0);
    QCOMPARE(total(CounterMetric(name(),
                                 [](const Saved &saved) { return double(saved.bytes) / 2e3; })),
             1.5);
}

void tst_StandardMetrics::isFedBySeveralTypes()
{
    const MetricSnapshot counted =
            snapshotAfter(CounterMetric<Saved, Loaded>(name()), Saved{}, Loaded{}, Saved{});
    const MetricSnapshot summed =
            snapshotAfter(CounterMetric(name(), &Saved::bytes, &Loaded::bytes), savedBytes(40),
                          Loaded{ {}, 2, {} });

    QCOMPARE(counted.value(u"total").toInt(), 3);
    QCOMPARE(summed.value(u"total").toInt(), 42);
}

void tst_StandardMetrics::takesOtherTypesForNone()
{
    CounterMetric<Saved> metric(name());

    QVERIFY(!metric.handleEvent(MetricEvent(Loaded{})));
    QVERIFY(!metric.handleEvent(MetricEvent(7)));

    QCOMPARE(metric.snapshot().value(u"total").toInt(), 0);
}

void tst_StandardMetrics::filters_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<int>("total");

    QTest::newRow("by a member") << Make([]() -> std::unique_ptr<Metric> {
        return CounterMetric<Saved>(name()).when(&Saved::isRetry);
    }) << 2;
    QTest::newRow("by a member function") << Make([]() -> std::unique_ptr<Metric> {
        return CounterMetric<Saved>(name()).when(&Saved::isLarge);
    }) << 2;
    QTest::newRow("by a predicate") << Make([]() -> std::unique_ptr<Metric> {
        return CounterMetric<Saved>(name()).when([](const Saved &s) { return s.bytes < 1000; });
    }) << 2;
    QTest::newRow("by two") << Make([]() -> std::unique_ptr<Metric> {
        return CounterMetric<Saved>(name()).when(&Saved::isLarge).when(&Saved::isRetry);
    }) << 1;
}

void tst_StandardMetrics::filters()
{
    QFETCH(const Make, make);
    QFETCH(const int, total);
    Saved largeRetry = savedBytes(1000);
    largeRetry.isRetry = true;
    Saved smallRetry = savedBytes(5);
    smallRetry.isRetry = true;

    const MetricSnapshot snapshot =
            snapshotAfter(make(), savedBytes(1), savedBytes(2000), largeRetry, smallRetry);

    QCOMPARE(snapshot.value(u"total").toInt(), total);
}

void tst_StandardMetrics::filtersOnlyTheTypesThatItsPredicateTakes()
{
    const MetricSnapshot snapshot =
            snapshotAfter(CounterMetric<Saved, Loaded>(name()).when(&Saved::isLarge), savedBytes(1),
                          Loaded{}, savedBytes(1000));

    QCOMPARE(snapshot.value(u"total").toInt(), 2);
}

void tst_StandardMetrics::tellsWhetherItChanged()
{
    CounterMetric counter(name(), &Saved::bytes);
    GaugeMetric gauge(name(), &Saved::bytes);
    TextMetric text(name(), &Saved::bytes);
    CounterMetric filtered = CounterMetric(name(), &Saved::bytes).when(&Saved::isLarge);

    for (Metric *metric : { static_cast<Metric *>(&counter), static_cast<Metric *>(&gauge),
                            static_cast<Metric *>(&text) })
        QVERIFY(metric->handleEvent(MetricEvent(savedBytes(7))));

    QVERIFY(!counter.handleEvent(MetricEvent(savedBytes(0))));
    QVERIFY(!gauge.handleEvent(MetricEvent(savedBytes(7))));
    QVERIFY(!text.handleEvent(MetricEvent(savedBytes(7))));
    QVERIFY(!filtered.handleEvent(MetricEvent(savedBytes(7))));
}

QTEST_GUILESS_MAIN(tst_StandardMetrics)
#include "tst_standardmetrics.moc"

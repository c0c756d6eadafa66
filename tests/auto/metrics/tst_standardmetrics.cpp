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
    void tellsWhetherItChanged();
};

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

    recorder.registerMetric(counter<Saved>(QStringLiteral("saves")).by(&Saved::outcome));
    recorder.registerMetric(
            counter<Saved>(QStringLiteral("bytes")).of(&Saved::bytes).unit(Unit::bytes()));
    recorder.registerMetric(upDownCounter<Loaded>(QStringLiteral("open"))
                                    .of([](const Loaded &) { return 1; })
                                    .andOf<Saved>([](const Saved &) { return -1; }));
    recorder.registerMetric(histogram<Saved>(QStringLiteral("duration")).of(&Saved::duration));
    recorder.registerMetric(rate<Saved>(QStringLiteral("rate")));

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
            snapshotAfter(counter<Saved>(name()), Saved{}, Saved{}, Saved{});

    QCOMPARE(snapshot.name(), name());
    QCOMPARE(snapshot.value(u"total"), QVariant(qlonglong(3)));
    QCOMPARE(namesOf(snapshot), QStringList{ QStringLiteral("total") });
}

void tst_StandardMetrics::addsUpAMember()
{
    const qint64 most = std::numeric_limits<qint64>::max();

    QCOMPARE(snapshotAfter(counter<Saved>(name()).of(&Saved::bytes), savedBytes(40), savedBytes(2))
                     .value(u"total"),
             QVariant(qlonglong(42)));
    QCOMPARE(
            snapshotAfter(counter<Saved>(name()).of(&Saved::bytes), savedBytes(most), savedBytes(2))
                    .value(u"total"),
            QVariant(qlonglong(most)));
    QCOMPARE(snapshotAfter(counter<Saved>(name()).of(&Saved::ratio), savedRatio(0.5),
                           savedRatio(0.25))
                     .value(u"total"),
             QVariant(0.75));
}

void tst_StandardMetrics::goesUpAndDown()
{
    const MetricSnapshot snapshot =
            snapshotAfter(upDownCounter<Loaded>(name())
                                  .of([](const Loaded &) { return 1; })
                                  .andOf<Saved>([](const Saved &) { return -1; }),
                          Loaded{}, Loaded{}, Saved{}, Loaded{}, Saved{}, Saved{}, Saved{});

    QCOMPARE(snapshot.value(u"current"), QVariant(qlonglong(-1)));
    QCOMPARE(namesOf(snapshot), QStringList{ QStringLiteral("current") });
}

void tst_StandardMetrics::goesDownByAmounts()
{
    QCOMPARE(snapshotAfter(upDownCounter<Loaded>(name())
                                   .of(&Loaded::bytes)
                                   .andOf<Saved>([](const Saved &saved) { return -saved.bytes; }),
                           Loaded{ {}, 50, {} }, savedBytes(8))
                     .value(u"current"),
             QVariant(qlonglong(42)));
    QCOMPARE(snapshotAfter(upDownCounter<Saved>(name()).of(&Saved::bytes), savedBytes(50),
                           savedBytes(-60))
                     .value(u"current"),
             QVariant(qlonglong(-10)));
}

void tst_StandardMetrics::tellsTheLastValueAndTheExtremes()
{
    const MetricSnapshot snapshot = snapshotAfter(gauge<Saved>(name()).of(&Saved::bytes),
                                                  savedBytes(5), savedBytes(-3), savedBytes(2));

    QCOMPARE(snapshot.value(u"last"), QVariant(qlonglong(2)));
    QCOMPARE(snapshot.value(u"min"), QVariant(qlonglong(-3)));
    QCOMPARE(snapshot.value(u"max"), QVariant(qlonglong(5)));
}

void tst_StandardMetrics::tellsWhenItLastChanged()
{
    const std::unique_ptr<Metric> metric =
            FakeClocks::drive(gauge<Saved>(name()).of(&Saved::bytes));
    const auto timeAfter = [&metric](qint64 value) {
        FakeClocks::wall += 1s;
        metric->handleEvent(MetricEvent(savedBytes(value)));
        return metric->snapshot().value(u"changed").toDateTime();
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
    const std::unique_ptr<Metric> metric =
            FakeClocks::drive(rate<Saved>(name()).of(&Saved::bytes).over(2s));

    for (int i = 0; i < 100; ++i, FakeClocks::steady += 100ms)
        metric->handleEvent(MetricEvent(savedBytes(5)));

    const MetricSnapshot snapshot = metric->snapshot();
    QVERIFY(std::abs(snapshot.value(u"rate").toDouble() - 50) < 3);
    const double oneMinute = 50 * (1 - std::exp(-10.0 / 60));
    QVERIFY(std::abs(snapshot.value(u"rate1m").toDouble() / oneMinute - 1) < 0.01);
    const double fiveMinutes = 50 * (1 - std::exp(-10.0 / 300));
    QVERIFY(std::abs(snapshot.value(u"rate5m").toDouble() / fiveMinutes - 1) < 0.01);
    const double quarterHour = 50 * (1 - std::exp(-10.0 / 900));
    QVERIFY(std::abs(snapshot.value(u"rate15m").toDouble() / quarterHour - 1) < 0.01);
    FakeClocks::steady += 1h;
    QCOMPARE(metric->snapshot().value(u"rate").toDouble(), 0.0);
}

void tst_StandardMetrics::describesValues()
{
    const MetricSnapshot snapshot =
            snapshotAfter(statistics<Saved>(name()).of(&Saved::bytes), savedBytes(2), savedBytes(4),
                          savedBytes(4), savedBytes(4), savedBytes(5), savedBytes(5), savedBytes(7),
                          savedBytes(9));

    QCOMPARE(snapshot.value(u"count"), QVariant(qlonglong(8)));
    QCOMPARE(snapshot.value(u"sum"), QVariant(qlonglong(40)));
    QCOMPARE(snapshot.value(u"mean").toDouble(), 5.0);
    QCOMPARE(snapshot.value(u"stddev").toDouble(), 2.0);
    QCOMPARE(snapshot.value(u"min"), QVariant(qlonglong(2)));
    QCOMPARE(snapshot.value(u"max"), QVariant(qlonglong(9)));
}

void tst_StandardMetrics::describesADistribution()
{
    const std::unique_ptr<Metric> metric = histogram<Saved>(name()).of(&Saved::bytes);

    for (int i = 1; i <= 1000; ++i)
        metric->handleEvent(MetricEvent(savedBytes(i)));

    const MetricSnapshot snapshot = metric->snapshot();
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
            histogram<Saved>(name()).of(&Saved::bytes).by(&Saved::outcome).unit(Unit::bytes()),
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
            histogram<Saved>(name()).of(&Saved::bytes).by(&Saved::outcome);
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
            snapshotAfter(text<Saved>(name()).of(&Saved::user), savedBy(QStringLiteral("1.0")),
                          savedBy(QStringLiteral("1.1")));

    QCOMPARE(snapshot.value(u"value"), QVariant(QStringLiteral("1.1")));
    QCOMPARE(dimensionOf(snapshot, QStringLiteral("value")).kind, MetricKind::Text);
}

void tst_StandardMetrics::tellsAnEnumeratorAsText()
{
    QCOMPARE(snapshotAfter(text<Saved>(name()).of(&Saved::outcome),
                           savedWith(Saved::Outcome::Cancelled))
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

    QCOMPARE(total(counter<Saved>(name()).of(&doubled)), 6000.0);
    QCOMPARE(total(counter<Saved>(name()).of(&Saved::isLarge)), 1.0);
    QCOMPARE(total(counter<Saved>(name()).of(
                     [](const Saved &saved) { return double(saved.bytes) / 2e3; })),
             1.5);
}

void tst_StandardMetrics::isFedBySeveralTypes()
{
    const MetricSnapshot counted =
            snapshotAfter(counter<Saved>(name()).andOf<Loaded>(), Saved{}, Loaded{}, Saved{});
    const MetricSnapshot summed =
            snapshotAfter(counter<Saved>(name()).of(&Saved::bytes).andOf<Loaded>(&Loaded::bytes),
                          savedBytes(40), Loaded{ {}, 2, {} });

    QCOMPARE(counted.value(u"total").toInt(), 3);
    QCOMPARE(summed.value(u"total").toInt(), 42);
}

void tst_StandardMetrics::takesOtherTypesForNone()
{
    const std::unique_ptr<Metric> metric = counter<Saved>(name());

    QVERIFY(!metric->handleEvent(MetricEvent(Loaded{})));
    QVERIFY(!metric->handleEvent(MetricEvent(7)));

    QCOMPARE(metric->snapshot().value(u"total").toInt(), 0);
}

void tst_StandardMetrics::tellsWhetherItChanged()
{
    const std::unique_ptr<Metric> sum = counter<Saved>(name()).of(&Saved::bytes);
    const std::unique_ptr<Metric> last = gauge<Saved>(name()).of(&Saved::bytes);
    const std::unique_ptr<Metric> lastText = text<Saved>(name()).of(&Saved::bytes);
    const std::unique_ptr<Metric> filtered =
            counter<Saved>(name()).of(&Saved::bytes).when(&Saved::isLarge);

    for (Metric *metric : { sum.get(), last.get(), lastText.get() })
        QVERIFY(metric->handleEvent(MetricEvent(savedBytes(7))));

    QVERIFY(!sum->handleEvent(MetricEvent(savedBytes(0))));
    QVERIFY(!last->handleEvent(MetricEvent(savedBytes(7))));
    QVERIFY(!lastText->handleEvent(MetricEvent(savedBytes(7))));
    QVERIFY(!filtered->handleEvent(MetricEvent(savedBytes(7))));
}

QTEST_GUILESS_MAIN(tst_StandardMetrics)
#include "tst_standardmetrics.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/standardevents.h"

#include <recorders/metrics/standardmetrics.h>

#include <QDateTime>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What standard metrics make of numbers below 0 and of such as a double does not hold.
class tst_StandardMetrics_Numbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // below 0
    void takesNegativeNumbersOrCallsThemInvalid_data();
    void takesNegativeNumbersOrCallsThemInvalid();
    void tellsASumThatShrinksByItsKind_data();
    void tellsASumThatShrinksByItsKind();

    // large ones
    void keepsLargeIntegersOfAGauge_data();
    void keepsLargeIntegersOfAGauge();
    void keepsTheLeastDuration();
    void goesBackFromTheGreatestSum();

    // clocks
    void followsAWallClockThatIsSetBack();
    void tellsTheLastOneOfAllWhenTheWallClockIsSetBack();
};

using Make = std::unique_ptr<Metric> (*)();

namespace {

constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr qint64 least = std::numeric_limits<qint64>::min();

QString name()
{
    return QStringLiteral("metric");
}

Saved savedWithin(std::chrono::milliseconds duration)
{
    Saved saved;
    saved.duration = duration;
    return saved;
}

// "total 3, invalid 1"; numbers only, of rates and percentiles none
QString figuresOf(const MetricSnapshot &snapshot)
{
    QStringList figures;
    for (const Dimension &dimension : snapshot.dimensions()) {
        const bool isShown = dimension.value.typeId() == QMetaType::LongLong
                || dimension.name == QStringLiteral("rate")
                || dimension.name == QStringLiteral("mean");
        if (isShown)
            figures.append(dimension.name + u' ' + dimension.value.toString());
    }
    return figures.join(QStringLiteral(", "));
}

// Of what describe() begins to describe.
template <auto describe>
void addRow(const char *title, const char *integers, const char *durations)
{
    const Make ofIntegers = []() -> std::unique_ptr<Metric> {
        return FakeClocks::drive(describe(name()).of(&Saved::bytes));
    };
    const Make ofDurations = []() -> std::unique_ptr<Metric> {
        return FakeClocks::drive(describe(name()).of(&Saved::duration));
    };
    QTest::newRow(title) << ofIntegers << ofDurations << QString::fromLatin1(integers)
                         << QString::fromLatin1(durations);
}

MetricKind kindOf(const MetricSnapshot &snapshot, const QString &dimension)
{
    for (const Dimension &each : snapshot.dimensions()) {
        if (each.name == dimension)
            return each.kind;
    }
    return MetricKind::Unspecified;
}

} // namespace

void tst_StandardMetrics_Numbers::takesNegativeNumbersOrCallsThemInvalid_data()
{
    QTest::addColumn<Make>("makeOfIntegers");
    QTest::addColumn<Make>("makeOfDurations");
    QTest::addColumn<QString>("integers"); // after 10 and -4
    QTest::addColumn<QString>("durations"); // after 10 ms and -4 ms

    addRow<counter<Saved>>("counter", "total 10, invalid 1", "total 10000000, invalid 1");
    addRow<upDownCounter<Saved>>("up-down counter", "current 6", "current 6000000");
    addRow<gauge<Saved>>("gauge", "last -4, min -4, max 10",
                         "last -4000000, min -4000000, max 10000000");
    addRow<rate<Saved>>("rate over 10 s", "rate 1, invalid 1", "rate 1e+06, invalid 1");
    addRow<statistics<Saved>>("statistics", "count 2, sum 6, mean 3, min -4, max 10",
                              "count 2, sum 6000000, mean 3e+06, min -4000000, max 10000000");
    addRow<histogram<Saved>>("histogram", "count 2, sum 6, min -4, max 10",
                             "count 2, sum 6000000, min -4000000, max 10000000");
}

void tst_StandardMetrics_Numbers::takesNegativeNumbersOrCallsThemInvalid()
{
    QFETCH(const Make, makeOfIntegers);
    QFETCH(const Make, makeOfDurations);
    QFETCH(const QString, integers);
    QFETCH(const QString, durations);

    const MetricSnapshot ofIntegers =
            snapshotAfter(makeOfIntegers(), savedBytes(10), savedBytes(-4));
    const MetricSnapshot ofDurations =
            snapshotAfter(makeOfDurations(), savedWithin(10ms), savedWithin(-4ms));

    QCOMPARE(figuresOf(ofIntegers), integers);
    QCOMPARE(figuresOf(ofDurations), durations);
}

void tst_StandardMetrics_Numbers::tellsASumThatShrinksByItsKind_data()
{
    QTest::addColumn<Make>("make");

    QTest::newRow("statistics") << Make([]() -> std::unique_ptr<Metric> {
        return statistics<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
    });
    QTest::newRow("histogram") << Make([]() -> std::unique_ptr<Metric> {
        return histogram<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
    });
}

void tst_StandardMetrics_Numbers::tellsASumThatShrinksByItsKind()
{
    QFETCH(const Make, make);
    const std::unique_ptr<Metric> metric = make();
    const QString ann = QStringLiteral("ann");
    const QString bob = QStringLiteral("bob");

    const MetricSnapshot growing = snapshotAfter(metric, savedBy(ann, 1), savedBy(bob, 0));
    const MetricSnapshot shrinking = snapshotAfter(metric, savedBy(bob, -1), savedBy(bob, 1));
    metric->reset();
    const MetricSnapshot reset = metric->snapshot();

    QCOMPARE(kindOf(growing, QStringLiteral("sum")), MetricKind::Counter);
    QCOMPARE(kindOf(shrinking, QStringLiteral("sum")), MetricKind::UpDownCounter);
    QCOMPARE(kindOf(shrinking, QStringLiteral("bob_sum")), MetricKind::UpDownCounter);
    QCOMPARE(kindOf(shrinking, QStringLiteral("ann_sum")), MetricKind::Counter);
    QCOMPARE(kindOf(reset, QStringLiteral("sum")), MetricKind::Counter);
}

void tst_StandardMetrics_Numbers::keepsLargeIntegersOfAGauge_data()
{
    QTest::addColumn<qint64>("smaller");
    QTest::addColumn<qint64>("greater");

    const qint64 exact = qint64(1) << 53; // up to there doubles are
    QTest::newRow("above 2^53") << exact << exact + 1;
    QTest::newRow("below -2^53") << -exact - 1 << -exact;
    QTest::newRow("the greatest") << most - 1 << most;
    QTest::newRow("the least") << least << least + 1;
    QTest::newRow("the least and the greatest") << least << most;
}

void tst_StandardMetrics_Numbers::keepsLargeIntegersOfAGauge()
{
    QFETCH(const qint64, smaller);
    QFETCH(const qint64, greater);

    for (const auto &[first, second] :
         { std::pair(smaller, greater), std::pair(greater, smaller) }) {
        const MetricSnapshot alone = snapshotAfter(gauge<Saved>(name()).of(&Saved::bytes),
                                                   savedBytes(first), savedBytes(second));
        const MetricSnapshot split = snapshotAfter(
                gauge<Saved>(name()).of(&Saved::bytes).by(&Saved::user),
                savedBy(QStringLiteral("ann"), first), savedBy(QStringLiteral("bob"), second));

        for (const MetricSnapshot &snapshot : { alone, split }) {
            QCOMPARE(snapshot.value(u"last"), QVariant(qlonglong(second)));
            QCOMPARE(snapshot.value(u"min"), QVariant(qlonglong(smaller)));
            QCOMPARE(snapshot.value(u"max"), QVariant(qlonglong(greater)));
        }
    }
}

void tst_StandardMetrics_Numbers::keepsTheLeastDuration()
{
    const auto last = [](auto duration) {
        const MetricSnapshot snapshot = snapshotAfter(
                gauge<Saved>(name()).of([duration](const Saved &) { return duration; }), Saved{});
        return snapshot.value(u"last");
    };

    QCOMPARE(last(std::chrono::nanoseconds::min()), QVariant(qlonglong(least)));
    QCOMPARE(last(std::chrono::hours::min()), QVariant(qlonglong(least)));
    QCOMPARE(last(std::chrono::hours::max()), QVariant(qlonglong(most)));
}

void tst_StandardMetrics_Numbers::goesBackFromTheGreatestSum()
{
    const auto current = [](const auto &...events) {
        return snapshotAfter(upDownCounter<Saved>(name()).of(&Saved::bytes), events...)
                .value(u"current");
    };

    QCOMPARE(current(savedBytes(most), savedBytes(5)), QVariant(qlonglong(most)));
    QCOMPARE(current(savedBytes(most), savedBytes(5), savedBytes(-7)),
             QVariant(qlonglong(most - 7)));
    QCOMPARE(current(savedBytes(least), savedBytes(-5), savedBytes(7)),
             QVariant(qlonglong(least + 7)));
}

void tst_StandardMetrics_Numbers::followsAWallClockThatIsSetBack()
{
    const std::unique_ptr<Metric> metric =
            FakeClocks::drive(gauge<Saved>(name()).of(&Saved::bytes));
    const auto changed = [&metric] {
        return metric->snapshot().value(u"changed").toDateTime();
    };
    metric->handleEvent(MetricEvent(savedBytes(1)));
    const QDateTime before = changed();

    FakeClocks::wall -= 1h;
    QVERIFY(!metric->handleEvent(MetricEvent(savedBytes(1))));
    QCOMPARE(changed(), before);
    QVERIFY(metric->handleEvent(MetricEvent(savedBytes(2))));

    QCOMPARE(changed(), before.addSecs(-3600));
    QCOMPARE(metric->snapshot().value(u"last").toInt(), 2);
}

void tst_StandardMetrics_Numbers::tellsTheLastOneOfAllWhenTheWallClockIsSetBack()
{
    const std::unique_ptr<Metric> metric =
            FakeClocks::drive(gauge<Saved>(name()).of(&Saved::bytes).by(&Saved::user));
    metric->handleEvent(MetricEvent(savedBy(QStringLiteral("ann"), 1)));

    FakeClocks::wall -= 1h;
    metric->handleEvent(MetricEvent(savedBy(QStringLiteral("bob"), 2)));

    const MetricSnapshot snapshot = metric->snapshot();
    QCOMPARE(snapshot.value(u"last").toInt(), 2);
    QCOMPARE(snapshot.value(u"changed"), snapshot.value(u"bob_changed"));
}

QTEST_GUILESS_MAIN(tst_StandardMetrics_Numbers)
#include "tst_standardmetrics_numbers.moc"

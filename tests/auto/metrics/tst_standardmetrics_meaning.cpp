// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/standardevents.h"

#include <recorders/core/recorder.h>
#include <recorders/metrics/standardmetrics.h>

#include <QMetaEnum>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What all standard metrics have in common: meaning and life.
class tst_StandardMetrics_Meaning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // numbers that are none
    void countsInvalidValues_data();
    void countsInvalidValues();
    void hasNoValueOfNothing_data();
    void hasNoValueOfNothing();

    // meaning
    void tellsUnitAndKind_data();
    void tellsUnitAndKind();
    void knowsTheUnitOfDurations();
    void isDescribed();

    // life
    void startsAnewAfterReset_data();
    void startsAnewAfterReset();
    void canBeKeptBeforeItIsRegistered();
    void allocatesNothingWhileRecording_data();
    void allocatesNothingWhileRecording();
    void allocatesWithTheFirstEventOnly_data();
    void allocatesWithTheFirstEventOnly();
};

using Make = std::unique_ptr<Metric> (*)();

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

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

void addAllMetrics()
{
    QTest::addColumn<Make>("make");

    QTest::newRow("counter") << Make(
            []() -> std::unique_ptr<Metric> { return counter<Saved>(name()).of(&Saved::ratio); });
    QTest::newRow("up-down counter") << Make([]() -> std::unique_ptr<Metric> {
        return upDownCounter<Saved>(name()).of(&Saved::ratio);
    });
    QTest::newRow("gauge") << Make(
            []() -> std::unique_ptr<Metric> { return gauge<Saved>(name()).of(&Saved::ratio); });
    QTest::newRow("rate") << Make([]() -> std::unique_ptr<Metric> {
        return FakeClocks::drive(rate<Saved>(name()).of(&Saved::ratio));
    });
    QTest::newRow("statistics") << Make([]() -> std::unique_ptr<Metric> {
        return statistics<Saved>(name()).of(&Saved::ratio);
    });
    QTest::newRow("histogram") << Make(
            []() -> std::unique_ptr<Metric> { return histogram<Saved>(name()).of(&Saved::ratio); });
}

} // namespace

void tst_StandardMetrics_Meaning::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_StandardMetrics_Meaning::countsInvalidValues_data()
{
    addAllMetrics();
}

void tst_StandardMetrics_Meaning::countsInvalidValues()
{
    QFETCH(const Make, make);
    const MetricSnapshot valid = snapshotAfter(make(), savedRatio(1));
    const bool takesNegative = valid.contains(u"current") || valid.contains(u"last")
            || valid.contains(u"mean") || valid.contains(u"p50");

    const MetricSnapshot snapshot =
            snapshotAfter(make(), savedRatio(notANumber), savedRatio(1), savedRatio(infinity),
                          savedRatio(-infinity), savedRatio(1e308));
    const MetricSnapshot negative = snapshotAfter(make(), savedRatio(-1));

    QCOMPARE(snapshot.value(u"invalid"), QVariant(qlonglong(4)));
    QVERIFY(!valid.contains(u"invalid"));
    for (const Dimension &dimension : valid.dimensions()) {
        if (dimension.name != QStringLiteral("changed"))
            QCOMPARE(snapshot.value(dimension.name), dimension.value);
    }
    QCOMPARE(negative.value(u"invalid").toInt(), takesNegative ? 0 : 1);
}

void tst_StandardMetrics_Meaning::hasNoValueOfNothing_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QStringList>("without");

    const auto names = [](const char *text) {
        return QString::fromLatin1(text).split(u' ');
    };
    QTest::newRow("gauge") << Make([]() -> std::unique_ptr<Metric> {
        return gauge<Saved>(name()).of(&Saved::ratio);
    }) << names("last min max changed");
    QTest::newRow("statistics") << Make([]() -> std::unique_ptr<Metric> {
        return statistics<Saved>(name()).of(&Saved::ratio);
    }) << names("mean stddev min max");
    QTest::newRow("histogram") << Make([]() -> std::unique_ptr<Metric> {
        return histogram<Saved>(name()).of(&Saved::ratio);
    }) << names("min max p50 p90 p99 p99.9");
    QTest::newRow("text") << Make([]() -> std::unique_ptr<Metric> {
        return text<Saved>(name()).of(&Saved::user);
    }) << names("value");
}

void tst_StandardMetrics_Meaning::hasNoValueOfNothing()
{
    QFETCH(const Make, make);
    QFETCH(const QStringList, without);

    const MetricSnapshot snapshot = make()->snapshot();

    for (const Dimension &dimension : snapshot.dimensions())
        QCOMPARE(dimension.value.isValid(), !without.contains(dimension.name));
}

void tst_StandardMetrics_Meaning::tellsUnitAndKind_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("meaning");

    QTest::newRow("counter") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).of(&Saved::bytes).unit(Unit::bytes());
    }) << QStringLiteral("total By Counter");
    QTest::newRow("up-down counter") << Make([]() -> std::unique_ptr<Metric> {
        return upDownCounter<Saved>(name()).unit(Unit(QStringLiteral("{files}")));
    }) << QStringLiteral("current {files} UpDownCounter");
    QTest::newRow("gauge") << Make([]() -> std::unique_ptr<Metric> {
        return gauge<Saved>(name()).of(&Saved::bytes).unit(Unit::bytes());
    }) << QStringLiteral("last By Gauge, min By Gauge, max By Gauge, changed  Gauge");
    QTest::newRow("rate") << Make([]() -> std::unique_ptr<Metric> {
        return rate<Saved>(name()).of(&Saved::bytes).unit(Unit::bytes());
    })
                          << QStringLiteral(
                                     "rate By/s Gauge, rate1m By/s Gauge, rate5m By/s Gauge, "
                                     "rate15m By/s Gauge");
    QTest::newRow("rate of events") << Make([]() -> std::unique_ptr<Metric> {
        return rate<Saved>(name());
    }) << QStringLiteral("rate 1/s Gauge, rate1m 1/s Gauge, rate5m 1/s Gauge, rate15m 1/s Gauge");
    QTest::newRow("statistics")
            << Make([]() -> std::unique_ptr<Metric> {
                   return statistics<Saved>(name()).of(&Saved::bytes).unit(Unit::bytes());
               })
            << QStringLiteral("count  Counter, sum By Counter, mean By Gauge, stddev By Gauge, "
                              "min By Gauge, max By Gauge");
    QTest::newRow("histogram")
            << Make([]() -> std::unique_ptr<Metric> {
                   return histogram<Saved>(name()).of(&Saved::bytes).unit(Unit::bytes());
               })
            << QStringLiteral("count  Counter, sum By Counter, min By Gauge, max By Gauge, "
                              "p50 By Histogram, p90 By Histogram, p99 By Histogram, "
                              "p99.9 By Histogram");
}

void tst_StandardMetrics_Meaning::tellsUnitAndKind()
{
    QFETCH(const Make, make);
    QFETCH(const QString, meaning);

    const MetricSnapshot snapshot = make()->snapshot();

    QStringList meanings;
    for (const Dimension &dimension : snapshot.dimensions()) {
        const char *kind = QMetaEnum::fromType<MetricKind>().valueToKey(int(dimension.kind));
        meanings.append(
                QStringLiteral("%1 %2 %3")
                        .arg(dimension.name, dimension.unit.code(), QLatin1StringView(kind)));
    }
    QCOMPARE(meanings.join(QStringLiteral(", ")), meaning);
}

void tst_StandardMetrics_Meaning::knowsTheUnitOfDurations()
{
    Saved saved;
    saved.duration = 3ms;

    const MetricSnapshot snapshot = snapshotAfter(gauge<Saved>(name()).of(&Saved::duration), saved);

    QCOMPARE(snapshot.value(u"last"), QVariant(qlonglong(3'000'000)));
    QCOMPARE(dimensionOf(snapshot, QStringLiteral("last")).unit, Unit::nanoseconds());
}

void tst_StandardMetrics_Meaning::isDescribed()
{
    const QString text = QStringLiteral("Documents that were saved");

    QCOMPARE(snapshotAfter(counter<Saved>(name()).description(text)).description(), text);
}

void tst_StandardMetrics_Meaning::startsAnewAfterReset_data()
{
    addAllMetrics();
}

void tst_StandardMetrics_Meaning::startsAnewAfterReset()
{
    QFETCH(const Make, make);
    const std::unique_ptr<Metric> metric = make();
    const MetricSnapshot fresh = metric->snapshot();

    QVERIFY(snapshotAfter(metric, savedRatio(notANumber), savedRatio(2)) != fresh);
    metric->reset();

    QCOMPARE(metric->snapshot(), fresh);
}

void tst_StandardMetrics_Meaning::canBeKeptBeforeItIsRegistered()
{
    Recorder recorder(QStringLiteral("storage"));
    std::unique_ptr<Metric> metric =
            counter<Saved>(name()).description(QStringLiteral("kept")).by(&Saved::outcome);
    metric->handleEvent(MetricEvent(savedWith(Saved::Outcome::Success)));

    QVERIFY(recorder.registerMetric(std::move(metric)));

    const MetricSnapshot snapshot = recorder.metricSnapshots().constFirst();
    QCOMPARE(snapshot.description(), QStringLiteral("kept"));
    QCOMPARE(snapshot.value(u"Success_total").toInt(), 1);
}

void tst_StandardMetrics_Meaning::allocatesNothingWhileRecording_data()
{
    addAllMetrics();
    QTest::newRow("by a text") << Make([]() -> std::unique_ptr<Metric> {
        return histogram<Saved>(name()).of(&Saved::bytes).by(&Saved::user, 1);
    });
    QTest::newRow("by a number that is named") << Make([]() -> std::unique_ptr<Metric> {
        const auto naming = [](qint64 bytes) {
            return QStringLiteral("%1 bytes").arg(bytes);
        };
        return histogram<Saved>(name()).of(&Saved::ratio).by(&Saved::bytes, naming, 1);
    });
    QTest::newRow("by an enumerator") << Make([]() -> std::unique_ptr<Metric> {
        return histogram<Saved>(name()).of(&Saved::bytes).by(&Saved::outcome);
    });
}

void tst_StandardMetrics_Meaning::allocatesNothingWhileRecording()
{
    QFETCH(const Make, make);
    const std::unique_ptr<Metric> metric = make();
    const MetricEvent events[] = { MetricEvent(Saved{ {}, 5, 0.5, 5ms, name(), true }),
                                   MetricEvent(
                                           Saved{ {}, 70, 1e9, 5s, QStringLiteral("other"), true }),
                                   MetricEvent(Saved{ {}, 0, notANumber, {}, name(), true }) };
    for (const MetricEvent &event : events)
        metric->handleEvent(event);

    const AllocationCounter counter;
    {
        const FailingAllocations none; // those of Qt, too, which are not counted
        for (int i = 0; i < 1000; ++i)
            metric->handleEvent(events[i % 3]);
    }

    QCOMPARE(counter.count(), 0);
}

void tst_StandardMetrics_Meaning::allocatesWithTheFirstEventOnly_data()
{
    QTest::addColumn<double>("first");
    QTest::addColumn<int>("allocations");

    QTest::newRow("0 first") << 0.0 << 1;
    QTest::newRow("negative first") << -1.0 << 2;
    QTest::newRow("NaN first") << notANumber << 1;
    QTest::newRow("infinity first") << infinity << 1;
    QTest::newRow("a number above 0 first") << 1.0 << 1;
}

void tst_StandardMetrics_Meaning::allocatesWithTheFirstEventOnly()
{
    QFETCH(const double, first);
    QFETCH(const int, allocations);
    const std::unique_ptr<Metric> metric = histogram<Saved>(name()).of(&Saved::ratio);
    const MetricEvent firstEvent(savedRatio(first));
    const MetricEvent laterEvent(savedRatio(7));

    for (int life = 0; life < 2; ++life, metric->reset()) {
        const AllocationCounter atFirst;
        metric->handleEvent(firstEvent);
        QCOMPARE(atFirst.count(), allocations);

        const AllocationCounter later;
        metric->handleEvent(laterEvent);
        QCOMPARE(later.count(), 0);
    }
}

QTEST_GUILESS_MAIN(tst_StandardMetrics_Meaning)
#include "tst_standardmetrics_meaning.moc"

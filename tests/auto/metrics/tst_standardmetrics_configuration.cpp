// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/standardevents.h"

#include <recorders/core/recorder.h>
#include <recorders/metrics/standardmetrics.h>

#include <QTest>

#include <functional>
#include <limits>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// How standard metrics may be set up, and how not.
class tst_StandardMetrics_Configuration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesABadConfiguration_data();
    void refusesABadConfiguration();
    void takesAWindowAtItsLimits_data();
    void takesAWindowAtItsLimits();

    // which events they take
    void filters_data();
    void filters();
    void filtersOnlyTheTypesThatItsPredicateTakes();
};

using Make = std::unique_ptr<Metric> (*)();

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

QString name()
{
    return QStringLiteral("metric");
}

} // namespace

void tst_StandardMetrics_Configuration::refusesABadConfiguration_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("says");

    QTest::newRow("blank name") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(QStringLiteral("  "));
    }) << QStringLiteral("name");
    QTest::newRow("no part") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by(&Saved::user, 0);
    }) << QStringLiteral("limit");
    QTest::newRow("negative limit") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by(&Saved::user, -1);
    }) << QStringLiteral("limit of its breakdown is -1");
    QTest::newRow("no window") << Make([]() -> std::unique_ptr<Metric> {
        return rate<Saved>(name()).over(0s);
    }) << QStringLiteral("window");
    QTest::newRow("window below 1 ms")
            << Make([]() -> std::unique_ptr<Metric> { return rate<Saved>(name()).over(999us); })
            << QStringLiteral("window is shorter than 1 ms");
    QTest::newRow("window beyond 64 bits of nanoseconds") << Make([]() -> std::unique_ptr<Metric> {
        return rate<Saved>(name()).over(std::chrono::hours::max());
    }) << QStringLiteral("window is longer than 365 days");
    QTest::newRow("window of 366 days")
            << Make([]() -> std::unique_ptr<Metric> { return rate<Saved>(name()).over(366 * 24h); })
            << QStringLiteral("window is longer than 365 days");
    QTest::newRow("window that is no number") << Make([]() -> std::unique_ptr<Metric> {
        return rate<Saved>(name()).over(std::chrono::duration<double>(notANumber));
    }) << QStringLiteral("window is shorter than 1 ms");
    QTest::newRow("negative window")
            << Make([]() -> std::unique_ptr<Metric> { return rate<Saved>(name()).over(-1s); })
            << QStringLiteral("window");
    QTest::newRow("null member") << Make([]() -> std::unique_ptr<Metric> {
        qint64 Saved::*member = nullptr;
        return counter<Saved>(name()).of(member);
    }) << QStringLiteral("measures is null");
    QTest::newRow("null key") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by(std::function<int(const Saved &)>());
    }) << QStringLiteral("split by is null");
    QTest::newRow("naming by a null pointer") << Make([]() -> std::unique_ptr<Metric> {
        QString (*naming)(Saved::Outcome) = nullptr;
        return counter<Saved>(name()).by(&Saved::outcome, naming);
    }) << QStringLiteral("names its parts is null");
    QTest::newRow("naming by an empty function") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by(QStringLiteral("result"), &Saved::outcome,
                                         std::function<QString(Saved::Outcome)>());
    }) << QStringLiteral("names its parts is null");
    QTest::newRow("two limits") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by(&Saved::user, 10).andOf<Loaded>().by(&Loaded::user, 20);
    }) << QStringLiteral("two limits, 10 and 20");
    QTest::newRow("two attributes") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name())
                .by(QStringLiteral("user"), &Saved::user)
                .andOf<Loaded>()
                .by(QStringLiteral("owner"), &Loaded::user);
    }) << QStringLiteral("two attributes, \"user\" and \"owner\"");
    QTest::newRow("blank attribute") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by(QStringLiteral(" "), &Saved::user);
    }) << QStringLiteral("attribute of its breakdown is blank");
    QTest::newRow("the attribute of quantiles") << Make([]() -> std::unique_ptr<Metric> {
        return histogram<Saved>(name())
                .of(&Saved::duration)
                .by(QStringLiteral("quantile"), &Saved::user);
    }) << QStringLiteral("\"quantile\", which is taken");
    QTest::newRow("null filter") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).when(std::function<bool(const Saved &)>());
    }) << QStringLiteral("filter is null");
    QTest::newRow("durations in bytes") << Make([]() -> std::unique_ptr<Metric> {
        return statistics<Saved>(name()).of(&Saved::duration).unit(Unit::bytes());
    }) << QStringLiteral("By");
}

void tst_StandardMetrics_Configuration::refusesABadConfiguration()
{
    QFETCH(const Make, make);
    QFETCH(const QString, says);
    Recorder recorder(QStringLiteral("storage"));
    Error error;

    QVERIFY(!recorder.registerMetric(make(), &error));

    QCOMPARE(error.code(), ErrorCode::InvalidArgument);
    QVERIFY2(error.message().contains(says), qPrintable(error.message()));
    QCOMPARE(recorder.metricNames(), QStringList());
}

void tst_StandardMetrics_Configuration::takesAWindowAtItsLimits_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("window");

    QTest::newRow("1 ms") << std::chrono::nanoseconds(1ms);
    QTest::newRow("365 days") << std::chrono::nanoseconds(365 * 24h);
}

void tst_StandardMetrics_Configuration::takesAWindowAtItsLimits()
{
    QFETCH(const std::chrono::nanoseconds, window);
    std::unique_ptr<Metric> metric = FakeClocks::drive(rate<Saved>(name()).over(window));

    metric->handleEvent(MetricEvent(Saved{}));
    QCOMPARE(metric->snapshot().value(u"rate").toDouble(),
             1 / std::chrono::duration<double>(window).count());
    FakeClocks::steady += 2 * window;
    QCOMPARE(metric->snapshot().value(u"rate").toDouble(), 0.0);

    QVERIFY(Recorder(QStringLiteral("storage")).registerMetric(std::move(metric)));
}

void tst_StandardMetrics_Configuration::filters_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<int>("total");

    QTest::newRow("by a member") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).when(&Saved::isRetry);
    }) << 2;
    QTest::newRow("by a member function") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).when(&Saved::isLarge);
    }) << 2;
    QTest::newRow("by a predicate") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).when([](const Saved &s) { return s.bytes < 1000; });
    }) << 2;
    QTest::newRow("by two") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).when(&Saved::isLarge).when(&Saved::isRetry);
    }) << 1;
}

void tst_StandardMetrics_Configuration::filters()
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

void tst_StandardMetrics_Configuration::filtersOnlyTheTypesThatItsPredicateTakes()
{
    const MetricSnapshot snapshot =
            snapshotAfter(counter<Saved>(name()).andOf<Loaded>().when(&Saved::isLarge),
                          savedBytes(1), Loaded{}, savedBytes(1000));

    QCOMPARE(snapshot.value(u"total").toInt(), 2);
}

QTEST_GUILESS_MAIN(tst_StandardMetrics_Configuration)
#include "tst_standardmetrics_configuration.moc"

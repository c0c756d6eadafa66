// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/seed.h"
#include "shared/standardevents.h"

#include <recorders/metrics/standardmetrics.h>

#include <QTest>

#include <map>

using namespace Recorders;
using namespace Testing;

// What a breakdown does when there are more parts than it may have.
class tst_Breakdown_Limit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsWhatIsTooManyIntoOne_data();
    void putsWhatIsTooManyIntoOne();
    void keepsTotalsTrue_data();
    void keepsTotalsTrue();
    void hasRoomFor64ByDefault();
    void doesNotMixUpNamesThatLookLikeItsOwn();
    void remembersNotAllNumbersOfOneName();
    void asksForANameOnce_data();
    void asksForANameOnce();
    void startsAnewAfterReset();
};

using Make = std::unique_ptr<Metric> (*)();
using Counts = std::map<QString, qint64>;

namespace {

QString name()
{
    return QStringLiteral("metric");
}

Counts countsOf(const MetricSnapshot &snapshot)
{
    Counts counts;
    for (const Dimension &dimension : snapshot.dimensions())
        counts[dimension.name] = dimension.value.toLongLong();
    return counts;
}

} // namespace

void tst_Breakdown_Limit::putsWhatIsTooManyIntoOne_data()
{
    QTest::addColumn<Make>("make");

    QTest::newRow("texts") << Make(
            []() -> std::unique_ptr<Metric> { return counter<Saved>(name()).by(&Saved::user, 2); });
    QTest::newRow("small numbers") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by([](const Saved &saved) { return saved.user.toInt(); }, 2);
    });
    QTest::newRow("large numbers, named") << Make([]() -> std::unique_ptr<Metric> {
        return counter<Saved>(name()).by(
                [](const Saved &saved) { return saved.user.toLongLong() + 1'000'000; },
                [](qint64 number) { return QString::number(number - 1'000'000); }, 2);
    });
}

void tst_Breakdown_Limit::putsWhatIsTooManyIntoOne()
{
    QFETCH(const Make, make);
    const std::unique_ptr<Metric> metric = make();

    for (const int user : { 7, 8, 9, 10, 7, 9, 8 })
        metric->handleEvent(MetricEvent(savedBy(QString::number(user))));

    const MetricSnapshot snapshot = metric->snapshot();
    QCOMPARE(countsOf(snapshot),
             Counts({ { QStringLiteral("total"), 7 },
                      { QStringLiteral("7_total"), 2 },
                      { QStringLiteral("8_total"), 2 },
                      { QStringLiteral("(other)_total"), 3 } }));
}

void tst_Breakdown_Limit::keepsTotalsTrue_data()
{
    QTest::addColumn<int>("limit");

    QTest::newRow("one part") << 1;
    QTest::newRow("some parts") << 20;
    QTest::newRow("a part each") << 1000;
}

void tst_Breakdown_Limit::keepsTotalsTrue()
{
    QFETCH(const int, limit);
    auto generator = seededGenerator("tst_Breakdown");
    const std::unique_ptr<Metric> sums =
            counter<Saved>(name()).of(&Saved::bytes).by(&Saved::user, limit);
    const std::unique_ptr<Metric> split =
            histogram<Saved>(name()).of(&Saved::bytes).by(&Saved::user, limit);
    const std::unique_ptr<Metric> unsplit = histogram<Saved>(name()).of(&Saved::bytes);
    qint64 sum = 0;

    for (int i = 0; i < 3000; ++i) {
        const Saved saved = savedBy(QString::number(generator() % 100), qint64(generator() >> 40));
        sum += saved.bytes;
        for (Metric *metric : { sums.get(), split.get(), unsplit.get() })
            metric->handleEvent(MetricEvent(saved));
    }

    Counts counts = countsOf(sums->snapshot());
    QCOMPARE(counts[QStringLiteral("total")], sum);
    qint64 parts = 0;
    for (const auto &[part, count] : counts)
        parts += part == QStringLiteral("total") ? 0 : count;
    QCOMPARE(parts, sum);
    QCOMPARE(qsizetype(counts.size()), qsizetype(std::min(limit + 1, 100)) + 1);
    const QList<Dimension> figures = unsplit->snapshot().dimensions();
    for (const Dimension &figure : figures)
        QCOMPARE(split->snapshot().value(figure.name), figure.value);
}

void tst_Breakdown_Limit::hasRoomFor64ByDefault()
{
    const std::unique_ptr<Metric> metric = counter<Saved>(name()).by(&Saved::bytes);

    for (int i = 0; i < 100; ++i)
        metric->handleEvent(MetricEvent(savedBytes(i)));

    QCOMPARE(metric->snapshot().dimensions().size(), 1 + 64 + 1);
    QCOMPARE(metric->snapshot().value(u"(other)_total").toInt(), 36);
}

void tst_Breakdown_Limit::doesNotMixUpNamesThatLookLikeItsOwn()
{
    const std::unique_ptr<Metric> metric = counter<Saved>(name()).by(&Saved::user, 4);

    for (const char *user : { "", "total", "_total", "(other)", "a", "b", "(other)", "" })
        metric->handleEvent(MetricEvent(savedBy(QString::fromLatin1(user))));

    QCOMPARE(countsOf(metric->snapshot()),
             Counts({ { QStringLiteral("total"), 8 },
                      { QStringLiteral("(empty)_total"), 2 },
                      { QStringLiteral("total_total"), 1 },
                      { QStringLiteral("_total_total"), 1 },
                      { QStringLiteral("a_total"), 1 },
                      { QStringLiteral("(other)_total"), 3 } }));
}

void tst_Breakdown_Limit::remembersNotAllNumbersOfOneName()
{
    int calls = 0;
    const std::unique_ptr<Metric> metric = counter<Saved>(name()).by(
            &Saved::bytes,
            [&calls](qint64 number) {
                ++calls;
                return number % 2 ? QStringLiteral("odd") : QStringLiteral("even");
            },
            2);

    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 10'000; ++i)
            metric->handleEvent(MetricEvent(savedBytes(1000 + i)));
    }

    QCOMPARE(countsOf(metric->snapshot()),
             Counts({ { QStringLiteral("total"), 20'000 },
                      { QStringLiteral("odd_total"), 10'000 },
                      { QStringLiteral("even_total"), 10'000 } }));
    QVERIFY(calls > 10'000 && calls < 20'000);
}

void tst_Breakdown_Limit::asksForANameOnce_data()
{
    QTest::addColumn<qint64>("number");

    QTest::newRow("small number") << qint64(7);
    QTest::newRow("large number") << qint64(1'000'000);
    QTest::newRow("negative number") << qint64(-7);
}

void tst_Breakdown_Limit::asksForANameOnce()
{
    QFETCH(const qint64, number);
    int calls = 0;
    const auto naming = [&calls](qint64 named) {
        ++calls;
        return QString::number(named);
    };
    const std::unique_ptr<Metric> metric = counter<Saved>(name()).by(&Saved::bytes, naming, 1);

    for (int i = 0; i < 10; ++i)
        snapshotAfter(metric, savedBytes(number), savedBytes(number + 1)); // one is too many

    QCOMPARE(calls, 2);
    QCOMPARE(metric->snapshot().value(u"(other)_total").toInt(), 10);
}

void tst_Breakdown_Limit::startsAnewAfterReset()
{
    const std::unique_ptr<Metric> metric = counter<Saved>(name()).by(&Saved::user, 1);
    snapshotAfter(metric, savedBy(QStringLiteral("ann")), savedBy(QStringLiteral("bob")));

    metric->reset();

    QCOMPARE(countsOf(snapshotAfter(metric, savedBy(QStringLiteral("bob")),
                                    savedBy(QStringLiteral("ann")))),
             Counts({ { QStringLiteral("total"), 2 },
                      { QStringLiteral("bob_total"), 1 },
                      { QStringLiteral("(other)_total"), 1 } }));
}

QTEST_GUILESS_MAIN(tst_Breakdown_Limit)
#include "tst_breakdown_limit.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "metricvaluefixture.h"
#include "shared/fakesnapshotsource.h"
#include "shared/handclock.h"

#include <recorders/metrics/standardmetrics.h>
#include <recorders/model/metricvalue.h>

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Testing;

class tst_MetricValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it says
    void saysOneDimension();
    void saysTheFirstDimensionByDefault();
    void keepsAllDigits();
    void saysRates();
    void letsRatesDecay();
    void tellsNothingButRealChanges();
    void tellsThoseWhoBeginToListen();
};

void tst_MetricValue::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricValue::saysOneDimension()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(2048, 7));

    const auto value = valueOf(&source, worker, QStringLiteral("failed"));

    QTRY_VERIFY(value->isValid());
    QCOMPARE(value->value(), QVariant(7));
    QCOMPARE(value->text(), QStringLiteral("7"));
    QCOMPARE(value->unit(), QString());
    QCOMPARE(value->errorString(), QString());
}

void tst_MetricValue::saysTheFirstDimensionByDefault()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(2048, 7));

    const auto value = valueOf(&source);

    QTRY_VERIFY(value->isValid());
    QCOMPARE(value->value(), QVariant(2048));
    QCOMPARE(value->text(), QStringLiteral("2.00 KiB"));
    QCOMPARE(value->unit(), QStringLiteral("By"));

    value->setDimension(QStringLiteral("failed"));
    QCOMPARE(value->value(), QVariant(7));
}

void tst_MetricValue::keepsAllDigits()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(std::numeric_limits<qint64>::max()));

    const auto value = valueOf(&source);

    QTRY_COMPARE(value->exactText(), QStringLiteral("9223372036854775807"));
    QCOMPARE(value->value(), QVariant(std::numeric_limits<qint64>::max()));
    QCOMPARE(value->property("value"), QVariant(QStringLiteral("9223372036854775807")));
}

void tst_MetricValue::saysRates()
{
    const Testing::HandClock clock; // stands still, so that it does not decay
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(0));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());
    QCOMPARE(value->rate(), 0.);
    const QSignalSpy rates(value.get(), &MetricValue::rateChanged);
    const QSignalSpy texts(value.get(), &MetricValue::rateTextChanged);

    source.advance(1s);
    source.setMetric(worker, jobsDone(2048));

    QTRY_COMPARE(texts.count(), 1);
    QCOMPARE(rates.count(), 1);
    QCOMPARE(value->rate(), 2048.);
    QCOMPARE(texts.first().first(), QVariant(QStringLiteral("2.00 KiB/s")));
}

void tst_MetricValue::letsRatesDecay()
{
    Testing::HandClock clock;
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(0));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());
    source.advance(1s);
    source.setMetric(worker, jobsDone(2048));
    QTRY_COMPARE(value->rate(), 2048.);
    const QSignalSpy rates(value.get(), &MetricValue::rateChanged);

    clock.advance(2s);

    QTRY_COMPARE(rates.count(), 1);
    QCOMPARE(value->rate(), 0.);
    QVERIFY(value->isValid());
}

void tst_MetricValue::tellsNothingButRealChanges()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(100'000));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());
    QSignalSpy values(value.get(), &MetricValue::valueChanged);
    QSignalSpy texts(value.get(), &MetricValue::textChanged);
    QSignalSpy units(value.get(), &MetricValue::unitChanged);
    QSignalSpy valid(value.get(), &MetricValue::validChanged);
    QSignalSpy errors(value.get(), &MetricValue::errorStringChanged);

    source.setMetric(worker, jobsDone(100'001)); // still 97.7 KiB
    QVERIFY(values.wait());
    source.setMetric(worker, jobsDone(100'001, 1));
    const int requests = source.requestCount();
    QTRY_COMPARE_GT(source.requestCount(), requests);

    QCOMPARE(values.count(), 1);
    QCOMPARE(texts.count(), 0);
    QCOMPARE(units.count(), 0);
    QCOMPARE(valid.count(), 0);
    QCOMPARE(errors.count(), 0);
}

// Of texts that nobody saw before.
void tst_MetricValue::tellsThoseWhoBeginToListen()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(100'000));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());
    QSignalSpy values(value.get(), &MetricValue::valueChanged);
    source.setMetric(worker, jobsDone(200'000));
    QVERIFY(values.wait());
    const QSignalSpy texts(value.get(), &MetricValue::textChanged);

    source.setMetric(worker, jobsDone(200'001)); // still 195 KiB
    QVERIFY(values.wait());
    QCOMPARE(texts.count(), 0);

    source.setMetric(worker, jobsDone(2048 * 1024));
    QVERIFY(values.wait());
    QCOMPARE(texts.count(), 1);
    QCOMPARE(texts.first().first(), QVariant(QStringLiteral("2.00 MiB")));
    QCOMPARE(value->text(), QStringLiteral("2.00 MiB"));
}

QTEST_GUILESS_MAIN(tst_MetricValue)
#include "tst_metricvalue.moc"

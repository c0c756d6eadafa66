// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/handclock.h"
#include "shared/pollingwitness.h"
#include "snapshotratesfixture.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <limits>
#include <memory>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace Testing;

// How fast values grow, as the models tell it. One value of one metric, "value", is looked at.
class tst_SnapshotRates : public QObject, protected SnapshotRatesFixture
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
};

void tst_SnapshotRates::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    makeModel();
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

QTEST_GUILESS_MAIN(tst_SnapshotRates)
#include "tst_snapshotrates.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/histogramview_p.h"

#include <recorders/core/distribution.h>

#include <QImage>
#include <QTest>

#include <cmath>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;

namespace {

// What a histogram tells of it.
MetricSnapshot snapshotOf(const Distribution &histogram, const QString &part = {})
{
    const QString prefix = part.isEmpty() ? QString() : part + u'_';
    MetricSnapshot snapshot(u"duration"_s);
    const Unit unit = Unit::nanoseconds();
    snapshot.add(prefix + u"count", qlonglong(histogram.count()), {}, MetricKind::Counter)
            .add(prefix + u"sum", histogram.sum(), unit, MetricKind::Counter)
            .add(prefix + u"min", histogram.min(), unit, MetricKind::Gauge)
            .add(prefix + u"max", histogram.max(), unit, MetricKind::Gauge);
    for (const double share : { 0.5, 0.9, 0.99, 0.999 }) {
        const QVariant value =
                histogram.count() > 0 ? QVariant(histogram.quantile(share)) : QVariant();
        snapshot.add({ prefix + u'p' + QString::number(share * 100),
                       value,
                       unit,
                       MetricKind::Histogram,
                       { { u"quantile"_s, share } } });
    }
    return snapshot.addDistribution(histogram, unit, part);
}

DistributionFigures distributionOf(const QList<double> &values)
{
    Distribution histogram;
    for (const double value : values)
        histogram.record(value);
    return DistributionFigures::of(snapshotOf(histogram), {}).value_or(DistributionFigures());
}

// 1 ms to 1 s.
QList<double> manyValues()
{
    QList<double> values;
    for (int i = 1; i <= 1000; ++i)
        values.append(i * 1e6);
    return values;
}

bool isPainted(const QImage &image)
{
    const QColor background = image.pixelColor(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) != background)
                return true;
        }
    }
    return false;
}

} // namespace

class tst_Histogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what a snapshot tells
    void statesTheNumbersOfTheMetric();
    void takesThePartThatIsSelected();
    void isNoneOfACounter();
    void readsADistributionAlone();
    void hasNoBucketsOfNegativeValues();

    // in the view
    void showsEachValueOnce_data();
    void showsEachValueOnce();
    void placesPercentilesWithoutOverlap();
    void placesValuesByTheirFactor();
    void paintsWhatever_data();
    void paintsWhatever();
    void readsOutByKeyboard();
    void readsOutByMouse();
    void sumsUp_data();
    void sumsUp();

private:
    std::unique_ptr<HistogramView> m_view;
};

void tst_Histogram::init()
{
    m_view = std::make_unique<HistogramView>();
    m_view->resize(500, 240);
}

void tst_Histogram::statesTheNumbersOfTheMetric()
{
    Distribution histogram;
    for (const double value : manyValues() + QList<double>{ 0, 0 })
        histogram.record(value);

    const DistributionFigures distribution =
            DistributionFigures::of(snapshotOf(histogram), {}).value();

    QCOMPARE(distribution.total(), 1002.0);
    QCOMPARE(distribution.zeroCount, 2.0);
    QCOMPARE(distribution.unit, Unit::nanoseconds());
    QCOMPARE(distribution.percentiles.size(), size_t(4));
    for (const Percentile &percentile : distribution.percentiles)
        QCOMPARE(percentile.value, histogram.quantile(percentile.share));
    for (int index = -3; index <= 3; ++index) {
        QCOMPARE(distribution.lowerBoundary(index),
                 Distribution::lowerBoundary(index, histogram.scale()));
    }
}

void tst_Histogram::takesThePartThatIsSelected()
{
    Distribution reads;
    reads.record(8);
    MetricSnapshot snapshot = snapshotOf(Distribution());
    const MetricSnapshot part = snapshotOf(reads, u"read"_s);
    for (const Dimension &dimension : part.dimensions())
        snapshot.add(dimension);
    snapshot.addDistribution(part.distribution(u"read"), Unit::nanoseconds(), u"read"_s);

    QCOMPARE(DistributionFigures::of(snapshot, u"read_p99"_s)->part, u"read"_s);
    QCOMPARE(DistributionFigures::of(snapshot, u"read_count"_s)->total(), 1.0);
    QCOMPARE(DistributionFigures::of(snapshot, u"p99"_s)->part, QString());
    QCOMPARE(DistributionFigures::of(snapshot, {})->total(), 0.0);
}

void tst_Histogram::isNoneOfACounter()
{
    MetricSnapshot snapshot(u"bytes"_s);
    snapshot.add(u"total"_s, 12, Unit::bytes(), MetricKind::Counter);

    QVERIFY(!DistributionFigures::of(snapshot, {}));
}

void tst_Histogram::readsADistributionAlone()
{
    Distribution reads;
    for (const double value : manyValues())
        reads.record(value);
    const auto snapshot =
            MetricSnapshot(u"duration"_s).addDistribution(reads, Unit::nanoseconds(), u"read"_s);

    const DistributionFigures alone = DistributionFigures::of(snapshot, {}).value();

    QCOMPARE(alone.part, u"read"_s);
    const auto all = DistributionFigures::of(snapshotOf(reads, u"read"_s), u"read_p50"_s).value();
    QCOMPARE(alone.summary(), all.summary());
    QVERIFY(alone.percentiles == all.percentiles);
    QVERIFY(alone.counts == all.counts);
}

// An axis of factors has no place for them.
void tst_Histogram::hasNoBucketsOfNegativeValues()
{
    const DistributionFigures distribution = distributionOf({ -3e6, 0, 1e6, 6e6 });

    QVERIFY(!distribution.hasBuckets());
    QCOMPARE(distribution.summary(),
             u"4 values, on average 1.00 ms, from -3.00 ms to 6.00 ms. 1 of them is 0."_s);
    QCOMPARE(distribution.percentiles.back().value, 6e6);
    m_view->setDistribution(distribution);
    QVERIFY(isPainted(m_view->grab().toImage()));
}

void tst_Histogram::showsEachValueOnce_data()
{
    QTest::addColumn<int>("width");
    QTest::addRow("a bar for each bucket") << 3000;
    QTest::addRow("some in one bar") << 500;
    QTest::addRow("hardly any room") << 60;
}

void tst_Histogram::showsEachValueOnce()
{
    QFETCH(const int, width);
    const DistributionFigures distribution = distributionOf(manyValues() + QList<double>{ 0 });

    const HistogramLayout layout =
            layoutHistogram(distribution, { 0, 0, width, 200 }, m_view->fontMetrics());

    double count = 0;
    double end = 0;
    for (const HistogramBar &bar : layout.bars) {
        QVERIFY(bar.from >= end);
        end = bar.to;
        count += bar.count;
        QCOMPARE(bar.upTo, count);
        QVERIFY(bar.rect.height() <= layout.plot.height());
    }
    QCOMPARE(count, 1001.0);
    QCOMPARE(layout.bars.front().to, 0.0);
}

void tst_Histogram::placesPercentilesWithoutOverlap()
{
    const HistogramLayout layout = layoutHistogram(distributionOf(manyValues()), { 0, 0, 400, 200 },
                                                   m_view->fontMetrics());

    QCOMPARE(layout.marks.size(), size_t(4));
    for (const PercentileMark &mark : layout.marks) {
        QVERIFY(mark.label.bottom() < layout.plot.top());
        QVERIFY(QRect(0, 0, 400, 200).contains(mark.label));
        for (const PercentileMark &other : layout.marks)
            QVERIFY(&other == &mark || !mark.label.intersects(other.label));
    }
}

void tst_Histogram::placesValuesByTheirFactor()
{
    const HistogramLayout layout = layoutHistogram(distributionOf(manyValues()), { 0, 0, 800, 200 },
                                                   m_view->fontMetrics());

    QStringList labels;
    for (const Tick &tick : layout.ticks)
        labels.append(tick.label);
    QVERIFY2(labels.contains(u"10.0 ms"_s), qPrintable(labels.join(u' ')));
    const double first = layout.xOf(1e7) - layout.xOf(1e6);
    QVERIFY(std::abs(layout.xOf(1e8) - layout.xOf(1e7) - first) < 1e-6);
}

void tst_Histogram::paintsWhatever_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<bool>("isSeen");
    QTest::addRow("nothing") << QList<double>{} << false;
    QTest::addRow("one value") << QList<double>{ 3e6 } << true;
    QTest::addRow("zeros only") << QList<double>{ 0, 0 } << true;
    QTest::addRow("many values") << manyValues() << true;
    QTest::addRow("tiny and huge") << QList<double>{ 1e-300, 1e300 } << true;
    QTest::addRow("the smallest") << QList<double>{ 5e-324 } << true;
}

void tst_Histogram::paintsWhatever()
{
    QFETCH(const QList<double>, values);
    QFETCH(const bool, isSeen);

    m_view->setDistribution(distributionOf(values));

    QCOMPARE(isPainted(m_view->grab().toImage()), isSeen);
}

void tst_Histogram::readsOutByKeyboard()
{
    m_view->setDistribution(distributionOf({ 0, 4, 4, 4 }));
    const auto text = [this] {
        return m_view->accessibleDescription();
    };

    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(text(), u"0, 1 value, 25 %, 25 % up to here"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(text(), u"3.99 ns to 4 ns, 3 values, 75 %, 100 % up to here"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QVERIFY(text().startsWith(u"0, "));
    QTest::keyClick(m_view.get(), Qt::Key_End);

    QVERIFY(text().startsWith(u"3.99 ns"));
}

void tst_Histogram::readsOutByMouse()
{
    m_view->setDistribution(distributionOf({ 0, 4, 4, 4 }));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    const QImage before = m_view->grab().toImage();
    const HistogramLayout layout = layoutHistogram(
            m_view->distribution(), m_view->rect().adjusted(4, 4, -4, -4), m_view->fontMetrics());

    QTest::mouseMove(m_view.get(), layout.bars.back().rect.center().toPoint());
    QTRY_VERIFY(m_view->grab().toImage() != before);
    QTest::mouseMove(m_view.get(), { 250, 1 });

    QTRY_COMPARE(m_view->grab().toImage(), before);
}

void tst_Histogram::sumsUp_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing") << QList<double>{} << u"No values yet."_s;
    QTest::addRow("one") << QList<double>{ 3e6 } << u"1 value: 3.00 ms."_s;
    QTest::addRow("some") << QList<double>{ 1e6, 2e6, 6e6 }
                          << u"3 values, on average 3.00 ms, from 1.00 ms to 6.00 ms."_s;
    QTest::addRow("zeros") << QList<double>{ 0, 0, 3e6 }
                           << u"3 values, on average 1.00 ms, from 0 to 3.00 ms. "
                              "2 of them are 0."_s;
}

void tst_Histogram::sumsUp()
{
    QFETCH(const QList<double>, values);

    QTEST(distributionOf(values).summary(), "text");
}

QTEST_MAIN(tst_Histogram)
#include "tst_histogram.moc"

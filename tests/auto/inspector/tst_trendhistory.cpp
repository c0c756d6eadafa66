// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "widgets/trendhistory_p.h"
#include "widgets/trendline_p.h"

#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace std::chrono_literals;
using Internal::TrendHistory;

namespace {

MetricSnapshot metric(const QVariant &value, MetricKind kind = MetricKind::Gauge)
{
    return MetricSnapshot(QStringLiteral("metric"))
            .add(QStringLiteral("value"), value, Unit(), kind);
}

// A metric, and a clock that stands still.
struct Trend
{
    Trend()
    {
        model.setPaused(true);
        model.setSource(&source);
        model.setKeepRemoved(true);
    }

    void update()
    {
        QSignalSpy updated(&model, &SnapshotModel::updated);
        model.refresh();
        QVERIFY(updated.wait());
    }
    void show(const MetricSnapshot &snapshot)
    {
        source.setMetric(QStringLiteral("a"), snapshot);
        update();
    }
    void sampleAfter(std::chrono::milliseconds time)
    {
        now += time;
        history.sample({ row() });
    }
    QModelIndex row() const { return model.index(0, 0, model.index(0, 0)); }
    QList<double> values() const
    {
        QList<double> values;
        for (const TrendHistory::Sample &sample : history.samples(row()))
            values.append(sample.value);
        return values;
    }

    FakeSnapshotSource source;
    SnapshotModel model;
    std::chrono::milliseconds now{ 1h };
    TrendHistory history{ [this] {
        return now;
    } };
};

// How many pixels of each column of a picture are drawn on.
QList<int> drawnColumns(const std::vector<TrendHistory::Sample> &samples)
{
    constexpr int width = 60; // a second each
    QImage image(width, 20, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintTrendLine(&painter, QRectF(0, 2, width, 16), Qt::black, samples, TrendHistory::length);
    painter.end();
    QList<int> drawn(width);
    for (int x = 0; x < width; ++x) {
        for (int y = 0; y < image.height(); ++y)
            drawn[x] += image.pixelColor(x, y) == Qt::white ? 0 : 1;
    }
    return drawn;
}

} // namespace

// What the sparklines of the inspector show.
class tst_TrendHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersValues();
    void remembersRatesOfCounters();
    void beginsAnewWhenItHasNoRate();
    void takesASampleASecond();
    void forgetsWhatIsOlderThanAMinute();
    void remembersNothingOfTextOrOfWhatIsGone();
    void holdsALimitedNumberOfRows();

    void drawsFromTheLeftToNow();
    void leavesGapsWhereNobodyLooked();
    void drawsNothingOfOneSample();
};

void tst_TrendHistory::remembersValues()
{
    Trend trend;
    trend.show(metric(3));
    trend.sampleAfter(1s);
    trend.show(metric(5.5));
    trend.sampleAfter(1s);

    QCOMPARE(trend.values(), (QList<double>{ 3, 5.5 }));
}

void tst_TrendHistory::remembersRatesOfCounters()
{
    Trend trend;
    trend.show(metric(0, MetricKind::Counter));
    trend.source.advance(1s);
    trend.show(metric(50, MetricKind::Counter));

    trend.sampleAfter(1s);

    QCOMPARE(trend.values(), QList<double>{ 50 });
}

void tst_TrendHistory::beginsAnewWhenItHasNoRate()
{
    Trend trend;
    trend.show(metric(10, MetricKind::Unspecified));
    trend.sampleAfter(1s); // may be a counter that stands still
    trend.show(metric(4, MetricKind::Unspecified)); // is none
    trend.sampleAfter(1s);

    QCOMPARE(trend.values(), QList<double>{ 4 });
}

void tst_TrendHistory::takesASampleASecond()
{
    Trend trend;
    QVERIFY(trend.history.isDue());
    trend.show(metric(1));
    trend.sampleAfter(0s);
    QVERIFY(!trend.history.isDue());
    trend.now += 500ms;
    QVERIFY(!trend.history.isDue());
    trend.now += 490ms;
    QVERIFY(trend.history.isDue());
}

void tst_TrendHistory::forgetsWhatIsOlderThanAMinute()
{
    Trend trend;
    trend.show(metric(1));
    trend.sampleAfter(1s);
    trend.show(metric(2));
    trend.sampleAfter(30s);
    trend.show(metric(3));
    trend.sampleAfter(31s);

    QCOMPARE(trend.values(), (QList<double>{ 2, 3 }));
}

void tst_TrendHistory::remembersNothingOfTextOrOfWhatIsGone()
{
    Trend trend;
    trend.show(metric(QStringLiteral("idle")));
    trend.sampleAfter(1s);
    QVERIFY(trend.values().isEmpty());
    trend.show(metric(1));
    trend.source.removeRecorder(QStringLiteral("a"));
    trend.update();

    trend.sampleAfter(1s);

    QVERIFY(trend.values().isEmpty());
    QCOMPARE(trend.history.rowCount(), 0);
}

void tst_TrendHistory::holdsALimitedNumberOfRows()
{
    Trend trend;
    for (int i = 0; i < 2500; ++i)
        trend.source.setMetric(QString::number(i), metric(i));
    trend.update();

    for (int first = 0; first < 2500; first += 100) {
        QModelIndexList inSight;
        for (int row = first; row < first + 100; ++row)
            inSight.append(trend.model.index(0, 0, trend.model.index(row, 0)));
        trend.now += 1s;
        trend.history.sample(inSight);
        QVERIFY(trend.history.rowCount() <= 1000);
        QCOMPARE(trend.history.samples(inSight.last()).size(), size_t(1)); // the latest stay
    }
}

void tst_TrendHistory::drawsFromTheLeftToNow()
{
    const QList<int> drawn = drawnColumns({ { 30s, 0 }, { 32s, 10 }, { 34s, 5 } });

    QCOMPARE(drawn.at(20), 0);
    QVERIFY(drawn.at(31) > 0);
    QVERIFY(drawn.at(33) > 0);
    QCOMPARE(drawn.at(40), 0);
}

void tst_TrendHistory::leavesGapsWhereNobodyLooked()
{
    const QList<int> drawn = drawnColumns({ { 10s, 0 }, { 12s, 10 }, { 40s, 5 }, { 42s, 5 } });

    QVERIFY(drawn.at(11) > 0);
    QCOMPARE(drawn.at(25), 0);
    QVERIFY(drawn.at(41) > 0);
}

void tst_TrendHistory::drawsNothingOfOneSample()
{
    const QList<int> drawn = drawnColumns({ { 10s, 3 } });

    QCOMPARE(std::count(drawn.cbegin(), drawn.cend(), 0), drawn.size());
}

QTEST_MAIN(tst_TrendHistory)

#include "tst_trendhistory.moc"

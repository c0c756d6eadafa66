// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/detailwindow.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/model/formattedvalue.h>

#include <QAction>
#include <QImage>

using namespace Recorders;
using namespace Testing;

namespace {

struct Saved
{
    static constexpr char eventType[] = "test.saved";
    qint64 bytes;
    QString folder;
};

// What a histogram tells of it.
MetricSnapshot sizes()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    if (!runtime.start())
        return MetricSnapshot();
    const auto recorder = runtime.createRecorder(QStringLiteral("a"));
    recorder->registerMetric(
            histogram<Saved>(QStringLiteral("file.sizes")).of(&Saved::bytes).unit(Unit::bytes()));
    for (const int bytes : { 0, 1024, 2048, 4096 })
        recorder->registerEvent(Saved{ bytes, {} });
    recorder->flush();
    return recorder->metricSnapshots().constFirst();
}

MetricSnapshot withoutDistributions(const MetricSnapshot &metric)
{
    MetricSnapshot snapshot(metric.name());
    const QList<Dimension> dimensions = metric.dimensions();
    for (const Dimension &dimension : dimensions)
        snapshot.add(dimension);
    return snapshot;
}

QString medianOf(const MetricSnapshot &metric)
{
    return QStringLiteral("p50 ") + FormattedValue(metric.value(u"p50"), Unit::bytes()).text();
}

Dimension partOf(const QString &folder, qint64 bytes)
{
    return { folder + QStringLiteral("_total"),
             bytes,
             Unit::bytes(),
             MetricKind::Counter,
             { { QStringLiteral("folder"), folder } } };
}

MetricSnapshot split(qint64 home)
{
    return bytes(home + 1024)
            .add(partOf(QStringLiteral("tmp"), 1024))
            .add(partOf(QStringLiteral("home"), home));
}

// A metric of the first recorder, selected.
class SelectedMetric : public DetailWindow
{
public:
    explicit SelectedMetric(const MetricSnapshot &metric)
        : histogram(detail->findChild<QWidget *>(QStringLiteral("histogram")))
        , parts(detail->findChild<QTreeView *>(QStringLiteral("parts")))
        , meaning(detail->findChild<QWidget *>(QStringLiteral("meaning")))
    {
        source.setRecorder(QStringLiteral("a"), { metric, queue(5) });
        show();
        select(0, 0);
    }

    QWidget *const histogram;
    QTreeView *const parts;
    QWidget *const meaning;
};

} // namespace

class tst_InspectorFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // distributions
    void showsBuckets();
    void showsPercentilesWithoutBuckets();
    void showsBucketsOfARuntime();
    void readsBucketsByKeyboard();
    void showsNoOtherDistribution();

    // parts
    void showsParts();
    void followsParts();

    // meaning
    void saysWhatItMeans();
    void saysWhatFailed();

    // while it is paused
    void standsStill();
    void showsWhatIsSelectedThen();
};

void tst_InspectorFigures::showsBuckets()
{
    const MetricSnapshot metric = sizes();
    const SelectedMetric w(metric);

    QTRY_VERIFY(w.histogram->isVisible());
    QCOMPARE(w.label("histogramSummary"),
             QStringLiteral("4 values, on average 1.75 KiB, from 0 to 4.00 KiB. 1 of them is 0."));
    QVERIFY(w.histogram->accessibleDescription().contains(medianOf(metric)));
    QVERIFY(!w.parts->isVisible());
}

void tst_InspectorFigures::showsPercentilesWithoutBuckets()
{
    const MetricSnapshot metric = withoutDistributions(sizes());
    SelectedMetric w(metric);

    QTRY_VERIFY(w.histogram->isVisible());
    QTRY_VERIFY(w.histogram->accessibleDescription().contains(medianOf(metric)));
    const QString before = w.histogram->accessibleDescription();
    QTest::keyClick(w.histogram, Qt::Key_Right); // there is nothing to read out

    QCOMPARE(w.histogram->accessibleDescription(), before);
}

void tst_InspectorFigures::showsBucketsOfARuntime()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("a"));
    recorder->registerMetric(histogram<Saved>(QStringLiteral("file.sizes")).of(&Saved::bytes));
    recorder->registerEvent(Saved{ 8, {} });
    InspectorWindow window(&runtime);
    window.show();
    auto *tree = window.findChild<QTreeView *>(QStringLiteral("tree"));
    auto *histogram = window.findChild<QWidget *>(QStringLiteral("histogram"));
    QTRY_COMPARE(tree->model()->rowCount(), 1);

    tree->setCurrentIndex(tree->model()->index(0, 0, tree->model()->index(0, 0)));
    QTRY_VERIFY(histogram->isVisible());
    QTest::keyClick(histogram, Qt::Key_End);

    QTRY_VERIFY(histogram->accessibleDescription().endsWith(QStringLiteral("100 % up to here")));
}

void tst_InspectorFigures::readsBucketsByKeyboard()
{
    SelectedMetric w(sizes());
    QTRY_VERIFY(w.histogram->isVisible());

    w.histogram->setFocus();
    QTest::keyClick(w.histogram, Qt::Key_Home);

    QCOMPARE(w.histogram->accessibleDescription(),
             QStringLiteral("0, 1 value, 25 %, 25 % up to here"));
}

void tst_InspectorFigures::showsNoOtherDistribution()
{
    SelectedMetric w(sizes());
    QTRY_VERIFY(w.histogram->isVisible());

    w.select(0, 1);

    QTRY_VERIFY(!w.histogram->isVisible());
}

void tst_InspectorFigures::showsParts()
{
    const SelectedMetric w(split(3072));

    QTRY_VERIFY(w.parts->isVisible());
    QCOMPARE(w.label("partsTitle"), QStringLiteral("By folder"));
    QCOMPARE(w.parts->accessibleDescription(),
             QStringLiteral("home 3.00 KiB 75.0 %\ntmp 1.00 KiB 25.0 %"));
    QVERIFY(!w.histogram->isVisible());
}

void tst_InspectorFigures::followsParts()
{
    SelectedMetric w(split(3072));
    QTRY_VERIFY(w.parts->isVisible());
    w.parts->setFocus();
    QTest::keyClick(w.parts, Qt::Key_Down);
    const QString current = w.parts->currentIndex().siblingAtColumn(0).data().toString();

    w.source.setMetric(QStringLiteral("a"), split(0));

    QTRY_VERIFY(w.parts->accessibleDescription().startsWith(QStringLiteral("tmp 1.00 KiB 100.0")));
    QCOMPARE(w.parts->currentIndex().siblingAtColumn(0).data().toString(), current);
}

void tst_InspectorFigures::saysWhatItMeans()
{
    SelectedMetric w(split(3072));

    w.tree->expand(w.tree->currentIndex());
    const QModelIndex part = w.tree->model()->index(2, 0, w.tree->currentIndex());
    w.tree->setCurrentIndex(part);

    QTRY_COMPARE(w.meaning->accessibleDescription(),
                 QStringLiteral("Kind: Counter: it only grows, until it is reset.\n"
                                "Unit: bytes (By)\n"
                                "Part: folder is home\n"
                                "Rate: growth per second, over the last second\n"
                                "State: \u25cf Active: it gets events."));
}

void tst_InspectorFigures::saysWhatFailed()
{
    const SelectedMetric w(
            bytes(7).setState(MetricState::Quarantined, QStringLiteral("division by zero")));

    QTRY_VERIFY(w.meaning->accessibleDescription().contains(QStringLiteral("Quarantined")));
    QVERIFY(w.meaning->accessibleDescription().contains(
            QStringLiteral("Last error: division by zero")));
}

void tst_InspectorFigures::standsStill()
{
    SelectedMetric w(split(3072));
    QTRY_VERIFY(w.parts->isVisible());
    const QString before = w.parts->accessibleDescription();
    auto *pause = w.window.findChild<QAction *>(QStringLiteral("pause"));
    pause->trigger();
    const int asked = w.counting.requestCount();

    w.source.setMetric(QStringLiteral("a"), split(0));
    QTRY_VERIFY(w.counting.requestCount() > asked); // for the plot, which goes on
    QCOMPARE(w.parts->accessibleDescription(), before);
    pause->trigger();

    QTRY_VERIFY(w.parts->accessibleDescription() != before);
}

void tst_InspectorFigures::showsWhatIsSelectedThen()
{
    SelectedMetric w(split(3072));
    w.source.setMetric(QStringLiteral("b"), split(1024));
    QTRY_VERIFY(w.parts->isVisible());
    w.window.findChild<QAction *>(QStringLiteral("pause"))->trigger();

    w.select(1, 0);

    QTRY_COMPARE(w.parts->accessibleDescription(),
                 QStringLiteral("tmp 1.00 KiB 50.0 %\nhome 1.00 KiB 50.0 %"));
}

QTEST_MAIN(tst_InspectorFigures)
#include "tst_inspectorfigures.moc"

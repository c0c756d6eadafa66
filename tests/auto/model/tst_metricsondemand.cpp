// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include "metricsondemandfixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <functional>
#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// A model that asks for the metrics of those recorders only whose metrics somebody reads.
class tst_MetricsOnDemand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNotTheDefault();

    // what is asked for
    void asksForNoValuesThatNobodyReads();
    void asksForWhatIsRead();
    void asksNoMoreForWhatIsLeftUnread();
    void asksOnForWhatHasNotChanged();
    void asksForWhatWasReadBefore();
    void asksForWhatAViewHasExpanded();
    void asksForAMetricThatIsShownWithoutTheOthers();
    void asksNoMoreForAMetricThatIsNotShownAnyMore();

    // what is shown meanwhile
    void knowsWhichMetricsThereAre();
    void knowsNoRateOfWhatItHasNotSeen();
    void knowsTheLastValuesOfWhatHasStopped();
    void asksForAllWhileManyAreRead();
    void showsNoValueThatNobodySawBeforeItsEnd_data();
    void showsNoValueThatNobodySawBeforeItsEnd();
    void showsWhatARemovedRecorderHadAtLast();

    // all of it, for now
    void refreshesAll();
    void refreshesAllWhilePaused();
    void refreshesAsLongAsTheSourceIsTheSame();
    void asksForAllWhileThereIsAMark();
    void asksForAllWhileValuesAreSearched();
    void comparesNothingThatWasOldWhenTheMarkWasMade();

    // rows, while more is asked for
    void keepsRowsWhileAllIsAskedForInParts();
    void removesWhatNoPartHasMentioned();
};

void tst_MetricsOnDemand::isNotTheDefault()
{
    Watched w(false);
    QVERIFY(w.isBegun);
    QVERIFY(!w.model.areMetricsOnDemand());
    QSignalSpy changed(&w.model, &SnapshotModel::metricsOnDemandChanged);

    w.setTotal(a, 2);
    QVERIFY(w.update());
    QCOMPARE(w.source.lastRequest().detail, SnapshotDetail::Metrics);
    QCOMPARE(w.total(a), 2);

    w.model.setMetricsOnDemand(true);
    w.model.setMetricsOnDemand(true);
    QCOMPARE(changed.count(), 1);
    QVERIFY(w.model.areMetricsOnDemand());
}

// ---- What is asked for

void tst_MetricsOnDemand::asksForNoValuesThatNobodyReads()
{
    Watched w;
    QVERIFY(w.isBegun);

    w.setTotal(a, 2);
    QVERIFY(w.update());

    QCOMPARE(w.source.lastRequest().detail, SnapshotDetail::Outline);
    QCOMPARE(w.source.lastRequest().detailedIds, QSet<QString>());
}

void tst_MetricsOnDemand::asksForWhatIsRead()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.setTotal(a, 2);
    QVERIFY(w.update());
    const QPersistentModelIndex metric = w.metric(a);
    QSignalSpy changed(&w.model, &QAbstractItemModel::dataChanged);

    QCOMPARE(metric.data(SnapshotModel::ValueRole), 1);

    QTRY_VERIFY(std::any_of(changed.cbegin(), changed.cend(), [&](const auto &arguments) {
        return arguments.at(0).toModelIndex() == metric;
    }));
    QCOMPARE(metric.data(SnapshotModel::ValueRole), 2);
    QCOMPARE(w.source.lastRequest().detailedIds, QSet<QString>{ a });

    w.setTotal(a, 3);
    QVERIFY(w.update());
    QCOMPARE(metric.data(SnapshotModel::ValueRole), 3);
}

void tst_MetricsOnDemand::asksNoMoreForWhatIsLeftUnread()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.total(a);
    QVERIFY(w.waitForDemand({ a }));

    w.setTotal(a, 2);
    QVERIFY(w.update());
    w.source.advance(900ms);
    w.setTotal(a, 3);
    QVERIFY(w.update());
    QCOMPARE(w.source.lastRequest().detailedIds, QSet<QString>{ a });
    w.source.advance(200ms);
    w.setTotal(a, 4);

    QVERIFY(w.waitForDemand({}));
}

void tst_MetricsOnDemand::asksOnForWhatHasNotChanged()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.total(a);
    QVERIFY(w.waitForDemand({ a }));

    w.source.advance(1h);
    QVERIFY(w.update());
    w.source.advance(1h);
    QVERIFY(w.update());

    QCOMPARE(w.source.lastRequest().detailedIds, QSet<QString>{ a });
}

// It may be on the screen.
void tst_MetricsOnDemand::asksForWhatWasReadBefore()
{
    Watched w(false);
    QVERIFY(w.isBegun);
    w.total(b);

    w.model.setMetricsOnDemand(true);

    QVERIFY(w.waitForDemand({ b }));
    QCOMPARE(w.source.lastRequest().detail, SnapshotDetail::Outline);
}

void tst_MetricsOnDemand::asksForWhatAViewHasExpanded()
{
    Watched w;
    QVERIFY(w.isBegun);
    QTreeView view;
    view.setModel(&w.model);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QVERIFY(w.update());
    QCOMPARE(w.source.lastRequest().detailedIds, QSet<QString>());

    view.expand(w.recorder(b));
    QVERIFY(w.waitForDemand({ b }));

    view.collapse(w.recorder(b));
    qint64 total = 1;
    QTRY_VERIFY([&] {
        w.source.advance(100ms);
        w.setTotal(b, ++total);
        return w.update() && w.source.lastRequest().detailedIds.isEmpty();
    }());
}

// The others change and are not read, which says nothing of the one that is shown.
void tst_MetricsOnDemand::asksForAMetricThatIsShownWithoutTheOthers()
{
    Watched w;
    QVERIFY(w.isBegun);
    QSignalSpy changed(&w.model, &QAbstractItemModel::dataChanged);
    const QPersistentModelIndex shown = w.metric(a);
    connect(&w.model, &QAbstractItemModel::dataChanged, &w.model,
            [&shown](const QModelIndex &first) {
                if (first == shown)
                    first.data(SnapshotModel::ValueRole); // as a view does
            });
    w.total(a);
    QVERIFY(w.waitForDemand({ a }));

    for (int i = 0; i < 30; ++i) {
        w.source.advance(100ms);
        w.source.setMetric(a, number(i));
        QVERIFY(w.update());
    }

    QCOMPARE(w.source.lastRequest().detailedIds, QSet<QString>{ a });
    w.setTotal(a, 2);
    QVERIFY(w.update());
    QCOMPARE(w.total(a), 2);
}

void tst_MetricsOnDemand::asksNoMoreForAMetricThatIsNotShownAnyMore()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.source.setMetric(a, number(0));
    QVERIFY(w.update());
    w.total(a);
    QVERIFY(w.waitForDemand({ a }));

    int value = 0;
    QTRY_VERIFY([&] {
        w.source.advance(100ms);
        w.source.setMetric(a, number(++value));
        return w.update() && w.source.lastRequest().detailedIds.isEmpty();
    }());
    QVERIFY(value > 20); // the metric that was read may have been on the screen
}

// ---- What is shown meanwhile

void tst_MetricsOnDemand::knowsWhichMetricsThereAre()
{
    Watched w;
    QVERIFY(w.isBegun);

    w.source.setMetric(a, number(1));
    MetricSnapshot failed = number(1);
    failed.setState(MetricState::Quarantined, QStringLiteral("no disk"));
    w.source.setMetric(b, failed);
    QVERIFY(w.update());

    QCOMPARE(w.model.rowCount(w.recorder(a)), 2);
    QCOMPARE(w.model.totals().metrics, 4);
    QCOMPARE(w.model.totals().quarantined, 1);
    w.source.removeMetric(a, QStringLiteral("number"));
    QVERIFY(w.update());
    QCOMPARE(w.model.rowCount(w.recorder(a)), 1);
}

// It would be that of an hour, in a moment.
void tst_MetricsOnDemand::knowsNoRateOfWhatItHasNotSeen()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.source.advance(1h);
    w.setTotal(a, 1'000'000);
    QVERIFY(w.update());

    QTRY_COMPARE(w.total(a), 1'000'000);
    QCOMPARE(w.metric(a).data(SnapshotModel::RateRole).toDouble(), 0.0);

    w.source.advance(1s);
    w.setTotal(a, 1'000'010);
    QTRY_COMPARE(w.total(a), 1'000'010);
    const double rate = w.metric(a).data(SnapshotModel::RateRole).toDouble();
    QVERIFY2(rate > 9.9 && rate < 10.1, qPrintable(QString::number(rate)));
}

void tst_MetricsOnDemand::knowsTheLastValuesOfWhatHasStopped()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.setTotal(a, 2);
    QVERIFY(w.update());

    w.source.setRecorderState(a, RecorderState::Stopped);
    QVERIFY(w.update());

    QCOMPARE(w.total(a), 2);
}

void tst_MetricsOnDemand::asksForAllWhileManyAreRead()
{
    constexpr int count = 4200;
    Watched w;
    QVERIFY(w.isBegun);
    const auto setTotals = [&w](qint64 total) {
        for (int i = 0; i < count; ++i)
            w.setTotal(QStringLiteral("c%1").arg(i), total);
    };
    setTotals(1);
    QTRY_COMPARE(w.model.rowCount(), 2 + count);

    for (int row = 0; row < w.model.rowCount(); ++row)
        w.model.index(0, 0, w.model.index(row, 0)).data();

    const auto isAskedForAll = [&w] {
        w.setTotal(a, w.source.version());
        return w.source.lastRequest().detail == SnapshotDetail::Metrics;
    };
    QTRY_VERIFY(isAskedForAll());
    QVERIFY(w.source.lastRequest().detailedIds.isEmpty());
    QTRY_VERIFY(!w.model.isPartial());

    const auto isAskedForFew = [&](qint64 total) {
        setTotals(total);
        w.source.advance(700ms);
        QSignalSpy updated(&w.model, &SnapshotModel::updated);
        return updated.wait() && w.source.lastRequest().detail == SnapshotDetail::Outline;
    };
    qint64 total = 2;
    QTRY_VERIFY(isAskedForFew(++total)); // nobody reads what changes
    QTRY_VERIFY(w.model.isPartial());
}

void tst_MetricsOnDemand::showsNoValueThatNobodySawBeforeItsEnd_data()
{
    using End = std::function<void(Watched &)>;
    QTest::addColumn<End>("end");
    QTest::newRow("the recorder is removed, and nobody tells what it had") << End([](Watched &w) {
        w.source.setTellsLastValues(false);
        w.source.removeRecorder(a);
    });
    QTest::newRow("the source ends") << End([](Watched &w) { w.source.setEnded(true); });
}

void tst_MetricsOnDemand::showsNoValueThatNobodySawBeforeItsEnd()
{
    QFETCH(const std::function<void(Watched &)>, end);
    Watched w;
    QVERIFY(w.isBegun);
    w.model.setKeepRemoved(true);
    w.setTotal(a, 2);
    QVERIFY(w.update());

    end(w);
    QTRY_VERIFY(w.model.removedCount() == 1 || w.model.isEnded());

    QCOMPARE(w.total(a), QVariant());
    QCOMPARE(w.metric(a).data(SnapshotModel::TextRole).toString(), QStringLiteral("unknown"));
    QCOMPARE(w.metric(a).data(SnapshotModel::ExactTextRole).toString(), QStringLiteral("\u2014"));
    const QString toolTip = w.metric(a).data(Qt::ToolTipRole).toString();
    QVERIFY2(toolTip.contains(QStringLiteral("total: unknown")), qPrintable(toolTip));
    QVERIFY2(toolTip.contains(QStringLiteral("before it ended")), qPrintable(toolTip));
    const QModelIndex dimension = w.model.index(0, 0, w.metric(a));
    QCOMPARE(column(dimension, SnapshotModel::ValueColumn), QStringLiteral("unknown"));
    QCOMPARE(dimension.data(SnapshotModel::UnitRole).toString(), QStringLiteral("By"));
}

void tst_MetricsOnDemand::showsWhatARemovedRecorderHadAtLast()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.model.setKeepRemoved(true);
    w.setTotal(a, 2);
    QVERIFY(w.update());
    w.setTotal(a, 3);

    w.source.removeRecorder(a);

    QTRY_COMPARE(w.model.removedCount(), 1);
    QCOMPARE(w.total(a), QVariant(3));
}

// ---- All of it, for now

void tst_MetricsOnDemand::refreshesAll()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.source.setMaxUpdateSize(1);
    w.setTotal(a, 2);
    w.setTotal(b, 3);
    QVERIFY(w.update());
    QVERIFY(w.model.isPartial());
    QSignalSpy refreshed(&w.model, &SnapshotModel::refreshed);

    w.model.refresh();
    QVERIFY(refreshed.wait());

    QVERIFY(!w.model.isPartial());
    QCOMPARE(w.total(a), 2);
    QCOMPARE(w.total(b), 3);
    QVERIFY(w.waitForDetail(SnapshotDetail::Outline));
    QCOMPARE(refreshed.count(), 1);
}

void tst_MetricsOnDemand::refreshesAllWhilePaused()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.setTotal(a, 2);
    QVERIFY(w.update());
    w.model.setPaused(true);
    QSignalSpy refreshed(&w.model, &SnapshotModel::refreshed);

    w.model.refresh();
    QVERIFY(refreshed.wait());

    QCOMPARE(w.total(a), 2);
}

void tst_MetricsOnDemand::refreshesAsLongAsTheSourceIsTheSame()
{
    Watched w;
    QVERIFY(w.isBegun);
    FakeSnapshotSource other;
    other.setRecorder(a, { counter(7) });
    w.source.hold();
    w.model.refresh();

    w.model.setSource(&other);
    QTRY_COMPARE(w.model.rowCount(), 1);

    QCOMPARE(other.lastRequest().detail, SnapshotDetail::Outline);
}

void tst_MetricsOnDemand::asksForAllWhileThereIsAMark()
{
    Watched w;
    QVERIFY(w.isBegun);
    const SnapshotMark mark = w.model.newMark();

    w.model.setMark(mark);
    QVERIFY(w.waitForDetail(SnapshotDetail::Metrics));
    w.setTotal(a, 2);
    QVERIFY(w.update());
    QCOMPARE(w.recorder(a).data(SnapshotModel::DeltaRole), 1); // metrics that changed

    w.model.resetMark();
    QVERIFY(w.waitForDetail(SnapshotDetail::Outline));
}

void tst_MetricsOnDemand::asksForAllWhileValuesAreSearched()
{
    Watched w;
    QVERIFY(w.isBegun);
    auto filter = std::make_unique<SnapshotFilterModel>();
    filter->setSourceModel(&w.model);
    filter->setFilterText(QStringLiteral("total"));
    QVERIFY(w.update());
    QCOMPARE(w.source.lastRequest().detail, SnapshotDetail::Outline);

    filter->setFilterText(QStringLiteral(">100"));
    QVERIFY(w.waitForDetail(SnapshotDetail::Metrics));
    w.setTotal(b, 101);
    QTRY_COMPARE(filter->rowCount(), 1);
    QCOMPARE(names(*filter), QStringList{ b });

    filter.reset();
    QVERIFY(w.waitForDetail(SnapshotDetail::Outline));
}

void tst_MetricsOnDemand::comparesNothingThatWasOldWhenTheMarkWasMade()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.setTotal(a, 2);
    QVERIFY(w.update());
    const SnapshotMark mark = w.model.newMark();

    w.model.setMark(mark);
    QVERIFY(w.waitForDetail(SnapshotDetail::Metrics));

    const auto changeOf = [](const QModelIndex &index) {
        return index.data(SnapshotModel::ChangeRole).value<SnapshotModel::Change>();
    };
    QCOMPARE(changeOf(w.metric(a)), SnapshotModel::Change::NotCompared);
    QCOMPARE(changeOf(w.recorder(a)), SnapshotModel::Change::NotCompared);
    w.model.setMark(SnapshotMark::fromCbor(mark.toCbor()));
    QCOMPARE(changeOf(w.metric(a)), SnapshotModel::Change::New);
}

// ---- Rows, while more is asked for

void tst_MetricsOnDemand::keepsRowsWhileAllIsAskedForInParts()
{
    Watched w;
    QVERIFY(w.isBegun);
    const QAbstractItemModelTester tester(&w.model);
    w.source.setMaxUpdateSize(1);
    QSignalSpy removed(&w.model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy refreshed(&w.model, &SnapshotModel::refreshed);

    w.model.refresh();
    QVERIFY(refreshed.wait());

    QCOMPARE(removed.count(), 0);
}

void tst_MetricsOnDemand::removesWhatNoPartHasMentioned()
{
    Watched w;
    QVERIFY(w.isBegun);
    const QAbstractItemModelTester tester(&w.model);
    const QString c = QStringLiteral("c");
    w.source.setRecorder(c, { counter(1) });
    QTRY_COMPARE(w.model.rowCount(), 3);
    w.model.setPaused(true);
    w.source.removeRecorder(a);
    w.source.setMaxUpdateSize(1);
    QSignalSpy refreshed(&w.model, &SnapshotModel::refreshed);

    w.model.refresh();
    QVERIFY(refreshed.wait());

    QCOMPARE(names(w.model), (QStringList{ b, c }));
}

QTEST_MAIN(tst_MetricsOnDemand)

#include "tst_metricsondemand.moc"

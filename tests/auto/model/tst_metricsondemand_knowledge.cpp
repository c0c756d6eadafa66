// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/model/snapshotmodel.h>

#include "metricsondemandfixture.h"
#include "shared/testmetrics.h"

#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What a model of metrics on demand knows, and knows that it does not.
class tst_MetricsOnDemand_Knowledge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // a refresh
    void endsARefreshThatIsNotAnswered();
    void endsARefreshWithTheLastOfSeveral();

    // what is not known
    void knowsThatTimeChangesMetrics();
    void announcesWhatIsUnknown();
    void comparesNothingThatIsOld();
    void missesNothingOfWhatHasEnded();
};

void tst_MetricsOnDemand_Knowledge::endsARefreshThatIsNotAnswered()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.source.setEnded(true);
    QTRY_VERIFY(w.model.isEnded());
    const int asked = w.source.requestCount();
    w.model.refresh();
    QTRY_VERIFY(w.source.requestCount() > asked);

    w.source.setEnded(false);
    QTRY_VERIFY(!w.model.isEnded());

    QVERIFY(w.waitForDetail(SnapshotDetail::Outline));
}

void tst_MetricsOnDemand_Knowledge::endsARefreshWithTheLastOfSeveral()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.source.setMaxUpdateSize(1);
    w.setTotal(a, 2);
    QVERIFY(w.update());
    QList<bool> partial;
    connect(&w.model, &SnapshotModel::refreshed, &w.model, [&] { partial += w.model.isPartial(); });
    bool isAgain = false;
    connect(&w.model, &SnapshotModel::updated, &w.model, [&] {
        if (w.model.isPartial() || std::exchange(isAgain, true))
            return;
        w.setTotal(a, 3);
        w.setTotal(b, 3);
        w.model.refresh();
    });

    w.model.refresh();

    QTRY_COMPARE(partial, QList{ false });
    QCOMPARE(w.total(a), 3);
    QCOMPARE(w.total(b), 3);
}

// ---- What is not known

namespace {

// Counts milliseconds.
class Age : public TickMetric
{
public:
    MetricSnapshot snapshot() const override
    {
        const auto age = std::chrono::steady_clock::now() - m_begin;
        return MetricSnapshot(name()).add(
                QStringLiteral("age"),
                qint64(std::chrono::duration_cast<std::chrono::milliseconds>(age).count()));
    }
    bool changesWithTime() const override { return true; }

private:
    const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

} // namespace

void tst_MetricsOnDemand_Knowledge::knowsThatTimeChangesMetrics()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    runtime.createRecorder(a)->registerMetric(std::make_unique<Age>());
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setMetricsOnDemand(true);
    model.setRuntime(&runtime);
    QTRY_COMPARE(model.rowCount(), 1);

    QVERIFY(model.isPartial());
    QSignalSpy refreshed(&model, &SnapshotModel::refreshed);
    model.refresh();
    QVERIFY(refreshed.wait());
    QTRY_VERIFY(model.isPartial()); // it goes on
}

void tst_MetricsOnDemand_Knowledge::announcesWhatIsUnknown()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.setTotal(a, 2);
    QVERIFY(w.update());
    w.source.setEnded(true);
    w.total(a);
    QSet<int> roles;
    connect(&w.model, &QAbstractItemModel::dataChanged, &w.model,
            [&roles](const QModelIndex &first, const QModelIndex &, const QList<int> &changed) {
                if (first.parent().isValid())
                    roles += QSet<int>(changed.cbegin(), changed.cend());
            });

    QTRY_VERIFY(w.model.isEnded());

    QCOMPARE(w.total(a), QVariant());
    QVERIFY(roles.contains(SnapshotModel::ValueRole));
    QVERIFY(roles.contains(SnapshotModel::TextRole));
    roles.clear();
    w.source.setEnded(false);
    QTRY_COMPARE(w.total(a), 2);
    QVERIFY(roles.contains(SnapshotModel::ValueRole));
}

void tst_MetricsOnDemand_Knowledge::comparesNothingThatIsOld()
{
    Watched w;
    QVERIFY(w.isBegun);
    const SnapshotMark mark = w.model.newMark();
    w.setTotal(a, 2);
    QVERIFY(w.update());
    w.model.setPaused(true);

    w.model.setMark(mark);

    const auto changeOf = [](const QModelIndex &index) {
        return index.data(SnapshotModel::ChangeRole).value<SnapshotModel::Change>();
    };
    QCOMPARE(changeOf(w.metric(a)), SnapshotModel::Change::NotCompared);
    QCOMPARE(changeOf(w.recorder(a)), SnapshotModel::Change::NotCompared);
    w.model.setPaused(false);
    QTRY_COMPARE(changeOf(w.metric(a)), SnapshotModel::Change::Changed);
    QCOMPARE(w.metric(a).data(SnapshotModel::DeltaRole), 1);
}

// What nobody can tell any more is not to be waited for.
void tst_MetricsOnDemand_Knowledge::missesNothingOfWhatHasEnded()
{
    Watched w;
    QVERIFY(w.isBegun);
    w.model.setKeepRemoved(true);
    w.setTotal(a, 2);
    QTRY_VERIFY(w.model.isPartial());

    w.source.removeRecorder(a);
    QTRY_COMPARE(w.model.removedCount(), 1);
    QVERIFY(!w.model.isPartial());

    w.setTotal(a, 3);
    QTRY_COMPARE(w.model.removedCount(), 0);
    QVERIFY(!w.model.isPartial());
    QCOMPARE(w.total(a), 3);
}

QTEST_GUILESS_MAIN(tst_MetricsOnDemand_Knowledge)

#include "tst_metricsondemand_knowledge.moc"

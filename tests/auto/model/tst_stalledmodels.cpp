// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/gate.h"
#include "shared/handclock.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/model/metricvalue.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Models and values whose source does not answer.
class tst_StalledModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void sayWhyThereIsNothingNew_data();
    void sayWhyThereIsNothingNew();
    void stayOldWhilePaused();
    void stayOldForAnotherRecorder();
    void makeValuesStale();
    void sayWhereARuntimeIsStuck();
};

void tst_StalledModels::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

namespace {

constexpr std::chrono::milliseconds someTime = 3100ms;

SourceStall stall(const QString &where = {})
{
    const std::chrono::nanoseconds now = std::chrono::steady_clock::now().time_since_epoch();
    return { now - someTime, where };
}

MetricSnapshot jobs(int done)
{
    return MetricSnapshot(u"jobs"_s).add(u"done"_s, done, {}, MetricKind::Counter);
}

// A model of a source whose only value has a rate.
template <typename Model>
class Subject
{
public:
    explicit Subject(FakeSnapshotSource *source)
    {
        model.setRefreshInterval(10);
        model.setSource(source);
    }

    QVariant rate() const
    {
        const QModelIndex first = model.index(0, 0);
        const QModelIndex below = model.index(0, 0, first);
        return (below.isValid() ? below : first).data(SnapshotModel::RateRole);
    }

    Model model;
    QAbstractItemModelTester tester{ &model };
    QSignalSpy stalled{ &model, &Model::stalledChanged };
    QSignalSpy changed{ &model, &QAbstractItemModel::dataChanged };
};

} // namespace

template <typename Model>
static void checkStall()
{
    const HandClock clock; // stands still, so that no rate decays
    FakeSnapshotSource source;
    source.setMetric(u"worker"_s, jobs(0));
    Subject<Model> subject(&source);
    QTRY_COMPARE(subject.model.rowCount(), 1);
    source.advance(1s);
    source.setMetric(u"worker"_s, jobs(100));
    QTRY_VERIFY(subject.rate().toDouble() > 0);
    subject.changed.clear();

    source.setStall(stall(u"metric \"m\" of recorder \"r\""_s));
    QTRY_COMPARE(subject.stalled.size(), 1);
    QVERIFY(subject.model.isStalled());
    QCOMPARE(subject.model.errorString(),
             u"\"fake\" is not answering for 3 s: it is in metric \"m\" of recorder \"r\""_s);
    QVERIFY(!subject.rate().isValid());
    QVERIFY(!subject.changed.isEmpty());
    QCOMPARE(subject.model.rowCount(), 1);

    source.setStall({});
    QTRY_COMPARE(subject.stalled.size(), 2);
    QCOMPARE(subject.model.errorString(), QString());
    QVERIFY(subject.rate().isValid());
}

using Check = void (*)();

void tst_StalledModels::sayWhyThereIsNothingNew_data()
{
    QTest::addColumn<Check>("check");

    QTest::newRow("a tree") << &checkStall<SnapshotModel>;
    QTest::newRow("a table") << &checkStall<SnapshotTableModel>;
}

void tst_StalledModels::sayWhyThereIsNothingNew()
{
    QFETCH(const Check, check);

    check();
}

void tst_StalledModels::stayOldWhilePaused()
{
    FakeSnapshotSource source;
    source.setMetric(u"worker"_s, jobs(7));
    Subject<SnapshotTableModel> subject(&source);
    QTRY_VERIFY(subject.rate().isValid());
    source.setStall(stall());
    QTRY_VERIFY(subject.model.isStalled());

    subject.model.setPaused(true);

    QVERIFY(subject.model.isStalled());
    QVERIFY(!subject.rate().isValid());
}

void tst_StalledModels::stayOldForAnotherRecorder()
{
    FakeSnapshotSource source;
    source.setMetric(u"a"_s, jobs(7));
    source.setMetric(u"b"_s, jobs(8));
    RecorderSnapshotModel model;
    model.setRefreshInterval(10);
    model.setSource(&source);
    model.setEntityId(u"a"_s);
    source.setStall(stall());
    QTRY_VERIFY(model.isStalled());
    QTRY_COMPARE(model.rowCount(), 1);

    model.setEntityId(u"b"_s);
    QTRY_COMPARE(model.rowCount(), 1);

    QVERIFY(model.isStalled());
    QVERIFY(!model.index(0, 0).data(SnapshotModel::RateRole).isValid());
}

void tst_StalledModels::makeValuesStale()
{
    FakeSnapshotSource source;
    source.setMetric(u"worker"_s, jobs(7));
    MetricValue value;
    value.setSource(&source);
    value.setEntityId(u"worker"_s);
    value.setMetric(u"jobs"_s);
    QTRY_VERIFY(value.isValid());

    source.setStall(stall());
    QTRY_VERIFY(value.isStale());
    QCOMPARE(value.value(), 7);
    QCOMPARE(value.errorString(), u"\"fake\" is not answering for 3 s"_s);

    source.setStall({});
    QTRY_VERIFY(value.isValid());
}

// While others are flooded.
void tst_StalledModels::sayWhereARuntimeIsStuck()
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    MetricsRuntime runtime(u"app"_s);
    runtime.start();
    const auto held = runtime.createRecorder(u"worker"_s);
    held->registerMetric(heldMetric(gate));
    const auto other = runtime.createRecorder(u"other"_s);
    SnapshotModel model;
    model.setRefreshInterval(20);
    model.setRuntime(&runtime);
    QTRY_COMPARE(model.rowCount(), 2);

    held->registerEvent(Tick{ 1 });
    for (int i = 0; i < 1000; ++i)
        other->registerEvent(Tick{ 1 });

    QTRY_VERIFY(model.isStalled());
    QVERIFY2(model.errorString().endsWith(u"it is in metric \"held\" of recorder \"worker\""_s),
             qUtf8Printable(model.errorString()));
    gate->open();
    QTRY_VERIFY(!model.isStalled());
    model.setSource(nullptr);
}

QTEST_GUILESS_MAIN(tst_StalledModels)
#include "tst_stalledmodels.moc"

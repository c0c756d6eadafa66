// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/recordedsubscription.h"

#include <recorders/core/snapshotlistsource.h>
#include <recorders/core/snapshotsubscription.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// A source that says what it was given.
class tst_SnapshotListSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it was given
    void isEmptyAtFirst();
    void saysWhatItWasGiven();
    void replacesARecorder();
    void changesAMetric();
    void removesAMetric();
    void removesARecorder();
    void makesAnotherRecorderOfARemovedOne();
    void takesAChangeOfANewRecorder_data();
    void takesAChangeOfANewRecorder();
    void refusesBlankIds_data();
    void refusesBlankIds();

    // what it answers
    void tellsWhatChanged();
    void tellsTheOldestChangeFirst();
    void tellsInParts();
    void tellsOfOneRecorderOnly();
    void tellsNoMetricsWhenNoneAreWanted();
    void hasTheTimeThatItIsGiven();
    void hasTheTimeOfTheSteadyClock();
    void announcesItsState();
    void answersNothingOnceItEnded();

    // what it is for
    void feedsModels();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");
const QString trafficName = QStringLiteral("traffic");

MetricSnapshot traffic(qint64 bytes)
{
    return MetricSnapshot(trafficName)
            .add(QStringLiteral("bytes"), bytes, Unit::bytes(), MetricKind::Counter);
}

SnapshotUpdate answer(SnapshotListSource &source, const SnapshotRequest &request = {})
{
    return source.changesSince(request).result();
}

} // namespace

void tst_SnapshotListSource::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- What it was given

void tst_SnapshotListSource::isEmptyAtFirst()
{
    SnapshotListSource source(QStringLiteral("my source"));

    const SnapshotUpdate update = answer(source);

    QCOMPARE(source.name(), QStringLiteral("my source"));
    QCOMPARE(source.state(), RuntimeState::Running);
    QVERIFY(source.recorderIds().isEmpty());
    QVERIFY(source.version() > 0); // so that a subscriber asks, and learns that it is empty
    QVERIFY(update.isComplete);
    QVERIFY(update.recorders.isEmpty());
}

void tst_SnapshotListSource::saysWhatItWasGiven()
{
    SnapshotListSource source;
    RecorderSnapshot given;
    given.entityId = a;
    given.state = RecorderState::Failed;
    given.error = Error(ErrorCode::HookFailed, QStringLiteral("no disk"));
    given.statistics.handled = 42;
    given.metrics = { traffic(1) };

    QVERIFY(source.setRecorder(given));

    const RecorderSnapshot told = answer(source).recorders.constFirst();
    QCOMPARE(told.entityId, a);
    QCOMPARE(told.state, given.state);
    QCOMPARE(told.error, given.error);
    QCOMPARE(told.statistics.handled, quint64(42));
    QCOMPARE(told.metrics, given.metrics);
    QVERIFY(told.isComplete);
    QVERIFY(told.generation > 0);
}

void tst_SnapshotListSource::replacesARecorder()
{
    SnapshotListSource source;
    source.setRecorder(a, { traffic(1) });
    const quint64 generation = source.recorder(a).generation;
    RecorderSnapshot other;
    other.entityId = a;

    source.setRecorder(other);

    QVERIFY(source.recorder(a).metrics.isEmpty());
    QCOMPARE(source.recorder(a).generation, generation);
    QCOMPARE(source.recorderIds(), QStringList{ a });
}

void tst_SnapshotListSource::changesAMetric()
{
    SnapshotListSource source;
    source.setRecorder(a, { traffic(1), MetricSnapshot(b) });

    source.setMetric(a, traffic(2));
    source.setMetric(a, MetricSnapshot(QStringLiteral("new")));

    const QList<MetricSnapshot> metrics = source.recorder(a).metrics;
    QCOMPARE(metrics.size(), 3);
    QCOMPARE(metrics.at(0), traffic(2));
    QCOMPARE(metrics.at(2).name(), QStringLiteral("new"));
}

void tst_SnapshotListSource::removesAMetric()
{
    SnapshotListSource source;
    source.setRecorder(a, { traffic(1) });
    const quint64 version = source.version();

    QVERIFY(!source.removeMetric(a, b));
    QVERIFY(!source.removeMetric(b, trafficName));
    QCOMPARE(source.version(), version);
    QVERIFY(source.removeMetric(a, trafficName));

    QVERIFY(source.version() != version);
    QVERIFY(source.recorder(a).metrics.isEmpty());
}

void tst_SnapshotListSource::removesARecorder()
{
    SnapshotListSource source;
    source.setRecorder(a, {});
    const quint64 version = source.version();

    QVERIFY(!source.removeRecorder(b));
    QVERIFY(source.removeRecorder(a));

    QVERIFY(source.recorder(a).entityId.isEmpty());
    QCOMPARE(answer(source, version).removed, QStringList{ a });
    QVERIFY(answer(source).removed.isEmpty());
}

void tst_SnapshotListSource::makesAnotherRecorderOfARemovedOne()
{
    SnapshotListSource source;
    source.setRecorder(a, { traffic(1) });
    const quint64 version = source.version();
    const quint64 generation = source.recorder(a).generation;

    source.removeRecorder(a);
    source.setRecorder(a, {});

    const SnapshotUpdate update = answer(source, version);
    QCOMPARE(update.removed, QStringList{ a });
    QCOMPARE(idsOf(update), QStringList{ a });
    QVERIFY(update.recorders.constFirst().generation != generation);
}

using Change = std::function<bool(SnapshotListSource &, const QString &id)>;

static void addChanges() // of one recorder
{
    QTest::addColumn<Change>("change");
    QTest::newRow("metrics") << Change([](auto &s, auto &id) { return s.setRecorder(id, {}); });
    QTest::newRow("metric") << Change(
            [](auto &s, auto &id) { return s.setMetric(id, traffic(1)); });
    QTest::newRow("state") << Change(
            [](auto &s, auto &id) { return s.setRecorderState(id, RecorderState::Running); });
    QTest::newRow("statistics") << Change(
            [](auto &s, auto &id) { return s.setStatistics(id, {}); });
}

void tst_SnapshotListSource::takesAChangeOfANewRecorder_data()
{
    addChanges();
}

void tst_SnapshotListSource::takesAChangeOfANewRecorder()
{
    QFETCH(const Change, change);
    SnapshotListSource source;

    QVERIFY(change(source, a));

    QCOMPARE(source.recorder(a).entityId, a);
    QCOMPARE(source.recorder(a).state, RecorderState::Running);
}

void tst_SnapshotListSource::refusesBlankIds_data()
{
    addChanges();
}

void tst_SnapshotListSource::refusesBlankIds()
{
    QFETCH(const Change, change);
    SnapshotListSource source(QStringLiteral("my source"));
    const quint64 version = source.version();
    QTest::ignoreMessage(QtWarningMsg,
                         "SnapshotListSource \"my source\": the entity id must not be blank");

    QVERIFY(!change(source, QStringLiteral(" ")));

    QVERIFY(source.recorderIds().isEmpty());
    QCOMPARE(source.version(), version);
}

// ---- What it answers

void tst_SnapshotListSource::tellsWhatChanged()
{
    SnapshotListSource source;
    source.setRecorder(a, {});
    source.setRecorder(b, {});
    const SnapshotUpdate first = answer(source);

    source.setMetric(b, traffic(1));

    const SnapshotUpdate update = answer(source, first.version);
    QVERIFY(!update.isComplete);
    QCOMPARE(idsOf(update), QStringList{ b });
    QVERIFY(answer(source, update.version).recorders.isEmpty());
}

void tst_SnapshotListSource::tellsTheOldestChangeFirst()
{
    SnapshotListSource source;
    source.setRecorder(a, {});
    source.setRecorder(b, {});

    source.setMetric(a, traffic(1));

    QCOMPARE(idsOf(answer(source)), QStringList({ b, a }));
}

void tst_SnapshotListSource::tellsInParts()
{
    SnapshotListSource source;
    for (int i = 0; i < 5; ++i)
        source.setRecorder(QString::number(i), {});
    source.setMaxUpdateSize(2);

    QStringList told;
    SnapshotUpdate update;
    int parts = 0;
    do {
        update = answer(source, update.version);
        told += idsOf(update);
        ++parts;
    } while (update.hasMore);

    QCOMPARE(source.maxUpdateSize(), 2);
    QCOMPARE(parts, 3);
    QCOMPARE(told, source.recorderIds());
}

void tst_SnapshotListSource::tellsOfOneRecorderOnly()
{
    SnapshotListSource source;
    source.setRecorder(a, {});
    source.setRecorder(b, {});
    SnapshotRequest request;
    request.entityIds = { a };

    const SnapshotUpdate first = answer(source, request);
    QCOMPARE(idsOf(first), QStringList{ a });

    source.setMetric(b, traffic(1));
    source.removeRecorder(b);
    request.since = first.version;
    const SnapshotUpdate second = answer(source, request);
    QVERIFY(second.recorders.isEmpty());
    QVERIFY(second.removed.isEmpty());
}

void tst_SnapshotListSource::tellsNoMetricsWhenNoneAreWanted()
{
    SnapshotListSource source;
    source.setRecorder(a, { traffic(1) });
    SnapshotRequest request;
    request.detail = SnapshotDetail::RecordersOnly;

    const RecorderSnapshot told = answer(source, request).recorders.constFirst();

    QVERIFY(told.metrics.isEmpty());
    QVERIFY(!told.isComplete);
}

void tst_SnapshotListSource::hasTheTimeThatItIsGiven()
{
    SnapshotListSource source;
    source.setTime(10s);
    QCOMPARE(answer(source).time, std::chrono::nanoseconds(10s));

    source.advance(5ms);

    QCOMPARE(source.time(), std::chrono::nanoseconds(10005ms));
}

void tst_SnapshotListSource::hasTheTimeOfTheSteadyClock()
{
    SnapshotListSource source;
    const std::chrono::nanoseconds before = std::chrono::steady_clock::now().time_since_epoch();

    const std::chrono::nanoseconds told = answer(source).time;

    QVERIFY(told >= before);
    QVERIFY(told <= std::chrono::steady_clock::now().time_since_epoch());
}

void tst_SnapshotListSource::announcesItsState()
{
    SnapshotListSource source;
    QSignalSpy changed(&source, &SnapshotSource::stateChanged);

    for (int i = 0; i < 2; ++i)
        source.setState(RuntimeState::Stopped);

    QCOMPARE(source.state(), RuntimeState::Stopped);
    QCOMPARE(changed.count(), 1);
}

void tst_SnapshotListSource::answersNothingOnceItEnded()
{
    SnapshotListSource source;
    source.setRecorder(a, {});
    SnapshotSubscription subscription(&source);
    subscription.setInterval(1ms);
    QSignalSpy updated(&subscription, &SnapshotSubscription::updated);
    QTRY_COMPARE(updated.count(), 1);

    source.setEnded(true);
    QVERIFY(source.changesSince(0).isCanceled());
    QTRY_VERIFY(subscription.isEnded());

    source.setEnded(false);
    QTRY_VERIFY(!subscription.isEnded());
}

// ---- What it is for

// As its documentation shows.
void tst_SnapshotListSource::feedsModels()
{
    SnapshotListSource source;
    source.setTime(0s);
    source.setRecorder(a, { traffic(0) });
    RecorderSnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntityId(a);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);

    source.advance(1s);
    source.setMetric(a, traffic(2048));

    QTRY_COMPARE(model.index(0, 0).data(SnapshotModel::TextRole).toString(),
                 QStringLiteral("2.00 KiB"));
    QCOMPARE(model.index(0, 0).data(SnapshotModel::RateRole).toDouble(), 2048.0);
}

QTEST_GUILESS_MAIN(tst_SnapshotListSource)
#include "tst_snapshotlistsource.moc"

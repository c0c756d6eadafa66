// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "metricvaluefixture.h"
#include "shared/fakesnapshotsource.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/model/metricvalue.h>

#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <limits>
#include <memory>

using namespace Recorders;
using namespace Testing;

// What a value says when what it shows is not there, not yet, or not any more.
class tst_MetricValue_Missing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what is missing
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void waitsForTheFirstAnswer();
    void findsWhatComesLater();
    void losesItsRecorder();
    void losesItsMetric();
    void forgetsWhatItShowedOfSomethingElse_data();
    void forgetsWhatItShowedOfSomethingElse();
    void tellsWhatIsNoNumberFromNoValue();
    void keepsTheLastValueOfASourceThatEnds();
    void keepsTheLastValueOfASourceThatIsDestroyed();
    void keepsTheLastValueOfARuntimeThatIsDestroyed();
    void goesOnWhenTheSourceAnswersAgain();
    void refusesABadInterval();
};

void tst_MetricValue_Missing::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricValue_Missing::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("entityId");
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QString>("dimension");
    QTest::addColumn<QString>("error");

    const QString none;
    QTest::newRow("an id") << none << jobs << none << QStringLiteral("entityId is empty");
    QTest::newRow("a metric's name") << worker << none << none << QStringLiteral("metric is blank");
    QTest::newRow("a recorder") << QStringLiteral("worker-4") << jobs << none
                                << QStringLiteral("\"fake\" has no recorder \"worker-4\"");
    QTest::newRow("a metric") << worker << QStringLiteral("jobs") << none
                              << QStringLiteral("recorder \"worker-3\" has no metric \"jobs\"");
    QTest::newRow("a dimension") << worker << jobs << QStringLiteral("sum")
                                 << QStringLiteral("metric \"jobs.done\" has no dimension \"sum\"");
    QTest::newRow("any dimension") << worker << QStringLiteral("empty") << none
                                   << QStringLiteral("metric \"empty\" has no dimensions");
}

void tst_MetricValue_Missing::saysWhatIsMissing()
{
    QFETCH(const QString, entityId);
    QFETCH(const QString, metric);
    QFETCH(const QString, dimension);
    QFETCH(const QString, error);
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    source.setMetric(worker, MetricSnapshot(QStringLiteral("empty")));
    MetricValue value;
    QCOMPARE(value.errorString(), QStringLiteral("there is no runtime and no source"));

    value.setRefreshInterval(1);
    value.setEntityId(entityId);
    value.setMetric(metric);
    value.setDimension(dimension);
    value.setSource(&source);

    QTRY_COMPARE(value.errorString(), error);
    QVERIFY(!value.isValid());
    QVERIFY(!value.value().isValid());
    QCOMPARE(value.text(), QString());
}

void tst_MetricValue_Missing::waitsForTheFirstAnswer()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    source.hold();
    const auto value = valueOf(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    QVERIFY(!value->isValid());
    QCOMPARE(value->errorString(), QString());

    source.release();
    QTRY_VERIFY(value->isValid());
}

void tst_MetricValue_Missing::findsWhatComesLater()
{
    FakeSnapshotSource source;
    const auto value = valueOf(&source, worker, QStringLiteral("late"));
    QTRY_COMPARE(value->errorString(), QStringLiteral("\"fake\" has no recorder \"worker-3\""));

    source.setRecorder(worker, {});
    QTRY_COMPARE(value->errorString(),
                 QStringLiteral("recorder \"worker-3\" has no metric \"jobs.done\""));

    source.setMetric(worker, jobsDone(1));
    QTRY_COMPARE(value->errorString(),
                 QStringLiteral("metric \"jobs.done\" has no dimension \"late\""));

    source.setMetric(worker, jobsDone(1).add(QStringLiteral("late"), 9));
    QTRY_COMPARE(value->value(), QVariant(9));
    QVERIFY(value->isValid());
}

void tst_MetricValue_Missing::losesItsRecorder()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());

    source.setRecorderState(worker, RecorderState::Stopped);
    QTRY_COMPARE(value->errorString(), QStringLiteral("recorder \"worker-3\" has stopped"));
    QCOMPARE(value->value(), QVariant(1));

    source.removeRecorder(worker);
    QTRY_COMPARE(value->errorString(), QStringLiteral("\"fake\" has no recorder \"worker-3\""));
    QCOMPARE(value->value(), QVariant(1));
    QVERIFY(value->isStale());

    source.setMetric(worker, jobsDone(5)); // and comes again
    QTRY_COMPARE(value->value(), QVariant(5));
    QVERIFY(value->isValid());
    QVERIFY(!value->isStale());
}

void tst_MetricValue_Missing::losesItsMetric()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());
    const QSignalSpy stale(value.get(), &MetricValue::staleChanged);

    source.removeMetric(worker, jobs);

    QTRY_VERIFY(value->isStale());
    QVERIFY(!value->isValid());
    QCOMPARE(value->value(), QVariant(1));
    QCOMPARE(value->errorString(),
             QStringLiteral("recorder \"worker-3\" has no metric \"jobs.done\""));
    QCOMPARE(stale.count(), 1);
}

using Change = std::function<void(MetricValue &)>;

void tst_MetricValue_Missing::forgetsWhatItShowedOfSomethingElse_data()
{
    QTest::addColumn<Change>("change");

    QTest::newRow("no source") << Change([](auto &value) { value.setSource(nullptr); });
    QTest::newRow("another recorder")
            << Change([](auto &value) { value.setEntityId(QStringLiteral("worker-4")); });
    QTest::newRow("another metric")
            << Change([](auto &value) { value.setMetric(QStringLiteral("jobs.lost")); });
    QTest::newRow("another dimension")
            << Change([](auto &value) { value.setDimension(QStringLiteral("lost")); });
}

void tst_MetricValue_Missing::forgetsWhatItShowedOfSomethingElse()
{
    QFETCH(const Change, change);
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());
    const QSignalSpy values(value.get(), &MetricValue::valueChanged);

    change(*value);

    QVERIFY(!value->value().isValid());
    QCOMPARE(value->text(), QString());
    QVERIFY(!value->isValid());
    QVERIFY(!value->isStale());
    QCOMPARE(values.count(), 1);
}

void tst_MetricValue_Missing::tellsWhatIsNoNumberFromNoValue()
{
    FakeSnapshotSource source;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    source.setMetric(worker, MetricSnapshot(jobs).add(QStringLiteral("a"), nan));
    const auto value = valueOf(&source);
    QVERIFY(!value->isValid()); // it has not answered

    QTRY_VERIFY(value->isValid());
    QCOMPARE(value->text(), QStringLiteral("NaN"));
    QCOMPARE(value->rateText(), QString());
    const QSignalSpy values(value.get(), &MetricValue::valueChanged);
    const QSignalSpy rates(value.get(), &MetricValue::rateChanged);

    source.setMetric(
            worker,
            MetricSnapshot(jobs).add(QStringLiteral("a"), nan).add(QStringLiteral("other"), 1));
    const int requests = source.requestCount();
    QTRY_COMPARE_GT(source.requestCount(), requests);
    QCOMPARE(values.count(), 0); // it is still no number
    QCOMPARE(rates.count(), 0); // which does not grow
    QCOMPARE(value->rate(), 0.);
    QCOMPARE(value->rateText(), QString());

    source.setMetric(worker, MetricSnapshot(jobs).add(QStringLiteral("a"), HUGE_VAL));
    QTRY_COMPARE(value->text(), QStringLiteral("\u221e"));
    QVERIFY(value->isValid());
}

void tst_MetricValue_Missing::keepsTheLastValueOfASourceThatEnds()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());

    source.setState(RuntimeState::Stopped);

    QTRY_VERIFY(!value->isValid());
    QCOMPARE(value->errorString(), QStringLiteral("\"fake\" has ended"));
    QCOMPARE(value->value(), QVariant(1));
}

void tst_MetricValue_Missing::keepsTheLastValueOfASourceThatIsDestroyed()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->setMetric(worker, jobsDone(1));
    const auto value = valueOf(source.get());
    QTRY_VERIFY(value->isValid());
    QSignalSpy sources(value.get(), &MetricValue::sourceChanged);

    source.reset();

    QVERIFY(!value->isValid());
    QCOMPARE(value->errorString(), QStringLiteral("\"fake\" has ended"));
    QCOMPARE(value->value(), QVariant(1));
    QCOMPARE(value->source(), nullptr);
    QCOMPARE(sources.count(), 1);
}

void tst_MetricValue_Missing::keepsTheLastValueOfARuntimeThatIsDestroyed()
{
    auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("app"));
    QVERIFY(runtime->start());
    const auto recorder = runtime->createRecorder(worker);
    recorder->registerMetric(counter<int>(jobs));
    recorder->registerEvent(1);
    MetricValue value;
    value.setRuntime(runtime.get());
    value.setEntityId(worker);
    value.setMetric(jobs);
    QTRY_COMPARE(value.value(), QVariant(1));
    QCOMPARE(value.runtime(), runtime.get());

    runtime.reset();
    value.setRuntime(nullptr); // as a binding of QML does then

    QTRY_COMPARE(value.errorString(), QStringLiteral("\"app\" has ended"));
    QCOMPARE(value.value(), QVariant(1));
    QCOMPARE(value.runtime(), nullptr);
}

void tst_MetricValue_Missing::goesOnWhenTheSourceAnswersAgain()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());

    source.setEnded(true);
    source.setMetric(worker, jobsDone(2));
    QTRY_COMPARE(value->errorString(), QStringLiteral("\"fake\" has ended"));
    source.setEnded(false);
    source.setMetric(worker, jobsDone(3));

    QTRY_VERIFY(value->isValid());
    QCOMPARE(value->value(), QVariant(3));
}

void tst_MetricValue_Missing::refusesABadInterval()
{
    MetricValue value;
    QTest::ignoreMessage(QtWarningMsg, "the refresh interval must be at least 1 ms, not 0");

    value.setRefreshInterval(0);

    QCOMPARE(value.refreshInterval(), 100);
}

QTEST_GUILESS_MAIN(tst_MetricValue_Missing)
#include "tst_metricvalue_missing.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/handclock.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/model/metricvalue.h>

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

using namespace Recorders;
using namespace std::chrono_literals;

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
    void tellsWhoeverBeginsToListen();

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

    // many
    void shareTheQuestions();
    void askOnlyForRecordersThatAreWatched();
    void areToldOnlyWhatConcernsThem();
    void findWhatWasToldBeforeTheyCame();
    void findAMissingRecorderMissing();
    void keepWhatIsKnownOfARecorderForOneAnother();
    void learnWhatChangesWhileTheyCome();
    void knowWhatTheyKnewWhenOthersGoAtOnce();
    void forgetWhatACompleteUpdateDoesNotMention();
    void copeWithUpdatesInPieces();
    void mayGoWhenTheyAreTold();
    void mayComeWhenTheyAreTold();
    void haveTheirOwnIntervals();
};

namespace {

const QString worker = QStringLiteral("worker-3");
const QString jobs = QStringLiteral("jobs.done");

MetricSnapshot jobsDone(qint64 total, qint64 failed = 0)
{
    return MetricSnapshot(jobs)
            .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter)
            .add(QStringLiteral("failed"), failed, {}, MetricKind::Counter);
}

std::unique_ptr<MetricValue> valueOf(SnapshotSource *source, const QString &entityId = worker,
                                     const QString &dimension = {})
{
    auto value = std::make_unique<MetricValue>();
    value->setRefreshInterval(1);
    value->setSource(source);
    value->setEntityId(entityId);
    value->setMetric(jobs);
    value->setDimension(dimension);
    return value;
}

// Answers at once, but what is asked first of one recorder alone comes when it is let.
class LateSource : public FakeSnapshotSource
{
public:
    explicit LateSource(const QString &lateId)
        : m_lateId(lateId)
    {
    }

    bool hasAnswer() const { return m_answer.has_value(); }
    void letAnswerCome()
    {
        m_promise.reportResult(*m_answer);
        m_promise.reportFinished();
    }

    QFuture<SnapshotUpdate> changesSince(const SnapshotRequest &request) override
    {
        const QFuture<SnapshotUpdate> answer = FakeSnapshotSource::changesSince(request);
        if (request.entityIds != QSet<QString>{ m_lateId } || hasAnswer())
            return answer;
        m_answer = answer.result();
        m_promise.reportStarted();
        return m_promise.future();
    }

private:
    const QString m_lateId;
    std::optional<SnapshotUpdate> m_answer;
    QFutureInterface<SnapshotUpdate> m_promise;
};

} // namespace

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
void tst_MetricValue::tellsWhoeverBeginsToListen()
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

void tst_MetricValue::saysWhatIsMissing_data()
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

void tst_MetricValue::saysWhatIsMissing()
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

void tst_MetricValue::waitsForTheFirstAnswer()
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

void tst_MetricValue::findsWhatComesLater()
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

void tst_MetricValue::losesItsRecorder()
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

void tst_MetricValue::losesItsMetric()
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

void tst_MetricValue::forgetsWhatItShowedOfSomethingElse_data()
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

void tst_MetricValue::forgetsWhatItShowedOfSomethingElse()
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

void tst_MetricValue::tellsWhatIsNoNumberFromNoValue()
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

void tst_MetricValue::keepsTheLastValueOfASourceThatEnds()
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

void tst_MetricValue::keepsTheLastValueOfASourceThatIsDestroyed()
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

void tst_MetricValue::keepsTheLastValueOfARuntimeThatIsDestroyed()
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

void tst_MetricValue::goesOnWhenTheSourceAnswersAgain()
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

void tst_MetricValue::refusesABadInterval()
{
    MetricValue value;
    QTest::ignoreMessage(QtWarningMsg, "the refresh interval must be at least 1 ms, not 0");

    value.setRefreshInterval(0);

    QCOMPARE(value.refreshInterval(), 100);
}

void tst_MetricValue::shareTheQuestions()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 100; ++i)
        source.setMetric(QString::number(i), jobsDone(i));

    std::vector<std::unique_ptr<MetricValue>> values;
    for (int i = 0; i < 100; ++i) {
        values.push_back(valueOf(&source, QString::number(i)));
        values.push_back(valueOf(&source, QString::number(i), QStringLiteral("failed")));
    }
    for (const auto &value : values)
        QTRY_VERIFY(value->isValid());

    QCOMPARE(source.requestCount(), 1);
}

void tst_MetricValue::askOnlyForRecordersThatAreWatched()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    source.setMetric(QStringLiteral("worker-4"), jobsDone(1));
    const auto first = valueOf(&source);
    auto second = valueOf(&source, worker, QStringLiteral("failed"));
    auto other = valueOf(&source, QStringLiteral("worker-4"));
    QTRY_VERIFY(first->isValid() && second->isValid() && other->isValid());
    QCOMPARE(source.lastRequest().entityIds, QSet<QString>({ worker, QStringLiteral("worker-4") }));

    other.reset();
    second.reset();
    source.setMetric(worker, jobsDone(2));

    QTRY_COMPARE(first->value(), QVariant(2));
    QCOMPARE(source.lastRequest().entityIds, QSet<QString>{ worker });
}

void tst_MetricValue::areToldOnlyWhatConcernsThem()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    source.setMetric(QStringLiteral("worker-4"), jobsDone(1));
    const auto value = valueOf(&source);
    const auto other = valueOf(&source, QStringLiteral("worker-4"));
    QTRY_VERIFY(value->isValid() && other->isValid());
    QSignalSpy values(value.get(), &MetricValue::valueChanged);

    source.setMetric(QStringLiteral("worker-4"), jobsDone(2));
    QTRY_COMPARE(other->value(), QVariant(2));

    QCOMPARE(values.count(), 0);
}

void tst_MetricValue::findWhatWasToldBeforeTheyCame()
{
    FakeSnapshotSource source;
    for (const char16_t *id : { u"a", u"b", u"c" })
        source.setMetric(QString::fromUtf16(id), jobsDone(5));
    const auto first = valueOf(&source, QStringLiteral("a"));
    const auto second = valueOf(&source, QStringLiteral("b"));
    QTRY_VERIFY(first->isValid() && second->isValid());
    const int requests = source.requestCount();

    const auto third = valueOf(&source, QStringLiteral("c"));

    QTRY_COMPARE(third->value(), QVariant(5));
    QCOMPARE(source.requestCount(), requests + 1);
    QCOMPARE(source.lastRequest().entityIds, QSet<QString>{ QStringLiteral("c") });
}

void tst_MetricValue::findAMissingRecorderMissing()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), jobsDone(5));
    const auto first = valueOf(&source, QStringLiteral("a"));
    const auto second = valueOf(&source, QStringLiteral("b"));
    QTRY_COMPARE(second->errorString(), QStringLiteral("\"fake\" has no recorder \"b\""));

    const auto third = valueOf(&source, QStringLiteral("c"));

    QTRY_COMPARE(third->errorString(), QStringLiteral("\"fake\" has no recorder \"c\""));
}

void tst_MetricValue::keepWhatIsKnownOfARecorderForOneAnother()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(5));
    source.setMetric(worker, MetricSnapshot(QStringLiteral("jobs")).add(QStringLiteral("all"), 7));
    const auto value = valueOf(&source);
    QTRY_VERIFY(value->isValid());

    value->setMetric(QStringLiteral("jobs"));

    QCOMPARE(value->value(), QVariant(7));
    QCOMPARE(source.requestCount(), 1);
}

void tst_MetricValue::learnWhatChangesWhileTheyCome()
{
    LateSource source(QStringLiteral("c"));
    for (const char16_t *id : { u"a", u"b", u"c" })
        source.setMetric(QString::fromUtf16(id), jobsDone(5));
    const auto first = valueOf(&source, QStringLiteral("a"));
    const auto second = valueOf(&source, QStringLiteral("b"));
    QTRY_VERIFY(first->isValid() && second->isValid());

    const auto third = valueOf(&source, QStringLiteral("c"));
    QTRY_VERIFY(source.hasAnswer());
    source.setMetric(QStringLiteral("c"), jobsDone(6));
    source.setMetric(QStringLiteral("a"), jobsDone(6));
    source.letAnswerCome();

    QTRY_COMPARE(third->value(), QVariant(6));
    QCOMPARE(first->value(), QVariant(6));
}

void tst_MetricValue::knowWhatTheyKnewWhenOthersGoAtOnce()
{
    LateSource source(QStringLiteral("b"));
    for (const char16_t *id : { u"a", u"b" })
        source.setMetric(QString::fromUtf16(id), jobsDone(5));
    const auto first = valueOf(&source, QStringLiteral("a"));
    QTRY_VERIFY(first->isValid());
    QSignalSpy errors(first.get(), &MetricValue::errorStringChanged);

    auto second = valueOf(&source, QStringLiteral("b"));
    QTRY_VERIFY(source.hasAnswer());
    second.reset();
    source.setMetric(QStringLiteral("a"), jobsDone(6));
    QCoreApplication::processEvents();
    source.letAnswerCome();

    QTRY_COMPARE(first->value(), QVariant(6));
    QCOMPARE(errors.count(), 0);
}

void tst_MetricValue::forgetWhatACompleteUpdateDoesNotMention()
{
    FakeSnapshotSource source;
    source.setComplete(true);
    for (const char16_t *id : { u"a", u"b" })
        source.setMetric(QString::fromUtf16(id), jobsDone(5));
    const auto first = valueOf(&source, QStringLiteral("a"));
    const auto second = valueOf(&source, QStringLiteral("b"));
    QTRY_VERIFY(first->isValid() && second->isValid());

    source.removeRecorder(QStringLiteral("b"));

    QTRY_COMPARE(second->errorString(), QStringLiteral("\"fake\" has no recorder \"b\""));
    QVERIFY(first->isValid());
}

void tst_MetricValue::copeWithUpdatesInPieces()
{
    FakeSnapshotSource source;
    source.setMaxUpdateSize(3);
    for (int i = 0; i < 10; ++i)
        source.setMetric(QString::number(i), jobsDone(i));

    std::vector<std::unique_ptr<MetricValue>> values;
    std::vector<std::unique_ptr<QSignalSpy>> errors;
    for (int i = 0; i < 10; ++i) {
        values.push_back(valueOf(&source, QString::number(i)));
        errors.push_back(std::make_unique<QSignalSpy>(values.back().get(),
                                                      &MetricValue::errorStringChanged));
    }

    for (int i = 0; i < 10; ++i) {
        QTRY_COMPARE(values[size_t(i)]->value(), QVariant(i));
        QVERIFY(errors[size_t(i)]->isEmpty());
    }
}

void tst_MetricValue::mayGoWhenTheyAreTold()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    std::vector<std::unique_ptr<MetricValue>> values;
    for (int i = 0; i < 3; ++i) {
        values.push_back(valueOf(&source));
        connect(values.back().get(), &MetricValue::valueChanged, this,
                [&values] { values.clear(); });
    }

    QTRY_VERIFY(values.empty());
}

void tst_MetricValue::mayComeWhenTheyAreTold()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    source.setMetric(QStringLiteral("worker-4"), jobsDone(4));
    const auto value = valueOf(&source);
    std::unique_ptr<MetricValue> other;
    connect(value.get(), &MetricValue::valueChanged, this,
            [&] { other = valueOf(&source, QStringLiteral("worker-4")); });

    QTRY_VERIFY(other);
    QTRY_COMPARE(other->value(), QVariant(4));
    QVERIFY(value->isValid());
}

void tst_MetricValue::haveTheirOwnIntervals()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1));
    const auto fast = valueOf(&source);
    const auto slow = valueOf(&source);
    slow->setRefreshInterval(1'000'000);
    QTRY_VERIFY(fast->isValid() && slow->isValid());

    source.setMetric(worker, jobsDone(2));
    QTRY_COMPARE(fast->value(), QVariant(2));

    QCOMPARE(slow->value(), QVariant(1));
}

QTEST_GUILESS_MAIN(tst_MetricValue)
#include "tst_metricvalue.moc"

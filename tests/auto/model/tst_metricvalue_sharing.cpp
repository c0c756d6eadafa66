// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "metricvaluefixture.h"
#include "shared/fakesnapshotsource.h"

#include <recorders/model/metricvalue.h>

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>
#include <vector>

using namespace Recorders;
using namespace Testing;

// Many values of one source.
class tst_MetricValue_Sharing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

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

void tst_MetricValue_Sharing::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricValue_Sharing::shareTheQuestions()
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

void tst_MetricValue_Sharing::askOnlyForRecordersThatAreWatched()
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

void tst_MetricValue_Sharing::areToldOnlyWhatConcernsThem()
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

void tst_MetricValue_Sharing::findWhatWasToldBeforeTheyCame()
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

void tst_MetricValue_Sharing::findAMissingRecorderMissing()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), jobsDone(5));
    const auto first = valueOf(&source, QStringLiteral("a"));
    const auto second = valueOf(&source, QStringLiteral("b"));
    QTRY_COMPARE(second->errorString(), QStringLiteral("\"fake\" has no recorder \"b\""));

    const auto third = valueOf(&source, QStringLiteral("c"));

    QTRY_COMPARE(third->errorString(), QStringLiteral("\"fake\" has no recorder \"c\""));
}

void tst_MetricValue_Sharing::keepWhatIsKnownOfARecorderForOneAnother()
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

void tst_MetricValue_Sharing::learnWhatChangesWhileTheyCome()
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

void tst_MetricValue_Sharing::knowWhatTheyKnewWhenOthersGoAtOnce()
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

void tst_MetricValue_Sharing::forgetWhatACompleteUpdateDoesNotMention()
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

void tst_MetricValue_Sharing::copeWithUpdatesInPieces()
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

void tst_MetricValue_Sharing::mayGoWhenTheyAreTold()
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

void tst_MetricValue_Sharing::mayComeWhenTheyAreTold()
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

void tst_MetricValue_Sharing::haveTheirOwnIntervals()
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

QTEST_GUILESS_MAIN(tst_MetricValue_Sharing)
#include "tst_metricvalue_sharing.moc"

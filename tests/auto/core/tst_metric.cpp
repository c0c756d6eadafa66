// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/messagelog.h"
#include "shared/testmetrics.h"

#include <recorders/core/metric.h>
#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

#include <stdexcept>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {

// Notes which of its overloads was called.
class TickTockMetric : public TypedMetric<Tick, Tock>
{
public:
    explicit TickTockMetric(QStringList *calls)
        : TypedMetric(QStringLiteral("ticktock"))
        , m_calls(calls)
    {
    }

    bool handle(const Tick &tick) override
    {
        m_calls->append(QStringLiteral("tick %1").arg(tick.value));
        return true;
    }
    bool handle(const Tock &tock) override
    {
        m_calls->append(QStringLiteral("tock %1").arg(tock.value));
        return false;
    }
    MetricSnapshot snapshot() const override { return MetricSnapshot(name()); }

private:
    QStringList *const m_calls;
};

// Notes what it is sent, wanted or not.
class ListeningTickMetric : public TickMetric
{
public:
    explicit ListeningTickMetric(QStringList *sent)
        : m_sent(sent)
    {
    }

    bool handleEvent(const MetricEvent &event) override
    {
        m_sent->append(event.type());
        return TickMetric::handleEvent(event);
    }

private:
    QStringList *const m_sent;
};

// Has something to say against its registration, or fails to.
class UnsuitableMetric : public TickMetric
{
public:
    explicit UnsuitableMetric(bool isThrowing)
        : m_isThrowing(isThrowing)
    {
    }

protected:
    Error configurationError() const override
    {
        if (m_isThrowing)
            throw std::runtime_error("unsuitable");
        return Error(ErrorCode::InvalidArgument, QStringLiteral("its window is shorter than 1 ms"));
    }

private:
    const bool m_isThrowing;
};

// Names its snapshots as the test says.
class MisnamingMetric : public TickMetric
{
public:
    explicit MisnamingMetric(QString snapshotName)
        : TickMetric(QStringLiteral("writes"))
        , m_snapshotName(std::move(snapshotName))
    {
    }

    MetricSnapshot snapshot() const override
    {
        return MetricSnapshot(m_snapshotName)
                .setDescription(QStringLiteral("what was written"))
                .add(QStringLiteral("total"), 42);
    }

private:
    const QString m_snapshotName;
};

// Notes the time at which it handles.
class TimingMetric : public TickMetric
{
public:
    using Times = Log<std::chrono::nanoseconds>;

    explicit TimingMetric(std::shared_ptr<Times> times)
        : m_times(std::move(times))
    {
    }

    bool handle(const Tick &) override
    {
        m_times->append(handlingTime());
        return true;
    }

    static std::chrono::nanoseconds now() { return handlingTime(); }

private:
    const std::shared_ptr<Times> m_times;
};

std::chrono::nanoseconds steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

class tst_Metric : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keepsItsName();

    // TypedMetric by itself
    void handlesItsType();
    void handlesEachOfItsTypes();
    void leavesOtherTypesAlone();

    // in a recorder
    void isSentItsTypesOnly();
    void isSentEveryTypeWhenUntyped();
    void isRefusedForItsConfiguration_data();
    void isRefusedForItsConfiguration();
    void namesItsSnapshots_data();
    void namesItsSnapshots();

    // time
    void knowsWhenItHandles();
    void readsTheClockOnceForManyEvents();
    void knowsTheTimeOutsideOfAnEvent();
};

void tst_Metric::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Metric::keepsItsName()
{
    const TickMetric metric(QStringLiteral("saves"));

    QCOMPARE(metric.name(), QStringLiteral("saves"));
}

void tst_Metric::handlesItsType()
{
    TickMetric metric;

    const bool hasChanged = metric.handleEvent(MetricEvent(Tick{ 42 }));

    QVERIFY(hasChanged);
    QCOMPARE(metric.snapshot().value(u"sum").toInt(), 42);
}

void tst_Metric::handlesEachOfItsTypes()
{
    QStringList calls;
    TickTockMetric metric(&calls);

    const bool tickChanged = metric.handleEvent(MetricEvent(Tick{ 1 }));
    const bool tockChanged = metric.handleEvent(MetricEvent(Tock{ 2 }));

    QCOMPARE(calls, QStringList({ QStringLiteral("tick 1"), QStringLiteral("tock 2") }));
    QVERIFY(tickChanged);
    QVERIFY(!tockChanged);
}

void tst_Metric::leavesOtherTypesAlone()
{
    TickMetric metric;

    const bool hasChanged = metric.handleEvent(MetricEvent(Tock{ 42 }));

    QVERIFY(!hasChanged);
    QCOMPARE(metric.snapshot().value(u"total").toInt(), 0);
}

void tst_Metric::isSentItsTypesOnly()
{
    QStringList sent;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ListeningTickMetric>(&sent));

    recorder.registerEvent(Tock{});
    recorder.registerEvent(Tick{});
    recorder.registerEvent(7);
    QVERIFY(recorder.flush());

    QCOMPARE(sent, QStringList{ QStringLiteral("test.tick") });
}

void tst_Metric::isSentEveryTypeWhenUntyped()
{
    QStringList sent;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("all"),
            [&sent](const MetricEvent &event) { sent.append(event.type()); }));

    recorder.registerEvent(Tock{});
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(sent, QStringList({ QStringLiteral("test.tock"), QStringLiteral("test.tick") }));
}

void tst_Metric::isRefusedForItsConfiguration_data()
{
    QTest::addColumn<bool>("isThrowing");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("message");

    QTest::newRow("it says why") << false << ErrorCode::InvalidArgument
                                 << QStringLiteral("Recorder \"clock\": metric \"ticks\": its "
                                                   "window is shorter than 1 ms");
    QTest::newRow("it throws") << true << ErrorCode::MetricFailed
                               << QStringLiteral("Recorder \"clock\": metric \"ticks\": "
                                                 "configurationError() threw");
}

void tst_Metric::isRefusedForItsConfiguration()
{
    QFETCH(const bool, isThrowing);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, message);
    Recorder recorder(QStringLiteral("clock"));
    Error error;

    QVERIFY(!recorder.registerMetric(std::make_unique<UnsuitableMetric>(isThrowing), &error));

    QCOMPARE(error, Error(code, message));
    QCOMPARE(recorder.metricNames(), QStringList());
    QVERIFY(recorder.registerMetric(std::make_unique<TickMetric>()));
}

void tst_Metric::namesItsSnapshots_data()
{
    QTest::addColumn<QString>("snapshotName");
    QTest::addColumn<QByteArray>("messages");

    QTest::newRow("its own name") << QStringLiteral("writes") << QByteArray();
    QTest::newRow("another metric's name")
            << QStringLiteral("ticks")
            << QByteArray("recorders.core.recorder: Recorder \"clock\", metric \"writes\": its "
                          "snapshot() is called \"ticks\", and gets the name of the metric\n");
    QTest::newRow("no name")
            << QString()
            << QByteArray("recorders.core.recorder: Recorder \"clock\", metric \"writes\": its "
                          "snapshot() is without a name, and gets the name of the metric\n");
}

void tst_Metric::namesItsSnapshots()
{
    QFETCH(const QString, snapshotName);
    QFETCH(const QByteArray, messages);
    const MessageLog log;
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerMetric(std::make_unique<MisnamingMetric>(snapshotName));

    const QList<MetricSnapshot> taken = recorder->metricSnapshots();
    const QList<MetricSnapshot> latest = recorder->latestSnapshots();
    const SnapshotUpdate update = runtime.snapshotSource()->changesSince(0).result();

    const MetricSnapshot expected = MetricSnapshot(QStringLiteral("writes"))
                                            .setDescription(QStringLiteral("what was written"))
                                            .add(QStringLiteral("total"), 42);
    QCOMPARE(taken.size(), 2);
    QCOMPARE(taken.constFirst().name(), QStringLiteral("ticks"));
    QCOMPARE(taken.constLast(), expected);
    QCOMPARE(latest, taken);
    QCOMPARE(update.recorders.constFirst().metrics, taken);
    QCOMPARE(log.text(), messages);
}

void tst_Metric::knowsWhenItHandles()
{
    const auto times = std::make_shared<TimingMetric::Times>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TimingMetric>(times));

    const auto begin = steadyTime();
    for (int i = 0; i < 1000; ++i)
        recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());
    const auto end = steadyTime();

    const QList<std::chrono::nanoseconds> all = times->entries();
    QCOMPARE(all.size(), 1000);
    QVERIFY(std::is_sorted(all.begin(), all.end()));
    QVERIFY(all.first() >= begin && all.last() <= end);
    QVERIFY(all.first() < all.last());
}

void tst_Metric::readsTheClockOnceForManyEvents()
{
    const auto times = std::make_shared<TimingMetric::Times>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TimingMetric>(times));

    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());
    const auto begin = steadyTime();
    recorder.registerEvent(Tick{});
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("slow"), [times](const MetricEvent &) {
                times->append(TimingMetric::now());
                while (TimingMetric::now() == times->entries().constLast()
                       && steadyTime() - times->entries().constLast() < 1ms) { }
                times->append(TimingMetric::now());
            }));
    recorder.registerEvent(Tock{});
    QVERIFY(recorder.flush());

    const QList<std::chrono::nanoseconds> all = times->entries();
    QCOMPARE(all.size(), 4);
    QVERIFY(all.at(1) >= begin);
    QCOMPARE(all.at(3), all.at(2)); // the same event, however long it takes
}

void tst_Metric::knowsTheTimeOutsideOfAnEvent()
{
    const auto begin = steadyTime();

    const auto time = TimingMetric::now();

    QVERIFY(time >= begin);
    QVERIFY(time <= steadyTime());
}

QTEST_GUILESS_MAIN(tst_Metric)
#include "tst_metric.moc"

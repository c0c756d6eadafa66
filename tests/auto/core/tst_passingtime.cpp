// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/messagelog.h"
#include "shared/recordedsubscription.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

#include <atomic>
#include <stdexcept>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Metrics that change with time.
class tst_PassingTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void asksAgainWhileMetricsChangeWithTime();
    void tellsMetricsThatTimePassed();
    void tellsNothingToMetricsThatDoNotChangeWithTime();
    void showsWhatTimeAloneBringsAbout();
    void isolatesMetricsThatThrowThen();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
    std::shared_ptr<Recorder> m_recorder;
};

namespace {

using Times = Log<std::chrono::nanoseconds>;
using Act = std::function<void(std::chrono::nanoseconds now)>;

// Changes with time as long as the test wants it, and does then what it says.
class AgingMetric : public TickMetric
{
public:
    explicit AgingMetric(std::shared_ptr<std::atomic<bool>> changes, Act act = {})
        : m_changes(std::move(changes))
        , m_act(std::move(act))
    {
    }

protected:
    bool changesWithTime() const override { return *m_changes; }
    void timePassed(std::chrono::nanoseconds now) override
    {
        if (m_act)
            m_act(now);
    }

private:
    const std::shared_ptr<std::atomic<bool>> m_changes;
    const Act m_act;
};

// Tells once there was no event for a while.
class SilenceMetric : public TypedMetric<Tick>
{
public:
    SilenceMetric()
        : TypedMetric(QStringLiteral("silence"))
    {
    }

    bool handle(const Tick &) override
    {
        m_last = handlingTime();
        m_isSilent = false;
        return true;
    }
    MetricSnapshot snapshot() const override
    {
        return MetricSnapshot(name()).add(QStringLiteral("silent"), m_isSilent);
    }

protected:
    bool changesWithTime() const override { return !m_isSilent; }
    void timePassed(std::chrono::nanoseconds now) override { m_isSilent = now - m_last >= 20ms; }

private:
    std::chrono::nanoseconds m_last = handlingTime();
    bool m_isSilent = false;
};

std::shared_ptr<std::atomic<bool>> flag(bool isSet)
{
    return std::make_shared<std::atomic<bool>>(isSet);
}

std::chrono::nanoseconds steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

void tst_PassingTime::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
    m_recorder = m_runtime->createRecorder(QStringLiteral("clock"));
}

void tst_PassingTime::asksAgainWhileMetricsChangeWithTime()
{
    const auto changes = flag(true);
    m_recorder->registerMetric(std::make_unique<AgingMetric>(changes));
    m_recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("others")));
    SnapshotSource *source = m_runtime->snapshotSource();
    quint64 version = source->changesSince(0).result().version;
    version = source->changesSince(version).result().version;

    for (int i = 0; i < 3; ++i) {
        QVERIFY(source->version() != version);
        const SnapshotUpdate update = source->changesSince(version).result();
        QCOMPARE(update.recorders.size(), 1);
        QCOMPARE(update.recorders.at(0).metrics.size(), 1);
        QCOMPARE(update.recorders.at(0).metrics.at(0).name(), QStringLiteral("ticks"));
        version = update.version;
    }

    *changes = false;
    version = source->changesSince(version).result().version;
    QCOMPARE(source->version(), version);
}

void tst_PassingTime::tellsMetricsThatTimePassed()
{
    const auto times = std::make_shared<Times>();
    m_recorder->registerMetric(std::make_unique<AgingMetric>(
            flag(true), [times](std::chrono::nanoseconds now) { times->append(now); }));

    const auto begin = steadyTime();
    m_recorder->metricSnapshots();
    m_runtime->snapshotSource()->changesSince(0).waitForFinished();
    m_recorder->metricSnapshots();
    const auto end = steadyTime();

    const QList<std::chrono::nanoseconds> told = times->entries();
    QCOMPARE(told.size(), 3);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QVERIFY(told.first() >= begin && told.last() <= end);
}

void tst_PassingTime::tellsNothingToMetricsThatDoNotChangeWithTime()
{
    const auto times = std::make_shared<Times>();
    m_recorder->registerMetric(std::make_unique<AgingMetric>(
            flag(false), [times](std::chrono::nanoseconds now) { times->append(now); }));

    m_recorder->metricSnapshots();
    m_runtime->snapshotSource()->changesSince(0).waitForFinished();

    QVERIFY(times->entries().isEmpty());
}

void tst_PassingTime::showsWhatTimeAloneBringsAbout()
{
    m_recorder->registerMetric(std::make_unique<SilenceMetric>());
    m_recorder->registerEvent(Tick{});
    RecordedSubscription subscriber(m_runtime->snapshotSource());
    const auto isSilent = [&subscriber] {
        const QList<RecorderSnapshot> told = subscriber.updates.constLast().recorders;
        return told.constFirst().metrics.constFirst().value(u"silent").toBool();
    };

    QTRY_VERIFY(!subscriber.updates.isEmpty() && isSilent());
}

void tst_PassingTime::isolatesMetricsThatThrowThen()
{
    MessageLog messages;
    m_recorder->registerMetric(std::make_unique<AgingMetric>(
            flag(true), [](std::chrono::nanoseconds) { throw std::runtime_error("no clock"); }));

    const MetricSnapshot snapshot = m_recorder->metricSnapshots().constFirst();

    QCOMPARE(snapshot.errorString(), QStringLiteral("timePassed() threw: no clock"));
    QVERIFY(snapshot.contains(u"total"));
    QCOMPARE(m_recorder->statistics().metricErrors, quint64(1));
    QVERIFY(messages.text().contains("no clock"));
}

QTEST_GUILESS_MAIN(tst_PassingTime)
#include "tst_passingtime.moc"

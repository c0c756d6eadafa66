// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/flood.h"
#include "shared/handledcounter.h"
#include "shared/messagelog.h"
#include "shared/processresources.h"
#include "shared/producers.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct StuckRuntime;
}
using Message = QString (*)(StuckRuntime &);
using Scenario = void (*)(StuckRuntime &);

// Metrics and hooks that take their time, or do not return at all: who registers events does not
// notice, who waits is told in time, and told for what.
class tst_SlowMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // who registers events
    void holdsUpNoProducer();
    void countsExactlyUnderAFlood_data();
    void countsExactlyUnderAFlood();

    // who waits
    void namesTheMetricThatDoesNotReturn_data();
    void namesTheMetricThatDoesNotReturn();
    void namesWhereverItsThreadIs_data();
    void namesWhereverItsThreadIs();
    void namesNothingThatHasReturned();
    void namesNoOtherAfterACallFromWithin();
    void namesMetricsThatComeAndGo();
};

void tst_SlowMetrics::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

RecorderOptions impatient()
{
    RecorderOptions options;
    options.queueMaxSize = 100;
    options.stopTimeout = 10ms;
    options.snapshotTimeout = 10ms;
    return options;
}

enum class Place { Nowhere, HandleEvent, Snapshot, Reset, Starting, Stopped, MetricChanged };

// A runtime whose thread does not get beyond one place in a metric or a hook, until the gate opens.
struct StuckRuntime
{
    StuckRuntime()
    {
        runtime.start();
        recorder = runtime.createRecorder<HookedRecorder>(
                QStringLiteral("stuck"), impatient(), [this] { passAt(Place::Starting); },
                [this] { passAt(Place::Stopped); },
                [this](const Metric &, const MetricEvent &) { passAt(Place::MetricChanged); });
        recorder->registerMetric(std::make_unique<StuckMetric>(*this));
        other = runtime.createRecorder(QStringLiteral("other"), impatient());
    }
    ~StuckRuntime()
    {
        gate->open();
        runtime.shutdown();
    }

    bool getStuckInHandleEvent()
    {
        place = Place::HandleEvent;
        recorder->registerEvent(Tick{});
        return gate->waitUntilEntered();
    }

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    std::atomic<Place> place = Place::Nowhere;
    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<HookedRecorder> recorder;
    std::shared_ptr<Recorder> other; // in the same thread

private:
    class StuckMetric : public TypedMetric<Tick>
    {
    public:
        explicit StuckMetric(StuckRuntime &stuck)
            : TypedMetric(QStringLiteral("held"))
            , m_stuck(stuck)
        {
        }

        bool handle(const Tick &) override
        {
            m_stuck.passAt(Place::HandleEvent);
            return true;
        }
        MetricSnapshot snapshot() const override
        {
            m_stuck.passAt(Place::Snapshot);
            return MetricSnapshot(name());
        }
        void reset() override { m_stuck.passAt(Place::Reset); }

    private:
        StuckRuntime &m_stuck;
    };

    void passAt(Place here) const
    {
        if (place == here)
            gate->pass();
    }
};

} // namespace

void tst_SlowMetrics::holdsUpNoProducer()
{
    constexpr int eventsEach = 100'000;
    StuckRuntime stuck;
    QVERIFY(stuck.getStuckInHandleEvent());
    const qsizetype size = impatient().queueMaxSize;
    for (qsizetype i = 1; i < size; ++i)
        QCOMPARE(stuck.recorder->registerEvent(Tock{}), RegisterResult::Accepted);
    std::array<int, 2> dropped{};
    const auto flood = [&](std::size_t id) {
        for (int i = 0; i < eventsEach; ++i)
            dropped[id] += stuck.recorder->registerEvent(Tock{}) == RegisterResult::Dropped ? 1 : 0;
    };

    const qint64 memory = ProcessResources::now().memory;
    std::thread first(flood, 0);
    std::thread second(flood, 1);
    first.join(); // as the gate is closed, nobody has waited for the metric
    second.join();
    const qint64 growth = ProcessResources::now().memory - memory;

    QCOMPARE(stuck.recorder->statistics().pending, quint64(size));
    QCOMPARE(stuck.recorder->statistics().dropped, quint64(2 * eventsEach));
    QCOMPARE(dropped, (std::array{ eventsEach, eventsEach }));
    if (ProcessResources::isMemoryMeaningful())
        QVERIFY2(growth < 4 * 1024 * 1024, qPrintable(QString::number(growth)));
    stuck.gate->open();
    QVERIFY(stuck.recorder->flush());
    VERIFY_ALL_HANDLED(*stuck.recorder);
}

void tst_SlowMetrics::countsExactlyUnderAFlood_data()
{
    QTest::addColumn<OverflowPolicy>("policy");

    QTest::newRow("drop") << OverflowPolicy::Drop;
    QTest::newRow("reject") << OverflowPolicy::Reject;
    QTest::newRow("block") << OverflowPolicy::Block;
}

void tst_SlowMetrics::countsExactlyUnderAFlood()
{
    QFETCH(const OverflowPolicy, policy);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsFor(16, policy));
    HandledCounter counter;
    Producers producers(recorder);
    Overload overload;
    recorder->registerMetric(overload.newMetric(*recorder)); // however slow the producers are
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("slow"), [](const MetricEvent &) { spinFor(1ms); }));
    recorder->registerMetric(counter.newMetric());

    producers.start(2);
    QVERIFY(counter.waitFor(50));
    QFuture<Error> stopped = recorder->stop(); // while they register
    stopped.waitForFinished();
    producers.join();

    QCOMPARE(stopped.result(), Error());
    VERIFY_AGREEMENT(producers);
    const RecorderStatistics statistics = recorder->statistics();
    QVERIFY(policy == OverflowPolicy::Block || statistics.dropped + statistics.rejected > 0);
    QCOMPARE(statistics.metricErrors, quint64(0));
}

void tst_SlowMetrics::namesTheMetricThatDoesNotReturn_data()
{
    QTest::addColumn<Message>("message");

    const auto add = [](const char *name, Message message) {
        QTest::newRow(name) << message;
    };
    add("shutdown()", [](StuckRuntime &stuck) {
        Error error;
        return stuck.runtime.shutdown(&error) ? QString() : error.message();
    });
    add("removeRecorder() of one that is not to blame", [](StuckRuntime &stuck) {
        Error error;
        return stuck.runtime.removeRecorder(QStringLiteral("other"), &error) ? QString()
                                                                             : error.message();
    });
    add("createRecorder()", [](StuckRuntime &stuck) {
        const auto created =
                stuck.runtime.createRecorder<HookedRecorder>(QStringLiteral("new"), impatient());
        return created ? QString() : stuck.runtime.lastError().message();
    });
}

void tst_SlowMetrics::namesTheMetricThatDoesNotReturn()
{
    QFETCH(const Message, message);
    StuckRuntime stuck;
    QVERIFY(stuck.getStuckInHandleEvent());

    const QString text = message(stuck);

    QVERIFY2(text.contains(QStringLiteral("metric \"held\" of recorder \"stuck\"")),
             qPrintable(text));
    stuck.gate->open();
    stuck.runtime.shutdown();
    QTRY_COMPARE(stuck.recorder->state(), RecorderState::Stopped);
    QTRY_COMPARE(stuck.other->state(), RecorderState::Stopped);
    VERIFY_ALL_HANDLED(*stuck.recorder);
    VERIFY_ALL_HANDLED(*stuck.other);
}

void tst_SlowMetrics::namesWhereverItsThreadIs_data()
{
    QTest::addColumn<Place>("place");
    QTest::addColumn<Scenario>("scenario");
    QTest::addColumn<QString>("name");

    const QString metric = QStringLiteral("metric \"held\"");
    const auto registerEvent = [](StuckRuntime &stuck) {
        stuck.recorder->registerEvent(Tick{});
    };
    QTest::newRow("handleEvent()") << Place::HandleEvent << Scenario(registerEvent) << metric;
    QTest::newRow("snapshot()") << Place::Snapshot << Scenario([](StuckRuntime &stuck) {
        stuck.runtime.snapshotSource()->changesSince(0);
    }) << metric;
    QTest::newRow("reset()") << Place::Reset << Scenario([](StuckRuntime &stuck) {
        stuck.recorder->resetMetrics();
    }) << metric;
    QTest::newRow("onMetricChanged()")
            << Place::MetricChanged << Scenario(registerEvent) << u"onMetricChanged()"_s;
    QTest::newRow("onStopped()") << Place::Stopped
                                 << Scenario([](StuckRuntime &stuck) { stuck.recorder->stop(); })
                                 << u"onStopped()"_s;
    QTest::newRow("onStarting()") << Place::Starting << Scenario([](StuckRuntime &stuck) {
        stuck.recorder->stop();
        stuck.recorder->start();
    }) << u"onStarting()"_s;
}

void tst_SlowMetrics::namesWhereverItsThreadIs()
{
    QFETCH(const Place, place);
    QFETCH(const Scenario, scenario);
    QFETCH(const QString, name);
    StuckRuntime stuck;
    stuck.place = place;
    scenario(stuck);
    QVERIFY(stuck.gate->waitUntilEntered());
    const MessageLog messages;

    stuck.other->metricSnapshots();

    const QString expected =
            QStringLiteral("\"other\": its thread is busy with %1 of recorder \"stuck\" and")
                    .arg(name);
    QCOMPARE(messages.messages().size(), 1);
    const QString text = messages.messages().constFirst().text;
    QVERIFY2(text.contains(expected), qPrintable(text));
    stuck.gate->open();
    QVERIFY(stuck.recorder->stop().result().code() == ErrorCode::NoError);
    VERIFY_ALL_HANDLED(*stuck.recorder);
}

void tst_SlowMetrics::namesNothingThatHasReturned()
{
    StuckRuntime stuck;
    stuck.other->registerMetric(std::make_unique<TickMetric>());
    stuck.other->registerEvent(Tick{});
    QVERIFY(stuck.other->flush());
    connect(
            stuck.other.get(), &Recorder::stateChanged, this, [&stuck] { stuck.gate->pass(); },
            Qt::DirectConnection);
    stuck.other->stop();
    QVERIFY(stuck.gate->waitUntilEntered());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("thread is busy and")));

    stuck.recorder->metricSnapshots();
}

// The others have seen the event then, but they are not to blame.
void tst_SlowMetrics::namesNoOtherAfterACallFromWithin()
{
    StuckRuntime stuck;
    stuck.place = Place::HandleEvent;
    stuck.recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("caller"), [&stuck](const MetricEvent &event) {
                if (!event.is<Tock>())
                    return;
                stuck.recorder->metricSnapshots();
                stuck.gate->pass();
            }));
    stuck.recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("innocent"), [](const MetricEvent &) {}));
    stuck.recorder->registerEvent(Tock{});
    QVERIFY(stuck.gate->waitUntilEntered());
    const MessageLog messages;

    stuck.other->metricSnapshots();

    QCOMPARE(messages.messages().size(), 1);
    QVERIFY2(!messages.text().contains("innocent"), messages.text().constData());
}

// Asks for names in one thread while another one takes the metrics away.
void tst_SlowMetrics::namesMetricsThatComeAndGo()
{
    const MessageLog messages;
    RecorderOptions options;
    options.snapshotTimeout = 0ms; // asks for the name nearly each time
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto asked = runtime.createRecorder(QStringLiteral("asked"), options);
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    std::atomic<bool> isOver = false;
    std::thread asking([&] {
        while (!isOver)
            asked->metricSnapshots();
    });

    for (int i = 0; i < scaled(200); ++i) {
        const QString name = QStringLiteral("metric %1").arg(i);
        recorder->registerMetric(std::make_unique<TickMetric>(name));
        for (int n = 0; n < 100; ++n)
            recorder->registerEvent(Tick{});
        QVERIFY(recorder->removeMetric(name));
    }
    isOver = true;
    asking.join();

    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
    for (const MessageLog::Message &message : messages.messages())
        QVERIFY2(message.text.contains(u"busy"), qPrintable(message.text));
}

QTEST_GUILESS_MAIN(tst_SlowMetrics)
#include "tst_slowmetrics.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/callsfromwithin.h"
#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/recorder.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

using Action = CallFromWithin;

// Metrics and hooks that call back into their recorder and runtime.
class tst_Recorder_Reentrancy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // every call from every place: no deadlock, no loss, no repetition
    void survivesCallsFromWithin_data();
    void survivesCallsFromWithin();

    // what these calls do
    void handlesEventsFromWithinLater();
    void doesNotNestEvents();
    void sendsOnlyLaterEventsToAMetricFromWithin();
    void sendsNothingMoreToAMetricThatRemovedItself();
    void sparesAMetricThatWasRemovedBeforeItsTurn();
    void removesAMetricThatRemovesItselfInItsSnapshot();
    void takesWholeSnapshotsFromWithin();
    void finishesAStopFromWithinAfterTheEvent();
    void startsAgainAfterAStopFromWithin();
};

void tst_Recorder_Reentrancy::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

enum class Place { HandleEvent, MetricChanged, Starting, Stopped };

static void runNestedEventLoop(Recorder &)
{
    QEventLoop loop;
    QTimer::singleShot(1ms, &loop, &QEventLoop::quit);
    loop.exec();
}

void tst_Recorder_Reentrancy::survivesCallsFromWithin_data()
{
    QTest::addColumn<Place>("place");
    QTest::addColumn<Action>("action");

    const std::pair<const char *, Place> places[] = {
        { "handleEvent", Place::HandleEvent },
        { "onMetricChanged", Place::MetricChanged },
        { "onStarting", Place::Starting },
        { "onStopped", Place::Stopped },
    };
    for (const auto &[placeName, place] : places) {
        for (const auto &[actionName, action] : callsFromWithin)
            QTest::addRow("%s from %s", actionName, placeName) << place << action;
        QTest::addRow("removeMetric, itself, from %s", placeName)
                << place << Action([](Recorder &r) { r.removeMetric(QStringLiteral("actor")); });
    }
}

void tst_Recorder_Reentrancy::survivesCallsFromWithin()
{
    QFETCH(const Place, place);
    QFETCH(const Action, action);
    const auto log = std::make_shared<TickLog>();
    int calls = 0;
    HookedRecorder recorder(QStringLiteral("clock"));
    const auto act = [&](Place here) {
        if (here == place && ++calls == 1)
            action(recorder);
    };
    recorder.starting = [&] {
        act(Place::Starting);
    };
    recorder.stopped = [&] {
        act(Place::Stopped);
    };
    recorder.changed = [&](const Metric &, const MetricEvent &) {
        act(Place::MetricChanged);
    };
    recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("other")));
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("actor"), [&](const MetricEvent &) { act(Place::HandleEvent); }));
    recorder.registerMetric(tickMetric(log, QStringLiteral("last")));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });
    QTRY_VERIFY(log->size() == 3);
    recorder.stop();

    QTRY_VERIFY(calls > 0 && recorder.statistics().pending == 0);
    QCOMPARE(log->entries(), QList<int>({ 0, 1, 2 }));
    VERIFY_CONSERVED(recorder);
}

void tst_Recorder_Reentrancy::handlesEventsFromWithinLater()
{
    QStringList calls;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("echo"), [&](const MetricEvent &event) {
                calls.append(event.type() + QStringLiteral(" begins"));
                if (event.is<Tick>())
                    recorder.registerEvent(Tock{});
                calls.append(event.type() + QStringLiteral(" ends"));
            }));

    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QTRY_COMPARE(calls.join(u", "),
                 QStringLiteral("test.tick begins, test.tick ends, "
                                "test.tock begins, test.tock ends"));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Reentrancy::doesNotNestEvents()
{
    int depth = 0;
    int maxDepth = 0;
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("nester"), [&](const MetricEvent &) {
                maxDepth = std::max(maxDepth, ++depth);
                QCoreApplication::processEvents();
                recorder.flush(QDeadlineTimer(1ms));
                runNestedEventLoop(recorder);
                --depth;
            }));
    recorder.registerMetric(tickMetric(log));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });

    QTRY_COMPARE(log->entries(), QList<int>({ 0, 1, 2 }));
    QCOMPARE(maxDepth, 1);
}

void tst_Recorder_Reentrancy::sendsOnlyLaterEventsToAMetricFromWithin()
{
    const auto log = std::make_shared<TickLog>();
    bool isRegistered = false;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("actor"), [&](const MetricEvent &event) {
                if (event.as<Tick>()->value == 1) {
                    isRegistered = recorder.registerMetric(tickMetric(log));
                    recorder.registerEvent(Tick{ 3 });
                }
            }));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });
    QTRY_COMPARE(recorder.statistics().handled, quint64(4));

    QVERIFY(isRegistered);
    QCOMPARE(log->entries(), QList<int>({ 3 }));
}

void tst_Recorder_Reentrancy::sendsNothingMoreToAMetricThatRemovedItself()
{
    int calls = 0;
    bool isRemoved = false;
    QStringList namesWithin;
    Recorder recorder(QStringLiteral("clock"));
    const auto keptAlive = std::make_shared<int>(42);
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("actor"), [&, keptAlive](const MetricEvent &) {
                isRemoved = recorder.removeMetric(QStringLiteral("actor"));
                namesWithin = recorder.metricNames();
                calls += *keptAlive; // the metric is still there
            }));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });
    QVERIFY(recorder.flush());

    QVERIFY(isRemoved);
    QVERIFY(namesWithin.isEmpty());
    QCOMPARE(calls, 42);
    QCOMPARE(keptAlive.use_count(), 1L);
}

void tst_Recorder_Reentrancy::sparesAMetricThatWasRemovedBeforeItsTurn()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("actor"), [&](const MetricEvent &) {
                recorder.removeMetric(QStringLiteral("ticks"));
            }));
    recorder.registerMetric(tickMetric(log));

    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(log->size(), 0);
}

void tst_Recorder_Reentrancy::removesAMetricThatRemovesItselfInItsSnapshot()
{
    class Removing : public TickMetric
    {
    public:
        explicit Removing(Recorder &recorder)
            : TickMetric(QStringLiteral("removing"))
            , m_recorder(recorder)
        {
        }

        MetricSnapshot snapshot() const override
        {
            m_recorder.removeMetric(name());
            return TickMetric::snapshot();
        }

    private:
        Recorder &m_recorder;
    };
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<Removing>(recorder));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{ 42 });

    QCOMPARE(recorder.metricSnapshots().size(), 2); // it was there at that moment
    const QList<MetricSnapshot> latest = recorder.latestSnapshots();
    QCOMPARE(latest.size(), 1);
    QCOMPARE(latest.first().name(), QStringLiteral("ticks"));
    QCOMPARE(recorder.metricSnapshots().size(), 1);
    QCOMPARE(recorder.metricNames(), QStringList{ QStringLiteral("ticks") });
}

void tst_Recorder_Reentrancy::takesWholeSnapshotsFromWithin()
{
    QList<qint64> totals;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("first")));
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("actor"), [&](const MetricEvent &) {
                const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();
                totals.append(valueOf(snapshots, QStringLiteral("first"), u"total"));
                totals.append(valueOf(snapshots, QStringLiteral("last"), u"total"));
            }));
    recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("last")));

    recorder.registerEvent(Tick{});
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(totals, QList<qint64>({ 1, 1, 2, 2 }));
    QCOMPARE(valueOf(recorder.metricSnapshots(), QStringLiteral("last"), u"total"), 2);
}

void tst_Recorder_Reentrancy::finishesAStopFromWithinAfterTheEvent()
{
    const auto log = std::make_shared<TickLog>();
    QFuture<Error> stopped;
    bool isFinishedWithin = true;
    RegisterResult resultWithin = RegisterResult::Accepted;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("actor"), [&](const MetricEvent &event) {
                if (event.as<Tick>()->value > 0)
                    return;
                stopped = recorder.stop();
                isFinishedWithin = stopped.isFinished();
                resultWithin = recorder.registerEvent(Tick{ 42 });
            }));
    recorder.registerMetric(tickMetric(log));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });
    QTRY_COMPARE(recorder.state(), RecorderState::Stopped);

    QVERIFY(!isFinishedWithin);
    QCOMPARE(resultWithin, RegisterResult::NotRunning);
    QVERIFY(stopped.isFinished() && !stopped.result());
    QCOMPARE(log->entries(), QList<int>({ 0, 1, 2 }));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Reentrancy::startsAgainAfterAStopFromWithin()
{
    int starts = 0;
    HookedRecorder recorder(QStringLiteral("clock"));
    recorder.starting = [&] {
        ++starts;
    };
    recorder.registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("actor"), [&](const MetricEvent &) {
                recorder.stop();
                recorder.start();
            }));

    recorder.registerEvent(Tick{});

    QTRY_COMPARE(starts, 2);
    QTRY_COMPARE(recorder.state(), RecorderState::Running);
    VERIFY_ALL_HANDLED(recorder);
}

QTEST_GUILESS_MAIN(tst_Recorder_Reentrancy)
#include "tst_recorder_reentrancy.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "outofmemorymain.h"
#include "shared/allocationcounter.h"
#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QTest>

#include <optional>
#include <vector>

using namespace Recorders;
using namespace Testing;

namespace {

class World;

} // namespace

using Act = bool (*)(World &); // false: there was no memory for it

// Every call of a recorder and a runtime: one allocation of it fails, each in turn, as in
// tst_outofmemory.
class tst_OutOfMemory_Calls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // in the thread that makes the call
    void doesACallOrSaysThatItCannot_data();
    void doesACallOrSaysThatItCannot();

    // in the runtime's thread
    void doesACallWhenItsThreadFindsMemoryAgain_data();
    void doesACallWhenItsThreadFindsMemoryAgain();

private:
    std::unique_ptr<MessageLog> m_messages;
};

namespace {

// Shares its snapshot, and names it otherwise.
class MisnamingMetric : public TickMetric
{
public:
    MisnamingMetric()
        : TickMetric(QStringLiteral("misnaming"))
    {
    }

    MetricSnapshot snapshot() const override { return m_snapshot; }

private:
    const MetricSnapshot m_snapshot{ QStringLiteral("ticks") };
};

// A runtime with a recorder that has handled a tick, and what calls need that must not fail.
class World
{
public:
    World()
    {
        m_isReady = runtime.start();
        recorder = runtime.createRecorder(QStringLiteral("clock"));
        m_isReady =
                m_isReady && recorder && recorder->registerMetric(std::make_unique<TickMetric>());
        m_isReady = m_isReady && tick() && recorder->metricSnapshots().size() == 1;
        for (int i = 0; i < 40; ++i)
            others.push_back(runtime.createRecorder(QString::number(i)));
        RecorderOptions options;
        options.lifetime = RecorderLifetime::UntilLastHandle;
        owned = runtime.createRecorder(QStringLiteral("owned"), options);
    }

    bool isReady() const { return m_isReady; }

    bool tick()
    {
        const bool isAccepted = recorder->registerEvent(Tick{ 1 }) == RegisterResult::Accepted;
        ticks += isAccepted ? 1 : 0;
        return isAccepted;
    }

    // What was registered at the first try needs no second one.
    bool hasRegistered(std::unique_ptr<Metric> metric)
    {
        return recorder->metricNames().contains(metric->name())
                || recorder->registerMetric(std::move(metric), &error);
    }

    std::unique_ptr<Metric> takeSpare()
    {
        return spare ? std::move(spare) : std::make_unique<TickMetric>(QStringLiteral("spare"));
    }

    std::unique_ptr<Metric> takeMisnaming()
    {
        return misnaming ? std::move(misnaming) : std::make_unique<MisnamingMetric>();
    }

    std::unique_ptr<Metric> takeThrowing()
    {
        return throwing ? std::move(throwing) : newThrowing();
    }

    // All runs as if nothing had happened.
    bool isSound()
    {
        return (runtime.state() != RuntimeState::Running || isRunning()) && endsWell(runtime)
                && isDone(*recorder) && hasCounted()
                && std::all_of(others.begin(), others.end(),
                               [](const auto &each) { return isDone(*each); });
    }

    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<Recorder> recorder;
    std::vector<std::shared_ptr<Recorder>> others;
    std::shared_ptr<Recorder> owned; // until its last handle goes
    std::unique_ptr<Metric> spare = std::make_unique<TickMetric>(QStringLiteral("spare"));
    std::unique_ptr<Metric> misnaming = std::make_unique<MisnamingMetric>();
    std::unique_ptr<Metric> throwing = newThrowing();
    const QString newId = QStringLiteral("another");
    QList<MetricSnapshot> snapshots;
    std::optional<QFuture<SnapshotUpdate>> update;
    int ticks = 0; // since the last reset
    Error error;

private:
    static std::unique_ptr<Metric> newThrowing()
    {
        return std::make_unique<ActingMetric>(QStringLiteral("thrower"),
                                              [](const MetricEvent &) { throw 42; });
    }

    bool isRunning()
    {
        if (recorder->state() == RecorderState::Running && !(tick() && recorder->flush()))
            return false;
        const auto later = runtime.createRecorder(QStringLiteral("later"));
        return later && later->registerEvent(Tick{}) == RegisterResult::Accepted && later->flush();
    }

    static bool endsWell(MetricsRuntime &ending) { return ending.shutdown(); }

    static bool isDone(const Recorder &stopped)
    {
        const RecorderStatistics statistics = stopped.statistics();
        return isConserved(statistics) && statistics.pending == 0;
    }

    bool hasCounted() const
    {
        const qint64 total =
                valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total");
        return total == ticks || total == -1; // it was removed
    }

    bool m_isReady = false;
};

QByteArray describe(int number, const World &world)
{
    return "allocation " + QByteArray::number(number) + ": " + world.error.message().toUtf8();
}

} // namespace

void tst_OutOfMemory_Calls::init()
{
    m_messages = std::make_unique<MessageLog>();
}

void tst_OutOfMemory_Calls::cleanup()
{
    const QByteArray foreign = m_messages->text(QStringLiteral("recorders."));
    m_messages.reset();
    QVERIFY2(foreign.isEmpty(), foreign.constData());
}

static void addCalls()
{
    QTest::addColumn<Act>("act");

    QTest::newRow("registerEvent") << Act([](World &w) { return w.tick(); });
    QTest::newRow("registerMetric")
            << Act([](World &w) { return w.recorder->registerMetric(w.takeSpare(), &w.error); });
    QTest::newRow("a new metric and a new type of event") << Act([](World &w) {
        return w.hasRegistered(w.takeSpare())
                && w.recorder->registerEvent(Tock{}) == RegisterResult::Accepted && w.tick()
                && w.recorder->flush();
    });
    QTest::newRow("a metric that throws") << Act([](World &w) {
        return w.hasRegistered(w.takeThrowing()) && w.tick() && w.recorder->flush()
                && w.recorder->statistics().metricErrors > 0;
    });
    QTest::newRow("many recorders at once") << Act([](World &w) {
        bool isDone = true;
        for (const auto &each : w.others)
            isDone = each->registerEvent(Tick{}) == RegisterResult::Accepted && isDone;
        return isDone && w.others.back()->flush();
    });
    QTest::newRow("removeMetric") << Act(
            [](World &w) { return w.recorder->removeMetric(QStringLiteral("ticks")); });
    QTest::newRow("metricSnapshots") << Act([](World &w) {
        w.snapshots = w.recorder->metricSnapshots(&w.error);
        if (!w.error && w.snapshots.size() != 1)
            w.error = Error(ErrorCode::NotFound, QStringLiteral("it does not say what is missing"));
        return !w.error;
    });
    QTest::newRow("metricSnapshots, one of another name") << Act([](World &w) {
        if (!w.hasRegistered(w.takeMisnaming()))
            return false;
        w.snapshots = w.recorder->metricSnapshots(&w.error);
        if (!w.error
            && (w.snapshots.size() != 2
                || w.snapshots.constLast().name() != QStringLiteral("misnaming")))
            w.error = Error(ErrorCode::NotFound, QStringLiteral("it does not say what is missing"));
        return !w.error;
    });
    QTest::newRow("latestSnapshots") << Act([](World &w) {
        w.snapshots = w.recorder->latestSnapshots();
        return true;
    });
    QTest::newRow("flush") << Act([](World &w) {
        w.tick();
        return w.recorder->flush();
    });
    QTest::newRow("stop") << Act([](World &w) {
        w.error = w.recorder->stop().result();
        return !w.error && w.recorder->state() == RecorderState::Stopped;
    });
    QTest::newRow("stop and start again") << Act([](World &w) {
        w.error = w.recorder->stop().result();
        if (!w.error)
            w.error = w.recorder->start().result();
        return !w.error && w.recorder->state() == RecorderState::Running;
    });
    QTest::newRow("resetMetrics") << Act([](World &w) {
        w.recorder->resetMetrics();
        if (valueOf(w.recorder->metricSnapshots(), QStringLiteral("ticks"), u"total") != 0)
            return false;
        w.ticks = 0;
        return true;
    });
    QTest::newRow("createRecorder") << Act([](World &w) {
        const auto made = w.runtime.createRecorder(w.newId, {}, &w.error);
        return made && made->registerEvent(Tick{}) == RegisterResult::Accepted;
    });
    QTest::newRow("createRecorder, of one's own type") << Act([](World &w) {
        const auto made = w.runtime.createRecorder<HookedRecorder>(w.newId, {}, &w.error);
        return made && made->registerEvent(Tick{}) == RegisterResult::Accepted;
    });
    QTest::newRow("removeRecorder") << Act(
            [](World &w) { return w.runtime.removeRecorder(QStringLiteral("clock"), &w.error); });
    QTest::newRow("createRecorder, until the last handle goes") << Act([](World &w) {
        RecorderOptions options;
        options.lifetime = RecorderLifetime::UntilLastHandle;
        const auto made = w.runtime.createRecorder(w.newId, options, &w.error);
        return made && made->registerEvent(Tick{}) == RegisterResult::Accepted;
    });
    QTest::newRow("the last handle goes") << Act([](World &w) {
        w.owned.reset();
        return !w.runtime.recorder(QStringLiteral("owned"));
    });
    QTest::newRow("changesSince") << Act([](World &w) {
        w.update.emplace(w.runtime.snapshotSource()->changesSince(0));
        w.update->waitForFinished();
        return !w.update->isCanceled() && !w.update->result().recorders.isEmpty();
    });
    QTest::newRow("shutdown") << Act([](World &w) { return w.runtime.shutdown(&w.error); });
}

void tst_OutOfMemory_Calls::doesACallOrSaysThatItCannot_data()
{
    addCalls();
}

void tst_OutOfMemory_Calls::doesACallOrSaysThatItCannot()
{
    QFETCH(const Act, act);

    bool isOver = false;
    for (int number = 0; !isOver; ++number) {
        World world;
        QVERIFY(world.isReady());
        bool isDone = false;
        {
            const FailingAllocation failing(number);
            isDone = act(world);
            isOver = !failing.hasFailed();
        }
        const QByteArray what = describe(number, world);
        QVERIFY2(isDone || (!isOver && number < 1000), what.constData());
        QVERIFY2(isDone || !world.error || world.error.code() == ErrorCode::OutOfMemory,
                 what.constData());
        QVERIFY2(isDone || act(world), what.constData());
        QVERIFY2(world.isSound(), what.constData());
    }
}

void tst_OutOfMemory_Calls::doesACallWhenItsThreadFindsMemoryAgain_data()
{
    addCalls();
}

void tst_OutOfMemory_Calls::doesACallWhenItsThreadFindsMemoryAgain()
{
    QFETCH(const Act, act);

    bool isOver = false;
    for (int number = 0; !isOver; ++number) {
        World world;
        QVERIFY(world.isReady());
        bool isDone = false;
        {
            const FailingAllocation failing(number, Threads::Others);
            isDone = act(world);
            isOver = !failing.hasFailed();
        }
        const QByteArray what = describe(number, world);
        QVERIFY2(isDone || (!isOver && number < 1000), what.constData());
        QVERIFY2(isDone || act(world), what.constData());
        QVERIFY2(world.isSound(), what.constData());
    }
}

int main(int argc, char **argv)
{
    return runWithoutGLib<tst_OutOfMemory_Calls>(argc, argv);
}

#include "tst_outofmemory_calls.moc"

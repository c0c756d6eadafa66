// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

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
using namespace std::chrono_literals;

namespace {
class World;
}
using Act = bool (*)(World &); // false: there was no memory for it

// One allocation fails, each in turn, until an operation needs no more of them. Whatever that does
// to the operation: nothing ends or hangs, no event is lost, and it can be tried again. The start of
// a runtime is not among them: the constructor of QThread does not survive it.
class tst_OutOfMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // in the thread that makes the call
    void acceptsOrRejectsAnEvent_data();
    void acceptsOrRejectsAnEvent();
    void throwsToWhoMakesAMetricEvent();
    void containsWhatMetricsAndHooksThrow();
    void doesACallOrSaysThatItCannot_data();
    void doesACallOrSaysThatItCannot();
    void doesACallByHandOrSaysThatItCannot_data();
    void doesACallByHandOrSaysThatItCannot();

    // in the runtime's thread
    void doesACallWhenItsThreadFindsMemoryAgain_data();
    void doesACallWhenItsThreadFindsMemoryAgain();

private:
    std::unique_ptr<MessageLog> m_messages;
};

namespace {

struct Large
{
    std::array<char, 1000> bytes{};
};

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

const std::vector<int> numbers{ 1, 2, 3 };
const MetricEvent largeEvent{ Large() };

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

void tst_OutOfMemory::init()
{
    m_messages = std::make_unique<MessageLog>();
}

void tst_OutOfMemory::cleanup()
{
    const QByteArray foreign = m_messages->text(QStringLiteral("recorders."));
    m_messages.reset();
    QVERIFY2(foreign.isEmpty(), foreign.constData());
}

using Register = RegisterResult (*)(Recorder &);

void tst_OutOfMemory::acceptsOrRejectsAnEvent_data()
{
    QTest::addColumn<Register>("registerOne");

    QTest::newRow("in place") << Register([](Recorder &r) { return r.registerEvent(Tick{}); });
    QTest::newRow("boxed") << Register([](Recorder &r) { return r.registerEvent(Large()); });
    QTest::newRow("a QString") << Register(
            [](Recorder &r) { return r.registerEvent(QStringLiteral("text")); });
    QTest::newRow("a copy that allocates")
            << Register([](Recorder &r) { return r.registerEvent(numbers); });
    QTest::newRow("erased") << Register([](Recorder &r) { return r.registerEvent(largeEvent); });
    QTest::newRow("by the slot") << Register([](Recorder &r) {
        r.registerMetricEvent(largeEvent);
        return r.statistics().rejected > 0 ? RegisterResult::Rejected : RegisterResult::Accepted;
    });
}

void tst_OutOfMemory::acceptsOrRejectsAnEvent()
{
    QFETCH(const Register, registerOne);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());

    bool isOver = false;
    for (int number = 0; !isOver; ++number) {
        const auto recorder = runtime.createRecorder(QString::number(number));
        RegisterResult result = RegisterResult::NotRunning;
        {
            const FailingAllocation failing(number);
            result = registerOne(*recorder);
            isOver = !failing.hasFailed();
        }
        registerOne(*recorder);
        QVERIFY(recorder->flush());

        QVERIFY(number < 100);
        QVERIFY(result == RegisterResult::Accepted
                || (!isOver && result == RegisterResult::Rejected));
        const RecorderStatistics statistics = recorder->statistics();
        QCOMPARE(statistics.registered, quint64(2));
        QCOMPARE(statistics.handled, quint64(result == RegisterResult::Accepted ? 2 : 1));
        VERIFY_ALL_HANDLED(*recorder);
    }
}

// Not QVERIFY_THROWS_EXCEPTION: to say that nothing was thrown it needs memory itself, and takes
// that exception for the one that it waits for.
template <typename Call>
static bool throwsWithoutMemory(Call call)
{
    const FailingAllocations failing;
    try {
        call();
        return false;
    } catch (const std::bad_alloc &) {
        return true;
    }
}

void tst_OutOfMemory::throwsToWhoMakesAMetricEvent()
{
    const Large large;
    std::optional<MetricEvent> original;
    std::optional<MetricEvent> copy;

    const bool isNotMade = throwsWithoutMemory([&] { original.emplace(large); });
    original.emplace(large);
    const bool isNotCopied = throwsWithoutMemory([&] { copy.emplace(*original); });
    copy.emplace(*original);

    QVERIFY(isNotMade);
    QVERIFY(isNotCopied);
    QVERIFY(original->is<Large>());
    QVERIFY(copy->is<Large>());
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

// Not one allocation succeeds here, also not for the text that says so.
void tst_OutOfMemory::containsWhatMetricsAndHooksThrow()
{
    bool throws = false;
    const auto throwIfIt = [&throws] {
        if (throws)
            throw 42;
    };
    HookedRecorder recorder(
            QStringLiteral("clock"), RecorderOptions(), [] {}, [] {},
            [&](const Metric &, const MetricEvent &) { throwIfIt(); });
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("thrower"), [&](const MetricEvent &) { throwIfIt(); }));
    recorder.registerMetric(std::make_unique<TickMetric>());
    recorder.registerEvent(Tick{ 1 });
    recorder.metricSnapshots(); // it knows from now on which metric wants what

    throws = true;
    QCOMPARE(recorder.registerEvent(Tick{ 1 }), RegisterResult::Accepted);
    bool isFlushed = false;
    {
        const FailingAllocations none;
        isFlushed = recorder.flush();
    }
    throws = false;

    QVERIFY(isFlushed);
    QCOMPARE(recorder.statistics().metricErrors, 1U);
    QCOMPARE(recorder.lastError().code(), ErrorCode::HookFailed);
    recorder.registerEvent(Tick{ 1 });
    QCOMPARE(valueOf(recorder.metricSnapshots(), QStringLiteral("ticks"), u"total"), 3);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_OutOfMemory::doesACallOrSaysThatItCannot_data()
{
    addCalls();
}

void tst_OutOfMemory::doesACallOrSaysThatItCannot()
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

void tst_OutOfMemory::doesACallWhenItsThreadFindsMemoryAgain_data()
{
    addCalls();
}

void tst_OutOfMemory::doesACallWhenItsThreadFindsMemoryAgain()
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

using ActByHand = bool (*)(Recorder &);

void tst_OutOfMemory::doesACallByHandOrSaysThatItCannot_data()
{
    QTest::addColumn<ActByHand>("act");

    QTest::newRow("registerEvent") << ActByHand(
            [](Recorder &r) { return r.registerEvent(Tick{}) == RegisterResult::Accepted; });
    QTest::newRow("start") << ActByHand(
            [](Recorder &r) { return !r.start().result() && r.state() == RecorderState::Running; });
    QTest::newRow("start, stop, and start again") << ActByHand([](Recorder &r) {
        return !r.start().result() && !r.stop().result() && !r.start().result();
    });
    QTest::newRow("flush") << ActByHand([](Recorder &r) {
        return r.registerEvent(Tick{}) == RegisterResult::Accepted && r.flush();
    });
    QTest::newRow("metricSnapshots") << ActByHand([](Recorder &r) {
        Error error;
        const bool isWhole = r.metricSnapshots(&error).size() == 1;
        return isWhole && !error;
    });
}

void tst_OutOfMemory::doesACallByHandOrSaysThatItCannot()
{
    QFETCH(const ActByHand, act);

    bool isOver = false;
    for (int number = 0; !isOver; ++number) {
        auto recorder = std::make_unique<Recorder>(QStringLiteral("clock"));
        QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>()));
        bool isDone = false;
        {
            const FailingAllocation failing(number);
            isDone = act(*recorder);
            isOver = !failing.hasFailed();
        }
        QVERIFY(isDone || (!isOver && number < 1000));
        QVERIFY(isDone || act(*recorder));
        QVERIFY(recorder->registerEvent(Tick{}) == RegisterResult::Accepted && recorder->flush());
        {
            const FailingAllocation failing(number);
            QCOMPARE(recorder->stop().result().code() == ErrorCode::OutOfMemory
                             || recorder->state() == RecorderState::Stopped,
                     true);
        }
        const auto statistics = recorder->statistics();
        QVERIFY2(isConserved(statistics) && statistics.pending == 0,
                 Testing::brokenLaw(Testing::describe(statistics)).constData());
        const FailingAllocation failing(number);
        recorder.reset();
    }
}

// Qt loses the copy of a result when it finds no memory for its place.
extern "C" const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:QFutureInterface";
}

// GLib ends the process when malloc() fails, Qt throws.
int main(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication application(argc, argv);
    tst_OutOfMemory test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_outofmemory.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/handledcounter.h"
#include "shared/quiettime.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "shared/threadclock.h"

#include <recorders/core/metricsruntime.h>

#include <QDeadlineTimer>
#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include <sched.h>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Many recorders, many metrics, many types of events, slow neighbours and strange names.
class tst_Scale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // recorders
    void handlesTheEventsOfManyRecorders();
    void looksAtActiveRecordersOnly();
    void servesOthersBesideASlowRecorder();
    void losesNothingThroughStaleHandles();

    // metrics
    void bringsEachEventToManyMetrics();
    void bringsManyTypesToOneMetric();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

void tst_Scale::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_Scale::cleanup()
{
    m_runtime.reset();
}

static qsizetype countRecorders(SnapshotSource &source)
{
    qsizetype count = 0;
    SnapshotUpdate update;
    do {
        update = source.changesSince(update.version).result();
        count += update.recorders.size();
    } while (update.hasMore);
    return count;
}

void tst_Scale::handlesTheEventsOfManyRecorders()
{
    const int count = scaled(5000);
    constexpr int eventCount = 10;

    for (int cycle = 0; cycle < 2; ++cycle) {
        std::vector<std::shared_ptr<Recorder>> recorders;
        for (int i = 0; i < count; ++i) {
            recorders.push_back(m_runtime->createRecorder(QString::number(i)));
            QVERIFY(recorders.back()->registerMetric(std::make_unique<TickMetric>()));
        }
        for (const auto &recorder : recorders) {
            for (int i = 0; i < eventCount; ++i)
                QCOMPARE(recorder->registerEvent(Tick{ i }), RegisterResult::Accepted);
        }
        for (const auto &recorder : recorders)
            QVERIFY(recorder->flush());
        const qsizetype told = countRecorders(*m_runtime->snapshotSource());
        for (const QString &id : m_runtime->recorderIds())
            QVERIFY(m_runtime->removeRecorder(id));

        QVERIFY(told >= count);
        for (const auto &recorder : recorders) {
            QCOMPARE(recorder->statistics().handled, quint64(eventCount));
            QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total"),
                     eventCount);
            VERIFY_ALL_HANDLED(*recorder);
        }
    }
}

namespace {

// Keeps this thread, and those that it makes meanwhile, on one processor: to wake a thread of another
// one may cost several times as much.
class OneProcessor
{
public:
    OneProcessor()
    {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(std::size_t(::sched_getcpu()), &one);
        ::sched_getaffinity(0, sizeof(m_all), &m_all);
        ::sched_setaffinity(0, sizeof(one), &one);
    }
    ~OneProcessor() { ::sched_setaffinity(0, sizeof(m_all), &m_all); }

    OneProcessor(const OneProcessor &) = delete;
    OneProcessor &operator=(const OneProcessor &) = delete;

private:
    cpu_set_t m_all;
};

// The processor time that the thread needs for one event of one recorder, beside others that are
// asleep after an event of theirs.
class EventCost
{
public:
    explicit EventCost(int idleCount)
    {
        m_runtime.start();
        m_active = m_runtime.createRecorder<HookedRecorder>(QStringLiteral("active"), {},
                                                            [this] { m_clock.follow(); });
        m_active->registerMetric(std::make_unique<TickMetric>());
        m_active->flush(); // it has started, and its clock is known
        for (int i = 0; i < idleCount; ++i) {
            m_idle.push_back(m_runtime.createRecorder(QString::number(i)));
            m_idle.back()->registerMetric(std::make_unique<TickMetric>());
            m_idle.back()->registerEvent(Tick{});
        }
    }

    bool waitUntilIdle() const
    {
        const QDeadlineTimer deadline(30s);
        const auto isHandled = [](const auto &idle) {
            return idle->statistics().handled == 1;
        };
        while (!std::all_of(m_idle.begin(), m_idle.end(), isHandled)) {
            if (deadline.hasExpired())
                return false;
            std::this_thread::yield();
        }
        return true;
    }

    std::chrono::nanoseconds measure()
    {
        constexpr int eventCount = 50;
        const auto before = m_clock.time();
        for (int i = 0; i < eventCount; ++i) {
            m_active->registerEvent(Tick{});
            m_active->flush();
        }
        return (m_clock.time() - before) / eventCount;
    }

private:
    MetricsRuntime m_runtime{ QStringLiteral("test") };
    ThreadClock m_clock;
    std::shared_ptr<Recorder> m_active;
    std::vector<std::shared_ptr<Recorder>> m_idle;
};

} // namespace

// What an event costs changes with all that the machine does besides: by turns, it is measured until
// the two were measured under the same conditions.
void tst_Scale::looksAtActiveRecordersOnly()
{
    constexpr int many = 10'000;
    const OneProcessor processor;
    const QuietTime quietTime(0ms); // otherwise some stay active for a while
    EventCost alone(0);
    EventCost besideMany(many);
    QVERIFY(besideMany.waitUntilIdle());

    // To look at each of them takes many times as long.
    bool isAlike = false;
    for (int round = 0; round < 100 && !isAlike; ++round) {
        const std::chrono::nanoseconds one = alone.measure();
        const std::chrono::nanoseconds other = besideMany.measure();
        isAlike = other < 2 * one;
        if (isAlike || round == 99) {
            qInfo("%lld ns alone, %lld ns beside %d idle recorders", qint64(one.count()),
                  qint64(other.count()), many);
        }
    }

    QVERIFY2(isAlike, "it looks at the idle ones as well");
}

// Each of its events takes longer than the dispatcher drains at a time, and registers the next one,
// so that there is always one left.
static std::unique_ptr<Metric> endlessMetric(Recorder &recorder, Latch &begun,
                                             const std::atomic<bool> &isOver)
{
    return std::make_unique<ActingMetric>(QStringLiteral("endless"), [&](const MetricEvent &) {
        begun.set();
        spinFor(3ms);
        if (!isOver)
            recorder.registerEvent(Tick{});
    });
}

void tst_Scale::servesOthersBesideASlowRecorder()
{
    Latch begun;
    std::atomic<bool> isOver = false;
    const auto slow = m_runtime->createRecorder(QStringLiteral("slow"));
    const auto quiet = m_runtime->createRecorder(QStringLiteral("quiet"));
    slow->registerMetric(endlessMetric(*slow, begun, isOver));
    quiet->registerMetric(std::make_unique<TickMetric>());
    slow->registerEvent(Tick{});
    const bool hasBegun = begun.wait();

    quiet->registerEvent(Tick{});
    const bool isFlushed = quiet->flush(QDeadlineTimer(20s));
    const quint64 pending = slow->statistics().pending;
    isOver = true;
    const bool isShutDown = m_runtime->shutdown();

    QVERIFY(hasBegun);
    QVERIFY2(isFlushed, "it waits until the slow one has nothing left");
    QVERIFY(pending > 0);
    QVERIFY(isShutDown);
    VERIFY_ALL_HANDLED(*slow);
    VERIFY_ALL_HANDLED(*quiet);
}

namespace {

// Handles that threads use without knowing whether their recorders were removed meanwhile.
class Handles
{
public:
    static constexpr std::size_t count = 16;

    std::shared_ptr<Recorder> at(std::size_t number) const
    {
        const std::lock_guard lock(m_mutex);
        return m_handles[number % count];
    }
    void set(std::size_t number, std::shared_ptr<Recorder> recorder)
    {
        const std::lock_guard lock(m_mutex);
        m_handles[number % count].swap(recorder);
    }

private:
    mutable std::mutex m_mutex; // guards m_handles
    std::array<std::shared_ptr<Recorder>, count> m_handles;
};

} // namespace

using Answers = std::array<std::atomic<quint64>, 4>; // by RegisterResult

// Some at a time: the mutex would hardly ever be free for the thread that makes recorders.
static void registerSome(const std::shared_ptr<Recorder> &recorder, Answers &answers)
{
    for (int i = 0; recorder && i < 100; ++i)
        ++answers[std::size_t(recorder->registerEvent(Tick{}))];
    std::this_thread::yield();
}

void tst_Scale::losesNothingThroughStaleHandles()
{
    RecorderOptions options;
    options.queueMaxSize = 64; // a removal waits for what is pending
    Handles handles;
    std::atomic<bool> isOver = false;
    Answers answers{};
    std::vector<std::thread> producers;
    for (std::size_t id = 0; id < 2; ++id) {
        producers.emplace_back([&, id] {
            for (std::size_t n = id; !isOver; ++n)
                registerSome(handles.at(n), answers);
        });
    }

    std::vector<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < scaled(100); ++i) {
        // Removed, it stays among the handles until another one takes its place.
        if (i >= 8)
            QVERIFY(m_runtime->removeRecorder(QString::number(i - 8)));
        recorders.push_back(m_runtime->createRecorder(QString::number(i), options));
        recorders.back()->registerMetric(std::make_unique<TickMetric>());
        handles.set(std::size_t(i), recorders.back());
    }
    QTRY_VERIFY(answers[std::size_t(RegisterResult::NotRunning)] > 0);
    isOver = true;
    for (std::thread &producer : producers)
        producer.join();
    QVERIFY(m_runtime->shutdown());

    RecorderStatistics sum;
    for (const auto &recorder : recorders) {
        VERIFY_ALL_HANDLED(*recorder);
        sum.accepted += recorder->statistics().accepted;
        sum.dropped += recorder->statistics().dropped;
        sum.notRunning += recorder->statistics().notRunning;
    }
    QCOMPARE(sum.accepted, answers[std::size_t(RegisterResult::Accepted)].load());
    QCOMPARE(sum.dropped, answers[std::size_t(RegisterResult::Dropped)].load());
    QCOMPARE(sum.notRunning, answers[std::size_t(RegisterResult::NotRunning)].load());
}

void tst_Scale::bringsEachEventToManyMetrics()
{
    constexpr int metricCount = 100;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    for (int i = 0; i < metricCount; ++i)
        QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>(QString::number(i))));

    for (int i = 0; i < 1000; ++i)
        recorder->registerEvent(Tick{ i });
    const QList<MetricSnapshot> snapshots = recorder->metricSnapshots();

    QCOMPARE(snapshots.size(), metricCount);
    for (const MetricSnapshot &snapshot : snapshots)
        QCOMPARE(snapshot.value(u"total").toInt(), 1000);
    VERIFY_CONSERVED(*recorder);
}

namespace {

template <int number>
struct Numbered
{
    int value = number;
};

template <int... numbers>
void registerNumbered(Recorder &recorder, std::integer_sequence<int, numbers...>)
{
    static_cast<void>((recorder.registerEvent(Numbered<numbers>()), ...));
}

} // namespace

void tst_Scale::bringsManyTypesToOneMetric()
{
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>()); // which wants one of them
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("all"), [](const MetricEvent &) {}));

    registerNumbered(*recorder, std::make_integer_sequence<int, 40>());
    recorder->registerEvent(Tick{});
    registerNumbered(*recorder, std::make_integer_sequence<int, 40>());
    recorder->registerEvent(Tick{});

    const QList<MetricSnapshot> snapshots = recorder->metricSnapshots();
    QCOMPARE(valueOf(snapshots, QStringLiteral("all"), u"calls"), 82);
    QCOMPARE(valueOf(snapshots, QStringLiteral("ticks"), u"total"), 2);
    VERIFY_CONSERVED(*recorder);
}

QTEST_GUILESS_MAIN(tst_Scale)
#include "tst_scale.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/eventmemory_p.h"
#include "shared/allocationcounter.h"
#include "shared/conservation.h"
#include "shared/processresources.h"
#include "shared/producers.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <vector>

using namespace Recorders;
using Recorders::Internal::EventMemory;
using namespace Testing;
using namespace std::chrono_literals;

// What is held while events wait, while they flow, and once recorders are gone.
class tst_Memory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // recorders that do nothing
    void takesLittleForAnIdleRecorder_data();
    void takesLittleForAnIdleRecorder();
    void takesNoPageForAnEventNowAndThen();

    // events that wait
    void holdsNoMoreEventsThanTheQueue_data();
    void holdsNoMoreEventsThanTheQueue();
    void givesTheMemoryOfLargeEventsBack();

    // events that flow
    void growsNoMoreInALongFlood_data();
    void growsNoMoreInALongFlood();

    // recorders that come and go
    void keepsNothingOfRecordersThatAreGone_data();
    void keepsNothingOfRecordersThatAreGone();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

// Counts those that there are, in all threads.
struct Counted
{
    static inline std::atomic<int> alive = 0;
    static inline std::atomic<int> mostAlive = 0;

    Counted() noexcept { add(); }
    Counted(const Counted &) noexcept { add(); }
    Counted(Counted &&) noexcept { add(); }
    Counted &operator=(const Counted &) = delete;
    Counted &operator=(Counted &&) = delete;
    ~Counted() { --alive; }

private:
    static void add() noexcept
    {
        const int now = ++alive;
        int most = mostAlive;
        while (most < now && !mostAlive.compare_exchange_weak(most, now)) { }
    }
};

struct LargeCounted : Counted
{
    std::array<char, 4096> more{};
};

template <std::size_t size>
struct Bytes
{
    std::array<char, size> bytes{};
};

constexpr qint64 mebibyte = 1024 * 1024;

} // namespace

void tst_Memory::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
    EventMemory::setInterval(1h); // nothing is given back meanwhile
    Counted::mostAlive = 0;
}

void tst_Memory::cleanup()
{
    m_runtime.reset();
    EventMemory::setInterval(EventMemory::defaultInterval);
    QCOMPARE(Counted::alive.load(), 0);
}

void tst_Memory::takesLittleForAnIdleRecorder_data()
{
    QTest::addColumn<int>("metricCount");
    QTest::addColumn<qint64>("mostBytes");

    // A tenth more than a debug build takes.
    QTest::newRow("without metrics") << 0 << qint64(1280);
    QTest::newRow("three metrics") << 3 << qint64(2060);
}

void tst_Memory::takesLittleForAnIdleRecorder()
{
    if (!ProcessResources::isMemoryMeaningful())
        QSKIP("A sanitizer has a heap of its own.");
    QFETCH(const int, metricCount);
    QFETCH(const qint64, mostBytes);
    constexpr int count = 2000;
    std::vector<std::shared_ptr<Recorder>> recorders;
    recorders.reserve(count);
    const qint64 before = ProcessResources::now().heap;

    for (int i = 0; i < count; ++i) {
        recorders.push_back(m_runtime->createRecorder(QStringLiteral("connection-%1").arg(i)));
        for (int metric = 0; metric < metricCount; ++metric)
            recorders.back()->registerMetric(std::make_unique<TickMetric>(QString::number(metric)));
    }
    const qint64 bytes = (ProcessResources::now().heap - before) / count;

    qInfo("%lld bytes for each", bytes);
    QVERIFY2(bytes <= mostBytes, qPrintable(QString::number(bytes)));
}

using Register = RegisterResult (*)(Recorder &);

// However many recorders there are: each has one slot of its own.
void tst_Memory::takesNoPageForAnEventNowAndThen()
{
    std::vector<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < 2000; ++i)
        recorders.push_back(m_runtime->createRecorder(QStringLiteral("connection-%1").arg(i)));
    const std::size_t before = EventMemory::bytesAllocated();

    for (const auto &recorder : recorders)
        recorder->registerEvent(Tick{});
    for (const auto &recorder : recorders) {
        QVERIFY(recorder->flush());
        QCOMPARE(recorder->statistics().handled, quint64(1));
    }

    QCOMPARE(EventMemory::bytesAllocated(), before);
}

void tst_Memory::holdsNoMoreEventsThanTheQueue_data()
{
    QTest::addColumn<Register>("registerOne");

    QTest::newRow("in place") << Register([](Recorder &r) { return r.registerEvent(Counted()); });
    QTest::newRow("boxed") << Register([](Recorder &r) { return r.registerEvent(LargeCounted()); });
}

void tst_Memory::holdsNoMoreEventsThanTheQueue()
{
    QFETCH(const Register, registerOne);
    constexpr int capacity = 64;
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"),
                                                    optionsFor(capacity, OverflowPolicy::Drop));
    recorder->registerMetric(heldMetric(gate));

    for (int i = 0; i < 1000; ++i)
        registerOne(*recorder);
    const int whileHeld = Counted::alive;
    gate->open();
    QVERIFY(recorder->flush());

    QCOMPARE(whileHeld, capacity);
    // One more is on its way in: as the argument, as its copy, and as what is stored.
    QVERIFY2(Counted::mostAlive <= capacity + 3, qPrintable(QString::number(Counted::mostAlive)));
    QCOMPARE(Counted::alive.load(), 0);
    QCOMPARE(recorder->statistics().dropped, quint64(1000 - capacity));
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Memory::givesTheMemoryOfLargeEventsBack()
{
    constexpr int capacity = 16;
    using Megabyte = Bytes<mebibyte>;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"),
                                                    optionsFor(capacity, OverflowPolicy::Drop));
    const auto megabyte = std::make_unique<Megabyte>();
    const qint64 memoryBefore = ProcessResources::now().memory;
    const int livingBefore = livingAllocations();

    qint64 largest = 0;
    for (int round = 0; round < scaled(10); ++round) {
        const auto gate = std::make_shared<Gate>();
        const GateOpener opener(gate);
        recorder->registerMetric(heldMetric(gate));
        for (int i = 0; i < 2 * capacity; ++i)
            recorder->registerEvent(*megabyte);
        largest = std::max(largest, ProcessResources::now().memory - memoryBefore);
        gate->open();
        QVERIFY(recorder->flush());
        QVERIFY(recorder->removeMetric(QStringLiteral("held")));
    }
    const int living = livingAllocations() - livingBefore;

    QVERIFY2(living < capacity, qPrintable(QString::number(living)));
    qInfo("at most %lld KiB more than before", largest / 1024);
    if (ProcessResources::isMemoryMeaningful())
        QVERIFY2(largest < 2 * capacity * mebibyte, qPrintable(QString::number(largest)));
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

// One round of it.
using Flood = void (*)(Recorder &, MetricsRuntime &);

template <typename Event>
static void flood(Recorder &recorder, MetricsRuntime &)
{
    for (int i = 0; i < 1000; ++i)
        recorder.registerEvent(Event{});
}

static void floodAndLook(Recorder &recorder, MetricsRuntime &runtime)
{
    flood<Tick>(recorder, runtime);
    recorder.metricSnapshots();
    runtime.snapshotSource()->changesSince(0).waitForFinished();
}

static void floodAndExchangeMetrics(Recorder &recorder, MetricsRuntime &)
{
    for (int i = 0; i < 10; ++i) {
        recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("another")));
        recorder.registerEvent(Tick{});
        recorder.removeMetric(QStringLiteral("another"));
    }
}

static void floodAFullQueue(Recorder &recorder, MetricsRuntime &)
{
    for (int i = 0; i < 3000; ++i)
        recorder.registerEvent(Bytes<100>{});
}

static void floodAndRestart(Recorder &recorder, MetricsRuntime &runtime)
{
    flood<Tick>(recorder, runtime);
    recorder.stop().waitForFinished();
    recorder.start().waitForFinished();
}

void tst_Memory::growsNoMoreInALongFlood_data()
{
    QTest::addColumn<Flood>("flood");

    QTest::newRow("in place") << &flood<Tick>;
    QTest::newRow("boxed") << &flood<Bytes<100>>;
    QTest::newRow("more than fits") << &floodAFullQueue;
    QTest::newRow("and snapshots") << &floodAndLook;
    QTest::newRow("and metrics that come and go") << &floodAndExchangeMetrics;
    QTest::newRow("and stops and starts") << &floodAndRestart;
}

void tst_Memory::growsNoMoreInALongFlood()
{
    QFETCH(const Flood, flood);
    const int rounds = scaled(100);
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"),
                                                    optionsFor(1000, OverflowPolicy::Drop));
    recorder->registerMetric(std::make_unique<TickMetric>());
    const auto floodFor = [&](int count) {
        for (int i = 0; i < count; ++i) {
            flood(*recorder, *m_runtime);
            recorder->flush();
        }
        return livingAllocations();
    };
    floodFor(rounds / 4); // fills the pools
    const qint64 memoryBefore = ProcessResources::now().memory;

    const int before = floodFor(rounds / 4);
    const int growth = floodFor(rounds) - before;
    const qint64 memoryGrowth = ProcessResources::now().memory - memoryBefore;

    // Less than one for each round: what is under way at this moment may differ.
    QVERIFY2(growth < rounds / 2, qPrintable(QString::number(growth)));
    if (ProcessResources::isMemoryMeaningful())
        QVERIFY2(memoryGrowth < 4 * mebibyte, qPrintable(QString::number(memoryGrowth)));
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

// Each with a metric, ten events and a snapshot. No event is handled before all are registered, so
// that the queues need as much each time.
static void useRecorders(MetricsRuntime &runtime, int count)
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    std::vector<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < count; ++i) {
        recorders.push_back(runtime.createRecorder(QString::number(i)));
        recorders.back()->registerMetric(i == 0 ? heldMetric(gate)
                                                : std::make_unique<TickMetric>());
        for (int event = 0; event < 10; ++event)
            recorders.back()->registerEvent(Tick{ event });
    }
    gate->open();
    runtime.snapshotSource()->changesSince(0).waitForFinished();
    for (const auto &recorder : recorders) {
        QVERIFY(runtime.removeRecorder(recorder->entityId()));
        QCOMPARE(recorder->statistics().handled, quint64(10));
        VERIFY_ALL_HANDLED(*recorder);
    }
}

void tst_Memory::keepsNothingOfRecordersThatAreGone_data()
{
    QTest::addColumn<int>("count");

    // With RECORDERS_TEST_SCALE=100 up to 100,000.
    QTest::newRow("few") << scaled(100);
    QTest::newRow("some") << scaled(300);
    QTest::newRow("many") << scaled(1000);
}

// What one costs is told, not judged: it should be about the same for few and for many.
void tst_Memory::keepsNothingOfRecordersThatAreGone()
{
    QFETCH(const int, count);
    constexpr int cycles = 5;
    constexpr int toldOf = 1000; // removed recorders, with what they had at last
    for (int used = 0; used < toldOf; used += count)
        useRecorders(*m_runtime, count); // fills the pools
    const int before = livingAllocations();
    const qint64 memoryBefore = ProcessResources::now().memory;
    QElapsedTimer timer;
    timer.start();

    for (int cycle = 0; cycle < cycles; ++cycle)
        useRecorders(*m_runtime, count);
    const qint64 time = timer.nsecsElapsed();
    const qint64 memoryGrowth = ProcessResources::now().memory - memoryBefore;

    // Less than half of one for each: a recorder dies a moment after it was removed, and some of
    // the ids are remembered for those who ask what was removed.
    QTRY_VERIFY2(livingAllocations() - before < cycles * count / 2,
                 qPrintable(QString::number(livingAllocations() - before)));
    qInfo("%d recorders, %d times, %lld ns each: %d allocations and %lld KiB more than after the "
          "first of %lld KiB",
          count, cycles, time / cycles / count, livingAllocations() - before, memoryGrowth / 1024,
          memoryBefore / 1024);
    if (ProcessResources::isMemoryMeaningful()) {
        QVERIFY2(memoryGrowth < memoryBefore / 20 + 4 * mebibyte,
                 qPrintable(QString::number(memoryGrowth)));
    }
    QVERIFY(m_runtime->recorderIds().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Memory)
#include "tst_memory.moc"

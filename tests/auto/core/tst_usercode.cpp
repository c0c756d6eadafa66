// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {
class Probe;
}
using Scenario = void (*)(const std::shared_ptr<Probe> &);

// What the library does while it runs code of its user: events, metrics, hooks, slots, values.
class tst_UserCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // locks
    void isCalledWithoutALockHeld_data();
    void isCalledWithoutALockHeld();
    void timesOutWhenItWaitsForABlockedProducer();

    // payloads
    void takesEventsOfAnySize_data();
    void takesEventsOfAnySize();
    void takesEventsWhoseDestructorRegistersMore();
};

void tst_UserCode::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

// To be called by code of the user: has another thread take every lock there is. It would not end
// if the caller held one.
class Probe : public std::enable_shared_from_this<Probe>
{
public:
    Probe()
    {
        m_isReady = runtime.start();
        recorder = runtime.createRecorder<HookedRecorder>(
                QStringLiteral("clock"), {}, HookedRecorder::Hook(),
                [this] { atStop ? test() : void(); },
                [this](const Metric &, const MetricEvent &) { atChange ? test() : void(); });
        m_isReady = m_isReady && recorder;
    }
    ~Probe()
    {
        runtime.shutdown();
        if (m_thread.joinable())
            m_thread.join();
    }

    bool isReady() const { return m_isReady; }

    void test()
    {
        if (m_isTesting.exchange(true))
            return; // by what the test itself sets off
        const auto done = std::make_shared<Latch>();
        m_thread = std::thread([this, done] {
            useEverything();
            done->set();
        });
        (done->wait(20s) ? free : held).fetch_add(1);
    }

    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<HookedRecorder> recorder;
    std::atomic<int> free = 0; // calls without a lock held
    std::atomic<int> held = 0;
    std::atomic<bool> atStop = false;
    std::atomic<bool> atChange = false;

private:
    void useEverything()
    {
        recorder->metricNames();
        recorder->lastError();
        recorder->latestSnapshots();
        recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("probe")));
        recorder->resetMetrics();
        runtime.lastError();
        runtime.recorderIds();
        runtime.createRecorder(QStringLiteral("probe"));
        runtime.snapshotSource()->changesSince(0);
        MetricsRuntime(QStringLiteral("another")).start();
    }

    std::thread m_thread;
    std::atomic<bool> m_isTesting = false;
    bool m_isReady = false;
};

// Probes when the last copy goes.
struct Value
{
    std::shared_ptr<void> atEnd;
};

Value valueThatProbes(const std::shared_ptr<Probe> &probe)
{
    return { std::shared_ptr<void>(nullptr, [weak = std::weak_ptr(probe)](void *) {
        if (const auto alive = weak.lock())
            alive->test();
    }) };
}

class ProbingMetric : public TypedMetric<Tick>
{
public:
    enum Where { AtHandle, AtSnapshot, AtReset, AtEnd, InValue };

    ProbingMetric(Probe &probe, Where where)
        : TypedMetric(QStringLiteral("prober"))
        , m_probe(probe)
        , m_where(where)
    {
    }
    ~ProbingMetric() override { testAt(AtEnd); }

    bool handle(const Tick &) override
    {
        testAt(AtHandle);
        return true;
    }
    MetricSnapshot snapshot() const override
    {
        testAt(AtSnapshot);
        MetricSnapshot result(name());
        if (m_where == InValue && std::exchange(m_isFirst, false)) {
            result.add(QStringLiteral("value"),
                       QVariant::fromValue(valueThatProbes(m_probe.shared_from_this())));
        }
        return result;
    }
    void reset() override { testAt(AtReset); }

private:
    void testAt(Where where) const
    {
        if (where == m_where)
            m_probe.test();
    }

    Probe &m_probe;
    const Where m_where;
    mutable bool m_isFirst = true;
};

} // namespace

void tst_UserCode::isCalledWithoutALockHeld_data()
{
    QTest::addColumn<Scenario>("scenario");

    using P = const std::shared_ptr<Probe> &;
    const auto add = [](const char *name, Scenario scenario) {
        QTest::newRow(name) << scenario;
    };
    add("handleEvent()", [](P p) {
        p->recorder->registerMetric(std::make_unique<ProbingMetric>(*p, ProbingMetric::AtHandle));
        p->recorder->registerEvent(Tick{});
        p->recorder->flush();
    });
    add("snapshot()", [](P p) {
        p->recorder->registerMetric(std::make_unique<ProbingMetric>(*p, ProbingMetric::AtSnapshot));
        p->recorder->metricSnapshots();
    });
    add("reset()", [](P p) {
        p->recorder->registerMetric(std::make_unique<ProbingMetric>(*p, ProbingMetric::AtReset));
        p->recorder->resetMetrics();
        p->recorder->flush();
        p->recorder->metricSnapshots();
    });
    add("the destructor of a metric", [](P p) {
        p->recorder->registerMetric(std::make_unique<ProbingMetric>(*p, ProbingMetric::AtEnd));
        p->recorder->metricSnapshots(); // it is in use
        p->recorder->removeMetric(QStringLiteral("prober"));
    });
    add("the destructor of a metric that is not in use yet", [](P p) {
        p->recorder->registerMetric(std::make_unique<ProbingMetric>(*p, ProbingMetric::AtEnd));
        p->recorder->removeMetric(QStringLiteral("prober"));
    });
    add("the destructor of a metric that is refused", [](P p) {
        p->recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("prober")));
        p->recorder->registerMetric(std::make_unique<ProbingMetric>(*p, ProbingMetric::AtEnd));
    });
    add("the destructor of a value in an old snapshot", [](P p) {
        p->recorder->registerMetric(std::make_unique<ProbingMetric>(*p, ProbingMetric::InValue));
        p->recorder->metricSnapshots();
        p->recorder->metricSnapshots();
    });
    add("the destructor of an event", [](P p) {
        p->recorder->registerEvent(valueThatProbes(p));
        p->recorder->flush();
    });
    add("the destructor of an event that is refused", [](P p) {
        p->recorder->stop().waitForFinished();
        p->recorder->registerEvent(valueThatProbes(p));
    });
    add("the destructor of an event that is left over", [](P p) {
        RecorderOptions options;
        options.stopTimeout = 0ms;
        auto recorder = std::make_unique<Recorder>(QStringLiteral("by hand"), options);
        recorder->registerEvent(valueThatProbes(p));
        recorder->stop();
    });
    add("the destructor of an event that a removed recorder leaves over", [](P p) {
        RecorderOptions options;
        options.stopTimeout = 0ms;
        const auto gate = std::make_shared<Gate>();
        auto recorder = p->runtime.createRecorder(QStringLiteral("leaving"), options);
        p->recorder->registerMetric(heldMetric(gate));
        p->recorder->registerEvent(Tick{});
        if (gate->waitUntilEntered())
            recorder->registerEvent(valueThatProbes(p));
        recorder->stop();
        recorder.reset(); // the runtime has the last handle
        gate->open();
        p->runtime.removeRecorder(QStringLiteral("leaving"));
    });
    add("onMetricChanged()", [](P p) {
        p->atChange = true;
        p->recorder->registerMetric(std::make_unique<TickMetric>());
        p->recorder->registerEvent(Tick{});
        p->recorder->flush();
    });
    add("onStopped()", [](P p) {
        p->atStop = true;
        p->recorder->stop().waitForFinished();
    });
    add("stateChanged()", [](P p) {
        QObject::connect(p->recorder.get(), &Recorder::stateChanged, p->recorder.get(),
                         [raw = p.get()] { raw->test(); });
        p->recorder->stop().waitForFinished();
    });
    add("recorderAdded()", [](P p) {
        QObject::connect(
                &p->runtime, &MetricsRuntime::recorderAdded, &p->runtime,
                [raw = p.get()] { raw->test(); }, Qt::DirectConnection);
        p->runtime.createRecorder(QStringLiteral("added"));
    });
    add("recorderRemoved()", [](P p) {
        QObject::connect(
                &p->runtime, &MetricsRuntime::recorderRemoved, &p->runtime,
                [raw = p.get()] { raw->test(); }, Qt::DirectConnection);
        p->runtime.removeRecorder(QStringLiteral("clock"));
    });
}

void tst_UserCode::isCalledWithoutALockHeld()
{
    QFETCH(const Scenario, scenario);
    const auto probe = std::make_shared<Probe>();
    QVERIFY(probe->isReady());

    scenario(probe);

    QTRY_VERIFY_WITH_TIMEOUT(probe->free + probe->held > 0, 30'000);
    QCOMPARE(probe->held.load(), 0);
    probe->runtime.shutdown();
    VERIFY_ALL_HANDLED(*probe->recorder);
}

// A metric that wants a lock which a producer holds while it waits for room: one of the two must
// give up, and it is the producer, when its time is up.
void tst_UserCode::timesOutWhenItWaitsForABlockedProducer()
{
    RecorderOptions options;
    options.queueMaxSize = 1;
    options.overflowPolicy = OverflowPolicy::Block;
    options.blockTimeout = 50ms;
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), options);
    std::mutex mutex;
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("locker"), [&mutex](const MetricEvent &) {
                std::lock_guard lock(mutex);
            }));

    RegisterResult second = RegisterResult::NotRunning;
    {
        const std::lock_guard lock(mutex);
        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
        second = recorder->registerEvent(Tick{});
    }

    QCOMPARE(second, RegisterResult::Dropped);
    QVERIFY(recorder->flush());
    QCOMPARE(recorder->statistics().dropped, quint64(1));
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

template <std::size_t size, std::size_t alignment = 1>
struct alignas(alignment) Sized
{
    std::array<char, size> bytes{};
};
struct Empty
{
};

// Registers one of them, and tells whether it arrived as it is.
using Arrives = bool (*)(MetricsRuntime &);

template <typename Event>
static bool arrives(MetricsRuntime &runtime)
{
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    bool isIntact = false;
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("witness"), [&isIntact](const MetricEvent &event) {
                const Event *payload = event.as<Event>();
                isIntact = payload && reinterpret_cast<quintptr>(payload) % alignof(Event) == 0;
                if constexpr (!std::is_empty_v<Event>)
                    isIntact = isIntact && payload->bytes.back() == 'z';
            }));
    auto event = std::make_unique<Event>();
    if constexpr (!std::is_empty_v<Event>)
        event->bytes.back() = 'z';
    return recorder->registerEvent(std::move(*event)) == RegisterResult::Accepted
            && recorder->flush() && recorder->stop().result().code() == ErrorCode::NoError
            && isIntact && recorder->statistics().handled == 1;
}

void tst_UserCode::takesEventsOfAnySize_data()
{
    QTest::addColumn<Arrives>("arrives");

    QTest::newRow("empty") << &arrives<Empty>;
    QTest::newRow("1 B") << &arrives<Sized<1>>;
    QTest::newRow("64 B") << &arrives<Sized<64>>;
    QTest::newRow("64 B, over-aligned") << &arrives<Sized<64, 64>>;
    QTest::newRow("16 B, over-aligned to 4 KiB") << &arrives<Sized<16, 4096>>;
    QTest::newRow("4 KiB") << &arrives<Sized<4096>>;
    QTest::newRow("1 MiB") << &arrives<Sized<1024 * 1024>>;
}

void tst_UserCode::takesEventsOfAnySize()
{
    QFETCH(const Arrives, arrives);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());

    QVERIFY(arrives(runtime));
}

void tst_UserCode::takesEventsWhoseDestructorRegistersMore()
{
    constexpr int generations = 100;
    struct Parent
    {
        std::shared_ptr<void> atEnd;
    };
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    std::atomic<int> left = generations;
    std::function<void()> bear = [&] {
        if (left.fetch_sub(1) > 0)
            recorder->registerEvent(
                    Parent{ std::shared_ptr<void>(nullptr, [&](void *) { bear(); }) });
    };

    bear();
    QTRY_COMPARE(recorder->statistics().handled, quint64(generations));

    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_UserCode)
#include "tst_usercode.moc"

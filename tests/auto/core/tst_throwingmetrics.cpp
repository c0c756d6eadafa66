// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/messagelog.h"
#include "shared/producers.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <stdexcept>

using namespace Recorders;
using namespace Testing;

// Metrics and hooks that throw now and then, or always, while threads register: the others notice
// nothing, and the log stays short. What is kept of an error is tested in tst_recorder_quarantine.
class tst_ThrowingMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // handleEvent()
    void countsExactlyUnderAFlood_data();
    void countsExactlyUnderAFlood();
    void logsTheFirstErrorOnly();

    // acceptsType()
    void sparesAMetricThatCannotSayWhatItAccepts();
    void asksAQuarantinedMetricNothing();
    void survivesCallsFromAcceptsType_data();
    void survivesCallsFromAcceptsType();

    // onMetricChanged()
    void logsTheFirstErrorOfAHookOnly();

    // the message handler
    void survivesItsMessageHandler_data();
    void survivesItsMessageHandler();

private:
    std::unique_ptr<MessageLog> m_messages;
};

namespace {

using Throw = void (*)();
using When = bool (*)(int call); // 1: the first

[[noreturn]] void throwException()
{
    throw std::runtime_error("disk on fire");
}

RecorderOptions optionsWithLimit(int limit)
{
    RecorderOptions options = optionsFor(64, OverflowPolicy::Block); // accepts all
    options.metricFailureLimit = limit;
    return options;
}

class ThrowingMetric : public TypedMetric<Sequenced>
{
public:
    ThrowingMetric(Throw throwIt, When when)
        : TypedMetric(QStringLiteral("thrower"))
        , m_throw(throwIt)
        , m_when(when)
    {
    }

    bool handle(const Sequenced &) override
    {
        if (m_when(++m_calls))
            m_throw();
        return true;
    }
    MetricSnapshot snapshot() const override
    {
        return MetricSnapshot(name()).add(QStringLiteral("calls"), m_calls);
    }

private:
    const Throw m_throw;
    const When m_when;
    int m_calls = 0;
};

// Does in acceptsType() what the test says.
class SelectiveMetric : public TickMetric
{
public:
    explicit SelectiveMetric(std::function<void()> select)
        : TickMetric(QStringLiteral("selective"))
        , m_select(std::move(select))
    {
    }

protected:
    bool acceptsType(const Internal::EventType &type) const override
    {
        m_select();
        return TickMetric::acceptsType(type);
    }

private:
    const std::function<void()> m_select;
};

} // namespace

void tst_ThrowingMetrics::init()
{
    m_messages = std::make_unique<MessageLog>();
}

void tst_ThrowingMetrics::cleanup()
{
    m_messages.reset();
}

void tst_ThrowingMetrics::countsExactlyUnderAFlood_data()
{
    QTest::addColumn<Throw>("throwIt");
    QTest::addColumn<When>("when");
    QTest::addColumn<int>("calls");
    QTest::addColumn<int>("errors");
    QTest::addColumn<int>("messages");

    const std::pair<const char *, Throw> kinds[] = {
        { "std::exception", &throwException },
        { "int",
          [] {
              throw 42;
          } },
        { "std::bad_alloc",
          [] {
              throw std::bad_alloc();
          } },
    };
    for (const auto &[kind, throwIt] : kinds) {
        QTest::addRow("%s on the first event", kind)
                << throwIt << When([](int call) { return call == 1; }) << 5000 << 1 << 1;
        QTest::addRow("%s on every event", kind)
                << throwIt << When([](int) { return true; }) << 10 << 10 << 2; // in quarantine
        QTest::addRow("%s on every 1000th event", kind)
                << throwIt << When([](int call) { return call % 1000 == 0; }) << 5000 << 5 << 1;
    }
}

void tst_ThrowingMetrics::countsExactlyUnderAFlood()
{
    QFETCH(const Throw, throwIt);
    QFETCH(const When, when);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsWithLimit(10));
    recorder->registerMetric(std::make_unique<ThrowingMetric>(throwIt, when));
    Producers producers(recorder); // with a metric that comes after that one

    producers.start(2, 2500);
    producers.finish();
    QVERIFY(runtime.shutdown());

    VERIFY_AGREEMENT(producers);
    const RecorderStatistics statistics = recorder->statistics();
    QCOMPARE(statistics.handled, quint64(5000));
    QTEST(int(statistics.metricErrors), "errors");
    QTEST(int(valueOf(recorder->latestSnapshots(), QStringLiteral("thrower"), u"calls")), "calls");
    QTEST(int(m_messages->messages().size()), "messages");
    QCOMPARE(m_messages->text(QStringLiteral("recorders.core.")), QByteArray());
}

void tst_ThrowingMetrics::logsTheFirstErrorOnly()
{
    constexpr quint32 count = 2000;
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsWithLimit(1'000'000));
    recorder->registerMetric(
            std::make_unique<ThrowingMetric>(&throwException, [](int) { return true; }));
    Producers producers(recorder);

    producers.start(1, count);
    producers.finish();
    QVERIFY(runtime.shutdown());

    QCOMPARE(recorder->statistics().metricErrors, quint64(count));
    QCOMPARE(m_messages->messages().size(), 1);
    QVERIFY(m_messages->text().contains("disk on fire"));
    QVERIFY(recorder->lastError().message().contains(QStringLiteral("disk on fire")));
    VERIFY_AGREEMENT(producers);
}

void tst_ThrowingMetrics::sparesAMetricThatCannotSayWhatItAccepts()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<SelectiveMetric>(&throwException));
    recorder.registerMetric(tickMetric(log));

    for (int i = 0; i < 100; ++i)
        recorder.registerEvent(Tick{ i });
    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();

    QCOMPARE(log->size(), 100);
    QCOMPARE(valueOf(snapshots, QStringLiteral("selective"), u"total"), 0);
    const QString said = snapshotOf(snapshots, QStringLiteral("selective")).errorString();
    QVERIFY2(said.contains(QStringLiteral("acceptsType()")), qPrintable(said));
    QCOMPARE(recorder.statistics().metricErrors, quint64(1)); // asked once per type of event
    QCOMPARE(m_messages->messages().size(), 1);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_ThrowingMetrics::asksAQuarantinedMetricNothing()
{
    Recorder recorder(QStringLiteral("clock"), optionsWithLimit(3));
    recorder.registerMetric(std::make_unique<SelectiveMetric>(&throwException));

    for (int i = 0; i < 10; ++i) {
        recorder.registerEvent(Tick{});
        QVERIFY(recorder.flush()); // so that types are asked for anew
    }

    QCOMPARE(recorder.statistics().metricErrors, quint64(3));
    QCOMPARE(m_messages->messages().size(), 2);
    VERIFY_ALL_HANDLED(recorder);
}

using Call = void (*)(Recorder &);

void tst_ThrowingMetrics::survivesCallsFromAcceptsType_data()
{
    QTest::addColumn<Call>("call");

    QTest::newRow("registerEvent()")
            << Call([](Recorder &recorder) { recorder.registerEvent(Tock{}); });
    QTest::newRow("flush()") << Call([](Recorder &recorder) { recorder.flush(); });
    QTest::newRow("metricSnapshots()")
            << Call([](Recorder &recorder) { recorder.metricSnapshots(); });
    QTest::newRow("registerMetric()") << Call([](Recorder &recorder) {
        recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")));
    });
    QTest::newRow("removeMetric() of itself")
            << Call([](Recorder &recorder) { recorder.removeMetric(QStringLiteral("selective")); });
    QTest::newRow("removeMetric() of another one")
            << Call([](Recorder &recorder) { recorder.removeMetric(QStringLiteral("first")); });
    QTest::newRow("resetMetrics()") << Call([](Recorder &recorder) { recorder.resetMetrics(); });
}

void tst_ThrowingMetrics::survivesCallsFromAcceptsType()
{
    QFETCH(const Call, call);
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"), optionsFor(64, OverflowPolicy::Drop));
    recorder.registerMetric(std::make_unique<TickMetric>(QStringLiteral("first")));
    recorder.registerMetric(std::make_unique<SelectiveMetric>([&] { call(recorder); }));
    recorder.registerMetric(tickMetric(log, QStringLiteral("last")));

    recorder.registerEvent(Tick{ 1 });
    QVERIFY(recorder.flush());
    recorder.registerEvent(Tick{ 2 });
    QVERIFY(recorder.flush());
    recorder.stop().waitForFinished();

    QCOMPARE(log->entries(), QList<int>({ 1, 2 }));
    QCOMPARE(recorder.statistics().metricErrors, quint64(0));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_ThrowingMetrics::logsTheFirstErrorOfAHookOnly()
{
    constexpr quint32 count = 2000;
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder<HookedRecorder>(
            QStringLiteral("clock"), optionsFor(64, OverflowPolicy::Block), HookedRecorder::Hook(),
            HookedRecorder::Hook(), [](const Metric &, const MetricEvent &) { throwException(); });
    Producers producers(recorder);

    producers.start(2, count / 2);
    producers.finish();
    QVERIFY(runtime.shutdown());

    QCOMPARE(m_messages->messages().size(), 1);
    QVERIFY(m_messages->text().contains("onMetricChanged()"));
    QCOMPARE(recorder->lastError().code(), ErrorCode::HookFailed);
    QCOMPARE(recorder->statistics().handled, quint64(count));
    VERIFY_AGREEMENT(producers);
}

namespace {

// What the message handler does; in the recorder's thread.
Recorder *told = nullptr;

void throwFromHandler(QtMsgType, const QMessageLogContext &, const QString &)
{
    throwException();
}

void callBackFromHandler(QtMsgType, const QMessageLogContext &, const QString &)
{
    told->registerEvent(Tock{});
    told->metricSnapshots();
    told->flush();
    told->removeMetric(QStringLiteral("thrower"));
    told->stop();
}

} // namespace

void tst_ThrowingMetrics::survivesItsMessageHandler_data()
{
    QTest::addColumn<QtMessageHandler>("handler");

    QTest::newRow("throws") << &throwFromHandler;
    QTest::newRow("calls back") << &callBackFromHandler;
}

void tst_ThrowingMetrics::survivesItsMessageHandler()
{
    QFETCH(const QtMessageHandler, handler);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsWithLimit(10));
    told = recorder.get();
    Producers producers(recorder);
    recorder->registerMetric(
            std::make_unique<ThrowingMetric>(&throwException, [](int) { return true; }));
    const QtMessageHandler previous = qInstallMessageHandler(handler);

    producers.start(2, 500);
    producers.finish();
    const bool isShutDown = runtime.shutdown();
    qInstallMessageHandler(previous);

    QVERIFY(isShutDown);
    VERIFY_ALL_HANDLED(*recorder);
    QVERIFY(recorder->statistics().metricErrors > 0);
    QCOMPARE(snapshotOf(recorder->latestSnapshots(), QStringLiteral("sequences")).name(),
             QStringLiteral("sequences"));
}

QTEST_GUILESS_MAIN(tst_ThrowingMetrics)
#include "tst_throwingmetrics.moc"

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
    void doesACallByHandOrSaysThatItCannot_data();
    void doesACallByHandOrSaysThatItCannot();

private:
    std::unique_ptr<MessageLog> m_messages;
};

namespace {

struct Large
{
    std::array<char, 1000> bytes{};
};

const std::vector<int> numbers{ 1, 2, 3 };
const MetricEvent largeEvent{ Large() };

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

int main(int argc, char **argv)
{
    return runWithoutGLib<tst_OutOfMemory>(argc, argv);
}

#include "tst_outofmemory.moc"

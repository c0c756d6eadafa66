// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"
#include "throwingmetric.h"

#include <recorders/core/recorder.h>

#include <QTest>

#include <stdexcept>

using namespace Recorders;
using namespace Testing;

// All in one thread. Every failure is logged in a category of the library, so these tests look
// at the log instead of failing on warnings.
class tst_Recorder_Failures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // FailRecorder
    void failsWithItsMetricWhenTold();
    void bringsWhatIsPendingToTheOthersWhenItFails();
    void refusesEventsOnceFailed();

    // hooks that throw
    void failsToStartWithItsHook();
    void holdsNoEventsWhenItFailsToStart();
    void runsOnAfterAThrowingChangeHook();
    void stopsDespiteAThrowingHook();

    // events that cannot be stored
    void rejectsAnEventWhoseCopyThrows();
    void rejectsALargeEventWithoutMemory();
    void takesASmallEventWithoutMemory();

private:
    std::unique_ptr<MessageLog> m_messages;
};

void tst_Recorder_Failures::init()
{
    m_messages = std::make_unique<MessageLog>();
}

void tst_Recorder_Failures::cleanup()
{
    const QByteArray foreign = m_messages->text(QStringLiteral("recorders."));
    m_messages.reset();
    QVERIFY2(foreign.isEmpty(), foreign.constData());
}

namespace {

struct FailingRecorder : Recorder
{
    FailingRecorder()
        : Recorder(QStringLiteral("clock"), failRecorder())
    {
        registerMetric(tickMetric(log));
        registerMetric(std::make_unique<ThrowingMetric>(Throws::StandardException,
                                                        ThrowingMetric::InHandleEvent));
    }

    static RecorderOptions failRecorder()
    {
        RecorderOptions options;
        options.metricFailurePolicy = MetricFailurePolicy::FailRecorder;
        return options;
    }

    const std::shared_ptr<TickLog> log = std::make_shared<TickLog>();
};

} // namespace

void tst_Recorder_Failures::failsWithItsMetricWhenTold()
{
    QList<Error> errors;
    FailingRecorder recorder;
    connect(&recorder, &Recorder::failed, this, [&](const Error &error) { errors.append(error); });

    recorder.registerEvent(Tick{});

    QTRY_COMPARE(recorder.state(), RecorderState::Failed);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.constFirst().code(), ErrorCode::MetricFailed);
    QVERIFY(errors.constFirst().message().contains(QStringLiteral("thrower")));
    QCOMPARE(recorder.lastError(), errors.constFirst());
}

void tst_Recorder_Failures::bringsWhatIsPendingToTheOthersWhenItFails()
{
    FailingRecorder recorder;
    for (int i = 0; i < 5; ++i)
        recorder.registerEvent(Tick{ i });

    QTRY_COMPARE(recorder.state(), RecorderState::Failed);

    QCOMPARE(recorder.log->entries(), QList<int>({ 0, 1, 2, 3, 4 }));
    QCOMPARE(valueOf(recorder.latestSnapshots(), QStringLiteral("ticks"), u"total"), 5);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Failures::refusesEventsOnceFailed()
{
    FailingRecorder recorder;
    recorder.registerEvent(Tick{});
    QTRY_COMPARE(recorder.state(), RecorderState::Failed);

    QCOMPARE(recorder.registerEvent(Tick{}), RegisterResult::NotRunning);

    QCOMPARE(recorder.statistics().notRunning, quint64(1));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Failures::failsToStartWithItsHook()
{
    HookedRecorder recorder(QStringLiteral("clock"));
    recorder.starting = [] {
        throw std::runtime_error("no such device");
    };

    const Error error = recorder.start().result();

    QCOMPARE(error.code(), ErrorCode::HookFailed);
    QVERIFY2(error.message().contains(QStringLiteral("no such device")),
             qPrintable(error.message()));
    QCOMPARE(recorder.lastError(), error);
    QCOMPARE(recorder.state(), RecorderState::Failed);
}

void tst_Recorder_Failures::holdsNoEventsWhenItFailsToStart()
{
    const auto log = std::make_shared<TickLog>();
    HookedRecorder recorder(QStringLiteral("clock"));
    recorder.starting = [] {
        throw 42;
    };
    recorder.registerMetric(tickMetric(log));

    QCOMPARE(recorder.registerEvent(Tick{}), RegisterResult::Accepted);
    QTRY_COMPARE(recorder.state(), RecorderState::Failed);

    QCOMPARE(log->size(), 1);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Failures::runsOnAfterAThrowingChangeHook()
{
    const auto log = std::make_shared<TickLog>();
    HookedRecorder recorder(QStringLiteral("clock"));
    recorder.changed = [](const Metric &, const MetricEvent &) {
        throw std::runtime_error("hook on fire");
    };
    recorder.registerMetric(tickMetric(log));

    for (int i = 0; i < 3; ++i)
        recorder.registerEvent(Tick{ i });
    QVERIFY(recorder.flush());

    QCOMPARE(log->size(), 3);
    QCOMPARE(recorder.state(), RecorderState::Running);
    QCOMPARE(recorder.lastError().code(), ErrorCode::HookFailed);
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Failures::stopsDespiteAThrowingHook()
{
    const auto log = std::make_shared<TickLog>();
    HookedRecorder recorder(QStringLiteral("clock"));
    recorder.stopped = [] {
        throw std::runtime_error("hook on fire");
    };
    recorder.registerMetric(tickMetric(log));
    recorder.registerEvent(Tick{});

    const Error error = recorder.stop().result();

    QCOMPARE(error.code(), ErrorCode::HookFailed);
    QCOMPARE(recorder.state(), RecorderState::Stopped);
    QCOMPARE(log->size(), 1);
    VERIFY_ALL_HANDLED(recorder);
}

namespace {

struct ThrowingCopy
{
    ThrowingCopy() = default;
    ThrowingCopy(const ThrowingCopy &) { throw std::runtime_error("no copy"); }
    ThrowingCopy(ThrowingCopy &&) noexcept = default;
};

struct LargeEvent
{
    std::array<char, 1000> bytes{};
};

} // namespace

void tst_Recorder_Failures::rejectsAnEventWhoseCopyThrows()
{
    const auto log = std::make_shared<TickLog>();
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(tickMetric(log));
    const ThrowingCopy event;

    const RegisterResult copied = recorder.registerEvent(event);
    const RegisterResult moved = recorder.registerEvent(ThrowingCopy());
    recorder.registerEvent(Tick{ 42 });
    QVERIFY(recorder.flush());

    QCOMPARE(copied, RegisterResult::Rejected);
    QCOMPARE(moved, RegisterResult::Accepted);
    QCOMPARE(recorder.statistics().rejected, quint64(1));
    QCOMPARE(log->entries(), QList<int>{ 42 });
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Failures::rejectsALargeEventWithoutMemory()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.start();

    RegisterResult result = RegisterResult::Accepted;
    {
        const FailingAllocations failing;
        result = recorder.registerEvent(LargeEvent());
    }
    recorder.registerEvent(LargeEvent());
    QVERIFY(recorder.flush());

    QCOMPARE(result, RegisterResult::Rejected);
    QCOMPARE(recorder.statistics().handled, quint64(1));
    VERIFY_ALL_HANDLED(recorder);
}

void tst_Recorder_Failures::takesASmallEventWithoutMemory()
{
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    int accepted = 0;
    {
        const FailingAllocations failing;
        for (int i = 0; i < 1000; ++i)
            accepted += recorder.registerEvent(Tick{}) == RegisterResult::Accepted ? 1 : 0;
    }
    recorder.registerEvent(Tick{});
    QTRY_COMPARE(recorder.statistics().pending, quint64(0));

    QVERIFY(accepted > 0);
    QCOMPARE(recorder.statistics().handled, quint64(accepted) + 2);
    VERIFY_ALL_HANDLED(recorder);
}

QTEST_GUILESS_MAIN(tst_Recorder_Failures)
#include "tst_recorder_failures.moc"

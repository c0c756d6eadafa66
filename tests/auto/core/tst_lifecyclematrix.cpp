// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"
#include "shared/threadsleep.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QMetaEnum>
#include <QTest>

#include <stdexcept>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Every call in every state, from another thread than the recorder's. The tables are the
// specification: what the call answers, and in which state everything ends once the thread, held
// in the states on the way, goes on.
class tst_LifecycleMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recorderAnswers_data();
    void recorderAnswers();
    void runtimeAnswers_data();
    void runtimeAnswers();
};

template <typename Enum>
static QString keyOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

static QString textOf(bool answer)
{
    return answer ? QStringLiteral("true") : QStringLiteral("false");
}

namespace {

// A recorder in one of its states, with the metric "ticks" and, in Starting and Stopping, its
// thread held.
class RecorderInState
{
public:
    explicit RecorderInState(RecorderState state)
        : m_isHeld(state == RecorderState::Starting || state == RecorderState::Stopping)
    {
        m_recorder->registerMetric(std::make_unique<TickMetric>());
        switch (state) {
        case RecorderState::Created:
            break;
        case RecorderState::Starting:
            m_recorder->starting = [gate = m_gate] {
                gate->pass();
            };
            m_recorder->start();
            break;
        case RecorderState::Running:
            m_recorder->start().waitForFinished();
            break;
        case RecorderState::Stopping:
            m_recorder->registerMetric(heldMetric(m_gate));
            m_recorder->registerEvent(Tick{});
            break;
        case RecorderState::Stopped:
            m_recorder->start().waitForFinished();
            m_recorder->stop().waitForFinished();
            break;
        case RecorderState::Failed:
            m_recorder->starting = [] {
                throw std::runtime_error("no such device");
            };
            m_recorder->start().waitForFinished();
            break;
        }
        m_isReached = !m_isHeld || m_gate->waitUntilEntered();
        if (state == RecorderState::Stopping)
            m_recorder->stop();
    }

    bool isReached() const { return m_isReached; }
    bool isHeld() const { return m_isHeld; }
    void release() { m_gate->open(); }
    HookedRecorder &recorder() { return *m_recorder; }

    // What the call answered; "waits" if it does so until the thread goes on.
    QString answerOf(QFuture<Error> future)
    {
        const bool waits = m_isHeld && !future.isFinished();
        release();
        future.waitForFinished();
        return (waits ? QStringLiteral("waits, ") : QString()) + keyOf(future.result().code());
    }

private:
    // Short where nothing comes until the gate opens, and more than enough where something does.
    static RecorderOptions timeouts(bool isHeld)
    {
        RecorderOptions options;
        options.snapshotTimeout = isHeld ? 10ms : 30s;
        return options;
    }

    const std::shared_ptr<Gate> m_gate = std::make_shared<Gate>();
    const bool m_isHeld;
    bool m_isReached = false;
    Hosted<HookedRecorder> m_recorder{ QStringLiteral("clock"), timeouts(m_isHeld) };
    GateOpener m_opener{ m_gate };
};

struct RecorderCall
{
    const char *name;
    QString (*perform)(RecorderInState &subject);
};

const RecorderCall recorderCalls[] = {
    { "start",
      [](RecorderInState &s) {
          return s.answerOf(s.recorder().start());
      } },
    { "stop",
      [](RecorderInState &s) {
          return s.answerOf(s.recorder().stop());
      } },
    { "flush",
      [](RecorderInState &s) {
          return textOf(s.recorder().flush(QDeadlineTimer(10ms)));
      } },
    { "registerEvent",
      [](RecorderInState &s) {
          return keyOf(s.recorder().registerEvent(Tick{}));
      } },
    { "registerMetric",
      [](RecorderInState &s) {
          return textOf(
                  s.recorder().registerMetric(std::make_unique<TickMetric>(QStringLiteral("new"))));
      } },
    { "removeMetric",
      [](RecorderInState &s) {
          return textOf(s.recorder().removeMetric(QStringLiteral("ticks")));
      } },
    { "metricSnapshots",
      [](RecorderInState &s) {
          return QString::number(s.recorder().metricSnapshots().size());
      } },
    { "latestSnapshots",
      [](RecorderInState &s) {
          return QString::number(s.recorder().latestSnapshots().size());
      } },
    { "statistics",
      [](RecorderInState &s) {
          return textOf(isConserved(s.recorder().statistics()));
      } },
};

struct RecorderRow
{
    RecorderState from;
    const char *call;
    const char *answer;
    RecorderState to;
};

using RS = RecorderState;
const RecorderRow recorderRows[] = {
    { RS::Created, "start", "NoError", RS::Running },
    { RS::Created, "stop", "NoError", RS::Stopped },
    { RS::Created, "flush", "true", RS::Created },
    { RS::Created, "registerEvent", "Accepted", RS::Running },
    { RS::Created, "registerMetric", "true", RS::Created },
    { RS::Created, "removeMetric", "true", RS::Created },
    { RS::Created, "metricSnapshots", "0", RS::Created },
    { RS::Created, "latestSnapshots", "0", RS::Created },
    { RS::Created, "statistics", "true", RS::Created },

    { RS::Starting, "start", "waits, NoError", RS::Running },
    { RS::Starting, "stop", "waits, NoError", RS::Stopped },
    { RS::Starting, "flush", "true", RS::Running },
    { RS::Starting, "registerEvent", "Accepted", RS::Running },
    { RS::Starting, "registerMetric", "true", RS::Running },
    { RS::Starting, "removeMetric", "true", RS::Running },
    { RS::Starting, "metricSnapshots", "0", RS::Running }, // the latest, with a warning
    { RS::Starting, "latestSnapshots", "0", RS::Running },
    { RS::Starting, "statistics", "true", RS::Running },

    { RS::Running, "start", "NoError", RS::Running },
    { RS::Running, "stop", "NoError", RS::Stopped },
    { RS::Running, "flush", "true", RS::Running },
    { RS::Running, "registerEvent", "Accepted", RS::Running },
    { RS::Running, "registerMetric", "true", RS::Running },
    { RS::Running, "removeMetric", "true", RS::Running },
    { RS::Running, "metricSnapshots", "1", RS::Running },
    { RS::Running, "latestSnapshots", "1", RS::Running },
    { RS::Running, "statistics", "true", RS::Running },

    { RS::Stopping, "start", "waits, NoError", RS::Running }, // once it has stopped
    { RS::Stopping, "stop", "waits, NoError", RS::Stopped },
    { RS::Stopping, "flush", "false", RS::Stopped },
    { RS::Stopping, "registerEvent", "NotRunning", RS::Stopped },
    { RS::Stopping, "registerMetric", "true", RS::Stopped },
    { RS::Stopping, "removeMetric", "true", RS::Stopped },
    { RS::Stopping, "metricSnapshots", "0", RS::Stopped }, // the latest, with a warning
    { RS::Stopping, "latestSnapshots", "0", RS::Stopped },
    { RS::Stopping, "statistics", "true", RS::Stopped },

    { RS::Stopped, "start", "NoError", RS::Running },
    { RS::Stopped, "stop", "NoError", RS::Stopped },
    { RS::Stopped, "flush", "true", RS::Stopped },
    { RS::Stopped, "registerEvent", "NotRunning", RS::Stopped },
    { RS::Stopped, "registerMetric", "true", RS::Stopped },
    { RS::Stopped, "removeMetric", "true", RS::Stopped },
    { RS::Stopped, "metricSnapshots", "1", RS::Stopped },
    { RS::Stopped, "latestSnapshots", "1", RS::Stopped },
    { RS::Stopped, "statistics", "true", RS::Stopped },

    { RS::Failed, "start", "HookFailed", RS::Failed }, // it tries again
    { RS::Failed, "stop", "NoError", RS::Failed },
    { RS::Failed, "flush", "true", RS::Failed },
    { RS::Failed, "registerEvent", "NotRunning", RS::Failed },
    { RS::Failed, "registerMetric", "true", RS::Failed },
    { RS::Failed, "removeMetric", "true", RS::Failed },
    { RS::Failed, "metricSnapshots", "1", RS::Failed },
    { RS::Failed, "latestSnapshots", "1", RS::Failed },
    { RS::Failed, "statistics", "true", RS::Failed },
};

} // namespace

void tst_LifecycleMatrix::recorderAnswers_data()
{
    QTest::addColumn<RecorderState>("from");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<RecorderState>("to");

    for (const RecorderRow &row : recorderRows) {
        QTest::addRow("%s in %s", row.call, qPrintable(keyOf(row.from)))
                << row.from << QString::fromLatin1(row.call) << QString::fromLatin1(row.answer)
                << row.to;
    }
}

void tst_LifecycleMatrix::recorderAnswers()
{
    QFETCH(const RecorderState, from);
    QFETCH(const QString, call);
    QFETCH(const QString, answer);
    QFETCH(const RecorderState, to);
    const MessageLog messages;
    RecorderInState subject(from);
    QVERIFY(subject.isReached());
    QCOMPARE(subject.recorder().state(), from);

    QString actual;
    for (const RecorderCall &each : recorderCalls) {
        if (call == QLatin1StringView(each.name))
            actual = each.perform(subject);
    }
    const bool staysInState = actual.contains(QStringLiteral("Error")) || !subject.isHeld()
            || subject.recorder().state() == from;
    subject.release();

    QCOMPARE(actual, answer);
    QVERIFY(staysInState);
    QTRY_COMPARE(subject.recorder().state(), to);
    QTRY_COMPARE(subject.recorder().statistics().pending, quint64(0));
    VERIFY_CONSERVED(subject.recorder());
    QCOMPARE(messages.text(QStringLiteral("recorders.")), QByteArray());
}

namespace {

// A runtime in one of its states, with the recorder "clock" from Running on; on the way to a
// state another thread makes the call that is held.
class RuntimeInState
{
public:
    explicit RuntimeInState(RuntimeState state)
        : m_isHeld(state == RuntimeState::Starting || state == RuntimeState::Stopping)
    {
        QObject::connect(
                &runtime, &MetricsRuntime::stateChanged, &runtime,
                [this, state](RuntimeState reached) {
                    if (m_isHeld && reached == state)
                        m_gate->pass();
                },
                Qt::DirectConnection);
        if (state == RuntimeState::Starting) {
            m_caller = std::thread([this] { runtime.start(); });
        } else if (state != RuntimeState::Created) {
            runtime.start();
            runtime.createRecorder(QStringLiteral("clock"));
        }
        if (state == RuntimeState::Stopping)
            m_caller = std::thread([this] { runtime.shutdown(); });
        else if (state == RuntimeState::Stopped)
            runtime.shutdown();
        m_isReached = !m_isHeld || m_gate->waitUntilEntered();
    }
    ~RuntimeInState() { release(); }

    RuntimeInState(const RuntimeInState &) = delete;
    RuntimeInState &operator=(const RuntimeInState &) = delete;

    bool isReached() const { return m_isReached; }
    void release()
    {
        m_gate->open();
        if (m_caller.joinable())
            m_caller.join();
    }

    // What a call from another thread answered; "waits" if it does so until the gate opens. Who does
    // not expect that gives it all the time that it may need.
    QString answerOf(const std::function<QString()> &call, bool isExpectedToWait)
    {
        Latch isDone;
        ThreadSleep sleep;
        QString answer;
        std::thread caller([&] {
            sleep.follow();
            answer = call();
            isDone.set();
        });
        const bool waits =
                m_isHeld && (isExpectedToWait ? sleep.comesBefore(isDone) : !isDone.wait());
        if (waits)
            release();
        caller.join();
        release();
        return (waits ? QStringLiteral("waits, ") : QString()) + answer;
    }

    MetricsRuntime runtime{ QStringLiteral("test") };

private:
    const std::shared_ptr<Gate> m_gate = std::make_shared<Gate>();
    const bool m_isHeld;
    bool m_isReached = false;
    std::thread m_caller;
};

struct RuntimeCall
{
    const char *name;
    QString (*perform)(MetricsRuntime &runtime);
};

QString outcomeOf(bool isDone, const Error &error)
{
    return isDone ? textOf(true) : keyOf(error.code());
}

const RuntimeCall runtimeCalls[] = {
    { "start",
      [](MetricsRuntime &runtime) {
          Error error;
          const bool isDone = runtime.start(&error);
          return outcomeOf(isDone, error);
      } },
    { "shutdown",
      [](MetricsRuntime &runtime) {
          Error error;
          const bool isDone = runtime.shutdown(&error);
          return outcomeOf(isDone, error);
      } },
    { "createRecorder",
      [](MetricsRuntime &runtime) {
          Error error;
          const bool isDone = runtime.createRecorder(QStringLiteral("new"), {}, &error) != nullptr;
          return outcomeOf(isDone, error);
      } },
    { "removeRecorder",
      [](MetricsRuntime &runtime) {
          Error error;
          const bool isDone = runtime.removeRecorder(QStringLiteral("clock"), &error);
          return outcomeOf(isDone, error);
      } },
    { "recorder",
      [](MetricsRuntime &runtime) {
          return textOf(runtime.recorder(QStringLiteral("clock")) != nullptr);
      } },
    { "recorderIds",
      [](MetricsRuntime &runtime) {
          return QString::number(runtime.recorderIds().size());
      } },
    { "changesSince",
      [](MetricsRuntime &runtime) {
          QFuture<SnapshotUpdate> future = runtime.snapshotSource()->changesSince(0);
          future.waitForFinished();
          return future.resultCount() == 1 ? QString::number(future.result().recorders.size())
                                           : QStringLiteral("nothing");
      } },
};

struct RuntimeRow
{
    RuntimeState from;
    const char *call;
    const char *answer;
    RuntimeState to;
};

using US = RuntimeState;
const RuntimeRow runtimeRows[] = {
    { US::Created, "start", "true", US::Running },
    { US::Created, "shutdown", "true", US::Stopped },
    { US::Created, "createRecorder", "InvalidState", US::Created },
    { US::Created, "removeRecorder", "NotFound", US::Created },
    { US::Created, "recorder", "false", US::Created },
    { US::Created, "recorderIds", "0", US::Created },
    { US::Created, "changesSince", "0", US::Created },

    { US::Starting, "start", "waits, true", US::Running },
    { US::Starting, "shutdown", "waits, true", US::Stopped },
    { US::Starting, "recorder", "false", US::Running },
    { US::Starting, "recorderIds", "0", US::Running },

    { US::Running, "start", "true", US::Running },
    { US::Running, "shutdown", "true", US::Stopped },
    { US::Running, "createRecorder", "true", US::Running },
    { US::Running, "removeRecorder", "true", US::Running },
    { US::Running, "recorder", "true", US::Running },
    { US::Running, "recorderIds", "1", US::Running },
    { US::Running, "changesSince", "1", US::Running },

    { US::Stopping, "start", "InvalidState", US::Stopped },
    { US::Stopping, "shutdown", "waits, true", US::Stopped },
    { US::Stopping, "createRecorder", "InvalidState", US::Stopped },
    { US::Stopping, "recorder", "true", US::Stopped },
    { US::Stopping, "recorderIds", "1", US::Stopped },

    { US::Stopped, "start", "InvalidState", US::Stopped }, // it stays closed
    { US::Stopped, "shutdown", "true", US::Stopped },
    { US::Stopped, "createRecorder", "InvalidState", US::Stopped },
    { US::Stopped, "removeRecorder", "true", US::Stopped },
    { US::Stopped, "recorder", "true", US::Stopped }, // its last snapshots stay readable
    { US::Stopped, "recorderIds", "1", US::Stopped },
    { US::Stopped, "changesSince", "1", US::Stopped },
};

} // namespace

void tst_LifecycleMatrix::runtimeAnswers_data()
{
    QTest::addColumn<RuntimeState>("from");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<RuntimeState>("to");

    for (const RuntimeRow &row : runtimeRows) {
        QTest::addRow("%s in %s", row.call, qPrintable(keyOf(row.from)))
                << row.from << QString::fromLatin1(row.call) << QString::fromLatin1(row.answer)
                << row.to;
    }
}

void tst_LifecycleMatrix::runtimeAnswers()
{
    QFETCH(const RuntimeState, from);
    QFETCH(const QString, call);
    QFETCH(const QString, answer);
    QFETCH(const RuntimeState, to);
    const MessageLog messages;
    RuntimeInState subject(from);
    QVERIFY(subject.isReached());
    QCOMPARE(subject.runtime.state(), from);

    QString actual;
    for (const RuntimeCall &each : runtimeCalls) {
        if (call == QLatin1StringView(each.name))
            actual = subject.answerOf([&] { return each.perform(subject.runtime); },
                                      answer.startsWith(QStringLiteral("waits")));
    }

    QCOMPARE(actual, answer);
    QCOMPARE(subject.runtime.state(), to);
    QCOMPARE(messages.text(QStringLiteral("recorders.")), QByteArray());
}

QTEST_GUILESS_MAIN(tst_LifecycleMatrix)
#include "tst_lifecyclematrix.moc"

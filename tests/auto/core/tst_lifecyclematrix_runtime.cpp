// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "answertext.h"
#include "shared/messagelog.h"
#include "shared/threadsleep.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;

class tst_LifecycleMatrix_Runtime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runtimeAnswers_data();
    void runtimeAnswers();
};

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

void tst_LifecycleMatrix_Runtime::runtimeAnswers_data()
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

void tst_LifecycleMatrix_Runtime::runtimeAnswers()
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

QTEST_GUILESS_MAIN(tst_LifecycleMatrix_Runtime)
#include "tst_lifecyclematrix_runtime.moc"

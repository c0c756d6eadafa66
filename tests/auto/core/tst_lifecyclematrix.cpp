// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "answertext.h"
#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/recorder.h>

#include <QTest>

#include <stdexcept>

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
};

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

QTEST_GUILESS_MAIN(tst_LifecycleMatrix)
#include "tst_lifecyclematrix.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

#include <atomic>
#include <functional>
#include <thread>

using namespace Recorders;
using namespace Testing;

// A recorder that its constructor hands to other threads, before its runtime knows it.
class tst_RecorderMaking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void dropsWhatIsTooMuch();
    void takesMetrics();
    void isStartedAndStoppedByNobodyElse();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

class SharedRecorder : public Recorder
{
public:
    SharedRecorder(const QString &entityId, const RecorderOptions &options,
                   const std::function<void(Recorder &)> &share)
        : Recorder(entityId, options)
    {
        share(*this);
    }
};

// Calls again and again, in a thread of its own, from the constructor of the recorder until
// it is stopped. It has called before the constructor goes on.
class Caller
{
public:
    using Call = std::function<void(Recorder &)>;

    explicit Caller(Call call)
        : m_call(std::move(call))
    {
    }
    ~Caller() { stop(); }
    Caller(const Caller &) = delete;
    Caller &operator=(const Caller &) = delete;

    void start(Recorder &recorder)
    {
        std::atomic<bool> hasCalled = false;
        m_thread = std::thread([this, &recorder, &hasCalled] {
            m_call(recorder);
            hasCalled = true;
            hasCalled.notify_one();
            while (!m_isStopped)
                m_call(recorder);
        });
        hasCalled.wait(false);
    }

    void stop()
    {
        m_isStopped = true;
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    const Call m_call;
    std::atomic<bool> m_isStopped = false;
    std::thread m_thread;
};

constexpr int rounds = 20;

} // namespace

void tst_RecorderMaking::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_RecorderMaking::dropsWhatIsTooMuch()
{
    RecorderOptions options;
    options.queueMaxSize = 2;
    for (int round = 0; round < rounds; ++round) {
        Caller caller([](Recorder &recorder) {
            for (int i = 0; i < 4; ++i)
                recorder.registerEvent(Tick{ 1 });
        });
        const auto recorder = m_runtime->createRecorder<SharedRecorder>(
                QString::number(round), options,
                [&caller](Recorder &shared) { caller.start(shared); });
        caller.stop();

        QVERIFY(recorder);
        QVERIFY(recorder->flush());
        VERIFY_ALL_HANDLED(*recorder);
        QCOMPARE_GE(recorder->statistics().dropped, 2U);
        QCOMPARE(recorder->statistics().rejected, 0U);
    }
}

void tst_RecorderMaking::takesMetrics()
{
    const auto name = QStringLiteral("ticks");
    for (int round = 0; round < rounds; ++round) {
        Caller caller([&name](Recorder &recorder) {
            recorder.removeMetric(name);
            recorder.registerMetric(std::make_unique<TickMetric>());
        });
        const auto recorder = m_runtime->createRecorder<SharedRecorder>(
                QString::number(round), RecorderOptions(),
                [&caller](Recorder &shared) { caller.start(shared); });
        caller.stop();

        QVERIFY(recorder);
        recorder->registerEvent(Tick{ 1 });
        QCOMPARE(valueOf(recorder->metricSnapshots(), name, u"total"), 1);
        SnapshotRequest request; // of this one: an update of all may be cut
        request.entityIds = { recorder->entityId() };
        const SnapshotUpdate update = m_runtime->snapshotSource()->changesSince(request).result();
        QCOMPARE(update.recorders.size(), 1);
        QCOMPARE(valueOf(update.recorders.last().metrics, name, u"total"), 1);
    }
}

void tst_RecorderMaking::isStartedAndStoppedByNobodyElse()
{
    for (int round = 0; round < rounds; ++round) {
        Caller caller([](Recorder &recorder) {
            recorder.registerEvent(Tick{ 1 });
            recorder.start().waitForFinished();
        });
        const auto recorder = m_runtime->createRecorder<SharedRecorder>(
                QString::number(round), RecorderOptions(),
                [&caller](Recorder &shared) { caller.start(shared); });
        caller.stop();

        QVERIFY(recorder);
        QCOMPARE(recorder->state(), RecorderState::Running);
        QVERIFY(recorder->flush());
        VERIFY_ALL_HANDLED(*recorder);
    }
}

QTEST_GUILESS_MAIN(tst_RecorderMaking)

#include "tst_recordermaking.moc"

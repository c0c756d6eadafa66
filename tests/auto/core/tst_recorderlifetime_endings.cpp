// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "recorderlifetimefixture.h"
#include "shared/realtime.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

class tst_RecorderLifetime_Endings : public QObject, protected RecorderLifetimeFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // how it ends
    void handlesWhatItAccepted();
    void saysWhatItLeftOver();
    void tellsThatItWasRemoved();
    void leavesNothingBehindWhenNobodyIsTold();
    void freesItsId();
    void doesNotWaitForAMetricThatHoldsTheThread();
    void endsInTheRuntimesThread();
    void freesItsIdLaterInTheRuntimesThread();
    void endsAfterItWasStopped();

    // all at once
    void survivesRemovalsByOtherThreads();
    void survivesAShutdownByAnotherThread();
};

void tst_RecorderLifetime_Endings::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_RecorderLifetime_Endings::handlesWhatItAccepted()
{
    const auto log = std::make_shared<TickLog>();
    auto recorder = newRecorder();
    recorder->registerMetric(tickMetric(log));
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(recorder->registerEvent(Tick{ i }), RegisterResult::Accepted);

    recorder.reset();

    QVERIFY(newRecorder()); // once that has stopped
    QCOMPARE(log->size(), 1000);
}

void tst_RecorderLifetime_Endings::saysWhatItLeftOver()
{
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral(
                                 "Recorder \"clock\": 1 events were not handled within the "
                                 "stopTimeout of 0 ms")));
    const auto gate = std::make_shared<Gate>();
    RecorderOptions options = untilLastHandle();
    options.stopTimeout = 0ms;
    auto recorder = m_runtime->createRecorder(id, options);
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("slow"), [gate](const MetricEvent &) {
                gate->pass();
                letTimePass(5ms); // longer than a turn of the dispatcher
            }));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    recorder->registerEvent(Tick{});

    recorder.reset();
    gate->open();

    QVERIFY(newRecorder()); // once that has stopped
}

void tst_RecorderLifetime_Endings::tellsThatItWasRemoved()
{
    QSignalSpy removed(m_runtime.get(), &MetricsRuntime::recorderRemoved);
    QSignalSpy changed(m_runtime.get(), &MetricsRuntime::recorderIdsChanged);

    newRecorder().reset();

    QTRY_COMPARE(removed.size(), 1);
    QCOMPARE(removed.constFirst().constFirst().toString(), id);
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(m_runtime->recorderIds(), QStringList());
}

// The thread of the runtime's object may run no event loop.
void tst_RecorderLifetime_Endings::leavesNothingBehindWhenNobodyIsTold()
{
    class CallCounter : public QObject
    {
    public:
        bool eventFilter(QObject *, QEvent *event) override
        {
            count += event->type() == QEvent::MetaCall ? 1 : 0;
            return false;
        }
        int count = 0;
    } calls;
    m_runtime->installEventFilter(&calls);

    for (int i = 0; i < 100; ++i)
        newRecorder().reset();
    QVERIFY(m_runtime->recorderIds().isEmpty());
    const auto last = m_runtime->createRecorder(id); // once all have left
    QVERIFY(last);
    QCoreApplication::sendPostedEvents(m_runtime.get());

    QCOMPARE_LT(calls.count, 10);
}

void tst_RecorderLifetime_Endings::freesItsId()
{
    Error error;
    for (int i = 0; i < 100; ++i) {
        const auto recorder = m_runtime->createRecorder(id, untilLastHandle(), &error);
        QVERIFY2(recorder, qPrintable(error.message()));
        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::Accepted);
    }
}

void tst_RecorderLifetime_Endings::doesNotWaitForAMetricThatHoldsTheThread()
{
    const auto gate = std::make_shared<Gate>();
    auto recorder = newRecorder();
    const GateOpener opener(gate);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());

    recorder.reset();
    const bool isHeld = m_runtime->recorderIds().isEmpty(); // it is leaving
    gate->open();

    QVERIFY(isHeld);
    QVERIFY(newRecorder());
}

void tst_RecorderLifetime_Endings::endsInTheRuntimesThread()
{
    const auto log = std::make_shared<TickLog>();
    auto recorder = newRecorder();
    recorder->registerMetric(tickMetric(log));
    recorder->registerEvent(Tick{ 42 });
    const auto owner = std::make_shared<std::shared_ptr<Recorder>>(std::move(recorder));
    const auto other = m_runtime->createRecorder(QStringLiteral("other"));
    other->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("owner"), [owner](const MetricEvent &) { owner->reset(); }));

    other->registerEvent(Tick{});
    QVERIFY(other->flush());

    QCOMPARE(m_runtime->recorderIds(), QStringList{ QStringLiteral("other") });
    QTRY_COMPARE(log->entries(), QList<int>{ 42 });
    QVERIFY(newRecorder());
}

void tst_RecorderLifetime_Endings::freesItsIdLaterInTheRuntimesThread()
{
    const auto owner = std::make_shared<std::shared_ptr<Recorder>>(newRecorder());
    const auto codes = std::make_shared<Log<ErrorCode>>();
    const auto other = m_runtime->createRecorder(QStringLiteral("other"));
    other->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("owner"),
            [owner, codes, runtime = m_runtime.get()](const MetricEvent &) {
                owner->reset();
                Error error;
                *owner = runtime->createRecorder(id, untilLastHandle(), &error);
                codes->append(error.code());
            }));

    other->registerEvent(Tick{});
    QVERIFY(other->flush());
    QCOMPARE(m_runtime->recorderIds(), QStringList{ QStringLiteral("other") });
    QVERIFY(newRecorder()); // waits until the id is free
    other->registerEvent(Tick{});
    QVERIFY(other->flush());

    QCOMPARE(codes->entries().constFirst(), ErrorCode::AlreadyExists);
}

void tst_RecorderLifetime_Endings::endsAfterItWasStopped()
{
    auto recorder = newRecorder();
    recorder->stop().waitForFinished();

    recorder.reset();

    QCOMPARE(m_runtime->recorderIds(), QStringList());
    QVERIFY(newRecorder());
}

// Several threads remove it: it is removed once, and none of them hangs.
void tst_RecorderLifetime_Endings::survivesRemovalsByOtherThreads()
{
    constexpr int rounds = 300;
    std::atomic<int> made = 0;
    std::atomic<bool> isDone = false;
    const auto log = std::make_shared<TickLog>();
    std::thread remover([&] {
        while (!isDone)
            m_runtime->removeRecorder(id);
    });
    std::thread finder([&] {
        while (!isDone) {
            if (const auto found = m_runtime->recorder(id))
                found->statistics();
        }
    });
    std::vector<std::thread> makers;
    for (int i = 0; i < 2; ++i) {
        makers.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                const auto recorder = newRecorder();
                if (recorder && recorder->registerMetric(tickMetric(log))
                    && recorder->registerEvent(Tick{ 1 }) == RegisterResult::Accepted)
                    ++made;
            }
        });
    }
    for (std::thread &maker : makers)
        maker.join();
    isDone = true;
    remover.join();
    finder.join();

    QVERIFY(newRecorder());
    QVERIFY(m_runtime->shutdown());
    QCOMPARE(m_runtime->recorderIds(), QStringList());
    QCOMPARE(log->size(), qsizetype(made));
}

void tst_RecorderLifetime_Endings::survivesAShutdownByAnotherThread()
{
    for (int round = 0; round < 20; ++round) {
        auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
        QVERIFY(runtime->start());
        const auto log = std::make_shared<TickLog>();
        std::vector<std::shared_ptr<Recorder>> recorders;
        for (int i = 0; i < 20; ++i) {
            recorders.push_back(runtime->createRecorder(QString::number(i), untilLastHandle()));
            recorders.back()->registerMetric(tickMetric(log));
            recorders.back()->registerEvent(Tick{});
        }

        std::thread owner([&recorders] { recorders.clear(); });
        runtime.reset();
        owner.join();

        QCOMPARE(log->size(), 20);
    }
}

QTEST_GUILESS_MAIN(tst_RecorderLifetime_Endings)
#include "tst_recorderlifetime_endings.moc"

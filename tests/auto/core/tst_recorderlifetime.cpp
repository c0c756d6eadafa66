// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "recorderlifetimefixture.h"
#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;

// RecorderLifetime::UntilLastHandle: a recorder that goes with its owner.
class tst_RecorderLifetime : public QObject, protected RecorderLifetimeFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // who keeps it
    void endsWithTheLastHandle();
    void endsWithTheComponentThatHoldsIt();
    void endsWithTheHandleOfADerivedClass();
    void endsWithAHandleThatWasAskedFor();
    void endsWithAHandleOfItself();
    void lastsUntilRemovedByDefault();
    void isNotKeptByTheRuntime();

    // when something else ends it
    void endsAfterItWasRemoved();
    void endsWhenItCouldNotBeMade();
    void endsAfterShutdown();
    void endsAfterItsRuntime();
    void isDrainedByAShutdown();
};

namespace {

class Component
{
public:
    explicit Component(std::shared_ptr<MetricsRecorder> recorder)
        : m_recorder(std::move(recorder))
    {
    }

    void act() { m_recorder->registerEvent(Tick{}); }

private:
    const std::shared_ptr<MetricsRecorder> m_recorder;
};

class SharedRecorder : public Recorder, public std::enable_shared_from_this<SharedRecorder>
{
public:
    using Recorder::Recorder;
};

} // namespace

void tst_RecorderLifetime::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_RecorderLifetime::endsWithTheLastHandle()
{
    auto recorder = newRecorder();
    auto copy = recorder;

    recorder.reset();
    const QStringList withCopy = m_runtime->recorderIds();
    copy.reset();

    QCOMPARE(withCopy, QStringList{ id });
    QCOMPARE(m_runtime->recorderIds(), QStringList());
    QCOMPARE(m_runtime->recorder(id), nullptr);
}

void tst_RecorderLifetime::endsWithTheComponentThatHoldsIt()
{
    auto component = std::make_unique<Component>(newRecorder());
    component->act();
    QCOMPARE(m_runtime->recorderIds(), QStringList{ id });

    component.reset();

    QCOMPARE(m_runtime->recorderIds(), QStringList());
}

void tst_RecorderLifetime::endsWithTheHandleOfADerivedClass()
{
    const auto hasStopped = std::make_shared<Latch>();
    auto recorder = m_runtime->createRecorder<HookedRecorder>(
            id, untilLastHandle(), HookedRecorder::Hook(), [hasStopped] { hasStopped->set(); });
    QCOMPARE(recorder->state(), RecorderState::Running);

    recorder.reset();

    QVERIFY(hasStopped->wait());
    QCOMPARE(m_runtime->recorderIds(), QStringList());
}

void tst_RecorderLifetime::endsWithAHandleThatWasAskedFor()
{
    auto recorder = newRecorder();
    auto found = m_runtime->recorder(id);
    QCOMPARE(found, recorder);
    const std::weak_ptr<Recorder> weak = found;

    recorder.reset();
    QCOMPARE(m_runtime->recorder(id), found);
    found.reset();

    QVERIFY(weak.expired());
    QCOMPARE(m_runtime->recorder(id), nullptr);
    QCOMPARE(m_runtime->recorderIds(), QStringList());
}

void tst_RecorderLifetime::endsWithAHandleOfItself()
{
    auto recorder = m_runtime->createRecorder<SharedRecorder>(id, untilLastHandle());
    auto itself = recorder->shared_from_this();

    recorder.reset();
    QVERIFY(m_runtime->recorder(id));
    itself.reset();

    QCOMPARE(m_runtime->recorderIds(), QStringList());
}

void tst_RecorderLifetime::lastsUntilRemovedByDefault()
{
    m_runtime->createRecorder(id).reset();

    QVERIFY(m_runtime->recorder(id));
    QCOMPARE(m_runtime->recorder(id)->state(), RecorderState::Running);
    QVERIFY(m_runtime->removeRecorder(id));
}

void tst_RecorderLifetime::isNotKeptByTheRuntime()
{
    const auto recorder = newRecorder();
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{});
    recorder->metricSnapshots();
    m_runtime->snapshotSource()->changesSince(0).waitForFinished();

    QCOMPARE(recorder.use_count(), 1);
}

void tst_RecorderLifetime::endsAfterItWasRemoved()
{
    QSignalSpy removed(m_runtime.get(), &MetricsRuntime::recorderRemoved);
    auto recorder = newRecorder();

    QVERIFY(m_runtime->removeRecorder(id));
    const auto successor = newRecorder();
    QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    recorder.reset();

    QCOMPARE(m_runtime->recorder(id), successor);
    QCOMPARE(removed.size(), 1);
}

void tst_RecorderLifetime::endsWhenItCouldNotBeMade()
{
    Error error;
    const auto failed = m_runtime->createRecorder<HookedRecorder>(id, untilLastHandle(), &error,
                                                                  [] { throw 42; });
    const auto recorder = newRecorder();

    QCOMPARE(failed, nullptr);
    QCOMPARE(error.code(), ErrorCode::HookFailed);
    QVERIFY(recorder);
    QCOMPARE(m_runtime->createRecorder(id, untilLastHandle(), &error), nullptr);
    QCOMPARE(error.code(), ErrorCode::AlreadyExists);
    QCOMPARE(m_runtime->recorder(id), recorder);
}

void tst_RecorderLifetime::endsAfterShutdown()
{
    auto recorder = newRecorder();
    QVERIFY(m_runtime->shutdown());
    QCOMPARE(m_runtime->recorder(id), recorder);

    recorder.reset();

    QCOMPARE(m_runtime->recorderIds(), QStringList());
}

void tst_RecorderLifetime::endsAfterItsRuntime()
{
    auto recorder = newRecorder();
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{ 42 });
    const std::weak_ptr<Recorder> weak = recorder;

    m_runtime.reset();
    const QList<MetricSnapshot> latest = recorder->latestSnapshots();
    VERIFY_ALL_HANDLED(*recorder);
    recorder.reset();

    QCOMPARE(valueOf(latest, QStringLiteral("ticks"), u"sum"), 42);
    QVERIFY(weak.expired());
}

void tst_RecorderLifetime::isDrainedByAShutdown()
{
    const auto gate = std::make_shared<Gate>();
    const auto log = std::make_shared<TickLog>();
    auto recorder = newRecorder();
    recorder->registerMetric(tickMetric(log));
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{ 1 });
    QVERIFY(gate->waitUntilEntered());
    recorder->registerEvent(Tick{ 2 });

    recorder.reset();
    std::thread shutdown([this] { m_runtime->shutdown(); });
    gate->open();
    shutdown.join();

    QCOMPARE(log->entries(), QList<int>({ 1, 2 }));
    QCOMPARE(m_runtime->lastError(), Error());
}

QTEST_GUILESS_MAIN(tst_RecorderLifetime)
#include "tst_recorderlifetime.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/processresources.h"
#include "shared/producers.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QLoggingCategory>
#include <QTest>

#include <array>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Everything at once, in an order that a seed decides: recorders that come and go, stop and start,
// are flooded, slow, asked and broken, while threads register. What was accepted is handled, and in
// the end the process holds no more than before.
class tst_MixedLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void countsExactly();
    void holdsNoMoreInTheEnd();
};

namespace {

// A metric that throws now and then, and takes its time now and then.
class MoodyMetric : public TypedMetric<Sequenced>
{
public:
    explicit MoodyMetric(quint32 seed)
        : TypedMetric(QStringLiteral("moody"))
        , m_random(seed)
    {
    }

    bool handle(const Sequenced &) override
    {
        ++m_calls;
        const std::size_t draw = m_random() % 2000;
        if (draw == 0)
            throw std::runtime_error("moody");
        if (draw == 1) {
            const auto until = std::chrono::steady_clock::now() + 1ms;
            while (std::chrono::steady_clock::now() < until) { }
        }
        return draw % 2 == 0;
    }

    MetricSnapshot snapshot() const override
    {
        return MetricSnapshot(name()).add(QStringLiteral("calls"), m_calls);
    }

private:
    std::minstd_rand m_random;
    qint64 m_calls = 0;
};

// One recorder of the scenario, and those who use it.
struct Actor
{
    std::shared_ptr<Recorder> recorder;
    std::unique_ptr<Producers> producers;
};

// What the script does, one step after the other, in the thread that runs it.
class Script
{
public:
    explicit Script(std::mt19937_64 &random)
        : m_random(random)
    {
    }

    // Empty: all went as it should.
    QByteArray run(int steps)
    {
        restartRuntime();
        for (int i = 0; i < steps && m_fault.isEmpty(); ++i)
            step();
        closeRuntime();
        return m_fault;
    }

private:
    static constexpr int actorCount = 3;

    void step()
    {
        Actor &actor = m_actors[below(actorCount)];
        switch (below(12)) {
        case 0:
            return replace(actor);
        case 1:
            return stopAndStart(actor);
        case 2:
            return startAndStopAtOnce(actor);
        case 3:
            return below(4) == 0 ? restartRuntime() : askForChanges();
        case 4:
            return exchangeMetric(*actor.recorder);
        case 5:
        case 6:
            return askForSnapshots(*actor.recorder);
        case 7:
            return check(actor.recorder->flush(QDeadlineTimer(20s))
                                 || actor.recorder->state() != RecorderState::Running,
                         "not flushed in time");
        case 8:
            return actor.recorder->resetMetrics();
        default:
            return let(actor);
        }
    }

    void create(Actor &actor)
    {
        RecorderOptions options;
        options.queueMaxSize = std::array<qsizetype, 5>{ 1, 2, 64, 1000, 10'000 }[below(5)];
        options.overflowPolicy = std::array{ OverflowPolicy::Drop, OverflowPolicy::Reject,
                                             OverflowPolicy::Block }[below(3)];
        options.blockTimeout = std::chrono::milliseconds(below(20));
        options.stopTimeout = 30s;
        options.snapshotTimeout = 30s;
        options.metricFailureLimit = 1'000'000;
        actor.recorder = m_runtime->createRecorder(nextId(), options);
        if (!actor.recorder)
            return check(false, "not created");
        actor.producers = std::make_unique<Producers>(actor.recorder);
        actor.recorder->registerMetric(std::make_unique<MoodyMetric>(quint32(m_random())));
        actor.producers->start(1 + int(below(2)));
    }

    void replace(Actor &actor)
    {
        check(m_runtime->removeRecorder(actor.recorder->entityId()), "not removed");
        finish(actor);
        create(actor);
    }

    // The law, and all that producers know of it.
    void finish(Actor &actor)
    {
        actor.producers->join();
        const QByteArray disagreement = actor.producers->disagreement();
        check(disagreement.isEmpty(), disagreement);
        actor = {};
    }

    void stopAndStart(Actor &actor)
    {
        check(!actor.recorder->stop().result(), "not stopped in time");
        const RecorderStatistics statistics = actor.recorder->statistics();
        check(isConserved(statistics) && statistics.pending == 0, brokenLaw(describe(statistics)));
        check(!actor.recorder->start().result(), "not started");
    }

    void startAndStopAtOnce(Actor &actor)
    {
        for (std::size_t i = below(6); i > 0; --i) {
            actor.recorder->stop();
            actor.recorder->start();
        }
        check(!actor.recorder->start().result(), "not started");
    }

    void exchangeMetric(Recorder &recorder)
    {
        check(recorder.removeMetric(QStringLiteral("moody")), "metric not removed");
        check(recorder.registerMetric(std::make_unique<MoodyMetric>(quint32(m_random()))),
              "metric not registered");
    }

    void askForSnapshots(const Recorder &recorder)
    {
        check(recorder.metricSnapshots().size() == 2, "a snapshot is missing");
    }

    void askForChanges()
    {
        const SnapshotUpdate update = m_runtime->snapshotSource()->changesSince(m_version).result();
        check(update.version >= m_version, "a version fell");
        for (const RecorderSnapshot &snapshot : update.recorders)
            check(isConserved(snapshot.statistics), describe(snapshot.statistics));
        m_version = update.version;
    }

    void let(const Actor &actor)
    {
        const quint64 handled = actor.recorder->statistics().handled;
        const auto until =
                std::chrono::steady_clock::now() + std::chrono::microseconds(below(3000));
        while (std::chrono::steady_clock::now() < until)
            std::this_thread::yield();
        check(isConserved(actor.recorder->statistics()), describe(actor.recorder->statistics()));
        check(actor.recorder->statistics().handled >= handled, "a count fell");
    }

    void restartRuntime()
    {
        closeRuntime();
        m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
        m_runtime->setDrainInterval(std::chrono::milliseconds(1 + below(10)));
        check(m_runtime->start(), "the runtime did not start");
        m_version = 0;
        for (Actor &actor : m_actors)
            create(actor);
    }

    void closeRuntime()
    {
        if (!m_runtime)
            return;
        if (below(2) == 0)
            check(m_runtime->shutdown(), "the runtime did not stop in time");
        m_runtime.reset();
        for (Actor &actor : m_actors)
            finish(actor);
    }

    std::size_t below(std::size_t bound) { return m_random() % bound; }
    QString nextId() { return QString::number(++m_lastId); }
    void check(bool isTrue, const QByteArray &fault)
    {
        if (!isTrue && m_fault.isEmpty())
            m_fault = fault;
    }

    std::mt19937_64 &m_random;
    std::unique_ptr<MetricsRuntime> m_runtime;
    std::array<Actor, actorCount> m_actors;
    QByteArray m_fault; // the first
    quint64 m_version = 0;
    int m_lastId = 0;
};

} // namespace

void tst_MixedLoad::initTestCase()
{
    // Metrics throw in this test: what the library says of that is checked elsewhere.
    QLoggingCategory::setFilterRules(QStringLiteral("recorders.*=false"));
}

void tst_MixedLoad::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MixedLoad::countsExactly()
{
    std::mt19937_64 random = seededGenerator("tst_mixedload");

    const QByteArray fault = Script(random).run(scaled(100));

    QVERIFY2(fault.isEmpty(), fault.constData());
}

void tst_MixedLoad::holdsNoMoreInTheEnd()
{
    std::mt19937_64 random = seededGenerator("tst_mixedload");
    QVERIFY(Script(random).run(20).isEmpty()); // what the first run sets up stays
    const ProcessResources before = ProcessResources::now();

    for (int i = 0; i < scaled(2); ++i) {
        const QByteArray fault = Script(random).run(20);
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    // Fewer, if some thread of the first run was about to end.
    QTRY_VERIFY(ProcessResources::now().threads <= before.threads);
    QTRY_VERIFY(ProcessResources::now().files <= before.files);
    const qint64 growth = ProcessResources::now().memory - before.memory;
    if (ProcessResources::isMemoryMeaningful())
        QVERIFY2(growth < 16 * 1024 * 1024, qPrintable(QString::number(growth)));
}

QTEST_GUILESS_MAIN(tst_MixedLoad)
#include "tst_mixedload.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/countingsource.h"
#include "shared/flood.h"
#include "shared/pollingwitness.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsubscription.h>

#include <QHash>
#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Those who subscribe to a runtime that works: what they learn, and what it costs.
class tst_Subscribers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // several of them
    void learnWhatTheyWantUnderFlood();
    void costNothingWhenNobodyLooks_data();
    void costNothingWhenNobodyLooks();

    // one that is late
    void haveOnePendingUpdateWhenBlocked();

    // changes of the recorders
    void learnOfARecorderThatTookAnId();
    void learnOfAllRecordersThatComeAndGo();

    // the end
    void areAnsweredDuringAShutdown();
    void surviveARuntimeThatGoesDuringARequest();
    void mayGoWithARequestUnderWay();

private:
    std::shared_ptr<Recorder> newRecorder(const QString &id);

    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");
const QString c = QStringLiteral("c");
const QString ticksName = QStringLiteral("ticks");

// Keeps what it is told, as an exporter would.
class Subscriber
{
public:
    explicit Subscriber(SnapshotSource *source, std::chrono::milliseconds interval = 1ms)
        : m_source(source)
        , m_subscription(&m_source)
    {
        m_subscription.setInterval(interval);
        QObject::connect(&m_subscription, &SnapshotSubscription::updated,
                         [this](const SnapshotUpdate &update) { take(update); });
    }

    SnapshotSubscription *operator->() { return &m_subscription; }

    int updateCount() const { return m_updateCount; }
    int pendingCount() const { return m_source.requestCount() - m_updateCount; }
    qsizetype removalCount() const { return m_removalCount; }
    QStringList ids() const
    {
        QStringList ids = m_handled.keys();
        ids.sort();
        return ids;
    }
    quint64 handled(const QString &id) const { return m_handled.value(id); }
    qint64 total(const QString &id) const { return m_totals.value(id, -1); } // -1: no metric
    RecorderState state(const QString &id) const { return m_states.value(id); }

private:
    void take(const SnapshotUpdate &update)
    {
        ++m_updateCount;
        m_removalCount += update.removed.size();
        if (update.isComplete)
            forget(ids());
        forget(update.removed);
        for (const RecorderSnapshot &recorder : update.recorders) {
            m_handled[recorder.entityId] = recorder.statistics.handled;
            m_states[recorder.entityId] = recorder.state;
            if (!recorder.metrics.isEmpty())
                m_totals[recorder.entityId] = valueOf(recorder.metrics, ticksName, u"total");
        }
    }

    void forget(const QStringList &ids)
    {
        for (const QString &id : ids) {
            m_handled.remove(id);
            m_states.remove(id);
            m_totals.remove(id);
        }
    }

    CountingSource m_source;
    SnapshotSubscription m_subscription;
    QHash<QString, quint64> m_handled;
    QHash<QString, qint64> m_totals;
    QHash<QString, RecorderState> m_states;
    qsizetype m_removalCount = 0;
    int m_updateCount = 0;
};

// Counts its snapshots.
class AskedMetric : public TickMetric
{
public:
    explicit AskedMetric(std::shared_ptr<std::atomic<int>> count)
        : TickMetric(ticksName)
        , m_count(std::move(count))
    {
    }

    MetricSnapshot snapshot() const override
    {
        ++*m_count;
        return TickMetric::snapshot();
    }

private:
    const std::shared_ptr<std::atomic<int>> m_count;
};

} // namespace

void tst_Subscribers::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_Subscribers::cleanup()
{
    m_runtime.reset();
}

std::shared_ptr<Recorder> tst_Subscribers::newRecorder(const QString &id)
{
    auto recorder = m_runtime->createRecorder(id);
    recorder->registerMetric(std::make_unique<TickMetric>(ticksName));
    return recorder;
}

// ---- Several of them

void tst_Subscribers::learnWhatTheyWantUnderFlood()
{
    const Flood::Recorders recorders{ newRecorder(a), newRecorder(b), newRecorder(c) };
    SnapshotSource *source = m_runtime->snapshotSource();
    Subscriber all(source);
    Subscriber states(source, 5ms);
    states->setDetail(SnapshotDetail::RecordersOnly);
    Subscriber one(source, 2ms);
    one->setEntityId(b);
    Subscriber paused(source);
    paused->setPaused(true);

    Flood flood(recorders);
    QTRY_VERIFY_WITH_TIMEOUT(
            all.updateCount() > 20 && states.updateCount() > 5 && one.updateCount() > 10, 40'000);
    for (const Subscriber *subscriber : { &all, &states, &one })
        QVERIFY(subscriber->pendingCount() <= 1);
    flood.stop();

    for (const auto &recorder : recorders) {
        const QString id = recorder->entityId();
        const quint64 handled = recorder->statistics().handled;
        QTRY_COMPARE(all.handled(id), handled);
        QTRY_COMPARE(all.total(id), qint64(handled));
        QTRY_COMPARE(states.handled(id), handled);
        QCOMPARE(states.total(id), -1);
    }
    QTRY_COMPARE(one.total(b), qint64(recorders.at(1)->statistics().handled));
    QCOMPARE(one.ids(), QStringList{ b });
    QCOMPARE(paused.pendingCount() + paused.updateCount(), 0);
}

using Prepare = std::function<void(SnapshotSubscription &)>;

void tst_Subscribers::costNothingWhenNobodyLooks_data()
{
    QTest::addColumn<Prepare>("prepare");
    QTest::newRow("paused") << Prepare([](auto &s) { s.setPaused(true); });
    QTest::newRow("without a source") << Prepare([](auto &s) { s.setSource(nullptr); });
    QTest::newRow("at another recorder") << Prepare([](auto &s) { s.setEntityId(a); });
    QTest::newRow("at metrics") << Prepare(
            [](auto &s) { s.setDetail(SnapshotDetail::RecordersOnly); });
}

void tst_Subscribers::costNothingWhenNobodyLooks()
{
    QFETCH(const Prepare, prepare);
    const auto asked = std::make_shared<std::atomic<int>>(0);
    const auto recorder = m_runtime->createRecorder(b);
    recorder->registerMetric(std::make_unique<AskedMetric>(asked));
    SnapshotSubscription subscription(m_runtime->snapshotSource());
    subscription.setInterval(1ms);
    prepare(subscription);

    for (int i = 0; i < 10; ++i) {
        recorder->registerEvent(Tick{});
        QVERIFY(recorder->flush());
        QVERIFY(Testing::waitForPolls(1ms));
    }

    QCOMPARE(asked->load(), 0);
}

// ---- One that is late

// What was on its way when it was blocked is old; the next update is not.
void tst_Subscribers::haveOnePendingUpdateWhenBlocked()
{
    const auto recorder = newRecorder(a);
    Subscriber subscriber(m_runtime->snapshotSource());
    Flood flood({ recorder });
    QTRY_VERIFY_WITH_TIMEOUT(subscriber.updateCount() > 5, 20'000);

    const int updatesBefore = subscriber.updateCount();
    const quint64 blockedUntil = recorder->statistics().handled + 50'000;
    while (recorder->statistics().handled < blockedUntil)
        std::this_thread::yield(); // as a slot does that takes long
    QVERIFY(subscriber.pendingCount() <= 1);
    QCOMPARE(subscriber.updateCount(), updatesBefore);

    int updatesToCatchUp = 0;
    connect(subscriber.operator->(), &SnapshotSubscription::updated, this, [&] {
        if (updatesToCatchUp == 0 && subscriber.handled(a) >= blockedUntil)
            updatesToCatchUp = subscriber.updateCount() - updatesBefore;
    });
    QTRY_VERIFY_WITH_TIMEOUT(updatesToCatchUp > 0, 20'000);
    QVERIFY(updatesToCatchUp <= 2);
}

// ---- Changes of the recorders

void tst_Subscribers::learnOfARecorderThatTookAnId()
{
    const auto first = newRecorder(a);
    newRecorder(b);
    first->registerEvent(Tick{});
    QVERIFY(first->flush());
    Subscriber all(m_runtime->snapshotSource(), 1h);
    Subscriber one(m_runtime->snapshotSource(), 1h);
    one->setEntityId(a);
    QTRY_COMPARE(all.total(a), 1);
    QTRY_COMPARE(one.total(a), 1);

    QVERIFY(m_runtime->removeRecorder(a));
    newRecorder(a);
    all->refresh();
    one->refresh();

    QTRY_COMPARE(all.total(a), 0);
    QTRY_COMPARE(one.total(a), 0);
    QCOMPARE(all.ids(), QStringList({ a, b }));
    QCOMPARE(all.removalCount(), 1);
    QCOMPARE(one.removalCount(), 1);
}

void tst_Subscribers::learnOfAllRecordersThatComeAndGo()
{
    Subscriber all(m_runtime->snapshotSource());
    Subscriber one(m_runtime->snapshotSource());
    one->setEntityId(a);
    const QString first = QStringLiteral("first");
    newRecorder(first);
    QTRY_COMPARE(all.ids(), QStringList{ first }); // one removal at least that it has to learn of
    std::atomic<bool> isOver = false;
    std::jthread changing([&] {
        m_runtime->removeRecorder(first);
        for (int i = 0; i < 300; ++i) {
            for (const QString &id : { a, b, c }) {
                m_runtime->createRecorder(id);
                m_runtime->removeRecorder(id);
            }
        }
        m_runtime->createRecorder(a);
        m_runtime->createRecorder(c);
        isOver = true;
    });

    QTRY_VERIFY_WITH_TIMEOUT(isOver, 40'000);
    changing.join();

    QTRY_COMPARE(all.ids(), QStringList({ a, c }));
    QTRY_COMPARE(one.ids(), QStringList{ a });
    QVERIFY(all.removalCount() > 0);
}

// ---- The end

void tst_Subscribers::areAnsweredDuringAShutdown()
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder = newRecorder(a);
    recorder->registerMetric(heldMetric(gate));
    Subscriber subscriber(m_runtime->snapshotSource());
    QTRY_COMPARE(subscriber.state(a), RecorderState::Running);
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    subscriber->refresh();
    QCOMPARE(subscriber.pendingCount(), 1);

    std::thread closing([this] { m_runtime->shutdown(); });
    QTRY_VERIFY(m_runtime->state() != RuntimeState::Running);
    gate->open();

    QTRY_COMPARE(subscriber.state(a), RecorderState::Stopped);
    QTRY_COMPARE(subscriber.total(a), 1);
    closing.join();
    QVERIFY(!subscriber->isEnded());
}

void tst_Subscribers::surviveARuntimeThatGoesDuringARequest()
{
    const auto gate = std::make_shared<Gate>();
    const auto recorder = newRecorder(a);
    recorder->registerMetric(heldMetric(gate));
    SnapshotSubscription subscription(m_runtime->snapshotSource());
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    subscription.refresh();

    gate->open();
    m_runtime.reset();

    QVERIFY(subscription.isEnded());
    QCOMPARE(subscription.source(), nullptr);
}

void tst_Subscribers::mayGoWithARequestUnderWay()
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder = newRecorder(a);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    {
        Subscriber subscriber(m_runtime->snapshotSource());
        subscriber->refresh();
        QCOMPARE(subscriber.pendingCount(), 1);
    }

    gate->open();

    QVERIFY(recorder->flush());
    Subscriber other(m_runtime->snapshotSource());
    QTRY_COMPARE(other.total(a), 1);
}

QTEST_GUILESS_MAIN(tst_Subscribers)
#include "tst_subscribers.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/seed.h"
#include "snapshotsourcefixture.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <functional>
#include <random>

using namespace Recorders;
using namespace Testing;

// Updates that are cut: no part tells that a recorder is gone whose id is in use again, unless it
// tells of the one that has the id now.
class tst_SnapshotSource_Parts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // of a runtime and of a list
    void tellARemovalWithItsSuccessor_data() { addSources(); }
    void tellARemovalWithItsSuccessor();
    void tellAnEarlyRemovalWithALateSuccessor_data() { addSources(); }
    void tellAnEarlyRemovalWithALateSuccessor();
    void tellManyRemovalsWithTheirSuccessors_data() { addSources(); }
    void tellManyRemovalsWithTheirSuccessors();
    void tellThousandsOfRemovalsAmongManyRecorders();
    void tellSomeRecordersInPartsToo_data() { addSources(); }
    void tellSomeRecordersInPartsToo();
    void tellAllMetricsToWhoComesLate_data() { addSources(); }
    void tellAllMetricsToWhoComesLate();
    void tellChangesThatOthersSawEarlier_data() { addSources(); }
    void tellChangesThatOthersSawEarlier();
    void loseNothingAtRandom_data() { addSources(); }
    void loseNothingAtRandom();

    // what removed recorders lost
    void tellLossesWithTheLastRemoval_data() { addSources(); }
    void tellLossesWithTheLastRemoval();

private:
    static void addSources();
};

namespace {

// A source whose updates are short, and what is done to it.
class ChangedSource
{
public:
    virtual ~ChangedSource() = default;

    virtual SnapshotSource *source() = 0;
    virtual QStringList ids() const = 0;
    virtual void add(const QString &id) = 0;
    virtual void change(const QString &id) = 0;
    virtual void changeNoMetric(const QString &id) = 0;
    virtual void remove(const QString &id) = 0;
};

class ChangedList : public ChangedSource
{
public:
    ChangedList() { m_source.setMaxUpdateSize(20); }

    SnapshotSource *source() override { return &m_source; }
    QStringList ids() const override { return m_source.recorderIds(); }
    void add(const QString &id) override
    {
        m_source.setRecorder(id, { MetricSnapshot(ticksName), MetricSnapshot(clockId) });
    }
    void change(const QString &id) override { m_source.setStatistics(id, {}); }
    void changeNoMetric(const QString &id) override { change(id); }
    void remove(const QString &id) override { m_source.removeRecorder(id); }

private:
    SnapshotListSource m_source;
};

// No event changes it.
class IdleMetric : public TickMetric
{
public:
    using TickMetric::TickMetric;
    bool handle(const Tick &) override { return false; }
};

class ChangedRuntime : public ChangedSource
{
public:
    ChangedRuntime() { m_runtime.start(); }

    SnapshotSource *source() override { return m_runtime.snapshotSource(); }
    QStringList ids() const override { return m_runtime.recorderIds(); }
    void add(const QString &id) override
    {
        const auto recorder = m_runtime.createRecorder(id);
        recorder->registerMetric(std::make_unique<TickMetric>(ticksName));
        recorder->registerMetric(std::make_unique<IdleMetric>(clockId));
    }
    void change(const QString &id) override
    {
        m_runtime.recorder(id)->registerEvent(Tick{});
        m_runtime.recorder(id)->flush();
    }
    void changeNoMetric(const QString &id) override
    {
        m_runtime.recorder(id)->registerEvent(Tock{});
        m_runtime.recorder(id)->flush();
    }
    void remove(const QString &id) override { m_runtime.removeRecorder(id); }

private:
    MetricsRuntime m_runtime{ QStringLiteral("test") };
};

using MakeSource = std::function<std::unique_ptr<ChangedSource>()>;

constexpr int manyRecorders = 2100; // more than a runtime tells of at once

void addMany(ChangedSource &changed, int first = 0)
{
    for (int i = first; i < first + manyRecorders; ++i)
        changed.add(QString::number(i));
}

// Learns what a source has in parts, as a model does.
class Learner
{
public:
    explicit Learner(ChangedSource *changed, const QSet<QString> &wanted = {})
        : m_changed(changed)
    {
        m_request.entityIds = wanted;
    }

    // Returns whether all removals came with what has the id now.
    bool learnPart()
    {
        update = {};
        const QFuture<SnapshotUpdate> future = m_changed->source()->changesSince(m_request);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }))
            return false;
        update = future.result();
        m_request.since = update.version;
        for (const QString &id : std::as_const(update.removed))
            known.remove(id);
        for (const RecorderSnapshot &recorder : std::as_const(update.recorders)) {
            known.insert(recorder.entityId, recorder.generation);
            learnMetrics(recorder);
        }
        const QStringList list = m_changed->ids();
        const QSet<QString> ids(list.cbegin(), list.cend());
        return std::all_of(update.removed.cbegin(), update.removed.cend(), [&](const QString &id) {
            return known.contains(id) == ids.contains(id);
        });
    }

    bool learnAll()
    {
        parts = 0;
        removals.clear();
        ticked.clear();
        do {
            ++parts;
            if (!learnPart())
                return false;
            removals += update.removed;
        } while (update.hasMore);
        return true;
    }

    QStringList knownIds() const
    {
        QStringList ids = known.keys();
        ids.sort();
        return ids;
    }

    SnapshotUpdate update;
    QHash<QString, quint64> known; // the generations
    QHash<QString, QSet<QString>> metrics; // their names
    QStringList removals; // of all parts
    QSet<QString> ticked; // ids, of all parts: recorders whose ticks were told
    int parts = 0;

private:
    void learnMetrics(const RecorderSnapshot &recorder)
    {
        QSet<QString> &names = metrics[recorder.entityId];
        if (recorder.isComplete)
            names.clear();
        for (const MetricSnapshot &metric : recorder.metrics) {
            names.insert(metric.name());
            if (metric.name() == ticksName)
                ticked.insert(recorder.entityId);
        }
    }

    ChangedSource *const m_changed;
    SnapshotRequest m_request;
};

} // namespace

void tst_SnapshotSource_Parts::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotSource_Parts::addSources()
{
    QTest::addColumn<MakeSource>("makeSource");
    QTest::newRow("list") << MakeSource([] { return std::make_unique<ChangedList>(); });
    QTest::newRow("runtime") << MakeSource([] { return std::make_unique<ChangedRuntime>(); });
}

// ---- Of a runtime and of a list

void tst_SnapshotSource_Parts::tellARemovalWithItsSuccessor()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    addMany(*changed);
    Learner learner(changed.get());
    QVERIFY(learner.learnAll());
    const quint64 generation = learner.known.value(QStringLiteral("7"));
    for (int i = 0; i < manyRecorders; ++i)
        changed->change(QString::number(i));

    changed->remove(QStringLiteral("7"));
    changed->add(QStringLiteral("7"));

    QVERIFY(learner.learnAll());
    QVERIFY(learner.parts > 1);
    QCOMPARE(learner.removals, QStringList{ QStringLiteral("7") });
    QVERIFY(learner.known.value(QStringLiteral("7")) != generation);
}

void tst_SnapshotSource_Parts::tellAnEarlyRemovalWithALateSuccessor()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    addMany(*changed);
    Learner learner(changed.get());
    QVERIFY(learner.learnAll());
    const quint64 generation = learner.known.value(QStringLiteral("7"));

    changed->remove(QStringLiteral("7"));
    addMany(*changed, manyRecorders);
    changed->add(QStringLiteral("7"));

    QVERIFY(learner.learnPart());
    QVERIFY(learner.update.hasMore);
    QCOMPARE(learner.update.removed, QStringList{ QStringLiteral("7") });
    QVERIFY(learner.known.value(QStringLiteral("7")) != generation);
    QVERIFY(learner.learnAll());
    QVERIFY(learner.removals.isEmpty());
    QCOMPARE(learner.known.size(), 2 * manyRecorders);
}

void tst_SnapshotSource_Parts::tellManyRemovalsWithTheirSuccessors()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    addMany(*changed);
    Learner learner(changed.get());
    QVERIFY(learner.learnAll());

    for (int i = 0; i < manyRecorders; ++i)
        changed->remove(QString::number(i));
    addMany(*changed);

    QVERIFY(learner.learnAll());
    QVERIFY(learner.parts > 1);
    QCOMPARE(learner.removals.size(), manyRecorders);
    QCOMPARE(learner.known.size(), manyRecorders);
}

// To tell everything instead would take as long as there are recorders.
void tst_SnapshotSource_Parts::tellThousandsOfRemovalsAmongManyRecorders()
{
    constexpr int recorderCount = 30'000;
    constexpr int removalCount = 4500;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    for (int i = 0; i < recorderCount; ++i)
        runtime.createRecorder(QString::number(i));
    SnapshotRequest request(runtime.snapshotSource()->version());

    for (int i = 0; i < removalCount; ++i)
        runtime.removeRecorder(QString::number(i));

    qsizetype removals = 0;
    SnapshotUpdate update;
    do {
        update = runtime.snapshotSource()->changesSince(request).result();
        request.since = update.version;
        removals += update.removed.size();
        QVERIFY(!update.isComplete);
    } while (update.hasMore);
    QCOMPARE(removals, removalCount);
}

void tst_SnapshotSource_Parts::tellSomeRecordersInPartsToo()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    addMany(*changed);
    const QStringList wanted{ QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"),
                              QStringLiteral("3") };
    Learner learner(changed.get(), { wanted.cbegin(), wanted.cend() });
    QVERIFY(learner.learnAll());

    changed->remove(QStringLiteral("0"));
    for (const QString &id : wanted.sliced(1))
        changed->change(id);
    changed->add(QStringLiteral("0"));
    changed->remove(QStringLiteral("7"));

    QVERIFY(learner.learnAll());
    QCOMPARE(learner.removals, QStringList{ QStringLiteral("0") });
    QCOMPARE(learner.knownIds(), wanted);
}

// Also those that had changed before others that were told in an earlier part.
void tst_SnapshotSource_Parts::tellAllMetricsToWhoComesLate()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    addMany(*changed);
    Learner early(changed.get());
    QVERIFY(early.learnAll());
    for (int i = 0; i < manyRecorders; ++i)
        changed->change(QString::number(i));
    QVERIFY(early.learnAll());

    Learner late(changed.get());
    QVERIFY(late.learnAll());

    QVERIFY(late.parts > 1);
    QCOMPARE(late.metrics, early.metrics);
    QCOMPARE(late.metrics.value(QStringLiteral("299")), (QSet<QString>{ ticksName, clockId }));
}

// Who asks first gives a change its version. That is earlier than where the other one's update is cut.
void tst_SnapshotSource_Parts::tellChangesThatOthersSawEarlier()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    addMany(*changed);
    Learner often(changed.get());
    Learner seldom(changed.get());
    QVERIFY(often.learnAll());
    QVERIFY(seldom.learnAll());
    for (int i = 0; i < manyRecorders; ++i)
        changed->change(QString::number(i));
    QVERIFY(often.learnAll());
    for (int i = 0; i < manyRecorders; ++i)
        changed->changeNoMetric(QString::number(i));

    QVERIFY(seldom.learnAll());

    QVERIFY(seldom.parts > 1);
    QCOMPARE(seldom.ticked.size(), manyRecorders);
}

void tst_SnapshotSource_Parts::loseNothingAtRandom()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    std::mt19937_64 random = seededGenerator("tst_snapshotsource_parts");
    addMany(*changed);
    const QStringList ids = changed->ids();
    QSet<QString> there(ids.cbegin(), ids.cend());
    const auto change = [&] {
        const QString id = QString::number(random() % (2 * manyRecorders));
        if (!there.contains(id)) {
            there.insert(id);
            changed->add(id);
        } else if (random() % 2) {
            changed->change(id);
        } else {
            there.remove(id);
            changed->remove(id);
        }
    };
    Learner often(changed.get());
    Learner seldom(changed.get());

    for (int round = 0; round < 40; ++round) {
        for (auto changes = random() % 8; changes > 0; --changes)
            change();
        QVERIFY(often.learnPart());
        if (round % 10 > 0)
            continue;
        for (int i = 0; i < manyRecorders; ++i)
            change();
        QVERIFY(seldom.learnPart());
    }

    for (Learner *learner : { &often, &seldom }) {
        Learner anew(changed.get());
        QVERIFY(learner->learnAll());
        QVERIFY(anew.learnAll());
        QCOMPARE(learner->knownIds(), changed->ids());
        QCOMPARE(learner->known, anew.known);
    }
}

// ---- What removed recorders lost

// Else it would be counted twice: what they lost is known of those that are not told to be gone.
void tst_SnapshotSource_Parts::tellLossesWithTheLastRemoval()
{
    QFETCH(const MakeSource, makeSource);
    const auto changed = makeSource();
    addMany(*changed);
    Learner learner(changed.get());
    QVERIFY(learner.learnAll());
    QVERIFY(learner.update.removedStatistics);

    addMany(*changed, manyRecorders);
    changed->remove(QStringLiteral("7"));

    QVERIFY(learner.learnPart());
    QVERIFY(learner.update.hasMore);
    QVERIFY(!learner.update.removedStatistics);
    QVERIFY(learner.learnAll());
    QVERIFY(learner.update.removedStatistics);
}

QTEST_GUILESS_MAIN(tst_SnapshotSource_Parts)
#include "tst_snapshotsource_parts.moc"

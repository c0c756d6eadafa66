// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"
#include "snapshotsourcefixture.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;

// What changed since a version, and nothing else.
class tst_SnapshotSource_Changes : public QObject, protected SnapshotSourceFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // what changed
    void tellsNothingNew();
    void tellsOnlyChangedRecorders();
    void tellsOnlyChangedMetrics();
    void tellsANewMetric();
    void tellsARemovedMetric();
    void tellsANewRecorder();
    void tellsARemovedRecorder();
    void tellsARecorderThatTookARemovedId();
    void tellsAStateChange();
    void tellsRefusedEvents();
    void tellsAllInTheEndWhenItTellsInParts();
    void tellsAllInTheEndWhatChangesMeanwhile();
};

void tst_SnapshotSource_Changes::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_SnapshotSource_Changes::cleanup()
{
    m_runtime.reset();
}

static QStringList namesOf(const QList<MetricSnapshot> &metrics)
{
    QStringList names;
    for (const MetricSnapshot &metric : metrics)
        names.append(metric.name());
    return names;
}

void tst_SnapshotSource_Changes::tellsNothingNew()
{
    const auto recorder = newRecorder(clockId);
    recorder->registerEvent(Tick{});
    const SnapshotUpdate first = settledUpdate();

    const SnapshotUpdate second = changesSince(first.version);

    QCOMPARE(second.version, first.version);
    QVERIFY(!second.isComplete);
    QVERIFY(second.recorders.isEmpty());
    QVERIFY(second.removed.isEmpty());
}

void tst_SnapshotSource_Changes::tellsOnlyChangedRecorders()
{
    const auto a = newRecorder(QStringLiteral("a"));
    const auto b = newRecorder(QStringLiteral("b"));
    a->registerEvent(Tick{});
    const quint64 version = settledUpdate().version;

    b->registerEvent(Tick{});
    QVERIFY(b->flush());

    const SnapshotUpdate update = changesSince(version);
    QVERIFY(!update.isComplete);
    QCOMPARE(idsOf(update), QStringList{ QStringLiteral("b") });
}

void tst_SnapshotSource_Changes::tellsOnlyChangedMetrics()
{
    const auto recorder = newRecorder(clockId);
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("all"), [](const MetricEvent &) {}));
    recorder->registerEvent(Tick{});
    const quint64 version = settledUpdate().version;

    recorder->registerEvent(Tock{});
    QVERIFY(recorder->flush());

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QVERIFY(!update.recorders.constFirst().isComplete);
    QCOMPARE(namesOf(update.recorders.constFirst().metrics), QStringList{ QStringLiteral("all") });
}

void tst_SnapshotSource_Changes::tellsANewMetric()
{
    const auto recorder = newRecorder(clockId);
    const quint64 version = settledUpdate().version;

    recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")));

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QVERIFY(namesOf(update.recorders.constFirst().metrics).contains(QStringLiteral("new")));
}

void tst_SnapshotSource_Changes::tellsARemovedMetric()
{
    const auto recorder = newRecorder(clockId);
    recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("old")));
    const quint64 version = settledUpdate().version;

    recorder->removeMetric(QStringLiteral("old"));

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QVERIFY(update.recorders.constFirst().isComplete);
    QCOMPARE(namesOf(update.recorders.constFirst().metrics), QStringList{ ticksName });
}

void tst_SnapshotSource_Changes::tellsANewRecorder()
{
    const quint64 version = settledUpdate().version;

    const auto recorder = newRecorder(clockId);

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QCOMPARE(namesOf(update.recorders.constFirst().metrics), QStringList{ ticksName });
}

void tst_SnapshotSource_Changes::tellsARemovedRecorder()
{
    newRecorder(clockId);
    newRecorder(QStringLiteral("other"));
    const quint64 version = settledUpdate().version;

    QVERIFY(m_runtime->removeRecorder(clockId));

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(update.removed, QStringList{ clockId });
    QCOMPARE(idsOf(changesSince(0)), QStringList{ QStringLiteral("other") });
    QVERIFY(changesSince(update.version).removed.isEmpty());
}

void tst_SnapshotSource_Changes::tellsARecorderThatTookARemovedId()
{
    newRecorder(clockId)->registerEvent(Tick{});
    const SnapshotUpdate before = settledUpdate();
    m_runtime->removeRecorder(clockId);

    newRecorder(clockId);

    const SnapshotUpdate update = changesSince(before.version);
    QCOMPARE(update.removed, QStringList{ clockId });
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QVERIFY(update.recorders.constFirst().generation != before.recorders.constFirst().generation);
    QCOMPARE(valueOf(update.recorders.constFirst().metrics, ticksName, u"total"), 0);
}

void tst_SnapshotSource_Changes::tellsAStateChange()
{
    const auto recorder = newRecorder(clockId);
    const quint64 version = settledUpdate().version;

    recorder->stop().waitForFinished();

    const SnapshotUpdate update = changesSince(version);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QCOMPARE(update.recorders.constFirst().state, RecorderState::Stopped);
}

// Nobody is woken for an event that is refused: the next change tells.
void tst_SnapshotSource_Changes::tellsRefusedEvents()
{
    RecorderOptions options;
    options.queueMaxSize = 1;
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    const auto recorder = m_runtime->createRecorder(clockId, options);
    recorder->registerMetric(heldMetric(gate));
    recorder->registerEvent(Tick{});
    QVERIFY(gate->waitUntilEntered());
    recorder->registerEvent(Tick{});
    gate->open();
    QVERIFY(recorder->flush());

    const SnapshotUpdate update = settledUpdate();

    QCOMPARE(update.recorders.constFirst().statistics.dropped, quint64(1));
    QVERIFY(isConserved(update.recorders.constFirst().statistics));
}

void tst_SnapshotSource_Changes::tellsAllInTheEndWhenItTellsInParts()
{
    constexpr int count = 3000;
    for (int i = 0; i < count; ++i)
        newRecorder(QString::number(i))->registerEvent(Tick{});

    QSet<QString> ids;
    SnapshotUpdate update = changesSince(0);
    for (int parts = 0; parts < count; ++parts) {
        for (const RecorderSnapshot &recorder : std::as_const(update.recorders))
            ids.insert(recorder.entityId);
        if (!update.hasMore)
            break;
        update = changesSince(update.version);
    }

    QVERIFY(!update.hasMore);
    QCOMPARE(ids.size(), count);
}

// Between two parts recorders change that were told, that come next, and that go, at random.
using EventCounts = QHash<QString, quint64>; // by recorder

static void note(const SnapshotUpdate &update, EventCounts &counts)
{
    for (const RecorderSnapshot &recorder : update.recorders)
        counts[recorder.entityId] = recorder.statistics.handled;
}

void tst_SnapshotSource_Changes::tellsAllInTheEndWhatChangesMeanwhile()
{
    constexpr int count = 3000;
    std::mt19937 random(quint32(seededGenerator("tst_snapshotsource")()));
    const auto some = [&random] {
        return QString::number(random() % count);
    };
    for (int i = 0; i < count; ++i)
        newRecorder(QString::number(i));

    EventCounts told;
    SnapshotUpdate update;
    for (int parts = 0; update.hasMore || parts <= 20; ++parts) {
        update = changesSince(update.version);
        for (const QString &id : std::as_const(update.removed))
            told.remove(id);
        note(update, told);
        if (parts >= 20 || update.recorders.isEmpty())
            continue;
        const int next = update.recorders.constLast().entityId.toInt() + 1;
        for (const QString &id : { some(), some(), QString::number(next % count) }) {
            const auto recorder = m_runtime->recorder(id);
            if (!recorder)
                continue;
            recorder->registerEvent(Tick{});
            QVERIFY(recorder->flush());
            if (random() % 3 == 0)
                QVERIFY(m_runtime->removeRecorder(id));
        }
        if (random() % 2 == 0)
            changesSince(0); // for somebody else
    }
    EventCounts toldAnew;
    SnapshotUpdate all;
    do {
        all = changesSince(all.version);
        note(all, toldAnew);
    } while (all.hasMore);

    EventCounts expected;
    for (const QString &id : m_runtime->recorderIds())
        expected.insert(id, m_runtime->recorder(id)->statistics().handled);
    QCOMPARE(told, expected);
    QCOMPARE(toldAnew, expected);
}

QTEST_GUILESS_MAIN(tst_SnapshotSource_Changes)
#include "tst_snapshotsource_changes.moc"

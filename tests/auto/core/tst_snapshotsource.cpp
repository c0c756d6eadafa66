// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"
#include "snapshotsourcefixture.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;

// What a runtime's own source says of its recorders.
class tst_SnapshotSource : public QObject, protected SnapshotSourceFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // everything
    void belongsToItsRuntime();
    void tellsEverythingAtFirst();
    void tellsStatisticsStateAndError();
    void readsTheWritesOfTheCaller();

    // versions
    void keepsItsVersionWhenNothingHappens();
    void changesItsVersionWithAnEvent();

    // the end
    void staysReadableAfterShutdown();
    void announcesTheStatesOfItsRuntime();
};

void tst_SnapshotSource::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_SnapshotSource::cleanup()
{
    m_runtime.reset();
}

void tst_SnapshotSource::belongsToItsRuntime()
{
    const SnapshotSource *source = m_runtime->snapshotSource();

    QVERIFY(source);
    QCOMPARE(m_runtime->snapshotSource(), source);
    QCOMPARE(source->name(), QStringLiteral("test"));
    QCOMPARE(source->state(), RuntimeState::Running);
}

void tst_SnapshotSource::tellsEverythingAtFirst()
{
    const auto a = newRecorder(QStringLiteral("a"));
    const auto b = newRecorder(QStringLiteral("b"));
    a->registerEvent(Tick{ 42 });

    const SnapshotUpdate update = settledUpdate();

    QVERIFY(update.isComplete);
    QVERIFY(!update.hasMore);
    QVERIFY(update.version > 0);
    QVERIFY(update.time.count() > 0);
    QCOMPARE(idsOf(update), QStringList({ QStringLiteral("a"), QStringLiteral("b") }));
    for (const RecorderSnapshot &recorder : update.recorders) {
        QVERIFY(recorder.isComplete);
        QCOMPARE(valueOf(recorder.metrics, ticksName, u"sum"),
                 recorder.entityId == QStringLiteral("a") ? 42 : 0);
    }
}

void tst_SnapshotSource::tellsStatisticsStateAndError()
{
    const auto recorder = newRecorder(clockId);
    recorder->registerEvent(Tick{});

    const RecorderSnapshot snapshot = settledUpdate().recorders.constFirst();

    QCOMPARE(snapshot.state, RecorderState::Running);
    QCOMPARE(snapshot.statistics.handled, quint64(1));
    QVERIFY(isConserved(snapshot.statistics));
    QVERIFY(!snapshot.error);
}

void tst_SnapshotSource::readsTheWritesOfTheCaller()
{
    const auto recorder = newRecorder(clockId);
    quint64 version = changesSince(0).version;
    for (int i = 1; i <= 20; ++i) {
        recorder->registerEvent(Tick{});
        QVERIFY(recorder->flush());

        const SnapshotUpdate update = changesSince(version);

        QCOMPARE(idsOf(update), QStringList{ clockId });
        QCOMPARE(valueOf(update.recorders.constFirst().metrics, ticksName, u"total"), i);
        version = update.version;
    }
}

void tst_SnapshotSource::keepsItsVersionWhenNothingHappens()
{
    const auto recorder = newRecorder(clockId);
    recorder->registerEvent(Tick{});
    const quint64 version = settledUpdate().version;

    changesSince(0);
    changesSince(version);
    recorder->metricSnapshots();
    recorder->statistics();

    QCOMPARE(m_runtime->snapshotSource()->version(), version);
}

void tst_SnapshotSource::changesItsVersionWithAnEvent()
{
    const auto recorder = newRecorder(clockId);
    const quint64 version = settledUpdate().version;

    recorder->registerEvent(Tick{});
    QVERIFY(recorder->flush());

    QTRY_VERIFY(m_runtime->snapshotSource()->version() != version);
}

void tst_SnapshotSource::staysReadableAfterShutdown()
{
    const auto recorder = newRecorder(clockId);
    const quint64 version = settledUpdate().version;
    recorder->registerEvent(Tick{ 42 });
    QVERIFY(m_runtime->shutdown());

    const SnapshotUpdate everything = changesSince(0);
    const SnapshotUpdate changes = changesSince(version);

    QCOMPARE(idsOf(everything), QStringList{ clockId });
    QCOMPARE(everything.recorders.constFirst().state, RecorderState::Stopped);
    QCOMPARE(valueOf(everything.recorders.constFirst().metrics, ticksName, u"sum"), 42);
    QCOMPARE(valueOf(changes.recorders.constFirst().metrics, ticksName, u"sum"), 42);
    QCOMPARE(m_runtime->snapshotSource()->state(), RuntimeState::Stopped);
}

void tst_SnapshotSource::announcesTheStatesOfItsRuntime()
{
    Log<RuntimeState> states;
    connect(m_runtime->snapshotSource(), &SnapshotSource::stateChanged, this,
            [&](RuntimeState state) { states.append(state); });

    m_runtime->shutdown();

    QTRY_COMPARE(states.entries(),
                 QList<RuntimeState>({ RuntimeState::Stopping, RuntimeState::Stopped }));
}

QTEST_GUILESS_MAIN(tst_SnapshotSource)
#include "tst_snapshotsource.moc"

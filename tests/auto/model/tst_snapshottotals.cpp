// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;

namespace {

MetricSnapshot healthy(const QString &name)
{
    return MetricSnapshot(name).add(QStringLiteral("total"), 1);
}

MetricSnapshot quarantined(const QString &name)
{
    return healthy(name).setState(MetricState::Quarantined, QStringLiteral("division by zero"));
}

const QString first = QStringLiteral("first");
const QString second = QStringLiteral("second");

} // namespace

class tst_SnapshotTotals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void countsWhatFailed();
    void countsWhatIsQuarantined();
    void forgetsWithItsSource();
    void keepsWhatRemovedRecordersLost_data();
    void keepsWhatRemovedRecordersLost();
    void countsWhatWasLostBeforeAnybodyLooked();
    void keepsWhatWasLostBeforeAnIdWasUsedAgain();

private:
    static void wait(SnapshotModel &model);
};

void tst_SnapshotTotals::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

// Until what the source has to say was applied.
void tst_SnapshotTotals::wait(SnapshotModel &model)
{
    QSignalSpy updated(&model, &SnapshotModel::updated);
    model.refresh();
    QTRY_VERIFY(!updated.isEmpty());
}

void tst_SnapshotTotals::countsWhatFailed()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { healthy(first) });
    source.setRecorder(QStringLiteral("b"), { healthy(first) });
    source.setRecorderState(QStringLiteral("b"), RecorderState::Failed);
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.totals().failed, 1);

    source.setRecorderState(QStringLiteral("a"), RecorderState::Failed);
    wait(model);
    QCOMPARE(model.totals().failed, 2);

    source.setRecorderState(QStringLiteral("a"), RecorderState::Running);
    wait(model);
    QCOMPARE(model.totals().failed, 1);

    source.removeRecorder(QStringLiteral("b"));
    wait(model);
    QCOMPARE(model.totals().failed, 0);
}

void tst_SnapshotTotals::countsWhatIsQuarantined()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { quarantined(first), healthy(second) });
    source.setRecorder(QStringLiteral("b"), { healthy(first) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.totals().quarantined, 1);

    source.setMetric(QStringLiteral("b"), quarantined(second)); // it comes as it is
    wait(model);
    QCOMPARE(model.totals().quarantined, 2);

    source.setMetric(QStringLiteral("b"), quarantined(first)); // it was healthy
    wait(model);
    QCOMPARE(model.totals().quarantined, 3);

    source.setMetric(QStringLiteral("a"), healthy(first));
    wait(model);
    QCOMPARE(model.totals().quarantined, 2);

    source.removeMetric(QStringLiteral("b"), first);
    wait(model);
    QCOMPARE(model.totals().quarantined, 1);

    source.removeRecorder(QStringLiteral("b"));
    wait(model);
    QCOMPARE(model.totals().quarantined, 0);
}

void tst_SnapshotTotals::forgetsWithItsSource()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { quarantined(first) });
    source.setRecorderState(QStringLiteral("a"), RecorderState::Failed);
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.totals().failed, 1);

    model.setSource(nullptr);

    QCOMPARE(model.totals().failed, 0);
    QCOMPARE(model.totals().quarantined, 0);
}

// A source that does not know what those lost that are gone, and one that does.
void tst_SnapshotTotals::keepsWhatRemovedRecordersLost_data()
{
    QTest::addColumn<bool>("isTold");
    QTest::addColumn<bool>("keepsRemoved");

    QTest::newRow("told") << true << false;
    QTest::newRow("told, and kept") << true << true;
    QTest::newRow("not told") << false << false;
    QTest::newRow("not told, and kept") << false << true;
}

static void lose(FakeSnapshotSource &source, const QString &id, quint64 events)
{
    RecorderSnapshot recorder = source.recorder(id);
    recorder.entityId = id;
    recorder.statistics.dropped = events;
    source.setRecorder(recorder);
}

void tst_SnapshotTotals::keepsWhatRemovedRecordersLost()
{
    QFETCH(const bool, isTold);
    QFETCH(const bool, keepsRemoved);
    FakeSnapshotSource source;
    source.setTellsLosses(isTold);
    lose(source, QStringLiteral("a"), 4990);
    lose(source, QStringLiteral("b"), 10);
    SnapshotModel model;
    model.setKeepRemoved(keepsRemoved);
    model.setSource(&source);
    QTRY_COMPARE(model.totals().dropped, 5000U);

    source.removeRecorder(QStringLiteral("a"));
    wait(model);
    QCOMPARE(model.totals().dropped, 5000U);
    source.removeRecorder(QStringLiteral("b"));
    wait(model);

    QCOMPARE(model.totals().dropped, 5000U);
}

void tst_SnapshotTotals::countsWhatWasLostBeforeAnybodyLooked()
{
    FakeSnapshotSource source;
    SnapshotModel model;
    for (int i = 0; i < 50; ++i) {
        lose(source, QString::number(i), 990);
        source.removeRecorder(QString::number(i));
    }
    model.setSource(&source);

    QTRY_COMPARE(model.totals().dropped, 49'500U);
}

void tst_SnapshotTotals::keepsWhatWasLostBeforeAnIdWasUsedAgain()
{
    for (const bool isTold : { true, false }) {
        FakeSnapshotSource source;
        source.setTellsLosses(isTold);
        lose(source, QStringLiteral("a"), 4990);
        SnapshotModel model;
        model.setSource(&source);
        QTRY_COMPARE(model.totals().dropped, 4990U);

        source.removeRecorder(QStringLiteral("a"));
        lose(source, QStringLiteral("a"), 10);
        wait(model);

        QCOMPARE(model.totals().dropped, 5000U);
    }
}

QTEST_GUILESS_MAIN(tst_SnapshotTotals)
#include "tst_snapshottotals.moc"

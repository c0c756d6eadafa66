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

QTEST_GUILESS_MAIN(tst_SnapshotTotals)
#include "tst_snapshottotals.moc"

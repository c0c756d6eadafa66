// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "shared/seed.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <chrono>

using namespace Recorders;
using namespace std::chrono_literals;

namespace {

MetricSnapshot metric(const QString &name, const QStringList &dimensions, qint64 value = 1)
{
    MetricSnapshot snapshot(name);
    for (const QString &dimension : dimensions)
        snapshot.add(dimension, value, Unit::bytes(), MetricKind::Counter);
    return snapshot;
}

// "metric/dimension" of each row
QStringList rows(const RecorderSnapshotModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row) {
        result += model.index(row, RecorderSnapshotModel::MetricColumn).data().toString() + u'/'
                + model.index(row, RecorderSnapshotModel::DimensionColumn).data().toString();
    }
    return result;
}

const QString here = QStringLiteral("here");

} // namespace

class tst_RecorderSnapshotModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void isEmptyWithoutARecorder();
    void showsOneRecorder();
    void namesTheRolesOfTheTree();
    void waitsForItsRecorder();
    void losesItsRecorder();
    void showsAnotherRecorder();
    void changesValuesInPlace();
    void keepsRowsWhenTheSourceGoes();
    void notifiesOfProperties();
    void survivesARandomScript();

private:
    static void wait(RecorderSnapshotModel &model);
};

void tst_RecorderSnapshotModel::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_RecorderSnapshotModel::wait(RecorderSnapshotModel &model)
{
    QSignalSpy updated(&model, &RecorderSnapshotModel::updated);
    model.refresh();
    QVERIFY(updated.wait());
}

void tst_RecorderSnapshotModel::isEmptyWithoutARecorder()
{
    FakeSnapshotSource source;
    source.setRecorder(here, { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    RecorderSnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);
    model.refresh();
    QVERIFY(Testing::waitForPolls(std::chrono::milliseconds(1)));

    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 5);
    QCOMPARE(source.requestCount(), 0);
}

void tst_RecorderSnapshotModel::showsOneRecorder()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("elsewhere"),
                       { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    source.setRecorder(
            here,
            { metric(QStringLiteral("b"), { QStringLiteral("x") }, 2048), MetricSnapshot(here),
              metric(QStringLiteral("a"), { QStringLiteral("z"), QStringLiteral("y") }) });
    RecorderSnapshotModel model;
    model.setEntityId(here);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 3);

    QCOMPARE(rows(model).join(u' '), QStringLiteral("a/z a/y b/x"));
    const QModelIndex index = model.index(2, 0);
    QCOMPARE(index.data(SnapshotModel::EntityIdRole), here);
    QCOMPARE(index.data(SnapshotModel::MetricRole), QStringLiteral("b"));
    QCOMPARE(index.data(SnapshotModel::DimensionRole), QStringLiteral("x"));
    QCOMPARE(index.data(SnapshotModel::ValueRole), 2048);
    QCOMPARE(index.data(SnapshotModel::TextRole), QStringLiteral("2.00 KiB"));
    QCOMPARE(index.data(SnapshotModel::ExactTextRole), QStringLiteral("2048"));
    QCOMPARE(index.siblingAtColumn(RecorderSnapshotModel::UnitColumn).data(),
             QStringLiteral("KiB"));
}

void tst_RecorderSnapshotModel::namesTheRolesOfTheTree()
{
    QCOMPARE(RecorderSnapshotModel().roleNames(), SnapshotModel().roleNames());
}

void tst_RecorderSnapshotModel::waitsForItsRecorder()
{
    FakeSnapshotSource source;
    RecorderSnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRefreshInterval(1);
    model.setEntityId(here);
    model.setSource(&source);
    wait(model);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);

    source.setRecorder(here, { metric(QStringLiteral("m"), { QStringLiteral("x"), here }) });

    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(inserted.count(), 1);
}

void tst_RecorderSnapshotModel::losesItsRecorder()
{
    FakeSnapshotSource source;
    source.setRecorder(here, { metric(QStringLiteral("m"), { QStringLiteral("x"), here }) });
    RecorderSnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntityId(here);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 2);

    source.removeRecorder(here);
    wait(model);
    QCOMPARE(model.rowCount(), 0);

    source.setRecorder(here, { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    wait(model);
    QCOMPARE(model.rowCount(), 1);
}

void tst_RecorderSnapshotModel::showsAnotherRecorder()
{
    FakeSnapshotSource source;
    source.setRecorder(here, { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    source.setRecorder(QStringLiteral("there"),
                       { metric(QStringLiteral("n"), { QStringLiteral("y") }) });
    RecorderSnapshotModel model;
    model.setEntityId(here);
    model.setSource(&source);
    QTRY_COMPARE(rows(model), QStringList{ QStringLiteral("m/x") });

    model.setEntityId(QStringLiteral("there"));

    QTRY_COMPARE(rows(model), QStringList{ QStringLiteral("n/y") });
}

void tst_RecorderSnapshotModel::changesValuesInPlace()
{
    FakeSnapshotSource source;
    source.setRecorder(here,
                       { metric(QStringLiteral("a"), { QStringLiteral("x") }, 0),
                         metric(QStringLiteral("b"), { QStringLiteral("x") }, 0) });
    RecorderSnapshotModel model;
    model.setPaused(true);
    model.setEntityId(here);
    model.setSource(&source);
    wait(model);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    source.advance(1s);
    source.setMetric(here, metric(QStringLiteral("b"), { QStringLiteral("x") }, 500));
    wait(model);

    QCOMPARE(model.index(1, 0).data(SnapshotModel::ValueRole), 500);
    QCOMPARE(model.index(1, 0).data(SnapshotModel::RateRole), 500.0);
    const auto announcesText = [](const QList<QVariant> &arguments) {
        return arguments.at(2).value<QList<int>>().contains(int(SnapshotModel::TextRole));
    };
    QList<int> announced;
    for (const QList<QVariant> &arguments : std::as_const(changed)) {
        if (announcesText(arguments))
            announced += arguments.at(0).toModelIndex().row();
    }
    QCOMPARE(announced, QList<int>{ 1 });
}

void tst_RecorderSnapshotModel::keepsRowsWhenTheSourceGoes()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->setRecorder(here, { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    RecorderSnapshotModel model;
    model.setEntityId(here);
    model.setSource(source.get());
    QTRY_COMPARE(model.rowCount(), 1);

    source.reset();

    QVERIFY(model.isEnded());
    QCOMPARE(model.rowCount(), 1);
}

void tst_RecorderSnapshotModel::notifiesOfProperties()
{
    RecorderSnapshotModel model;
    QSignalSpy entityId(&model, &RecorderSnapshotModel::entityIdChanged);
    QSignalSpy interval(&model, &RecorderSnapshotModel::refreshIntervalChanged);
    QSignalSpy paused(&model, &RecorderSnapshotModel::pausedChanged);

    for (int i = 0; i < 2; ++i) {
        model.setProperty("entityId", here);
        model.setProperty("refreshInterval", 20);
        model.setProperty("paused", true);
    }

    QCOMPARE(model.entityId(), here);
    QCOMPARE(model.refreshInterval(), 20);
    QVERIFY(model.isPaused());
    QCOMPARE(entityId.count(), 1);
    QCOMPARE(interval.count(), 1);
    QCOMPARE(paused.count(), 1);
}

void tst_RecorderSnapshotModel::survivesARandomScript()
{
    FakeSnapshotSource source;
    RecorderSnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPaused(true);
    model.setEntityId(here);
    model.setSource(&source);
    auto random = Testing::seededGenerator("tst_RecorderSnapshotModel");
    const auto below = [&random](int limit) {
        return int(random() % quint64(limit));
    };

    for (int step = 0; step < 100; ++step) {
        QStringList dimensions;
        for (int d = below(6); d > 0; --d)
            dimensions += QString::number(below(20));
        dimensions.removeDuplicates();
        const QString name = QString::number(below(8));
        if (below(10) == 0)
            source.removeRecorder(here);
        else if (below(4) == 0)
            source.removeMetric(here, name);
        else
            source.setMetric(here, metric(name, dimensions, step));
        source.advance(std::chrono::milliseconds(below(400)));
        wait(model);

        int expected = 0;
        for (const MetricSnapshot &snapshot : source.recorder(here).metrics)
            expected += int(snapshot.dimensions().size());
        QCOMPARE(model.rowCount(), expected);
        QCOMPARE(rows(model).size(), expected);
    }
}

QTEST_GUILESS_MAIN(tst_RecorderSnapshotModel)

#include "tst_recordersnapshotmodel.moc"

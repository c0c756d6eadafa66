// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <memory>

using namespace Recorders;
using namespace std::chrono_literals;

namespace {

constexpr auto testerMode = QAbstractItemModelTester::FailureReportingMode::QtTest;

MetricSnapshot metric(const QString &name, const QStringList &dimensions, qint64 value = 1)
{
    MetricSnapshot snapshot(name);
    for (const QString &dimension : dimensions)
        snapshot.add(dimension, value, Unit::bytes(), MetricKind::Counter);
    return snapshot;
}

// "entity/metric/dimension=value" of each row
QStringList rows(const QAbstractItemModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        result += index.data(SnapshotModel::EntityIdRole).toString() + u'/'
                + index.data(SnapshotModel::MetricRole).toString() + u'/'
                + index.data(SnapshotModel::DimensionRole).toString() + u'='
                + index.data(SnapshotModel::ValueRole).toString();
    }
    return result;
}

} // namespace

class tst_SnapshotTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void showsAllRecorders();
    void namesColumnsAndRoles();
    void insertsRecordersAtOnce();
    void hasNoRowForWhatHasNoValues();
    void changesInAscendingRanges();
    void announcesRatesThatEnd();
    void survivesARandomScript();

private:
    static void wait(SnapshotTableModel &model);
};

void tst_SnapshotTableModel::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

// Until what the source has to say was applied.
void tst_SnapshotTableModel::wait(SnapshotTableModel &model)
{
    QSignalSpy updated(&model, &SnapshotTableModel::updated);
    model.refresh();
    QVERIFY(updated.wait());
}

void tst_SnapshotTableModel::showsAllRecorders()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("b"),
                       { metric(QStringLiteral("m"), { QStringLiteral("x") }, 2048) });
    source.setRecorder(
            QStringLiteral("a"),
            { metric(QStringLiteral("n"), { QStringLiteral("z") }),
              metric(QStringLiteral("m"), { QStringLiteral("y"), QStringLiteral("x") }) });
    SnapshotTableModel model;
    model.setSource(&source);
    wait(model);

    QCOMPARE(rows(model).join(u' '), QStringLiteral("a/m/y=1 a/m/x=1 a/n/z=1 b/m/x=2048"));
}

void tst_SnapshotTableModel::namesColumnsAndRoles()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"),
                       { metric(QStringLiteral("m"), { QStringLiteral("x") }, 2048) });
    SnapshotTableModel model;
    model.setSource(&source);
    wait(model);

    QStringList header;
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column) {
        header += model.headerData(column, Qt::Horizontal).toString();
        cells += model.index(0, column).data().toString();
    }

    QCOMPARE(header.join(u' '), QStringLiteral("Entity Metric Dimension Value Unit Rate"));
    QCOMPARE(cells.join(u'|'), QStringLiteral("a|m|x|2.00|KiB|0 /s"));
    QCOMPARE(model.roleNames(), SnapshotModel().roleNames());
}

void tst_SnapshotTableModel::insertsRecordersAtOnce()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("9"),
                       { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    SnapshotTableModel model;
    model.setPaused(true);
    model.setSource(&source);
    wait(model);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);

    for (int i = 1; i <= 3; ++i)
        source.setRecorder(QString::number(i),
                           { metric(QStringLiteral("m"), { QStringLiteral("x"), {} }) });
    wait(model);

    QCOMPARE(inserted.count(), 1);
    QCOMPARE(inserted.at(0).at(1), 0);
    QCOMPARE(inserted.at(0).at(2), 5);
}

void tst_SnapshotTableModel::hasNoRowForWhatHasNoValues()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    source.setRecorder(QStringLiteral("b"),
                       { metric(QStringLiteral("l"), {}),
                         metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    source.setRecorder(QStringLiteral("c"), {});
    source.setRecorder(QStringLiteral("d"),
                       { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    SnapshotTableModel model;
    QAbstractItemModelTester tester(&model, testerMode);
    model.setPaused(true);
    model.setSource(&source);
    wait(model);
    QCOMPARE(rows(model).join(u' '), QStringLiteral("b/m/x=1 d/m/x=1"));

    source.removeRecorder(QStringLiteral("c"));
    source.setMetric(QStringLiteral("a"), metric(QStringLiteral("m"), { QStringLiteral("x") }));
    wait(model);

    QCOMPARE(rows(model).join(u' '), QStringLiteral("a/m/x=1 b/m/x=1 d/m/x=1"));
}

void tst_SnapshotTableModel::changesInAscendingRanges()
{
    FakeSnapshotSource source;
    const QStringList dimensions{ QStringLiteral("x"), QStringLiteral("y") };
    for (const char *id : { "a", "b", "c" })
        source.setRecorder(QLatin1String(id), { metric(QStringLiteral("m"), dimensions) });
    SnapshotTableModel model;
    model.setPaused(true);
    model.setSource(&source);
    wait(model);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    for (const char *id : { "c", "a" })
        source.setMetric(QLatin1String(id), metric(QStringLiteral("m"), dimensions, 2));
    wait(model);

    QStringList ranges;
    for (const QList<QVariant> &arguments : std::as_const(changed)) {
        if (arguments.at(2).value<QList<int>>().contains(int(SnapshotModel::ValueRole))) {
            ranges += QStringLiteral("%1-%2")
                              .arg(arguments.at(0).toModelIndex().row())
                              .arg(arguments.at(1).toModelIndex().row());
        }
    }
    QCOMPARE(ranges.join(u' '), QStringLiteral("0-1 4-5"));
}

void tst_SnapshotTableModel::announcesRatesThatEnd()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->setRecorder(QStringLiteral("a"),
                        { metric(QStringLiteral("m"), { QStringLiteral("x") }) });
    SnapshotTableModel model;
    model.setPaused(true);
    model.setSource(source.get());
    wait(model);
    QCOMPARE(model.index(0, 0).data(SnapshotModel::RateRole), 0.0);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    source.reset();

    QVERIFY(!model.index(0, 0).data(SnapshotModel::RateRole).isValid());
    QCOMPARE(changed.count(), 1);
    QVERIFY(changed.at(0).at(2).value<QList<int>>().contains(int(SnapshotModel::RateRole)));
}

void tst_SnapshotTableModel::survivesARandomScript()
{
    FakeSnapshotSource source;
    SnapshotTableModel model;
    QAbstractItemModelTester tester(&model, testerMode);
    QSortFilterProxyModel proxy;
    proxy.setSortRole(SnapshotModel::ValueRole);
    proxy.setSourceModel(&model);
    proxy.sort(0);
    QAbstractItemModelTester proxyTester(&proxy, testerMode);
    model.setPaused(true);
    model.setSource(&source);
    Testing::SnapshotScript script(Testing::seededGenerator("survivesARandomScript"));

    for (int step = 0; step < 40; ++step) {
        script.play(source);
        wait(model);
        SnapshotTableModel fresh;
        fresh.setSource(&source);
        wait(fresh);
        QTRY_COMPARE(rows(model), rows(fresh));
        QCOMPARE(proxy.rowCount(), model.rowCount());
        for (int row = 1; row < proxy.rowCount(); ++row) {
            QVERIFY(proxy.index(row - 1, 0).data(SnapshotModel::ValueRole).toInt()
                    <= proxy.index(row, 0).data(SnapshotModel::ValueRole).toInt());
        }
    }
}

QTEST_GUILESS_MAIN(tst_SnapshotTableModel)

#include "tst_snapshottablemodel.moc"

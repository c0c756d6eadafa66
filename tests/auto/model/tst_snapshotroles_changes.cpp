// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "snapshotrolesfixture.h"

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotmodel.h>

#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Testing;

// Which roles a model announces when something changes.
class tst_SnapshotRoles_Changes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void announcesOnlyWhatChanged_data();
    void announcesOnlyWhatChanged();
    void announcesDimensionsInOneRange();
    void announcesTheRatesThatAreGoneWithTheEnd();
    void announcesTheRatesThatAreGoneWithTheRecorder();
    void announcesTextsThatHaveAnotherPrefix();
};

namespace {

using Roles = QSet<int>;

const Roles rateRoles{ Qt::DisplayRole, SnapshotModel::RateRole, SnapshotModel::RateTextRole };
const Roles ownValueRoles = rateRoles
        | Roles{
              Qt::ToolTipRole,         Qt::AccessibleTextRole,       SnapshotModel::ValueRole,
              SnapshotModel::TextRole, SnapshotModel::ExactTextRole, SnapshotModel::LastChangedRole,
              named("value")
          };
const Roles valueRoles = ownValueRoles
        | Roles{ SnapshotModel::CountRole,
                 SnapshotModel::MinimumRole,
                 SnapshotModel::MeanRole,
                 SnapshotModel::MaximumRole,
                 SnapshotModel::P50Role,
                 SnapshotModel::P90Role,
                 SnapshotModel::P99Role,
                 SnapshotModel::P999Role,
                 named("count"),
                 named("minimum"),
                 named("mean"),
                 named("maximum"),
                 named("p50"),
                 named("p90"),
                 named("p99"),
                 named("p999") };
const Roles countRoles = ownValueRoles
        | Roles{ SnapshotModel::PendingRole,
                 SnapshotModel::DroppedRole,
                 SnapshotModel::RegisteredRole,
                 SnapshotModel::HandledRole,
                 named("pending"),
                 named("dropped"),
                 named("registered"),
                 named("handled") };
const Roles stateRoles{ SnapshotModel::StateRole, SnapshotModel::ErrorTextRole,
                        SnapshotModel::IsMessageRole, SnapshotModel::RemovedRole };
const Roles meaningRoles{ SnapshotModel::UnitRole, SnapshotModel::KindRole,
                          SnapshotModel::DescriptionRole };

// What was announced of rows below a parent; duplicates are joined.
Roles announced(const QSignalSpy &spy, const QModelIndex &parent)
{
    Roles roles;
    for (const QList<QVariant> &arguments : spy) {
        const auto list = arguments.at(2).value<QList<int>>();
        if (arguments.at(0).toModelIndex().parent() == parent)
            roles.unite(Roles(list.cbegin(), list.cend()));
    }
    return roles;
}

} // namespace

void tst_SnapshotRoles_Changes::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

using Change = std::function<void(SnapshotListSource &)>;

void tst_SnapshotRoles_Changes::announcesOnlyWhatChanged_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Roles>("ofRecorder");
    QTest::addColumn<Roles>("ofMetric");

    QTest::newRow("value") << Change([](auto &s) { s.setMetric(here, traffic(2)); }) << countRoles
                           << valueRoles;
    QTest::newRow("unit") << Change([](auto &s) {
        s.setMetric(here, traffic(1, 0, Unit::milliseconds()));
    }) << countRoles << (valueRoles | meaningRoles);
    QTest::newRow("description") << Change([](auto &s) {
        s.setMetric(here, traffic(1).setDescription(QStringLiteral("bytes")));
    }) << countRoles << (valueRoles | meaningRoles);
    QTest::newRow("metric's state") << Change([](auto &s) {
        s.setMetric(here, traffic(1).setState(MetricState::Quarantined));
    }) << countRoles << (valueRoles | stateRoles);
    QTest::newRow("metric's error") << Change([](auto &s) {
        s.setMetric(here, traffic(1).setState(MetricState::Active, QStringLiteral("no disk")));
    }) << countRoles << (valueRoles | stateRoles);
    QTest::newRow("statistics") << Change([](auto &s) { s.setStatistics(here, {}); }) << countRoles
                                << Roles();
    QTest::newRow("recorder's state")
            << Change([](auto &s) { s.setRecorderState(here, RecorderState::Stopped); })
            << (countRoles | stateRoles) << Roles();
    QTest::newRow("nothing") << Change([](auto &) {}) << Roles() << Roles();
}

void tst_SnapshotRoles_Changes::announcesOnlyWhatChanged()
{
    QFETCH(const Change, change);
    QFETCH(const Roles, ofRecorder);
    QFETCH(const Roles, ofMetric);
    Tree tree;
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    change(tree.source);
    tree.update();

    QCOMPARE(announced(changed, {}), ofRecorder);
    QCOMPARE(announced(changed, tree.recorder()), ofMetric);
    QCOMPARE(announced(changed, tree.metric()), ofMetric);
}

void tst_SnapshotRoles_Changes::announcesDimensionsInOneRange()
{
    Tree tree;
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    tree.source.setMetric(here, traffic(2, 3));
    tree.update();

    QCOMPARE(changed.count(), 3); // recorder, metric, dimensions
    QCOMPARE(changed.at(2).at(0).toModelIndex(), tree.dimension(0));
    QCOMPARE(changed.at(2).at(1).toModelIndex().row(), 1);
}

void tst_SnapshotRoles_Changes::announcesTheRatesThatAreGoneWithTheEnd()
{
    Tree tree;
    tree.source.advance(100ms);
    tree.source.setMetric(here, traffic(1000));
    tree.update();
    QVERIFY(tree.dimension(0).data(SnapshotModel::RateRole).toDouble() > 0);
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    tree.source.setEnded(true);
    tree.model.refresh();
    QTRY_VERIFY(tree.model.isEnded());

    QVERIFY(!tree.dimension(0).data(SnapshotModel::RateRole).isValid());
    QCOMPARE(announced(changed, {}), countRoles | stateRoles);
    QCOMPARE(announced(changed, tree.recorder()), rateRoles);
    QCOMPARE(announced(changed, tree.metric()), rateRoles);
}

void tst_SnapshotRoles_Changes::announcesTextsThatHaveAnotherPrefix()
{
    const Roles textRoles{ Qt::DisplayRole, Qt::AccessibleTextRole, SnapshotModel::TextRole,
                           SnapshotModel::DeltaTextRole, SnapshotModel::RateTextRole };
    Tree tree;
    tree.source.setMetric(here, traffic(2'000'000));
    tree.update();
    QCOMPARE(tree.dimension(0).data(SnapshotModel::TextRole), QStringLiteral("1.91 MiB"));
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);
    QSignalSpy prefix(&tree.model, &SnapshotModel::bytePrefixChanged);

    tree.model.setBytePrefix(BytePrefix::Decimal);
    tree.model.setBytePrefix(BytePrefix::Decimal);

    QCOMPARE(tree.dimension(0).data(SnapshotModel::TextRole), QStringLiteral("2.00 MB"));
    QCOMPARE(tree.dimension(0).data(SnapshotModel::ValueRole).toInt(), 2'000'000);
    QCOMPARE(prefix.size(), 1);
    QCOMPARE(announced(changed, {}), textRoles);
    QCOMPARE(announced(changed, tree.recorder()), textRoles);
    QCOMPARE(announced(changed, tree.metric()), textRoles);
}

void tst_SnapshotRoles_Changes::announcesTheRatesThatAreGoneWithTheRecorder()
{
    Tree tree;
    tree.source.advance(100ms);
    tree.source.setMetric(here, traffic(1000));
    tree.update();
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    tree.source.removeRecorder(here);
    tree.source.setRecorder(here, { traffic(1000) });
    tree.source.advance(100ms);
    tree.update();

    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateRole).toDouble(), 0);
    QCOMPARE(announced(changed, tree.metric()), rateRoles);
}

QTEST_GUILESS_MAIN(tst_SnapshotRoles_Changes)
#include "tst_snapshotroles_changes.moc"

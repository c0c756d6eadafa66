// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotmodel.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Recorders;

// What somebody has read of a row is announced when it is something else, whatever the reason.
class tst_AnnouncementsRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void announceWhatWasRead_data();
    void announceWhatWasRead();
};

namespace {

struct Fixture
{
    Fixture()
    {
        model.setPaused(true);
        model.setSource(&source);
        source.setMetric(QStringLiteral("r"), bytesAndSeconds(1));
        update();
    }

    static MetricSnapshot bytesAndSeconds(qint64 bytes)
    {
        return MetricSnapshot(QStringLiteral("m"))
                .add(QStringLiteral("a"), bytes, Unit::bytes(), MetricKind::Counter)
                .add(QStringLiteral("b"), qint64(2), Unit::seconds(), MetricKind::Gauge);
    }

    void update()
    {
        QSignalSpy updated(&model, &SnapshotModel::updated);
        model.refresh();
        QVERIFY(updated.wait());
    }

    QModelIndex recorder() const { return model.index(0, 0); }
    QModelIndex metric() const { return model.index(0, 0, recorder()); }
    QModelIndex dimension() const { return model.index(0, 0, metric()); }

    SnapshotListSource source;
    SnapshotModel model;
};

using Act = std::function<void(Fixture &)>;
using Find = QModelIndex (Fixture::*)() const;

void count(Fixture &of)
{
    RecorderStatistics statistics;
    statistics.registered = 5;
    statistics.accepted = 5;
    statistics.handled = 3;
    statistics.pending = 2;
    of.source.setStatistics(QStringLiteral("r"), statistics);
}

void loseTheFirstDimension(Fixture &of)
{
    of.source.setMetric(
            QStringLiteral("r"),
            MetricSnapshot(QStringLiteral("m"))
                    .add(QStringLiteral("b"), qint64(2), Unit::seconds(), MetricKind::Gauge));
}

void beAnother(Fixture &of)
{
    of.source.removeRecorder(QStringLiteral("r"));
    of.source.setMetric(QStringLiteral("r"), Fixture::bytesAndSeconds(1));
}

void changeAMetric(Fixture &of)
{
    of.source.setMetric(QStringLiteral("r"), Fixture::bytesAndSeconds(7));
}

void mark(Fixture &of)
{
    of.model.setMark(of.model.newMark());
}

void nothing(Fixture &) { }

} // namespace

Q_DECLARE_METATYPE(Find)

void tst_AnnouncementsRoles::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_AnnouncementsRoles::announceWhatWasRead_data()
{
    QTest::addColumn<Act>("prepare");
    QTest::addColumn<Find>("row");
    QTest::addColumn<int>("role");
    QTest::addColumn<Act>("change");
    using Model = SnapshotModel;
    const Find metric = &Fixture::metric;
    const Find dimension = &Fixture::dimension;
    QTest::newRow("events of the recorder, in a metric")
            << Act(nothing) << metric << int(Model::PendingRole) << Act(count);
    QTest::newRow("events of the recorder, in a dimension")
            << Act(nothing) << dimension << int(Model::HandledRole) << Act(count);
    QTest::newRow("the unit of a metric that lost its first dimension")
            << Act(nothing) << metric << int(Model::UnitRole) << Act(loseTheFirstDimension);
    QTest::newRow("the kind of a metric that lost its first dimension")
            << Act(nothing) << metric << int(Model::KindRole) << Act(loseTheFirstDimension);
    QTest::newRow("a change since the mark, of a recorder")
            << Act(mark) << Find(&Fixture::recorder) << int(Model::DeltaTextRole)
            << Act(changeAMetric);
    QTest::newRow("a change since the mark, of a metric whose recorder is another one")
            << Act(mark) << metric << int(Model::ChangeRole) << Act(beAnother);
    QTest::newRow("a change since the mark, of a dimension whose recorder is another one")
            << Act(mark) << dimension << int(Model::ChangeRole) << Act(beAnother);
}

// As a delegate of QML does: it reads again whenever it is told.
void tst_AnnouncementsRoles::announceWhatWasRead()
{
    QFETCH(const Act, prepare);
    QFETCH(const Find, row);
    QFETCH(const int, role);
    QFETCH(const Act, change);
    Fixture fixture;
    prepare(fixture);
    const QPersistentModelIndex index = (fixture.*row)();
    QVariant shown = index.data(role);
    const QVariant before = shown;
    connect(&fixture.model, &QAbstractItemModel::dataChanged, this,
            [&](const QModelIndex &topLeft, const QModelIndex &bottomRight,
                const QList<int> &roles) {
                const bool isMeant = topLeft.parent() == index.parent()
                        && topLeft.row() <= index.row() && index.row() <= bottomRight.row();
                if (isMeant && (roles.isEmpty() || roles.contains(role)))
                    shown = index.data(role);
            });

    change(fixture);
    fixture.update();

    QVERIFY(index.isValid());
    QVERIFY(index.data(role) != before);
    QCOMPARE(shown, index.data(role));
}

QTEST_GUILESS_MAIN(tst_AnnouncementsRoles)

#include "tst_announcements_roles.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "metricsviewfixture.h"
#include "modelscriptsfixture.h"
#include "scatteredfixture.h"
#include "shared/seed.h"

#include <QMap>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

Q_DECLARE_METATYPE(MakeModel)

// Random scripts, played to every model of snapshots. When all is quiet, each is to show what a new
// model shows of the same source.
class tst_ModelScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void showWhatANewModelShows_data();
    void showWhatANewModelShows();
    void filterWhatANewFilterFilters_data();
    void filterWhatANewFilterFilters();
    void showOnDemandWhatANewModelShows_data();
    void showOnDemandWhatANewModelShows();
};

namespace {

void addLines(QStringList &lines, const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        lines += valueLineOf(index);
        addLines(lines, model, index);
    }
}

QStringList linesOf(const QAbstractItemModel &model)
{
    QStringList lines;
    addLines(lines, model);
    return lines;
}

// The lines of each recorder, in the order of their numbers.
using Recordings = QMap<int, QStringList>;

int numberOf(const QString &entityId)
{
    return entityId.sliced(1).toInt();
}

QStringList allOf(const Recordings &recordings)
{
    QStringList lines;
    for (const QStringList &some : recordings)
        lines += some;
    return lines;
}

Recordings recordingsOf(const QAbstractItemModel &model, bool areRemoved)
{
    Recordings recordings;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        if (isRemoved(index) != areRemoved)
            continue;
        QStringList &lines = recordings[numberOf(idOf(index))];
        lines += valueLineOf(index);
        addLines(lines, model, index);
    }
    return recordings;
}

// What was known of those that are gone, or they had at last, and of others what they show.
Recordings completed(Recordings known, const Recordings &last, const QStringList &ids,
                     const Recordings &shown)
{
    for (auto it = last.cbegin(); it != last.cend(); ++it) {
        if (known.contains(it.key()))
            known[it.key()] = it.value();
    }
    for (const QString &id : ids)
        known.remove(numberOf(id));
    known.insert(shown);
    return known;
}

// What the source tells of those that went since then, as a model shows it.
Recordings lastRecordings(MakeModel make, FakeSnapshotSource &source, quint64 since)
{
    FakeSnapshotSource gone;
    for (const RecorderSnapshot &recorder : source.changesSince(since).result().removedSnapshots)
        gone.setRecorder(recorder);
    return recordingsOf(*freshModel(make, gone), false);
}

} // namespace

void tst_ModelScripts::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

// ---- Without a filter

void tst_ModelScripts::showWhatANewModelShows_data()
{
    QTest::addColumn<MakeModel>("make");
    QTest::addColumn<bool>("keepsRemoved");

    QTest::newRow("tree") << &newModel<SnapshotModel> << false;
    QTest::newRow("tree that keeps what is removed") << &newModel<SnapshotModel> << true;
    QTest::newRow("table") << &newModel<SnapshotTableModel> << false;
    QTest::newRow("table that keeps what is removed") << &newModel<SnapshotTableModel> << true;
    QTest::newRow("table of one recorder") << &newModel<RecorderSnapshotModel> << false;
    QTest::newRow("table of one recorder that is kept") << &newModel<RecorderSnapshotModel> << true;
}

void tst_ModelScripts::showWhatANewModelShows()
{
    QFETCH(const MakeModel, make);
    QFETCH(const bool, keepsRemoved);
    Played played(make, seededGenerator("showWhatANewModelShows"));
    QAbstractItemModel &model = *played.model;
    model.setProperty("keepRemoved", keepsRemoved);
    Watch watch(model, played.script);
    Recordings known;

    for (int round = 0; round < scaled(16); ++round) {
        watch.begin(round);
        const KeptRows rows(model);
        if (played.script.isOneIn(6)) {
            played.replaceSource();
            known.clear();
        }
        if (played.script.isOneIn(6)) {
            QMetaObject::invokeMethod(&model, "clearRemoved");
            known = recordingsOf(model, false);
        }
        if (played.script.isOneIn(4))
            played.endAndGoOn();
        const quint64 before = played.source->version();
        played.script.play(*played.source, round);
        played.source->setTellsLastValues(!played.script.isOneIn(3));
        const bool isUnsure = played.script.isOneIn(3);
        played.update(isUnsure ? 10 : 0);

        const Recordings shown = recordingsOf(model, false);
        const auto fresh = freshModel(make, *played.source);
        QCOMPARE(allOf(shown), linesOf(*fresh));
        const Recordings kept = isUnsure ? recordingsOf(model, true) : known;
        played.source->setMaxUpdateSize(0);
        const Recordings last =
                isUnsure ? Recordings() : lastRecordings(make, *played.source, before);
        const Recordings expected =
                keepsRemoved ? completed(kept, last, played.source->recorderIds(), shown) : shown;
        QCOMPARE(linesOf(model), allOf(expected));
        QCOMPARE(rows.stray(), QString());
        known = expected;
    }
}

// ---- With a filter

namespace {

void waitForSearch(SnapshotFilterModel &filter)
{
    QSignalSpy busy(&filter, &SnapshotFilterModel::busyChanged);
    while (filter.isBusy())
        QVERIFY(busy.wait(timeout));
}

void settle(SnapshotFilterModel &filter)
{
    waitForSearch(filter);
    filter.setHoldOrder(true);
    filter.setHoldOrder(false); // looks at what came
    waitForSearch(filter);
}

int valueColumnOf(const QAbstractItemModel &model)
{
    return qobject_cast<const SnapshotModel *>(&model) ? int(SnapshotModel::ValueColumn)
                                                       : int(SnapshotTableModel::ValueColumn);
}

void setCriteria(SnapshotFilterModel &filter, SourceScript &script)
{
    const char *const texts[] = { "", "", "r1", "a", ">50", "<=20", "kind:counter /[13]$/" };
    const int columns[] = { -1, -1, 0, valueColumnOf(*filter.sourceModel()) };
    filter.setFilterText(QLatin1String(script.oneOf(texts)));
    filter.sort(script.oneOf(columns),
                script.isOneIn(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
}

} // namespace

void tst_ModelScripts::filterWhatANewFilterFilters_data()
{
    QTest::addColumn<MakeModel>("make");
    QTest::addColumn<bool>("movesRows");

    QTest::newRow("tree, rows are moved") << &newModel<SnapshotModel> << true;
    QTest::newRow("tree, a new layout") << &newModel<SnapshotModel> << false;
    QTest::newRow("table, rows are moved") << &newModel<SnapshotTableModel> << true;
    QTest::newRow("table, a new layout") << &newModel<SnapshotTableModel> << false;
}

void tst_ModelScripts::filterWhatANewFilterFilters()
{
    QFETCH(const MakeModel, make);
    QFETCH(const bool, movesRows);
    Played played(make, seededGenerator("filterWhatANewFilterFilters"));
    SnapshotFilterModel filter;
    filter.setMovesRows(movesRows);
    filter.setSourceModel(played.model.get());
    Watch watch(filter, played.script);

    for (int round = 0; round < scaled(16); ++round) {
        watch.begin(round);
        const KeptRows rows(filter);
        if (played.script.isOneIn(8))
            played.replaceSource();
        if (played.script.isOneIn(2))
            setCriteria(filter, played.script);
        filter.setHoldOrder(played.script.isOneIn(3));
        played.script.play(*played.source, round);
        played.update(played.script.isOneIn(2) ? 10 : 0);
        settle(filter);

        const auto fresh = freshModel(make, *played.source);
        SnapshotFilterModel freshFilter;
        freshFilter.setSourceModel(fresh.get());
        freshFilter.setFilterText(filter.filterText());
        freshFilter.sort(filter.sortColumn(), filter.sortOrder());
        settle(freshFilter);
        QCOMPARE(linesOf(filter), linesOf(freshFilter));
        QCOMPARE(filter.hitCount(), freshFilter.hitCount());
        QCOMPARE(rows.stray(), QString());
    }
}

// ---- On demand

namespace {

// Of the metrics of some recorders, as a view of them reads them.
QStringList metricsOf(const QAbstractItemModel &model, const QSet<QString> &ids)
{
    MetricsView view(&model);
    view.show(ids);
    return view.lines();
}

// What is known of all recorders. Reads no metrics.
QStringList recordersOf(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        if (isRemoved(index))
            continue;
        lines += QString::number(model.rowCount(index)) + u' '
                + lineOf(index,
                         { SnapshotModel::ValueRole, SnapshotModel::StateRole,
                           SnapshotModel::ErrorTextRole, SnapshotModel::PendingRole,
                           SnapshotModel::DroppedRole, SnapshotModel::HandledRole });
    }
    return lines;
}

// Which metrics there are, in which states. Reads all of them.
QStringList outlineOf(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex recorder = model.index(row, 0);
        for (int i = 0; !isRemoved(recorder) && i < model.rowCount(recorder); ++i)
            lines += lineOf(model.index(i, 0, recorder),
                            { SnapshotModel::StateRole, SnapshotModel::ErrorTextRole });
    }
    return lines;
}

QList<quint64> figuresOf(const SnapshotModel::Totals &totals)
{
    return { quint64(totals.recorders), quint64(totals.metrics),    totals.pending, totals.dropped,
             quint64(totals.failed),    quint64(totals.quarantined) };
}

} // namespace

void tst_ModelScripts::showOnDemandWhatANewModelShows_data()
{
    QTest::addColumn<bool>("keepsRemoved");

    QTest::newRow("removed recorders go") << false;
    QTest::newRow("removed recorders are kept") << true;
}

void tst_ModelScripts::showOnDemandWhatANewModelShows()
{
    QFETCH(const bool, keepsRemoved);
    OnDemand played(seededGenerator("showOnDemandWhatANewModelShows"), keepsRemoved);
    const SnapshotModel &model = played.model;

    for (int round = 0; round < scaled(24); ++round) {
        playOnDemand(played, round);

        const auto fresh = freshModel(&newModel<SnapshotModel>, *played.source);
        const QStringList expected = metricsOf(*fresh, played.view.ids());
        played.waitUntil([&] { return played.view.lines() == expected; });
        QCOMPARE(played.view.lines(), expected);
        QCOMPARE(played.view.missedChange(), QString());
        QCOMPARE(recordersOf(model), recordersOf(*fresh));
        QCOMPARE(figuresOf(model.totals()),
                 figuresOf(static_cast<const SnapshotModel &>(*fresh).totals()));
        if (!played.script.isOneIn(3))
            continue;
        QCOMPARE(outlineOf(model), outlineOf(*fresh));
        QCOMPARE(played.demandedWithoutBeingShown(), QSet<QString>());
    }
}

QTEST_GUILESS_MAIN(tst_ModelScripts)

#include "tst_modelscripts.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"

#include <QAbstractItemModelTester>
#include <QIdentityProxyModel>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <chrono>

using namespace Recorders;
using namespace std::chrono_literals;

namespace {

MetricSnapshot counter(qint64 total, const QString &name = QStringLiteral("bytes"))
{
    return MetricSnapshot(name).add(QStringLiteral("total"), total, Unit::bytes(),
                                    MetricKind::Counter);
}

MetricSnapshot number(qint64 value)
{
    return MetricSnapshot(QStringLiteral("number")).add(QStringLiteral("value"), value);
}

MetricSnapshot values(const QStringList &names, int value = 0)
{
    MetricSnapshot snapshot(QStringLiteral("values"));
    for (const QString &name : names)
        snapshot.add(name, value);
    return snapshot;
}

QStringList names(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList result;
    for (int row = 0; row < model.rowCount(parent); ++row)
        result += model.index(row, 0, parent).data().toString();
    return result;
}

QModelIndex find(const QAbstractItemModel &model, const QStringList &path)
{
    QModelIndex index;
    for (const QString &name : path) {
        const qsizetype row = names(model, index).indexOf(name);
        if (row < 0)
            return {};
        index = model.index(int(row), 0, index);
    }
    return index;
}

QString column(const QModelIndex &index, int column)
{
    return index.siblingAtColumn(column).data().toString();
}

} // namespace

class tst_SnapshotModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it shows
    void isEmptyWithoutASource();
    void showsRecordersMetricsAndDimensions();
    void namesItsRoles();
    void sortsNumbersInNamesByValue();
    void flagsLeaves();
    void spreadsItsIds();
    void saysTheStateInWords();
    void sumsUp();

    // how it asks
    void asksNothingWhileTheVersionStays();
    void asksOnceAtATime();
    void asksAgainAtOnceForMore();
    void staysAsItIsWhilePaused();
    void refreshesWhilePaused();
    void dropsAnAnswerThatComesAfterPausing();
    void asksAnotherSourceOnly();
    void refusesIntervalsBelowOne();

    // how rows change
    void changesValuesInPlace();
    void changesInAscendingRanges();
    void saysNothingOfRowsThatNobodyLookedInto();
    void saysEverywhereWhatMetricsMean();
    void insertsInOrderAndInRanges();
    void removesInRanges();
    void keepsSelection();
    void replacesDimensions_data();
    void replacesDimensions();
    void dropsWhatACompleteUpdateDoesNotMention();

    // how it ends
    void keepsRowsWhenTheSourceGoes();
    void survivesTheSourceDuringARequest();
    void endsWhenRefusedAndGoesOnWhenAnswered();
    void mayGoDuringARequest();

    // all together
    void survivesARandomScript();

private:
    static void wait(SnapshotModel &model);
};

void tst_SnapshotModel::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

// Until what the source has to say was applied.
void tst_SnapshotModel::wait(SnapshotModel &model)
{
    QSignalSpy updated(&model, &SnapshotModel::updated);
    model.refresh();
    QVERIFY(updated.wait());
}

void tst_SnapshotModel::isEmptyWithoutASource()
{
    SnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);

    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 4);
    QCOMPARE(model.refreshInterval(), 100);
    QVERIFY(!model.isEnded());
}

void tst_SnapshotModel::showsRecordersMetricsAndDimensions()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1929380), values({ QStringLiteral("x") }) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);

    const QModelIndex total =
            find(model, { QStringLiteral("a"), QStringLiteral("bytes"), QStringLiteral("total") });
    QVERIFY(total.isValid());
    QCOMPARE(total.data(SnapshotModel::EntityIdRole), QStringLiteral("a"));
    QCOMPARE(total.data(SnapshotModel::MetricRole), QStringLiteral("bytes"));
    QCOMPARE(total.data(SnapshotModel::DimensionRole), QStringLiteral("total"));
    QCOMPARE(total.data(SnapshotModel::ValueRole), 1929380);
    QCOMPARE(total.data(SnapshotModel::TextRole), QStringLiteral("1.84 MiB"));
    QCOMPARE(total.data(SnapshotModel::UnitRole), QStringLiteral("By"));
    QCOMPARE(total.data(SnapshotModel::KindRole).value<MetricKind>(), MetricKind::Counter);
    QCOMPARE(total.data(SnapshotModel::RateRole), 0.0);
    QCOMPARE(total.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>(),
             SnapshotModel::NodeType::Dimension);
    QCOMPARE(column(total, SnapshotModel::ValueColumn), QStringLiteral("1.84"));
    QCOMPARE(column(total, SnapshotModel::UnitColumn), QStringLiteral("MiB"));
    QVERIFY(total.data(Qt::ToolTipRole).toString().contains(QStringLiteral("1929380 B")));
    QCOMPARE(column(find(model, { QStringLiteral("a") }), SnapshotModel::ValueColumn),
             QStringLiteral("2 metrics"));
}

void tst_SnapshotModel::namesItsRoles()
{
    const SnapshotModel model;
    const QList<QByteArray> roles = model.roleNames().values();

    for (const char *role :
         { "entityId", "metric", "dimension", "value", "text", "unit", "kind", "rate", "nodeType" })
        QVERIFY2(roles.contains(role), role);
}

void tst_SnapshotModel::sortsNumbersInNamesByValue()
{
    FakeSnapshotSource source;
    for (const char *id : { "connection-10", "connection-2", "Beta", "alpha", "connection-02" })
        source.setRecorder(QString::fromLatin1(id), {});
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 5);

    QCOMPARE(names(model).join(u' '),
             QStringLiteral("alpha Beta connection-02 connection-2 connection-10"));
}

void tst_SnapshotModel::flagsLeaves()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);

    const QModelIndex recorder = model.index(0, 0);
    const QModelIndex metric = model.index(0, 0, recorder);
    const QModelIndex dimension = model.index(0, 0, metric);
    QVERIFY(model.hasChildren(recorder) && model.hasChildren(metric));
    QVERIFY(!model.hasChildren(dimension));
    QVERIFY(dimension.flags() & Qt::ItemNeverHasChildren);
    QVERIFY(!(metric.flags() & Qt::ItemNeverHasChildren));
}

void tst_SnapshotModel::spreadsItsIds()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 1000; ++i)
        source.setRecorder(QString::number(i), {});
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1000);

    QSet<size_t> buckets;
    for (int row = 0; row < 1000; ++row)
        buckets.insert(qHash(model.index(row, 0)) & 1023);
    QVERIFY2(buckets.size() > 500, qPrintable(QString::number(buckets.size())));
}

void tst_SnapshotModel::saysTheStateInWords()
{
    FakeSnapshotSource source;
    source.setRecorder(
            QStringLiteral("broken"),
            { counter(1).setState(MetricState::Quarantined, QStringLiteral("division by zero")) });
    source.setRecorderState(QStringLiteral("failed"), RecorderState::Failed,
                            Error(ErrorCode::HookFailed, QStringLiteral("disk full")));
    source.setRecorderState(QStringLiteral("stopped"), RecorderState::Stopped);
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 3);

    const QModelIndex metric = find(model, { QStringLiteral("broken"), QStringLiteral("bytes") });
    QVERIFY(column(metric, SnapshotModel::ValueColumn)
                    .endsWith(QStringLiteral("quarantined: division by zero")));
    QVERIFY(column(model.index(1, 0), SnapshotModel::ValueColumn)
                    .endsWith(QStringLiteral("failed: disk full")));
    QVERIFY(column(model.index(2, 0), SnapshotModel::ValueColumn)
                    .endsWith(QStringLiteral("stopped")));
}

void tst_SnapshotModel::sumsUp()
{
    FakeSnapshotSource source;
    RecorderStatistics statistics;
    statistics.pending = 2;
    statistics.dropped = 3;
    statistics.rejected = 4;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    source.setRecorder(QStringLiteral("b"), { counter(1), number(1) });
    source.setStatistics(QStringLiteral("a"), statistics);
    source.setStatistics(QStringLiteral("b"), statistics);
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.totals().metrics, 3);
    QCOMPARE(model.totals().pending, 4U);
    QCOMPARE(model.totals().dropped, 14U);
    QCOMPARE(model.index(0, 0).data(SnapshotModel::DroppedRole), 7U);

    source.removeRecorder(QStringLiteral("b"));
    wait(model);

    QCOMPARE(model.totals().recorders, 1);
    QCOMPARE(model.totals().metrics, 1);
    QCOMPARE(model.totals().pending, 2U);
}

void tst_SnapshotModel::asksNothingWhileTheVersionStays()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    const int asked = source.requestCount();

    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(asked, 1);
    QCOMPARE(source.requestCount(), asked);
}

void tst_SnapshotModel::asksOnceAtATime()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    source.hold();
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);

    for (int i = 0; i < 5; ++i) {
        source.setMetric(QStringLiteral("a"), counter(i));
        QVERIFY(Testing::waitForPolls(1ms));
        QCOMPARE(source.heldCount(), 1);
    }
    source.release();

    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(source.requestCount(), 1);
}

void tst_SnapshotModel::asksAgainAtOnceForMore()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 25; ++i)
        source.setRecorder(QString::number(i), { counter(i) });
    source.setMaxUpdateSize(10);
    SnapshotModel model;
    model.setRefreshInterval(3600 * 1000);

    model.setSource(&source);

    QTRY_COMPARE(model.rowCount(), 25);
    QCOMPARE(source.requestCount(), 3);
}

void tst_SnapshotModel::staysAsItIsWhilePaused()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy paused(&model, &SnapshotModel::pausedChanged);

    model.setPaused(true);
    source.setRecorder(QStringLiteral("b"), {});
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(paused.count(), 1);
    QCOMPARE(source.requestCount(), 1);
    QCOMPARE(model.rowCount(), 1);

    model.setPaused(false);
    QTRY_COMPARE(model.rowCount(), 2);
}

void tst_SnapshotModel::refreshesWhilePaused()
{
    FakeSnapshotSource source;
    SnapshotModel model;
    model.setPaused(true);
    model.setSource(&source);
    source.setRecorder(QStringLiteral("a"), {});
    QCOMPARE(source.requestCount(), 0);

    model.refresh();

    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(source.requestCount(), 1);
}

void tst_SnapshotModel::dropsAnAnswerThatComesAfterPausing()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    source.hold();
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    model.setPaused(true);
    source.release();
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(model.rowCount(), 0);
    model.setPaused(false);
    QTRY_COMPARE(model.rowCount(), 1);
}

void tst_SnapshotModel::asksAnotherSourceOnly()
{
    FakeSnapshotSource first;
    FakeSnapshotSource second;
    first.setRecorder(QStringLiteral("a"), {});
    second.setRecorder(QStringLiteral("b"), {});
    first.hold();
    SnapshotModel model;
    model.setSource(&first);
    QTRY_COMPARE(first.heldCount(), 1);

    model.setSource(&second);
    first.release();

    QTRY_COMPARE(names(model), QStringList{ QStringLiteral("b") });
    model.setSource(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void tst_SnapshotModel::refusesIntervalsBelowOne()
{
    SnapshotModel model;
    QSignalSpy changed(&model, &SnapshotModel::refreshIntervalChanged);
    QTest::ignoreMessage(QtWarningMsg, "the refresh interval must be at least 1 ms, not 0");

    model.setRefreshInterval(0);

    QCOMPARE(model.refreshInterval(), 100);
    QCOMPARE(changed.count(), 0);
}

void tst_SnapshotModel::changesValuesInPlace()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { number(1) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    const QPersistentModelIndex value =
            find(model, { QStringLiteral("a"), QStringLiteral("number"), QStringLiteral("value") });
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);

    source.setMetric(QStringLiteral("a"), number(2));
    wait(model);

    QVERIFY(value.isValid());
    QCOMPARE(value.data(SnapshotModel::ValueRole), 2);
    QCOMPARE(reset.count() + inserted.count() + removed.count(), 0);
}

void tst_SnapshotModel::changesInAscendingRanges()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 20; ++i)
        source.setRecorder(QString::number(i), { number(1) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 20);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    for (const int i : { 17, 3, 5, 4, 18 })
        source.setMetric(QString::number(i), number(2));
    wait(model);

    QList<QPair<int, int>> ranges;
    for (const QList<QVariant> &arguments : std::as_const(changed)) {
        const auto first = arguments.at(0).toModelIndex();
        const auto last = arguments.at(1).toModelIndex();
        QVERIFY(!arguments.at(2).value<QList<int>>().isEmpty());
        QCOMPARE(first.parent(), last.parent());
        if (!first.parent().isValid())
            ranges.append({ first.row(), last.row() });
    }
    const QList<QPair<int, int>> expected{ { 3, 5 }, { 17, 18 } };
    QCOMPARE(ranges, expected);
}

// A QTreeView searches all its rows for an index of a row that it does not show.
void tst_SnapshotModel::saysNothingOfRowsThatNobodyLookedInto()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setPaused(true);
    model.setSource(&source);
    wait(model);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const auto depthsAfterChange = [&](qint64 value) {
        changed.clear();
        source.setMetric(QStringLiteral("a"), counter(value));
        wait(model);
        QList<int> depths;
        for (const QList<QVariant> &arguments : std::as_const(changed)) {
            int depth = 0;
            for (QModelIndex index = arguments.at(0).toModelIndex(); index.isValid(); ++depth)
                index = index.parent();
            depths += depth;
        }
        return depths;
    };

    QCOMPARE(depthsAfterChange(2), QList<int>{ 1 });
    const QModelIndex metric = find(model, { QStringLiteral("a"), QStringLiteral("bytes") });
    QCOMPARE(depthsAfterChange(3), (QList<int>{ 1, 2 }));
    QVERIFY(model.index(0, 0, metric).isValid());
    QCOMPARE(depthsAfterChange(4), (QList<int>{ 1, 2, 3 }));
}

// A filter may have looked for it, and not into the rows that it did not find.
void tst_SnapshotModel::saysEverywhereWhatMetricsMean()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setPaused(true);
    model.setSource(&source);
    wait(model);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    source.setMetric(QStringLiteral("a"), counter(1).setState(MetricState::Quarantined));
    wait(model);

    QCOMPARE(changed.count(), 3);
    const QModelIndex metric = find(model, { QStringLiteral("a"), QStringLiteral("bytes") });
    QCOMPARE(changed.at(1).at(0).toModelIndex(), metric);
    QCOMPARE(changed.at(2).at(0).toModelIndex(), model.index(0, 0, metric));
    for (const int row : { 1, 2 })
        QVERIFY(changed.at(row).at(2).value<QList<int>>().contains(SnapshotModel::StateRole));
}

void tst_SnapshotModel::insertsInOrderAndInRanges()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("5"), {});
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);

    for (const int i : { 9, 2, 7, 1, 3 })
        source.setRecorder(QString::number(i), {});
    wait(model);

    QCOMPARE(names(model).join(u' '), QStringLiteral("1 2 3 5 7 9"));
    QCOMPARE(inserted.count(), 2);
}

void tst_SnapshotModel::removesInRanges()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 10; ++i)
        source.setRecorder(QString::number(i), { number(1) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 10);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);

    for (const int i : { 2, 4, 3, 8 })
        source.removeRecorder(QString::number(i));
    wait(model);

    QCOMPARE(names(model).join(u' '), QStringLiteral("0 1 5 6 7 9"));
    QCOMPARE(removed.count(), 2);
}

void tst_SnapshotModel::keepsSelection()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("5"), { number(1) });
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    QItemSelectionModel selection(&model);
    selection.select(find(model, { QStringLiteral("5"), QStringLiteral("number") }),
                     QItemSelectionModel::Select);

    source.setRecorder(QStringLiteral("1"), {});
    source.setMetric(QStringLiteral("5"), counter(3));
    source.setMetric(QStringLiteral("5"), number(2));
    wait(model);

    QCOMPARE(selection.selectedIndexes().size(), 1);
    const QModelIndex selected = selection.selectedIndexes().constFirst();
    QCOMPARE(selected.data().toString(), QStringLiteral("number"));
    QCOMPARE(selected.parent().row(), 1);
}

void tst_SnapshotModel::replacesDimensions_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<bool>("keepsB"); // the row of b, and what is selected there

    QTest::newRow("appended") << "a b"
                              << "a b c d" << true;
    QTest::newRow("inserted here and there") << "a b c"
                                             << "x a y b z c" << true;
    QTest::newRow("removed here and there") << "x a y b z c"
                                            << "a b c" << true;
    QTest::newRow("both") << "x b y"
                          << "a b c" << true;
    QTest::newRow("all gone") << "a b c"
                              << "" << false;
    QTest::newRow("all new") << ""
                             << "a b c" << false;
    QTest::newRow("another order") << "a b c"
                                   << "c b a" << false;
    QTest::newRow("the others in another order") << "a b c"
                                                 << "b c a d" << false;
}

void tst_SnapshotModel::replacesDimensions()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const bool, keepsB);
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("r"), { values(before.split(u' ', Qt::SkipEmptyParts)) });
    SnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);
    const QPersistentModelIndex b =
            find(model, { QStringLiteral("r"), QStringLiteral("values"), QStringLiteral("b") });

    source.setMetric(QStringLiteral("r"), values(after.split(u' ', Qt::SkipEmptyParts), 7));
    wait(model);

    const QModelIndex metric = find(model, { QStringLiteral("r"), QStringLiteral("values") });
    QCOMPARE(names(model, metric).join(u' '), after);
    QCOMPARE(b.isValid(), keepsB);
    if (keepsB)
        QCOMPARE(b.data().toString(), QStringLiteral("b"));
    for (int row = 0; row < model.rowCount(metric); ++row)
        QCOMPARE(model.index(row, 0, metric).data(SnapshotModel::ValueRole), 7);
}

void tst_SnapshotModel::dropsWhatACompleteUpdateDoesNotMention()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1), number(1) });
    source.setRecorder(QStringLiteral("b"), {});
    SnapshotModel model;
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 2);

    source.setComplete(true);
    source.removeRecorder(QStringLiteral("b"));
    source.removeMetric(QStringLiteral("a"), QStringLiteral("bytes"));
    wait(model);

    QCOMPARE(names(model), QStringList{ QStringLiteral("a") });
    QCOMPARE(names(model, model.index(0, 0)), QStringList{ QStringLiteral("number") });
}

void tst_SnapshotModel::keepsRowsWhenTheSourceGoes()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setSource(source.get());
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy ended(&model, &SnapshotModel::endedChanged);

    source.reset();

    QCOMPARE(ended.count(), 1);
    QVERIFY(model.isEnded());
    QCOMPARE(model.source(), nullptr);
    QVERIFY(column(model.index(0, 0), SnapshotModel::ValueColumn)
                    .endsWith(QStringLiteral("ended")));
    QVERIFY(find(model, { QStringLiteral("a"), QStringLiteral("bytes"), QStringLiteral("total") })
                    .isValid());
}

void tst_SnapshotModel::survivesTheSourceDuringARequest()
{
    auto source = std::make_unique<FakeSnapshotSource>();
    source->setRecorder(QStringLiteral("a"), {});
    SnapshotModel model;
    model.setSource(source.get());
    QTRY_COMPARE(model.rowCount(), 1);
    source->hold();
    source->setRecorder(QStringLiteral("b"), {});
    QTRY_COMPARE(source->heldCount(), 1);

    source.reset();
    QVERIFY(Testing::waitForPolls(1ms));

    QVERIFY(model.isEnded());
    QCOMPARE(model.rowCount(), 1);
}

void tst_SnapshotModel::endsWhenRefusedAndGoesOnWhenAnswered()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    SnapshotModel model;
    model.setRefreshInterval(1);
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);

    source.setEnded(true);
    source.setRecorder(QStringLiteral("b"), {});
    QTRY_VERIFY(model.isEnded());
    const int asked = source.requestCount();
    QVERIFY(Testing::waitForPolls(1ms));
    QCOMPARE(source.requestCount(), asked); // the answer would be the same

    source.setEnded(false);
    source.setRecorder(QStringLiteral("c"), {});
    QTRY_COMPARE(model.rowCount(), 3);
    QVERIFY(!model.isEnded());
}

void tst_SnapshotModel::mayGoDuringARequest()
{
    FakeSnapshotSource source;
    source.hold();
    auto model = std::make_unique<SnapshotModel>();
    model->setSource(&source);
    QTRY_COMPARE(source.heldCount(), 1);

    model.reset();
    source.release();
    QVERIFY(Testing::waitForPolls(1ms));

    QCOMPARE(source.requestCount(), 1);
}

void tst_SnapshotModel::survivesARandomScript()
{
    FakeSnapshotSource source;
    SnapshotModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSortFilterProxyModel proxy;
    proxy.setRecursiveFilteringEnabled(true);
    proxy.setFilterFixedString(QStringLiteral("1"));
    proxy.setSourceModel(&model);
    QAbstractItemModelTester proxyTester(&proxy,
                                         QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPaused(true);
    model.setSource(&source);
    Testing::SnapshotScript script(Testing::seededGenerator("survivesARandomScript"));

    for (int step = 0; step < 60; ++step) {
        script.play(source);
        wait(model);
        QTRY_COMPARE(model.rowCount(), int(source.recorderIds().size()));
    }

    source.setMaxUpdateSize(0);
    wait(model); // for what may be on its way already
    wait(model);
    for (const QString &id : source.recorderIds()) {
        for (const MetricSnapshot &metric : source.recorder(id).metrics) {
            const QModelIndex index = find(model, { id, metric.name() });
            QCOMPARE(model.rowCount(index), int(metric.dimensions().size()));
            for (int row = 0; row < model.rowCount(index); ++row) {
                const QModelIndex dimension = model.index(row, 0, index);
                QCOMPARE(dimension.data().toString(), metric.dimensions().at(row).name);
                QCOMPARE(dimension.data(SnapshotModel::ValueRole),
                         metric.dimensions().at(row).value);
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_SnapshotModel)

#include "tst_snapshotmodel.moc"

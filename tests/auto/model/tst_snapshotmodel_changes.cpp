// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/pollingwitness.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"
#include "snapshotmodelfixture.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <chrono>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Testing;

// How the rows of a model change, and how they end.
class tst_SnapshotModel_Changes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // how rows change
    void changesValuesInPlace();
    void changesInAscendingRanges();
    void saysNothingOfRowsThatNobodyLookedInto();
    void saysWhatMetricsMean();
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

    // all together
    void survivesARandomScript();
};

void tst_SnapshotModel_Changes::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_SnapshotModel_Changes::changesValuesInPlace()
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

void tst_SnapshotModel_Changes::changesInAscendingRanges()
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
void tst_SnapshotModel_Changes::saysNothingOfRowsThatNobodyLookedInto()
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

void tst_SnapshotModel_Changes::saysWhatMetricsMean()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { counter(1) });
    SnapshotModel model;
    model.setPaused(true);
    model.setSource(&source);
    wait(model);
    const QModelIndex metric = find(model, { QStringLiteral("a"), QStringLiteral("bytes") });
    const QModelIndex total = model.index(0, 0, metric);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    source.setMetric(QStringLiteral("a"), counter(1).setState(MetricState::Quarantined));
    wait(model);

    QCOMPARE(changed.count(), 3);
    QCOMPARE(changed.at(1).at(0).toModelIndex(), metric);
    QCOMPARE(changed.at(2).at(0).toModelIndex(), total);
    for (const int row : { 1, 2 })
        QVERIFY(changed.at(row).at(2).value<QList<int>>().contains(SnapshotModel::StateRole));
}

void tst_SnapshotModel_Changes::insertsInOrderAndInRanges()
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

void tst_SnapshotModel_Changes::removesInRanges()
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

void tst_SnapshotModel_Changes::keepsSelection()
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

void tst_SnapshotModel_Changes::replacesDimensions_data()
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

void tst_SnapshotModel_Changes::replacesDimensions()
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

void tst_SnapshotModel_Changes::dropsWhatACompleteUpdateDoesNotMention()
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

void tst_SnapshotModel_Changes::keepsRowsWhenTheSourceGoes()
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

void tst_SnapshotModel_Changes::survivesTheSourceDuringARequest()
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

void tst_SnapshotModel_Changes::endsWhenRefusedAndGoesOnWhenAnswered()
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

void tst_SnapshotModel_Changes::survivesARandomScript()
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

QTEST_GUILESS_MAIN(tst_SnapshotModel_Changes)
#include "tst_snapshotmodel_changes.moc"

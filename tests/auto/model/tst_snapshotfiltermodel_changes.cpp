// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"
#include "shared/naivefilter.h"
#include "shared/searchwitness.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"
#include "tablefilterfixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// How a filtered table changes, and how it ends.
class tst_SnapshotFilterModel_Changes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // how it changes
    void showsTheLastOfManyTexts();
    void tellsOfOneRangeAtMost();
    void keepsTheSelectionInAnyOrder();
    void showsRowsThatComeAndFit();
    void movesRowsWhoseValuesChange();
    void sortsWhatNobodyReads();
    void sortsLessOftenWhereThatTakesLong();
    void holdsTheOrder();
    void showsWhatComesBelowWhatIsHeld_data();
    void showsWhatComesBelowWhatIsHeld();
    void showsWhatElseIsWantedWhileTheOrderIsHeld();
    void forwardsChangesOfWhatIsShown();
    void tellsAtOnceOfWhatIsNotDisplayed();

    // how it ends
    void isEmptyAfterItsSource();
    void mayGoDuringASearch();

    // all together
    void survivesARandomScript();
};

// a/bytes/total 2048, a/state/text, b c/bytes/total 100, b c/bytes/used 7, b c/level/value -3
void tst_SnapshotFilterModel_Changes::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_SnapshotFilterModel_Changes::showsTheLastOfManyTexts()
{
    Fixture f;
    for (int i = 0; i < 500; ++i)
        f.source.setRecorder(QString::number(i), { number(i) });
    f.update();

    for (int i = 0; i < 50; ++i)
        f.filter.setFilterText(QStringLiteral("/^%1$/").arg(i));
    f.settle();

    QCOMPARE(names(f.filter), QStringList{ QStringLiteral("49/number/value") });
}

// However scattered the rows are: widgets take long to hear of each range.
void tst_SnapshotFilterModel_Changes::tellsOfOneRangeAtMost()
{
    Fixture f;
    f.filter.setMovesRows(false);
    for (int i = 0; i < 100; ++i)
        f.source.setRecorder(QString::number(i), { number(i) });
    f.update();
    QSignalSpy removed(&f.filter, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&f.filter, &QAbstractItemModel::rowsInserted);
    QSignalSpy moved(&f.filter, &QAbstractItemModel::layoutChanged);

    f.filter.setFilterText(QStringLiteral("/[37]/"));
    f.settle();
    f.filter.setFilterText(QStringLiteral("/[3579]$/"));
    f.settle();

    QCOMPARE(f.filter.rowCount(), 40);
    QCOMPARE(removed.count(), 2);
    QCOMPARE(inserted.count(), 1);
    QVERIFY(moved.count() <= 3);
}

void tst_SnapshotFilterModel_Changes::keepsTheSelectionInAnyOrder()
{
    Fixture f;
    for (int i = 0; i < 50; ++i)
        f.source.setRecorder(QString::number(i), { number(i) });
    f.update();
    QItemSelectionModel selection(&f.filter);
    for (const int row : { 3, 17, 40 })
        selection.select(f.filter.index(row, 0),
                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const auto selected = [&selection] {
        QStringList result;
        for (const QModelIndex &index : selection.selectedRows())
            result += nameOf(index);
        result.sort();
        return result;
    };
    const QStringList before = selected();
    auto random = Testing::seededGenerator("keepsTheSelectionInAnyOrder");

    for (int i = 0; i < 100; ++i) {
        for (int recorder = 0; recorder < 50; ++recorder)
            f.source.setMetric(QString::number(recorder), number(qint64(random() % 1000)));
        f.update();
        f.filter.sort(int(random() % 6), random() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
        f.settle();
        QCOMPARE(selected(), before);
    }
}

void tst_SnapshotFilterModel_Changes::showsRowsThatComeAndFit()
{
    Fixture f;
    f.setUpRows();
    f.filter.setFilterText(QStringLiteral("number"));
    f.settle();
    QCOMPARE(f.filter.rowCount(), 0);

    f.source.setRecorder(QStringLiteral("aa"), { number(1) });
    f.update();
    QTRY_COMPARE(names(f.filter), QStringList{ QStringLiteral("aa/number/value") });

    f.source.removeRecorder(QStringLiteral("aa"));
    f.update();
    QCOMPARE(f.filter.rowCount(), 0);
}

void tst_SnapshotFilterModel_Changes::movesRowsWhoseValuesChange()
{
    Fixture f;
    for (const char *id : { "a", "b" })
        f.source.setRecorder(QLatin1String(id), { number(1) });
    f.update();
    f.filter.sort(SnapshotTableModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    QCOMPARE(nameOf(f.filter.index(0, 0)), QStringLiteral("a/number/value"));

    f.source.setMetric(QStringLiteral("b"), number(2));
    f.update();

    QTRY_COMPARE(nameOf(f.filter.index(0, 0)), QStringLiteral("b/number/value"));
}

// More rows than the source announces, as nobody has read them.
void tst_SnapshotFilterModel_Changes::sortsWhatNobodyReads()
{
    constexpr int count = 100;
    Fixture f;
    for (int i = 0; i < count; ++i)
        f.source.setRecorder(QString::number(i), { number(i) });
    f.update();
    f.filter.sort(SnapshotTableModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    auto random = Testing::seededGenerator("sortsWhatNobodyReads");

    for (int step = 0; step < 3; ++step) {
        for (int update = 0; update < 2; ++update) {
            for (int i = 0; i < count; ++i)
                f.source.setMetric(QString::number(i), number(qint64(random() % 1000)));
            f.update();
        }
        const auto isInOrder = [&] {
            for (int row = 1; row < count; ++row) {
                const auto value = [&](int at) {
                    return f.filter.index(at, 0).data(SnapshotModel::ValueRole).toLongLong();
                };
                if (value(row - 1) < value(row))
                    return false;
            }
            return true;
        };
        QTRY_VERIFY(isInOrder());
    }
}

// As a view does that looks at all of its rows, once it is back in the event loop.
void tst_SnapshotFilterModel_Changes::sortsLessOftenWhereThatTakesLong()
{
    constexpr auto cost = 60ms;
    Fixture f;
    for (const char *id : { "a", "b" })
        f.source.setRecorder(QLatin1String(id), { number(1) });
    f.update();
    f.filter.sort(SnapshotTableModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    bool hasShown = false;
    const auto show = [&hasShown, cost] {
        QTest::qSleep(cost.count());
        hasShown = true;
    };
    connect(&f.filter, &QAbstractItemModel::rowsMoved, this,
            [this, show] { QTimer::singleShot(0, this, show); });
    f.source.setMetric(QStringLiteral("b"), number(2));
    f.update();
    QTRY_VERIFY(hasShown);
    QElapsedTimer sinceShown;
    sinceShown.start();

    f.source.setMetric(QStringLiteral("a"), number(3));
    f.update();

    QTRY_COMPARE(nameOf(f.filter.index(0, 0)), QStringLiteral("a/number/value"));
    QVERIFY(sinceShown.elapsed() > 8 * cost.count()); // 10, less what a timer may be early
}

void tst_SnapshotFilterModel_Changes::holdsTheOrder()
{
    Fixture f;
    for (const char *id : { "a", "b" })
        f.source.setRecorder(QLatin1String(id), { number(1) });
    f.update();
    f.filter.sort(SnapshotTableModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    const QSignalSpy busy(&f.filter, &SnapshotFilterModel::busyChanged);
    const auto changeTo = [&f](qint64 value) {
        return [&f, value] {
            f.source.setMetric(QStringLiteral("b"), number(value));
            f.update();
        };
    };

    f.filter.setHoldOrder(true);
    Testing::SearchWitness witness(&f.table, SnapshotTableModel::ValueColumn);
    QVERIFY(witness.searchesAfter(changeTo(2), changeTo(3)));
    QVERIFY(busy.isEmpty());
    QCOMPARE(f.filter.index(1, 0).data(SnapshotModel::ValueRole), 3);

    f.filter.setHoldOrder(false);
    QTRY_COMPARE(nameOf(f.filter.index(0, 0)), QStringLiteral("b/number/value"));
}

void tst_SnapshotFilterModel_Changes::showsWhatComesBelowWhatIsHeld_data()
{
    QTest::addColumn<bool>("movesRows");

    QTest::newRow("rows are moved") << true;
    QTest::newRow("a new layout") << false;
}

void tst_SnapshotFilterModel_Changes::showsWhatComesBelowWhatIsHeld()
{
    QFETCH(const bool, movesRows);
    Fixture f;
    f.filter.setMovesRows(movesRows);
    for (const char *id : { "a", "b", "c" })
        f.source.setRecorder(QLatin1String(id), { number(id[0]) });
    f.update();
    f.filter.setFilterText(QStringLiteral("number"));
    f.filter.sort(SnapshotTableModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    f.filter.setHoldOrder(true);
    const auto shown = [&f] {
        QString ids;
        for (int row = 0; row < f.filter.rowCount(); ++row)
            ids += nameOf(f.filter.index(row, 0)).front();
        return ids;
    };

    f.source.setMetric(QStringLiteral("a"), number(300));
    f.source.removeRecorder(QStringLiteral("b"));
    f.source.setRecorder(QStringLiteral("y"), { number(200) });
    f.source.setRecorder(QStringLiteral("x"), { number(400) });
    f.source.setMetric(QStringLiteral("z"), MetricSnapshot(QStringLiteral("no match")));
    f.update();

    QTRY_COMPARE(shown(), QStringLiteral("caxy"));
    QCOMPARE(f.filter.hitCount(), 4);
    f.filter.setHoldOrder(false);
    QTRY_COMPARE(shown(), QStringLiteral("xayc"));
}

void tst_SnapshotFilterModel_Changes::showsWhatElseIsWantedWhileTheOrderIsHeld()
{
    Fixture f;
    for (const char *id : { "a", "b" })
        f.source.setRecorder(QLatin1String(id), { number(id[0]) });
    f.update();
    f.filter.sort(SnapshotTableModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    f.filter.setHoldOrder(true);

    f.source.setRecorder(QStringLiteral("ab"), { number(0) });
    f.update();
    f.filter.setFilterText(QStringLiteral("/^a/"));
    f.filter.sort(SnapshotTableModel::EntityColumn, Qt::DescendingOrder);
    f.settle();

    QCOMPARE(names(f.filter),
             QStringList({ QStringLiteral("ab/number/value"), QStringLiteral("a/number/value") }));
}

void tst_SnapshotFilterModel_Changes::forwardsChangesOfWhatIsShown()
{
    Fixture f;
    for (const char *id : { "a", "b", "c" })
        f.source.setRecorder(QLatin1String(id), { number(1) });
    f.update();
    f.filter.setFilterText(QStringLiteral("/^[bc]$/"));
    QTRY_COMPARE(f.filter.rowCount(), 2);
    QSignalSpy changed(&f.filter, &QAbstractItemModel::dataChanged);

    for (const char *id : { "a", "c" })
        f.source.setMetric(QLatin1String(id), number(2));
    f.update();

    QVERIFY(!changed.isEmpty());
    for (const QList<QVariant> &arguments : std::as_const(changed)) {
        QCOMPARE(arguments.at(0).toModelIndex(), f.filter.index(1, 0));
        QCOMPARE(arguments.at(1).toModelIndex(), f.filter.index(1, f.filter.columnCount() - 1));
        QVERIFY(!arguments.at(2).value<QList<int>>().isEmpty());
    }
}

// Wherever the rows of a recorder are.
void tst_SnapshotFilterModel_Changes::tellsAtOnceOfWhatIsNotDisplayed()
{
    Fixture f;
    f.source.setRecorder(
            QStringLiteral("a"),
            { number(1).add(QStringLiteral("other"), 3).add(QStringLiteral("third"), 5) });
    f.source.setRecorder(QStringLiteral("b"), { number(2).add(QStringLiteral("other"), 4) });
    f.update();
    f.filter.sort(SnapshotTableModel::ValueColumn);
    f.settle();
    QSignalSpy changed(&f.filter, &QAbstractItemModel::dataChanged);

    f.source.setStatistics(QStringLiteral("a"), { .pending = 7 });
    f.update();

    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 0);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 4);
    QVERIFY(!changed.at(0).at(2).value<QList<int>>().contains(Qt::DisplayRole));
}

void tst_SnapshotFilterModel_Changes::isEmptyAfterItsSource()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { number(1) });
    auto table = std::make_unique<SnapshotTableModel>();
    table->setSource(&source);
    SnapshotFilterModel filter;
    QAbstractItemModelTester tester(&filter, testerMode);
    filter.setSourceModel(table.get());
    filter.setFilterText(QStringLiteral("/^a/"));
    QTRY_COMPARE(filter.rowCount(), 1);

    table.reset();

    QCOMPARE(filter.rowCount(), 0);
    QVERIFY(!filter.isBusy());
}

void tst_SnapshotFilterModel_Changes::mayGoDuringASearch()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 1000; ++i)
        source.setRecorder(QString::number(i), { number(i) });
    SnapshotTableModel table;
    table.setSource(&source);
    QTRY_COMPARE(table.rowCount(), 1000);

    for (int i = 0; i < 20; ++i) {
        SnapshotFilterModel filter;
        filter.setSourceModel(&table);
        filter.setFilterText(QStringLiteral("/.*9.*9/"));
        QVERIFY(filter.isBusy());
    }
}

void tst_SnapshotFilterModel_Changes::survivesARandomScript()
{
    Fixture f;
    QAbstractItemModelTester tester(&f.filter, testerMode);
    QAbstractItemModelTester tableTester(&f.table, testerMode);
    Testing::SnapshotScript script(Testing::seededGenerator("survivesARandomScript"));
    const QStringList texts{ {},
                             QStringLiteral("1"),
                             QStringLiteral("bytes"),
                             QStringLiteral("kind:counter"),
                             QStringLiteral(">=50"),
                             QStringLiteral("<=0.05KiB bytes"),
                             QStringLiteral("/[2-5]/ values") };
    const int columns[] = { -1, SnapshotTableModel::ValueColumn, SnapshotTableModel::RateColumn };

    for (int step = 0; step < 40; ++step) {
        script.play(f.source);
        f.source.setMaxUpdateSize(0);
        const QString text = texts.at(script.below(int(texts.size())));
        const int column = columns[script.below(3)];
        const auto order = script.below(2) ? Qt::AscendingOrder : Qt::DescendingOrder;
        f.filter.setFilterText(text);
        f.filter.sort(column, order); // and rows change while a search runs
        f.update();
        f.settle();

        f.filter.setHoldOrder(true);
        f.filter.setHoldOrder(false); // looks at what came late
        f.settle();

        for (int row = 0; row < f.filter.rowCount(); ++row) {
            const QModelIndex index = f.filter.index(row, 0);
            QCOMPARE(f.filter.mapFromSource(f.filter.mapToSource(index)), index);
        }
        const Testing::NaiveFilter naive(text, column, order);
        QCOMPARE(Testing::outline(f.filter), naive.outline(f.table));
        const bool isAll = text.isEmpty() && column < 0;
        QCOMPARE(f.filter.hitCount(), isAll ? 0 : naive.hits(f.table));
    }
}

QTEST_GUILESS_MAIN(tst_SnapshotFilterModel_Changes)
#include "tst_snapshotfiltermodel_changes.moc"

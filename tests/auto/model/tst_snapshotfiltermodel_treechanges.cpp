// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"
#include "shared/naivefilter.h"
#include "shared/searchwitness.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"
#include "treefilterfixture.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Recorders;
using namespace Testing;

// How a filtered tree changes, whatever its source does.
class tst_SnapshotFilterModel_TreeChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // how it changes
    void showsWhatComesAndFits();
    void tellsOfTheFirstRowsBelowAMetric();
    void findsStatesThatChangeUnseen();
    void movesMetricsWhoseValuesChange();
    void sortsWhatNobodyReads();
    void showsWhatComesBelowWhatIsHeld();
    void forwardsChangesOfWhatIsShown();
    void looksIntoNothingByItself();
    void tellsOfFewRanges();
    void keepsSelectionAndExpansionInAnyOrder();
    void readsAheadOfASearch();
    void isEmptyAfterItsSource();

    // all together
    void agreesWithANaiveFilter_data();
    void agreesWithANaiveFilter();
};

// a with bytes of two dimensions and a quarantined state; b c with bytes and a level
void tst_SnapshotFilterModel_TreeChanges::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_SnapshotFilterModel_TreeChanges::showsWhatComesAndFits()
{
    Fixture f;
    QAbstractItemModelTester tester(&f.filter, testerMode);
    f.setUpRows();
    f.search("new");
    QCOMPARE(f.shown(), QString());

    f.source.setMetric(QStringLiteral("d"), number("new", 1));
    f.update();
    QTRY_COMPARE(f.shown(), QStringLiteral("d d/new d/new/value"));

    f.source.setMetric(QStringLiteral("d"), number("newer", 1));
    f.update();
    QTRY_COMPARE(f.shown(), QStringLiteral("d d/new d/new/value d/newer d/newer/value"));

    f.source.removeMetric(QStringLiteral("d"), QStringLiteral("new"));
    f.update();
    QCOMPARE(f.shown(), QStringLiteral("d d/newer d/newer/value"));
}

// Somebody who was told that a metric has no values counts on being told of the first.
void tst_SnapshotFilterModel_TreeChanges::tellsOfTheFirstRowsBelowAMetric()
{
    Fixture f;
    f.source.setMetric(QStringLiteral("a"), MetricSnapshot(QStringLiteral("late")));
    f.update();
    f.search("late");
    const QModelIndex metric = f.filter.index(0, 0, f.filter.index(0, 0));
    QCOMPARE(f.filter.rowCount(metric), 0);
    QSignalSpy inserted(&f.filter, &QAbstractItemModel::rowsInserted);

    f.source.setMetric(QStringLiteral("a"), number("late", 1));
    f.update();

    QTRY_COMPARE(inserted.count(), 1);
    QCOMPARE(f.filter.rowCount(metric), 1);
}

// In recorders that nobody has looked into.
void tst_SnapshotFilterModel_TreeChanges::findsStatesThatChangeUnseen()
{
    Fixture f;
    for (const char *id : { "a", "b" })
        f.source.setRecorder(QLatin1String(id), { number("x", 1) });
    f.update();
    f.search("state:quar");
    QCOMPARE(f.filter.rowCount(), 0);

    f.source.setMetric(QStringLiteral("b"), number("x", 1).setState(MetricState::Quarantined));
    f.update();
    QTRY_COMPARE(f.filter.rowCount(), 1);
    QCOMPARE(f.shown(), QStringLiteral("b b/x b/x/value"));

    f.search("state:fail");
    f.source.setRecorderState(QStringLiteral("a"), RecorderState::Failed);
    f.update();
    QTRY_COMPARE(f.shown(), QStringLiteral("a a/x a/x/value"));
}

void tst_SnapshotFilterModel_TreeChanges::movesMetricsWhoseValuesChange()
{
    Fixture f;
    f.source.setRecorder(QStringLiteral("a"), { number("x", 2), number("y", 1) });
    f.update();
    f.filter.sort(SnapshotModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    QCOMPARE(f.shown(), QStringLiteral("a a/x a/x/value a/y a/y/value"));

    f.source.setMetric(QStringLiteral("a"), number("y", 3));
    f.update();
    QTRY_COMPARE(f.shown(), QStringLiteral("a a/y a/y/value a/x a/x/value"));

    f.filter.setHoldOrder(true);
    const QSignalSpy busy(&f.filter, &SnapshotFilterModel::busyChanged);
    const auto changeTo = [&f](qint64 value) {
        return [&f, value] {
            f.source.setMetric(QStringLiteral("a"), number("y", value));
            f.update();
        };
    };
    Testing::SearchWitness witness(&f.tree, SnapshotModel::ValueColumn);
    QVERIFY(witness.searchesAfter(changeTo(0), changeTo(1)));
    QVERIFY(busy.isEmpty());
    QCOMPARE(f.shown(), QStringLiteral("a a/y a/y/value a/x a/x/value"));
}

// More rows than the source announces, as nobody has read them.
void tst_SnapshotFilterModel_TreeChanges::sortsWhatNobodyReads()
{
    constexpr int count = 60;
    Fixture f;
    auto random = Testing::seededGenerator("sortsWhatNobodyReads");
    const auto change = [&] {
        QList<MetricSnapshot> metrics;
        for (int i = 0; i < count; ++i)
            metrics += MetricSnapshot(QString::number(i))
                               .add(QStringLiteral("value"), int(random() % 1000));
        f.source.setRecorder(QStringLiteral("a"), metrics);
        f.update();
    };
    change();
    f.filter.sort(SnapshotModel::ValueColumn, Qt::AscendingOrder);
    f.settle();
    QCOMPARE(f.filter.rowCount(f.filter.index(0, 0)), count);
    const auto isInOrder = [&] {
        QList<int> shown;
        for (int row = 0; row < count; ++row) {
            const QModelIndex metric = f.filter.index(row, 0, f.filter.index(0, 0));
            shown += metric.data(SnapshotModel::ValueRole).toInt();
        }
        return std::is_sorted(shown.cbegin(), shown.cend());
    };

    for (int step = 0; step < 3; ++step) {
        change();
        change();
        QTRY_VERIFY(isInOrder());
    }
}

// On all levels that somebody has looked into.
void tst_SnapshotFilterModel_TreeChanges::showsWhatComesBelowWhatIsHeld()
{
    Fixture f;
    f.source.setRecorder(QStringLiteral("m"), { number("level", 2), number("rest", 1) });
    f.update();
    f.filter.sort(SnapshotModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    QCOMPARE(outline(f.filter).size(), 5);
    f.filter.setHoldOrder(true);

    f.source.setMetric(QStringLiteral("m"), number("rest", 5));
    f.source.setMetric(QStringLiteral("m"), number("add", 3));
    f.source.setRecorder(QStringLiteral("a"),
                         { number("a", 1), number("b", 2), number("c", 3), number("d", 4) });
    f.update();

    const auto shown = [&f](const QModelIndex &parent) {
        QStringList names;
        for (int row = 0; row < f.filter.rowCount(parent); ++row)
            names += nameOf(f.filter.index(row, 0, parent));
        return names.join(u' ');
    };
    QTRY_COMPARE(shown({}), QStringLiteral("m a"));
    QTRY_COMPARE(shown(f.filter.index(0, 0)), QStringLiteral("m/level m/rest m/add"));
    f.filter.setHoldOrder(false);
    QTRY_COMPARE(shown({}), QStringLiteral("a m"));
    QCOMPARE(shown(f.filter.index(1, 0)), QStringLiteral("m/rest m/add m/level"));
}

void tst_SnapshotFilterModel_TreeChanges::forwardsChangesOfWhatIsShown()
{
    Fixture f;
    f.setUpRows();
    f.search("level");
    const QModelIndex recorder = f.filter.index(0, 0);
    const QModelIndex metric = f.filter.index(0, 0, recorder);
    const QModelIndex dimension = f.filter.index(0, 0, metric);
    QSignalSpy changed(&f.filter, &QAbstractItemModel::dataChanged);

    f.source.setMetric(QStringLiteral("a"), number("bytes", 2));
    f.source.setMetric(QStringLiteral("bc"), number("level", 4));
    f.update();

    QModelIndexList rows;
    for (const QList<QVariant> &arguments : std::as_const(changed))
        rows += arguments.at(0).toModelIndex();
    QCOMPARE(rows, QModelIndexList({ recorder, metric, dimension }));
}

// Else the source would tell of every value that changes anywhere.
void tst_SnapshotFilterModel_TreeChanges::looksIntoNothingByItself()
{
    Fixture f;
    f.setUpRows();
    f.search("level");
    f.filter.sort(SnapshotModel::ValueColumn);
    f.settle();
    QVERIFY(f.filter.hasChildren(f.filter.index(0, 0)));
    QSignalSpy changed(&f.tree, &QAbstractItemModel::dataChanged);

    f.source.setMetric(QStringLiteral("bc"), number("level", 4));
    f.update();

    QCOMPARE(changed.count(), 1);
    QVERIFY(!changed.at(0).at(0).toModelIndex().parent().isValid());
}

void tst_SnapshotFilterModel_TreeChanges::tellsOfFewRanges()
{
    Fixture f;
    f.filter.setMovesRows(false);
    for (int i = 0; i < 100; ++i)
        f.source.setRecorder(QString::number(i), { number("x", i), number("y", i) });
    f.update();
    for (int row = 0; row < 100; row += 2) // these are expanded
        QCOMPARE(f.filter.rowCount(f.filter.index(row, 0)), 2);
    QSignalSpy removed(&f.filter, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&f.filter, &QAbstractItemModel::rowsInserted);
    QSignalSpy moved(&f.filter, &QAbstractItemModel::layoutChanged);

    f.search("y /[37]/");

    QCOMPARE(f.filter.rowCount(), 36);
    int expanded = 0;
    for (int row = 0; row < 100; row += 2)
        expanded += QString::number(row).contains(QRegularExpression(QStringLiteral("[37]")));
    QCOMPARE(removed.count(), 1 + expanded); // recorders, and one range in each that is left
    QCOMPARE(inserted.count(), 0);
    QCOMPARE(moved.count(), 1);

    f.filter.sort(SnapshotModel::ValueColumn, Qt::DescendingOrder);
    f.settle();
    QVERIFY(moved.count() <= 2);
}

void tst_SnapshotFilterModel_TreeChanges::keepsSelectionAndExpansionInAnyOrder()
{
    Fixture f;
    for (int i = 0; i < 30; ++i)
        f.source.setRecorder(QString::number(i), { number("x", i), number("y", i) });
    f.update();
    QItemSelectionModel selection(&f.filter);
    QList<QPersistentModelIndex> expanded;
    for (const int row : { 3, 17, 22 }) {
        const QModelIndex recorder = f.filter.index(row, 0);
        expanded += recorder;
        for (const QModelIndex &index : { recorder, f.filter.index(1, 0, recorder) })
            selection.select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    const auto kept = [&] {
        QStringList names;
        for (const QModelIndex &index : selection.selectedRows())
            names += Testing::nameOf(index);
        for (const QPersistentModelIndex &index : std::as_const(expanded))
            names += Testing::nameOf(index);
        names.sort();
        return names;
    };
    const QStringList before = kept();
    auto random = Testing::seededGenerator("keepsSelectionAndExpansionInAnyOrder");

    for (int i = 0; i < 1000; ++i) {
        const QString id = QString::number(random() % 30);
        f.source.setMetric(id, number("y", qint64(random() % 100)));
        f.source.setMetric(id, number(random() % 2 ? "w" : "z", qint64(random() % 100)));
        f.source.removeMetric(id, random() % 2 ? QStringLiteral("w") : QStringLiteral("z"));
        f.update();
        f.filter.sort(int(random() % 4), random() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
        f.settle();
        QCOMPARE(kept(), before);
    }
}

// Which nobody sees, but for the time that a search takes.
void tst_SnapshotFilterModel_TreeChanges::readsAheadOfASearch()
{
    Fixture f;
    QSignalSpy changed(&f.filter, &SnapshotFilterModel::readAheadChanged);
    QSignalSpy busy(&f.filter, &SnapshotFilterModel::busyChanged);
    f.filter.setReadAhead(true);
    f.filter.setReadAhead(true);
    QCOMPARE(changed.count(), 1);

    f.setUpRows(); // come afterwards
    f.source.setMetric(QStringLiteral("late"), number("level", 4));
    f.update();
    f.source.removeRecorder(QStringLiteral("a"));
    f.update();
    QVERIFY(busy.isEmpty());
    QCOMPARE(outline(f.filter), outline(f.tree));

    f.search("level");
    QCOMPARE(f.shown(),
             QStringLiteral("bc bc/level bc/level/value late late/level late/level/value"));
    f.search("");
    f.filter.setReadAhead(false);
    f.search("late");
    QCOMPARE(f.shown(), QStringLiteral("late late/level late/level/value"));
}

void tst_SnapshotFilterModel_TreeChanges::isEmptyAfterItsSource()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { number("x", 1) });
    auto tree = std::make_unique<SnapshotModel>();
    tree->setSource(&source);
    SnapshotFilterModel filter;
    QAbstractItemModelTester tester(&filter, testerMode);
    filter.setSourceModel(tree.get());
    filter.setFilterText(QStringLiteral("x"));
    QTRY_COMPARE(outline(filter).size(), 3);

    tree.reset();

    QCOMPARE(filter.rowCount(), 0);
    QVERIFY(!filter.isBusy());
}

void tst_SnapshotFilterModel_TreeChanges::agreesWithANaiveFilter_data()
{
    QTest::addColumn<bool>("isWatched");
    QTest::addColumn<int>("steps");

    QTest::newRow("at length") << false << Testing::scaled(30);
    QTest::newRow("watched at every step, which takes long") << true << Testing::scaled(8);
}

void tst_SnapshotFilterModel_TreeChanges::agreesWithANaiveFilter()
{
    QFETCH(const bool, isWatched);
    QFETCH(const int, steps);
    Fixture f;
    std::unique_ptr<QAbstractItemModelTester> tester;
    if (isWatched)
        tester = std::make_unique<QAbstractItemModelTester>(&f.filter, testerMode);
    Testing::SnapshotScript script(Testing::seededGenerator("agreesWithANaiveFilter"));
    const QStringList texts{ {},
                             QStringLiteral("1"),
                             QStringLiteral("bytes"),
                             QStringLiteral("kind:counter 2"),
                             QStringLiteral(">=50"),
                             QStringLiteral("<=0.05KiB 2"),
                             QStringLiteral("state:quarantined"),
                             QStringLiteral("state:failed"),
                             QStringLiteral("/^[2-5]/ values") };
    const int columns[] = { -1, SnapshotModel::NameColumn, SnapshotModel::ValueColumn,
                            SnapshotModel::RateColumn };

    for (int step = 0; step < steps; ++step) {
        script.play(f.source);
        f.source.setMaxUpdateSize(0);
        const QString text = texts.at(script.below(int(texts.size())));
        const int column = columns[script.below(4)];
        const auto order = script.below(2) ? Qt::AscendingOrder : Qt::DescendingOrder;
        f.filter.setReadAhead(script.below(2) == 0);
        f.filter.setFilterText(text);
        f.filter.sort(column, order); // and rows change while a search runs
        f.update();
        f.settle();
        f.filter.setHoldOrder(true);
        f.filter.setHoldOrder(false); // looks at what came late
        f.settle();

        const Testing::NaiveFilter naive(text, column, order);
        QCOMPARE(outline(f.filter), naive.outline(f.tree));
        const bool isAll = text.isEmpty() && column < 0;
        QCOMPARE(f.filter.hitCount(), isAll ? 0 : naive.hits(f.tree));
    }
}

QTEST_GUILESS_MAIN(tst_SnapshotFilterModel_TreeChanges)
#include "tst_snapshotfiltermodel_treechanges.moc"

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

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStringListModel>
#include <QTest>

#include <memory>

using namespace Recorders;
using Testing::outline;

namespace {

constexpr auto testerMode = QAbstractItemModelTester::FailureReportingMode::QtTest;

MetricSnapshot number(const char *name, qint64 value)
{
    return MetricSnapshot(QLatin1String(name)).add(QStringLiteral("value"), value);
}

} // namespace

class tst_SnapshotFilterModel_Tree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it shows
    void showsEverythingAtFirst();
    void showsWhatFits_data();
    void showsWhatFits();
    void sortsSiblings_data();
    void sortsSiblings();
    void countsHits();
    void tellsHitsFromWhatIsAbove();
    void showsATableInsteadOfATree();
    void refusesOtherModels();

    // how it changes
    void showsWhatComesAndFits();
    void tellsOfTheFirstRowsBelowAMetric();
    void findsStatesThatChangeUnseen();
    void movesMetricsWhoseValuesChange();
    void forwardsChangesOfWhatIsShown();
    void looksIntoNothingByItself();
    void tellsOfFewRanges();
    void keepsSelectionAndExpansionInAnyOrder();
    void readsAheadOfASearch();
    void isEmptyAfterItsSource();

    // all together
    void agreesWithANaiveFilter_data();
    void agreesWithANaiveFilter();

private:
    struct Fixture
    {
        Fixture()
        {
            tree.setPaused(true);
            tree.setSource(&source);
            filter.setSourceModel(&tree);
        }
        void update()
        {
            QSignalSpy updated(&tree, &SnapshotModel::updated);
            tree.refresh();
            QVERIFY(updated.wait());
        }
        void settle()
        {
            QSignalSpy busy(&filter, &SnapshotFilterModel::busyChanged);
            while (filter.isBusy())
                QVERIFY(busy.wait());
        }
        void search(const char *text)
        {
            filter.setFilterText(QLatin1String(text));
            settle();
        }
        void setUpRows();
        QString shown() const { return outline(filter).join(u' '); }

        FakeSnapshotSource source;
        SnapshotModel tree;
        SnapshotFilterModel filter;
    };
};

// a with bytes of two dimensions and a quarantined state; b c with bytes and a level
void tst_SnapshotFilterModel_Tree::Fixture::setUpRows()
{
    const auto bytes = [](qint64 total) {
        return MetricSnapshot(QStringLiteral("bytes"))
                .setDescription(QStringLiteral("What went through"))
                .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter);
    };
    source.setRecorder(
            QStringLiteral("a"),
            { bytes(2048).add(QStringLiteral("used"), 7, Unit::bytes(), MetricKind::Gauge),
              MetricSnapshot(QStringLiteral("state"))
                      .setState(MetricState::Quarantined)
                      .add(QStringLiteral("text"), QStringLiteral("Open"), {}, MetricKind::Text) });
    source.setRecorder(QStringLiteral("bc"), { bytes(100), number("level", -3) });
    source.setRecorder(QStringLiteral("d"), {});
    source.setRecorderState(QStringLiteral("d"), RecorderState::Failed);
    update();
}

void tst_SnapshotFilterModel_Tree::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_SnapshotFilterModel_Tree::showsEverythingAtFirst()
{
    Fixture f;
    f.setUpRows();

    QCOMPARE(outline(f.filter), outline(f.tree));
    QCOMPARE(f.filter.rowCount(), 3);
    QCOMPARE(f.filter.columnCount(), f.tree.columnCount());
    QCOMPARE(f.filter.roleNames(), f.tree.roleNames());
    QVERIFY(f.filter.index(0, 0).flags() == f.tree.index(0, 0).flags());
    QVERIFY(!f.filter.isBusy());
}

void tst_SnapshotFilterModel_Tree::showsWhatFits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rows");

    const auto row = [](const char *name, const char *text, const char *rows) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(rows);
    };
    const char *all = "a a/bytes a/bytes/total a/bytes/used a/state a/state/text "
                      "bc bc/bytes bc/bytes/total bc/level bc/level/value d";
    row("spaces alone", "  ", all);
    row("a recorder, with all that it has", "c",
        "bc bc/bytes bc/bytes/total bc/level bc/level/value");
    row("a recorder that has nothing", "/^d$/", "d");
    row("a metric, with all its dimensions", "BYT",
        "a a/bytes a/bytes/total a/bytes/used bc bc/bytes bc/bytes/total");
    row("a dimension, without the others", "used", "a a/bytes a/bytes/used");
    row("a description", "through /^a$/", "a a/bytes a/bytes/total a/bytes/used");
    row("words on two levels", "bytes bc", "bc bc/bytes bc/bytes/total");
    row("words on three levels", "total bytes /^a/", "a a/bytes a/bytes/total");
    row("a kind", "kind:gauge", "a a/bytes a/bytes/used");
    row("a kind below a recorder", "kind:counter bc", "bc bc/bytes bc/bytes/total");
    row("a metric's state, with its dimensions", "state:quar", "a a/state a/state/text");
    row("a recorder's state", "state:fail", "d");
    row("a unit", "unit:by total", "a a/bytes a/bytes/total bc bc/bytes bc/bytes/total");
    row("a regular expression", "/^(used|level)$/",
        "a a/bytes a/bytes/used bc bc/level bc/level/value");
    row("nothing", "nothing", "");
}

void tst_SnapshotFilterModel_Tree::showsWhatFits()
{
    QFETCH(const QString, text);
    QFETCH(const QString, rows);
    Fixture f;
    f.setUpRows();
    QAbstractItemModelTester tester(&f.filter, testerMode);

    f.filter.setFilterText(text);
    f.settle();
    QCOMPARE(f.shown(), rows);
    QCOMPARE(f.filter.errorString(), QString());

    f.filter.setFilterText({});
    QCOMPARE(outline(f.filter), outline(f.tree));
}

void tst_SnapshotFilterModel_Tree::sortsSiblings_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("rows");

    QTest::newRow("name, descending")
            << int(SnapshotModel::NameColumn) << Qt::DescendingOrder
            << QStringLiteral("b b/z b/z/value a a/y a/y/value a/x a/x/value");
    QTest::newRow("value: metrics by number, recorders by how many")
            << int(SnapshotModel::ValueColumn) << Qt::AscendingOrder
            << QStringLiteral("b b/z b/z/value a a/y a/y/value a/x a/x/value");
    QTest::newRow("value, descending")
            << int(SnapshotModel::ValueColumn) << Qt::DescendingOrder
            << QStringLiteral("a a/x a/x/value a/y a/y/value b b/z b/z/value");
    QTest::newRow("the source") << -1 << Qt::AscendingOrder
                                << QStringLiteral("a a/x a/x/value a/y a/y/value b b/z b/z/value");
}

void tst_SnapshotFilterModel_Tree::sortsSiblings()
{
    QFETCH(const int, column);
    QFETCH(const Qt::SortOrder, order);
    QFETCH(const QString, rows);
    Fixture f;
    QAbstractItemModelTester tester(&f.filter, testerMode);
    f.source.setRecorder(QStringLiteral("a"), { number("x", 20), number("y", 3) });
    f.source.setRecorder(QStringLiteral("b"), { number("z", 50) });
    f.update();

    f.filter.sort(column, order);
    f.settle();

    QCOMPARE(f.shown(), rows);
}

void tst_SnapshotFilterModel_Tree::countsHits()
{
    Fixture f;
    f.setUpRows();
    QSignalSpy hits(&f.filter, &SnapshotFilterModel::hitCountChanged);
    QSignalSpy searched(&f.filter, &SnapshotFilterModel::searchedCountChanged);

    f.search("bytes"); // two metrics; their dimensions belong to them
    QCOMPARE(f.filter.hitCount(), 2);
    QCOMPARE(f.filter.searchedCount(), 12);
    f.search("total");
    QCOMPARE(f.filter.hitCount(), 2);
    f.search("/^a$/");
    QCOMPARE(f.filter.hitCount(), 1);
    QCOMPARE(hits.count(), 2);
    QCOMPARE(searched.count(), 1);

    f.source.setRecorder(QStringLiteral("A"), { number("x", 1) });
    f.update();
    QTRY_COMPARE(f.filter.hitCount(), 2);
    f.search("");
    QCOMPARE(f.filter.hitCount(), 0);
    QCOMPARE(f.filter.searchedCount(), 0);
}

void tst_SnapshotFilterModel_Tree::tellsHitsFromWhatIsAbove()
{
    Fixture f;
    f.setUpRows();

    f.search("used");
    const QModelIndex recorder = f.filter.index(0, 0);
    const QModelIndex metric = f.filter.index(0, 0, recorder);
    QVERIFY(!f.filter.isHit(recorder));
    QVERIFY(!f.filter.isHit(metric));
    QVERIFY(f.filter.isHit(f.filter.index(0, 0, metric)));
    QVERIFY(!f.filter.isHit({}));

    f.search("bytes a");
    QVERIFY(!f.filter.isHit(recorder));
    QVERIFY(f.filter.isHit(metric));
}

void tst_SnapshotFilterModel_Tree::showsATableInsteadOfATree()
{
    Fixture f;
    f.setUpRows();
    SnapshotTableModel table;
    table.setSource(&f.source);
    QTRY_COMPARE(table.rowCount(), 5);
    f.search("used");

    f.filter.setSourceModel(&table);
    f.settle();
    QCOMPARE(f.shown(), QStringLiteral("a/bytes/used"));

    f.filter.setSourceModel(&f.tree);
    f.settle();
    QCOMPARE(f.shown(), QStringLiteral("a a/bytes a/bytes/used"));
}

void tst_SnapshotFilterModel_Tree::refusesOtherModels()
{
    Fixture f;
    f.setUpRows();
    QStringListModel other({ QStringLiteral("x") });
    QTest::ignoreMessage(QtWarningMsg,
                         "setSourceModel: the source must be a model of snapshots, not a "
                         "QStringListModel");

    f.filter.setSourceModel(&other);

    QCOMPARE(f.filter.sourceModel(), &f.tree);
    QCOMPARE(f.filter.rowCount(), 3);
}

void tst_SnapshotFilterModel_Tree::showsWhatComesAndFits()
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
void tst_SnapshotFilterModel_Tree::tellsOfTheFirstRowsBelowAMetric()
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
void tst_SnapshotFilterModel_Tree::findsStatesThatChangeUnseen()
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

void tst_SnapshotFilterModel_Tree::movesMetricsWhoseValuesChange()
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

void tst_SnapshotFilterModel_Tree::forwardsChangesOfWhatIsShown()
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
void tst_SnapshotFilterModel_Tree::looksIntoNothingByItself()
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

void tst_SnapshotFilterModel_Tree::tellsOfFewRanges()
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

void tst_SnapshotFilterModel_Tree::keepsSelectionAndExpansionInAnyOrder()
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
void tst_SnapshotFilterModel_Tree::readsAheadOfASearch()
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

void tst_SnapshotFilterModel_Tree::isEmptyAfterItsSource()
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

void tst_SnapshotFilterModel_Tree::agreesWithANaiveFilter_data()
{
    QTest::addColumn<bool>("isWatched");
    QTest::addColumn<int>("steps");

    QTest::newRow("at length") << false << Testing::scaled(30);
    QTest::newRow("watched at every step, which takes long") << true << Testing::scaled(8);
}

void tst_SnapshotFilterModel_Tree::agreesWithANaiveFilter()
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

QTEST_GUILESS_MAIN(tst_SnapshotFilterModel_Tree)

#include "tst_snapshotfiltermodel_tree.moc"

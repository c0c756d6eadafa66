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
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Recorders;

namespace {

constexpr auto testerMode = QAbstractItemModelTester::FailureReportingMode::QtTest;

QString nameOf(const QModelIndex &index)
{
    return index.data(SnapshotModel::EntityIdRole).toString() + u'/'
            + index.data(SnapshotModel::MetricRole).toString() + u'/'
            + index.data(SnapshotModel::DimensionRole).toString();
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += nameOf(model.index(row, 0));
    return result;
}

MetricSnapshot number(qint64 value)
{
    return MetricSnapshot(QStringLiteral("number")).add(QStringLiteral("value"), value);
}

// Until what was asked for is shown.
void untilSettled(SnapshotFilterModel &filter)
{
    QSignalSpy busy(&filter, &SnapshotFilterModel::busyChanged);
    while (filter.isBusy())
        QVERIFY(busy.wait());
}

} // namespace

class tst_SnapshotFilterModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what it shows
    void showsEverythingAtFirst();
    void showsWhatFits_data();
    void showsWhatFits();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void sortsByAnyColumn_data();
    void sortsByAnyColumn();
    void sortsTextsAsTexts();
    void isEmptyWithoutASource();

    // how it changes
    void showsTheLastOfManyTexts();
    void tellsOfOneRangeAtMost();
    void keepsTheSelectionInAnyOrder();
    void showsRowsThatComeAndFit();
    void movesRowsWhoseValuesChange();
    void holdsTheOrder();
    void forwardsChangesOfWhatIsShown();
    void tellsAtOnceOfWhatIsNotDisplayed();

    // how it ends
    void isEmptyAfterItsSource();
    void mayGoDuringASearch();

    // all together
    void survivesARandomScript();

private:
    struct Fixture
    {
        Fixture()
        {
            table.setPaused(true);
            table.setSource(&source);
            filter.setSourceModel(&table);
        }
        void update()
        {
            QSignalSpy updated(&table, &SnapshotTableModel::updated);
            table.refresh();
            QVERIFY(updated.wait());
        }
        void settle() { untilSettled(filter); }
        void setUpRows();

        FakeSnapshotSource source;
        SnapshotTableModel table;
        SnapshotFilterModel filter;
    };
};

// a/bytes/total 2048, a/state/text, b c/bytes/total 100, b c/bytes/used 7, b c/level/value -3
void tst_SnapshotFilterModel::Fixture::setUpRows()
{
    const auto bytes = [](qint64 total) {
        return MetricSnapshot(QStringLiteral("bytes"))
                .setDescription(QStringLiteral("What went through"))
                .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter);
    };
    source.setRecorder(
            QStringLiteral("a"),
            { bytes(2048),
              MetricSnapshot(QStringLiteral("state"))
                      .setState(MetricState::Quarantined)
                      .add(QStringLiteral("text"), QStringLiteral("Open"), {}, MetricKind::Text) });
    source.setRecorder(
            QStringLiteral("b c"),
            { bytes(100).add(QStringLiteral("used"), 7, Unit::bytes(), MetricKind::Gauge),
              MetricSnapshot(QStringLiteral("level")).add(QStringLiteral("value"), -3) });
    update();
}

void tst_SnapshotFilterModel::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_SnapshotFilterModel::showsEverythingAtFirst()
{
    Fixture f;
    f.setUpRows();

    QCOMPARE(names(f.filter), names(f.table));
    QCOMPARE(f.filter.rowCount(), 5);
    QCOMPARE(f.filter.columnCount(), f.table.columnCount());
    QCOMPARE(f.filter.headerData(1, Qt::Horizontal), f.table.headerData(1, Qt::Horizontal));
    QCOMPARE(f.filter.roleNames(), f.table.roleNames());
    QVERIFY(!f.filter.isBusy());
}

void tst_SnapshotFilterModel::showsWhatFits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rows");

    const auto row = [](const char *name, const char *text, const char *rows) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(rows);
    };
    row("spaces alone", "  ",
        "a/bytes/total,a/state/text,b c/bytes/total,b c/bytes/used,b c/level/value");
    row("an entity id", "b", "a/bytes/total,b c/bytes/total,b c/bytes/used,b c/level/value");
    row("part of a metric", "eve", "b c/level/value");
    row("a dimension", "USED", "b c/bytes/used");
    row("part of a description", "through", "a/bytes/total,b c/bytes/total,b c/bytes/used");
    row("two words", "total c", "b c/bytes/total");
    row("nothing", "nothing", "");
    row("a kind", "kind:counter", "a/bytes/total,b c/bytes/total");
    row("the beginning of a kind", "Kind:g", "b c/bytes/used");
    row("one kind of two", "kind:gauge kind:text", "a/state/text,b c/bytes/used");
    row("a state", "state:quar", "a/state/text");
    row("a unit", "unit:by", "a/bytes/total,b c/bytes/total,b c/bytes/used");
    row("part of a unit", "unit:B", "");
    row("a regular expression", "/^(used|level)$/", "b c/bytes/used,b c/level/value");
    row("a regular expression with a space", "/B C/",
        "b c/bytes/total,b c/bytes/used,b c/level/value");
    row("a regular expression and a kind", "/^a$/ kind:c", "a/bytes/total");
    row("what only looks like a term", "http://", "");
}

void tst_SnapshotFilterModel::showsWhatFits()
{
    QFETCH(const QString, text);
    QFETCH(const QString, rows);
    Fixture f;
    QAbstractItemModelTester tester(&f.filter, testerMode);
    f.setUpRows();

    f.filter.setFilterText(text);
    f.settle();

    QCOMPARE(names(f.filter).join(u','), rows);
    QCOMPARE(f.filter.errorString(), QString());

    f.filter.setFilterText({});

    QCOMPARE(names(f.filter), names(f.table));
}

void tst_SnapshotFilterModel::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");

    const auto row = [](const char *name, const char *text, const char *error) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(error);
    };
    row("no kind", "kind:size",
        "there is no kind \"size\", but: unspecified, counter, updowncounter, gauge, histogram, "
        "text");
    row("no state", "state:x",
        "there is no state \"x\", but: active, quarantined, created, "
        "starting, running, stopping, stopped, failed");
    row("no end", "/a", "the regular expression has no / at its end");
    row("one slash", "/", "the regular expression has no / at its end");
    row("not regular", "/(/",
        "missing closing parenthesis, at character 2 of the regular expression");
}

void tst_SnapshotFilterModel::saysWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const QString, error);
    Fixture f;
    f.setUpRows();
    f.filter.setFilterText(QStringLiteral("level"));
    QTRY_COMPARE(f.filter.rowCount(), 1);
    QSignalSpy errors(&f.filter, &SnapshotFilterModel::errorStringChanged);

    f.filter.setFilterText(text);
    QCOMPARE(f.filter.errorString(), error);
    QVERIFY(!f.filter.isBusy());
    QCOMPARE(names(f.filter), QStringList{ QStringLiteral("b c/level/value") });

    f.filter.setFilterText(QStringLiteral("used"));
    QCOMPARE(f.filter.errorString(), QString());
    QCOMPARE(errors.count(), 2);
}

void tst_SnapshotFilterModel::sortsByAnyColumn_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("rows");

    QTest::newRow("value") << int(SnapshotTableModel::ValueColumn) << Qt::AscendingOrder
                           << QStringLiteral("value used total total text");
    QTest::newRow("value, descending")
            << int(SnapshotTableModel::ValueColumn) << Qt::DescendingOrder
            << QStringLiteral("text total total used value");
    QTest::newRow("dimension") << int(SnapshotTableModel::DimensionColumn) << Qt::AscendingOrder
                               << QStringLiteral("text total total used value");
    QTest::newRow("metric") << int(SnapshotTableModel::MetricColumn) << Qt::AscendingOrder
                            << QStringLiteral("total total used value text");
    QTest::newRow("unit") << int(SnapshotTableModel::UnitColumn) << Qt::AscendingOrder
                          << QStringLiteral("total total used text value");
    QTest::newRow("unit, those without one last")
            << int(SnapshotTableModel::UnitColumn) << Qt::DescendingOrder
            << QStringLiteral("total total used text value");
    QTest::newRow("the source") << -1 << Qt::AscendingOrder
                                << QStringLiteral("total text total used value");
}

void tst_SnapshotFilterModel::sortsByAnyColumn()
{
    QFETCH(const int, column);
    QFETCH(const Qt::SortOrder, order);
    QFETCH(const QString, rows);
    Fixture f;
    QAbstractItemModelTester tester(&f.filter, testerMode);
    f.setUpRows();

    f.filter.sort(column, order);
    f.settle();

    QStringList dimensions;
    for (int row = 0; row < f.filter.rowCount(); ++row)
        dimensions += f.filter.index(row, SnapshotTableModel::DimensionColumn).data().toString();
    QCOMPARE(dimensions.join(u' '), rows);
}

// A version or a hash may look like a number.
void tst_SnapshotFilterModel::sortsTextsAsTexts()
{
    Fixture f;
    int row = 0;
    for (const char *version : { "1.10.2", "1.9", "12e5", "1.10", "inf" }) {
        f.source.setMetric(QString::number(row++),
                           MetricSnapshot(QStringLiteral("version"))
                                   .add(QStringLiteral("value"), QString::fromLatin1(version)));
    }
    f.source.setMetric(
            QStringLiteral("number"),
            MetricSnapshot(QStringLiteral("version")).add(QStringLiteral("value"), 1000));
    f.update();

    f.filter.sort(SnapshotTableModel::ValueColumn);
    f.settle();

    QStringList values;
    for (int i = 0; i < f.filter.rowCount(); ++i)
        values += f.filter.index(i, 0).data(SnapshotModel::ValueRole).toString();
    QCOMPARE(values.join(u' '), QStringLiteral("1000 1.9 1.10 1.10.2 12e5 inf"));
}

void tst_SnapshotFilterModel::isEmptyWithoutASource()
{
    SnapshotFilterModel filter;
    QAbstractItemModelTester tester(&filter, testerMode);

    filter.setFilterText(QStringLiteral("x"));
    filter.sort(0);

    QCOMPARE(filter.rowCount(), 0);
    QVERIFY(!filter.isBusy());
}

void tst_SnapshotFilterModel::showsTheLastOfManyTexts()
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
void tst_SnapshotFilterModel::tellsOfOneRangeAtMost()
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

void tst_SnapshotFilterModel::keepsTheSelectionInAnyOrder()
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

void tst_SnapshotFilterModel::showsRowsThatComeAndFit()
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

void tst_SnapshotFilterModel::movesRowsWhoseValuesChange()
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

void tst_SnapshotFilterModel::holdsTheOrder()
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

void tst_SnapshotFilterModel::forwardsChangesOfWhatIsShown()
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
void tst_SnapshotFilterModel::tellsAtOnceOfWhatIsNotDisplayed()
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

void tst_SnapshotFilterModel::isEmptyAfterItsSource()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), { number(1) });
    auto table = std::make_unique<SnapshotTableModel>();
    table->setSource(&source);
    SnapshotFilterModel filter;
    QAbstractItemModelTester tester(&filter, testerMode);
    filter.setSourceModel(table.get());
    filter.setFilterText(QStringLiteral("a"));
    QTRY_COMPARE(filter.rowCount(), 1);

    table.reset();

    QCOMPARE(filter.rowCount(), 0);
    QVERIFY(!filter.isBusy());
}

void tst_SnapshotFilterModel::mayGoDuringASearch()
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

void tst_SnapshotFilterModel::survivesARandomScript()
{
    Fixture f;
    QAbstractItemModelTester tester(&f.filter, testerMode);
    QAbstractItemModelTester tableTester(&f.table, testerMode);
    Testing::SnapshotScript script(Testing::seededGenerator("survivesARandomScript"));
    const QStringList texts{ {},
                             QStringLiteral("1"),
                             QStringLiteral("bytes"),
                             QStringLiteral("kind:counter"),
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

QTEST_GUILESS_MAIN(tst_SnapshotFilterModel)

#include "tst_snapshotfiltermodel.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "tablefilterfixture.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

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
};

// a/bytes/total 2048, a/state/text, b c/bytes/total 100, b c/bytes/used 7, b c/level/value -3
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

QTEST_GUILESS_MAIN(tst_SnapshotFilterModel)
#include "tst_snapshotfiltermodel.moc"

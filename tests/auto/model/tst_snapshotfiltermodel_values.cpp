// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"
#include "tablefilterfixture.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace Testing;

// Rows that are found by their values.
class tst_SnapshotFilterModel_Values : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what fits
    void compareNumbers_data();
    void compareNumbers();
    void compareUnits_data();
    void compareUnits();
    void compareExactly_data();
    void compareExactly();
    void refuseWhatIsNoNumber_data();
    void refuseWhatIsNoNumber();

    // of a tree
    void findRecordersByTheirValues();

    // what changes
    void comeAndGoWithTheirValues();
    void comeAndGoWithValuesThatNobodyLookedInto();
    void areLookedAtWhenAComparisonIsAdded();
};

namespace {

const QString a = QStringLiteral("a");

// Recorders of one value each, named by what they are called here.
struct Values : Fixture
{
    void add(const QString &id, const QVariant &value, const Unit &unit = {})
    {
        source.setRecorder(
                id, { MetricSnapshot(QStringLiteral("m")).add(QStringLiteral("v"), value, unit) });
    }
    QString found(const QString &text)
    {
        filter.setFilterText(text);
        settle();
        QStringList ids;
        for (int row = 0; row < filter.rowCount(); ++row)
            ids += filter.index(row, 0).data(SnapshotModel::EntityIdRole).toString();
        return ids.join(u',');
    }
};

void addTexts()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("ids");
}

void addText(const char *text, const char *ids)
{
    QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(ids);
}

} // namespace

void tst_SnapshotFilterModel_Values::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- What fits

void tst_SnapshotFilterModel_Values::compareNumbers_data()
{
    addTexts();
    addText(">5", "six,ten");
    addText(">=6", "six,ten");
    addText("<6", "half,minus");
    addText("<=6", "half,minus,six");
    addText("=6", "six");
    addText("=6.0", "six");
    addText("=0.5", "half");
    addText("=.5", "half");
    addText("=5e-1", "half");
    addText("=-3", "minus");
    addText("> 5", "six,ten");
    addText(" >\t5 ", "six,ten");
    addText(">5 <10", "six");
    addText(">5 ten", "ten");
    addText("ten >5", "ten");
    addText("=0.01k", "ten");
    addText(">1000000000000000000000", "");
}

void tst_SnapshotFilterModel_Values::compareNumbers()
{
    QFETCH(const QString, text);
    QFETCH(const QString, ids);
    Values values;
    values.add(QStringLiteral("half"), 0.5);
    values.add(QStringLiteral("minus"), -3);
    values.add(QStringLiteral("six"), 6);
    values.add(QStringLiteral("ten"), 10U);
    values.add(QStringLiteral("nan"), std::numeric_limits<double>::quiet_NaN());
    values.add(QStringLiteral("text"), QStringLiteral("6"));
    values.add(QStringLiteral("true"), true);
    values.update();

    QCOMPARE(values.found(text), ids);
    QVERIFY(values.filter.errorString().isEmpty());
}

void tst_SnapshotFilterModel_Values::compareUnits_data()
{
    addTexts();
    addText(">=2ms", "ms,ns");
    addText(">=2 MS", "ms,ns");
    addText("> 1.9 ms", "ms,ns");
    addText("=2000us", "ms,ns");
    addText("=2000 \u00b5s", "ms,ns");
    addText("=2000 \u03bcs", "ms,ns");
    addText("<1min", "ms,ns");
    addText("=2KiB", "kib,bytes");
    addText(">2kB", "kib,bytes");
    addText("=2048By", "kib,bytes");
    addText("=2KiB/s", "speed");
    addText("=2 rows", "rows"); // a word, which is in the id
    addText("=2 KiB/s", "speed");
    addText("=2rows", "rows");
    addText("=2{rows}", "rows");
    addText("=2%", "share");
    addText("=2m", "metres");
    addText("=2s", "");
    addText("=2Hz", "");
    addText("=2", "kib,metres,ms,rows,share");
    addText("=2 s", "");
    addText(">2k", "bytes,ns,speed");
}

void tst_SnapshotFilterModel_Values::compareUnits()
{
    QFETCH(const QString, text);
    QFETCH(QString, ids);
    Values values;
    values.add(QStringLiteral("bytes"), 2048, Unit::bytes());
    values.add(QStringLiteral("kib"), 2, Unit(QStringLiteral("KiBy")));
    values.add(QStringLiteral("metres"), 2, Unit(QStringLiteral("m")));
    values.add(QStringLiteral("ms"), 2, Unit::milliseconds());
    values.add(QStringLiteral("ns"), 2'000'000, Unit::nanoseconds());
    values.add(QStringLiteral("rows"), 2, Unit(QStringLiteral("{rows}")));
    values.add(QStringLiteral("share"), 2, Unit::percent());
    values.add(QStringLiteral("speed"), 2048, Unit(QStringLiteral("By/s")));
    values.update();

    QStringList expected = ids.split(u',');
    expected.sort();
    QCOMPARE(values.found(text), expected.join(u','));
    QVERIFY(values.filter.errorString().isEmpty());
}

void tst_SnapshotFilterModel_Values::compareExactly_data()
{
    addTexts();
    addText("=9007199254740993", "odd");
    addText(">9007199254740992", "odd,largest");
    addText("=9007199254740993ns", "time");
    addText(">9007199.254740992s", "time");
    addText("=18446744073709551615", "largest");
    addText(">=18446744073709551615", "largest");
    addText("<-9223372036854775807", "smallest");
    addText("=-9223372036854775808", "smallest");
}

void tst_SnapshotFilterModel_Values::compareExactly()
{
    QFETCH(const QString, text);
    QFETCH(const QString, ids);
    Values values;
    values.add(QStringLiteral("even"), qint64(9007199254740992));
    values.add(QStringLiteral("odd"), qint64(9007199254740993));
    values.add(QStringLiteral("time"), qint64(9007199254740993), Unit::nanoseconds());
    values.add(QStringLiteral("largest"), std::numeric_limits<quint64>::max());
    values.add(QStringLiteral("smallest"), std::numeric_limits<qint64>::min());
    values.update();

    QStringList found =
            values.found(text + QStringLiteral(" /even|odd|largest|smallest|time/")).split(u',');
    if (!text.contains(u's'))
        found.removeAll(QStringLiteral("time")); // in its own unit
    QStringList expected = ids.split(u',');
    expected.sort();
    QCOMPARE(found, expected);
}

void tst_SnapshotFilterModel_Values::refuseWhatIsNoNumber_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wrong");
    const auto row = [](const char *text, const char *wrong) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(wrong);
    };
    row(">x", ">x");
    row(">", ">");
    row("a >=", ">=");
    row("> x a", "> x");
    row("==5", "==5");
    row("<>5", "<>5");
    row(">5,000", ">5,000");
    row(">5.0.0", ">5.0.0");
    row(">1e999", ">1e999");
    row(">-", ">-");
    row(">ms", ">ms");
}

void tst_SnapshotFilterModel_Values::refuseWhatIsNoNumber()
{
    QFETCH(const QString, text);
    QFETCH(const QString, wrong);
    Values values;
    values.add(a, 6);
    values.update();
    QCOMPARE(values.found(QStringLiteral("=6")), a);

    QCOMPARE(values.found(text), a); // still
    QCOMPARE(values.filter.errorString(),
             QStringLiteral("there is no number in \"%1\", as in >10ms or <=2MiB").arg(wrong));
}

// ---- Of a tree

void tst_SnapshotFilterModel_Values::findRecordersByTheirValues()
{
    FakeSnapshotSource source;
    const auto bytes = [](int in, int out) {
        return MetricSnapshot(QStringLiteral("bytes"))
                .add(QStringLiteral("in"), in, Unit::bytes())
                .add(QStringLiteral("out"), out, Unit::bytes());
    };
    source.setRecorder(a, { bytes(10, 2000), number(5000) });
    source.setRecorder(QStringLiteral("b"), { number(7), bytes(3000, 1) });
    source.setRecorder(QStringLiteral("c"), {});
    SnapshotModel tree;
    tree.setSource(&source);
    QTRY_COMPARE(tree.rowCount(), 3);
    SnapshotFilterModel filter;
    filter.setSourceModel(&tree);
    const QAbstractItemModelTester tester(&filter,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto found = [&](const char *text) {
        filter.setFilterText(QString::fromLatin1(text));
        untilSettled(filter);
        return outline(filter).join(u' ');
    };

    QCOMPARE(found(">1kB"), QStringLiteral("a a/bytes a/bytes/out b b/bytes b/bytes/in"));
    QCOMPARE(filter.hitCount(), 2);
    QCOMPARE(found(">1kB out"), QStringLiteral("a a/bytes a/bytes/out"));
    QCOMPARE(found("=7"), QStringLiteral("b b/number b/number/value"));
    QCOMPARE(found(">5 <8"), QStringLiteral("b b/number b/number/value")); // both of one value
    QCOMPARE(found(">5000"), QString());
    QCOMPARE(filter.hitCount(), 0);
}

// ---- What changes

void tst_SnapshotFilterModel_Values::comeAndGoWithTheirValues()
{
    Values values;
    values.add(a, 1);
    values.add(QStringLiteral("b"), 20);
    values.update();
    QCOMPARE(values.found(QStringLiteral(">10")), QStringLiteral("b"));

    values.add(a, 15);
    values.add(QStringLiteral("b"), 2);
    values.update();

    QTRY_COMPARE(values.filter.index(0, 0).data(SnapshotModel::EntityIdRole).toString(), a);
    QTRY_COMPARE(values.filter.rowCount(), 1);
}

// The model says nothing of the rows below a recorder then, only of its own.
void tst_SnapshotFilterModel_Values::comeAndGoWithValuesThatNobodyLookedInto()
{
    FakeSnapshotSource source;
    source.setRecorder(a, { number(1) });
    SnapshotModel tree;
    tree.setRefreshInterval(1);
    tree.setSource(&source);
    SnapshotFilterModel filter;
    filter.setSourceModel(&tree);
    filter.setFilterText(QStringLiteral(">10"));
    QTRY_COMPARE(tree.rowCount(), 1);
    untilSettled(filter);
    QCOMPARE(filter.rowCount(), 0);

    source.setRecorder(a, { number(15) });
    QTRY_COMPARE(filter.rowCount(), 1);

    source.setRecorder(a, { number(5) });
    QTRY_COMPARE(filter.rowCount(), 0);
}

// Values are read only while there is a comparison.
void tst_SnapshotFilterModel_Values::areLookedAtWhenAComparisonIsAdded()
{
    Values values;
    values.add(a, 1);
    values.add(QStringLiteral("ab"), 20);
    values.update();
    QCOMPARE(values.found(a), QStringLiteral("a,ab"));
    values.add(a, 30);
    values.update();

    QCOMPARE(values.found(QStringLiteral("a >10")), QStringLiteral("a,ab"));
    QCOMPARE(values.found(QStringLiteral("a >20")), a);
    QCOMPARE(values.found(a), QStringLiteral("a,ab"));
    values.add(a, 3);
    values.update();
    QCOMPARE(values.found(QStringLiteral(">10")), QStringLiteral("ab"));
}

QTEST_GUILESS_MAIN(tst_SnapshotFilterModel_Values)
#include "tst_snapshotfiltermodel_values.moc"

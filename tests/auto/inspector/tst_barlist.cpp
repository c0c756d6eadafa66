// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/barlistmodel_p.h"
#include "widgets/metricparts_p.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;

namespace {

QList<BarRow> rowsOf(const QString &keys, const QString &text = {})
{
    QList<BarRow> rows;
    for (const QChar key : keys) {
        BarRow row;
        row.key = key;
        row.name = key;
        row.text = text;
        rows.append(row);
    }
    return rows;
}

QString keysOf(const BarListModel &model)
{
    QString keys;
    for (int row = 0; row < model.rowCount(); ++row)
        keys += model.index(row, 0).data(BarListModel::KeyRole).toString();
    return keys;
}

Dimension partOf(const QString &name, const QVariant &value, MetricKind kind = MetricKind::Counter)
{
    return { name + u"_total", value, {}, kind, { { u"outcome"_s, name } } };
}

QStringList textsOf(const MetricParts &parts)
{
    QStringList texts;
    for (const MetricPart &part : parts.parts) {
        const QString share =
                part.share ? QString::number(*part.share * 100) + u" %" : u"no share"_s;
        texts.append(part.name + u' ' + part.value.toString() + u' ' + share);
    }
    return texts;
}

} // namespace

class tst_BarList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // rows
    void showsItsRows_data();
    void showsItsRows();
    void keepsWhatIsSelected();
    void tellsOnlyWhatChanged();
    void bearsAnyChange();

    // parts of a metric
    void ordersPartsBySize();
    void namesTheRestLast();
    void takesTheFigureThatIsSelected();
    void sharesNothingBelowZero();
    void sharesNothingThatIsEndless();
    void hasNoPartsWithoutAttributes();
};

void tst_BarList::showsItsRows_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addRow("from nothing") << u""_s << u"abc"_s;
    QTest::addRow("to nothing") << u"abc"_s << u""_s;
    QTest::addRow("another order") << u"abcd"_s << u"dbca"_s;
    QTest::addRow("one more in the middle") << u"abc"_s << u"abxc"_s;
    QTest::addRow("others") << u"abc"_s << u"xyz"_s;
    QTest::addRow("some stay") << u"abcde"_s << u"xeca"_s;
}

void tst_BarList::showsItsRows()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    BarListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows(rowsOf(before));
    QCOMPARE(keysOf(model), before);

    model.setRows(rowsOf(after));

    QCOMPARE(keysOf(model), after);
}

void tst_BarList::keepsWhatIsSelected()
{
    BarListModel model;
    model.setRows(rowsOf(u"abcd"_s));
    const QPersistentModelIndex kept = model.index(1, BarListModel::ValueColumn);
    const QPersistentModelIndex gone = model.index(2, 0);

    model.setRows(rowsOf(u"dxab"_s));

    QCOMPARE(kept.row(), 3);
    QCOMPARE(kept.column(), int(BarListModel::ValueColumn));
    QVERIFY(!gone.isValid());
}

void tst_BarList::tellsOnlyWhatChanged()
{
    BarListModel model;
    model.setRows(rowsOf(u"abc"_s, u"1"_s));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy moved(&model, &QAbstractItemModel::layoutChanged);
    QList<BarRow> rows = rowsOf(u"abc"_s, u"1"_s);

    model.setRows(rows);
    QCOMPARE(changed.size(), 0);
    rows[1].text = u"2"_s;
    model.setRows(rows);

    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
    QCOMPARE(moved.size(), 0);
    QCOMPARE(model.index(1, BarListModel::ValueColumn).data().toString(), u"2"_s);
}

void tst_BarList::bearsAnyChange()
{
    BarListModel model;
    const QAbstractItemModelTester tester(&model);
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        QString keys = u"abcdefgh"_s;
        std::shuffle(keys.begin(), keys.end(), random);
        keys.truncate(int(random() % 9));

        model.setRows(rowsOf(keys));

        QCOMPARE(keysOf(model), keys);
    }
}

void tst_BarList::ordersPartsBySize()
{
    MetricSnapshot snapshot(u"saves"_s);
    snapshot.add(u"total"_s, 10, {}, MetricKind::Counter)
            .add(partOf(u"Failure"_s, 2))
            .add(partOf(u"Success"_s, 8));

    const MetricParts parts = MetricParts::of(snapshot, {});

    QCOMPARE(parts.attribute, u"outcome"_s);
    QCOMPARE(textsOf(parts), QStringList({ u"Success 8 80 %"_s, u"Failure 2 20 %"_s }));
}

void tst_BarList::namesTheRestLast()
{
    MetricSnapshot snapshot(u"saves"_s);
    snapshot.add(partOf(u"(other)"_s, 6)).add(partOf(u"a"_s, 2));

    const MetricParts parts = MetricParts::of(snapshot, {});

    QCOMPARE(textsOf(parts), QStringList({ u"a 2 25 %"_s, u"(other) 6 75 %"_s }));
    QVERIFY(parts.parts.last().isRest);
    QVERIFY(!parts.parts.first().isRest);
}

void tst_BarList::takesTheFigureThatIsSelected()
{
    MetricSnapshot snapshot(u"sizes"_s);
    const QVariantMap small{ { u"size"_s, u"small"_s } };
    snapshot.add({ u"small_count"_s, 3, {}, MetricKind::Counter, small })
            .add({ u"small_sum"_s, 12, Unit::bytes(), MetricKind::Counter, small })
            .add({ u"small_max"_s, 5, Unit::bytes(), MetricKind::Gauge, small });

    QCOMPARE(MetricParts::of(snapshot, u"sum"_s).figure, u"sum"_s);
    QCOMPARE(MetricParts::of(snapshot, u"small_sum"_s).unit, Unit::bytes());
    QCOMPARE(MetricParts::of(snapshot, u"max"_s).figure, u"count"_s); // that adds up
}

void tst_BarList::sharesNothingBelowZero()
{
    MetricSnapshot snapshot(u"balance"_s);
    snapshot.add(partOf(u"a"_s, 5, MetricKind::UpDownCounter))
            .add(partOf(u"b"_s, -3, MetricKind::UpDownCounter));

    QCOMPARE(textsOf(MetricParts::of(snapshot, {})),
             QStringList({ u"a 5 no share"_s, u"b -3 no share"_s }));
}

void tst_BarList::sharesNothingThatIsEndless()
{
    MetricSnapshot snapshot(u"balance"_s);
    const double large = std::numeric_limits<double>::max();
    snapshot.add(partOf(u"none"_s, std::nan("")))
            .add(partOf(u"a"_s, large))
            .add(partOf(u"b"_s, large / 2))
            .add(partOf(u"c"_s, large));

    QStringList names;
    const QList<MetricPart> parts = MetricParts::of(snapshot, {}).parts;
    for (const MetricPart &part : parts) {
        names.append(part.name);
        QVERIFY(!part.share);
    }

    QCOMPARE(names, QStringList({ u"a"_s, u"c"_s, u"b"_s, u"none"_s }));
}

void tst_BarList::hasNoPartsWithoutAttributes()
{
    MetricSnapshot snapshot(u"saves"_s);
    snapshot.add(u"success_total"_s, 8, {}, MetricKind::Counter)
            .add({ u"p50"_s, 3.0, {}, MetricKind::Histogram, { { u"quantile"_s, 0.5 } } });

    QVERIFY(MetricParts::of(snapshot, {}).parts.isEmpty());
}

QTEST_GUILESS_MAIN(tst_BarList)
#include "tst_barlist.moc"

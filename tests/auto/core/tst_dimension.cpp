// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace Recorders;
using namespace Qt::StringLiterals;

class tst_Dimension : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheSameValue_data();
    void isTheSameValue();
    void isAnotherValue_data();
    void isAnotherValue();
    void comparesAllThatWasSaid();

    // of a snapshot
    void isFoundByName();
    void isFoundAmongMany();
    void isReplacedAmongMany();
    void isAddedToACopyOfMany();
};

static Dimension dimensionOf(const QVariant &value, const QVariantMap &attributes = {})
{
    return { u"value"_s, value, {}, MetricKind::Gauge, attributes };
}

void tst_Dimension::isTheSameValue_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("other");

    const double nan = std::nan("");
    QTest::newRow("an integer") << QVariant(7LL) << QVariant(7LL);
    QTest::newRow("NaN") << QVariant(nan) << QVariant(nan);
    QTest::newRow("NaN as float") << QVariant(float(nan)) << QVariant(float(nan));
    QTest::newRow("infinity") << QVariant(HUGE_VAL) << QVariant(HUGE_VAL);
    QTest::newRow("a list with NaN")
            << QVariant(QVariantList{ 1, nan }) << QVariant(QVariantList{ 1, nan });
    QTest::newRow("a map with NaN")
            << QVariant(QVariantMap{ { u"a"_s, nan } }) << QVariant(QVariantMap{ { u"a"_s, nan } });
    QTest::newRow("a hash with NaN") << QVariant(QVariantHash{ { u"a"_s, nan }, { u"b"_s, 1 } })
                                     << QVariant(QVariantHash{ { u"b"_s, 1 }, { u"a"_s, nan } });
    QTest::newRow("a text") << QVariant(u"Open"_s)
                            << QVariant(QString(u"Open"_s.toLower()).replace(u'o', u'O'));
    QTest::newRow("an enumerator")
            << QVariant::fromValue(MetricKind::Text) << QVariant::fromValue(MetricKind::Text);
    QTest::newRow("none") << QVariant() << QVariant();
}

void tst_Dimension::isTheSameValue()
{
    QFETCH(const QVariant, value);
    QFETCH(const QVariant, other);

    QVERIFY(dimensionOf(value) == dimensionOf(other));
    QVERIFY(dimensionOf(1, { { u"which"_s, value } }) == dimensionOf(1, { { u"which"_s, other } }));
}

void tst_Dimension::isAnotherValue_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("other");

    constexpr qlonglong large = 1LL << 53;
    QTest::newRow("another integer") << QVariant(7LL) << QVariant(8LL);
    QTest::newRow("a text that reads like it") << QVariant(u"1"_s) << QVariant(1);
    QTest::newRow("an integer and its double") << QVariant(1LL) << QVariant(1.0);
    QTest::newRow("signed and unsigned") << QVariant(1LL) << QVariant(1ULL);
    QTest::newRow("2^53 + 1, and 2^53 as double") << QVariant(large + 1) << QVariant(double(large));
    QTest::newRow("a truth and 1") << QVariant(true) << QVariant(1);
    QTest::newRow("0 and none") << QVariant(0LL) << QVariant(QMetaType::fromType<qlonglong>());
    QTest::newRow("NaN and a number") << QVariant(std::nan("")) << QVariant(1.0);
    QTest::newRow("0 and -0") << QVariant(0.0) << QVariant(-0.0);
    QTest::newRow("within a list")
            << QVariant(QVariantList{ 1 }) << QVariant(QVariantList{ u"1"_s });
    QTest::newRow("a longer list") << QVariant(QVariantList{ 1 }) << QVariant(QVariantList{ 1, 2 });
    QTest::newRow("within a map") << QVariant(QVariantMap{ { u"a"_s, 1 } })
                                  << QVariant(QVariantMap{ { u"a"_s, 1.0 } });
    QTest::newRow("another key of a map")
            << QVariant(QVariantMap{ { u"a"_s, 1 } }) << QVariant(QVariantMap{ { u"b"_s, 1 } });
    QTest::newRow("another key of a hash")
            << QVariant(QVariantHash{ { u"a"_s, 1 } }) << QVariant(QVariantHash{ { u"b"_s, 1 } });
}

void tst_Dimension::isAnotherValue()
{
    QFETCH(const QVariant, value);
    QFETCH(const QVariant, other);

    QVERIFY(dimensionOf(value) != dimensionOf(other));
    QVERIFY(dimensionOf(other) != dimensionOf(value));
    QVERIFY(dimensionOf(1, { { u"which"_s, value } }) != dimensionOf(1, { { u"which"_s, other } }));
}

void tst_Dimension::comparesAllThatWasSaid()
{
    const Dimension whole{ u"bytes"_s, 7, Unit::bytes(), MetricKind::Counter, {} };

    Dimension other = whole;
    QVERIFY(other == whole);
    other.name = u"received"_s;
    QVERIFY(other != whole);
    other = whole;
    other.unit = Unit::seconds();
    QVERIFY(other != whole);
    other = whole;
    other.kind = MetricKind::Gauge;
    QVERIFY(other != whole);
    other = whole;
    other.attributes.insert(u"direction"_s, u"in"_s);
    QVERIFY(other != whole);
}

void tst_Dimension::isFoundByName()
{
    const auto snapshot = MetricSnapshot().add(u"a"_s, 1).add(u"b"_s, 2, Unit::bytes());

    QCOMPARE(snapshot.dimension(u"b"), snapshot.dimensions().at(1));
    QVERIFY(!snapshot.dimension(u"c"));
}

static constexpr int many = 5000;

static MetricSnapshot snapshotOfMany()
{
    MetricSnapshot snapshot(u"requests"_s);
    for (int i = 0; i < many; ++i)
        snapshot.add(u"/page/%1"_s.arg(i), i);
    return snapshot;
}

void tst_Dimension::isFoundAmongMany()
{
    const MetricSnapshot snapshot = snapshotOfMany();

    QCOMPARE(snapshot.dimensions().size(), many);
    for (int i = 0; i < many; ++i) {
        const QString name = u"/page/%1"_s.arg(i);
        QCOMPARE(snapshot.dimensions().at(i).name, name);
        QCOMPARE(snapshot.value(name), QVariant(qlonglong(i)));
        QVERIFY(snapshot.contains(name));
    }
    QVERIFY(!snapshot.contains(u"/page/5000"));
    QVERIFY(!snapshot.value(u"/page/5000").isValid());
}

void tst_Dimension::isReplacedAmongMany()
{
    MetricSnapshot snapshot = snapshotOfMany();

    for (int i = 0; i < many; ++i)
        snapshot.add(u"/page/%1"_s.arg(i), -i);

    QCOMPARE(snapshot.dimensions().size(), many);
    for (int i = 0; i < many; ++i)
        QCOMPARE(snapshot.value(u"/page/%1"_s.arg(i)), QVariant(qlonglong(-i)));
}

// A copy finds what both have by the names that they share.
void tst_Dimension::isAddedToACopyOfMany()
{
    std::optional<MetricSnapshot> original = snapshotOfMany();
    MetricSnapshot copy = *original;

    copy.add(u"/page/0"_s, u"replaced"_s).add(u"/last"_s, 1);
    QCOMPARE(original->value(u"/page/0"), QVariant(0LL));
    QVERIFY(!original->contains(u"/last"));
    original.reset();

    QCOMPARE(copy.value(u"/page/0"), QVariant(u"replaced"_s));
    QCOMPARE(copy.value(u"/page/4999"), QVariant(4999LL));
    QCOMPARE(copy.dimensions().constLast().name, u"/last"_s);
    QCOMPARE(copy.dimensions().size(), many + 1);
}

QTEST_APPLESS_MAIN(tst_Dimension)
#include "tst_dimension.moc"

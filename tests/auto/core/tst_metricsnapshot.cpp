// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>

#include <QMetaProperty>
#include <QTest>

#include <cmath>
#include <limits>

using namespace Recorders;
using namespace std::chrono_literals;

class tst_MetricSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // dimensions
    void startsEmpty();
    void keepsTheOrderOfDimensions();
    void replacesInPlace();
    void keepsUnitAndKind();
    void hasNoValueForAnUnknownDimension();
    void keepsEveryType_data();
    void keepsEveryType();
    void measuresDurationsInNanoseconds_data();
    void measuresDurationsInNanoseconds();
    void keepsADurationThatIsNoNumber();

    // distributions
    void keepsDistributions();
    void replacesTheDistributionOfAPart();
    void sharesDistributions();
    void refusesWhatIsNoDistribution();

    // state
    void isActiveUntilToldOtherwise();

    // as a value
    void sharesUntilItIsChanged();
    void comparesByContent();
    void isAMetatypeWithProperties();
};

void tst_MetricSnapshot::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricSnapshot::startsEmpty()
{
    const MetricSnapshot snapshot(QStringLiteral("saves"));

    QCOMPARE(snapshot.name(), QStringLiteral("saves"));
    QVERIFY(snapshot.dimensions().isEmpty());
    QVERIFY(MetricSnapshot().name().isEmpty());
}

static QStringList namesOf(const MetricSnapshot &snapshot)
{
    QStringList names;
    const QList<Dimension> dimensions = snapshot.dimensions();
    for (const Dimension &dimension : dimensions)
        names.append(dimension.name);
    return names;
}

void tst_MetricSnapshot::keepsTheOrderOfDimensions()
{
    const auto snapshot = MetricSnapshot(QStringLiteral("saves"))
                                  .add(QStringLiteral("total"), 3)
                                  .add(QStringLiteral("failed"), 1)
                                  .add(QStringLiteral("average"), 0.5);

    QCOMPARE(namesOf(snapshot),
             QStringList({ QStringLiteral("total"), QStringLiteral("failed"),
                           QStringLiteral("average") }));
}

void tst_MetricSnapshot::replacesInPlace()
{
    auto snapshot = MetricSnapshot(QStringLiteral("saves"))
                            .add(QStringLiteral("total"), 3)
                            .add(QStringLiteral("failed"), 1);

    snapshot.add(QStringLiteral("total"), 4);

    QCOMPARE(namesOf(snapshot), QStringList({ QStringLiteral("total"), QStringLiteral("failed") }));
    QCOMPARE(snapshot.value(u"total").toInt(), 4);
}

void tst_MetricSnapshot::keepsUnitAndKind()
{
    const auto snapshot =
            MetricSnapshot(QStringLiteral("saves"))
                    .add(QStringLiteral("bytes"), 3, Unit::bytes(), MetricKind::Counter);

    const Dimension bytes = snapshot.dimensions().constFirst();

    QCOMPARE(bytes.unit, Unit::bytes());
    QCOMPARE(bytes.kind, MetricKind::Counter);
}

void tst_MetricSnapshot::hasNoValueForAnUnknownDimension()
{
    const auto snapshot = MetricSnapshot(QStringLiteral("saves")).add(QStringLiteral("total"), 3);

    QVERIFY(!snapshot.value(u"Total").isValid());
    QVERIFY(!snapshot.contains(u"Total"));
    QVERIFY(snapshot.contains(u"total"));
}

template <typename T>
static QVariant valueAfterAdding(T value)
{
    return MetricSnapshot().add(QStringLiteral("value"), value).value(u"value");
}

template <typename T>
static QVariant largest()
{
    return valueAfterAdding(std::numeric_limits<T>::max());
}

template <typename T>
static QVariant smallest()
{
    return valueAfterAdding(std::numeric_limits<T>::lowest());
}

void tst_MetricSnapshot::keepsEveryType_data()
{
    QTest::addColumn<QVariant>("actual");
    QTest::addColumn<QVariant>("expected");

    QTest::newRow("bool") << valueAfterAdding(true) << QVariant(true);
    QTest::newRow("signed char") << smallest<signed char>() << QVariant(-128LL);
    QTest::newRow("unsigned char") << largest<unsigned char>() << QVariant(255ULL);
    QTest::newRow("short") << smallest<short>() << QVariant(-32768LL);
    QTest::newRow("unsigned short") << largest<unsigned short>() << QVariant(65535ULL);
    QTest::newRow("int") << smallest<int>() << QVariant(-2147483648LL);
    QTest::newRow("unsigned int") << largest<unsigned int>() << QVariant(4294967295ULL);
    QTest::newRow("long") << smallest<qint64>() << QVariant(std::numeric_limits<qint64>::min());
    QTest::newRow("std::size_t") << largest<std::size_t>()
                                 << QVariant(std::numeric_limits<quint64>::max());
    QTest::newRow("long long") << largest<long long>() << QVariant(9223372036854775807LL);
    QTest::newRow("unsigned long long")
            << largest<unsigned long long>() << QVariant(18446744073709551615ULL);
    QTest::newRow("float") << valueAfterAdding(0.5F) << QVariant(0.5);
    QTest::newRow("double") << smallest<double>()
                            << QVariant(std::numeric_limits<double>::lowest());
    QTest::newRow("text") << valueAfterAdding(QVariant(QStringLiteral("Open")))
                          << QVariant(QStringLiteral("Open"));
}

void tst_MetricSnapshot::keepsEveryType()
{
    QFETCH(const QVariant, actual);
    QFETCH(const QVariant, expected);

    QCOMPARE(actual.typeId(), expected.typeId());
    QCOMPARE(actual, expected);
}

void tst_MetricSnapshot::measuresDurationsInNanoseconds_data()
{
    QTest::addColumn<MetricSnapshot>("snapshot");
    QTest::addColumn<QVariant>("nanoseconds");

    const auto row = [](const char *name, auto duration, const QVariant &nanoseconds) {
        QTest::newRow(name) << MetricSnapshot().add(QStringLiteral("longest"), duration)
                            << nanoseconds;
    };
    using Years = std::chrono::duration<int, std::ratio<31'556'952>>;
    using Picoseconds = std::chrono::duration<qint64, std::pico>;
    constexpr qlonglong most = std::numeric_limits<qlonglong>::max();
    constexpr qlonglong least = std::numeric_limits<qlonglong>::min();
    const double infinity = HUGE_VAL;
    row("nanoseconds", 3ns, 3LL);
    row("milliseconds", 3ms, 3'000'000LL);
    row("hours", 3h, 10'800'000'000'000LL);
    row("negative", -3us, -3'000LL);

    // longer than a number of nanoseconds can be
    row("as many seconds as there are", std::chrono::seconds::max(), most);
    row("as many hours as there are", std::chrono::hours::max(), most);
    row("300 years", Years(300), most);
    row("292 years", Years(292), 292 * 31'556'952'000'000'000LL);
    row("as few seconds as there are", std::chrono::seconds::min(), least);
    row("unsigned seconds", std::chrono::duration<quint64>(~quint64(0)), most);

    // real
    row("fractional seconds", std::chrono::duration<double>(0.5), 500'000'000.0);
    row("less than a nanosecond", std::chrono::duration<double, std::nano>(0.4), 0.4);
    row("picoseconds", Picoseconds(400), 0.4);
    row("endless", std::chrono::duration<double>(infinity), infinity);
    row("endless before", std::chrono::duration<double>(-infinity), -infinity);
}

void tst_MetricSnapshot::measuresDurationsInNanoseconds()
{
    QFETCH(const MetricSnapshot, snapshot);
    QFETCH(const QVariant, nanoseconds);

    const QVariant value = snapshot.value(u"longest");

    QCOMPARE(value.typeId(), nanoseconds.typeId());
    QCOMPARE(value, nanoseconds);
    QCOMPARE(snapshot.dimensions().constFirst().unit, Unit::nanoseconds());
}

void tst_MetricSnapshot::keepsADurationThatIsNoNumber()
{
    const auto snapshot = MetricSnapshot().add(QStringLiteral("longest"),
                                               std::chrono::duration<double>(std::nan("")));

    QVERIFY(std::isnan(snapshot.value(u"longest").toDouble()));
}

static Distribution distributionOf(const QList<double> &values)
{
    Distribution distribution;
    for (const double value : values)
        distribution.record(value);
    return distribution;
}

static QVariantMap readAttributes()
{
    return { { QStringLiteral("direction"), QStringLiteral("read") } };
}

void tst_MetricSnapshot::keepsDistributions()
{
    const Distribution whole = distributionOf({ 1, 2, 3 });
    const Distribution part = distributionOf({ 2 });

    const auto snapshot =
            MetricSnapshot(QStringLiteral("sizes"))
                    .addDistribution(whole, Unit::bytes())
                    .addDistribution(part, Unit::bytes(), QStringLiteral("read"), readAttributes());

    QCOMPARE(snapshot.distribution(), whole);
    QCOMPARE(snapshot.distribution(u"read"), part);
    QVERIFY(snapshot.hasDistribution() && snapshot.hasDistribution(u"read"));
    QVERIFY(!snapshot.hasDistribution(u"written"));
    QVERIFY(snapshot.distribution(u"written").isEmpty());
    QVERIFY(snapshot.dimensions().isEmpty());
    const Dimension last = snapshot.distributions().constLast();
    QCOMPARE(last,
             Dimension({ QStringLiteral("read"), QVariant::fromValue(part), Unit::bytes(),
                         MetricKind::Histogram, readAttributes() }));
    QCOMPARE(snapshot.distributions().constFirst().name, QString());
}

void tst_MetricSnapshot::replacesTheDistributionOfAPart()
{
    const auto snapshot = [](const QList<double> &values) {
        return MetricSnapshot(QStringLiteral("sizes"))
                .addDistribution(distributionOf({ 1, 2 }))
                .addDistribution(distributionOf({}), {}, QStringLiteral("read"))
                .addDistribution(distributionOf(values));
    };

    QCOMPARE(snapshot({ 7 }).distributions().size(), 2);
    QCOMPARE(snapshot({ 7 }).distribution(), distributionOf({ 7 }));
    QCOMPARE(snapshot({ 7 }), snapshot({ 7 }));
    QVERIFY(snapshot({ 7 }) != snapshot({ 8 }));
}

void tst_MetricSnapshot::sharesDistributions()
{
    const auto first =
            MetricSnapshot(QStringLiteral("sizes")).addDistribution(distributionOf({ 1, 2 }));
    const QVariant shared = first.distributions().constFirst().value;

    const auto snapshot = MetricSnapshot(QStringLiteral("others")).addDistribution(shared);

    QCOMPARE(snapshot.distributions().constFirst().value.constData(), shared.constData());
}

void tst_MetricSnapshot::refusesWhatIsNoDistribution()
{
    MetricSnapshot snapshot(QStringLiteral("sizes"));
    QTest::ignoreMessage(QtWarningMsg,
                         "MetricSnapshot::addDistribution: a double is no distribution");

    snapshot.addDistribution(QVariant(1.5));

    QVERIFY(snapshot.distributions().isEmpty());
}

void tst_MetricSnapshot::isActiveUntilToldOtherwise()
{
    MetricSnapshot snapshot(QStringLiteral("saves"));
    QCOMPARE(snapshot.state(), MetricState::Active);

    snapshot.setState(MetricState::Quarantined, QStringLiteral("disk on fire"));

    QCOMPARE(snapshot.state(), MetricState::Quarantined);
    QCOMPARE(snapshot.errorString(), QStringLiteral("disk on fire"));
}

void tst_MetricSnapshot::sharesUntilItIsChanged()
{
    const auto original = MetricSnapshot(QStringLiteral("saves")).add(QStringLiteral("total"), 3);

    auto changed = original;
    changed.add(QStringLiteral("total"), 4);

    QCOMPARE(original.value(u"total").toInt(), 3);
    QCOMPARE(changed.value(u"total").toInt(), 4);
}

void tst_MetricSnapshot::comparesByContent()
{
    const auto snapshot = [](int total, const Unit &unit) {
        return MetricSnapshot(QStringLiteral("saves")).add(QStringLiteral("total"), total, unit);
    };

    QCOMPARE(snapshot(3, Unit::bytes()), snapshot(3, Unit::bytes()));
    QVERIFY(snapshot(3, Unit::bytes()) != snapshot(4, Unit::bytes()));
    QVERIFY(snapshot(3, Unit::bytes()) != snapshot(3, Unit::seconds()));
}

void tst_MetricSnapshot::isAMetatypeWithProperties()
{
    const QVariant variant = QVariant::fromValue(MetricSnapshot(QStringLiteral("saves")));
    const QMetaObject *metaObject = variant.metaType().metaObject();

    QVERIFY(metaObject);
    const QMetaProperty name = metaObject->property(metaObject->indexOfProperty("name"));
    QCOMPARE(name.readOnGadget(variant.constData()).toString(), QStringLiteral("saves"));
}

QTEST_APPLESS_MAIN(tst_MetricSnapshot)
#include "tst_metricsnapshot.moc"

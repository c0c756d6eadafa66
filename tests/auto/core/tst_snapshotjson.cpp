// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>
#include <recorders/model/formattedvalue.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace Recorders;
using namespace Qt::StringLiterals;

class tst_SnapshotJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesJson();
    void writesDistributionsAsJson();
    void tellsPartsByAttributes();
    void leavesOutOfJsonWhatWasNotSaid();

    // values
    void writesNumbersThatNoReaderRounds_data();
    void writesNumbersThatNoReaderRounds();
    void spellsNumbersAsEverywhere();
    void writesWhatIsNoNumber_data();
    void writesWhatIsNoNumber();
};

void tst_SnapshotJson::writesJson()
{
    const auto snapshot =
            MetricSnapshot(QStringLiteral("saves"))
                    .setDescription(QStringLiteral("Attempts to save"))
                    .setState(MetricState::Quarantined, QStringLiteral("disk on fire"))
                    .add(QStringLiteral("total"), 3, {}, MetricKind::Counter)
                    .add(QStringLiteral("bytes"), 1.5, Unit::bytes());

    QCOMPARE(QJsonDocument(snapshot.toJson()).toJson(QJsonDocument::Compact),
             QByteArray(R"({"description":"Attempts to save","error":"disk on fire",)"
                        R"("kinds":{"total":"Counter"},"name":"saves","state":"Quarantined",)"
                        R"("units":{"bytes":"By"},"values":{"bytes":1.5,"total":3}})"));
}

void tst_SnapshotJson::writesDistributionsAsJson()
{
    Distribution distribution;
    for (const double value : { 1.0, 0.0, -2.0 })
        distribution.record(value);
    const auto snapshot =
            MetricSnapshot(QStringLiteral("sizes"))
                    .addDistribution(Distribution(20))
                    .addDistribution(distribution, Unit::bytes(), QStringLiteral("read"),
                                     { { u"direction"_s, u"read"_s } });

    const QJsonObject json = snapshot.toJson();

    QCOMPARE(QJsonDocument(json[u"distributions"].toArray()).toJson(QJsonDocument::Compact),
             QByteArray(R"([{"bucketCounts":[],"count":0,"maxBuckets":20,"offset":0,"scale":20,)"
                        R"("sum":0,"zeroCount":0},)"
                        R"({"attributes":{"direction":"read"},"bucketCounts":[1],"count":3,)"
                        R"("max":1,"maxBuckets":160,"min":-2,"negativeBucketCounts":[1],)"
                        R"("negativeOffset":1048575,"offset":-1,"part":"read","scale":20,)"
                        R"("sum":-1,"unit":"By","zeroCount":1}])"));
}

void tst_SnapshotJson::tellsPartsByAttributes()
{
    const QVariantMap failed{ { QStringLiteral("outcome"), QStringLiteral("Failure") } };
    const auto snapshot = [](const QVariantMap &attributes) {
        return MetricSnapshot(QStringLiteral("saves"))
                .add(QStringLiteral("total"), 3)
                .add(Dimension{ QStringLiteral("failed"), 1, {}, {}, attributes });
    };

    const QVariantMap great{ { QStringLiteral("id"), ~qulonglong(0) } };
    QCOMPARE(snapshot(great).toJson()[u"attributes"][u"failed"][u"id"],
             QJsonValue(QStringLiteral("18446744073709551615")));
    QCOMPARE(snapshot(failed).dimensions().at(1).attributes, failed);
    QCOMPARE(snapshot(failed).dimensions().at(0).attributes, QVariantMap());
    QVERIFY(snapshot(failed) != snapshot({}));
    QCOMPARE(QJsonDocument(snapshot(failed).toJson()).toJson(QJsonDocument::Compact),
             QByteArray(R"({"attributes":{"failed":{"outcome":"Failure"}},"name":"saves",)"
                        R"("values":{"failed":1,"total":3}})"));
}

void tst_SnapshotJson::writesNumbersThatNoReaderRounds_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QJsonValue>("expected");

    const auto row = [](const char *name, const QVariant &value, const QJsonValue &expected) {
        QTest::newRow(name) << value << expected;
    };
    using Double = std::numeric_limits<double>;
    constexpr qint64 exact = (1LL << 53) - 1;
    row("2^53 - 1", exact, exact);
    row("2^53", exact + 1, u"9007199254740992"_s);
    row("2^53 + 1", exact + 2, u"9007199254740993"_s);
    row("1 - 2^53", -exact, -exact);
    row("-2^53", -exact - 1, u"-9007199254740992"_s);
    row("2^63 - 1", std::numeric_limits<qint64>::max(), u"9223372036854775807"_s);
    row("-2^63", std::numeric_limits<qint64>::min(), u"-9223372036854775808"_s);
    row("2^64 - 1", std::numeric_limits<quint64>::max(), u"18446744073709551615"_s);
    row("an int", 7, 7);
    row("a double", 0.1, 0.1);
    row("the greatest double", Double::max(), Double::max());
    row("not a number", Double::quiet_NaN(), u"NaN"_s);
    row("infinity", Double::infinity(), u"Infinity"_s);
    row("minus infinity", -Double::infinity(), u"-Infinity"_s);
    row("not a number, as float", std::numeric_limits<float>::quiet_NaN(), u"NaN"_s);
}

void tst_SnapshotJson::writesNumbersThatNoReaderRounds()
{
    QFETCH(const QVariant, value);
    QFETCH(const QJsonValue, expected);

    const QVariantMap attributes{ { u"where"_s, value } };
    const auto snapshot = MetricSnapshot()
                                  .add({ u"value"_s, value, {}, {}, attributes })
                                  .add(u"list"_s, QVariantList{ value })
                                  .add(u"map"_s, attributes);
    const QJsonObject json = snapshot.toJson();

    QCOMPARE(json[u"values"][u"value"], expected);
    QCOMPARE(json[u"values"][u"list"][0], expected);
    QCOMPARE(json[u"values"][u"map"][u"where"], expected);
    QCOMPARE(json[u"attributes"][u"value"][u"where"], expected);
}

void tst_SnapshotJson::spellsNumbersAsEverywhere()
{
    for (const double number : { std::nan(""), HUGE_VAL, -HUGE_VAL }) {
        const QJsonObject json = MetricSnapshot().add(u"value"_s, number).toJson();

        QCOMPARE(json[u"values"][u"value"].toString(), FormattedValue::exact(number));
    }
}

void tst_SnapshotJson::writesWhatIsNoNumber_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QJsonValue>("expected");

    QTest::newRow("a truth") << QVariant(true) << QJsonValue(true);
    QTest::newRow("a text") << QVariant(u"Open"_s) << QJsonValue(u"Open"_s);
    QTest::newRow("an enumerator")
            << QVariant::fromValue(RecorderState::Running) << QJsonValue(u"Running"_s);
    QTest::newRow("no value") << QVariant() << QJsonValue(QJsonValue::Null);
}

void tst_SnapshotJson::writesWhatIsNoNumber()
{
    QFETCH(const QVariant, value);
    QFETCH(const QJsonValue, expected);

    QCOMPARE(MetricSnapshot().add(u"value"_s, value).toJson()[u"values"][u"value"], expected);
}

void tst_SnapshotJson::leavesOutOfJsonWhatWasNotSaid()
{
    const auto snapshot = MetricSnapshot(QStringLiteral("saves")).add(QStringLiteral("total"), 3);

    QCOMPARE(snapshot.toJson().keys(),
             QStringList({ QStringLiteral("name"), QStringLiteral("values") }));
}

QTEST_APPLESS_MAIN(tst_SnapshotJson)
#include "tst_snapshotjson.moc"

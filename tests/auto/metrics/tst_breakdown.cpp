// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/standardevents.h"

#include <recorders/metrics/standardmetrics.h>

#include <QTest>

#include <map>
#include <string_view>

using namespace Recorders;
using namespace Testing;

class tst_Breakdown : public QObject
{
    Q_OBJECT

public:
    enum class Colour { Red, Green = 40 }; // beyond the numbers that the compiler is asked for
    Q_ENUM(Colour)
    enum class Shade : qint64 { Dark };
    Q_ENUM(Shade)

private Q_SLOTS:
    // what it splits by
    void splitsByWhateverItIs_data();
    void splitsByWhateverItIs();
    void namesByAGivenFunction();
    void tellsTheAttribute_data();
    void tellsTheAttribute();
    void splitsEventsOfSeveralTypes();
    void unitesTypesOfEventsByTheNamesOfTheirParts();
    void callsThePartsAsTheFirstTypeOfEventDoes();
    void keepsEventsWithoutAKeyInTheTotal();
    void cutsLongTexts();

    // what it splits
    void splitsEveryMetric_data();
    void splitsEveryMetric();
    void tellsTheLastOneOfAll();
    void showsNothingOfPartsThatThereAreNot();
};

using Make = std::unique_ptr<Metric> (*)();
using Counts = std::map<QString, qint64>;

enum Unscoped { Zero, One };
enum class Unnamed { First = 7, Second = 1000 };
enum class Large : quint64 { None };
struct Coloured
{
    tst_Breakdown::Colour colour = tst_Breakdown::Colour::Green;
};

namespace {

QString name()
{
    return QStringLiteral("metric");
}

Counts countsOf(const MetricSnapshot &snapshot)
{
    Counts counts;
    for (const Dimension &dimension : snapshot.dimensions())
        counts[dimension.name] = dimension.value.toLongLong();
    return counts;
}

template <typename Function>
MetricSnapshot splitOnce(Function key)
{
    return snapshotAfter(counter<Saved>(name()).by(key), Saved{});
}

} // namespace

void tst_Breakdown::splitsByWhateverItIs_data()
{
    QTest::addColumn<MetricSnapshot>("snapshot");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QVariant>("value");

    const auto row = [](const char *title, const MetricSnapshot &snapshot, const QString &label,
                        const QVariant &value) {
        QTest::newRow(title) << snapshot << label << value;
    };
    using namespace std::string_literals;
    const QString text = QStringLiteral("\u00e4 b");
    static const std::string utf8 = "\xc3\xa4 b";

    row("scoped enumerator", splitOnce([](const Saved &) { return Saved::Outcome::Cancelled; }),
        QStringLiteral("Cancelled"), QStringLiteral("Cancelled"));
    row("scoped enumerator that begins at 7",
        splitOnce([](const Saved &) { return Unnamed::First; }), QStringLiteral("First"),
        QStringLiteral("First"));
    row("scoped enumerator far off", splitOnce([](const Saved &) { return Unnamed::Second; }),
        QStringLiteral("1000"), QStringLiteral("1000"));
    row("number without enumerator", splitOnce([](const Saved &) { return Unnamed(8); }),
        QStringLiteral("8"), QStringLiteral("8"));
    row("negative enumerator", splitOnce([](const Saved &) { return Unnamed(-8); }),
        QStringLiteral("-8"), QStringLiteral("-8"));
    row("unscoped enumerator", splitOnce([](const Saved &) { return One; }), QStringLiteral("1"),
        QStringLiteral("1"));
    row("Q_ENUM", snapshotAfter(counter<Coloured>(name()).by(&Coloured::colour), Coloured{}),
        QStringLiteral("Green"), QStringLiteral("Green"));
    row("Q_ENUM_NS", splitOnce([](const Saved &) { return RegisterResult::NotRunning; }),
        QStringLiteral("NotRunning"), QStringLiteral("NotRunning"));
    row("unsigned enumerator beyond 2^63",
        splitOnce([](const Saved &) { return Large(~quint64(0)); }),
        QStringLiteral("18446744073709551615"), QStringLiteral("18446744073709551615"));
    row("Q_ENUM of 64 bits",
        splitOnce([](const Saved &) { return tst_Breakdown::Shade(1LL << 32); }),
        QStringLiteral("4294967296"), QStringLiteral("4294967296"));
    row("bool", splitOnce(&Saved::isRetry), QStringLiteral("false"), false);
    row("small number", splitOnce(&Saved::bytes), QStringLiteral("0"), qlonglong(0));
    row("negative number", splitOnce([](const Saved &) { return -5; }), QStringLiteral("-5"),
        qlonglong(-5));
    row("large number", splitOnce([](const Saved &) { return ~quint64(0); }),
        QStringLiteral("18446744073709551615"), qulonglong(~quint64(0)));
    row("QString", splitOnce([text](const Saved &) { return text; }), text, text);
    row("QStringView", splitOnce([text](const Saved &) { return QStringView(text); }), text, text);
    row("std::string", splitOnce([](const Saved &) { return utf8; }), text, text);
    row("std::string_view", splitOnce([](const Saved &) { return std::string_view(utf8); }), text,
        text);
    row("const char *", splitOnce([](const Saved &) { return utf8.c_str(); }), text, text);
    row("null const char *",
        splitOnce([](const Saved &) { return static_cast<const char *>(nullptr); }),
        QStringLiteral("(empty)"), QString());
    row("QByteArray", splitOnce([](const Saved &) { return QByteArray::fromStdString(utf8); }),
        text, text);
    row("QLatin1StringView", splitOnce([](const Saved &) { return QLatin1StringView("\xe4 b"); }),
        text, text);
    row("empty text", splitOnce(&Saved::user), QStringLiteral("(empty)"), QString());
}

void tst_Breakdown::splitsByWhateverItIs()
{
    QFETCH(const MetricSnapshot, snapshot);
    QFETCH(const QString, label);
    QFETCH(const QVariant, value);

    QCOMPARE(snapshot.dimensions().size(), 2);
    QCOMPARE(snapshot.dimensions().at(0).name, QStringLiteral("total"));
    QCOMPARE(snapshot.dimensions().at(0).attributes, QVariantMap());
    const Dimension part = snapshot.dimensions().at(1);
    QCOMPARE(part.name, label + QStringLiteral("_total"));
    QCOMPARE(part.value.toInt(), 1);
    QCOMPARE(part.attributes.size(), 1);
    QCOMPARE(part.attributes.first(), value);
    QCOMPARE(part.attributes.first().typeId(), value.typeId());
}

void tst_Breakdown::namesByAGivenFunction()
{
    const auto naming = [](Saved::Outcome outcome) {
        return outcome == Saved::Outcome::Success ? QStringLiteral("good") : QStringLiteral("bad");
    };

    const MetricSnapshot snapshot = snapshotAfter(
            counter<Saved>(name()).by(&Saved::outcome, naming), savedWith(Saved::Outcome::Success),
            savedWith(Saved::Outcome::Failure), savedWith(Saved::Outcome::Cancelled));

    QCOMPARE(countsOf(snapshot),
             Counts({ { QStringLiteral("total"), 3 },
                      { QStringLiteral("good_total"), 1 },
                      { QStringLiteral("bad_total"), 2 } }));
}

void tst_Breakdown::tellsTheAttribute_data()
{
    QTest::addColumn<MetricSnapshot>("snapshot");
    QTest::addColumn<QString>("attribute");

    const QString given = QStringLiteral("result");
    QTest::newRow("of an enumeration") << splitOnce(&Saved::outcome) << QStringLiteral("outcome");
    QTest::newRow("of anything else") << splitOnce(&Saved::user) << QStringLiteral("key");
    QTest::newRow("given") << snapshotAfter(counter<Saved>(name()).by(given, &Saved::outcome),
                                            Saved{})
                           << given;
    QTest::newRow("given for the first type") << snapshotAfter(
            counter<Saved>(name()).andOf<Loaded>().by(given, &Saved::outcome).by(&Loaded::outcome),
            Saved{}) << given;
    QTest::newRow("given, with a function") << snapshotAfter(
            counter<Saved>(name()).by(given, &Saved::outcome,
                                      [](Saved::Outcome) { return QStringLiteral("x"); }),
            Saved{}) << given;
}

void tst_Breakdown::tellsTheAttribute()
{
    QFETCH(const MetricSnapshot, snapshot);
    QFETCH(const QString, attribute);

    QCOMPARE(snapshot.dimensions().at(1).attributes.keys(), QStringList{ attribute });
}

void tst_Breakdown::splitsEventsOfSeveralTypes()
{
    const MetricSnapshot snapshot = snapshotAfter(
            counter<Saved>(name()).andOf<Loaded>().by(&Saved::user).by(&Loaded::user),
            savedBy(QStringLiteral("ann")), Loaded{ {}, 0, "ann" }, Loaded{ {}, 0, "bob" });

    QCOMPARE(countsOf(snapshot),
             Counts({ { QStringLiteral("total"), 3 },
                      { QStringLiteral("ann_total"), 2 },
                      { QStringLiteral("bob_total"), 1 } }));
}

// Whatever number a name has in them.
void tst_Breakdown::unitesTypesOfEventsByTheNamesOfTheirParts()
{
    enum class Reason { Timeout, Success };
    const auto reasonOf = [](const Loaded &loaded) {
        return loaded.bytes == 0 ? Reason::Timeout : Reason::Success;
    };
    Saved succeeded;
    succeeded.outcome = Saved::Outcome::Success;

    const MetricSnapshot snapshot =
            snapshotAfter(counter<Saved>(name()).by(&Saved::outcome).andOf<Loaded>().by(reasonOf),
                          succeeded, Saved{}, Loaded{ {}, 0, {} }, Loaded{ {}, 7, {} });
    const MetricSnapshot ofBoolAndNumber = snapshotAfter(
            counter<Saved>(name()).by(&Saved::isRetry).andOf<Loaded>().by(&Loaded::bytes, 3),
            Saved{}, Loaded{ {}, 0, {} }, Loaded{ {}, 100, {} }, Loaded{ {}, 101, {} });

    QCOMPARE(countsOf(snapshot),
             Counts({ { QStringLiteral("total"), 4 },
                      { QStringLiteral("Success_total"), 2 },
                      { QStringLiteral("Failure_total"), 1 },
                      { QStringLiteral("Timeout_total"), 1 } }));
    QCOMPARE(countsOf(ofBoolAndNumber),
             Counts({ { QStringLiteral("total"), 4 },
                      { QStringLiteral("false_total"), 1 },
                      { QStringLiteral("0_total"), 1 },
                      { QStringLiteral("100_total"), 1 },
                      { QStringLiteral("(other)_total"), 1 } }));
}

void tst_Breakdown::callsThePartsAsTheFirstTypeOfEventDoes()
{
    enum class Reason { Timeout };
    struct Refused
    {
        Reason outcome = Reason::Timeout;
    };

    const MetricSnapshot snapshot =
            snapshotAfter(counter<Saved>(name()).andOf<Refused>().by(
                                  [](const auto &event) { return event.outcome; }),
                          Refused{});

    QCOMPARE(snapshot.dimensions().at(1).name, QStringLiteral("Timeout_total"));
    QCOMPARE(snapshot.dimensions().at(1).attributes.keys(), { QStringLiteral("outcome") });
}

void tst_Breakdown::keepsEventsWithoutAKeyInTheTotal()
{
    const MetricSnapshot snapshot =
            snapshotAfter(counter<Saved>(name()).andOf<Loaded>().by(&Saved::outcome), Saved{},
                          Loaded{}, Loaded{});

    QCOMPARE(countsOf(snapshot),
             Counts({ { QStringLiteral("total"), 3 }, { QStringLiteral("Failure_total"), 1 } }));
}

void tst_Breakdown::cutsLongTexts()
{
    const QString hundreds(300, u'x');
    const QString smile = QString::fromUtf8("\xf0\x9f\x98\x80"); // two UTF-16 units
    const QString cut = hundreds.left(256) + QStringLiteral("_total");

    QCOMPARE(splitOnce([&](const Saved &) { return hundreds; }).dimensions().at(1).name, cut);
    QCOMPARE(splitOnce([&](const Saved &) { return hundreds.toStdString(); })
                     .dimensions()
                     .at(1)
                     .name,
             cut);
    const QString smiles = hundreds.left(255) + smile;
    QCOMPARE(splitOnce([&](const Saved &) { return smiles; }).dimensions().at(1).name,
             hundreds.left(255) + QStringLiteral("_total"));
}

void tst_Breakdown::splitsEveryMetric_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("figure");
    QTest::addColumn<QVariant>("whole");
    QTest::addColumn<QVariant>("part");

    const auto row = [](const char *title, Make make, const char *figure, const QVariant &whole,
                        const QVariant &part) {
        QTest::newRow(title) << make << QString::fromLatin1(figure) << whole << part;
    };
    // Ann saves 10 and 30, Bob 20.
    row(
            "counter",
            []() -> std::unique_ptr<Metric> {
                return counter<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
            },
            "total", qlonglong(60), qlonglong(40));
    row(
            "up-down counter",
            []() -> std::unique_ptr<Metric> {
                return upDownCounter<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
            },
            "current", qlonglong(60), qlonglong(40));
    row(
            "gauge",
            []() -> std::unique_ptr<Metric> {
                return gauge<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
            },
            "min", qlonglong(10), qlonglong(10));
    row(
            "rate",
            []() -> std::unique_ptr<Metric> {
                return FakeClocks::drive(rate<Saved>(name()).of(&Saved::bytes).by(&Saved::user));
            },
            "rate", 6.0, 4.0);
    row(
            "statistics",
            []() -> std::unique_ptr<Metric> {
                return statistics<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
            },
            "stddev", 8.16496580927726, 10.0);
    row(
            "histogram",
            []() -> std::unique_ptr<Metric> {
                return histogram<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
            },
            "count", qlonglong(3), qlonglong(2));
    row(
            "text",
            []() -> std::unique_ptr<Metric> {
                return text<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
            },
            "value", QStringLiteral("30"), QStringLiteral("30"));
}

void tst_Breakdown::splitsEveryMetric()
{
    QFETCH(const Make, make);
    QFETCH(const QString, figure);
    QFETCH(const QVariant, whole);
    QFETCH(const QVariant, part);
    const QString ann = QStringLiteral("ann");

    const MetricSnapshot snapshot = snapshotAfter(
            make(), savedBy(ann, 10), savedBy(QStringLiteral("bob"), 20), savedBy(ann, 30));

    QCOMPARE(snapshot.value(figure), whole);
    QCOMPARE(snapshot.value(QString(ann + u'_' + figure)), part);
    const QList<Dimension> dimensions = snapshot.dimensions();
    const qsizetype figures = dimensions.size() / 3;
    for (qsizetype i = 0; i < figures; ++i) {
        const Dimension &ofWhole = dimensions.at(i);
        const Dimension &ofAnn = dimensions.at(figures + i);
        QCOMPARE(ofAnn.name, QString(ann + u'_' + ofWhole.name));
        QCOMPARE(ofAnn.unit, ofWhole.unit);
        QCOMPARE(ofAnn.kind, ofWhole.kind);
    }
}

void tst_Breakdown::tellsTheLastOneOfAll()
{
    const auto last = [](const std::unique_ptr<Metric> &metric, const QString &figure) {
        const QString ann = QStringLiteral("ann");
        const QString bob = QStringLiteral("bob");
        return snapshotAfter(metric, savedBy(ann, 1), savedBy(bob, 2), savedBy(ann, 1))
                .value(figure)
                .toInt();
    };

    QCOMPARE(last(gauge<Saved>(name()).of(&Saved::bytes).by(&Saved::user), QStringLiteral("last")),
             1);
    QCOMPARE(last(text<Saved>(name()).of(&Saved::bytes).by(&Saved::user), QStringLiteral("value")),
             1);
    const std::unique_ptr<Metric> metric = gauge<Saved>(name()).of(&Saved::bytes).by(&Saved::user);
    metric->handleEvent(MetricEvent(savedBy(QStringLiteral("ann"), 1)));
    metric->handleEvent(MetricEvent(savedBy(QStringLiteral("bob"), 2)));
    QVERIFY(metric->handleEvent(MetricEvent(savedBy(QStringLiteral("ann"), 1))));
}

void tst_Breakdown::showsNothingOfPartsThatThereAreNot()
{
    const std::unique_ptr<Metric> metric = counter<Saved>(name()).by(&Saved::outcome);

    QCOMPARE(countsOf(metric->snapshot()), Counts({ { QStringLiteral("total"), 0 } }));
}

QTEST_GUILESS_MAIN(tst_Breakdown)
#include "tst_breakdown.moc"

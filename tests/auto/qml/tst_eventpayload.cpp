// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "recorderfixture.h"
#include "shared/messagelog.h"

#include <recorders/qml/registerqmltypes.h>

#include <QDateTime>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace Testing;

// What becomes of the payload of an event on the way from JavaScript.
class tst_EventPayload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void areKept_data();
    void areKept();
    void areLeftOutIfTheyCannotBeKept_data();
    void areLeftOutIfTheyCannotBeKept();
    void areNestedOnlySoDeep();
    void areOnlySoMany();
    void areNotSaidInFull();
};

void tst_EventPayload::initTestCase()
{
    registerQmlTypes();
}

void tst_EventPayload::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_EventPayload::areKept_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QVariant>("value");

    const QDateTime time =
            QDateTime::fromString(QStringLiteral("2026-11-25T09:30:00Z"), Qt::ISODate);
    QTest::newRow("a text") << QStringLiteral("'Save'") << QVariant(QStringLiteral("Save"));
    QTest::newRow("a whole number") << QStringLiteral("3") << QVariant(qlonglong(3));
    QTest::newRow("the greatest whole number")
            << QStringLiteral("Number.MAX_SAFE_INTEGER") << QVariant(qlonglong(9007199254740991));
    QTest::newRow("beyond 32 bits")
            << QStringLiteral("Math.pow(2, 40)") << QVariant(qlonglong(1099511627776));
    QTest::newRow("a sum of fractions that is whole")
            << QStringLiteral("0.5 + 0.5") << QVariant(qlonglong(1));
    QTest::newRow("a greater one")
            << QStringLiteral("Math.pow(2, 60)") << QVariant(1152921504606846976.);
    QTest::newRow("a real number") << QStringLiteral("0.5") << QVariant(0.5);
    QTest::newRow("no number") << QStringLiteral("Infinity")
                               << QVariant(std::numeric_limits<double>::infinity());
    QTest::newRow("yes or no") << QStringLiteral("true") << QVariant(true);
    QTest::newRow("null") << QStringLiteral("null") << QVariant::fromValue(nullptr);
    QTest::newRow("undefined") << QStringLiteral("undefined") << QVariant();
    QTest::newRow("a date") << QStringLiteral("new Date(Date.UTC(2026, 10, 25, 9, 30))")
                            << QVariant(time);
    QTest::newRow("what JavaScript sees nothing in")
            << QStringLiteral("Qt.url('recorders:here')")
            << QVariant(QUrl(QStringLiteral("recorders:here")));
    QTest::newRow("a list") << QStringLiteral("[1, 'two', [true]]")
                            << QVariant(QVariantList{ qlonglong(1), QStringLiteral("two"),
                                                      QVariantList{ true } });
    QTest::newRow("an object") << QStringLiteral("({ a: { b: 1 } })")
                               << QVariant(QVariantMap{ { QStringLiteral("a"),
                                                          QVariantMap{ { QStringLiteral("b"),
                                                                         qlonglong(1) } } } });
    QTest::newRow("a Map, which has no fields")
            << QStringLiteral("new Map([[1, 2]])") << QVariant(QVariantMap());
    QTest::newRow("what has properties of Qt")
            << QStringLiteral("Qt.point(1, 2)")
            << QVariant(QVariantMap{ { QStringLiteral("x"), qlonglong(1) },
                                     { QStringLiteral("y"), qlonglong(2) } });
    QTest::newRow("a typed array")
            << QStringLiteral("new Uint8Array([7])")
            << QVariant(QVariantMap{ { QStringLiteral("0"), qlonglong(7) } });
    QTest::newRow("the same object twice")
            << QStringLiteral("(() => { let o = {}; return [o, o] })()")
            << QVariant(QVariantList{ QVariantMap(), QVariantMap() });
}

void tst_EventPayload::areKept()
{
    QFETCH(const QString, script);
    QFETCH(const QVariant, value);
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());

    call(scene, u"'event', { field: " + script + u" }");

    QCOMPARE(fixture.events().size(), 1);
    const DynamicEvent event = fixture.events().constFirst();
    QCOMPARE(event.type, QStringLiteral("event"));
    QCOMPARE(event.payload, QVariantMap({ { QStringLiteral("field"), value } }));
    QCOMPARE(event.payload.first().typeId(), value.typeId()); // "1" equals 1
}

void tst_EventPayload::areLeftOutIfTheyCannotBeKept_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QVariantMap>("fields");

    const QVariantMap others{ { QStringLiteral("good"), qlonglong(1) } };
    QTest::newRow("a function") << QStringLiteral("({ good: 1, bad: () => 1 })")
                                << QStringLiteral("field \"bad\" is a function") << others;
    QTest::newRow("an object of Qt")
            << QStringLiteral("({ good: 1, bad: Qt.application })")
            << QStringLiteral("field \"bad\" is an object of Qt") << others;
    QTest::newRow("an object in itself")
            << QStringLiteral("(() => { let o = { good: 1 }; o.bad = o; return o })()")
            << QStringLiteral("field \"bad\" is an object that contains itself") << others;
    QTest::newRow("further inside")
            << QStringLiteral("({ list: [1, { bad: () => 1 }] })")
            << QStringLiteral("field \"list.1.bad\" is a function")
            << QVariantMap{ { QStringLiteral("list"),
                              QVariantList{ qlonglong(1), QVariantMap() } } };
    QTest::newRow("a symbol") << QStringLiteral("({ good: 1, bad: Symbol('s') })")
                              << QStringLiteral("field \"bad\" is of a type that cannot be kept")
                              << others;
    QTest::newRow("a getter that throws")
            << QStringLiteral("({ get bad() { throw new Error('no') }, good: 1 })")
            << QStringLiteral("field \"bad\" threw Error: no") << others;
    QTest::newRow("a getter that throws what throws")
            << QStringLiteral("({ get bad() { throw { toString() { throw 1 } } }, good: 1 })")
            << QStringLiteral("field \"bad\" threw 1") << others;
    QTest::newRow("a list that throws")
            << QStringLiteral("(() => { const list = [1, 2]; Object.defineProperty(list, '1', "
                              "{ get() { throw new Error('no') } }); return { list } })()")
            << QStringLiteral("field \"list.1\" threw Error: no")
            << QVariantMap{ { QStringLiteral("list"), QVariantList{ qlonglong(1), QVariant() } } };
    QTest::newRow("a proxy that throws")
            << QStringLiteral("({ good: 1, bad: new Proxy({}, "
                              "{ ownKeys() { throw new Error('no') } }) })")
            << QStringLiteral("field \"bad\" threw Error: no")
            << QVariantMap{ { QStringLiteral("good"), qlonglong(1) },
                            { QStringLiteral("bad"), QVariantMap() } };
    QTest::newRow("a payload that throws")
            << QStringLiteral("new Proxy({}, { ownKeys() { throw new Error('no') } })")
            << QStringLiteral("the payload threw Error: no") << QVariantMap();
    QTest::newRow("a text instead of an object")
            << QStringLiteral("'Save'")
            << QStringLiteral("the payload is the text \"Save\", not an object") << QVariantMap();
    QTest::newRow("a list instead of an object")
            << QStringLiteral("[1, 2]") << QStringLiteral("the payload is a list, not an object")
            << QVariantMap();
    QTest::newRow("a long list") << QStringLiteral("({ good: 1, bad: new Array(10001) })")
                                 << QStringLiteral(
                                            "field \"bad\" is a list of more than 10000 values")
                                 << others;
}

void tst_EventPayload::areLeftOutIfTheyCannotBeKept()
{
    QFETCH(const QString, script);
    QFETCH(const QString, problem);
    QFETCH(const QVariantMap, fields);
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());
    ignore(u"event \"event\": " + problem + u"; it is left out");

    const QVariant result = call(scene, u"'event', " + script);

    QCOMPARE(result, resultOf(RegisterResult::Accepted));
    QCOMPARE(fixture.events().size(), 1);
    QCOMPARE(fixture.events().constFirst().payload, fields);
}

void tst_EventPayload::areNestedOnlySoDeep()
{
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("is nested more than 32 levels deep")));

    call(scene,
         QStringLiteral("'event', (() => { let o = 1;"
                        "for (let i = 0; i < 10000; ++i) o = { o }; return o })()"));

    QCOMPARE(fixture.events().size(), 1);
}

// Each object has the next one twice: written out, that would be four thousand million.
void tst_EventPayload::areOnlySoMany()
{
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("it has more than 10000 values, from "
                                                           "field \"a[.ab]*\" on")));

    call(scene,
         QStringLiteral("'event', (() => { let o = 1;"
                        "for (let i = 0; i < 30; ++i) o = { a: o, b: o }; return o })()"));

    QCOMPARE(fixture.events().size(), 1);
}

// A message for each of them, with all of a long name, would take gigabytes.
void tst_EventPayload::areNotSaidInFull()
{
    const MessageLog log;
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());

    call(scene,
         QStringLiteral("'event', { ['x'.repeat(1000000)]: new Array(9000).fill(() => 1) }"));
    call(scene, QStringLiteral("'event', 'x'.repeat(1000000)"));

    QCOMPARE(fixture.events().size(), 2);
    QVERIFY(log.messages().size() >= 2 && log.messages().size() <= 21);
    for (const MessageLog::Message &message : log.messages())
        QVERIFY2(message.text.size() < 300, qPrintable(message.text.left(300)));
}

QTEST_GUILESS_MAIN(tst_EventPayload)
#include "tst_eventpayload.moc"

// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/error.h>
#include <recorders/core/unit.h>

#include <QMetaEnum>
#include <QTest>

using namespace Recorders;

class tst_Unit_Error : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // Unit
    void isNamedByItsUcumCode_data();
    void isNamedByItsUcumCode();
    void isDimensionlessByDefault();
    void takesAnyCode();

    // Error
    void isNoErrorByDefault();
    void convertsToTrueWhenThereIsOne();
    void comparesCodeAndMessage();
    void printsCodeAndMessage();
    void knowsTheNamesOfItsCodes();
};

void tst_Unit_Error::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Unit_Error::isNamedByItsUcumCode_data()
{
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QString>("code");

    QTest::newRow("nanoseconds") << Unit::nanoseconds() << QStringLiteral("ns");
    QTest::newRow("microseconds") << Unit::microseconds() << QStringLiteral("us");
    QTest::newRow("milliseconds") << Unit::milliseconds() << QStringLiteral("ms");
    QTest::newRow("seconds") << Unit::seconds() << QStringLiteral("s");
    QTest::newRow("bytes") << Unit::bytes() << QStringLiteral("By");
    QTest::newRow("percent") << Unit::percent() << QStringLiteral("%");
}

void tst_Unit_Error::isNamedByItsUcumCode()
{
    QFETCH(const Unit, unit);
    QFETCH(const QString, code);

    QCOMPARE(unit.code(), code);
    QVERIFY(!unit.isDimensionless());
}

void tst_Unit_Error::isDimensionlessByDefault()
{
    QVERIFY(Unit().isDimensionless());
    QVERIFY(Unit() != Unit::seconds());
}

void tst_Unit_Error::takesAnyCode()
{
    const Unit rows(QStringLiteral("{rows}"));

    QCOMPARE(rows.code(), QStringLiteral("{rows}"));
    QCOMPARE(rows, Unit(QStringLiteral("{rows}")));
}

void tst_Unit_Error::isNoErrorByDefault()
{
    const Error error;

    QVERIFY(!error);
    QCOMPARE(error.code(), ErrorCode::NoError);
    QVERIFY(error.message().isEmpty());
}

void tst_Unit_Error::convertsToTrueWhenThereIsOne()
{
    const Error error(ErrorCode::Timeout, QStringLiteral("too late"));

    QVERIFY(bool(error));
    QCOMPARE(error.code(), ErrorCode::Timeout);
    QCOMPARE(error.message(), QStringLiteral("too late"));
}

void tst_Unit_Error::comparesCodeAndMessage()
{
    const Error error(ErrorCode::Timeout, QStringLiteral("too late"));

    QCOMPARE(error, Error(ErrorCode::Timeout, QStringLiteral("too late")));
    QVERIFY(error != Error(ErrorCode::Timeout, QStringLiteral("far too late")));
    QVERIFY(error != Error(ErrorCode::NotFound, QStringLiteral("too late")));
}

void tst_Unit_Error::printsCodeAndMessage()
{
    QString text;

    QDebug(&text) << Error(ErrorCode::Timeout, QStringLiteral("too late"));

    QVERIFY2(text.contains(QStringLiteral("Timeout")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("too late")), qPrintable(text));
}

void tst_Unit_Error::knowsTheNamesOfItsCodes()
{
    const auto codes = QMetaEnum::fromType<ErrorCode>();

    QCOMPARE(codes.valueToKey(int(ErrorCode::NoApplication)), "NoApplication");
}

QTEST_APPLESS_MAIN(tst_Unit_Error)
#include "tst_unit_error.moc"

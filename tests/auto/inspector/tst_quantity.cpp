// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/quantity_p.h"

#include <recorders/model/formattedvalue.h>

#include <QLocale>
#include <QScopeGuard>
#include <QTest>

#include <cmath>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;

class tst_Quantity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsWhatAPersonTypes_data();
    void understandsWhatAPersonTypes();
    void understandsWhatIsShown_data();
    void understandsWhatIsShown();
    void understandsWhatIsShownElsewhere_data();
    void understandsWhatIsShownElsewhere();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void tst_Quantity::understandsWhatAPersonTypes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<bool>("isRate");
    QTest::addColumn<double>("value");

    const Unit none;
    QTest::newRow("a count") << u"12"_s << none << false << 12.0;
    QTest::newRow("thousands") << u"18.2 k"_s << none << false << 18200.0;
    QTest::newRow("without a space") << u"18.2k"_s << none << false << 18200.0;
    QTest::newRow("spaces around") << u"  7  "_s << none << false << 7.0;
    QTest::newRow("below zero") << u"-3"_s << none << false << -3.0;
    QTest::newRow("an exponent") << u"1e3"_s << none << false << 1000.0;
    QTest::newRow("mebibytes") << u"2 MiB"_s << Unit::bytes() << false << 2097152.0;
    QTest::newRow("megabytes") << u"2 MB"_s << Unit::bytes() << false << 2e6;
    QTest::newRow("in small letters") << u"2 mib"_s << Unit::bytes() << false << 2097152.0;
    QTest::newRow("no unit: as it is told") << u"3"_s << Unit::milliseconds() << false << 3.0;
    QTest::newRow("another unit of time") << u"3 s"_s << Unit::milliseconds() << false << 3000.0;
    QTest::newRow("microseconds in ASCII") << u"5 us"_s << Unit::nanoseconds() << false << 5000.0;
    QTest::newRow("hours") << u"2 h"_s << Unit::seconds() << false << 7200.0;
    QTest::newRow("days") << u"1.5 d"_s << Unit::seconds() << false << 129600.0;
    QTest::newRow("exbibytes") << u"16 EiB"_s << Unit::bytes() << false << 0x1p64;
    QTest::newRow("a minus sign") << QString(QChar(0x2212) + u"3 s"_s) << Unit::seconds() << false
                                  << -3.0;
    QTest::newRow("percent") << u"80 %"_s << Unit::percent() << false << 80.0;
    QTest::newRow("a unit in braces") << u"5 rows"_s << Unit(u"{rows}"_s) << false << 5.0;
    QTest::newRow("thousands of them") << u"5 k rows"_s << Unit(u"{rows}"_s) << false << 5000.0;
    QTest::newRow("a rate") << u"200 KiB/s"_s << Unit::bytes() << true << 204800.0;
    QTest::newRow("a rate without the time") << u"200 KiB"_s << Unit::bytes() << true << 204800.0;
    QTest::newRow("a rate of a count") << u"4/s"_s << none << true << 4.0;
}

void tst_Quantity::understandsWhatAPersonTypes()
{
    QFETCH(const QString, text);
    QFETCH(const Unit, unit);
    QFETCH(const bool, isRate);
    QFETCH(const double, value);

    const Quantity quantity = Quantity::parse(text, unit, isRate);

    QCOMPARE(quantity.error, QString());
    QCOMPARE(quantity.value, value);
}

void tst_Quantity::understandsWhatIsShown_data()
{
    QTest::addColumn<QString>("code");

    for (const char *code :
         { "",  "1",   "By", "KiBy", "MiBy", "GiBy", "kBy", "MBy", "GBy", "ns",     "us", "ms",
           "s", "min", "h",  "d",    "Hz",   "kHz",  "MHz", "%",   "Cel", "{rows}", "V" })
        QTest::newRow(*code ? code : "no unit") << QString::fromLatin1(code);
}

// Both ways agree, to the three digits that are shown.
void tst_Quantity::understandsWhatIsShown()
{
    QFETCH(const QString, code);
    const Unit unit(code);

    for (int exponent = 0; exponent < 300; ++exponent) {
        const double value = 1.5 * std::pow(10, exponent);
        for (const bool isRate : { false, true }) {
            const QString text = isRate ? FormattedValue::rate(value, unit).text()
                                        : FormattedValue(value, unit).text();
            const Quantity quantity = Quantity::parse(text, unit, isRate);
            QVERIFY2(quantity.error.isEmpty(), qUtf8Printable(quantity.error));
            QVERIFY2(std::abs(quantity.value - value) <= 0.01 * value, qUtf8Printable(text));
        }
    }
}

void tst_Quantity::understandsWhatIsShownElsewhere_data()
{
    QTest::addColumn<QLocale>("locale");

    QTest::newRow("German") << QLocale(QLocale::German);
    QTest::newRow("Swedish, with a minus sign of its own") << QLocale(QLocale::Swedish);
    QTest::newRow("Egyptian, with digits of its own") << QLocale(QLocale::Arabic, QLocale::Egypt);
    QTest::newRow("Persian") << QLocale(QLocale::Persian);
}

void tst_Quantity::understandsWhatIsShownElsewhere()
{
    QFETCH(const QLocale, locale);
    const auto restore = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
    QLocale::setDefault(locale);

    for (const double value : { -5.0, 1.84, -1.84e6, 3e-7 }) {
        const QString text = FormattedValue(value, Unit::seconds()).text();
        const Quantity quantity = Quantity::parse(text, Unit::seconds());

        QVERIFY2(quantity.error.isEmpty(), qUtf8Printable(text));
        QVERIFY2(std::abs(quantity.value - value) <= 0.01 * std::abs(value), qUtf8Printable(text));
    }
}

void tst_Quantity::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QString>("said"); // is part of it

    QTest::newRow("nothing") << u" "_s << Unit() << u"missing"_s;
    QTest::newRow("a word") << u"many"_s << Unit() << u"\"many\""_s;
    QTest::newRow("two points") << u"1.2.3"_s << Unit() << u"\"1.2.3\""_s;
    QTest::newRow("another unit") << u"3 ms"_s << Unit::bytes() << u"\"ms\""_s;
    QTest::newRow("what units there are") << u"3 ms"_s << Unit::bytes() << u"KiB"_s;
    QTest::newRow("more than there is") << u"1e300 TiB"_s << Unit::bytes() << u"larger"_s;
    QTest::newRow("a rate where there is none") << u"3 B/s"_s << Unit::bytes() << u"\"B/s\""_s;
}

void tst_Quantity::saysWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const Unit, unit);
    QFETCH(const QString, said);

    const Quantity quantity = Quantity::parse(text, unit);

    QVERIFY2(quantity.error.contains(said), qUtf8Printable(quantity.error));
}

QTEST_APPLESS_MAIN(tst_Quantity)
#include "tst_quantity.moc"

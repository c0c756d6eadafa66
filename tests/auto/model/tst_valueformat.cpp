// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/namespace.h>
#include <recorders/model/formattedvalue.h>

#include <QLocale>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace Recorders;

class tst_ValueFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void scalesToTheUnitThatSuits_data();
    void scalesToTheUnitThatSuits();
    void keepsTheWidthOfTheNumber();
    void showsBytesByThousands_data();
    void showsBytesByThousands();
    void saysHowFastItGrows_data();
    void saysHowFastItGrows();
    void roundsAsQtDoes();
    void writesNumbersAsTheUserDoes_data();
    void writesNumbersAsTheUserDoes();
    void keepsEveryDigitOfTheExactValue_data();
    void keepsEveryDigitOfTheExactValue();
};

void tst_ValueFormat::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_ValueFormat::scalesToTheUnitThatSuits_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("shownUnit");

    const auto row = [](const char *name, const QVariant &value, const Unit &unit,
                        const char *number, const char *shownUnit) {
        QTest::newRow(name) << value << unit << QString::fromUtf8(number)
                            << QString::fromUtf8(shownUnit);
    };
    const Unit rows(QStringLiteral("{rows}"));
    const Unit perSecond(QStringLiteral("By/s"));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const double largest = std::numeric_limits<double>::max();

    row("a count", 12, {}, "12", "");
    row("a count of four digits", 9999, {}, "9999", "");
    row("a count of five digits", 10000, {}, "10.0 k", "");
    row("thousands", 18213, {}, "18.2 k", "");
    row("nearly a million", 999499, {}, "999 k", "");
    row("rounded to a million", 999500, {}, "1.00 M", "");
    row("a negative count", -42, {}, "-42", "");
    row("negative thousands", -18213, {}, "-18.2 k", "");
    row("as many as have a prefix", 9.999e15, {}, "9999 T", "");
    row("beyond the largest prefix", 1e16, {}, "1.00e+16", "");
    row("the largest integer", std::numeric_limits<quint64>::max(), {}, "1.84e+19", "");
    row("the largest signed integer", std::numeric_limits<qint64>::max(), {}, "9.22e+18", "");
    row("the least integer", std::numeric_limits<qint64>::min(), {}, "-9.22e+18", "");
    row("the largest number", largest, {}, "1.80e+308", "");
    row("more things than have a prefix", 1e30, rows, "1.00e+30", "rows");
    row("things", 7, rows, "7", "rows");
    row("thousands of things", 18213, rows, "18.2 k", "rows");
    row("no things", 0, rows, "0", "rows");

    row("a large number that is never scaled", 1e300, Unit(QStringLiteral("V")), "1.00e+300", "V");
    row("the largest number that is never scaled", largest, Unit(QStringLiteral("V")), "1.80e+308",
        "V");

    row("a fraction", 0.5, {}, "0.500", "");
    row("a small fraction", 0.00123456, {}, "0.00123", "");
    row("a tiny fraction", 1.25e-9, {}, "1.25e-09", "");
    row("a fraction that rounds up", 9.996, {}, "10.0", "");
    row("a whole double", 3.0, {}, "3", "");

    row("bytes", 512, Unit::bytes(), "512", "B");
    row("a kibibyte", 1024, Unit::bytes(), "1.00", "KiB");
    row("mebibytes", 1929380, Unit::bytes(), "1.84", "MiB");
    row("four digits before the next prefix", 1023 * 1024, Unit::bytes(), "1023", "KiB");
    row("rounded to the next prefix", 1024 * 1024 - 1, Unit::bytes(), "1.00", "MiB");
    row("kibibytes", 2048, Unit(QStringLiteral("KiBy")), "2.00", "MiB");
    row("exbibytes", std::numeric_limits<quint64>::max(), Unit::bytes(), "16.0", "EiB");
    row("bytes beyond the largest prefix", 1e30, Unit::bytes(), "1.00e+30", "B");
    row("the largest number of bytes", largest, Unit::bytes(), "1.80e+308", "B");
    row("more gibibytes than there are numbers", largest, Unit(QStringLiteral("GiBy")), "1.80e+308",
        "B");
    row("more per second than have a prefix", 1e30, Unit(QStringLiteral("1/s")), "1.00e+30", "/s");
    row("bytes per second", 217088, perSecond, "212", "KiB/s");
    row("few per second", 12.5, Unit(QStringLiteral("1/s")), "12.5", "/s");
    row("thousands per second", 20000, Unit(QStringLiteral("1/s")), "20.0", "k/s");
    row("rows per second", 18213, Unit(QStringLiteral("{rows}/s")), "18.2", "k rows/s");
    row("no bytes", 0, Unit::bytes(), "0", "");

    row("nanoseconds", 512, Unit::nanoseconds(), "512", "ns");
    row("rounded to a microsecond", 999.9, Unit::nanoseconds(), "1.00", "\u00b5s");
    row("milliseconds", 3141592, Unit::nanoseconds(), "3.14", "ms");
    row("whole milliseconds", 5, Unit::milliseconds(), "5", "ms");
    row("seconds", 1500, Unit::milliseconds(), "1.50", "s");
    row("minutes", 90, Unit::seconds(), "1.50", "min");
    row("rounded to an hour", 3599.9, Unit::seconds(), "1.00", "h");
    row("hours", 7200, Unit::seconds(), "2.00", "h");
    row("days", 12 * 86400, Unit::seconds(), "12.0", "d");
    row("whole days", 400, Unit(QStringLiteral("d")), "400", "d");
    row("292 years", 292 * 31556952LL, Unit::seconds(), "106651", "d");
    row("longer than anybody counts days", 1e15, Unit::seconds(), "1.16e+10", "d");
    row("the longest time", largest, Unit(QStringLiteral("h")), "7.49e+306", "d");
    row("longer than nanoseconds can be", std::numeric_limits<qint64>::max(), Unit::nanoseconds(),
        "\u221e", "");
    row("longer before", std::numeric_limits<qint64>::min(), Unit::nanoseconds(), "-\u221e", "");
    row("as many seconds", std::numeric_limits<qint64>::max(), Unit::seconds(), "1.07e+14", "d");
    row("a negative time", -1500, Unit::milliseconds(), "-1.50", "s");
    row("no time", 0, Unit::nanoseconds(), "0", "");

    row("percent", 42, Unit::percent(), "42", "%");
    row("a fraction of a percent", 98.765, Unit::percent(), "98.8", "%");
    row("degrees", 21.5, Unit(QStringLiteral("Cel")), "21.5", "\u00b0C");
    row("a unit that is never scaled", 18213, Unit(QStringLiteral("m")), "18213", "m");
    row("the unit one", 7, Unit(QStringLiteral("1")), "7", "");

    row("unknown", {}, Unit::bytes(), "\u2014", "");
    row("not a number", nan, Unit::bytes(), "NaN", "");
    row("infinite", infinity, {}, "\u221e", "");
    row("infinite below", -infinity, {}, "-\u221e", "");

    row("text", QStringLiteral("Open"), {}, "Open", "");
    row("a truth", true, {}, "true", "");
    row("an enumerator", QVariant::fromValue(RecorderState::Running), {}, "Running", "");
    row("a list", QVariantList{ 1, 2, 3 }, {}, "3 values", "");
}

void tst_ValueFormat::scalesToTheUnitThatSuits()
{
    QFETCH(const QVariant, value);
    QFETCH(const Unit, unit);
    QFETCH(const QString, number);
    QFETCH(const QString, shownUnit);

    const FormattedValue formatted(value, unit);

    QCOMPARE(formatted.number(), number);
    QCOMPARE(formatted.unit(), shownUnit);
    QCOMPARE(formatted.text(), shownUnit.isEmpty() ? number : number + u' ' + shownUnit);
}

void tst_ValueFormat::keepsTheWidthOfTheNumber()
{
    for (double value = 2000; value < 1e13; value *= 1.01) {
        const QString number = FormattedValue(value, Unit::bytes()).number();
        const qsizetype digits = number.size() - number.count(u'.');

        QVERIFY2(digits == 3 || digits == 4, qPrintable(number));
    }
}

void tst_ValueFormat::showsBytesByThousands_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QString>("text");

    QTest::newRow("bytes") << 512.0 << Unit::bytes() << QStringLiteral("512 B");
    QTest::newRow("a kilobyte") << 1000.0 << Unit::bytes() << QStringLiteral("1.00 kB");
    QTest::newRow("a kibibyte") << 1024.0 << Unit::bytes() << QStringLiteral("1.02 kB");
    QTest::newRow("rounded") << 999999.0 << Unit::bytes() << QStringLiteral("1.00 MB");
    QTest::newRow("kibibytes") << 2048.0 << Unit(QStringLiteral("KiBy"))
                               << QStringLiteral("2.10 MB");
    QTest::newRow("megabytes") << 5.0 << Unit(QStringLiteral("MBy")) << QStringLiteral("5 MB");
    QTest::newRow("exabytes") << 3e18 << Unit::bytes() << QStringLiteral("3.00 EB");
    QTest::newRow("beyond exabytes") << 3e25 << Unit::bytes() << QStringLiteral("3.00e+25 B");
    QTest::newRow("terabytes") << 3e12 << Unit::bytes() << QStringLiteral("3.00 TB");
    QTest::newRow("a rate") << 1500.0 << Unit(QStringLiteral("By/s"))
                            << QStringLiteral("1.50 kB/s");
    QTest::newRow("time") << 1024.0 << Unit::nanoseconds() << QStringLiteral("1.02 \u00b5s");
}

void tst_ValueFormat::showsBytesByThousands()
{
    QFETCH(const double, value);
    QFETCH(const Unit, unit);
    QFETCH(const QString, text);

    QCOMPARE(FormattedValue(value, unit, BytePrefix::Decimal).text(), text);
    QCOMPARE(FormattedValue::rate(212000, Unit::bytes(), BytePrefix::Decimal).text(),
             QStringLiteral("212 kB/s"));
}

void tst_ValueFormat::saysHowFastItGrows_data()
{
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QString>("text");

    const auto row = [](const char *name, double perSecond, const Unit &unit, const char *text) {
        QTest::newRow(name) << perSecond << unit << QString::fromUtf8(text);
    };
    row("not at all", 0, {}, "0 /s");
    row("now and then", 0.4, {}, "0.4 /s");
    row("hardly ever", 0.01, {}, "0.01 /s");
    row("some", 12.3456, {}, "12.3 /s");
    row("many", 212, {}, "212 /s");
    row("thousands", 18213, {}, "18.2 k/s");
    row("thousands of things", 18213, Unit(QStringLiteral("{rows}")), "18.2 k rows/s");
    row("bytes", 217088, Unit::bytes(), "212 KiB/s");
    row("time", 12e6, Unit::nanoseconds(), "12.0 ms/s");
    row("beyond the largest prefix", 1e18, {}, "1.00e+18 /s");
    row("bytes beyond it", 1e30, Unit::bytes(), "1.00e+30 B/s");
    row("without end", HUGE_VAL, Unit::bytes(), "\u221e");
}

void tst_ValueFormat::saysHowFastItGrows()
{
    QFETCH(const double, perSecond);
    QFETCH(const Unit, unit);
    QFETCH(const QString, text);

    QCOMPARE(FormattedValue::rate(perSecond, unit).text(), text);
}

// Three digits of any number, also of those that lie between two of them.
void tst_ValueFormat::roundsAsQtDoes()
{
    std::mt19937 random(1);
    std::uniform_real_distribution<double> exponents(-6, 3.99);
    for (int i = 0; i < 20'000; ++i) {
        double value = std::pow(10, exponents(random));
        if (i % 2 == 0) { // near the middle of two that have three digits
            const double step = std::pow(10, std::floor(std::log10(value)) - 2);
            value = (std::floor(value / step) + 0.5) * step;
        }
        if (i % 3 == 0)
            value = -value;
        const QString number = FormattedValue(value, Unit(QStringLiteral("V"))).number();
        const auto point = number.indexOf(u'.');
        const auto decimals = point < 0 ? 0 : int(number.size() - point - 1);
        if (number.contains(u'e'))
            continue;

        QCOMPARE(number, QString::number(value, 'f', decimals));
    }
}

void tst_ValueFormat::writesNumbersAsTheUserDoes_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("rate");

    const QLocale swedish(QLocale::Swedish);
    const QLocale arabic(QLocale::Arabic, QLocale::Egypt);
    QTest::newRow("English") << QLocale(QLocale::English) << QStringLiteral("-1.84 MiB")
                             << QStringLiteral("0.5 /s");
    QTest::newRow("German") << QLocale(QLocale::German) << QStringLiteral("-1,84 MiB")
                            << QStringLiteral("0,5 /s");
    QTest::newRow("Swedish, with a minus sign of its own")
            << swedish << QString(swedish.negativeSign() + QStringLiteral("1,84 MiB"))
            << QStringLiteral("0,5 /s");
    QTest::newRow("Egyptian, with digits of its own")
            << arabic
            << QString(arabic.negativeSign() + QStringLiteral("\u0661\u066b\u0668\u0664 MiB"))
            << QStringLiteral("\u0660\u066b\u0665 /s");
}

void tst_ValueFormat::writesNumbersAsTheUserDoes()
{
    QFETCH(const QLocale, locale);
    QFETCH(const QString, number);
    QFETCH(const QString, rate);
    const auto restore = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
    QLocale::setDefault(locale);

    QCOMPARE(FormattedValue(-1929380, Unit::bytes()).text(), number);
    QCOMPARE(FormattedValue::rate(0.5).text(), rate);
    QCOMPARE(FormattedValue(QStringLiteral("1.2.3")).text(), QStringLiteral("1.2.3"));
    QCOMPARE(FormattedValue::exact(-0.5), QStringLiteral("-0.5"));
}

void tst_ValueFormat::keepsEveryDigitOfTheExactValue_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<QString>("text");

    QTest::newRow("bytes") << QVariant(1929380) << Unit::bytes() << QStringLiteral("1929380 B");
    QTest::newRow("the largest integer") << QVariant(std::numeric_limits<quint64>::max()) << Unit()
                                         << QStringLiteral("18446744073709551615");
    QTest::newRow("a double") << QVariant(0.1) << Unit::seconds() << QStringLiteral("0.1 s");
    QTest::newRow("not a number") << QVariant(std::nan("")) << Unit() << QStringLiteral("NaN");
    QTest::newRow("infinite") << QVariant(HUGE_VAL) << Unit::seconds()
                              << QStringLiteral("Infinity s");
    QTest::newRow("infinite below, as float")
            << QVariant(-HUGE_VALF) << Unit() << QStringLiteral("-Infinity");
    QTest::newRow("unknown") << QVariant() << Unit::seconds() << QString(QChar(0x2014));
}

void tst_ValueFormat::keepsEveryDigitOfTheExactValue()
{
    QFETCH(const QVariant, value);
    QFETCH(const Unit, unit);
    QFETCH(const QString, text);

    QCOMPARE(FormattedValue::exact(value, unit), text);
}

QTEST_GUILESS_MAIN(tst_ValueFormat)

#include "tst_valueformat.moc"

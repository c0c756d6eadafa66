// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/quantity_p.h"

#include <recorders/model/formattedvalue.h>

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace Recorders::Internal {

namespace {

struct Symbol
{
    QStringView text;
    double factor = 1;
};

constexpr double kibi = 1024;

constexpr Symbol bytes[] = {
    { u"B", 1 },
    { u"KiB", kibi },
    { u"MiB", kibi *kibi },
    { u"GiB", kibi *kibi *kibi },
    { u"TiB", kibi *kibi *kibi *kibi },
    { u"PiB", kibi *kibi *kibi *kibi *kibi },
    { u"EiB", kibi *kibi *kibi *kibi *kibi *kibi },
    { u"kB", 1e3 },
    { u"MB", 1e6 },
    { u"GB", 1e9 },
    { u"TB", 1e12 },
    { u"PB", 1e15 },
    { u"EB", 1e18 },
};
constexpr Symbol times[] = {
    { u"ns", 1 },  { u"\u00b5s", 1e3 }, { u"us", 1e3 },   { u"ms", 1e6 },
    { u"s", 1e9 }, { u"min", 60e9 },    { u"h", 3600e9 }, { u"d", 86400e9 },
};
constexpr Symbol frequencies[] = {
    { u"Hz", 1 },
    { u"kHz", 1e3 },
    { u"MHz", 1e6 },
    { u"GHz", 1e9 },
};
constexpr Symbol counts[] = {
    { u"k", 1e3 },
    { u"M", 1e6 },
    { u"G", 1e9 },
    { u"T", 1e12 },
};

struct KnownUnit
{
    QStringView code;
    std::span<const Symbol> symbols;
    double factor; // of the unit, as theirs
};

constexpr KnownUnit knownUnits[] = {
    { u"By", bytes, 1 },
    { u"KiBy", bytes, kibi },
    { u"MiBy", bytes, kibi *kibi },
    { u"GiBy", bytes, kibi *kibi *kibi },
    { u"kBy", bytes, 1e3 },
    { u"MBy", bytes, 1e6 },
    { u"GBy", bytes, 1e9 },
    { u"ns", times, 1 },
    { u"us", times, 1e3 },
    { u"ms", times, 1e6 },
    { u"s", times, 1e9 },
    { u"min", times, 60e9 },
    { u"h", times, 3600e9 },
    { u"d", times, 86400e9 },
    { u"Hz", frequencies, 1 },
    { u"kHz", frequencies, 1e3 },
    { u"MHz", frequencies, 1e6 },
};

// With the signs and digits of ASCII: numbers are shown, and typed, as in the user's language.
QString withPlainDigits(QString text)
{
    const QLocale locale;
    text.replace(locale.negativeSign(), QStringLiteral("-")).replace(QChar(0x2212), QChar(u'-'));
    if (const QString point = locale.decimalPoint(); point != u"," && point != u".")
        text.replace(point, QStringLiteral("."));
    for (QChar &c : text) {
        if (c.isDigit())
            c = QChar(u'0' + c.digitValue());
    }
    return text;
}

std::optional<double> numberOf(const QString &text)
{
    bool isNumber = false;
    for (const QLocale &locale : { QLocale(), QLocale::c() }) {
        const double number = locale.toDouble(text, &isNumber);
        if (isNumber)
            return number;
    }
    return {};
}

// Case matters where it tells units apart only.
std::optional<double> factorOf(const QString &symbol, std::span<const Symbol> symbols)
{
    for (const Qt::CaseSensitivity sensitivity : { Qt::CaseSensitive, Qt::CaseInsensitive }) {
        const auto found = std::find_if(symbols.begin(), symbols.end(), [&](const Symbol &other) {
            return symbol.compare(other.text, sensitivity) == 0;
        });
        if (found != symbols.end())
            return found->factor;
    }
    return {};
}

// What a symbol of this unit makes of a number; without one it is taken as it is.
std::optional<double> factorOf(const QString &symbol, const Unit &unit)
{
    if (symbol.isEmpty())
        return 1;
    const QString code = unit.code();
    const auto *const known =
            std::find_if(std::begin(knownUnits), std::end(knownUnits),
                         [&code](const KnownUnit &other) { return other.code == code; });
    if (known != std::end(knownUnits)) {
        const std::optional<double> factor = factorOf(symbol, known->symbols);
        return factor ? std::optional(*factor / known->factor) : std::nullopt;
    }
    const QString own = FormattedValue(1, unit).unit();
    if (symbol == own)
        return 1;
    QString prefix = symbol;
    if (!own.isEmpty() && prefix.endsWith(own))
        prefix = prefix.chopped(own.size()).trimmed();
    return factorOf(prefix, counts);
}

QString symbolsOf(const Unit &unit)
{
    const QString code = unit.code();
    QStringList symbols;
    const auto *const known =
            std::find_if(std::begin(knownUnits), std::end(knownUnits),
                         [&code](const KnownUnit &other) { return other.code == code; });
    const std::span<const Symbol> listed =
            known != std::end(knownUnits) ? known->symbols : std::span<const Symbol>(counts);
    for (const Symbol &symbol : listed)
        symbols += symbol.text.toString();
    return symbols.join(QStringLiteral(", "));
}

} // namespace

Quantity Quantity::parse(const QString &text, const Unit &unit, bool isRate)
{
    static const QRegularExpression expression(
            QStringLiteral("^([+-]?[0-9.,]+(?:[eE][+-]?[0-9]+)?)\\s*(.*)$"));
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return { 0, tr("A number is missing") };
    const QRegularExpressionMatch match = expression.match(withPlainDigits(trimmed));
    const std::optional<double> number = numberOf(match.captured(1));
    if (!number)
        return { 0, tr("\"%1\" does not begin with a number").arg(trimmed) };
    QString symbol = match.captured(2).trimmed();
    if (isRate && symbol.endsWith(QLatin1String("/s")))
        symbol = symbol.chopped(2).trimmed();
    const std::optional<double> factor = factorOf(symbol, unit);
    if (!factor)
        return {
            0, tr("\"%1\" is no unit of this value. There are: %2").arg(symbol, symbolsOf(unit))
        };
    const double value = *number * *factor;
    if (!std::isfinite(value))
        return { 0, tr("\"%1\" is larger than any value").arg(trimmed) };
    return { value, {} };
}

} // namespace Recorders::Internal

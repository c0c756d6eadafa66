// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/unitfamily_p.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

namespace Recorders::Internal {

namespace {

constexpr UnitStep byteSteps[] = {
    { 1, u"B" },
    { 1024, u"KiB" },
    { 1024.0 * 1024, u"MiB" },
    { 1024.0 * 1024 * 1024, u"GiB" },
    { 1024.0 * 1024 * 1024 * 1024, u"TiB" },
    { 1024.0 * 1024 * 1024 * 1024 * 1024, u"PiB" },
    { 1024.0 * 1024 * 1024 * 1024 * 1024 * 1024, u"EiB" },
};
constexpr UnitStep decimalByteSteps[] = {
    { 1, u"B" },     { 1e3, u"kB" },  { 1e6, u"MB" },  { 1e9, u"GB" },
    { 1e12, u"TB" }, { 1e15, u"PB" }, { 1e18, u"EB" },
};
constexpr UnitStep timeSteps[] = {
    { 1, u"ns" },     { 1e3, u"\u00b5s" }, { 1e6, u"ms" },    { 1e9, u"s" },
    { 60e9, u"min" }, { 3600e9, u"h" },    { 86400e9, u"d" },
};
constexpr UnitStep frequencySteps[] = {
    { 1, u"Hz" },
    { 1e3, u"kHz" },
    { 1e6, u"MHz" },
    { 1e9, u"GHz" },
};
constexpr UnitStep thousandSteps[] = {
    { 1, u"" }, { 1e3, u"k" }, { 1e6, u"M" }, { 1e9, u"G" }, { 1e12, u"T" },
};

struct KnownUnit
{
    QStringView code;
    std::span<const UnitStep> steps;
    double factor;
};

constexpr KnownUnit knownUnits[] = {
    { u"By", byteSteps, 1 },
    { u"KiBy", byteSteps, 1024 },
    { u"MiBy", byteSteps, 1024.0 * 1024 },
    { u"GiBy", byteSteps, 1024.0 * 1024 * 1024 },
    { u"kBy", byteSteps, 1e3 },
    { u"MBy", byteSteps, 1e6 },
    { u"GBy", byteSteps, 1e9 },
    { u"ns", timeSteps, 1 },
    { u"us", timeSteps, 1e3 },
    { u"ms", timeSteps, 1e6 },
    { u"s", timeSteps, 1e9 },
    { u"min", timeSteps, 60e9 },
    { u"h", timeSteps, 3600e9 },
    { u"d", timeSteps, 86400e9 },
    { u"Hz", frequencySteps, 1 },
    { u"kHz", frequencySteps, 1e3 },
    { u"MHz", frequencySteps, 1e6 },
};

QStringList scaledSymbols(std::span<const UnitStep> steps, const QString &suffix)
{
    QStringList symbols;
    for (const UnitStep &step : steps)
        symbols += step.symbol + suffix;
    return symbols;
}

bool takePerSecond(QStringView &unit, Qt::CaseSensitivity sensitivity)
{
    const bool isPerSecond = unit.size() > 2 && unit.endsWith(u"/s", sensitivity);
    unit.chop(isPerSecond ? 2 : 0);
    return isPerSecond;
}

const KnownUnit *knownUnit(QStringView code, Qt::CaseSensitivity sensitivity)
{
    return std::find_if(std::begin(knownUnits), std::end(knownUnits), [=](const KnownUnit &other) {
        return other.code.compare(code, sensitivity) == 0;
    });
}

std::optional<UnitScale> scaleOfSymbol(QStringView symbol)
{
    using Steps = std::span<const UnitStep>;
    constexpr Steps all[] = { byteSteps, decimalByteSteps, timeSteps, frequencySteps,
                              thousandSteps };
    for (const Steps steps : all) {
        for (const UnitStep &step : steps) {
            const bool isPrefix = steps.data() == thousandSteps; // m are metres, K are kelvins
            const auto sensitivity = isPrefix ? Qt::CaseSensitive : Qt::CaseInsensitive;
            if (step.symbol.compare(symbol, sensitivity) != 0)
                continue;
            const bool isOfBytes = steps.data() == decimalByteSteps;
            return UnitScale{ isOfBytes ? Steps(byteSteps) : steps, step.factor, false };
        }
    }
    return {};
}

UnitFamily newFamily(QStringView code, BytePrefix bytes)
{
    const QString suffix =
            takePerSecond(code, Qt::CaseSensitive) ? QStringLiteral("/s") : QString();
    const KnownUnit *const known = knownUnit(code, Qt::CaseSensitive);
    if (known != std::end(knownUnits)) {
        const bool isDecimal = known->steps.data() == byteSteps && bytes == BytePrefix::Decimal;
        const std::span<const UnitStep> steps = isDecimal ? decimalByteSteps : known->steps;
        return { steps, known->factor, {}, suffix, false, scaledSymbols(steps, suffix) };
    }
    return { {}, 1, readableUnit(code), suffix, isCount(code), {} };
}

} // namespace

bool UnitScale::isOfCounts() const
{
    return steps.data() == thousandSteps;
}

std::optional<UnitScale> unitScaleOfCode(QStringView code)
{
    const bool isPerSecond = takePerSecond(code, Qt::CaseSensitive);
    const KnownUnit *const known = knownUnit(code, Qt::CaseSensitive);
    if (known == std::end(knownUnits))
        return {};
    return UnitScale{ known->steps, known->factor, isPerSecond };
}

std::optional<UnitScale> unitScale(QStringView written)
{
    if (written.isEmpty())
        return {};
    const bool isPerSecond = takePerSecond(written, Qt::CaseInsensitive);
    const KnownUnit *const known = knownUnit(written, Qt::CaseInsensitive);
    std::optional<UnitScale> scale = known == std::end(knownUnits)
            ? scaleOfSymbol(written)
            : UnitScale{ known->steps, known->factor, false };
    if (!scale || (isPerSecond && scale->isOfCounts()))
        return {};
    scale->isPerSecond = isPerSecond;
    return scale;
}

bool UnitFamily::isTime() const
{
    return steps.data() == timeSteps;
}

std::span<const UnitStep> countSteps()
{
    return thousandSteps;
}

QString readableUnit(QStringView code)
{
    if (code == u"1")
        return {};
    if (code == u"Cel")
        return QStringLiteral("\u00b0C");
    QString readable = code.toString();
    readable.remove(u'{').remove(u'}');
    return readable;
}

bool isCount(QStringView code)
{
    return code.isEmpty() || code == u"1" || code.startsWith(u'{');
}

// Values of a few units are shown again and again. A unit owns its code, so the place of that tells
// it from others as long as it is kept here.
const UnitFamily &unitFamily(const Unit &unit, BytePrefix bytes)
{
    struct Known
    {
        std::optional<QString> code;
        BytePrefix bytes = BytePrefix::Binary;
        UnitFamily family;
    };
    static thread_local std::array<Known, 16> recent;
    const QString code = unit.code();
    const std::size_t place =
            (quintptr(code.constData()) / 16 + std::size_t(bytes)) % recent.size();
    Known &known = recent[place];
    if (!known.code || known.code->constData() != code.constData() || known.bytes != bytes)
        known = { code, bytes, newFamily(code, bytes) };
    return known.family;
}

} // namespace Recorders::Internal
